-- The types of parameters: what a person may give, and what the recipe gets.  What can be said
-- without a store; whether a document is there is parameters.lua's to ask.

local congress_name = require "vankien.text.congress_name"
local dates = require "vankien.text.dates"
local err = require "vankien.util.err"
local list = require "vankien.util.list"
local problems = require "vankien.recipe.problems"
local suggest = require "vankien.util.suggest"

local values = {}

local MOST_BYTES = 16384            -- of one text
local MOST_PHRASES = 2000

local readers = {}

function readers.string(value)
  if type(value) ~= "string" then return nil, "a text" end
  return value
end

readers.enum = readers.string
readers.document = readers.string

function readers.integer(value)
  if type(value) == "string" and value:find "^%s*[+-]?%d+%s*$" then
    value = math.tointeger(tonumber(value))
  end
  if math.type(value) ~= "integer" then return nil, "a whole number" end
  return value
end

function readers.number(value)
  if type(value) == "string" and value:find "^%s*[+-]?[%d.]" then value = tonumber(value) end
  local is_number = math.type(value) and value == value and math.abs(value) ~= math.huge
  if not is_number then return nil, "a number" end
  return value
end

local WORDS = {yes = true, ["true"] = true, no = false, ["false"] = false}

function readers.boolean(value)
  if type(value) == "string" then value = WORDS[value] end
  if type(value) ~= "boolean" then return nil, "true or false" end
  return value
end

-- Dates are ISO texts, as precise as they were given.
function readers.date(value)
  if math.type(value) == "integer" then value = tostring(value) end
  local date = type(value) == "string" and dates.parse(value)
  if not date or date.last then return nil, "a date: 2018-08-08, 2018-08 or 2018" end
  return date.first
end

function readers.congress(value)
  local name = math.type(value) == "integer" and tostring(value) or value
  local ordinal = type(name) == "string" and congress_name.ordinal(name)
  if not ordinal then return nil, "a congress: XIII, 13 or “Đại hội XIII”" end
  return ordinal
end

-- Read once, so that a wrong phrase or pattern is told of before the recipe runs.
local function check_phrases(phrases)
  local ok, failure = require "vankien.runner".call(require "vankien.corpus.lexicon".new, phrases)
  if ok then return true end
  if not err.is(failure.value) then error(failure.value, 0) end
  return nil, failure.value.message, failure.value.hint
end

-- Phrases without signs of patterns are taken on trust where a thousand recipes are listed:
-- they are read when the recipe runs.
local function can_wait(phrases)
  for _, entry in ipairs(phrases) do
    local phrase = type(entry) == "table" and entry.phrase or entry
    if type(phrase) ~= "string" or phrase == "" or phrase:find "[()|?*{}~_\\+.]" then
      return false
    end
  end
  return #phrases > 0
end

function readers.pattern(value, is_listing)
  if type(value) ~= "string" then return nil, "a phrase or pattern" end
  if is_listing and can_wait {value} then return value end
  local ok, message, hint = check_phrases {value}
  if not ok then return nil, nil, message, hint end
  return value
end

local function plain_entry(entry)
  if type(entry) ~= "table" then return entry end
  return {phrase = entry.phrase, rung = entry.rung, label = entry.label}
end

-- "tham gia; chủ động tham gia": no phrase has a semicolon in it.
local function phrases_in(text)
  local out = {}
  for phrase in text:gmatch "[^;\n]+" do
    if phrase:find "%S" then out[#out + 1] = phrase:match "^%s*(.-)%s*$" end
  end
  return out
end

function readers.lexicon(value, is_listing)
  if type(value) == "string" then value = phrases_in(value) end
  if type(value) ~= "table" then return nil, "a list of phrases" end
  if #value > MOST_PHRASES then
    return nil, ("at most %d phrases"):format(MOST_PHRASES)
  end
  if not (is_listing and can_wait(value)) then
    local ok, message, hint = check_phrases(value)
    if not ok then return nil, nil, message, hint end
  end
  return list.map(value, plain_entry)
end

--- The names of the types, in the order in which help lists them.
values.types = {
  "string", "integer", "number", "boolean", "date", "enum", "document", "congress", "pattern",
  "lexicon",
}

--- Types that have an order, and so a least and a greatest value.
values.ordered = {integer = true, number = true, date = true}

--- Read a value of a type.
--- Shape: type, text or value, boolean -> value | nil, what is wanted, message, hint; a message
---   stands where the type's own reader says what is wrong; true: plain phrases are not read.
--- Units: texts of at most 16,384 bytes; a lexicon of at most 2,000 phrases.
--- Errors: none raised.
--- Source: none.
---@param kind string
---@param given any
---@param is_listing? boolean
function values.read(kind, given, is_listing)
  if type(given) == "string" then
    if not utf8.len(given) then return nil, "UTF-8" end
    if #given > MOST_BYTES then return nil, ("at most %d bytes"):format(MOST_BYTES) end
  end
  return readers[kind](given, is_listing)
end

--- Read a value of a parameter: by its type, its range and its choices.
--- Shape: parameter, text or value, boolean as in values.read -> value | nil, message, hint.
--- Units: none.
--- Errors: none raised.
--- Source: none.
---@param param table
---@param given any
---@param is_listing? boolean
function values.of(param, given, is_listing)
  local value, wanted, message, hint = values.read(param.type, given, is_listing)
  if value == nil then
    return nil, message or ("%s is wanted, not %s"):format(wanted, problems.said(given)), hint
  end
  if param.min ~= nil and value < param.min then
    return nil, ("%s is below the least, %s"):format(value, param.min)
  end
  if param.max ~= nil and value > param.max then
    return nil, ("%s is above the greatest, %s"):format(value, param.max)
  end
  if param.choices and not list.index_of(param.choices, value) then
    local names = list.map(param.choices, tostring)
    return nil, ("%s is none of the choices"):format(problems.said(value)),
      suggest.phrase(tostring(value), names) or "one of " .. table.concat(names, ", ")
  end
  return value
end

return values
