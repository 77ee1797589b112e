-- Count n-grams, collocates and places of a small store: for tests/alloc/alloc_main.c.

local sys = require "vankien.host.sys"
local corpus = require "vankien.host.corpus"
local host = require "vankien.host.store"
local text = require "vankien.host.text"

local folder = os.getenv "ALLOC_FOLDER" or ("/tmp/vankien-alloc-%d"):format(sys.pid())
local path = folder .. "/counts.db"

local tokenizer = text.tokenizer()
tokenizer:add "Ta chủ động tham gia, tích cực tham gia. Trước đây ta tham dự 3 lần."
local units = tokenizer:finish()
local node = tokenizer:encode "tham gia"
local skip = {}
for _, type in ipairs(tokenizer:new_types()) do
  if type.kind ~= "syllable" then skip[#skip + 1] = type.id end
end

if not sys.stat(path) then
  assert(sys.mkdir_private(folder))
  local conn <close> = host.open(path, {mode = "create"})
  conn:exec "CREATE TABLE t (id INTEGER PRIMARY KEY, units BLOB)"
  for _ = 1, 3 do conn:run("INSERT INTO t (units) VALUES (?)", {host.blob(units)}) end
end

local function good(value, problem)
  if value == nil then error(problem, 0) end
  return value
end

local function run()
  local conn <close> = good(host.open(path, {mode = "read"}))
  local lexicon = good(corpus.lexicon {node})
  local one = conn:frequency("SELECT id, id > 1, units FROM t", {}, {n = 1, skip = skip})
  assert(one.documents[1] == 1 and one.documents[2] == 2)
  local pairs_of = conn:frequency("SELECT id, 0, units FROM t", {}, {n = 2, skip = skip})
  assert(#pairs_of.cells > 0)
  local near = conn:around("SELECT id, units FROM t", {}, lexicon,
    {n = 1, left = 2, right = 2, skip = skip})
  assert(near.nodes == 6)
  conn:around("SELECT id, units FROM t", {}, lexicon, {n = 2, segment = "sentence", skip = skip})
  local places, total = conn:places("SELECT id, units FROM t", {}, lexicon, {skip = skip})
  assert(#places[1] == 6 and total == 3 * 15)
end

return {run = run, check = function() return true end}
