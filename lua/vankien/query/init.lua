-- Collections and queries: userdata that read like tables.  Userdata and not tables, so that
-- next, rawset, table.insert and encoders of others raise instead of meeting an empty table.
--
-- What is read with square brackets: a method's name, an integer (1 is the first row, -1 the
-- last), or a key.  Rows are made by query/row.lua, SQL by query/statement.lua.

local lazy = require "vankien.util.lazy"

local aggregate = lazy.module "vankien.query.aggregate"
local collections = require "vankien.query.collections"
local err = require "vankien.util.err"
local host = require "vankien.host.rows"
local iterate = require "vankien.query.iterate"
local list = require "vankien.util.list"
local lookup = require "vankien.query.lookup"
local methods_of = require "vankien.query.methods"
local operators = lazy.module "vankien.query.operators"
local proxy = require "vankien.host.proxy"
local row = require "vankien.query.row"
local schema = require "vankien.query.schema"
local statement = require "vankien.query.statement"
local strict = require "vankien.util.strict"
local suggest = lazy.module "vankien.util.suggest"

local query = { operators = operators, is_row = row.is }

local mt = { __name = "vankien.query", __metatable = "vankien.query" }
local methods, row_at, words_of

local function inside(object) return (proxy.value(object, mt)) end
local function wrap(state) return proxy.new(state, mt) end

-- store -> name -> collection
local made = setmetatable({}, { __mode = "k" })

-- A query on what a row leads to.
local function opener(store)
  return function(table_name, sql, params, label)
    local state = inside(query.collection(store, table_name))
    local part = {}
    for key, value in pairs(state) do part[key] = value end
    part.where = { { op = "subquery", sql = sql, params = params, words = "" } }
    part.label = label and ("%s of %s"):format(table_name, label)
    part.finder, part.batch = nil, nil
    return wrap(part)
  end
end

local function shape_of(state)
  local info = state.info
  if state.selected then
    return row.shape(state.store, info, state.selected, opener(state.store))
  end
  info.shape = info.shape or row.shape(state.store, info, nil, opener(state.store))
  return info.shape
end

methods, row_at, words_of = methods_of { inside = inside, wrap = wrap, shape_of = shape_of }

local function unknown(state, name)
  if type(name) == "string" and name:find "^[%a_]+$" then
    local near = suggest.nearest(name, list.sorted_keys(methods), 1)
    if near[1] then strict.unknown("method", name, list.sorted_keys(methods), state.def.name) end
  end
  return nil
end

-- ipairs(q) asks for 1, 2, 3, …: after the second step in a row the rows come in batches.
local function in_turn(state, i)
  local batch = state.batch
  if batch and i == batch.last + 1 and i > 1 then
    batch.last = i
    local found = batch[i]
    if found == nil and i > batch.stop then
      batch = iterate.list(statement.part(state, i - 1, 200), shape_of(state))
      local moved = { last = i, stop = i - 1 + #batch }
      table.move(batch, 1, #batch, i, moved)
      state.batch, found = moved, moved[i]
    end
    if found ~= nil then batch[i] = nil end
    if found == nil then state.batch = nil end
    return found
  end
  state.batch = { last = i, stop = i }
  return row_at(state, i)
end

local function by_number(state, i)
  local column = state.def.number_key
  if not column then return in_turn(state, i) end
  local wanted = { op = "=", field = column, i }
  local part = setmetatable({ where = list.concat(state.where, { wanted }) }, { __index = state })
  return row_at(part, 1)
end

-- What is no method's name, and no key as it is stored: those the host finds first.
local function read(self, key)
  local state = inside(self)
  if type(key) == "string" then
    local found = lookup.key(state, shape_of(state), key)
    if found ~= nil then return found end
    return unknown(state, key)
  end
  local i = math.tointeger(key)
  if type(key) ~= "number" or not i then
    err.raise("usage", ("%s is read by a key or a whole number, not by %s"):format(
      state.def.name, type(key) == "number" and tostring(key) or "a " .. type(key)))
  end
  if i > 0 then return by_number(state, i) end
  return row_at(state, i)
end

mt.__index = host.index(methods, read)

function mt.__newindex(self, key)
  local name = inside(self).def.name
  err.raise("refused", ("%s cannot be written to: [%s] = …"):format(name, tostring(key)), {
    hint = "store:edit(function(tx) … end) writes",
  })
end

function mt.__len(self) return aggregate.count(inside(self)) end

function mt.__pairs(self)
  local state = inside(self)
  local next_row = iterate.detached(state, shape_of(state))
  return function()
    local found = next_row()
    if found then return lookup.name_of(state, found), found end
  end, self, nil
end

-- resolutions{ number = "18-NQ/TW", congress = "XII" }: the one row, or nil.
function mt.__call(self, conditions)
  local state = inside(self)
  if type(conditions) ~= "table" then
    err.raise("usage", state.def.name .. " is called with a table of conditions", {
      hint = ('%s{ number = "25-CT/TW" }, or %s:where"…"'):format(state.def.name,
        state.def.name),
    })
  end
  local found = methods.where(self, conditions)
  local n = found:count()
  if n < 2 then return found:first() end
  local asked = words_of(inside(found))
  lookup.ambiguous(state, ("%d rows are %s"):format(n, asked), found:limit(12):list(), n)
end

function mt.__tostring(self)
  local state = inside(self)
  local n = aggregate.count(state)
  return ("%s: %d %s"):format(words_of(state), n, n == 1 and "row" or "rows")
end

function mt.__concat()
  err.raise("usage", "a query is not text", { hint = "tostring(q), or q:list()" })
end

local function only_nodes(only)
  local nodes = {}
  for _, column in ipairs(list.sorted_keys(only or {})) do
    nodes[#nodes + 1] = { op = "exact", field = column, table.unpack(only[column]) }
  end
  return nodes
end

local function make(store, name)
  local def = collections.find(name)
  local info = schema.table(store, def and def.table or name)
  if not info then return nil end
  def = def or collections.plain(name)
  local state = { store = store, info = info, def = def, where = only_nodes(def.only) }
  state.order = list.map(def.order, function(spec)
    return statement.read_order(state, spec)
  end)
  return wrap(state)
end

--- A collection of a store.
--- Shape: store, name -> collection, the same one each time.
--- Units: none.
--- Errors: raises unknown_name with the nearest collection.
--- Source: none.
---@param store table it has .conn
---@param name string
function query.collection(store, name)
  local of = made[store]
  if not of then
    of = {}
    made[store] = of
  end
  if not of[name] then
    of[name] = type(name) == "string" and make(store, name)
      or strict.unknown("collection", name, query.names(store))
  end
  return of[name]
end

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
function query.words(q) return words_of(inside(q)) end

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
