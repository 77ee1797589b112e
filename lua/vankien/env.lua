-- The globals of a script: Lua's own, the collections of the default store, and what is asked
-- of them.  Strict: reading a name that nobody set raises, setting one inside a function too.
-- The store opens when something of it is first touched.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local suggest = lazy.module "vankien.util.suggest"

local env = {}

-- Global names -> names in the query layer.
local conditions = {
  "between", "above", "below", "at_least", "at_most", "one_of", "contains", "like", "is_nil",
  "not_nil", "negate", "has",
}
local methods_of_store = {
  "shift", "kwic", "search", "first", "attested", "keyness", "colloc", "dispersion", "trend",
  "freq", "ngrams", "lexdiv", "trace", "reach", "reuse", "align", "diff", "citations",
}
-- Names that are called, and have functions of their own: all of them take the store first.
local bundles = {
  quote = { module = "vankien.corpus.quote", call = "verify",
    functions = { "formulas", "verify" }, files = {} },
  codebook = { module = "vankien.corpus.codebook", call = "coverage",
    functions = { "of", "names", "new", "read", "any", "diff", "export", "coverage" },
    files = { read = true, export = true } },
}

local function is_condition(name) return list.index_of(conditions, name) ~= nil end

local function open_store(given)
  local vankien = require "vankien"               -- gives stores their collections
  if type(given) == "table" then return given end
  local store, problem = vankien.open(given)
  if not store then err.raise(problem.code, problem.message, { hint = problem.hint }) end
  return store
end

-- A script may put another store in the place of its own; in a closed world there is none to see.
local function store_of(globals, given)
  if given.closed then return given.closed() end
  return globals.store
end

-- function -> name, for those made below
local names_of_bound = setmetatable({}, { __mode = "k" })

local function bound(globals, given, name)
  local function method(...)
    local store = store_of(globals, given)
    return store[name](store, ...)
  end
  names_of_bound[method] = name
  return method
end

--- Which global a function is: "shift", "kwic", …
--- Shape: function -> name | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param fn function
function env.name_of(fn) return names_of_bound[fn] end

-- codebook("strategies", …) and codebook.of("strategies"): one name for both.
local function bundle(globals, given, name)
  local made = bundles[name]
  local function with_store(called)
    return function(...)
      return require(made.module)[called](store_of(globals, given), ...)
    end
  end
  local object = {}
  for _, called in ipairs(made.functions) do
    if not (given.closed and made.files[called]) then object[called] = with_store(called) end
  end
  local call = with_store(made.call)
  return setmetatable(object, {
    __name = name,
    __call = function(_, ...) return call(...) end,
    __index = function(_, key)
      require "vankien.util.strict".unknown("function", key, made.functions, name)
    end,
  })
end

-- name -> value, for the names that are made when first read
local function resolve(globals, given, name)
  if name == "store" and not given.closed then return open_store(given.store) end
  if name == "vankien" and not given.closed then return require "vankien" end
  if is_condition(name) then return require "vankien.query.operators"[name] end
  if list.index_of(methods_of_store, name) then return bound(globals, given, name) end
  if bundles[name] then return bundle(globals, given, name) end
  if require "vankien.query.collections".find(name) then
    return store_of(globals, given):collection(name)
  end
end

--- The names that are there beside Lua's own.
--- Shape: boolean, whether the world is closed -> sorted list of names.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param closed? any
function env.names(closed)
  local names = list.concat(closed and {} or { "store", "vankien" }, methods_of_store)
  names = list.concat(names, list.sorted_keys(bundles))
  names = list.concat(names, conditions)
  names = list.concat(names, require "vankien.query.collections".names())
  table.sort(names)
  return names
end

-- A table that has no line in query/collections.lua, once a store is open.
local function further_table(globals, name)
  local store = rawget(globals, "store")
  if not store or type(name) ~= "string" then return nil end
  if require "vankien.query.schema".table(store, name) then return store:collection(name) end
end

local function unknown(globals, given, name)
  local known = env.names(given.closed)
  for key in pairs(globals) do
    if type(key) == "string" then known[#known + 1] = key end
  end
  err.raise("unknown_name", ("unknown name %q"):format(tostring(name)), {
    hint = suggest.phrase(tostring(name), known) or "a name is set before it is read",
  })
end

local function read(given)
  return function(globals, name)
    local value = resolve(globals, given, name)
    if value == nil then value = further_table(globals, name) end
    if value == nil then unknown(globals, given, name) end
    rawset(globals, name, value)
    return value
  end
end

-- The main chunk of a script may set what it likes; a function sets what is there already.
local function write(globals, name, value)
  local info = debug.getinfo(2, "S")
  if info and info.what ~= "main" and info.what ~= "C" then
    err.raise("unknown_name", ("a function sets the new global %q"):format(tostring(name)), {
      hint = ("write `local %s`, or set it outside the function first"):format(tostring(name)),
    })
  end
  rawset(globals, name, value)
end

--- Globals for one script; for a recipe a closed world, with nothing in it that leads to the store
--- itself or to a file.
--- Shape: {store = path or store or nil, arg = table or nil}, or {closed = function() -> store,
---   base = what stands in the place of Lua's own globals} -> environment.
--- Units: none.
--- Errors: none; the reads raise unknown_name, and what opening the store raises.
--- Source: none.
---@param given? table
function env.new(given)
  given = given or {}
  local globals = {}
  for name, value in pairs(given.base or _G) do globals[name] = value end
  globals._G = globals
  globals.arg = given.arg
  return setmetatable(globals, {
    __name = "globals", __index = read(given), __newindex = write,
  })
end

return env
