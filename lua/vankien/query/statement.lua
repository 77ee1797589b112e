-- The state of a query -> SQL with its parameters.  A state is never changed once made:
-- {store=, info=, def=, where=list of nodes, order=list, limit=, offset=, selected=, label=};
-- without `order` the rows stand as in the collection.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local fields = lazy.module "vankien.query.fields"
local filter_sql = lazy.module "vankien.query.filter_sql"
local list = require "vankien.util.list"
local relations = lazy.module "vankien.query.relations"
local strict = require "vankien.util.strict"

local statement = {}

local function has_in(state)
  return function(name)
    local sql = relations.has(state.store, state.info, name)
    if not sql then
      strict.unknown("relation", name, relations.names(state.store, state.info),
        state.info.name)
    end
    return sql
  end
end

-- A condition that this program wrote, with its parameters.
local function ready(node, params)
  for _, value in ipairs(node.params) do params[#params + 1] = value end
  return node.sql
end

--- The condition of a state.
--- Shape: state, list that gets the parameters -> SQL, "" when there is none.
--- Units: none.
--- Errors: raises unknown_name and bad_input at the caller's line.
--- Source: none.
function statement.where(state, params)
  local parts = {}
  for i, node in ipairs(state.where) do
    parts[i] = node.op == "subquery" and ready(node, params)
      or filter_sql.compile(state.store, state.info, node, params, has_in(state))
  end
  if #parts == 0 then return "" end
  return " WHERE " .. table.concat(parts, " AND ")
end

local sort_keys = {
  text = "%s COLLATE VIET", attribute = "%s COLLATE VIET",
  congress = "(SELECT n FROM congresses WHERE ordinal = %s)",
  number = "CAST(%s AS INTEGER)",
}

--- The SQL a column is sorted by: words by the dictionary, congresses and numbers by their value.
--- Shape: field -> SQL.
--- Units: none.
--- Errors: none.
--- Source: none.
function statement.sort_key(field)
  return (sort_keys[field.kind] or "%s"):format(field.sql)
end

--- Read one word of an order: "issued", "-issued", "issued desc".
--- Shape: state, text -> {field=, descending=}.
--- Units: none.
--- Errors: raises usage and unknown_name at the caller's line.
--- Source: none.
function statement.read_order(state, spec)
  if type(spec) ~= "string" then
    err.raise("usage", "order takes column names, not a " .. type(spec), {
      hint = 'order("-issued", "title"): "-" for descending',
    })
  end
  local sign, name, way = spec:match "^%s*([-+]?)([^%s]+)%s*(%a*)%s*$"
  way = way and way:lower()
  if not name or (way ~= "" and way ~= "asc" and way ~= "desc") then
    err.raise("usage", ("order: not a column name: %q"):format(spec))
  end
  return {
    field = fields.need(state.store, state.info, name),
    descending = sign == "-" or way == "desc",
  }
end

--- Read an order word by word.
--- Shape: state, list of texts -> list for the `order` of a state.
--- Units: none.
--- Errors: as statement.read_order.
--- Source: none.
function statement.read_orders(state, specs)
  return list.map(specs, function(spec) return statement.read_order(state, spec) end)
end

-- That of the collection is read once.
local function order_of(state)
  local def = state.def
  if state.order then return state.order end
  def.order_read = def.order_read or statement.read_orders(state, def.order)
  return def.order_read
end

--- The order of a state; rows without a value come last, and the id settles what is equal.
--- Shape: state, list that gets the parameters -> SQL.
--- Units: none.
--- Errors: none.
--- Source: none.
function statement.order(state, params)
  local parts = {}
  for _, item in ipairs(order_of(state)) do
    local field = item.field
    if field.param then params[#params + 1] = field.param end
    parts[#parts + 1] = statement.sort_key(field) .. (item.descending and " DESC" or "")
      .. (field.name == "id" and "" or " NULLS LAST")
  end
  parts[#parts + 1] = "t.id"
  return " ORDER BY " .. table.concat(parts, ", ")
end

local function columns_of(state, params)
  if not state.selected then
    return "t." .. table.concat(state.info.columns, ", t.")
  end
  local parts = {}
  for i, name in ipairs(state.selected) do
    local field = fields.need(state.store, state.info, name)
    if field.param then params[#params + 1] = field.param end
    parts[i] = ('%s AS "%s"'):format(field.sql, name)
  end
  return table.concat(parts, ", ")
end

local function window(state, params)
  if not state.limit and not state.offset then return "" end
  params[#params + 1] = state.limit or -1
  params[#params + 1] = state.offset or 0
  return " LIMIT ? OFFSET ?"
end

--- The rows of a state.
--- Shape: state, what is selected (its columns) -> SQL, parameters.
--- Units: none.
--- Errors: raises unknown_name and bad_input at the caller's line.
--- Source: none.
function statement.rows(state, what)
  local params = {}
  local columns = what or columns_of(state, params)
  local sql = ("SELECT %s FROM %s AS t%s"):format(columns, state.info.name,
    statement.where(state, params))
  sql = sql .. statement.order(state, params) .. window(state, params)
  return sql, params
end

--- A state that stands for one window of another.
--- Shape: state, offset within it, number of rows -> state.
--- Units: rows; never leaves the limit of the outer state.
--- Errors: none.
--- Source: none.
function statement.part(state, offset, n)
  local part = setmetatable({}, { __index = state })
  part.offset = (state.offset or 0) + offset
  part.limit = math.max(0, math.min(n, (state.limit or math.maxinteger) - offset))
  return part
end

--- One SQL value computed over the rows of a state.
--- Shape: state, expression, parameters of the expression -> SQL, parameters.
--- Units: the rows stand under t, without order unless a limit makes it matter.
--- Errors: as statement.where.
--- Source: none.
function statement.over(state, expression, before, after)
  local params = list.concat(before or {}, {})
  if state.limit or state.offset then
    local inner, more = statement.rows(state, "t.*")
    return ("SELECT %s FROM (%s) AS t%s"):format(expression, inner, after or ""),
      list.concat(params, more)
  end
  local sql = ("SELECT %s FROM %s AS t"):format(expression, state.info.name)
  sql = sql .. statement.where(state, params)
  return sql .. (after or ""), params
end

return statement
