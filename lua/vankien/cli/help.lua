-- Help, made from the descriptions that the commands are parsed with.

local err = require "vankien.util.err"
local options = require "vankien.cli.options"
local suggest = require "vankien.util.suggest"

local help = {
  operands = {min = 0, max = 2, what = "a command"}, usage = "[COMMAND [SUBCOMMAND]] [--as FORM]",
  options = {
    {name = "as", value = "FORM", choices = {"text", "markdown", "man"}, default = "text",
      help = "text; the whole manual in Markdown; or the page for man"},
  },
}

help.examples = {
  {"vankien help shift", "how the ladder is counted"},
}

local OUTLINE = [[
vankien: ask Vietnamese policy documents questions, in Lua.

usage: vankien [--store FILE] COMMAND …
       vankien [--store FILE] FILE [ARG…]      run a script
       vankien [--store FILE] -e CODE [ARG…]   run a line; an expression is printed
       vankien [--store FILE] -                run standard input

commands:
%s
`vankien help COMMAND` explains one; `vankien help --as markdown` prints the whole manual.

options:
  --store FILE   the store to use (else $VANKIEN_STORE, else the embedded default)
  -h, --help     show this help
  -V, --version  print the version

examples:
%s
exit codes: 0 done, 1 error in a script or in the system, 2 wrong usage or input,
  3 refused, 4 not found, 5 damaged store or changed result, 124 out of time, 130 interrupted
]]

-- Examples of the program as a whole; a spec runs each of them.
help.program_examples = {
  {[[vankien -e 'directives["25-CT/TW"].title']], "one value"},
  {[[vankien -e 'resolutions:where{ issuer = "Bộ Chính trị" }:order("issued")']], "one question"},
  {[[vankien shift --by congress]], "the ladder of the store's stance terms"},
}

local function wrapped(text, indent, width)
  local cell = require "vankien.report.cell"
  return table.concat(cell.wrap(text, width - indent), "\n" .. (" "):rep(indent))
end

local function left_side(option)
  local name = (option.short and "-" .. option.short .. ", " or "") .. "--" .. option.name
  return option.value and name .. " " .. option.value or name
end

local function help_of(option)
  local text = option.help
  local choices = options.choices(option)
  if choices then text = text .. ": " .. table.concat(choices, ", ") end
  local default = option.default
  if default == nil then default = option.shown_default end
  if default ~= nil then text = text .. " (default: " .. tostring(default) .. ")" end
  if option.many then text = text .. "; may be repeated" end
  return text
end

local function option_lines(given)
  local list = table.move(given or {}, 1, #(given or {}), 1, {})
  list[#list + 1] = {name = "help", short = "h", help = "show this help"}
  local widest, out = 0, {}
  for _, option in ipairs(list) do widest = math.max(widest, #left_side(option)) end
  for i, option in ipairs(list) do
    local left = left_side(option)
    out[i] = "  " .. left .. (" "):rep(widest - #left + 2)
      .. wrapped(help_of(option), widest + 4, 96) .. "\n"
  end
  return table.concat(out)
end

local function example_lines(examples)
  local out = {}
  for i, example in ipairs(examples) do
    out[i] = "  " .. example[1] .. "\n      " .. example[2] .. "\n"
  end
  return table.concat(out)
end

local function command_lines(entries)
  local lines = {}
  for i, entry in ipairs(entries) do
    lines[i] = ("  %-10s  %s\n"):format(entry.name, entry.summary)
  end
  return table.concat(lines)
end

local function outline()
  local commands = require "vankien.cli.commands"
  return OUTLINE:format(command_lines(commands), example_lines(help.program_examples))
end

--- The help of a command.
--- Shape: command -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param command table
---@return string
function help.text(command)
  if command == help then return outline() end
  local name = command.name and command.name ~= "" and command.name .. " " or ""
  local usage = ("vankien [--store FILE] %s%s"):format(name, command.usage or "")
  local parts = {("vankien %s- %s\n\nusage: %s\n"):format(name, command.summary,
    wrapped(usage, 7, 100))}
  if command.description then
    parts[#parts + 1] = "\n" .. wrapped(command.description:gsub("%s+", " "), 0, 96) .. "\n"
  end
  if command.subcommands then
    parts[#parts + 1] = ("\nsubcommands:\n%s`vankien help %s SUBCOMMAND` explains one.\n"):format(
      command_lines(command.subcommands), command.name)
  end
  parts[#parts + 1] = "\noptions:\n" .. option_lines(command.options)
  if command.examples and #command.examples > 0 then
    parts[#parts + 1] = "\nexamples:\n" .. example_lines(command.examples)
  end
  return table.concat(parts)
end

-- The chapters of the manual that are made from descriptions: the command line and the prompt.
local function chapters()
  local commands = require "vankien.cli.commands"
  local out = {"## Command line\n\n```\n" .. outline() .. "```\n"}
  for _, command in ipairs(commands.every()) do
    out[#out + 1] = ("### vankien %s\n\n```\n%s```\n"):format(command.name, help.text(command))
  end
  local dot = require "vankien.repl.commands"
  out[#out + 1] = "## Commands of the prompt\n"
  for _, name in ipairs(dot.names()) do
    local command = dot.all()[name]
    out[#out + 1] = ("* `.%s%s`: %s"):format(name, command.value and " " .. command.value or "",
      command.help)
  end
  out[#out + 1] = ""
  return out
end

local writers = {}

function writers.markdown(context)
  return require "vankien.manual.pages".markdown(context:open(), chapters())
end

function writers.man()
  return require "vankien.manual.pages".man(require "vankien.util.version".text, outline(),
    require "vankien.cli.commands".every())
end

local function no_command(word, entries, hint)
  local names = {}
  for i, entry in ipairs(entries) do names[i] = entry.name end
  error(err.new("usage", ("no command %q"):format(word),
    {hint = suggest.phrase(word, names) or hint}), 0)
end

local function asked_for(operands)
  local commands = require "vankien.cli.commands"
  local name, sub = operands[1], operands[2]
  local command = commands.find(name)
  if not command then no_command(name, commands, "vankien help lists the commands") end
  if not sub then return command end
  return commands.sub(command, sub)
    or no_command(name .. " " .. sub, command.subcommands or {}, "vankien help " .. name)
end

function help.run(given, operands, context)
  local writer = writers[given.as]
  if writer then
    io.stdout:write(writer(context))
    return 0
  end
  if not operands[1] then
    io.stdout:write(outline())
    return 0
  end
  io.stdout:write(help.text(asked_for(operands)))
  return 0
end

return help
