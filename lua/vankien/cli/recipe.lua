-- `vankien recipe SUBCOMMAND`: questions as files that can be handed on.
-- A new subcommand: write lua/vankien/cli/recipe_NAME.lua, then add its line here.

local err = require "vankien.util.err"
local options = require "vankien.cli.options"
local suggest = require "vankien.util.suggest"

local recipe = {
  usage = "SUBCOMMAND …",
  stops = true,
  operands = {min = 1, what = "a subcommand: vankien help recipe lists them"},
  options = {},
  description = [[A recipe is one Lua file with a question in it: what it asks for, what it gives
    back, a fixture, tests. Every recipe runs in a process of its own, which can read the store
    and nothing else. Recipes are found in the own folder ($XDG_DATA_HOME/vankien/recipes), in
    the folders of $VANKIEN_RECIPES, in the store, and in the program.]],
  subcommands = {
    {name = "new", summary = "write the beginning of a recipe"},
    {name = "list", summary = "name the recipes that can be found"},
    {name = "show", summary = "explain a recipe, with a sample of what it gives"},
    {name = "run", summary = "run a recipe"},
    {name = "test", summary = "run the tests of recipes"},
    {name = "lint", summary = "say what could be better in a recipe"},
    {name = "replay", summary = "run a recorded run again: same, or changed by what"},
    {name = "pack", summary = "write a recipe and all it uses as one file"},
    {name = "install", summary = "put recipes of others on one's own shelf"},
    {name = "update", summary = "read installed recipes anew from where they came from"},
    {name = "remove", summary = "take recipes off one's own shelf"},
    {name = "verify", summary = "compare installed recipes with what was written down"},
    {name = "trust", summary = "let a recipe have what it asks for; list what was decided"},
    {name = "deny", summary = "never run a recipe"},
    {name = "diff", summary = "say how two recipes differ, permissions first"},
    {name = "attach", summary = "put a recipe into the store"},
    {name = "detach", summary = "take a recipe out of the store"},
  },
  examples = {
    {"vankien recipe list", "the recipes there are"},
    {"vankien recipe run participation-shift --by year", "run one of them"},
  },
}

local function names()
  local out = {}
  for i, entry in ipairs(recipe.subcommands) do out[i] = entry.name end
  return out
end

function recipe.run(_, operands, context)
  local subcommand = require "vankien.cli.commands".sub(recipe, operands[1])
  if not subcommand then
    error(err.new("usage", ("recipe has no subcommand %q"):format(operands[1]), {
      hint = suggest.phrase(operands[1], names()) or "vankien help recipe lists them",
    }), 0)
  end
  local given, rest = options.parse(subcommand, operands, 2)
  if not given then error(rest, 0) end
  if given.help and not subcommand.helps then
    io.stdout:write(require "vankien.cli.help".text(subcommand))
    return 0
  end
  return subcommand.run(given, rest, context)
end

return recipe
