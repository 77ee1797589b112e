-- Conditions to bound SQL.  No value is ever pasted into the text.
--
-- What "=" means, by kind of column: text ignores case, NFC or NFD and tone placement, but not
-- marks; dates compare by prefix ('2016' holds all of 2016); congresses by their ordinal;
-- numbers of documents by their normal spelling.  `not` is the complement: rows without a
-- value satisfy `not (x = 1)` and `x != 1`.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local fields = require "vankien.query.fields"
local filter = lazy.module "vankien.query.filter"
local json = lazy.module "vankien.util.json"
local values = lazy.module "vankien.query.values"

local filter_sql = {}

-- after any date that begins with the value: digits and "-" sort before "~"
local LAST = "~"

local function complain(node, code, message, hint)
  if node.text and node.at then
    filter.complain(code, node.text, message, node.at, hint)
  end
  err.raise(code, message, { hint = hint })
end

-- The SQL of a field; its own parameter is bound where its text stands.
local function put(ctx, field)
  if field.param then ctx.params[#ctx.params + 1] = field.param end
  return field.sql
end

local function bind(ctx, value)
  ctx.params[#ctx.params + 1] = value
  return "?"
end

local function find(ctx, node)
  local field, message, hint = fields.find(ctx.store, ctx.info, node.field)
  if not field then complain(node, "unknown_name", message, hint) end
  return field
end

local function value_of(node, field, value)
  local out, message, hint = values.read(field, value)
  if out == nil then complain(node, "bad_input", message, hint) end
  return out
end

local compare = {}

function compare.text(ctx, field, op, value)
  if op == "=" then
    return ("vk_fold(%s) = %s"):format(put(ctx, field), bind(ctx, values.fold(value)))
  end
  return ("%s %s %s COLLATE VIET"):format(put(ctx, field), op, bind(ctx, value))
end

function compare.plain(ctx, field, op, value)
  return ("%s %s %s"):format(put(ctx, field), op, bind(ctx, value))
end

function compare.date(ctx, field, op, value)
  if op == "=" then
    return ("(%s >= %s AND %s < %s)"):format(put(ctx, field), bind(ctx, value),
      put(ctx, field), bind(ctx, value .. LAST))
  end
  if op == ">" or op == "<=" then value = value .. LAST end
  return ("%s %s %s"):format(put(ctx, field), op, bind(ctx, value))
end

function compare.congress(ctx, field, op, value)
  if op == "=" then return compare.plain(ctx, field, op, value) end
  return ("(SELECT n FROM congresses WHERE ordinal = %s) %s %s"):format(put(ctx, field), op,
    bind(ctx, values.congress_number(value)))
end

function compare.attribute(ctx, field, op, value)
  if type(value) == "number" then
    return ("CAST(%s AS NUMERIC) %s %s"):format(put(ctx, field), op, bind(ctx, value))
  end
  field = { sql = ("CAST(%s AS TEXT)"):format(field.sql), param = field.param }
  return compare.text(ctx, field, op, value)
end

local function comparison(ctx, field, op, value)
  return (compare[field.kind] or compare.plain)(ctx, field, op, value)
end

local make = {}

local function simple(ctx, node)
  local field = find(ctx, node)
  return comparison(ctx, field, node.op, value_of(node, field, node[1]))
end

for _, op in ipairs { "=", "<", "<=", ">", ">=" } do make[op] = simple end

-- One list as one parameter: SQLite takes neither 100,000 of them nor so deep an OR.
local function among(ctx, field, list)
  local sql = field.kind == "text" and "vk_fold(%s)" or "%s"
  if field.kind == "text" then
    for i, value in ipairs(list) do list[i] = values.fold(value) end
  end
  local left = sql:format(put(ctx, field))
  return ("%s IN (SELECT value FROM json_each(%s))"):format(left, bind(ctx, json.encode(list)))
end

-- Halves of halves, so that the depth stays small.
local function any_of(parts, from, to)
  if from == to then return parts[from] end
  local middle = (from + to) // 2
  return ("(%s OR %s)"):format(any_of(parts, from, middle), any_of(parts, middle + 1, to))
end

make["in"] = function(ctx, node)
  local field = find(ctx, node)
  if #node == 0 then return "0" end
  local list = {}
  for i, value in ipairs(node) do list[i] = value_of(node, field, value) end
  if field.kind ~= "date" and field.kind ~= "attribute" then
    return among(ctx, field, list)
  end
  local parts = {}
  for i, value in ipairs(list) do parts[i] = comparison(ctx, field, "=", value) end
  return any_of(parts, 1, #parts)
end

function make.between(ctx, node)
  local field = find(ctx, node)
  local low, high = value_of(node, field, node[1]), value_of(node, field, node[2])
  return ("(%s AND %s)"):format(comparison(ctx, field, ">=", low),
    comparison(ctx, field, "<=", high))
end

function make.null(ctx, node)
  return put(ctx, find(ctx, node)) .. " IS NULL"
end

local function holds(name)
  return function(ctx, node)
    local field = find(ctx, node)
    local words, message = values.words(node[1])
    if not words then complain(node, "bad_input", message) end
    return ("%s(CAST(%s AS TEXT), %s)"):format(name, put(ctx, field), bind(ctx, words))
  end
end

make["~"] = holds "vk_matches"
make["~~"] = holds "vk_matches_bare"

local function all(joint)
  return function(ctx, node)
    local parts = {}
    for i, child in ipairs(node) do parts[i] = ctx:make(child) end
    if #parts == 0 then return joint == " AND " and "1" or "0" end
    return "(" .. table.concat(parts, joint) .. ")"
  end
end

make["and"] = all " AND "
make["or"] = all " OR "

make["not"] = function(ctx, node)
  return ("NOT coalesce(%s, 0)"):format(ctx:make(node[1]))
end

function make.has(ctx, node)
  local sql = ctx.has(node[1])
  return sql
end

--- SQL of a tree of conditions.
--- Shape: store, table info, tree, list that gets the parameters, has(name) -> SQL -> SQL.
--- Units: the table stands under the alias t.
--- Errors: raises unknown_name and bad_input at the caller's line.
--- Source: none.
function filter_sql.compile(store, info, node, params, has)
  local ctx = { store = store, info = info, params = params, has = has }
  function ctx:make(child) return make[child.op](self, child) end
  return ctx:make(node)
end

return filter_sql
