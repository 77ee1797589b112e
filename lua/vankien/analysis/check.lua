-- Argument checks of the analysis layer: each says which argument is wrong, at the caller's line.
-- Values pass through (whole floats become integers), so that a call reads as an assignment.

local err = require "vankien.util.err"
local suggest = require "vankien.util.suggest"

local check = {}

local function shown(value)
  if type(value) == "number" or type(value) == "boolean" or value == nil then
    return tostring(value)
  end
  if type(value) == "string" then return ('"%s"'):format(value) end
  return "a " .. type(value)
end

--- Raise bad_input at the line of the caller outside the program.
--- Shape: format string and its arguments -> never returns.
--- Units: none.
--- Errors: always raises.
--- Source: util.err.
function check.fail(format, ...)
  err.raise("bad_input", format:format(...))
end

local fail = check.fail

--- A finite number.
--- Shape: any value, name of the argument -> the number.
--- Units: the caller's.
--- Errors: raises on anything but a finite number (NaN and infinities included).
--- Source: -
function check.number(value, name)
  if type(value) ~= "number" then fail("%s must be a number, got %s", name, shown(value)) end
  if value ~= value then fail("%s must be a number, got NaN", name) end
  if value == math.huge or value == -math.huge then
    fail("%s must be finite, got %s", name, shown(value))
  end
  return value
end

--- A finite number above 0.
--- Shape: any value, name of the argument -> the number.
--- Units: the caller's.
--- Errors: raises on anything else.
--- Source: -
function check.positive(value, name)
  check.number(value, name)
  if value <= 0 then fail("%s must be above 0, got %s", name, shown(value)) end
  return value
end

--- A finite number, 0 or more.
--- Shape: any value, name of the argument -> the number.
--- Units: the caller's.
--- Errors: raises on anything else.
--- Source: -
function check.not_negative(value, name)
  check.number(value, name)
  if value < 0 then fail("%s must not be negative, got %s", name, shown(value)) end
  return value
end

--- A whole number, 0 or more.
--- Shape: any value, name of the argument -> integer.
--- Units: occurrences.
--- Errors: raises on negative, broken or missing values.
--- Source: -
function check.count(value, name)
  check.not_negative(value, name)
  local whole = math.tointeger(value)
  if not whole then fail("%s must be a whole number, got %s", name, shown(value)) end
  return whole
end

--- A whole number, 1 or more.
--- Shape: any value, name of the argument -> integer.
--- Units: tokens, documents or periods, as the caller says.
--- Errors: raises on 0 as well.
--- Source: -
function check.size(value, name)
  local whole = check.count(value, name)
  if whole == 0 then fail("%s must be above 0, got 0", name) end
  return whole
end

--- Raise unless a part is not larger than its whole.
--- Shape: number, name, number, name -> nothing.
--- Units: the same for both.
--- Errors: raises when the first exceeds the second.
--- Source: -
function check.at_most(part, part_name, whole, whole_name)
  if part > whole then
    fail("%s (%s) must not exceed %s (%s)", part_name, shown(part), whole_name, shown(whole))
  end
end

--- A level or share strictly between 0 and 1.
--- Shape: any value, name, default for nil -> number.
--- Units: share of 1.
--- Errors: raises outside the open interval.
--- Source: -
function check.level(value, name, default)
  if value == nil then value = default end
  check.number(value, name)
  if value <= 0 or value >= 1 then
    fail("%s must lie between 0 and 1, got %s", name, shown(value))
  end
  return value
end

--- Options: a table whose keys are all known, or nil.
--- Shape: table or nil, {name = true, …} -> table.
--- Units: none.
--- Errors: raises on an unknown key and names the nearest known one.
--- Source: -
function check.options(options, known)
  if options == nil then return {} end
  if type(options) ~= "table" then fail("options must be a table, got %s", shown(options)) end
  local names = {}
  for name in pairs(known) do names[#names + 1] = name end
  table.sort(names)
  for name in pairs(options) do
    if not known[name] then
      local near = suggest.phrase(tostring(name), names)
      local rest = near or "known: " .. table.concat(names, ", ")
      fail("unknown option %s: %s", shown(name), rest)
    end
  end
  return options
end

--- One of a list of words.
--- Shape: any value, name, list of strings, default for nil -> string.
--- Units: none.
--- Errors: raises on any other word and lists the choices.
--- Source: -
function check.choice(value, name, choices, default)
  if value == nil then value = default end
  for _, choice in ipairs(choices) do
    if value == choice then return value end
  end
  local words = {}
  for i, choice in ipairs(choices) do words[i] = shown(choice) end
  fail("%s must be one of %s, got %s", name, table.concat(words, ", "), shown(value))
end

--- A true or false option.
--- Shape: any value, name, default for nil -> boolean.
--- Units: none.
--- Errors: raises on any other type.
--- Source: -
function check.flag(value, name, default)
  if value == nil then return default end
  if type(value) ~= "boolean" then fail("%s must be true or false, got %s", name, shown(value)) end
  return value
end

local function element(list, i, name, each)
  if list[i] == nil then fail("%s[%d] is missing", name, i) end
  return each(list[i], ("%s[%d]"):format(name, i))
end

--- A list whose elements all pass one check; a copy is returned.
--- Shape: list, name, check of one element, least length -> list.
--- Units: the element's.
--- Errors: raises on another type, a hole, a key beyond the list, too few elements, or a bad one.
--- Source: -
function check.list(list, name, each, least)
  if type(list) ~= "table" then fail("%s must be a list, got %s", name, shown(list)) end
  local length = 0
  for key in pairs(list) do
    if math.type(key) ~= "integer" or key < 1 then
      fail("%s must be a plain list, but has the key %s", name, shown(key))
    end
    if key > length then length = key end
  end
  if length < (least or 0) then
    local noun = least == 1 and "element" or "elements"
    fail("%s must have at least %d %s, got %d", name, least, noun, length)
  end
  local copy = {}
  for i = 1, length do copy[i] = each and element(list, i, name, each) or list[i] end
  return copy
end

--- A list of finite numbers (copy).
--- Shape: list, name, least length -> list.
--- Units: the caller's.
--- Errors: as check.list.
--- Source: -
function check.numbers(list, name, least)
  return check.list(list, name, check.number, least)
end

--- A list of counts (copy).
--- Shape: list, name, least length -> list of integers.
--- Units: occurrences.
--- Errors: as check.list.
--- Source: -
function check.counts(list, name, least)
  return check.list(list, name, check.count, least)
end

--- Raise unless two lists have one length.
--- Shape: list, name, list, name -> nothing.
--- Units: none.
--- Errors: raises when the lengths differ.
--- Source: -
function check.same_length(a, a_name, b, b_name)
  if #a ~= #b then
    fail("%s and %s must have the same length, got %d and %d", a_name, b_name, #a, #b)
  end
end

--- Say why a value is not defined: the reason is a field and a note of its own.
--- Shape: info (with notes), reason -> nil, info.
--- Units: none.
--- Errors: none.
--- Source: -
function check.undefined(info, reason)
  info.reason = reason
  info.notes[#info.notes + 1] = reason
  return nil, info
end

return check
