-- `vankien recipe deny`: a recipe that is never to run here.

local err = require "vankien.util.err"
local life = require "vankien.cli.recipe_life"
local trust = require "vankien.recipe.trust"

local command = {
  usage = "NAME|FILE",
  operands = {min = 1, max = 1, what = "a recipe: its name, or the path of its file"},
  description = [[This text never runs here, asked for or used by another recipe. Another text of
    the same name is asked about, with what changed; without a terminal it does not run either.
    `vankien recipe trust NAME --forget` takes it back.]],
  options = {},
  examples = {
    {"vankien recipe deny ./somebody.lua", "never run this text"},
  },
}

function command.run(_, operands, context)
  local entry = life.find(operands[1], context)
  if entry.shelf == "program" then
    err.raise("refused", entry.name .. " comes with the program and cannot be denied")
  end
  life.must(trust.set(entry, "denied"))
  context.say("%s %s is denied: it does not run here", entry.name, entry.version)
  return 0
end

return command
