-- Values in conditions: what a person writes -> what is compared, by the kind of the column.

local number = require "vankien.text.number"
local roman = require "vankien.util.roman"
local suggest = require "vankien.util.suggest"
local text = require "vankien.host.text"

local values = {}

local function utf8_or_nil(value)
  if utf8.len(value) then return value end
  return nil, "the value is not UTF-8"
end

local days = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function valid_date(year, month, day)
  if #year ~= 4 then return false end
  month, day = tonumber(month), tonumber(day)
  if month and (month < 1 or month > 12) then return false end
  if not day then return true end
  if day < 1 or day > days[month] then return false end
  local y = tonumber(year)
  local leap = y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)
  return not (month == 2 and day == 29 and not leap)
end

local read = {}

-- 2016, '2016-01', '2016-01-20', and 20/1/2016 as it is written in Vietnamese.
function read.date(value)
  local s = math.type(value) == "integer" and tostring(value) or value
  if type(s) == "string" then
    local day, month, year = s:match "^(%d%d?)[/.](%d%d?)[/.](%d%d%d%d)$"
    if day then s = ("%s-%02d-%02d"):format(year, tonumber(month), tonumber(day)) end
    local y, m, d = s:match "^(%d+)-?(%d*)-?(%d*)$"
    if y and s:find "^%d%d%d%d$" or s:find "^%d%d%d%d%-%d%d$" or s:find "^%d%d%d%d%-%d%d%-%d%d$" then
      if valid_date(y, m, d) then return s end
    end
  end
  return nil, ("not a date: %s"):format(tostring(value)), "dates are 2016, 2016-01 or 2016-01-20"
end

function read.congress(value)
  if math.type(value) == "integer" then value = roman.from_integer(value) or "" end
  if type(value) == "string" then
    local word = text.bare(value):gsub("^dai hoi ", ""):gsub("^dang ", ""):gsub("^lan thu ", "")
    word = word:gsub("^khoa ", "")
    local n = roman.to_integer(word) or math.tointeger(tonumber(word))
    if n and roman.from_integer(n) then return roman.from_integer(n) end
  end
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
