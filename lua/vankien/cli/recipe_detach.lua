-- `vankien recipe detach`: a recipe out of the store.

local attached = require "vankien.recipe.attached"
local life = require "vankien.cli.recipe_life"

local command = {
  usage = "NAME",
  operands = {min = 1, max = 1, what = "the name of a recipe that the store carries"},
  description = [[Takes a recipe off the store. Other shelves keep it.]],
  options = {},
  examples = {
    {"vankien recipe detach participation-shift", "one that the store carries"},
  },
}

function command.run(_, operands, context)
  local store = context:open "write"
  life.must(attached.detach(store, operands[1]))
  context.say("%s is taken off %s", operands[1], store:path())
  return 0
end

return command
