-- What a query can be asked: q:where{…}, q:order(…), q:limit(n), q:each(), q:list(), …
-- A query never changes; each method that narrows it returns a new one.

local lazy = require "vankien.util.lazy"

local aggregate = lazy.module "vankien.query.aggregate"
local err = require "vankien.util.err"
local fields = require "vankien.query.fields"
local filter = lazy.module "vankien.query.filter"
local iterate = require "vankien.query.iterate"
local list = require "vankien.util.list"
local lookup = require "vankien.query.lookup"
local nearby = lazy.module "vankien.query.nearby"
local object = require "vankien.query.object"
local statement = require "vankien.query.statement"

local inside, wrap, shape_of = object.inside, object.wrap, object.shape_of

local methods = {}

local function open(self, name)
  local state = inside(self)
  if state then return state end
  err.raise("usage", ("%s is called on a query"):format(name), {
    hint = ("documents:%s(…) with a colon"):format(name),
  })
end

local function copy(state)
  local new = {}
  for _, name in ipairs { "store", "info", "def", "where", "order", "limit", "offset",
    "selected", "label" } do
    new[name] = state[name]
  end
  return new
end

-- What comes after a limit works on the rows within it.
local function settled(state)
  if not state.limit and not state.offset then return copy(state) end
  local new = copy(state)
  local sql, params = statement.rows(state, "t.id")
  local within = ("t.id IN (%s)"):format(sql)
  new.where = { { op = "subquery", sql = within, params = params, words = "" } }
  new.label = filter.words(state)
  new.limit, new.offset = nil, nil
  return new
end

--- Keep the rows that meet conditions, all of them.
--- Shape: {column = value or condition, …} or filter text -> query.
--- Units: dates by prefix, text without regard to case and tone placement.
--- Errors: raises unknown_name, bad_input or usage at the caller's line.
--- Source: none.
---@param conditions table|string
function methods.where(self, conditions, ...)
  local state = settled(open(self, "where"))
  if select("#", ...) > 0 then
    err.raise("usage", "where takes one table or one text", {
      hint = 'values stand in the text: where"year >= 2016"',
    })
  end
  local node = filter.read(conditions)
  state.where = list.concat(state.where, { node })
  statement.where(state, {})
  return wrap(state)
end

--- Sort by columns, "-" before a name for descending.
--- Shape: names one by one -> query; nothing restores the order of the collection.
--- Units: words by the Vietnamese dictionary, congresses and numbers by their value.
--- Errors: raises unknown_name at the caller's line.
--- Source: none.
function methods.order(self, ...)
  local state = settled(open(self, "order"))
  state.order = select("#", ...) > 0 and statement.read_orders(state, { ... }) or nil
  return wrap(state)
end

local function whole(name, n, least)
  local value = math.tointeger(n)
  if type(n) ~= "number" or not value or value < least then
    err.raise("usage", ("%s takes a whole number, %d or more, not %s"):format(name, least,
      tostring(n)))
  end
  return value
end

--- At most so many rows.
--- Shape: integer -> query.
--- Units: rows.
--- Errors: raises usage.
--- Source: none.
function methods.limit(self, n)
  local state = copy(open(self, "limit"))
  n = whole("limit", n, 0)
  state.limit = math.min(n, state.limit or n)
  return wrap(state)
end

--- Leave out the first rows.
--- Shape: integer -> query.
--- Units: rows.
--- Errors: raises usage.
--- Source: none.
function methods.offset(self, n)
  local state = copy(open(self, "offset"))
  n = whole("offset", n, 0)
  state.offset = (state.offset or 0) + n
  if state.limit then state.limit = math.max(0, state.limit - n) end
  return wrap(state)
end

--- Rows with these columns only.
--- Shape: names one by one -> query.
--- Units: none.
--- Errors: raises unknown_name at the caller's line.
--- Source: none.
function methods.select(self, ...)
  local state = copy(open(self, "select"))
  if select("#", ...) == 0 then err.raise("usage", "select takes column names") end
  local names = list.unique { ... }
  for _, name in ipairs(names) do fields.need(state.store, state.info, name) end
  state.selected = names
  return wrap(state)
end

--- Walk over the rows: for d in q:each() do … end.
--- Shape: nothing -> iterator, nil, nil, closing value.
--- Units: none.
--- Errors: those of the store, at the caller's line.
--- Source: none.
function methods.each(self)
  local state = open(self, "each")
  return iterate.each(state, shape_of(state))
end

--- All rows.
--- Shape: nothing -> list of rows.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function methods.list(self)
  local state = open(self, "list")
  return iterate.list(state, shape_of(state))
end

--- The first row.
--- Shape: nothing -> row | nil.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function methods.first(self)
  local state = open(self, "first")
  return iterate.at(state, 1, shape_of(state))
end

--- The last row.
--- Shape: nothing -> row | nil.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function methods.last(self)
  local state = open(self, "last")
  return iterate.at(state, -1, shape_of(state))
end

--- The one row there is.
--- Shape: nothing -> row.
--- Units: none.
--- Errors: raises not_found or ambiguous at the caller's line.
--- Source: none.
function methods.one(self)
  local state = open(self, "one")
  local rows = iterate.list(statement.part(state, 0, 2), shape_of(state))
  if #rows == 1 then return rows[1] end
  if #rows == 0 then
    err.raise("not_found", "one: there is no row in " .. filter.words(state))
  end
  err.raise("ambiguous", ("one: there are %d rows in %s"):format(aggregate.count(state),
    filter.words(state)), { hint = "first() takes the first; where{…} narrows" })
end

--- The row that a key names, or nil; here a key is never taken for a misspelt method.
--- Shape: key -> row | nil.
--- Units: none.
--- Errors: raises ambiguous with the candidates.
--- Source: none.
function methods.find(self, key)
  local state = open(self, "find")
  if type(key) ~= "string" then return self[key] end
  return lookup.key(state, shape_of(state), key)
end

--- The row that a key names, which must be there.
--- Shape: key -> row.
--- Units: none.
--- Errors: raises not_found with the nearest key, or ambiguous with the candidates.
--- Source: none.
function methods.get(self, key)
  local state = open(self, "get")
  local row = methods.find(self, key)
  if row ~= nil then return row end
  err.raise("not_found", ("%q is not in %s"):format(tostring(key), filter.words(state)), {
    hint = nearby.keys(state, tostring(key)),
  })
end

--- How many rows.
--- Shape: nothing -> integer.
--- Units: rows.
--- Errors: those of the store.
--- Source: none.
function methods.count(self) return aggregate.count(open(self, "count")) end

--- Is there any row?
--- Shape: nothing -> boolean.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function methods.exists(self)
  local state = open(self, "exists")
  local sql, params = statement.rows(statement.part(state, 0, 1), "1")
  return state.store.conn:first(sql, params) ~= nil
end

--- The values of one column, or rows of several.
--- Shape: one name -> list of values without the missing ones; more names -> list of rows.
--- Units: none.
--- Errors: raises unknown_name at the caller's line.
--- Source: none.
function methods.pluck(self, first, ...)
  local state = open(self, "pluck")
  if select("#", ...) > 0 then return methods.select(self, first, ...):list() end
  fields.need(state.store, state.info, first)
  state = copy(state)
  state.selected = { first }
  local sql, params = statement.rows(state)
  local out = {}
  for _, value in state.store.conn:rows(sql, params) do out[#out + 1] = value end
  return out
end

--- Each value of a column once, sorted.
--- Shape: name -> list of values without the missing one.
--- Units: none.
--- Errors: raises unknown_name at the caller's line.
--- Source: none.
function methods.distinct(self, name)
  local values = {}
  for _, group in ipairs(aggregate.groups(open(self, "distinct"), name)) do
    values[#values + 1] = group.key
  end
  return values
end

--- Rows by the value of a column, or of a function of the row.
--- Shape: name -> list of {key=, count=, rows=query}; function(row) -> rows are lists.
--- Units: in order of the column, or of first appearance; key is nil for rows without a value.
--- Errors: raises unknown_name or usage at the caller's line.
--- Source: none.
function methods.group(self, by)
  local state = open(self, "group")
  if type(by) == "function" then
    return aggregate.group_by(function() return methods.each(self) end, by)
  end
  local groups = aggregate.groups(state, by)
  for _, group in ipairs(groups) do
    local part = settled(state)
    part.where = list.concat(part.where, { aggregate.same(state, by, group.key) })
    group.rows = wrap(part)
  end
  return groups
end

--- The sum of a column of numbers.
--- Shape: name -> number; 0 without rows.
--- Units: those of the column.
--- Errors: raises unknown_name, or usage for a column of text.
--- Source: none.
function methods.sum(self, name) return aggregate.sum(open(self, "sum"), name) end

--- The least value of a column.
--- Shape: name -> value | nil.
--- Units: sorted as by order.
--- Errors: raises unknown_name at the caller's line.
--- Source: none.
function methods.min(self, name) return aggregate.extreme(open(self, "min"), name, false) end

--- The greatest value of a column.
--- Shape: name -> value | nil.
--- Units: sorted as by order.
--- Errors: raises unknown_name at the caller's line.
--- Source: none.
function methods.max(self, name) return aggregate.extreme(open(self, "max"), name, true) end

--- The names of the columns.
--- Shape: nothing -> list of names.
--- Units: none.
--- Errors: none.
--- Source: none.
function methods.columns(self)
  local state = open(self, "columns")
  return list.concat(state.selected or state.info.columns, {})
end

--- The SQL that is run.
--- Shape: nothing -> text, list of parameters.
--- Units: none.
--- Errors: none.
--- Source: none.
function methods.sql(self) return statement.rows(open(self, "sql")) end

return methods
