-- `vankien recipe remove`: installed recipes off the own shelf.

local installed = require "vankien.recipe.installed"
local life = require "vankien.cli.recipe_life"

local command = {
  usage = "NAME… [--force]",
  operands = {min = 1, what = "names of recipes of one's own"},
  description = [[Removes the file of each recipe from the own folder, with its signature and the
    note of where it came from. One that another recipe there uses stays, unless --force.]],
  options = {
    {name = "force", help = "also when another recipe uses it"},
  },
  examples = {
    {"vankien recipe remove colleague-question", "one that was installed"},
  },
}

function command.run(options, operands, context)
  for _, name in ipairs(operands) do
    life.must(installed.remove(name, {force = options.force}))
    context.say("%s is removed", name)
  end
  return 0
end

return command
