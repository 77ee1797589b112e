-- `vankien recipe verify`: are recipes of the own shelf what was installed, and who signed them?

local installed = require "vankien.recipe.installed"
local life = require "vankien.cli.recipe_life"
local list = require "vankien.util.list"
local report = require "vankien.report"

local command = {
  usage = "[NAME…] [--format F]",
  operands = {min = 0, what = "names of recipes of one's own"},
  description = [[Compares each recipe of the own folder with the hash that was written down when it
    was installed, and checks its signature (NAME.lua.sig) with ssh-keygen: the key must be among
    $XDG_CONFIG_HOME/vankien/allowed_signers, and its owner an author of the recipe. Exit code 5
    when one was changed, is gone or broken, or has a signature that does not fit.]],
  options = {
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {"vankien recipe verify", "all of one's own"},
  },
}

local COLUMNS = {"state", "name", "version", "signature", "detail", "hash"}

function command.run(options, operands, context)
  local rows = life.must(installed.verify(operands))
  context:print_rows(rows, COLUMNS, options.format)
  local bad = list.filter(rows, function(row) return not row.good end)
  if #bad > 0 then context.say("%d of %d recipes are not as they should be", #bad, #rows) end
  return #bad > 0 and 5 or 0
end

return command
