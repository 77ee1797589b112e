-- Collections and queries as objects: userdata that read like tables.  Userdata and not tables, so
-- that next, rawset, table.insert and encoders of others raise instead of meeting an empty table.
--
-- What is read with square brackets: a method's name, an integer (1 is the first row, -1 the
-- last), or a key.  Here is what the first row of a short script needs, and no more: methods,
-- and what the operators do (query/events.lua), are loaded when they are first used.

local lazy = require "vankien.util.lazy"

local collections = require "vankien.query.collections"
local host = require "vankien.host.rows"
local iterate = lazy.module "vankien.query.iterate"
local list = require "vankien.util.list"
local lookup = require "vankien.query.lookup"
local methods = lazy.module "vankien.query.methods"
local proxy = require "vankien.host.proxy"
local row = require "vankien.query.row"
local schema = require "vankien.query.schema"
local strict = require "vankien.util.strict"
local suggest = lazy.module "vankien.util.suggest"

local object = {}

local mt = { __name = "vankien.query", __metatable = "vankien.query" }

-- store -> name -> collection
local made = setmetatable({}, { __mode = "k" })

--- The state inside a query.
--- Shape: anything -> state, see query/statement.lua; nil when it is no query.
--- Units: none.
--- Errors: none.
--- Source: none.
function object.inside(value) return (proxy.value(value, mt)) end

--- A query around a state.
--- Shape: state -> query.
--- Units: none.
--- Errors: none.
--- Source: none.
function object.wrap(state) return proxy.new(state, mt) end

-- A query on what a row leads to.
local function opener(store)
  return function(table_name, sql, params, label)
    local state = object.inside(object.collection(store, table_name))
    local part = {}
    for key, value in pairs(state) do part[key] = value end
    part.where = { { op = "subquery", sql = sql, params = params, words = "" } }
    part.label = label and ("%s of %s"):format(table_name, label)
    part.finder, part.batch = nil, nil
    return object.wrap(part)
  end
end

--- What the rows of a state look like.
--- Shape: state -> shape for vankien.host.rows; the same one for all whole rows of a table.
--- Units: none.
--- Errors: none.
--- Source: none.
function object.shape_of(state)
  local info = state.info
  if state.selected then
    return row.shape(state.store, info, state.selected, opener(state.store))
  end
  info.shape = info.shape or row.shape(state.store, info, nil, opener(state.store))
  return info.shape
end

local function check_name(state, name)
  local names = require "vankien.query".methods()
  if suggest.nearest(name, names, 1)[1] then
    strict.unknown("method", name, names, state.def.name)
  end
end

-- What is no method's name, and no key as it is stored: those the host finds first.
local function read(self, key)
  local state = object.inside(self)
  if type(key) ~= "string" then return iterate.numbered(state, key, object.shape_of(state)) end
  local found = lookup.key(state, object.shape_of(state), key)
  if found ~= nil then return found end
  if key:find "^[%a_]+$" then check_name(state, key) end
  return nil
end

mt.__index = host.index(methods, read)

for _, event in ipairs { "newindex", "len", "pairs", "call", "tostring", "concat" } do
  mt["__" .. event] = function(...) return require "vankien.query.events"[event](...) end
end

-- The fixed condition of a collection: values as they are stored.
local function only_nodes(only)
  local nodes = {}
  for _, column in ipairs(list.sorted_keys(only or {})) do
    local sql = ("t.%s IN (?%s)"):format(column, (", ?"):rep(#only[column] - 1))
    nodes[#nodes + 1] = { op = "subquery", sql = sql, params = only[column], words = "" }
  end
  return nodes
end

local function make(store, name)
  local def = collections.find(name)
  local info = schema.table(store, def and def.table or name)
  if not info then return nil end
  return object.wrap {
    store = store, info = info, def = def or collections.plain(name),
    where = only_nodes(def and def.only),
  }
end

--- A collection of a store.
--- Shape: store, name -> collection, the same one each time.
--- Units: none.
--- Errors: raises unknown_name with the nearest collection.
--- Source: none.
---@param store table it has .conn
---@param name string
function object.collection(store, name)
  local of = made[store]
  if not of then
    of = {}
    made[store] = of
  end
  if not of[name] then
    of[name] = type(name) == "string" and make(store, name)
      or strict.unknown("collection", name, require "vankien.query".names(store))
  end
  return of[name]
end

return object
