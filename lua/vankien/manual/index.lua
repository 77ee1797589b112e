-- The names under which people know what the sources document: documents.where, between, shift,
-- trend.mann_kendall.

local doc = require "vankien.manual.doc"
local list = require "vankien.util.list"

local index = {}

-- Names that scripts type, by the module that documents them; the rest goes by module.
local RULES = {
  ["vankien.query.methods"] = {"^methods%.(.+)$", "query.%1", "queries"},
  ["vankien.query.operators"] = {"^operators%.(.+)$", "%1", "conditions"},
  ["vankien.store"] = {"^methods%.(.+)$", "store.%1", "store"},
  ["vankien.store.edit"] = {"^Tx%.(.+)$", "tx.%1", "store"},
  ["vankien"] = {"^vankien%.(.+)$", "vankien.%1", "store"},
  ["vankien.corpus.line"] = {"^methods%.(.+)$", "line.%1", "rows"},
  ["vankien.recipe.call"] = {"^call%.of$", "recipe", "counting"},
}

local function by_rule(entry)
  local rule = RULES[entry.module]
  if rule and entry.name:find(rule[1]) then
    return (entry.name:gsub(rule[1], rule[2])), rule[3]
  end
end

-- row:sources(), document:incoming(), store:collection(), and what counts: shift, kwic, …
local function by_place(entry)
  if entry.module == "vankien.query.row_methods" then
    local name = entry.name:match "^common%.(.+)$" or entry.name:match "^methods%.%w+%.(.+)$"
    if name then return "row." .. name, "rows" end
  end
  if entry.module == "vankien" then
    local name = entry.name:match "^store%.methods%.(.+)$"
    if name then return "store." .. name, "store" end
  end
  local counted = entry.module:match "^vankien%.corpus%.([%w_]+)$"
  if counted and entry.name == counted .. ".of" then return counted, "counting" end
end

local function user_name(entry)
  local name, group = by_rule(entry)
  if not name then name, group = by_place(entry) end
  if name then return name, group end
  local module, last = entry.module:match "^vankien%.(.+)$", entry.name:match "([%w_]+)$"
  return module and module .. "." .. last or entry.name, "library"
end

local made

local function build()
  local by_name, all, modules = {}, {}, doc.modules()
  for _, module in ipairs(modules) do
    for _, entry in ipairs(module.entries) do
      local name, group = user_name(entry)
      entry.known_as, entry.group = name, group
      if not by_name[name] and not name:find "%._" then
        by_name[name] = entry
        all[#all + 1] = entry
      end
    end
  end
  table.sort(all, function(a, b) return a.known_as < b.known_as end)
  return {by_name = by_name, all = all, modules = modules}
end

--- Everything that is documented.
--- Shape: nothing -> {by_name = {name = entry}, all = list of entries, modules = list}.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return table
function index.get()
  made = made or build()
  return made
end

-- "documents.where" and "resolutions.first" are methods of queries; "title" of a table no entry.
local function of_collection(name)
  local owner, member = name:match "^([%w_]+)[.:]([%w_]+)$"
  if owner and require "vankien.query.collections".find(owner) then
    return index.get().by_name["query." .. member] or index.get().by_name["row." .. member]
  end
end

local function by_ending(name)
  local found
  local ending = "." .. name
  for _, entry in ipairs(index.get().all) do
    if entry.known_as:sub(-#ending) == ending then
      if found and found.group ~= "library" and entry.group == "library" then return found end
      if not found or entry.group ~= "library" then found = entry end
    end
  end
  return found
end

--- The entry that a name means.
--- Shape: name, with . or : -> entry | nil.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param name string
---@return table?
function index.find(name)
  name = name:gsub(":", "."):gsub("%(.*$", ""):gsub("^vankien%.", "")
  local known = index.get().by_name
  return known[name] or known["vankien." .. name] or of_collection(name) or by_ending(name)
end

--- The entry of a function of ours.
--- Shape: function -> entry | nil.
--- Units: none.
--- Errors: none.
--- Source: own; it is known by the line on which it is written.
---@param fn function
---@return table?
function index.of_function(fn)
  local info = debug.getinfo(fn, "S")
  local name = require "vankien.env".name_of(fn)
  if name then return index.get().by_name[name] end
  for _, module in ipairs(index.get().modules) do
    local file = module.name:gsub("%.", "/")
    if info.source:find(file .. ".lua", 1, true) or info.source:find(file .. "/init.lua", 1, true)
    then
      for _, entry in ipairs(module.entries) do
        if entry.line == info.linedefined then return entry end
      end
    end
  end
end

--- The names that help knows: for completion, and for "did you mean".
--- Shape: nothing -> sorted list.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return string[]
function index.names()
  local names = list.map(index.get().all, function(entry) return entry.known_as end)
  names = list.concat(names, require "vankien.query.collections".names())
  table.sort(names)
  return names
end

return index
