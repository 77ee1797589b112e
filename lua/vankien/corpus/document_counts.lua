-- How often phrases stand in each document of a scope: what tests over documents are made from.

local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"

local document_counts = {}

local sizes_sql = [[SELECT p.id, p.period, x.syllables FROM (%s) AS p
  JOIN texts AS x ON x.document_id = p.id WHERE x.syllables > 0 ORDER BY p.id]]

local function by_document(counts)
  local at = {}
  for g, id in ipairs(counts.groups) do at[id] = g end
  return at
end

local function row_of(counts, g, width, all)
  local list = {}
  for i = 1, width do
    list[i] = counts.free[g][i]
    if all then list[i] = list[i] + counts.nested[g][i] + counts.overlapped[g][i] end
  end
  return list
end

--- Counts of a lexicon in each document of a scope that has a text.
--- Shape: store, lexicon, SQL of a scope, parameters, all (also nested and overlapped), what is
---   taken off ({[document] = {[phrase] = n}} or nil) -> list of {id, period, size, counts} in
---   order of id.
--- Units: occurrences; size in syllables; documents without a syllable are left out.
--- Errors: interrupted; those of the store.
--- Source: host/corpus.c.
function document_counts.of(store, lexicon, picked, params, all, off)
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { per_document = true })
  local at, list = by_document(counts), {}
  for _, id, period, size in store.conn:rows(sizes_sql:format(picked), params) do
    if at[id] then
      local row = row_of(counts, at[id], #lexicon, all)
      for i, n in pairs(off and off[id] or {}) do row[i] = row[i] - n end
      list[#list + 1] = { id = id, period = period, size = size, counts = row }
    end
  end
  return list
end

return document_counts
