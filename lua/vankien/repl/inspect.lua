-- A Lua value as text that could stand in a script: UTF-8 kept, keys sorted, depth and number of
-- items bounded, cycles marked.  Calls nothing of the value: no metamethod runs.

local cell = require "vankien.report.cell"
local json = require "vankien.util.json"

local inspect = {}

local DEEPEST, MOST = 4, 50

local ESCAPES = {["\\"] = "\\\\", ['"'] = '\\"', ["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r"}

local function quoted(s)
  local escaped = s:gsub('[\\"\n\t\r]', ESCAPES)
  return '"' .. cell.visible(escaped) .. '"'
end

local function number(n)
  if n ~= n then return "0/0" end
  if n == math.huge then return "math.huge" end
  if n == -math.huge then return "-math.huge" end
  return json.number(n)
end

local KEYWORDS = {}
for word in ("and break do else elseif end false for function goto if in local nil not or "
  .. "repeat return then true until while"):gmatch "%a+" do KEYWORDS[word] = true end

local function address(value)
  local mt = debug.getmetatable(value)
  local name = type(mt) == "table" and rawget(mt, "__name")
  local kind = type(name) == "string" and cell.visible(name) or type(value)
  return ("<%s>"):format(kind)
end

local RANK = {number = 1, string = 2, boolean = 3}

local function before(a, b)
  local x, y = RANK[type(a)] or 4, RANK[type(b)] or 4
  if x ~= y then return x < y end
  if x <= 2 then return a < b end
  return ("%p"):format(a) < ("%p"):format(b)
end

local function keys_of(t, from)
  local keys = {}
  for key in next, t do
    if not (math.type(key) == "integer" and key >= 1 and key <= from) then keys[#keys + 1] = key end
  end
  table.sort(keys, before)
  return keys
end

local show

local function key_text(key, state)
  if type(key) == "string" then
    if key:find "^[%a_][%w_]*$" and not KEYWORDS[key] then return key end
    return "[" .. quoted(key) .. "]"
  end
  return "[" .. show(key, state, DEEPEST) .. "]"
end

local function items_of(t, state, depth)
  local items, n = {}, rawlen(t)
  for i = 1, n do
    if #items >= MOST then break end
    items[#items + 1] = show(rawget(t, i), state, depth + 1)
  end
  local keys = keys_of(t, n)
  for _, key in ipairs(keys) do
    if #items >= MOST then break end
    items[#items + 1] = key_text(key, state) .. " = " .. show(rawget(t, key), state, depth + 1)
  end
  if n + #keys > #items then
    items[#items + 1] = ("… %s more"):format(cell.count(n + #keys - #items))
  end
  return items
end

local function layout(items, depth)
  local length = 0
  for _, item in ipairs(items) do
    length = length + #item + 2
    if item:find("\n", 1, true) then length = length + 1000 end
  end
  if length + 2 * depth <= 76 then return "{ " .. table.concat(items, ", ") .. " }" end
  local indent = ("  "):rep(depth + 1)
  return "{\n" .. indent .. table.concat(items, ",\n" .. indent) .. "\n" .. ("  "):rep(depth) .. "}"
end

local function table_text(t, state, depth)
  if state.open[t] then return "<cycle>" end
  if next(t) == nil then return "{}" end
  if depth >= DEEPEST then return "{…}" end
  state.open[t] = true
  local text = layout(items_of(t, state, depth), depth)
  state.open[t] = nil
  return text
end

function show(value, state, depth)
  local kind = type(value)
  if kind == "string" then return quoted(value) end
  if kind == "number" then return number(value) end
  if kind == "nil" or kind == "boolean" then return tostring(value) end
  if kind == "table" then return table_text(value, state, depth) end
  return address(value)
end

--- A value as Lua-like text.
--- Shape: value -> string without a line end.
--- Units: tables 4 deep, 50 items each; what is left out is said.
--- Errors: none.
--- Source: own.
---@param value any
---@return string
function inspect.text(value)
  return show(value, {open = {}}, 0)
end

return inspect
