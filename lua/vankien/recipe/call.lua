-- recipe("name", { … }) in scripts and at the prompt: what `vankien recipe run` does, as a result
-- that prints, exports and feeds the next question.

local depends = require "vankien.recipe.depends"
local err = require "vankien.util.err"
local job = require "vankien.recipe.job"
local list = require "vankien.util.list"
local output = require "vankien.recipe.output"
local problems = require "vankien.recipe.problems"
local result = require "vankien.corpus.result"
local shelf = require "vankien.recipe.shelf"
local strict = require "vankien.util.strict"
local trust = require "vankien.recipe.trust"

local call = {}

local Result = result.class "recipe"

local function fail(problem)
  err.raise(problem.code, problem.message, {hint = problem.hint, place = problem.place})
end

-- Nobody is asked in the middle of a script: no more than the default, or what was agreed to.
local function agreed(entry)
  local uses, wrong = depends.resolve(entry, {save = false})
  if not uses then fail(problems.together(wrong, "what " .. entry.name .. " uses")) end
  local verdict, problem = trust.consent(entry, {depends = uses})
  if not verdict then fail(problem) end
  return uses, verdict.permissions
end

local function printable(entry, outcome, store)
  local made = outcome.result
  local notes = list.concat(made.notes, {})
  return setmetatable({
    rows = output.harmless(made.rows), columns = output.columns(made.columns), notes = notes,
    title = made.title, evidence = made.evidence and output.harmless(made.evidence),
    printed = outcome.printed,
    origin = result.keep {store = store, options = outcome.params,
      query = ("recipe %s %s, %s"):format(entry.name, entry.version, entry.hash)},
  }, Result)
end

--- Run a recipe in its process.
--- Shape: store, name or path, {parameter = value}, {seed =, seconds =, memory_mb =, output_mb =,
---   rows =} -> result {rows, columns, notes, printed}; the limits only lower what it gets.
--- Units: seconds, MB, rows.
--- Errors: raises not_found, usage for wrong parameters (all of them), refused when the recipe
---   wants more than the default and was not agreed to; what went wrong in the recipe, at its
---   line.
--- Source: none.
---@param store table
---@param name string
---@param params? table
---@param options? table
function call.of(store, name, params, options)
  if type(name) ~= "string" then
    err.raise("usage", "recipe takes the name of a recipe", {hint = type(name) == "table"
      and "a file that begins with recipe{ … } is run by `vankien recipe run FILE`"
      or 'recipe("roles-timeline")'})
  end
  options = strict.options(options, {seed = "integer", seconds = "number", memory_mb = "integer",
    output_mb = "integer", rows = "integer"}, "recipe")
  local entry, problem = shelf.find(name, {store = store})
  if not entry then fail(problem) end
  local uses, granted = agreed(entry)
  local outcome
  outcome, problem = job.run(entry, params or {}, {store = store, seed = options.seed,
    limits = options, uses = uses, permissions = granted})
  if not outcome then fail(problem) end
  if outcome.problem then fail(outcome.problem) end
  return printable(entry, outcome, store)
end

return call
