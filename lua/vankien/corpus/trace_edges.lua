-- The edges that a wording can travel: the store's relations, and what follows from them for texts
-- of a congress.  "Văn kiện Đại hội XII" is one document in the graph, while its texts (report,
-- resolution, platform) are documents of their own: a relation to the whole holds for each of them.

local graph = require "vankien.corpus.graph"

local trace_edges = {}

-- Documents that a congress adopted: its own, or the Central Committee's report to it, dated in the
-- months of the congress.
local members_sql = [[SELECT w.id, m.id FROM documents AS w JOIN documents AS m
    ON m.congress = w.congress AND m.id <> w.id
  WHERE w.kind = 'congress' AND w.issued_precision = 'range'
    AND m.issuer IN ('Đại hội đại biểu toàn quốc', 'Ban Chấp hành Trung ương')
    AND substr(m.issued, 1, 7) BETWEEN substr(w.issued, 1, 7) AND substr(w.issued_end, 1, 7)]]

local function members_of(store)
  local of = {}
  for _, whole, member in store.conn:rows(members_sql) do
    of[whole] = of[whole] or {}
    table.insert(of[whole], member)
  end
  return of
end

local function stand_ins(id, members, read)
  local list = { id }
  for _, member in ipairs(members[id] or {}) do
    if read[member] and read[member].read then list[#list + 1] = member end
  end
  return list
end

local function wanted(kinds)
  if not kinds then return nil end
  local set = {}
  for _, kind in ipairs(kinds) do set[kind] = true end
  return set
end

--- Edges between documents, with those that follow for the texts of a congress.
--- Shape: store, list of relations or nil, documents by id (with `read`) -> list of edges (derived
---   =
---   true where it follows), number of derived ones.
--- Units: ids of documents.
--- Errors: those of the store.
--- Source: table relations; membership by congress, issuer and month.
function trace_edges.of(store, kinds, read)
  local members, set, list, derived, seen = members_of(store), wanted(kinds), {}, 0, {}
  for _, edge in ipairs(graph.edges(store)) do
    if not set or set[edge.kind] then
      for _, from in ipairs(stand_ins(edge.from, members, read)) do
        for _, to in ipairs(stand_ins(edge.to, members, read)) do
          local key = from .. "\0" .. to .. "\0" .. edge.kind
          local follows = from ~= edge.from or to ~= edge.to
          if from ~= to and not seen[key] then
            seen[key] = true
            derived = derived + (follows and 1 or 0)
            list[#list + 1] = { from = from, to = to, kind = edge.kind, wording = edge.wording,
              derived = follows or nil }
          end
        end
      end
    end
  end
  return list, derived
end

return trace_edges
