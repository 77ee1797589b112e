-- Candidates outside of strings: members after . and :, keys and values inside where{ }, globals.

local context = require "vankien.repl.complete_context"
local from_store = require "vankien.repl.complete_store"
local list = require "vankien.util.list"
local present = require "vankien.repl.complete_present"
local types = require "vankien.repl.complete_types"

local rules = {}

local CONDITIONS = {
  "above(", "at_least(", "at_most(", "below(", "between(", "contains(", "is_nil()", "like(",
  "negate(", "not_nil()", "one_of{",
}

local KEYWORDS = {
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
  "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
}

local function names_in(t, wanted)
  local names = {}
  for key, value in next, t do
    local fits = type(key) == "string" and key:find "^[%a_][%w_]*$"
    if fits and (not wanted or type(value) == wanted) then names[#names + 1] = key end
  end
  table.sort(names)
  return names
end

local function row_methods(of)
  local names = {"sources"}
  if of.table == "documents" then names = {"incoming", "outgoing", "repairs", "sources"} end
  return names
end

local function methods_of(of)
  if of.kind == "query" then return require "vankien.query".methods() end
  if of.kind == "row" then return row_methods(of) end
  if of.kind == "store" then return names_in(require "vankien.store".methods) end
  if type(of.value) == "string" then return names_in(string, "function") end
  if type(of.value) == "table" then return names_in(of.value, "function") end
  return {}
end

local function members_of(session, of)
  if of.kind == "row" then return from_store.members(session:store(), of.table) end
  if of.kind == "value" and type(of.value) == "table" then return names_in(of.value) end
  return {}
end

--- Functions of ours that take options say them in the Shape of their manual entry.
local function options_of(name)
  local entry = require "vankien.manual.index".find(name)
  local shape = entry and (entry.group == "counting") and entry.shape
  local options = shape and shape:match "{(.-)}"
  local names = {}
  for option in (options or ""):gmatch "([%w_]+)%s*=" do names[#names + 1] = option end
  return names
end

--- The table whose fields are the keys inside the bracket at a place: documents:where{ … }, or
--- resolutions{ … }.
--- Shape: session, context, index of the bracket -> name of a table | nil.
--- Units: tokens from 1.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param here table
---@param bracket integer
---@return string?
function rules.table_of(session, here, bracket)
  local before = context.text(here, bracket - 1) == "(" and bracket - 1 or bracket
  local name, at = context.callee(here, before)
  if not name then return nil end
  local owner = at
  if context.text(here, at - 1) == ":" then
    if name ~= "where" then return nil end
    owner = at - 2
  end
  local of = types.ending_at(session, here, owner)
  return of and of.kind == "query" and of.table or nil
end

--- The names of the recipes that can be run.
--- Shape: session -> list of names.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@return string[]
function rules.recipes(session)
  local names = {}
  for _, entry in ipairs(require "vankien.recipe.shelf".list {store = session:store()}) do
    if entry.meta then names[#names + 1] = entry.name end
  end
  table.sort(names)
  return list.unique(names)
end

-- The parameters of the recipe that a call names: recipe("participation-shift", { … }).
local function parameters_at(session, here, call)
  local name = context.text(here, call + 1):match '^["\'](.*)["\']$'
  local entry = name and require "vankien.recipe.shelf".find(name, {store = session:store()})
  if not entry then return {} end
  return list.map(entry.meta.params, function(param) return param.name end)
end

-- The function whose options stand in the table at a bracket: shift("x", { … }).
local function options_at(session, here, bracket)
  local call = context.enclosing(here, bracket - 1)
  local name = call and context.text(here, call) == "(" and context.callee(here, call)
  if name == "recipe" and bracket == call + 3 then return parameters_at(session, here, call) end
  return name and options_of(name) or {}
end

local function key_candidates(session, here, bracket)
  local of = rules.table_of(session, here, bracket)
  local names = of and from_store.fields(session:store(), of) or options_at(session, here, bracket)
  local plain = list.filter(names, function(name) return name:find "^[%a_][%w_]*$" end)
  table.sort(plain)
  return present.plain(plain, " = ")
end

local function value_candidates(session, here, bracket)
  local of = rules.table_of(session, here, bracket)
  local field = context.text(here, here.n - 1)
  if not of then return nil end
  local found = present.plain(CONDITIONS)
  for _, value in ipairs(from_store.values(session:store(), of, field)) do
    found[#found + 1] = {insert = ("%q"):format(value), label = value}
  end
  return found
end

local function global_names(session)
  local names = list.concat(require "vankien.env".names(), session.locals:names())
  names = list.concat(names, names_in(session.env))
  names = list.concat(names, KEYWORDS)
  names = list.unique(names)
  table.sort(names)
  return names
end

-- Names that this entry declares itself: `local d`, `for d in`, parameters.
local function names_here(here)
  local names = {}
  for i = 1, here.n do
    local before = context.text(here, i - 1)
    local declares = before == "local" or before == "for" or before == ","
    if declares and here.tokens[i].kind == "name" then
      names[#names + 1] = here.tokens[i].text
    end
  end
  return names
end

--- Candidates for what stands at the cursor, outside of a string.
--- Shape: session, context -> list of candidates.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param here table
---@return table[]
function rules.candidates(session, here)
  local last = context.text(here, here.n)
  if last == ":" or last == "." then
    local of = types.ending_at(session, here, here.n - 1)
    if not of then return {} end
    return present.plain(last == ":" and methods_of(of) or members_of(session, of))
  end
  local bracket = context.enclosing(here, here.n)
  if bracket and context.text(here, bracket) == "{" then
    local found
    if last == "{" or last == "," or last == ";" then
      found = key_candidates(session, here, bracket)
    elseif last == "=" then
      found = value_candidates(session, here, bracket)
    end
    if found and #found > 0 then return found end
  end
  return present.plain(list.unique(list.concat(names_here(here), global_names(session))))
end

--- Files and folders that a path may mean.
--- Shape: what is typed -> list of candidates.
--- Units: none.
--- Errors: none; a folder that cannot be read has none.
--- Source: own.
---@param typed string
---@return table[]
function rules.files(typed)
  local sys = require "vankien.host.sys"
  local folder = typed:match "^(.*/)" or ""
  local found = {}
  for _, name in ipairs(sys.listdir(folder == "" and "." or folder) or {}) do
    if name:sub(1, 1) ~= "." or typed:find "/%.[^/]*$" or typed:find "^%.[^/]*$" then
      local stat = sys.stat(folder .. name)
      local mark = stat and stat.kind == "dir" and "/" or ""
      found[#found + 1] = {insert = folder .. name .. mark, label = name .. mark}
    end
  end
  return found
end

--- Candidates for what a dot command takes.
--- Shape: session, kind, what is typed -> list of candidates.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param kind? string
---@param typed string
---@return table[]
function rules.of_command(session, kind, typed)
  if kind == "mode" then return present.plain(require "vankien.repl.print".modes) end
  if kind == "switch" then return present.plain {"on", "off"} end
  if kind == "table" then return present.plain(session:store():collections()) end
  if kind == "file" then return rules.files(typed) end
  if kind == "name" then
    local names = require "vankien.repl.commands".names()
    return present.plain(list.concat(names, require "vankien.manual.index".names()))
  end
  return {}
end

return rules
