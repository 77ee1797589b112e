-- What a recipe sees of Lua, and what is left of Lua around it once its process is shut.
-- The process is the wall.  This is for good messages, for the same result on every machine, and
-- against accidents between recipes: each gets tables of its own, and no way to ours.

local lpeg_limits = require "vankien.recipe.lpeg_limits"

local sandbox = {}

local debug_getmetatable = debug.getmetatable
local real = {
  collectgarbage = collectgarbage, getmetatable = getmetatable, load = load, pairs = pairs,
  setmetatable = setmetatable,
}

local MAX_CHUNK = 1 << 20         -- bytes of a text that is loaded
local MAX_NAME = 60               -- bytes of a chunk's name

-- Metatables that recipes made; all others are not theirs to see or to change.
local theirs = setmetatable({}, { __mode = "k" })

local function argument(n, name, expected, got)
  error(("bad argument #%d to '%s' (%s expected, got %s)"):format(n, name, expected, got), 3)
end

local base = {}

--- The metatable of a value when a recipe set it, else nil or false.
function base.getmetatable(...)
  if select("#", ...) == 0 then argument(1, "getmetatable", "value", "no value") end
  local metatable = debug_getmetatable((...))
  if metatable == nil then return nil end
  if not theirs[metatable] then return false end
  local shown = rawget(metatable, "__metatable")
  if shown ~= nil then return shown end
  return metatable
end

--- Finalizers run at moments that nobody chooses, and outside every limit but the process's.
function base.setmetatable(object, metatable)
  if type(object) ~= "table" then argument(1, "setmetatable", "table", type(object)) end
  if metatable ~= nil and type(metatable) ~= "table" then
    argument(2, "setmetatable", "nil or table", type(metatable))
  end
  if metatable and rawget(metatable, "__gc") ~= nil then
    error("a metatable in a recipe has no __gc", 2)
  end
  local now = debug_getmetatable(object)
  if now and not theirs[now] then error("cannot change a protected metatable", 2) end
  if metatable then theirs[metatable] = true end
  return real.setmetatable(object, metatable)
end

function base.collectgarbage(what)
  if what ~= "count" then error("a recipe may only ask collectgarbage for \"count\"", 2) end
  return real.collectgarbage "count"
end

local kinds = { number = 1, string = 2, boolean = 3 }

local function comes_before(a, b)
  local kind_a, kind_b = kinds[type(a)] or 4, kinds[type(b)] or 4
  if kind_a ~= kind_b then return kind_a < kind_b end
  if kind_a <= 2 then return a < b end
  return kind_a == 3 and not a and b
end

-- The keys behind 1 to n, numbers first, then texts; what has no order stays as it is found.
local function further_keys(t, n)
  local keys, unordered = {}, {}
  for key in next, t do
    if not (math.type(key) == "integer" and key >= 1 and key <= n) then
      local list = kinds[type(key)] and keys or unordered
      list[#list + 1] = key
    end
  end
  table.sort(keys, comes_before)
  return table.move(unordered, 1, #unordered, #keys + 1, keys)
end

--- pairs in a fixed order: Lua's own differs from run to run, and with it every result that
--- depends on it.  Keys that come in while it runs are not met.
function base.pairs(t)
  local metatable = debug_getmetatable(t)
  if type(t) ~= "table" or (metatable and rawget(metatable, "__pairs") ~= nil) then
    return real.pairs(t)
  end
  local n, at = rawlen(t), 0
  local keys = further_keys(t, n)
  return function()
    while at < n + #keys do
      at = at + 1
      local key = at <= n and at or keys[at - n]
      local value = rawget(t, key)
      if value ~= nil then return key, value end
    end
  end, t, nil
end

-- A name that can be printed, and that cannot be taken for a file of ours.
local function chunk_name(given)
  local name = type(given) == "string" and given or "a text"
  name = name:sub(1, MAX_NAME):gsub("^[@=]", ""):gsub("[%c\x80-\xff]", "?")
  return "=loaded:" .. name
end

local function gather(reader)
  local pieces, bytes = {}, 0
  while true do
    local piece = reader()
    if piece == nil or piece == "" then return table.concat(pieces) end
    if type(piece) ~= "string" then return nil, "reader function must return a string" end
    bytes = bytes + #piece
    if bytes > MAX_CHUNK then return nil, "the text is longer than 1 MB" end
    pieces[#pieces + 1] = piece
  end
end

-- load for one environment: text only, and without an environment said, that one.
local function loader(environment)
  return function(chunk, name, mode, ...)
    local text, problem = chunk, nil
    if type(chunk) == "function" then text, problem = gather(chunk) end
    if problem then return nil, problem end
    if type(text) ~= "string" then argument(1, "load", "string or function", type(text)) end
    if #text > MAX_CHUNK then return nil, "the text is longer than 1 MB" end
    if mode ~= nil and not (type(mode) == "string" and mode:find "t") then
      return nil, "a recipe loads text only"
    end
    local env = environment
    if select("#", ...) > 0 then env = ... end
    return real.load(text, chunk_name(name), "t", env)
  end
end

local function copy(from, names)
  local to = {}
  if not names then
    for name, value in next, from do to[name] = value end
  else
    for _, name in ipairs(names) do to[name] = from[name] end
  end
  return to
end

local function printer(write)
  return function(...)
    local words = table.pack(...)
    for i = 1, words.n do words[i] = tostring(words[i]) end
    write(table.concat(words, "\t", 1, words.n) .. "\n")
  end
end

-- Each recipe gets a copy of a module: what it changes there, it changes for itself.
local function requirer(modules)
  local copies = {}
  return function(name)
    if not modules[name] then
      error(("a recipe cannot require %q"):format(tostring(name)), 2)
    end
    if copies[name] == nil then
      local module = require(name)
      copies[name] = type(module) == "table" and copy(module) or module
    end
    return copies[name]
  end
end

local plain = {
  "assert", "error", "ipairs", "next", "pcall", "rawequal", "rawget", "rawlen", "rawset",
  "select", "tonumber", "tostring", "type", "xpcall", "_VERSION",
}

--- Globals for one recipe: Lua without files, processes, modules of the system and debugging.
--- Shape: {write=, modules=, seed=} or nil -> table, with itself as _G.
--- Units: none.
--- Errors: none; what it refuses raises in the recipe, at the recipe's line.
--- Source: own.
---@param options? table write: function(text) behind print; modules: set of names to require;
---  seed: of math.random, 1 unless said
function sandbox.environment(options)
  options = options or {}
  local env = copy(_G, plain)
  for name, value in next, base do env[name] = value end
  env._G = env
  env.load = loader(env)
  env.print = printer(options.write or require "vankien.host.worker".write)
  for _, name in ipairs { "table", "math", "utf8", "coroutine" } do env[name] = copy(_G[name]) end
  env.string = copy(string)
  env.string.dump = nil
  env.os = copy(os, { "time", "date", "difftime" })
  env.lpeg = copy(require "lpeg")
  local modules = copy(options.modules or {})
  modules.lpeg = true
  env.require = requirer(modules)
  math.randomseed(options.seed or 1)
  return env
end

--- Load the text of a recipe.
--- Shape: text, chunk name, environment -> function | nil, message.
--- Units: none.
--- Errors: nil and Lua's message for what is no Lua; precompiled code is none.
--- Source: own.
---@param text string
---@param name string as messages are to show it, with "=" or "@"
---@param env table
function sandbox.load(text, name, env)
  return real.load(text, name, "t", env)
end

local function keep(t, names)
  local kept = {}
  for _, name in ipairs(names) do kept[name] = t[name] end
  for name in next, t do t[name] = kept[name] end
end

--- Take away from the whole state what nobody needs once a recipe runs.  For the process of a
--- recipe only, and for good: the library around the recipe has less from here on, too.
--- Shape: nothing -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
function sandbox.seal()
  lpeg_limits.install(require "lpeg")
  keep(os, { "time", "date", "difftime", "clock", "getenv" })
  keep(debug, { "getinfo", "getmetatable", "traceback" })
  package.path, package.cpath = "", ""
  keep(package.searchers, { 1, 2 })       -- what is preloaded, what is in the program
  rawset(package, "loadlib", nil)
  rawset(string, "dump", nil)
  debug_getmetatable("").__metatable = false
  for _, name in ipairs { "io", "dofile", "loadfile", "warn" } do
    _G[name] = nil
    package.loaded[name] = nil
  end
end

return sandbox
