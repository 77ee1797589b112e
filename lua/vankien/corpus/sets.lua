-- Sets of documents as people name them: a query, a row, a key, the name of an imported file, a
-- filter, or a list of these.  All become one SQL scope (see scope.lua); nothing is counted here.

local doubled = require "vankien.corpus.doubled"
local err = require "vankien.util.err"
local query = require "vankien.query"
local row = require "vankien.query.row"
local scope = require "vankien.corpus.scope"
local suggest = require "vankien.util.suggest"

local sets = {}

-- "texts/xiv/nq_dh_xiv.txt" and "corpus.jsonl#12" -> nq_dh_xiv, corpus
local function file_name(locator)
  return (locator:gsub("#%d+$", ""):match "([^/\\]+)$" or locator):gsub("%.[^.]*$", "")
end

local function by_file(store, name)
  local ids, names = {}, {}
  for _, id, locator in store.conn:rows([[SELECT x.document_id, o.locator FROM texts AS x
    JOIN originals AS o ON o.id = x.original_id ORDER BY x.document_id]]) do
    local known = file_name(locator)
    if known == name or locator == name then ids[#ids + 1] = id end
    names[#names + 1] = known
  end
  return ids, names
end

local function with_ids(store, ids)
  return store:collection "documents":where { id = query.operators.one_of(ids) }
end

local function by_name(store, name)
  local documents = store:collection "documents"
  if name:find "[=<>~]" then return documents:where(name) end
  local found = documents:find(name)
  if query.is_row(found) then return with_ids(store, { found.id }) end
  local ids, names = by_file(store, name)
  if #ids > 0 then return with_ids(store, ids) end
  err.raise("not_found", ("no document is called “%s”"):format(name), {
    hint = suggest.phrase(name, names)
      or "a key, a number, the name of an imported file, or a filter such as \"year = 2026\"",
  })
end

local function union(store, list, name)
  local ids = {}
  for _, item in ipairs(list) do
    for _, id in ipairs(sets.query(store, item, name):pluck "id") do ids[#ids + 1] = id end
  end
  if #ids == 0 then err.raise("bad_input", ("%s is an empty list"):format(name)) end
  return with_ids(store, ids)
end

--- A set of documents as a query.
--- Shape: store, nil (all) | query | row | text | list of these, name of the argument -> query.
--- Units: none.
--- Errors: raises not_found for a name that nothing has, bad_input for other values, and what a
---   filter or an ambiguous number raises.
--- Source: none.
---@param store table
---@param value any
---@param name string
function sets.query(store, value, name)
  if value == nil then return store:collection "documents" end
  if query.is(value) then
    if query.table(value) == "documents" then return value end
    err.raise("bad_input", ("%s is a query on %s, not on documents"):format(name,
      query.table(value)), { hint = 'documents:where{ type = "Nghị quyết" }' })
  end
  if query.is_row(value) and row.table(value) == "documents" then
    return with_ids(store, { value.id })
  end
  if type(value) == "string" then return by_name(store, value) end
  if type(value) == "table" and getmetatable(value) == nil then return union(store, value, name) end
  err.raise("bad_input", ("%s is no set of documents"):format(name),
    { hint = 'documents:where{ type = "Nghị quyết" }, documents["nq-dh14"], or "nq-dh14"' })
end

--- What a set is called: the title of a single document, else what the query asks for.
--- Shape: query -> string.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function sets.words(over)
  if over:count() ~= 1 then return query.words(over) end
  local only = over:first()
  return ("%s (%s)"):format(only.number or only.title, only.key)
end

--- The scope of one set, each document in the period that `by` names (nil: all in period "all").
--- Shape: store, value as sets.query takes, grouping -> SQL giving (id, period, issued),
---   parameters,
---   query.
--- Units: none.
--- Errors: as sets.query and scope.pick.
--- Source: none.
function sets.pick(store, value, by)
  local over = sets.query(store, value, "over")
  if by == nil then
    local sql, bound = scope.of(over)
    return ("SELECT d.id AS id, 'all' AS period, d.issued AS issued FROM %s AS d"):format(sql),
      bound, over
  end
  local picked, params = scope.pick(store, {
    by = by, over = over,
    documents = function(id) return store:collection "documents":where { id = id }:one() end,
  })
  return picked, params, over
end

local pair_sql = [[SELECT d.id AS id, CASE WHEN d.id IN (SELECT id FROM %s) THEN 'a' ELSE 'b' END
    AS period, d.issued AS issued FROM documents AS d
  WHERE d.id IN (SELECT id FROM %s) OR d.id IN (SELECT id FROM %s)]]

--- Two sets side by side; what is in both belongs to the first, and without a second one it is
--- all other documents.
--- Shape: store, a, b -> SQL giving (id, period 'a' or 'b', issued), parameters, query a, query b.
--- Units: none.
--- Errors: as sets.query; raises bad_input when a is missing.
--- Source: none.
function sets.pair(store, a, b)
  if a == nil then
    err.raise("bad_input", "the first set of documents is missing",
      { hint = 'keyness("nq-dh14", "nq-dh13")' })
  end
  local first, second = sets.query(store, a, "the first set"), sets.query(store, b, "the second"
    .. " set")
  local sql_a, params_a = scope.of(first)
  local sql_b, params_b = scope.of(second)
  local params = {}
  for _, more in ipairs { params_a, params_a, params_b } do
    table.move(more, 1, #more, #params + 1, params)
  end
  return pair_sql:format(sql_a, sql_a, sql_b), params, first, second
end

local sizes_sql = [[SELECT p.period, count(*), count(x.document_id), coalesce(sum(x.syllables), 0)
  FROM (%s) AS p LEFT JOIN texts AS x ON x.document_id = p.id GROUP BY 1]]

--- Sizes of the groups of a scope.
--- Shape: store, SQL of a scope, parameters -> {[period] = {documents, texts, syllables}}.
--- Units: documents counts all, texts those with a text; syllables of the texts.
--- Errors: those of the store.
--- Source: none.
function sets.sizes(store, picked, params)
  local sizes = {}
  for _, period, documents, texts, syllables in store.conn:rows(sizes_sql:format(picked), params) do
    sizes[period == nil and "(none)" or period] = {
      documents = documents, texts = texts, syllables = syllables,
    }
  end
  return sizes
end

--- Raise when a scope holds no text.
--- Shape: store, number of texts, what the scope is called -> nothing.
--- Units: none.
--- Errors: raises not_found.
--- Source: none.
function sets.need_text(store, texts, name)
  if texts > 0 then return end
  local all = store.conn:first "SELECT count(*) FROM texts"
  err.raise("not_found", all == 0 and "no document of the store has a text"
    or ("no document of %s has a text"):format(name), {
    hint = all == 0 and "import texts first: vankien import FILE"
      or 'documents:where{ has "text" } are those with one',
  })
end

--- Text that stands twice in a period, or with `whole` in the scope: said, or with `once` left out.
--- Shape: store, SQL of a scope, parameters, once, whole -> SQL, parameters, notes, documents that
---   stand inside another one.
--- Units: per cent of runs of eight syllables.
--- Errors: those of the store.
--- Source: corpus/doubled.lua.
function sets.settle(store, picked, params, once, whole)
  local looked = whole and ("SELECT id, 'all' AS period, issued FROM (%s)"):format(picked) or picked
  local twice, ids, notes = doubled.documents(store, looked, params), {}, {}
  for i, item in ipairs(twice) do
    ids[i] = ("%d"):format(item.id)
    notes[i] = once and ("left out: “%s” stands inside “%s”"):format(item.title, item.outer)
      or ("counted twice: %.0f %% of “%s” stands inside “%s”; once = true (--once) leaves it out")
        :format(item.share * 100, item.title, item.outer)
  end
  if not once or #ids == 0 then return picked, params, notes, twice end
  local rest, bound = scope.except(picked, params, ids)
  return rest, bound, notes, twice
end

return sets
