-- `vankien recipe diff`: what one recipe may do and says that another does not.

local compare = require "vankien.recipe.compare"
local life = require "vankien.cli.recipe_life"

local command = {
  usage = "NAME|FILE NAME|FILE",
  operands = {min = 2, max = 2, what = "two recipes: names, or paths of files"},
  description = [[Permissions first, then authors, version, what it uses, parameters and the rest of
    the metadata, then the lines. Nothing on standard output: they are the same.]],
  options = {},
  examples = {
    {"vankien recipe diff participation-shift first-attestations", "two of the program's"},
  },
}

function command.run(_, operands, context)
  local a, b = life.find(operands[1], context), life.find(operands[2], context)
  local changes = compare.of(a, b)
  life.print(compare.text(changes))
  if #changes == 0 then context.say("%s and %s are the same", operands[1], operands[2]) end
  return 0
end

return command
