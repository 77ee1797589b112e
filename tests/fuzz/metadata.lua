-- Metadata of recipes: any bytes give metadata or a list of errors with places; a statement that is
-- read is, value for value, what Lua itself makes of it.

local err = require "vankien.util.err"
local literal = require "vankien.host.literal"
local metadata = require "vankien.recipe.metadata"

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, value in next, a do
    if not same(value, b[key]) then return false end
  end
  for key in next, b do
    if a[key] == nil then return false end
  end
  return true
end

local function by_lua(statement)
  local value
  local text = statement:gsub("^\u{FEFF}", ""):gsub("^#", "--#")
  local chunk = assert(load(text, "=fuzz", "t", {recipe = function(given) value = given end}))
  chunk()
  return value
end

return function(bytes)
  local value, ends = literal.read(bytes, "fuzz.lua")
  if value then
    assert(same(value, by_lua(bytes:sub(1, ends))), "read otherwise than by Lua")
  else
    assert(err.is(ends) and ends.code == "bad_input" and ends.place)
  end
  local meta, errors = metadata.read(bytes, "fuzz.lua")
  if meta then
    assert(metadata.is_name(meta.name) and meta.permissions.seconds > 0)
  else
    assert(#errors > 0)
    for _, problem in ipairs(errors) do assert(err.is(problem) and problem.place) end
  end
end
