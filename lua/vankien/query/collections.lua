-- What each collection is: its table, its keys, its order.  To give a new fact table a
-- collection, add a line here; a table without one still works as store:collection(name).

local collections = {}

-- keys: columns a row is looked up by, the first names it in pairs();
-- order: as in query:order; only: a fixed condition; number_key: c[n] looks this column up.
local by_n = { keys = { "title" }, order = { "n" } }

local defined = {
  documents = { keys = { "key", "number", "title" }, order = { "issued", "number" } },
  directives = { table = "documents", only = { type = { "Chỉ thị" } } },
  resolutions = { table = "documents", only = { type = { "Nghị quyết", "Nghị quyết Đại hội" } } },
  conclusions = { table = "documents", only = { type = { "Kết luận" } } },
  congresses = { keys = { "ordinal" }, order = { "n" }, number_key = "n" },
  passages = { keys = {}, order = { "document_id", "ordinal" } },
  repairs = { keys = {}, order = { "document_id", "start", "id" } },
  unresolved_citations = { keys = {}, order = { "document_id", "start", "id" } },
  relations = { keys = {}, order = { "from_id", "relation", "to_id" } },
  assertions = { keys = {}, order = { "subject", "subject_id", "field", "-accepted", "id" } },
  sources = { keys = { "key", "title" }, order = { "key" } },
  formulas = { keys = { "key", "quote" }, order = { "year", "id" } },
  principles = { keys = { "key", "title" }, order = { "id" } },
  terms = { keys = { "term" }, order = { "rung", "id" } },
  tasks = { keys = { "title" }, order = { "document_id", "n" } },
  points = { keys = { "title" }, order = { "document_id", "n" } },
  orientations = { keys = { "title", "marker" }, order = { "n" } },
  pillars = by_n,
  forums = { keys = { "name", "short_name" }, order = { "id" } },
  roles = { keys = {}, order = { "from_year", "id" } },
  events = { keys = { "event" }, order = { "year", "id" } },
  initiatives = { keys = { "initiative" }, order = { "date", "id" } },
  accessions = { keys = { "body" }, order = { "year", "id" } },
  metrics = { keys = { "metric" }, order = { "id" } },
  actors = { keys = { "actor" }, order = { "id" } },
  guide_forms = by_n, guide_reasons = by_n, guide_strategies = by_n,
  guide_tactics = by_n, guide_mistakes = by_n, guide_measures = by_n,
  guide_challenges = by_n, guide_questions = by_n, guide_summary = by_n,
}

local function complete(name, given)
  local of_table = defined[given.table or name] or given
  return {
    name = name, table = given.table or name, only = given.only,
    keys = given.keys or of_table.keys, order = given.order or of_table.order,
    number_key = given.number_key,
  }
end

--- What is known of a collection.
--- Shape: name -> {name=, table=, keys=, order=, only=, number_key=} | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param name string
function collections.find(name)
  local given = defined[name]
  if given then return complete(name, given) end
end

--- What holds for a table that has no line here.
--- Shape: name of a table -> as collections.find.
--- Units: none.
--- Errors: none.
--- Source: none.
function collections.plain(name)
  return { name = name, table = name, keys = {}, order = { "id" } }
end

--- The names of all collections.
--- Shape: nothing -> sorted list of strings.
--- Units: none.
--- Errors: none.
--- Source: none.
function collections.names()
  local names = {}
  for name in pairs(defined) do names[#names + 1] = name end
  table.sort(names)
  return names
end

return collections
