-- What a test of a recipe has in its hand: t.equal, t.near, t.truthy, t.match, t.row,
-- t.rows.  Each says
-- what was expected and what came.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local problems = require "vankien.recipe.problems"
local strict = require "vankien.util.strict"

local testing = {}

local t = {}

local function fail(message, ...)
  err.raise("bad_input", message:format(...))
end

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

local function shown(value, depth)
  if type(value) ~= "table" then return problems.said(value) end
  if (depth or 0) > 3 then return "{…}" end
  local parts = {}
  for _, key in ipairs(list.sorted_keys(value)) do
    if #parts == 12 then
      parts[13] = "…"
      break
    end
    local text = shown(rawget(value, key), (depth or 0) + 1)
    parts[#parts + 1] = math.type(key) and text or tostring(key) .. " = " .. text
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

--- Both are equal; tables by their content.
--- Shape: expected, got -> nothing.
--- Units: none.
--- Errors: raises with both when they are not.
--- Source: none.
function t.equal(expected, got)
  if not same(expected, got) then fail("expected %s, got %s", shown(expected), shown(got)) end
end

--- Two numbers are near each other.
--- Shape: expected, got, tolerance (1e-9) -> nothing.
--- Units: those of the numbers.
--- Errors: raises with both when they are not.
--- Source: none.
function t.near(expected, got, tolerance)
  tolerance = tolerance or 1e-9
  if math.type(got) == nil or math.abs(expected - got) > tolerance then
    fail("expected %s, within %s, got %s", expected, tolerance, shown(got))
  end
end

--- A value is neither false nor nil.
--- Shape: value, what it is (optional) -> the value.
--- Units: none.
--- Errors: raises when it is.
--- Source: none.
function t.truthy(value, what)
  if not value then fail("expected %s, got %s", what or "something true", shown(value)) end
  return value
end

--- A text has a pattern of Lua in it.
--- Shape: text, pattern -> what string.match gives.
--- Units: none.
--- Errors: raises with the text when it has not.
--- Source: none.
function t.match(got, pattern)
  local found = type(got) == "string" and got:match(pattern)
  if not found then fail("expected a text with %s, got %s", shown(pattern), shown(got)) end
  return found
end

--- A result has so many rows.
--- Shape: number, result -> nothing.
--- Units: rows.
--- Errors: raises when it has not.
--- Source: none.
function t.rows(expected, result)
  if #result.rows ~= expected then fail("expected %d rows, got %d", expected, #result.rows) end
end

--- The one row with these values.
--- Shape: result, {column = value} -> row.
--- Units: none.
--- Errors: raises when there is none, or more than one.
--- Source: none.
function t.row(result, wanted)
  local found = list.filter(result.rows, function(row)
    for name, value in next, wanted do
      if not same(value, row[name]) then return false end
    end
    return true
  end)
  if #found ~= 1 then fail("expected one row with %s, got %d", shown(wanted), #found) end
  return found[1]
end

--- The functions, strict: a misspelt one raises.
--- Shape: nothing -> table.
--- Units: none.
--- Errors: none.
--- Source: none.
function testing.functions()
  local copy = {}
  for name, fn in pairs(t) do copy[name] = fn end
  return strict.object(copy, "t")
end

return testing
