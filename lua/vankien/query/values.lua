-- Values in conditions: what a person writes -> what is compared, by the kind of the column.

local lazy = require "vankien.util.lazy"

local congress_name = lazy.module "vankien.text.congress_name"
local dates = lazy.module "vankien.text.dates"
local number = lazy.module "vankien.text.number"
local roman = lazy.module "vankien.util.roman"
local suggest = lazy.module "vankien.util.suggest"
local text = require "vankien.host.text"

local values = {}

local function utf8_or_nil(value)
  if utf8.len(value) then return value end
  return nil, "the value is not UTF-8"
end

local read = {}

-- 2016, '2016-01', '2016-01-20', and what Vietnamese documents write, like 20/1/2016.
function read.date(value)
  local s = math.type(value) == "integer" and tostring(value) or value
  if type(s) == "string" and s:find "^%d%d%d%d$" then return s end
  local date, problem = dates.parse(s)
  if not date then return nil, problem.message, problem.hint end
  if date.last then
    return nil, ("%s is a range, not a date"):format(s), "between(first, last) covers a range"
  end
  return date.first
end

function read.congress(value)
  local s = math.type(value) == "integer" and tostring(value) or value
  local ordinal = congress_name.ordinal(s)
  if ordinal then return ordinal end
  return nil, ("not a congress: %s"):format(tostring(value)), 'congresses are "I" to "XIV"'
end

function read.number(value)
  if type(value) ~= "string" then
    return nil, ("a document number is text, not %s"):format(type(value))
  end
  local normal, problem = number.normalize(value)
  if normal then return normal end
  return nil, problem.message, problem.hint
end

local function read_number(integer)
  return function(value, field)
    if type(value) == "boolean" then return value and 1 or 0 end
    local n = tonumber(value)
    if n and n == n and math.abs(n) ~= math.huge then
      return integer and math.tointeger(n) or n
    end
    local hint = field.name ~= "year" and suggest.phrase(field.name, { "year" }) or nil
    return nil, ("%s is a number, not %q"):format(field.name, tostring(value)), hint
  end
end

read.integer = read_number(true)
read.real = read_number(false)

function read.text(value)
  if type(value) == "boolean" then
    return nil, "a text is compared with text, not with true or false"
  end
  return utf8_or_nil(tostring(value))
end

read.exact = read.text

function read.attribute(value)
  if type(value) == "number" then return value end
  if type(value) == "boolean" then return value and 1 or 0 end
  return utf8_or_nil(value)
end

function read.blob() return nil, "this column cannot be compared" end

--- The value that is compared with a column.
--- Shape: field {kind=, name=}, value -> value | nil, message, hint.
--- Units: dates become ISO, congresses Roman, numbers of documents their normal spelling.
--- Errors: none raised.
--- Source: none.
function values.read(field, value)
  return read[field.kind](value, field)
end

--- Text as it is compared: case and tone placement folded, marks kept.
--- Shape: text -> text.
--- Units: none.
--- Errors: those of host.text.fold.
--- Source: none.
function values.fold(value) return text.fold(value) end

--- The number of a congress.
--- Shape: Roman ordinal -> integer.
--- Units: none.
--- Errors: none.
--- Source: none.
function values.congress_number(ordinal) return roman.to_integer(ordinal) end

--- Words to look for.
--- Shape: text or number -> text | nil, message.
--- Units: none.
--- Errors: none raised.
--- Source: none.
function values.words(value)
  value = tostring(value)
  if not utf8.len(value) then return nil, "the words are not UTF-8" end
  if not value:find "%S" then return nil, "there are no words to look for" end
  return value
end

return values
