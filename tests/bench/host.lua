-- The text engine and the matcher alone, in this process: MB/s and ms, the best of several runs.
-- Usage: vankien run tests/bench/host.lua [MILLIONS OF SYLLABLES, 2]; CPU time, so that what else
-- the machine does disturbs little.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. package.path

local generated = require "corpus"
local corpus = require "vankien.host.corpus"
local store = require "vankien.host.store"
local text = require "vankien.host.text"

local RUNS = 7
local PHRASES = {
  "tham dự", "tham gia", "tích cực tham gia", "chủ động tham gia", "nòng cốt", "dẫn dắt",
  "định hình", "chủ động, tích cực", "đóng góp", "kiến tạo",
}

local function best(fn)
  local least = math.huge
  for _ = 1, RUNS do
    local from = os.clock()
    fn()
    least = math.min(least, os.clock() - from)
  end
  return least
end

local function rate(name, bytes, fn)
  print(("%-44s %8.0f MB/s"):format(name, bytes / best(fn) / 1e6))
end

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

local function lines_of(s)
  local lines, bytes = {}, 0
  for line in s:gmatch "[^\n]+" do
    lines[#lines + 1], bytes = line, bytes + #line
  end
  return lines, bytes
end

local function each(lines, fn)
  return function() for i = 1, #lines do fn(lines[i]) end end
end

-- A stream for every 200 lines, the tokenizer that knows their types, and units in all.
local function streams_of(lines)
  local tokenizer, streams, units = text.tokenizer(), {}, 0
  for i, line in ipairs(lines) do
    tokenizer:add(line)
    if i % 200 == 0 or i == #lines then
      streams[#streams + 1] = tokenizer:finish()
      units = units + #streams[#streams] // 2
    end
  end
  return streams, tokenizer, units
end

local function lexicon_of(tokenizer, phrases)
  local units = {}
  for i, phrase in ipairs(phrases) do units[i] = tokenizer:encode(phrase) or "" end
  return corpus.lexicon(units)
end

-- 10,000 different runs of two or three tokens that stand in the streams.
local function many(streams)
  local units, seen = {}, {}
  math.randomseed(1)
  while #units < 10000 do
    local s = streams[math.random(#streams)]
    local from, n = math.random(1, #s // 2 - 4), math.random(2, 3)
    local run = s:sub(2 * from + 1, 2 * (from + n))
    local inside = true
    for i = 1, #run, 2 do inside = inside and string.unpack("<I2", run, i) > 1 end
    if inside and not seen[run] then units[#units + 1], seen[run] = run, true end
  end
  return corpus.lexicon(units)
end

local function fill(streams)
  local conn = assert(store.open(":memory:", { mode = "create", page_size = 65536 }))
  conn:exec "CREATE TABLE d (id INTEGER PRIMARY KEY, g INTEGER, units BLOB)"
  for i, stream in ipairs(streams) do
    conn:run("INSERT INTO d VALUES (?, ?, ?)", { i, i % 9, store.blob(stream) })
  end
  return conn
end

local function scan(conn, units, name, lexicon)
  local seconds = best(function() conn:scan("SELECT id, g, units FROM d", nil, lexicon) end)
  print(("%-44s %8.2f ms a 10 million units"):format(name, seconds * 1e10 / units))
  return seconds
end

local path, whole = os.tmpname(), { 0, 0 }
generated.generate((tonumber(arg[1]) or 2) * 1000000, path .. ".jsonl", path, 1)
local lines, bytes = lines_of(read(path))
os.remove(path)
os.remove(path .. ".jsonl")
rate("check UTF-8", bytes, each(lines, text.check_utf8))
rate("NFC of NFC", bytes, each(lines, text.nfc))
rate("clean, nothing to do", bytes, each(lines, function(s)
  whole[2] = #s
  text.clean(s, whole)
end))
rate("fold", bytes, each(lines, text.fold))
local tokenizer = text.tokenizer()
rate("tokenise to ids", bytes, function()
  for i = 1, #lines do tokenizer:add(lines[i]) end
  tokenizer:finish()
end)
local streams, types, units = streams_of(lines)
local conn = fill(streams)
scan(conn, units, "rows alone (no phrase)", corpus.lexicon {})
local ladder = scan(conn, units, "ladder of ten phrases", lexicon_of(types, PHRASES))
local large = scan(conn, units, "10,000 phrases of the corpus", many(streams))
print(("%-44s %8.1f times"):format("10,000 phrases against the ladder", large / ladder))
conn:close()
