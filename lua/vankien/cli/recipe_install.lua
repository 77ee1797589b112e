-- `vankien recipe install`: recipes of others onto one's own shelf.

local compare = require "vankien.recipe.compare"
local install = require "vankien.recipe.install"
local life = require "vankien.cli.recipe_life"
local list = require "vankien.util.list"
local report = require "vankien.report"
local shelf = require "vankien.recipe.shelf"
local signature = require "vankien.recipe.signature"

local command = {
  usage = "FILE|FOLDER|git+URL@REVISION [--replace] [--dry-run] [--format F]",
  operands = {min = 1, max = 1, what = "a file, a bundle, a folder, or git+URL@REVISION"},
  description = [[Puts recipes into the own folder: all of the source, or none. Refused is what is
    no readable recipe, a link, a pipe or a device, what is longer than 1 MB, a signature that
    does not fit, and a name that another file has already (unless --replace). Git is asked by
    https, ssh or file for one revision; nothing of the repository is run. Being installed gives
    a recipe no trust: it is asked about when it first runs.]],
  options = {
    {name = "replace", help = "put it in the place of another version that is there"},
    {name = "dry-run", help = "only say what would be done"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print what is installed"},
  },
  examples = {
    {"vankien recipe install colleague.lua --dry-run", "what it is, and what it wants"},
    {"vankien recipe install colleague.lua", "put it on the shelf"},
  },
}

local COLUMNS = {"action", "name", "version", "permissions", "authors", "signature", "hash"}

-- What will be found under a name from now on is another recipe than before.
local function say_hidden(steps, entries, context)
  local others = {}
  for _, entry in ipairs(entries) do
    if entry.shelf ~= "own" then others[entry.name] = others[entry.name] or entry end
  end
  for _, step in ipairs(steps) do
    local other = others[step.entry.name]
    if other then context.say("note: it hides %s (%s)", other.path, other.shelf) end
  end
end

-- Recipes that are used and are neither there nor in the plan.
local function missing_uses(steps, entries)
  local known, missing = {}, {}
  for _, entry in ipairs(entries) do known[entry.name] = true end
  for _, step in ipairs(steps) do known[step.entry.name] = true end
  for _, step in ipairs(steps) do
    for name in pairs(step.entry.meta.uses) do
      if not known[name] then missing[name] = true end
    end
  end
  return list.sorted_keys(missing)
end

--- Print what a plan does, with the changes of what is replaced.
--- Shape: plan of install.plan, context, format -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param steps table
---@param context table
---@param format string
function command.show(steps, context, format)
  local rows = list.map(steps, function(step)
    local row = life.row(step.entry)
    row.action = step.action
    row.signature = signature.sentence(step.signature, step.signature_problem)
    return row
  end)
  context:print_rows(rows, COLUMNS, format)
  if format ~= "table" then return end
  for _, step in ipairs(steps) do
    if step.changes then
      life.print(("\n%s\n%s"):format(step.entry.name, compare.text(step.changes)))
    end
  end
end

--- Do what a plan says, and tell.
--- Shape: plan, options with "dry-run", context -> exit code.
--- Units: none.
--- Errors: raises what install.apply returns.
--- Source: own.
---@param steps table
---@param options table
---@param context table
function command.carry_out(steps, options, context)
  local entries = shelf.list()
  say_hidden(steps, entries, context)
  for _, name in ipairs(missing_uses(steps, entries)) do
    context.say("note: the recipe %s is used and is on no shelf", name)
  end
  if options["dry-run"] then return 0 end
  life.must(install.apply(steps))
  return 0
end

function command.run(options, operands, context)
  local steps, wrong = install.plan(operands[1], {replace = options.replace})
  if not steps then life.raise(wrong, operands[1]) end
  command.show(steps, context, options.format)
  return command.carry_out(steps, options, context)
end

return command
