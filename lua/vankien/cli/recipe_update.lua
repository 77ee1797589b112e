-- `vankien recipe update`: installed recipes, read anew from where they came from.

local install = require "vankien.cli.recipe_install"
local installed = require "vankien.recipe.installed"
local life = require "vankien.cli.recipe_life"
local list = require "vankien.util.list"
local report = require "vankien.report"

local command = {
  usage = "[NAME…] [--dry-run] [--format F]",
  operands = {min = 0, what = "names of installed recipes"},
  description = [[Reads the file, the bundle, the folder or the git revision again that each recipe
    was installed from (all of them when none is named), shows what changed, and replaces what
    did: all of them, or none. Trust does not go over: what changed is asked about again.]],
  options = {
    {name = "dry-run", help = "only say what would be done"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print what is updated"},
  },
  examples = {
    {"vankien recipe update --dry-run", "what has changed at its source"},
  },
}

function command.run(options, operands, context)
  local steps, wrong = {}, {}
  for _, name in ipairs(#operands > 0 and operands or installed.names()) do
    local plan, problems = installed.update_plan(name)
    steps, wrong = list.concat(steps, plan or {}), list.concat(wrong, problems or {})
  end
  if #wrong > 0 then life.raise(wrong, "the update") end
  if #steps == 0 then
    context.say "no recipe is installed"
    return 0
  end
  install.show(steps, context, options.format)
  return install.carry_out(steps, options, context)
end

return command
