-- Which documents are counted, and into which periods they fall: SQL text and parameters.
-- Knows the store's columns and attributes; counts nothing.

local err = require "vankien.util.err"
local query = require "vankien.query"
local suggest = require "vankien.util.suggest"

local scope = {}

-- Groupings that are not a plain column of documents.
local derived = {
  year = "substr(d.issued, 1, 4)",
  document = "d.id",
}
local columns = { "congress", "type", "number", "issuer", "issued", "title", "kind", "key" }

local function names_of(store)
  local names = { "year", "document" }
  for _, column in ipairs(columns) do names[#names + 1] = column end
  for _, key in store.conn:rows(
    "SELECT DISTINCT a.key FROM documents, json_each(documents.attributes) AS a ORDER BY 1") do
    names[#names + 1] = key
  end
  return names
end

local function is_among(word, list)
  for _, item in ipairs(list) do
    if item == word then return true end
  end
  return false
end

-- An attribute's name goes into a JSON path, never unquoted.
local function attribute_path(name)
  return ([[json_extract(d.attributes, '$."%s"')]]):format((name:gsub("'", "''")))
end

--- The documents that are counted: all, or those of a query.
--- Shape: query|nil -> SQL of a table expression, list of parameters.
--- Units: none.
--- Errors: raises when `over` is not a query on documents.
--- Source: none.
function scope.of(over)
  if over == nil then return "documents", {} end
  local mt = debug.getmetatable(over)
  if type(over) ~= "userdata" or not (mt and over.sql)
    or query.table(over) ~= "documents" then
    err.raise("bad_input", "over is not a query on documents",
      { hint = 'over = documents:where{ genre = "resolution" }' })
  end
  local sql, params = over:sql()
  return "(" .. sql .. ")", params
end

--- SQL of the period a document falls into.
--- Shape: store, name|function -> SQL expression over alias d, or nil for a function.
--- Units: none.
--- Errors: raises unknown_name with the nearest name.
--- Source: none.
function scope.group(store, by)
  if type(by) == "function" then return nil end
  if derived[by] then return derived[by] end
  if is_among(by, columns) then return "d." .. by end
  local names = names_of(store)
  if type(by) == "string" and is_among(by, names) then return attribute_path(by) end
  err.raise("unknown_name", ("documents cannot be grouped by “%s”"):format(tostring(by)),
    { hint = suggest.phrase(tostring(by), names) or "by = " .. table.concat(names, ", ") })
end

-- Keys that a Lua function gives to documents travel to SQL as one JSON parameter.
local function mapped_keys(store, source, params, fn, documents)
  local json = require "vankien.util.json"
  local pairs_of = {}
  for _, id in store.conn:rows(("SELECT d.id FROM %s AS d"):format(source), params) do
    local key = fn(documents(id))
    if key ~= nil then pairs_of[#pairs_of + 1] = { id, key } end
  end
  return json.encode(pairs_of)
end

--- The documents of a scope with the period each falls into.
--- Shape: store, {by=, over=, documents=} -> SQL giving (id, period, issued), parameters.
--- Units: none.
--- Errors: as scope.of and scope.group.
--- Source: none.
---@param options table by: column, attribute or function(document); documents: id -> row, for it
function scope.pick(store, options)
  local over = options.over
  if over ~= nil and not query.is(over) then
    over = require "vankien.corpus.sets".query(store, over, "over")     -- a key, a row, a filter
  end
  local source, params = scope.of(over)
  local group = scope.group(store, options.by)
  local keyed, bound = source .. " AS d", { table.unpack(params) }
  if not group then
    group = "g.value ->> 1"
    bound[#bound + 1] = mapped_keys(store, source, params, options.by, options.documents)
    keyed = keyed .. " LEFT JOIN json_each(?) AS g ON g.value ->> 0 = d.id"
  end
  return ("SELECT d.id AS id, %s AS period, d.issued AS issued FROM %s"):format(group, keyed), bound
end

--- The documents of a scope in one group.
--- Shape: store, query or what makes one, or nil -> SQL giving (id, period, issued), parameters.
--- Units: none.
--- Errors: as scope.of.
--- Source: none.
function scope.whole(store, over)
  if over ~= nil and not query.is(over) then
    over = require "vankien.corpus.sets".query(store, over, "over")
  end
  local source, params = scope.of(over)
  return ("SELECT d.id AS id, 'all' AS period, d.issued AS issued FROM %s AS d"):format(source),
    params
end

local function with_ids(picked, params, ids, test)
  local bound = { table.unpack(params) }
  bound[#bound + 1] = "[" .. table.concat(ids, ",") .. "]"
  return ("SELECT * FROM (%s) WHERE id %s (SELECT value FROM json_each(?))"):format(picked, test),
    bound
end

--- A scope narrowed to some documents, or without them.
--- Shape: SQL and parameters of scope.pick, list of document ids -> SQL, parameters.
--- Units: none.
--- Errors: none.
--- Source: none.
function scope.only(picked, params, ids) return with_ids(picked, params, ids, "IN") end

--- Documents of a scope but some.
--- Shape: as scope.only.
--- Units: none.
--- Errors: none.
--- Source: none.
function scope.except(picked, params, ids) return with_ids(picked, params, ids, "NOT IN") end

local function streamed(picked, order)
  -- Sorting happens on ids alone; CROSS JOIN keeps SQLite from carrying blobs through the sorter,
  -- and the limit that is none keeps it from leaving the order of a subquery out.
  return ([[SELECT p.id, p.period, t.units
    FROM (SELECT * FROM (%s) ORDER BY %s LIMIT -1) AS p
    CROSS JOIN tokens AS t ON t.document_id = p.id]]):format(picked, order)
end

--- SQL that streams (document, period, token units) of a scope, oldest document first: for hits
--- and first attestations.
--- Shape: SQL of scope.pick -> SQL with the same parameters.
--- Units: none.
--- Errors: none.
--- Source: none.
function scope.stream(picked) return streamed(picked, "issued NULLS LAST, id") end

--- The same in the order of the store, where neighbours share pages: for counts alone.
--- Shape: as scope.stream.
--- Units: none.
--- Errors: none.
--- Source: none.
function scope.stored(picked) return streamed(picked, "id") end

--- The documents of a scope with what a period is measured by, in the order of the store; those
--- without a text come too, without units.
--- Shape: as scope.stream -> SQL giving (document, period, units, has a text, syllables, sentences,
---   passages).
--- Units: none.
--- Errors: none.
--- Source: none.
function scope.measured(picked)
  return ([[SELECT p.id, p.period, t.units, x.document_id IS NOT NULL, x.syllables, x.sentences,
      x.passages
    FROM (SELECT * FROM (%s) ORDER BY id LIMIT -1) AS p
    LEFT JOIN texts AS x ON x.document_id = p.id
    LEFT JOIN tokens AS t ON t.document_id = x.document_id]]):format(picked)
end

return scope
