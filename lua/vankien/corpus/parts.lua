-- Counts of a lexicon by parts of a scope: documents, passages, or the periods of a grouping.

local periods_of = require "vankien.corpus.periods"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local witness = require "vankien.corpus.witness"

local parts = {}

local most = 5000000              -- hits that are put into passages at once

local function zeros(width)
  local list = {}
  for i = 1, width do list[i] = 0 end
  return list
end

local passages_sql = [[SELECT g.document_id, g.ordinal, g.path, g.first_unit, g.syllables, d.key
  FROM (%s) AS p JOIN passages AS g ON g.document_id = p.id JOIN documents AS d ON d.id = p.id
  ORDER BY p.issued IS NULL, p.issued, p.id, g.ordinal]]

-- All passages, and by document the list of them in order.
local function passages(store, picked, params, width)
  local list, of = {}, {}
  for _, document, ordinal, path, first_unit, syllables, key in
    store.conn:rows(passages_sql:format(picked), params) do
    local part = {
      name = ("%s:%d"):format(key, ordinal), document = key, document_id = document,
      passage = ordinal, section = path, size = syllables, first_unit = first_unit,
      counts = zeros(width),
    }
    list[#list + 1] = part
    of[document] = of[document] or {}
    table.insert(of[document], part)
  end
  return list, of
end

-- The last passage that begins at or before a unit.
local function passage_at(list, unit)
  local low, high = 1, #list
  while low < high do
    local middle = (low + high + 1) // 2
    if list[middle].first_unit <= unit then low = middle else high = middle - 1 end
  end
  return list[low]
end

local function by_passage(store, lexicon, picked, params)
  local list, of = passages(store, picked, params, #lexicon)
  local counts = scan.run(store, lexicon, scope.stream(picked), params,
    { hits = most, kinds = { free = true } })
  for _, hit in ipairs(witness.hits(counts, lexicon)) do
    local part = passage_at(of[hit.document_id], hit.unit)
    part.counts[hit.index] = part.counts[hit.index] + 1
  end
  return list
end

local keys_sql = [[SELECT p.id, d.key, d.title FROM (%s) AS p JOIN documents AS d ON d.id = p.id]]

-- Documents get their keys for names; the periods of other groupings have their own.
local function name_documents(store, list, picked, params)
  local keys = {}
  for _, id, key, title in store.conn:rows(keys_sql:format(picked), params) do
    keys[id] = { key, title }
  end
  for _, part in ipairs(list) do
    part.document_id = part.key
    if keys[part.key] then part.name, part.title = keys[part.key][1], keys[part.key][2] end
  end
end

local function by_period(store, lexicon, picked, params, by)
  local counts = scan.run(store, lexicon, scope.stored(picked), params, {})
  local at, list = {}, {}
  for g, key in ipairs(counts.groups) do at[key] = g end
  for _, period in ipairs(periods_of.sizes(store, picked, params, by)) do
    local g = at[period.key == nil and false or period.key]
    if period.texts > 0 then
      list[#list + 1] = {
        name = period.name, key = period.key, size = period.syllables, texts = period.texts,
        sentences = period.sentences,
        counts = g and table.move(counts.free[g], 1, #lexicon, 1, {}) or zeros(#lexicon),
      }
    end
  end
  if by == "document" then name_documents(store, list, picked, params) end
  return list
end

--- Free-standing occurrences of a lexicon by part.
--- Shape: store, lexicon, SQL of a scope with the grouping in `period`, parameters, grouping or
---   "passage" -> list of {name, size, counts = by phrase, …}, occurrences in parts of size 0.
--- Units: size in syllables; parts without a syllable are left out, what stands in them is counted.
--- Errors: interrupted; those of the store.
--- Source: host/corpus.c.
function parts.of(store, lexicon, picked, params, by)
  local all = by == "passage" and by_passage(store, lexicon, picked, params)
    or by_period(store, lexicon, picked, params, by)
  local list, outside = {}, 0
  for _, part in ipairs(all) do
    if part.size > 0 then
      list[#list + 1] = part
    else
      for _, count in ipairs(part.counts) do outside = outside + count end
    end
  end
  return list, outside
end

return parts
