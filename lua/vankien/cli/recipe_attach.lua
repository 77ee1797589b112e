-- `vankien recipe attach`: a recipe into the store, so that one file carries data and method.

local attached = require "vankien.recipe.attached"
local life = require "vankien.cli.recipe_life"
local signature = require "vankien.recipe.signature"

local command = {
  usage = "NAME|FILE [--replace]",
  operands = {min = 1, max = 1, what = "a recipe: its name, or the path of its file"},
  description = [[Puts the text of a recipe into the store, with its hash, as evidence that
    `vankien doctor` checks. Whoever has the store finds it on the shelf “store” and runs it as
    any recipe of others: in the jail, asked about at first.]],
  options = {
    {name = "replace", help = "put it in the place of another text under this name"},
  },
  examples = {
    {"vankien recipe attach participation-shift", "data and method in one file"},
  },
}

function command.run(options, operands, context)
  local entry = life.find(operands[1], context)
  entry.signature = signature.beside(entry)
  local store = context:open "write"
  local done = life.must(attached.attach(store, entry, {replace = options.replace}))
  context.say("%s %s: %s, %s", entry.name, entry.version, done, store:path())
  return 0
end

return command
