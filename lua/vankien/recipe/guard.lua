-- Lua's own functions as a recipe has them.  The wall is the process around it (host/worker.c);
-- here is what keeps a recipe's numbers the same everywhere, what says a plain word instead of a
-- crash, and what keeps the objects of the library closed.

local err = require "vankien.util.err"
local list = require "vankien.util.list"

local guard = {}

local function copy(from, without)
  local out = {}
  for name, value in next, from do
    if not (without and without[name]) then out[name] = value end
  end
  return out
end

-- Only metatables that the recipe made itself can be read, changed or taken away: those of the
-- library's objects know the store.
local function metatables()
  local own = setmetatable({}, {__mode = "k"})
  local function get(value)
    local mt = debug.getmetatable(value)
    if mt == nil or own[mt] then return getmetatable(value) end
    return false
  end
  local function set(value, mt)
    if type(value) ~= "table" then
      err.raise("usage", "setmetatable takes a table, not a " .. type(value))
    end
    if mt ~= nil and type(mt) ~= "table" then
      err.raise("usage", "a metatable is a table or nil, not a " .. type(mt))
    end
    if mt and rawget(mt, "__gc") ~= nil then
      err.raise("refused", "a recipe has no finalizers: __gc")
    end
    local before = debug.getmetatable(value)
    if before and not own[before] then
      err.raise("refused", "the metatable of an object of the library stays as it is")
    end
    if mt then own[mt] = true end
    return setmetatable(value, mt)
  end
  return get, set
end

-- By key and not by hash, which differs from run to run: numbers in order, then texts, then the
-- rest as it comes.
local function before(a, b)
  if type(a) == type(b) then return a < b end
  return type(a) == "number"
end

local function sorted_pairs(t)
  local mt = debug.getmetatable(t)
  if mt and mt.__pairs or type(t) ~= "table" then return pairs(t) end
  local keys, rest = {}, {}
  for key in next, t do
    local kind = type(key)
    local into = (kind == "number" or kind == "string") and keys or rest
    into[#into + 1] = key
  end
  table.sort(keys, before)
  table.move(rest, 1, #rest, #keys + 1, keys)
  local i = 0
  return function()
    local key, value
    repeat
      i = i + 1
      key = keys[i]
      if key == nil then return nil end
      value = rawget(t, key)
    until value ~= nil
    return key, value
  end, t, nil
end

-- The same numbers on every machine, from the seed of the run.
local function seeded_random(seed)
  local generator = require "vankien.analysis.rng".new(seed)
  return function(low, high)
    if low == nil then return generator:float() end
    if high == nil then low, high = 1, low end
    if math.type(low) ~= "integer" or math.type(high) ~= "integer" or low > high then
      err.raise("usage", "math.random takes whole numbers, the smaller first")
    end
    if high - low < 0 then err.raise("usage", "math.random: the interval is too large") end
    return low + generator:below(high - low + 1) - 1
  end
end

local function needs(name, place, fn)
  return function(...)
    if select(place, ...) == nil then
      err.raise("refused", name .. " without a time: a recipe does not know the hour",
        {hint = "its numbers are the same whenever it runs; take a date as a parameter"})
    end
    return fn(...)
  end
end

-- Which modules a recipe may load.
local function guarded_require(analysis)
  local copies = {}
  return function(name)
    local known = type(name) == "string" and name:match "^vankien%.analysis%.([a-z_]+)$"
    if name ~= "lpeg" and not list.index_of(analysis, known) then
      err.raise("refused", ("a recipe cannot require %q"):format(tostring(name)), {
        hint = "lpeg and vankien.analysis.…: " .. table.concat(analysis, ", "),
      })
    end
    copies[name] = copies[name] or copy(require(name))
    return copies[name]
  end
end

--- The names of the modules of analysis.
--- Shape: nothing -> sorted list: "keyness", "trend", ….
--- Units: none.
--- Errors: none.
--- Source: none.
function guard.analysis()
  local names = {}
  for _, path in ipairs(require "vankien.host.embed".list "lua/vankien/analysis/") do
    names[#names + 1] = path:match "([a-z_]+)%.lua$"
  end
  return names
end

local PLAIN = {
  "assert", "error", "ipairs", "next", "pcall", "rawequal", "rawget", "rawlen", "rawset", "select",
  "tonumber", "tostring", "type", "xpcall", "_VERSION",
}

--- What a recipe has of Lua, new for each recipe of a run.
--- Shape: {seed =, print = function(text)} -> table of globals.
--- Units: none.
--- Errors: none; the functions in it raise usage and refused.
--- Source: own; after the list of what attackers use.
---@param given table
function guard.globals(given)
  local out = {}
  for _, name in ipairs(PLAIN) do out[name] = _G[name] end
  out.getmetatable, out.setmetatable = metatables()
  out.pairs = sorted_pairs
  out.string = copy(string, {dump = true})
  out.table, out.utf8, out.coroutine = copy(table), copy(utf8), copy(coroutine)
  out.math = copy(math, {randomseed = true})
  out.math.random = seeded_random(given.seed)
  out.os = {difftime = os.difftime, time = needs("os.time", 1, os.time),
    date = needs("os.date", 2, os.date)}
  out.collectgarbage = function(what)
    if what ~= "count" then err.raise("refused", 'collectgarbage("count") is all there is') end
    return collectgarbage "count"
  end
  out.require = guarded_require(guard.analysis())
  out.print = function(...)
    local parts = table.pack(...)
    for i = 1, parts.n do parts[i] = tostring(parts[i]) end
    given.print(table.concat(parts, "\t") .. "\n")
  end
  return out
end

return guard
