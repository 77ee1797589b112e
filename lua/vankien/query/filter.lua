-- where{…} and where"…" to one tree of conditions; query/filter_sql.lua turns it into SQL.
--
-- A node is {op=, field=, at=, value…}: op is and, or, not, =, <, <=, >, >=, ~, ~~, in,
-- between, null, has; `at` is the byte in the filter text.  `subquery` nodes come from
-- this program only.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local filter_grammar = lazy.module "vankien.query.filter_grammar"
local list = require "vankien.util.list"
local operators = require "vankien.query.operators"

local filter = {}

--- The part of a filter that is wrong, with a caret under it.
--- Shape: filter text, byte -> two lines.
--- Units: at most 76 columns of the filter are shown.
--- Errors: none.
--- Source: none.
function filter.caret(text, at)
  local width = require("vankien.host.text").width
  if not utf8.len(text) then return "  (not UTF-8)" end
  local line = text:gsub("[\r\n\t]", " ")
  local from = utf8.offset(line, -60, math.min(at, #line + 1)) or 1
  local head, tail = line:sub(from, at - 1), line:sub(at)
  local stop = utf8.offset(tail, 40) or #tail + 1
  return ("  %s\n  %s^"):format(head .. tail:sub(1, stop - 1), (" "):rep(width(head)))
end

--- Raise for a filter text that is wrong.
--- Shape: code, text, message, byte, hint -> never returns.
--- Units: none.
--- Errors: always, at the caller's line.
--- Source: none.
function filter.complain(code, text, message, at, hint)
  err.raise(code, ("%s\n%s"):format(message, filter.caret(text, at)), { hint = hint })
end

local function parse(text)
  local tree, message, at = filter_grammar.parse(text)
  if not tree then
    local bare = text:sub(at):match "^[%a\x80-\xff][%w_\x80-\xff]*"
    local hint = bare and message:find "a value" and ("text goes in quotes: '%s'"):format(bare)
    filter.complain("bad_input", text, "filter: " .. message, at, hint or nil)
  end
  local function mark(node)
    node.text = text
    for _, child in ipairs(node) do
      if type(child) == "table" then mark(child) end
    end
    return node
  end
  return mark(tree)
end

local function from_operator(field, condition)
  if condition.op == "not" then
    local inner = condition[1]
    local node = operators.is(inner) and from_operator(field, inner)
      or { op = "=", field = field, inner }
    return { op = "not", node }
  end
  if condition.op == "has" then
    err.raise("usage", 'has "…" stands alone in where{…}', { hint = 'where{ has "passages" }' })
  end
  local node = { op = condition.op, field = field, table.unpack(condition) }
  return condition.negated and { op = "not", node } or node
end

local function from_value(field, value)
  if operators.is(value) then return from_operator(field, value) end
  local kind = type(value)
  if kind == "string" or kind == "number" or kind == "boolean" then
    return { op = "=", field = field, value }
  end
  local hint
  if kind == "table" then hint = ("%s = one_of{ … } for any of several values"):format(field) end
  err.raise("bad_input", ("where: the value of %s is %s, not text, a number or a condition")
    :format(field, kind == "table" and "a table" or "a " .. kind), { hint = hint })
end

local function from_item(item)
  if type(item) == "string" then return parse(item) end
  if operators.is(item) and item.op == "has" then return { op = "has", item[1] } end
  err.raise("usage", "where: a condition without a column", {
    hint = 'where{ column = value }, where{ has "passages" } or where"column = value"',
  })
end

local function from_table(given)
  local nodes = { op = "and" }
  for _, key in ipairs(list.sorted_keys(given)) do
    local node
    if type(key) == "string" then
      node = from_value(key, given[key])
    else
      node = from_item(given[key])
    end
    nodes[#nodes + 1] = node
  end
  if #nodes == 1 then return nodes[1] end
  return nodes
end

--- Read what was given to where.
--- Shape: table or filter text -> tree.
--- Units: none.
--- Errors: raises bad_input or usage at the caller's line.
--- Source: none.
---@param given table|string
function filter.read(given)
  if type(given) == "string" then return parse(given) end
  if type(given) == "table" and not operators.is(given) then return from_table(given) end
  err.raise("usage", "where takes a table or a text, not " .. type(given), {
    hint = 'where{ congress = "XII" } or where"congress = \'XII\'"',
  })
end

local function show(value)
  return type(value) == "string" and "'" .. value .. "'" or tostring(value)
end

local function show_all(values)
  return table.concat(list.map(values, show), ", ")
end

--- A tree as a person would write it.
--- Shape: tree -> text.
--- Units: none.
--- Errors: none.
--- Source: none.
function filter.describe(node)
  local op = node.op
  if op == "and" or op == "or" then
    local parts = list.map(node, function(child)
      local text = filter.describe(child)
      return (child.op == "or" and op == "and") and "(" .. text .. ")" or text
    end)
    return table.concat(parts, " " .. op .. " ")
  end
  if op == "not" then return "not (" .. filter.describe(node[1]) .. ")" end
  if op == "in" then return ("%s in (%s)"):format(node.field, show_all(node)) end
  if op == "between" then
    return ("%s between %s and %s"):format(node.field, show(node[1]), show(node[2]))
  end
  if op == "null" then return node.field .. " is null" end
  if op == "has" then return "has " .. node[1] end
  if op == "subquery" then return node.words end
  return ("%s %s %s"):format(node.field, op, show(node[1]))
end

--- What a query asks for, in words.
--- Shape: state -> text.
--- Units: none.
--- Errors: none.
--- Source: none.
function filter.words(state)
  local parts = { state.label or state.def.name }
  local said = list.filter(list.map(state.where, filter.describe), function(words)
    return words ~= ""
  end)
  if #said > 0 then parts[#parts + 1] = "where " .. table.concat(said, " and ") end
  if state.limit then parts[#parts + 1] = ("at most %d"):format(state.limit) end
  return table.concat(parts, " ")
end

return filter
