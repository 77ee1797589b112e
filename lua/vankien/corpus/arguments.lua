-- Options of composed results: known names with the nearest one named, values checked, defaults.

local err = require "vankien.util.err"
local strict = require "vankien.util.strict"
local suggest = require "vankien.util.suggest"

local arguments = {}

-- NaN has a sign on some machines and none on others.
local function shown(value)
  return value ~= value and "NaN" or tostring(value)
end

--- A copy of options after their names are checked.
--- Shape: table or nil, {name = default or true}, what they belong to -> table.
--- Units: none.
--- Errors: raises unknown_name or usage.
--- Source: none.
function arguments.read(given, known, what)
  local copy = {}
  for name, value in pairs(strict.options(given, known, what)) do copy[name] = value end
  return copy
end

--- A whole number within bounds.
--- Shape: value, name, least, most, default -> integer.
--- Units: none.
--- Errors: raises bad_input.
--- Source: none.
function arguments.whole(value, name, least, most, default)
  if value == nil then return default end
  local n = type(value) == "number" and math.tointeger(value)
  if not n or n < least or n > most then
    err.raise("bad_input", ("%s must be a whole number from %d to %d, got %s"):format(name, least,
      most, shown(value)))
  end
  return n
end

--- One of some words.
--- Shape: value, name, list of words, default -> word.
--- Units: none.
--- Errors: raises bad_input with the nearest word.
--- Source: none.
function arguments.choice(value, name, words, default)
  if value == nil then return default end
  for _, word in ipairs(words) do
    if word == value then return value end
  end
  err.raise("bad_input", ("%s cannot be %s"):format(name, type(value) == "string"
    and "“" .. value .. "”" or tostring(value)), {
    hint = type(value) == "string" and suggest.phrase(value, words)
      or "one of " .. table.concat(words, ", "),
  })
end

--- The length of n-grams: one, or several that are counted side by side.
--- Shape: integer or list of integers or nil, default -> list of integers, rising.
--- Units: syllables.
--- Errors: raises bad_input.
--- Source: none.
function arguments.lengths(value, default)
  if value == nil then value = default end
  if type(value) ~= "table" then return { arguments.whole(value, "n", 1, 5) } end
  local list, seen = {}, {}
  for i, n in ipairs(value) do
    n = arguments.whole(n, ("n[%d]"):format(i), 1, 5)
    if not seen[n] then list[#list + 1] = n end
    seen[n] = true
  end
  if #list == 0 then err.raise("bad_input", "n is an empty list", { hint = "n = { 1, 2, 3 }" }) end
  table.sort(list)
  return list
end

--- A share above 0 and below 1.
--- Shape: value, name, default -> number.
--- Units: share.
--- Errors: raises bad_input, NaN included.
--- Source: none.
function arguments.level(value, name, default)
  if value == nil then return default end
  if type(value) ~= "number" or not (value > 0 and value < 1) then
    err.raise("bad_input", ("%s must lie between 0 and 1, got %s"):format(name, shown(value)))
  end
  return value
end

--- A window of tokens on either side of a place, or its sentence.
--- Shape: value or nil, default -> number of tokens | "sentence".
--- Units: tokens, 1 to 10,000.
--- Errors: raises bad_input for anything else.
--- Source: none.
---@param value any
---@param default integer
function arguments.window(value, default)
  if value == "sentence" then return value end
  if type(value) == "string" then
    err.raise("bad_input", ("window cannot be “%s”"):format(value),
      { hint = suggest.phrase(value, { "sentence" }) or 'a number of tokens, or "sentence"' })
  end
  return arguments.whole(value, "window", 1, 10000, default)
end

return arguments
