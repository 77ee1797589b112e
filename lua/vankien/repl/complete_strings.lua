-- Candidates inside a string, by what the string is for: a key, a value, a column, a module, a
-- file, a name of the manual.

local context = require "vankien.repl.complete_context"
local from_store = require "vankien.repl.complete_store"
local list = require "vankien.util.list"
local present = require "vankien.repl.complete_present"
local rules = require "vankien.repl.complete_rules"
local types = require "vankien.repl.complete_types"

local strings = {}

local COLUMN_METHODS = list.set {
  "order", "group", "pluck", "select", "distinct", "sum", "min", "max", "sources",
}
local FILES = list.set {"dofile", "loadfile", "open", "lines", "input", "output"}

local function modules()
  local names = {}
  for _, module in ipairs(require "vankien.manual.index".get().modules) do
    names[#names + 1] = module.name
  end
  for name in pairs(package.loaded) do
    if type(name) == "string" and not name:find "^vankien" then names[#names + 1] = name end
  end
  return list.unique(names)
end

-- collection["…: a key, then the quote and the bracket close.
local function index_candidates(session, here)
  local of = types.ending_at(session, here, here.n - 1)
  local close = here.quote .. "]"
  if not of then return {} end
  if of.kind == "query" then
    local name = of.collection or of.table
    return list.map(from_store.keys(session:store(), name, here.word), function(key)
      return {insert = key.insert .. close, label = key.label or key.insert}
    end)
  end
  if of.kind == "value" and type(of.value) == "table" then
    local names = {}
    for key in next, of.value do
      if type(key) == "string" then names[#names + 1] = key end
    end
    table.sort(names)
    return present.plain(names, close)
  end
  return {}
end

-- where{ issuer = "…, and issuer = one_of{ "…
local function value_candidates(session, here)
  local at, bracket = here.n, context.enclosing(here, here.n)
  if context.text(here, at) ~= "=" and bracket then
    at = bracket - 2                              -- the = before one_of{ or contains(
    if context.text(here, at) ~= "=" and here.n == bracket - 1 then at = here.n - 1 end
    bracket = context.enclosing(here, at)
  end
  if not bracket or context.text(here, at) ~= "=" then return nil end
  local field = context.text(here, at - 1)
  local of = rules.table_of(session, here, bracket)
  if of then
    return present.plain(from_store.values(session:store(), of, field), here.quote)
  end
  if field == "by" then
    return present.plain(from_store.fields(session:store(), "documents"), here.quote)
  end
end

-- The last word of a filter text: where"year >= 2016 and tit…
local function filter_candidates(session, here, of)
  local head, word = here.word:match "^(.-)([%a_]*)$"
  local found = {}
  for _, name in ipairs(from_store.fields(session:store(), of.table)) do
    if name:sub(1, #word) == word then found[#found + 1] = {insert = head .. name, label = name} end
  end
  return found
end

local function of_method(session, here, name, at)
  local of = types.ending_at(session, here, at - 2)
  if not of then return nil end
  if of.kind == "store" and name == "collection" then
    return present.plain(session:store():collections(), here.quote)
  end
  if of.kind == "query" and name == "where" then return filter_candidates(session, here, of) end
  if of.kind == "query" and name == "get" then
    return list.map(from_store.keys(session:store(), of.collection or of.table, here.word),
      function(key) return {insert = key.insert .. here.quote, label = key.label} end)
  end
  if (of.kind == "query" or of.kind == "row") and COLUMN_METHODS[name] then
    local sign = name == "order" and here.word:match "^%-" or ""
    return list.map(from_store.fields(session:store(), of.table), function(column)
      return {insert = sign .. column .. here.quote, label = column}
    end)
  end
  if name == "incoming" or name == "outgoing" then
    return present.plain(from_store.relations(session:store()), here.quote)
  end
end

local function of_function(session, here, name)
  if name == "recipe" then return present.plain(rules.recipes(session), here.quote) end
  if name == "require" then return present.plain(modules(), here.quote) end
  if name == "help" then
    return present.plain(require "vankien.manual.index".names(), here.quote)
  end
  if FILES[name] then return rules.files(here.word) end
end

-- The function that the string is an argument of.
local function call_candidates(session, here)
  local place = here.n + 1
  local bracket = context.enclosing(here, here.n)
  if bracket and context.text(here, bracket) == "(" then place = bracket end
  local name, at = context.callee(here, place)
  if not name then return nil end
  if context.text(here, at - 1) == ":" then return of_method(session, here, name, at) end
  return of_function(session, here, name)
end

--- Candidates for what stands in the string at the cursor.
--- Shape: session, context -> list of candidates.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param here table
---@return table[]
function strings.candidates(session, here)
  if context.text(here, here.n) == "[" then return index_candidates(session, here) end
  local found = value_candidates(session, here) or call_candidates(session, here)
  if found then return found end
  return here.word:find "/" and rules.files(here.word) or {}
end

return strings
