-- Counts, sums, extremes and groups over the rows of a query.

local err = require "vankien.util.err"
local fields = require "vankien.query.fields"
local statement = require "vankien.query.statement"

local aggregate = {}

local function params_of(field)
  return field.param and { field.param } or {}
end

local function need(state, name, what)
  if name == nil then err.raise("usage", what .. " takes a column name") end
  return fields.need(state.store, state.info, name)
end

--- How many rows a state has.
--- Shape: state -> integer.
--- Units: rows.
--- Errors: those of the store.
--- Source: none.
function aggregate.count(state)
  return (state.store.conn:first(statement.over(state, "count(*)")))
end

--- The sum of a column.
--- Shape: state, name -> number.
--- Units: those of the column; integers stay integers.
--- Errors: raises usage when the column holds text.
--- Source: none.
function aggregate.sum(state, name)
  local field = need(state, name, "sum")
  if field.kind ~= "integer" and field.kind ~= "real" and field.kind ~= "attribute" then
    err.raise("usage", ("sum: %s holds text, not numbers"):format(name))
  end
  local expression = ("coalesce(sum(%s), 0)"):format(field.sql)
  return (state.store.conn:first(statement.over(state, expression, params_of(field))))
end

--- The least or greatest value of a column.
--- Shape: state, name, greatest? -> value | nil.
--- Units: sorted as by order.
--- Errors: raises unknown_name.
--- Source: none.
function aggregate.extreme(state, name, greatest)
  local field = need(state, name, greatest and "max" or "min")
  local sql, params = statement.over(state, field.sql .. " AS k", params_of(field),
    (" ORDER BY k IS NULL, %s%s LIMIT 1"):format(
      statement.sort_key { sql = "k", kind = field.kind }, greatest and " DESC" or ""))
  return (state.store.conn:first(sql, params))
end

--- The values of a column and how often each stands.
--- Shape: state, name -> list of {key=, count=}, in the order of the column.
--- Units: rows.
--- Errors: raises unknown_name.
--- Source: none.
function aggregate.groups(state, name)
  local field = need(state, name, "group")
  local inner, params = statement.over(state, field.sql .. " AS k, count(*) AS n",
    params_of(field), " GROUP BY 1")
  local sql = ("SELECT k, n FROM (%s) ORDER BY k IS NULL, %s"):format(inner,
    statement.sort_key { sql = "k", kind = field.kind })
  local groups = {}
  for _, key, count in state.store.conn:rows(sql, params) do
    groups[#groups + 1] = { key = key, count = count }
  end
  return groups
end

--- The condition that a column has exactly this value.
--- Shape: state, name, value or nil -> node of a filter.
--- Units: none.
--- Errors: raises unknown_name.
--- Source: none.
function aggregate.same(state, name, value)
  local field = need(state, name, "group")
  local params = params_of(field)
  if value == nil then
    return { op = "subquery", sql = field.sql .. " IS NULL", params = params,
      words = name .. " is null" }
  end
  params[#params + 1] = value
  return { op = "subquery", sql = field.sql .. " = ?", params = params,
    words = ("%s = %s"):format(name, tostring(value)) }
end

--- Rows by what a function says of them.
--- Shape: function that walks as each(), function(row) -> list of {key=, count=, rows=list}.
--- Units: in order of first appearance.
--- Errors: those of the function.
--- Source: none.
function aggregate.group_by(walk, by)
  local nothing, groups, of = {}, {}, {}
  for row in walk() do
    local key = by(row)
    local slot = key == nil and nothing or key
    local group = of[slot]
    if not group then
      group = { key = key, count = 0, rows = {} }
      of[slot], groups[#groups + 1] = group, group
    end
    group.count = group.count + 1
    group.rows[group.count] = row
  end
  return groups
end

return aggregate
