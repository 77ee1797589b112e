-- Candidates that stand in the store: keys of a collection, values of a field, its names.
-- Every question is bounded, so that a store of 100,000 documents answers as soon as a small one.

local collections = require "vankien.query.collections"
local fields = require "vankien.query.fields"
local list = require "vankien.util.list"
local present = require "vankien.repl.complete_present"
local relations = require "vankien.query.relations"
local schema = require "vankien.query.schema"
local text = require "vankien.host.text"

local from_store = {}

local MOST = 100              -- candidates
local SAMPLE = 5000           -- rows whose values are looked at
local SMALL = 5000            -- rows of a table whose keys are all compared

-- The attributes of imported documents, as far as a sample of them shows.
local function attributes(store, info)
  local names = {}
  if not info.has_attributes then return names end
  for _, name in store.conn:rows([[SELECT DISTINCT a.key FROM
    (SELECT attributes FROM documents WHERE attributes <> '{}' LIMIT 200) AS d,
    json_each(d.attributes) AS a ORDER BY 1]]) do
    names[#names + 1] = name
  end
  return names
end

-- LIKE of SQLite folds the letters of ASCII only: what may be a letter with marks is any one.
-- Marks between digits and letters may be left out: 25ct is 25-CT/TW.
local function pattern_of(typed)
  local p = text.bare(typed):gsub("[%%_aeiouyd]", "_")
  p = p:gsub("[%s/-]+", "%%"):gsub("(%d)([%a_])", "%1%%%2")
  return p .. "%"
end

-- The digits that are typed first bound the part of the index that is read.
local numbers_sql = [[SELECT number, min(title), count(*), group_concat(congress, ' ') FROM
  (SELECT number, title, congress FROM documents
    WHERE number >= ?4 AND number < ?4 || char(1114109) AND number LIKE ?1
      AND (?2 IS NULL OR instr(?2, '|' || type || '|') > 0) LIMIT ?5)
  GROUP BY number ORDER BY number LIMIT ?3]]

-- A number that several documents bear is offered with its term.
local function add_number(found, number, title, n, terms)
  if n == 1 then
    found[#found + 1] = {insert = number, label = number .. "  " .. title}
    return
  end
  for term in (terms or ""):gmatch "%S+" do
    local key = number .. "@" .. term
    found[#found + 1] = {insert = key, label = key .. "  (one of " .. n .. ")"}
  end
end

local function numbers(store, def, typed)
  local only = def.only and def.only.type
  local null = require "vankien.host.store".null
  local found = {}
  local digits = typed:match "^%d*"
  for i, pattern in ipairs {pattern_of(typed), "%" .. pattern_of(typed)} do
    for _, number, title, n, terms in store.conn:rows(numbers_sql,
      {pattern, only and "|" .. table.concat(only, "|") .. "|" or null, MOST * 2,
        i == 1 and digits or "", SMALL}) do
      if present.squeezed(number):find(present.squeezed(typed), 1, true) then
        add_number(found, number, title, n, terms)
      end
    end
    if #found > 0 or typed == "" then return found end
  end
  return found
end

local function other_keys(store, def, typed)
  local found, wanted = {}, text.bare(typed)
  local condition = def.only and def.only.type
    and (" AND type IN ('%s')"):format(table.concat(def.only.type, "','")) or ""
  for _, column in ipairs(def.keys) do
    if #found >= MOST or def.table == "documents" and column == "number" then goto continue end
    local sql = ("SELECT %s FROM %s WHERE %s IS NOT NULL%s LIMIT %d"):format(column, def.table,
      column, condition, SMALL)
    for _, key in store.conn:rows(sql) do
      key = tostring(key)
      if #found < MOST and text.bare(key):sub(1, #wanted) == wanted then
        found[#found + 1] = {insert = key}
      end
    end
    ::continue::
  end
  return found
end

--- What can stand in collection["…"]: document numbers by what is typed of them, or other keys.
--- Shape: store, name of the collection, typed -> list of {insert =, label =}.
--- Units: at most 100, twice as many numbers looked at.
--- Errors: those of the store.
--- Source: own.
---@param store table
---@param name string
---@param typed string
---@return table[]
function from_store.keys(store, name, typed)
  local def = collections.find(name) or collections.plain(name)
  if def.table == "documents" and typed:find "^%d" or typed == "" and def.table == "documents" then
    local found = numbers(store, def, typed)
    if #found > 0 then return found end
  end
  local found = other_keys(store, def, typed)
  if #found == 0 and def.table == "documents" and typed ~= "" then
    return numbers(store, def, typed)
  end
  return found
end

--- The values that a field takes.
--- Shape: store, table, field -> list of texts, sorted.
--- Units: at most 100 values out of the first 5,000 rows.
--- Errors: those of the store.
--- Source: own.
---@param store table
---@param name string
---@param field string
---@return string[]
function from_store.values(store, name, field)
  local info = schema.table(store, name)
  if not info or not list.index_of(from_store.fields(store, name), field) then return {} end
  local found = fields.find(store, info, field)
  if not found then return {} end
  local params = {found.param}
  local sql = ("SELECT DISTINCT v FROM (SELECT %s AS v FROM %s AS t LIMIT %d) WHERE v IS NOT NULL "
    .. "ORDER BY v COLLATE VIET LIMIT %d"):format(found.sql, name, SAMPLE, MOST)
  local values = {}
  for _, value in store.conn:rows(sql, params) do values[#values + 1] = tostring(value) end
  return values
end

--- The names that can stand in a condition or an order.
--- Shape: store, table -> list of names.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param store table
---@param name string
---@return string[]
function from_store.fields(store, name)
  local info = schema.table(store, name)
  if not info then return {} end
  local names = list.concat(info.columns, attributes(store, info))
  if info.has_year then names[#names + 1] = "year" end
  if info.kind.document_id then
    for _, column in ipairs(schema.table(store, "documents").columns) do
      names[#names + 1] = "document." .. column
    end
  end
  return names
end

--- The names that can be read of a row.
--- Shape: store, table -> list of names.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param store table
---@param name string
---@return string[]
function from_store.members(store, name)
  local info = schema.table(store, name)
  if not info then return {} end
  local names = list.concat(info.columns, relations.names(store, info))
  return list.concat(names, attributes(store, info))
end

--- The relations that documents stand in.
--- Shape: store -> list of texts.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param store table
---@return string[]
function from_store.relations(store)
  return from_store.values(store, "relations", "relation")
end

return from_store
