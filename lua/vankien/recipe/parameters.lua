-- The parameters of one run: what a person gave, by the declarations of the recipe.  All that is
-- wrong is told at once, with the nearest name or value.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local suggest = require "vankien.util.suggest"
local values = require "vankien.recipe.values"

local parameters = {}

local MOST_CHOICES = 1000

--- The name of a parameter as an option: since_year is --since-year.
--- Shape: name -> "--name".
--- Units: none.
--- Errors: none.
--- Source: none.
function parameters.option(name)
  return "--" .. name:gsub("_", "-")
end

local function wrong(found, code, name, message, hint)
  found[#found + 1] = err.new(code, parameters.option(name) .. ": " .. message, {hint = hint})
end

local function called(fn, ...)
  local ok, value = require "vankien.runner".call(fn, ...)
  if ok then return value end
  if not err.is(value.value) then error(value.value, 0) end
  return nil, value.value
end

local function column_values(store, from)
  local name, column = from:match "^(.-)%.(.*)$"
  return called(function()
    return list.filter(store:collection(name):distinct(column), function(value)
      return type(value) == "string" or math.type(value) ~= nil
    end)
  end)
end

--- The values that a parameter can take, where they can be listed.
--- Shape: parameter, store or nil -> list of texts and numbers | nil.
--- Units: none.
--- Errors: returns nil, err when `choices_from` names no column of the store.
--- Source: none.
---@param param table
---@param store? table
function parameters.choices(param, store)
  if param.choices then return param.choices end
  if param.type == "boolean" then return {true, false} end
  if param.choices_from and store then return column_values(store, param.choices_from) end
end

local checks = {}

-- A document is known by its key from here on, whatever it was called.
function checks.document(value, store)
  local row, problem = called(function() return store:collection "documents"[value] end)
  if row then return rawget(row, "key") or value end
  if problem then return nil, problem.message, problem.hint end
  return nil, ("no document %q"):format(value), "a key, a number or a title: 25-CT/TW"
end

function checks.congress(value, store)
  local congresses = store:collection "congresses"
  if congresses[value] then return value end
  return nil, ("no congress %s in the store"):format(value),
    "known: " .. table.concat(congresses:pluck "ordinal", ", ")
end

local function check_choices_from(param, value, store)
  local choices, problem = column_values(store, param.choices_from)
  if not choices then return nil, problem.message, problem.hint end
  if list.index_of(choices, value) then return value end
  local names = list.map(list.slice(choices, 1, math.min(#choices, MOST_CHOICES)), tostring)
  return nil, ("no %s is %q"):format(param.choices_from, tostring(value)),
    suggest.phrase(tostring(value), names)
end

-- What only the store can say.
local function check_in_store(param, value, store)
  if not store then return value end
  if param.choices_from then return check_choices_from(param, value, store) end
  local check = checks[param.type]
  if check then return check(value, store) end
  return value
end

local function read_one(found, param, given, store)
  local value, message, hint = values.of(param, given)
  if value ~= nil then value, message, hint = check_in_store(param, value, store) end
  if value == nil then wrong(found, "usage", param.name, message, hint) end
  return value
end

local function check_names(found, meta, given, others)
  local names = list.map(meta.params, function(param) return param.name end)
  for _, name in ipairs(list.sorted_keys(given)) do
    if not list.index_of(names, name) then
      local options = list.map(names, parameters.option)
      local message = ("%s has no such parameter"):format(meta.name)
      local hint = suggest.phrase(parameters.option(tostring(name)), list.concat(options, others))
        or #options > 0 and "it has " .. table.concat(options, ", ") or "it has none"
      wrong(found, "unknown_name", tostring(name), message, hint)
    end
  end
end

--- Read what was given for one run.
--- Shape: meta, {name = text or value}, store or nil, other names that may be meant or nil
---   -> {name = value} with defaults | nil, list of err.  Without a store it is not asked whether
---   documents and congresses are there.
--- Units: dates are ISO texts, congresses Roman ordinals, documents keys.
--- Errors: usage for a wrong or missing value, unknown_name with the nearest; all at once.
--- Source: none.
---@param meta table
---@param given table
---@param store? table
---@param others? string[]
function parameters.parse(meta, given, store, others)
  local found, out = {}, {}
  check_names(found, meta, given, others or {})
  for _, param in ipairs(meta.params) do
    local value = given[param.name]
    if value == nil then value = param.default end
    if value ~= nil then
      out[param.name] = read_one(found, param, value, store)
    elseif param.required then
      local help = param.help and (param.help.en or param.help.vi)
      wrong(found, "usage", param.name, "is needed" .. (help and ": " .. help or ""))
    end
  end
  if #found > 0 then return nil, found end
  return out
end

return parameters
