-- Which passages hold what is asked for, and in which order: counts by passage (host/spread.c) in,
-- the best ones out.  A passage that holds the words as they were typed comes before one that
-- holds them with other marks; within that, BM25.

local bm25 = require "vankien.analysis.bm25"

local search_rank = {}

local RECORD, BYTES = "<i8I4I4I4I4I4I4", 32

-- Is the node true where leaves with these counts stand?
local function holds(node, count)
  if node.op == "leaf" then return (count[node.entry] or 0) > 0 end
  if node.op == "not" then
    for i = 2, #node do
      if holds(node[i], count) then return false end
    end
    return holds(node[1], count)
  end
  for _, child in ipairs(node) do
    if holds(child, count) ~= (node.op == "and") then return node.op == "or" end
  end
  return node.op == "and"
end

-- May a document with these counts hold it?  What is asked not to stand in a passage may stand in
-- another one.
local function may_hold(node, count)
  if node.op == "leaf" then return (count[node.entry] or 0) > 0 end
  if node.op == "not" then return may_hold(node[1], count) end
  for _, child in ipairs(node) do
    if may_hold(child, count) ~= (node.op == "and") then return node.op == "or" end
  end
  return node.op == "and"
end

local function positive_leaves(node, list)
  if node.op == "leaf" then list[#list + 1] = node end
  for i = 1, node.op == "not" and 1 or #node do positive_leaves(node[i], list) end
  return list
end

-- The passages of one document, records from `at` on: list, its counts, its size, the next place.
local function read_document(records, at)
  local passages, whole = {}, {}
  while true do
    local document, ordinal, units, phrase, _, n = RECORD:unpack(records, at)
    at = at + BYTES
    if phrase == 0 then return passages, whole, ordinal, units, at end
    local last = passages[#passages]
    if not last or last.ordinal ~= ordinal then
      last = { document_id = document, ordinal = ordinal, length = units, count = {} }
      passages[#passages + 1] = last
    end
    last.count[phrase] = n
    whole[phrase] = n
  end
end

local function as_typed(passage, leaves)
  for _, leaf in ipairs(leaves) do
    if leaf.differs and (passage.count[leaf.entry] or 0) > 0 then
      if not leaf.typed_entry or not passage.count[leaf.typed_entry] then return false end
    end
  end
  return true
end

-- Everything that is found; sizes and frequencies are those of documents that may hold it, so that
-- they do not depend on which documents were read in vain.
local function collect(records, tree, leaves)
  local found, size = {}, { passages = 0, units = 0, documents = 0 }
  local with, at = {}, 1
  for _, leaf in ipairs(leaves) do with[leaf.entry] = 0 end
  while at < #records do
    local passages, whole, n, units, next_at = read_document(records, at)
    at = next_at
    if may_hold(tree, whole) then
      size.passages, size.units, size.documents = size.passages + n, size.units + units,
        size.documents + 1
      for _, passage in ipairs(passages) do
        for _, leaf in ipairs(leaves) do
          if passage.count[leaf.entry] then with[leaf.entry] = with[leaf.entry] + 1 end
        end
        if holds(tree, passage.count) then found[#found + 1] = passage end
      end
    end
  end
  return found, size, with
end

local function score(found, leaves, size, with)
  local mean, idf = size.units / math.max(size.passages, 1), {}
  for _, leaf in ipairs(leaves) do idf[leaf.entry] = bm25.idf(size.passages, with[leaf.entry]) end
  for i, passage in ipairs(found) do
    local sum, hits = 0, 0
    for _, leaf in ipairs(leaves) do
      local n = passage.count[leaf.entry]
      if n then
        sum, hits = sum + bm25.weight(n, idf[leaf.entry], passage.length, mean), hits + n
      end
    end
    passage.score, passage.hits, passage.typed = sum, hits, as_typed(passage, leaves)
    passage.at = i
  end
end

local function better(a, b)
  if a.typed ~= b.typed then return a.typed end
  if a.score ~= b.score then return a.score > b.score end
  return a.at < b.at
end

-- The best ones in order; all of them are looked at once.
local function best_of(found, limit)
  local best = {}
  for _, passage in ipairs(found) do
    local worst = best[limit]
    if not worst or better(passage, worst) then
      local low, high = 1, #best + 1
      while low < high do
        local middle = (low + high) // 2
        if better(best[middle], passage) then low = middle + 1 else high = middle end
      end
      table.insert(best, low, passage)
      best[limit + 1] = nil
    end
  end
  return best
end

--- The best passages of a search.
--- Shape: records of conn:scan with `passages`, tree and leaves of search_words (with `entry` and
---   `typed_entry`, the phrases of the scan), limit, "rank" | "date" (the order of the records)
---   -> list of {document_id, ordinal, length, score, hits, typed, count by entry}; total; the same
---   as typed; documents with it.
--- Units: length in tokens; N, n and the mean length of BM25 are those of the passages of all
---   documents that hold what is asked for.
--- Errors: none.
--- Source: analysis/bm25.lua.
function search_rank.best(records, tree, limit, sort)
  local leaves = positive_leaves(tree, {})
  local found, size, with = collect(records, tree, leaves)
  score(found, leaves, size, with)
  local typed, documents, last = 0, 0, nil
  for _, passage in ipairs(found) do
    if passage.typed then typed = typed + 1 end
    if passage.document_id ~= last then documents, last = documents + 1, passage.document_id end
  end
  local best = sort == "date" and table.move(found, 1, math.min(limit, #found), 1, {})
    or best_of(found, limit)
  return best, #found, typed, documents
end

return search_rank
