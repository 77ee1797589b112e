-- The lists among the metadata: parameters, returned columns, examples, fixture documents.
-- They are completed in place: whoever checks twice reads them twice.

local list = require "vankien.util.list"
local problems = require "vankien.recipe.problems"
local texts = require "vankien.recipe.metadata_texts"
local values = require "vankien.recipe.values"

local parts = {}

local PARAM_KEYS = problems.names {
  "name", "type", "default", "required", "min", "max", "choices", "choices_from", "help",
}
local COLUMN_KEYS = problems.names {"name", "type", "null", "help", "digits"}
local EXAMPLE_KEYS, FIXTURE_KEYS = problems.names {"params", "note"}, problems.names {"documents"}
local COLUMN_TYPES = problems.names {"string", "integer", "number", "boolean", "date", "list"}
local TYPES = problems.names(list.concat(values.types, {}))
local DOCUMENT_KEYS = problems.names {
  "number", "type", "issued", "issuer", "congress", "title", "source", "attributes", "text",
}

--- Names that parameters cannot have: options of `vankien recipe run`.
parts.reserved = list.set {
  "help", "format", "seed", "provenance", "record", "frozen", "trust", "store", "yes", "run",
}

local function is_parameter_name(name)
  return type(name) == "string" and #name <= 40 and name:find "^[a-z][a-z0-9_]*$" ~= nil
end

local function check_param_name(found, param, path, seen)
  local name = param.name
  local at = found:child(path, "name")
  if not is_parameter_name(name) then
    found:add(at, problems.said(name) .. " is no name of a parameter",
      "a to z, digits and _, 40 at most: since_year")
  elseif parts.reserved[name] then
    found:add(at, ("--%s is an option of `vankien recipe run` already"):format(name))
  elseif seen[name] then
    found:add(at, ("a second parameter %q"):format(name))
  end
  if name ~= nil then seen[name] = true end
end

-- A value inside of a declaration: default, min, max, a choice.
local function declared_value(found, param, given, path, plain)
  local value, message, hint = values.of(plain and {type = param.type} or param, given, true)
  if value == nil then found:add(path, message, hint) end
  return value
end

local ENDS = {"min", "max"}

local function check_range(found, param, path)
  for _, key in ipairs(ENDS) do
    if param[key] ~= nil then
      local at = found:child(path, key)
      if values.ordered[param.type] then
        param[key] = declared_value(found, param, param[key], at, true)
      else
        found:add(at, ("a %s has no %s"):format(param.type, key))
        param[key] = nil
      end
    end
  end
end

local function check_choices(found, param, path)
  if param.choices ~= nil then
    local at, out = found:child(path, "choices"), {}
    for i, choice in ipairs(found:list(param.choices, at, "choices")) do
      out[#out + 1] = declared_value(found, param, choice, found:child(at, i), true)
    end
    param.choices = #out > 0 and out or nil
    if not param.choices then found:add(at, "no choices") end
  end
  if param.choices_from ~= nil then
    local from = param.choices_from
    if type(from) ~= "string" or not from:find "^[a-z_]+%.[a-z_]+$" then
      found:add(found:child(path, "choices_from"), problems.said(from) .. " names no column",
        'table.column: choices_from = "documents.issuer"')
    end
  elseif param.type == "enum" and not param.choices then
    found:add(path, "an enum needs choices", 'choices = { "year", "congress" }')
  end
end

local function check_presence(found, param, path)
  if param.required == nil then param.required = false end
  if type(param.required) ~= "boolean" then
    found:add(found:child(path, "required"), "true or false is wanted")
  elseif param.required and param.default ~= nil then
    found:add(found:child(path, "default"), "a required parameter has no default")
  end
  if param.default ~= nil then
    param.default = declared_value(found, param, param.default, found:child(path, "default"))
  end
end

local function check_param(found, param, path, seen)
  if not found:keys(param, path, PARAM_KEYS) then return nil end
  check_param_name(found, param, path, seen)
  if not TYPES.set[param.type or ""] then
    if type(param.type) == "string" then
      found:unknown(found:child(path, "type"), "type", param.type, values.types)
    else
      found:add(path, "a parameter needs a type", "one of " .. table.concat(values.types, ", "))
    end
    return nil
  end
  param.help = texts.bilingual(found, param.help, found:child(path, "help"))
  check_range(found, param, path)
  check_choices(found, param, path)
  check_presence(found, param, path)
  return param
end

--- The parameters, in order.
--- Shape: problems, value -> list of {name, type, required, default, min, max, choices,
---   choices_from, help}.
--- Units: none.
--- Errors: none; they are noted.
--- Source: none.
function parts.params(found, given)
  local out, seen = {}, {}
  for i, param in ipairs(found:list(given, "params", "parameters")) do
    out[#out + 1] = check_param(found, param, found:child("params", i), seen)
  end
  return out
end

-- Digits after the point, in tables only.
local function check_digits(found, given, path)
  local digits = given.digits
  if digits == nil then return end
  if given.type ~= "number" or math.type(digits) ~= "integer" or digits < 0 or digits > 10 then
    found:add(found:child(path, "digits"), "a whole number from 0 to 10 is wanted, of a number")
  end
end

local function check_column(found, given, path, seen)
  if not found:keys(given, path, COLUMN_KEYS) then return nil end
  local name = given.name
  if type(name) ~= "string" or not name:find "^[%a_][%w_]*$" or #name > 64 then
    found:add(found:child(path, "name"), problems.said(name) .. " is no name of a column",
      "letters, digits and _")
  elseif seen[name] then
    found:add(found:child(path, "name"), ("a second column %q"):format(name))
  end
  seen[name or ""] = true
  if not COLUMN_TYPES.set[given.type or ""] then
    found:unknown(found:child(path, "type"), "type", given.type, COLUMN_TYPES)
  end
  if given.null ~= nil and type(given.null) ~= "boolean" then
    found:add(found:child(path, "null"), "true or false is wanted")
  end
  check_digits(found, given, path)
  given.null = given.null or false
  texts.bilingual(found, given.help, found:child(path, "help"))
  return given
end

--- The columns that a recipe promises.
--- Shape: problems, value -> list of {name, type, null, digits, help} | nil when it promises none.
--- Units: none.
--- Errors: none; they are noted.
--- Source: none.
function parts.returns(found, given)
  if given == nil then return nil end
  local out, seen = {}, {}
  for i, column in ipairs(found:list(given, "returns", "columns")) do
    out[#out + 1] = check_column(found, column, found:child("returns", i), seen)
  end
  if #out == 0 then found:add("returns", "no columns") end
  return out
end

local function check_example_value(found, params, path, name, value)
  for _, param in ipairs(params) do
    if param.name == name then return declared_value(found, param, value, path) end
  end
  found:unknown(path, "parameter", name, list.map(params, function(p) return p.name end))
end

--- Examples: parameters to run with, and what they show.
--- Shape: problems, value, parameters -> list of {params, note}.
--- Units: none.
--- Errors: none; they are noted.
--- Source: none.
function parts.examples(found, given, params)
  local out = {}
  for i, example in ipairs(found:list(given, "examples", "examples")) do
    local path = found:child("examples", i)
    if found:keys(example, path, EXAMPLE_KEYS) then
      local at = found:child(path, "params")
      if example.params ~= nil and type(example.params) ~= "table" then
        found:add(at, "a table is wanted")
      else
        for _, name in ipairs(list.sorted_keys(example.params or {})) do
          check_example_value(found, params, found:child(at, name), name, example.params[name])
        end
        example.params = example.params or {}
        out[#out + 1] = example
      end
      if example.note ~= nil and type(example.note) ~= "table" then
        texts.one(found, example.note, found:child(path, "note"))
      else
        texts.bilingual(found, example.note, found:child(path, "note"))
      end
    end
  end
  return out
end

local function check_attributes(found, given, path)
  if given == nil then return end
  if type(given) ~= "table" then return found:add(path, "a table of attributes is wanted") end
  for _, name in ipairs(list.sorted_keys(given)) do
    local kind = type(given[name])
    if type(name) ~= "string" or kind == "table" then
      found:add(found:child(path, name), "an attribute is a name with a text, number or boolean")
    end
  end
end

local function check_document(found, document, path)
  if not found:keys(document, path, DOCUMENT_KEYS) then return nil end
  for _, key in ipairs(DOCUMENT_KEYS) do
    local value = document[key]
    if key ~= "attributes" and value ~= nil then
      texts.one(found, value, found:child(path, key))
    end
  end
  if document.text == nil then found:add(path, "a document of a fixture needs a text") end
  if document.title == nil then found:add(path, "a document of a fixture needs a title") end
  check_attributes(found, document.attributes, found:child(path, "attributes"))
  return document
end

--- The documents that tests run on.
--- Shape: problems, value -> {documents} | nil when there is no fixture.
--- Units: none.
--- Errors: none; they are noted.
--- Source: none.
function parts.fixture(found, given)
  if given == nil then return nil end
  if not found:keys(given, "fixture", FIXTURE_KEYS) then return nil end
  local out = {}
  for i, document in ipairs(found:list(given.documents, "fixture.documents", "documents")) do
    out[#out + 1] = check_document(found, document,
      found:child("fixture.documents", i))
  end
  return {documents = out}
end

return parts
