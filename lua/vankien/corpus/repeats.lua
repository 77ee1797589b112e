-- Wording that stands in an earlier document: what is asked of host/repeats.c, and which documents
-- are earlier than which.

local corpus = require "vankien.host.corpus"
local frequencies = require "vankien.corpus.frequencies"

local repeats = {}

--- The shortest run of syllables that is called repeated, when nothing else is said.
repeats.least = 12

local documents_sql = [[SELECT d.id, d.key, d.title, d.number, d.issued, d.issued_end, x.syllables
  FROM documents AS d JOIN texts AS x ON x.document_id = d.id]]

--- The documents with a text, with the earliest and the latest that their dates can mean.
--- Shape: store -> {[id] = {id, key, title, number, issued, syllables, from, to}}; from and to are
---   nil without a date.
--- Units: from and to are texts that sort as dates do: "2018" is after "2017-12-31" and before
---   "2019".
--- Errors: those of the store.
--- Source: none.
function repeats.documents(store)
  local list = {}
  for _, id, key, title, number, issued, issued_end, syllables in
    store.conn:rows(documents_sql) do
    list[id] = { id = id, key = key, title = title, number = number, issued = issued,
      syllables = syllables, from = issued, to = issued and (issued_end or issued) .. "~" }
  end
  return list
end

--- Is one document certainly earlier than another?  Dates that overlap say nothing.
--- Shape: two documents of repeats.documents -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function repeats.is_earlier(a, b)
  return a.to ~= nil and b.from ~= nil and a.to < b.from
end

--- An object that looks for runs of syllables.
--- Shape: store, least -> object of vankien.host.corpus.repeats: add(units, from, to), find(units).
--- Units: least in syllables, 4 to 256.
--- Errors: raises usage for another length.
--- Source: host/repeats.c.
function repeats.new(store, least)
  return corpus.repeats(least, frequencies.skipped(store))
end

--- Token units of a document.
--- Shape: store, id -> string.
--- Units: two bytes each.
--- Errors: those of the store.
--- Source: none.
function repeats.units(store, id)
  return (store.conn:first("SELECT units FROM tokens WHERE document_id = ?", { id }))
end

--- Go through the texts of documents, oldest first.
--- Shape: store, set of repeats.new, documents, use(document, list of target, first, syllables,
---   from, to, at, stop) -> nothing; use is called for documents with a run only.
--- Units: places in units, first and syllables in syllables of the target.
--- Errors: interrupted; those of the store.
--- Source: none.
function repeats.each(store, set, documents, use)
  local order = {}
  for _, document in pairs(documents) do order[#order + 1] = document end
  table.sort(order, function(a, b)
    local x, y = a.from or "~", b.from or "~"
    if x ~= y then return x < y end
    return a.id < b.id
  end)
  for _, document in ipairs(order) do
    local found = set:find(repeats.units(store, document.id))
    if #found > 0 then use(document, found) end
  end
end

return repeats
