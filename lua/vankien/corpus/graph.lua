-- The relation graph of documents: what can be reached from a document along chosen edges, as a
-- query that counts can be restricted to.

local arguments = require "vankien.corpus.arguments"
local err = require "vankien.util.err"
local query = require "vankien.query"
local sets = require "vankien.corpus.sets"
local suggest = require "vankien.util.suggest"
local trace = require "vankien.analysis.trace"

local graph = {}

local edges_sql = [[SELECT r.from_id, r.relation, r.to_id, r.wording, r.source, r.level
  FROM relations AS r ORDER BY r.id]]

--- All edges of the store.
--- Shape: store -> list of {from, to, kind, wording, source, level}: `from` refers to `to`.
--- Units: ids of documents.
--- Errors: those of the store.
--- Source: table relations.
function graph.edges(store)
  local list = {}
  for _, from, kind, to, wording, source, level in store.conn:rows(edges_sql) do
    list[#list + 1] = { from = from, to = to, kind = kind, wording = wording, source = source,
      level = level }
  end
  return list
end

--- Kinds of relation as a list, each known to the store.
--- Shape: store, text | list | nil -> list of texts | nil.
--- Units: none.
--- Errors: raises unknown_name with the nearest relation.
--- Source: table relations.
function graph.kinds(store, given)
  if given == nil then return nil end
  if type(given) == "string" then given = { given } end
  if type(given) ~= "table" or #given == 0 then
    err.raise("bad_input", "kinds is a relation or a list of relations",
      { hint = 'kinds = "cụ thể hóa"' })
  end
  local fold = require "vankien.host.text".fold
  local known, names, list = {}, {}, {}
  for _, kind in store.conn:rows "SELECT DISTINCT relation FROM relations ORDER BY 1" do
    known[fold(kind)], names[#names + 1] = kind, kind
  end
  for i, kind in ipairs(given) do
    list[i] = type(kind) == "string" and known[fold(kind)] or err.raise("unknown_name",
      ("no relation is called “%s”"):format(tostring(kind)), {
        hint = suggest.phrase(tostring(kind), names) or "relations: " .. table.concat(names, ", "),
      })
  end
  return list
end

--- The documents that stand in a relation to some document, near or far.
--- Shape: store, root (row, key, number, query or list), {kinds = relation or list, direction =
---   "referring" (what refers to the root) | "referred", depth = any} -> query on documents (empty
---   when nothing is reached), list of {document = id, depth, via = edge}.
--- Units: depth in edges.
--- Errors: raises unknown_name for a relation or option, not_found for the root.
--- Source: analysis.trace.reach over table relations.
---@param store table
---@param root any
---@param options? table
function graph.reach(store, root, options)
  local o = arguments.read(options, { kinds = true, direction = "string|nil",
    depth = "number|nil" }, "reach")
  if root == nil then
    err.raise("bad_input", "reach needs a document", { hint = 'reach("vk-dh12")' })
  end
  o.direction = arguments.choice(o.direction, "direction", { "referring", "referred" }, "referring")
  o.depth = arguments.whole(o.depth, "depth", 1, 1000)
  local roots = sets.query(store, root, "the root"):pluck "id"
  if #roots == 0 then err.raise("not_found", "the root is no document of the store") end
  local found = trace.reach(graph.edges(store), roots,
    { kinds = graph.kinds(store, o.kinds), direction = o.direction, depth = o.depth })
  local ids = { -1 }
  for i, step in ipairs(found) do ids[i] = step.document end
  return store:collection "documents":where { id = query.operators.one_of(ids) }, found
end

return graph
