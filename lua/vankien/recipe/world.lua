-- The world of one recipe: its globals, its `ctx`, its code loaded into them.  Each recipe of a
-- run, also one that another uses, has a world of its own.
--
-- A session is what the worlds of one run share: {store = function, seed, printed, find(name)}.

local contract = require "vankien.recipe.contract"
local env = require "vankien.env"
local err = require "vankien.util.err"
local guard = require "vankien.recipe.guard"
local list = require "vankien.util.list"
local strict = require "vankien.util.strict"
local text_load = require "vankien.recipe.text_load"

local world = {}

local DEEPEST = 8                   -- recipes that use recipes
local MOST_TESTS = 500

local World = {}
World.__index = World

-- A line for the shell stays a line, so that numbers of lines are those of the file.
local function source_of(bytes)
  return (bytes:gsub("^\u{FEFF}", ""):gsub("^#", "--#"))
end

local function file_name(recipe)
  return recipe.path:match "[^/]*$"
end

local function add_test(self)
  return function(sentence, params, fn)
    if type(sentence) ~= "string" or type(params) ~= "table" or type(fn) ~= "function" then
      err.raise("usage", "test takes a sentence, a table of parameters and a function",
        {hint = 'test("counts both", { by = "year" }, function(result, t) … end)'})
    end
    if #self.tests == MOST_TESTS then err.raise("usage", "more than 500 tests") end
    table.insert(self.tests, {name = sentence, params = params, fn = fn})
  end
end

local function closed_store(self)
  return function()
    if not self.recipe.meta.permissions.read then
      err.raise("refused", "this recipe does not read the store",
        {hint = "permissions = { read = true }"})
    end
    return self.session.store()
  end
end

-- use "other-recipe" gives a function of its parameters.
local function make_use(self)
  return function(name)
    local declared = self.recipe.meta.uses
    if type(name) ~= "string" or not declared[name] then
      err.raise("refused", ("use %q: not among those that the recipe declares"):format(
        tostring(name)), {hint = ('uses = { ["%s"] = ">=1.0.0" }'):format(tostring(name))})
    end
    if self.depth == DEEPEST then err.raise("refused", "recipes that use recipes, 8 deep") end
    local other = world.new(self.session, self.session.find(name), self.depth + 1)
    other:load()
    return function(params)
      return other:result(other:parameters(params or {}))
    end
  end
end

--- A world for a recipe; nothing of it runs yet.
--- Shape: session, {meta, path, bytes}, depth (0) -> world.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param session table
---@param recipe table
---@param depth? integer
function world.new(session, recipe, depth)
  local self = setmetatable({session = session, recipe = recipe, depth = depth or 0, tests = {}},
    World)
  local base = guard.globals {seed = session.seed, print = session.print}
  base.recipe = function() end              -- read before, without running
  base.test = add_test(self)
  base.use = make_use(self)
  self.env = env.new {closed = closed_store(self), base = base}
  rawset(self.env, "load", text_load.of(self.env))
  return self
end

--- Compile the recipe and run what stands outside of its functions.
--- Shape: nothing -> nothing.
--- Units: none.
--- Errors: raises bad_input for a syntax error, or when there is no function `run`; what the code
---   raises.
--- Source: none.
function World:load()
  local name = file_name(self.recipe)
  local chunk, problem = load(source_of(self.recipe.bytes), "=" .. name, "t", self.env)
  if not chunk then
    local place, message = problem:match "^(.-:%d+): (.*)$"
    err.raise("bad_input", message or problem, {place = place or name})
  end
  chunk()
  if type(rawget(self.env, "run")) ~= "function" then
    err.raise("bad_input", "the recipe has no function run", {place = name,
      hint = "function run(p, ctx) … return rows end"})
  end
end

--- The parameters of a run of this recipe, by its own declarations.
--- Shape: {name = text or value} -> {name = value}.
--- Units: none.
--- Errors: raises the first thing that is wrong.
--- Source: none.
function World:parameters(given)
  local store = self.recipe.meta.permissions.read and self.session.store() or nil
  local parse = require "vankien.recipe.parameters".parse     -- most runs do without
  local params, wrong = parse(self.recipe.meta, given, store)
  if params then return params end
  err.raise(wrong[1].code, wrong[1].message, {hint = wrong[1].hint})
end

-- A document is the row itself; a parameter that was not given is nil; a name that is none raises.
local function strict_parameters(self, given)
  local meta, params = self.recipe.meta, {}
  local names = list.map(meta.params, function(param) return param.name end)
  for _, param in ipairs(meta.params) do
    local value = given[param.name]
    if param.type == "document" and value ~= nil and meta.permissions.read then
      value = self.session.store():collection "documents"[value]
    end
    params[param.name] = value
  end
  return setmetatable(params, {__name = "parameters", __index = function(_, name)
    if list.index_of(names, name) then return nil end
    strict.unknown("parameter", name, names, meta.name)
  end})
end

local function context(self, p, notes)
  local meta = self.recipe.meta
  return strict.object({
    seed = self.session.seed, param = p, use = rawget(self.env, "use"),
    recipe = {name = meta.name, version = meta.version, hash = self.recipe.hash},
    note = function(text) notes[#notes + 1] = tostring(text) end,
  }, "ctx")
end

--- Run the recipe.
--- Shape: parameters, checked -> result of contract.check, with the notes of ctx.note first.
--- Units: rows at most as its permissions say.
--- Errors: what the recipe raises; bad_input when its result breaks its contract.
--- Source: none.
function World:result(params)
  local meta, notes = self.recipe.meta, {}
  local p = strict_parameters(self, params)
  local value = self.env.run(p, context(self, p, notes))
  local result = contract.check(contract.plain(value, meta.permissions.rows), meta.returns)
  result.notes = list.concat(notes, result.notes)
  return result
end

return world
