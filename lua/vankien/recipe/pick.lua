-- Recipes by a filter, in the language of documents:where"…": name, title, summary, tags, shelf,
-- version, trust, authors, license and file are its columns.

local err = require "vankien.util.err"
local filter = require "vankien.query.filter"
local list = require "vankien.util.list"
local range = require "vankien.recipe.range"
local suggest = require "vankien.util.suggest"
local text = require "vankien.host.text"

local pick = {}

local FIELDS = {
  "name", "title", "summary", "question", "tags", "shelf", "version", "trust", "authors", "license",
  "file",
}

local BILINGUAL = list.set {"title", "summary", "question"}

-- A field as a list of texts; one that is empty has none.
local function texts_of(entry, field)
  local meta = entry.meta
  if field == "trust" then return {(require "vankien.recipe.trust".status(entry)) or "unknown"} end
  if field == "shelf" then return {entry.shelf} end
  if field == "file" then return {entry.path} end
  if BILINGUAL[field] then
    local both = meta[field] or {}
    return list.filter({both.vi or false, both.en or false}, function(one) return one end)
  end
  local value = meta[field]
  return type(value) == "table" and value or {value}
end

local function known_field(node)
  if list.index_of(FIELDS, node.field) then return node.field end
  local hint = suggest.phrase(node.field, FIELDS) or "known: " .. table.concat(FIELDS, ", ")
  filter.complain("unknown_name", node.text, ("recipes have no column %q"):format(node.field),
    node.at, hint)
end

local function compare(field, a, b)
  if field == "version" and range.version(a) and range.version(b) then
    return range.compare(a, b)
  end
  a, b = text.fold(a), text.fold(b)
  return a == b and 0 or a < b and -1 or 1
end

local tests = {
  ["="] = function(order) return order == 0 end, ["<"] = function(order) return order < 0 end,
  [">"] = function(order) return order > 0 end, ["<="] = function(order) return order <= 0 end,
  [">="] = function(order) return order >= 0 end,
}

local holds

local function any(entry, node, test)
  for _, one in ipairs(texts_of(entry, known_field(node))) do
    if test(one) then return true end
  end
  return false
end

local checks = {}

for op, test in pairs(tests) do
  checks[op] = function(entry, node)
    return any(entry, node, function(one)
      return test(compare(node.field, one, tostring(node[1])))
    end)
  end
end

checks["in"] = function(entry, node)
  return any(entry, node, function(one)
    for _, value in ipairs(node) do
      if compare(node.field, one, tostring(value)) == 0 then return true end
    end
    return false
  end)
end

function checks.between(entry, node)
  return any(entry, node, function(one)
    return compare(node.field, one, tostring(node[1])) >= 0
      and compare(node.field, one, tostring(node[2])) <= 0
  end)
end

function checks.null(entry, node)
  return #texts_of(entry, known_field(node)) == 0
end

checks["~"] = function(entry, node)
  return any(entry, node, function(one) return text.matches(one, tostring(node[1])) end)
end

checks["~~"] = function(entry, node)
  return any(entry, node, function(one)
    return text.matches(one, tostring(node[1]), true)
  end)
end

checks["and"] = function(entry, node)
  for _, child in ipairs(node) do
    if not holds(entry, child) then return false end
  end
  return true
end

checks["or"] = function(entry, node)
  for _, child in ipairs(node) do
    if holds(entry, child) then return true end
  end
  return false
end

checks["not"] = function(entry, node) return not holds(entry, node[1]) end

function holds(entry, node)
  local check = checks[node.op]
  if check then return check(entry, node) end
  err.raise("usage", ("recipes cannot be asked for %s"):format(node.op))
end

--- The recipes that pass a filter; broken ones pass none.
--- Shape: list of entries, filter text -> list of entries.
--- Units: none.
--- Errors: raises bad_input and unknown_name with a caret under the place.
--- Source: none.
---@param entries table[]
---@param written string
function pick.where(entries, written)
  local tree = filter.read(written)
  local good = list.filter(entries, function(entry) return entry.meta ~= nil end)
  if #good == 0 then return good end
  return list.filter(good, function(entry) return holds(entry, tree) end)
end

return pick
