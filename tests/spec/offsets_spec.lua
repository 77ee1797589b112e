-- Every hit, printed from the original at its offset, is the hit: the ladder and phrases drawn at
-- random, over all held texts, as they are, in NFD, and with the tone in the other place; and over
-- a generated corpus with traps, where all counts are known.

local corpus = dofile "tests/bench/corpus.lua"
local stores = dofile "tests/support/stores.lua"
local texts = dofile "tests/support/texts.lua"
local variants = dofile "tests/support/variants.lua"

local ingest = require "vankien.corpus.ingest"
local text = require "vankien.host.text"
local rng = require "vankien.analysis.rng"

local LADDER = { "tham dự", "tham gia", "tích cực tham gia", "chủ động tham gia", "hòa giải",
  "chủ động, tích cực tham gia", "nòng cốt", "dẫn dắt", "định hình", "hội nhập quốc tế",
  "đường lối đối ngoại", "chủ nghĩa xã hội", "Liên hợp quốc", "nhân quyền" }

-- Letters and digits only, folded: what a hit and its place in the original must have in common.
local function letters(s)
  local out = {}
  for _, token in ipairs(text.tokens(text.nfc(s))) do
    if token.kind ~= "mark" then out[#out + 1] = token.form end
  end
  return table.concat(out)
end

-- The original from start to stop, with what was repaired there repaired, without page marks.
local function read_at(store, document, bytes, start, stop)
  local parts, at = {}, start
  for _, from, to, after in store.conn:rows([[SELECT start, stop, after FROM repairs
    WHERE document_id = ? AND after IS NOT NULL AND start >= ? AND stop <= ? ORDER BY start]],
    { document, start, stop }) do
    parts[#parts + 1] = bytes:sub(at + 1, from) .. after
    at = to
  end
  parts[#parts + 1] = bytes:sub(at + 1, stop)
  local there = table.concat(parts)
  return (there:gsub("[\f\n]# page %d+\r?\n", "\n"):gsub("<!%-%- page: %d+ %-%->", ""))
end

-- Some runs of two to four tokens of passages, as people would ask for them.
local function phrases_of(store, random, n)
  local passages, out = {}, {}
  for _, passage in store.conn:rows "SELECT text FROM passages ORDER BY id" do
    passages[#passages + 1] = passage
  end
  while #out < n do
    local passage = passages[random:below(#passages)]
    local tokens = text.tokens(passage)
    local first = random:below(#tokens)
    local last = math.min(first + random:below(3), #tokens)
    local good = tokens[first].kind == "syllable" and tokens[last].kind == "syllable"
    for i = first, last do good = good and not tokens[i].sentence_end end
    if good then out[#out + 1] = passage:sub(tokens[first].from, tokens[last].to) end
  end
  return out
end

local function originals(store)
  local out = {}
  for _, key, id, bytes in store.conn:rows [[SELECT d.key, d.id, o.bytes FROM documents d
    JOIN texts t ON t.document_id = d.id JOIN originals o ON o.id = t.original_id]] do
    out[key] = { id = id, bytes = bytes }
  end
  return out
end

-- How many hits were looked at; fails at the first that is not there.
local function check_hits(store, phrases)
  local all, n = originals(store), 0
  for _, phrase in ipairs(phrases) do
    for _, hit in ipairs(store:kwic(phrase, { limit = 40 }).rows) do
      local original = all[hit.document]
      local there = read_at(store, original.id, original.bytes, hit.start, hit.stop)
      n = n + 1
      if letters(there) ~= letters(hit.hit) then
        error(("%s: %q at %d to %d is %q"):format(hit.document, hit.hit, hit.start, hit.stop,
          there))
      end
      assert.equal(letters(phrase), letters(hit.hit))
    end
  end
  return n
end

describe("hits in the held texts", function()
  for _, variant in ipairs(variants.all) do
    it("stand in the original at their offsets, " .. variant[1], function()
      local real = texts.real()
      if not real then return pending "the texts are not held here (VANKIEN_TEXTS)" end
      local files, paths = {}, {}
      for name in io.lines(real .. "/manifest.csv") do
        name = name:match "^([^,]+%.%a+),"
        if name then
          local file <close> = assert(io.open(real .. "/" .. name))
          files[name:gsub("/", "_")] = variant[2](file:read "a")
        end
      end
      local folder = texts.folder(files)
      for name in pairs(files) do paths[#paths + 1] = folder .. "/" .. name end
      table.sort(paths)
      local store = stores.fresh()
      finally(function() stores.drop(store) texts.clear(folder) end)
      assert(ingest.run(store, paths))
      assert.is_true(#paths >= 27)
      assert.is_true(check_hits(store, LADDER) > 300)
      assert.is_true(check_hits(store, phrases_of(store, rng.new(20260123), 60)) >= 60)
    end)
  end
end)

describe("a generated corpus with traps", function()
  local folder, record
  setup(function()
    folder = texts.folder {}
    record = corpus.generate(60000, folder .. "/corpus.jsonl", folder .. "/corpus.txt", 7)
  end)
  teardown(function() texts.clear(folder) end)

  local function counts_in(store)
    local free = {}
    for _, row in ipairs(store:shift(corpus.phrases, { over = "kind = 'imported'" }).rows) do
      free[row.period] = free[row.period] or {}
      free[row.period][row.phrase] = row.free
    end
    return free
  end

  local kinds = {
    { "as it is", function(s) return s end }, { "in NFD", variants.nfd },
    { "with the tone in the other place", variants.other_placement },
    { "in capitals and small letters by turns", function(s)
      local n = 0
      return (s:gsub('("text":")(.-)("})', function(a, b, c)
        n = n + 1
        return a .. (n % 2 == 0 and b:gsub("\\n", "\0") or b):gsub("[^%z]+", function(part)
          return n % 2 == 0 and text.upper(part) or part
        end):gsub("%z", "\\n") .. c
      end))
    end },
  }
  for _, kind in ipairs(kinds) do
    it("has every cell exact, " .. kind[1], function()
      local file <close> = assert(io.open(folder .. "/corpus.jsonl"))
      stores.write(folder .. "/variant.jsonl", kind[2](file:read "a"))
      local store = stores.fresh()
      finally(function() stores.drop(store) end)
      local summary = assert(ingest.run(store, { folder .. "/variant.jsonl" }))
      assert.equal(record.documents, summary.added)
      assert.is_nil(summary.repairs.split_syllable)
      local free, cells = counts_in(store), 0
      for _, congress in ipairs(corpus.congresses) do
        for i, phrase in ipairs(corpus.phrases) do
          assert.equal(record.free[congress][i] or 0, free[congress][phrase],
            congress .. " " .. phrase)
          cells = cells + 1
        end
      end
      assert.equal(90, cells)
      assert.is_true(check_hits(store, corpus.phrases) > 200)
    end)
  end
end)
