-- Patterns against the language written down plainly: thousands of random patterns and streams.
-- Seeded: the same cases each time.

local compile = require "vankien.corpus.compile"
local corpus = require "vankien.host.corpus"
local lexicon_of = require "vankien.corpus.lexicon"
local pattern_program = require "vankien.corpus.pattern_program"
local vocabulary_of = require "vankien.corpus.vocabulary"

-- Some share a bare form, some take two units, "," is a mark; "lạ" no store has seen.
local types = {
  { form = "ba", id = 2, kind = "syllable" }, { form = "bà", id = 0xFA05, kind = "syllable" },
  { form = "bá", id = 3, kind = "syllable" }, { form = "đi", id = 4, kind = "syllable" },
  { form = "di", id = 0xFA06, kind = "syllable" }, { form = ",", id = 5, kind = "mark" },
  { form = "2011", id = 6, kind = "number" }, { form = "xa", id = 0xFFFF, kind = "syllable" },
}
local vocabulary = vocabulary_of.of_types(types)
local bare = { ba = { 2, 0xFA05, 3 }, di = { 4, 0xFA06 }, xa = { 0xFFFF } }

local function pack(ids)
  local out = {}
  for i, id in ipairs(ids) do
    out[i] = id < 0xFA00 and string.pack("<I2", id) or
      string.pack("<I2I2", 0xFA00 + (id - 0xFA00) // 1024, 0xFC00 + (id - 0xFA00) % 1024)
  end
  return table.concat(out)
end

-- Where a node may end when it begins at `at`: set of places.
local ends

local function union(to, from) for place in pairs(from) do to[place] = true end end

local function after_all(node, places, stream)
  local found = {}
  for place in pairs(places) do union(found, ends(node, stream, place)) end
  return found
end

local rules = {
  set = function(node, stream, at)
    for _, id in ipairs(node) do if stream[at] == id then return { [at + 1] = true } end end
    return {}
  end,
  any = function(_, stream, at) return (stream[at] or 0) >= 2 and { [at + 1] = true } or {} end,
  seq = function(node, stream, at)
    local places = { [at] = true }
    for _, child in ipairs(node) do places = after_all(child, places, stream) end
    return places
  end,
  alt = function(node, stream, at)
    local found = {}
    for _, child in ipairs(node) do union(found, ends(child, stream, at)) end
    return found
  end,
  ["repeat"] = function(node, stream, at)
    local found, places = {}, { [at] = true }
    for k = 0, math.min(node.most, #stream + 1) do
      if k >= node.least then union(found, places) end
      if k < node.most then places = after_all(node[1], places, stream) end
      if not next(places) then break end
    end
    return found
  end,
}

function ends(node, stream, at) return rules[node.op](node, stream, at) end

-- Every start of every entry, longest match; by start, longest first, then as listed.
local function occurrences(entries, stream)
  local found = {}
  for i, entry in ipairs(entries) do
    for start = 1, #stream do
      local stop = start
      for place in pairs(ends(entry.tree, stream, start)) do stop = math.max(stop, place) end
      if stop > start then found[#found + 1] = { start = start, stop = stop, entry = i } end
    end
  end
  table.sort(found, function(a, b)
    if a.start ~= b.start then return a.start < b.start end
    if a.stop ~= b.stop then return a.stop > b.stop end
    return a.entry < b.entry
  end)
  return found
end

local function naive(entries, stream)
  local result = { free = {}, nested = {}, overlapped = {}, inside = {} }
  for i = 1, #entries do result.free[i], result.nested[i], result.overlapped[i] = 0, 0, 0 end
  local chosen = { stop = 0 }
  for _, o in ipairs(occurrences(entries, stream)) do
    local kind = o.start >= chosen.stop and "free" or o.stop <= chosen.stop and "nested"
      or "overlapped"
    if kind == "free" then chosen = o end
    result[kind][o.entry] = result[kind][o.entry] + 1
    if kind == "nested" then
      local inside = result.inside[o.entry] or {}
      result.inside[o.entry] = inside
      inside[chosen.entry] = (inside[chosen.entry] or 0) + 1
    end
  end
  return result
end

-- Random patterns: the text, and the tree that the reference understands.

local function atom(simple)
  local pick = math.random(simple and 8 or 11)
  if pick <= 7 then
    local type = types[math.random(#types)]
    return { op = "set", type.id }, type.form
  end
  if pick == 8 then return { op = "set" }, "lạ" end
  if pick == 9 then return { op = "any" }, "_" end
  local key = ({ "ba", "di", "xa" })[math.random(3)]
  return { op = "set", table.unpack(bare[key]) }, pick == 10 and "~" .. key or key .. "~"
end

local repeats = {
  { 0, 1, "?" }, { 0, math.huge, "*" }, { 1, math.huge, "+" }, { 2, 2, "{2}" }, { 1, 3, "{1,3}" },
  { 0, 2, "{,2}" }, { 2, math.huge, "{2,}" }, { 0, 3, "{ 0,3 }" },
}
local finite = { repeats[1], repeats[4], repeats[5], repeats[6] }

local sequence

local function group(depth, simple)
  if math.random(2) == 1 then return sequence(depth - 1, simple) end
  local node, texts = { op = "alt" }, {}
  for k = 1, math.random(2, 3) do node[k], texts[k] = sequence(depth - 1, simple) end
  return node, table.concat(texts, "|"), true
end

local function item(depth, simple)
  local node, text, alternatives, brackets
  if depth > 0 and math.random(3) == 1 then
    node, text, alternatives = group(depth, simple)
    brackets = true
  else
    node, text = atom(simple)
  end
  local repeated = math.random(3) == 1 or (brackets and not alternatives)
  if brackets then text = "(" .. text .. ")" end
  if not repeated then return node, text end
  local list = simple and finite or repeats
  local r = list[math.random(#list)]
  return { op = "repeat", node, least = r[1], most = r[2] }, text .. r[3]
end

function sequence(depth, simple)
  local node, texts = { op = "seq" }, {}
  for k = 1, math.random(4) do
    node[k], texts[k] = item(depth, simple)
    if not simple and k > 1 and math.random(10) == 1 then
      local n = math.random(3)
      table.insert(node, k, { op = "repeat", { op = "any" }, least = 0, most = n })
      texts[k] = ("..%d %s"):format(n, texts[k])
      return node, table.concat(texts, " ")
    end
  end
  return node, table.concat(texts, " ")
end

-- One entry that the language takes: some random ones are empty, wordless or end in a gap.
local function random_entry(simple)
  while true do
    local tree, written = sequence(2, simple)
    local good = pcall(lexicon_of.new, { written })
    if good then return { tree = tree, text = written, plain = true } end
  end
end

local function random_entries(n, simple)
  local list, seen = {}, {}
  while #list < n do
    local entry = random_entry(simple)
    if not seen[entry.text] then list[#list + 1] = entry end
    seen[entry.text] = true
  end
  return list
end

local function random_stream(length)
  local stream = {}
  for i = 1, length do
    stream[i] = math.random(14) == 1 and math.random(0, 1) or types[math.random(#types)].id
  end
  return stream
end

local function encode(phrase)
  local ids = {}
  for word in phrase:gmatch "%S+" do
    ids[#ids + 1] = vocabulary.id(word)
    if not vocabulary.id(word) then return nil end
  end
  return pack(ids)
end

local function lexicon_from(entries)
  local texts = {}
  for i, entry in ipairs(entries) do texts[i] = entry.text end
  return lexicon_of.new(texts, "random"), texts
end

local function compare(case, entries, stream, compiled)
  local wanted, got = naive(entries, stream), compiled:count(pack(stream))
  local _, texts = lexicon_from(entries)
  assert.same(wanted, { free = got.free, nested = got.nested, overlapped = got.overlapped,
    inside = got.inside }, ("case %d: %s"):format(case, table.concat(texts, "   ")))
end

describe("patterns equal the language written plainly", function()
  it("one at a time, as programs", function()
    math.randomseed(11)
    for case = 1, 1200 do
      local entry = random_entry(false)
      local lexicon = lexicon_from { entry }
      if lexicon[1].pattern then
        compare(case, { entry }, random_stream(math.random(0, 40)), corpus.lexicon {
          { program = pattern_program.compile(lexicon[1].pattern, vocabulary) },
        })
      end
    end
  end)

  it("one at a time, as spellings of phrases", function()
    math.randomseed(12)
    local met = 0
    for case = 1, 1500 do
      local entry = random_entry(true)
      local tree = lexicon_from { entry }[1].pattern
      local spellings = tree and pattern_program.spellings(tree, vocabulary)
      if spellings and #spellings > 0 then
        met = met + 1
        compare(case, { entry }, random_stream(math.random(0, 40)), corpus.lexicon { spellings })
      end
    end
    assert.is_true(met > 400)
  end)

  it("many at a time, among phrases", function()
    math.randomseed(13)
    for case = 1, 450 do
      local entries = random_entries(math.random(1, 6), case % 2 == 0)
      local lexicon = lexicon_from(entries)
      local compiled = compile.lexicon(lexicon, encode, function() return vocabulary end)
      compare(case, entries, random_stream(math.random(0, 60)), compiled)
    end
  end)

  it("in streams of many blocks", function()
    math.randomseed(14)
    local entries = random_entries(5, false)
    local lexicon = lexicon_from(entries)
    compare(1, entries, random_stream(2500),
      compile.lexicon(lexicon, encode, function() return vocabulary end))
  end)
end)

describe("corpus.lexicon", function()
  it("refuses or runs any bytes as a program, and nothing else happens", function()
    math.randomseed(15)
    local tree = lexicon_of.new({ "ba (đi|di)+ ..3 ~xa" })[1].pattern
    local program, refused = pattern_program.compile(tree, vocabulary), 0
    local stream = pack(random_stream(400))
    for _ = 1, 4000 do
      local at = math.random(#program)
      local byte = string.char(math.random(0, 255))
      local bytes = program:sub(1, at - 1) .. byte .. program:sub(at + 1)
      if math.random(4) == 1 then bytes = bytes:sub(1, math.random(0, #bytes)) end
      local good, made = pcall(corpus.lexicon, { { program = bytes } })
      if good then made:count(stream)
      else
        refused = refused + 1
        assert.equal("bad_input", made.code)
      end
    end
    assert.is_true(refused > 500 and refused < 4000)
  end)
end)
