-- `vankien recipe trust`: let a recipe have what it asks for, by the hash of its text.

local consent = require "vankien.recipe.consent"
local err = require "vankien.util.err"
local life = require "vankien.cli.recipe_life"
local permissions = require "vankien.recipe.permissions"
local report = require "vankien.report"
local trust = require "vankien.recipe.trust"

local command = {
  usage = "[NAME|FILE [HASH]] [--mine | --forget] [--format F]",
  operands = {min = 0, max = 2, what = "a recipe, and the first digits of its hash"},
  description = [[Without a recipe: lists what was decided. With one: shows what it is and what it
    wants, and trusts this text when the first eight digits of its hash are given, here or at the
    question. A trusted recipe runs in the jail as every other; it gets what it asks for beyond
    the default, and is not asked about. One byte changed, and it is asked about again.]],
  options = {
    {name = "mine", help = "the file is one's own: its text may change, what it wants may not"},
    {name = "forget", help = "take back what was decided on this text"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print the list"},
  },
  examples = {
    {"vankien recipe trust", "what was decided"},
    {"vankien recipe trust participation-shift --forget", "take it back"},
  },
}

local COLUMNS = {"verdict", "name", "version", "permissions", "on", "path", "hash"}

local function print_list(context, format)
  local rows = {}
  for i, record in ipairs(life.must(trust.list())) do
    rows[i] = {
      verdict = record.verdict, name = record.name, version = record.version, on = record.on,
      path = record.path, hash = record.hash,
      permissions = permissions.line(permissions.of {permissions = record.permissions}),
    }
  end
  context:print_rows(rows, COLUMNS, format)
  return 0
end

local function ask_digits(entry)
  if not life.attended() then
    err.raise("refused", ("%s is not trusted without the first digits of its hash"):format(
      entry.name), {hint = ("after reading it: vankien recipe trust %s %s"):format(
      entry.shelf == "file" and entry.path or entry.name, entry.hash:sub(1, 8))})
  end
  return consent.console().ask "to trust it type the first eight digits of its hash: " or ""
end

local function decide(entry, digits, options, context)
  if options.forget then
    life.must(trust.set(entry, "forgotten"))
    context.say("%s is forgotten: it will be asked about", entry.name)
    return 0
  end
  context.say("%s", consent.card(entry))
  life.check_digits(entry, digits or ask_digits(entry))
  life.must(trust.set(entry, options.mine and "yours" or "trusted"))
  context.say("%s is %s", entry.name, options.mine and "yours" or "trusted")
  return 0
end

function command.run(options, operands, context)
  if options.mine and options.forget then
    err.raise("usage", "--mine and --forget do not go together")
  end
  if not operands[1] then
    if options.mine or options.forget then err.raise("usage", "which recipe?") end
    return print_list(context, options.format)
  end
  local entry = life.find(operands[1], context)
  if entry.shelf == "program" then
    context.say("%s comes with the program: there is nothing to decide", entry.name)
    return 0
  end
  return decide(entry, operands[2], options, context)
end

return command
