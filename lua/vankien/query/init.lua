-- Collections and queries, for the layers above: what is one, its words, its columns.  The objects
-- themselves are made in query/object.lua, rows in query/row.lua, SQL in query/statement.lua.

local lazy = require "vankien.util.lazy"

local collections = require "vankien.query.collections"
local err = require "vankien.util.err"
local filter = lazy.module "vankien.query.filter"
local list = require "vankien.util.list"
local methods = require "vankien.query.methods"
local object = require "vankien.query.object"
local row = require "vankien.query.row"
local schema = require "vankien.query.schema"

local inside = object.inside

local query = {
  operators = lazy.module "vankien.query.operators", is_row = row.is,
  collection = object.collection,
}

--- The names that query.collection knows in a store.
--- Shape: store or nil -> sorted list; without a store those that every store has.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function query.names(store)
  local names = collections.names()
  if store then names = list.unique(list.concat(names, schema.tables(store))) end
  table.sort(names)
  return names
end

--- Is this a collection or query?
--- Shape: anything -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function query.is(value) return inside(value) ~= nil end

--- The table whose rows a query gives.
--- Shape: query -> name; "documents" also for directives, resolutions and other parts of it.
--- Units: none.
--- Errors: none.
--- Source: none.
function query.table(q) return inside(q).info.name end

--- What a query asks for, in words, without counting.
--- Shape: query -> text.
--- Units: none.
--- Errors: none.
--- Source: none.
function query.words(q) return filter.words(inside(q)) end

--- The columns that a row or query shows, in their order.
--- Shape: row or query -> list of names.
--- Units: none.
--- Errors: raises usage for anything else.
--- Source: none.
function query.columns(value)
  if row.is(value) then return row.columns(value) end
  local state = inside(value)
  if not state then err.raise("usage", "neither a row nor a query") end
  return list.filter(methods.columns(value), function(name) return name ~= "attributes" end)
end

--- What can be asked of a query, for completion and help.
--- Shape: nothing -> sorted list of names.
--- Units: none.
--- Errors: none.
--- Source: none.
function query.methods() return list.sorted_keys(methods) end

return query
