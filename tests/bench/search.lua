-- The same words by our search and by FTS5 alone, which knows whole documents and no places.

local host = require "vankien.host.store"
local sys = require "vankien.host.sys"

local search = {}

-- The least of some runs, in milliseconds.
local function least(fn)
  local best = math.huge
  for _ = 1, 5 do
    local from = sys.clock()
    fn()
    best = math.min(best, sys.clock() - from)
  end
  return best * 1000
end

local fts_sql = "SELECT rowid, bm25(fts) FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT 20"

local function plain(fts, words)
  return least(function()
    for _ in fts:rows(fts_sql, { '"' .. words .. '"' }) do end
  end)
end

--- Time some searches, and weigh the index.
--- Shape: say(name, value, unit, note), store, path of the store of peers.make_fts5 -> nothing.
--- Units: milliseconds in process; bytes of index a byte of text.
--- Errors: those of the stores.
--- Source: none.
function search.run(say, store, fts_path)
  local fts <close> = assert(host.open(fts_path, { mode = "read" }))
  for _, words in ipairs { "nòng cốt", "thành viên có trách nhiệm" } do
    say("search: " .. words, ("%.2f"):format(least(function() store:search(words) end)), "ms",
      ("20 of %d passages, with excerpts; FTS5, 20 documents: %.2f ms"):format(
        store:search(words).total, plain(fts, words)))
  end
  say("search: nong cot", ("%.2f"):format(least(function() store:search "nong cot" end)), "ms",
    "typed without marks")
  local size = store.conn:first "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_index%'"
  local text = store.conn:first "SELECT sum(length(bytes)) FROM originals"
  say("search index", ("%.2f"):format(size / text), "bytes", "a byte of text")
end

return search
