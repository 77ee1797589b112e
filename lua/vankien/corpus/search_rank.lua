-- Which passages hold what is asked for, and in which order: counts by passage (host/spread.c) in,
-- the best ones out.  A passage that holds the words as they were typed comes before one that
-- holds them with other marks; within that, BM25.  host/rank.c goes through the passages.

local bm25 = require "vankien.analysis.bm25"
local host = require "vankien.host.corpus"

local search_rank = {}

local OPS = { ["and"] = 1, ["or"] = 2, ["not"] = 3 }

-- The tree as steps, operands before operators.
local function steps_of(node, list)
  if node.op == "leaf" then
    list[#list + 1] = 0
    list[#list + 1] = node.entry
    return list
  end
  for _, child in ipairs(node) do steps_of(child, list) end
  list[#list + 1] = OPS[node.op]
  list[#list + 1] = #node
  return list
end

-- Leaves that are asked for, not those that are asked not to be there.
local function leaves_of(node, list)
  if node.op == "leaf" then
    local leaf = { node.entry, node.typed_entry or 0, node.differs and 1 or 0 }
    table.move(leaf, 1, 3, #list + 1, list)
  end
  for i = 1, node.op == "not" and 1 or #node do leaves_of(node[i], list) end
  return list
end

--- The best passages of a search.
--- Shape: records of conn:scan with `passages`, tree of search_words (leaves with `entry` and
---   `typed_entry`, the phrases of the scan), how many phrases it has, limit, "rank" | "date" (the
---   order of the records) -> list of {document_id, ordinal, length, score, hits, typed}; total;
---   the same as typed; documents with it.
--- Units: length in tokens; N, n and the mean length of BM25 are those of the passages of all
---   documents that hold what is asked for, so that they do not depend on which documents were
---   read in vain.
--- Errors: none.
--- Source: analysis/bm25.lua.
function search_rank.best(records, tree, phrases, limit, sort)
  return host.rank(records, {
    phrases = phrases, steps = steps_of(tree, {}), leaves = leaves_of(tree, {}), idf = bm25.idf,
    k1 = bm25.k1, b = bm25.b, limit = limit, sort = sort,
  })
end

return search_rank
