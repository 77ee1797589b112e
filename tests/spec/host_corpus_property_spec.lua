-- The matcher against the rule written down plainly: thousands of random lexicons and streams.
-- Seeded: the same cases each time.

local corpus = require "vankien.host.corpus"
local store = require "vankien.host.store"

local function pack(ids)
  local out = {}
  for i, id in ipairs(ids) do
    out[i] = id < 0xFA00 and string.pack("<I2", id) or
      string.pack("<I2I2", 0xFA00 + (id - 0xFA00) // 1024, 0xFC00 + (id - 0xFA00) % 1024)
  end
  return table.concat(out)
end

-- Every occurrence, by start, longest first.
local function occurrences(phrases, stream)
  local found, seen = {}, {}
  for i, phrase in ipairs(phrases) do
    local key = table.concat(phrase, " ")
    for start = 1, (#phrase > 0 and not seen[key]) and #stream - #phrase + 1 or 0 do
      local k = 1
      while k <= #phrase and stream[start + k - 1] == phrase[k] do k = k + 1 end
      if k > #phrase then
        found[#found + 1] = { start = start, stop = start + #phrase, phrase = i }
      end
    end
    seen[key] = true
  end
  table.sort(found, function(a, b)
    if a.start ~= b.start then return a.start < b.start end
    return a.stop > b.stop
  end)
  return found
end

local function naive(phrases, stream)
  local result = { free = {}, nested = {}, overlapped = {}, inside = {} }
  for i = 1, #phrases do
    result.free[i], result.nested[i], result.overlapped[i] = 0, 0, 0
  end
  local chosen = { stop = 0 }
  for _, o in ipairs(occurrences(phrases, stream)) do
    local i = o.phrase
    if o.start >= chosen.stop then
      chosen = o
      result.free[i] = result.free[i] + 1
    elseif o.stop <= chosen.stop then
      result.nested[i] = result.nested[i] + 1
      local inside = result.inside[i] or {}
      result.inside[i] = inside
      inside[chosen.phrase] = (inside[chosen.phrase] or 0) + 1
    else
      result.overlapped[i] = result.overlapped[i] + 1
    end
  end
  return result
end

-- Ids that phrases may have: few, so that they meet; some take two units.
local function random_id(alphabet)
  local n = math.random(alphabet)
  return n % 5 == 0 and 0xFA00 + 1023 * n or 1 + n
end

local function random_phrase(alphabet, longest)
  local phrase = {}
  for k = 1, math.random(longest) do phrase[k] = random_id(alphabet) end
  return phrase
end

local function random_lexicon(n, alphabet, longest, unit)
  local phrases = {}
  for i = 1, n do
    phrases[i] = math.random(12) == 1 and {} or random_phrase(alphabet, longest)
    while unit and #phrases[i] == 1 do phrases[i] = random_phrase(alphabet, longest) end
  end
  return phrases
end

-- Random ids, boundaries, and phrases of the lexicon in between.
local function random_stream(phrases, length, alphabet)
  local stream = {}
  while #stream < length do
    local kind = math.random(8)
    if kind == 1 then
      stream[#stream + 1] = math.random(0, 1)
    elseif kind <= 4 and #phrases > 0 then
      local phrase = phrases[math.random(#phrases)]
      table.move(phrase, 1, #phrase, #stream + 1, stream)
    else
      stream[#stream + 1] = random_id(alphabet)
    end
  end
  return stream
end

local function compile(phrases)
  local units = {}
  for i, phrase in ipairs(phrases) do units[i] = pack(phrase) end
  return corpus.lexicon(units)
end

local function same(a, b)
  for _, kind in ipairs { "free", "nested", "overlapped" } do
    for i = 1, #a[kind] do if a[kind][i] ~= b[kind][i] then return false end end
  end
  for i, outer in pairs(a.inside) do
    for j, n in pairs(outer) do if not b.inside[i] or b.inside[i][j] ~= n then return false end end
  end
  for i, outer in pairs(b.inside) do
    for j in pairs(outer) do if not a.inside[i] or not a.inside[i][j] then return false end end
  end
  return true
end

local function compare(case, phrases, stream)
  local wanted, got = naive(phrases, stream), compile(phrases):count(pack(stream))
  if not same(wanted, got) then assert.same(wanted, got, "case " .. case) end
end

describe("lexicon:count equals the rule written plainly", function()
  it("for small lexicons over small alphabets", function()
    math.randomseed(1)
    for case = 1, 3000 do
      local alphabet = math.random(2, 7)
      local phrases = random_lexicon(math.random(0, 9), alphabet, math.random(5))
      compare(case, phrases, random_stream(phrases, math.random(0, 120), alphabet))
    end
  end)

  it("for lexicons without phrases of one token, of up to 16 ends", function()
    math.randomseed(2)
    for case = 1, 1500 do
      local alphabet = math.random(3, 24)
      local phrases = random_lexicon(math.random(1, 16), alphabet, math.random(2, 6), true)
      compare(case, phrases, random_stream(phrases, math.random(0, 220), alphabet))
    end
  end)

  it("for lexicons with many ends", function()
    math.randomseed(3)
    for case = 1, 300 do
      local alphabet = math.random(20, 200)
      local longest, unit = math.random(2, 4), case % 2 == 0
      local phrases = random_lexicon(math.random(17, 150), alphabet, longest, unit)
      compare(case, phrases, random_stream(phrases, math.random(0, 400), alphabet))
    end
  end)

  it("for lexicons whose trie is fetched ahead", function()
    math.randomseed(7)
    for case = 1, 6 do
      local phrases = random_lexicon(1500, 50 * case, 4, case % 2 == 0)
      compare(case, phrases, random_stream(phrases, 1500, 60 * case))
    end
  end)

  it("for long phrases that repeat themselves", function()
    math.randomseed(4)
    for case = 1, 60 do
      local phrases = {}
      for i = 1, math.random(6) do
        phrases[i] = {}
        for k = 1, math.random(90) do phrases[i][k] = math.random(20) == 1 and 3 or 2 end
      end
      compare(case, phrases, random_stream(phrases, math.random(0, 500), 2))
    end
  end)

  it("for streams of many blocks", function()
    math.randomseed(5)
    local phrases = random_lexicon(8, 40, 4, true)
    compare(1, phrases, random_stream(phrases, 20000, 40))
  end)
end)

describe("the filter", function()
  it("says the same in every form of vectors", function()
    local filter = require "vankien.host.sys".realpath("/proc/self/exe"):gsub("[^/]+$", "filter")
    local pipe <close> = assert(io.popen(filter .. " 2>&1"))
    local text = pipe:read "a"
    assert.matches("^%d+ comparisons\nequal\n$", text)
  end)
end)

describe("connection:scan equals the sum of counts", function()
  it("over groups and documents", function()
    math.randomseed(6)
    for _ = 1, 20 do
      local phrases = random_lexicon(math.random(1, 40), 12, 3)
      local conn <close> = setmetatable({}, { __close = function(self) self.c:close() end })
      conn.c = store.open(":memory:", { mode = "create" })
      conn.c:exec "CREATE TABLE d (id INTEGER PRIMARY KEY, g INTEGER, units BLOB)"
      local sums = {}
      for id = 1, 15 do
        local stream, g = random_stream(phrases, math.random(0, 90), 12), id % 4
        conn.c:run("INSERT INTO d VALUES (?, ?, ?)", { id, g, store.blob(pack(stream)) })
        local counts = naive(phrases, stream)
        sums[g] = sums[g] or naive(phrases, {})
        for i = 1, #phrases do
          for _, kind in ipairs { "free", "nested", "overlapped" } do
            sums[g][kind][i] = sums[g][kind][i] + counts[kind][i]
          end
        end
      end
      local r = conn.c:scan("SELECT id, g, units FROM d", nil, compile(phrases), { hits = 99999 })
      local total = 0
      for k, g in ipairs(r.groups) do
        for _, kind in ipairs { "free", "nested", "overlapped" } do
          assert.same(sums[g][kind], r[kind][k])
          for _, n in ipairs(r[kind][k]) do total = total + n end
        end
      end
      assert.equal(7 * total, #r.hits)
    end
  end)
end)
