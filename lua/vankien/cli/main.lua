-- The program's entry: global options, which command, and one place where errors end.
-- Starting a script must stay cheap: nothing is loaded here before it is needed.

local err = require "vankien.util.err"
local options = require "vankien.cli.options"

local main = {}

-- What stands before the command.  `-e CODE` and `-` are commands without a name.
local PROGRAM = {
  name = "", title = "vankien", stops = true, operands = {min = 0, what = "a command"},
  options = {
    {name = "store", value = "FILE",
      help = "the store to use (else $VANKIEN_STORE, else the embedded default)"},
    {name = "version", short = "V", help = "print the version"},
  },
}

local function is_file(word)
  local sys = require "vankien.host.sys"
  local stat = sys.stat(word)
  return stat and stat.kind ~= "dir"
end

local function unknown_command(word)
  if require "vankien.host.sys".stat(word) then
    return nil, err.new("usage", ("%s is a folder, not a script"):format(word))
  end
  local commands = require "vankien.cli.commands"
  if word:find "[/.]" then
    return nil, err.new("not_found", ("no file %s"):format(word),
      {hint = "vankien FILE runs a script; vankien help lists the commands"})
  end
  return nil, err.new("usage", ("unknown command %q"):format(word), {
    hint = require "vankien.util.suggest".phrase(word, commands.names())
      or "vankien help lists the commands",
  })
end

-- The command that words from `at` on ask for, and where its own words begin.
local function choose(argv, at)
  local word = argv[at]
  if word == "-" then return require "vankien.cli.eval", at end
  if word then
    local command = require "vankien.cli.commands".find(word)
    if command then return command, at + 1 end
    if is_file(word) then return require "vankien.cli.run", at end
    return unknown_command(word)
  end
  if require "vankien.host.sys".isatty(0) then return require "vankien.cli.repl", at end
  return require "vankien.cli.eval", at
end

local function run(command, argv, at, given)
  local chosen, operands = options.parse(command, argv, at)
  if not chosen then error(operands, 0) end
  if chosen.help then
    io.stdout:write(require "vankien.cli.help".text(command))
    return 0
  end
  local context = require "vankien.cli.context".new {store = given.store}
  return command.run(chosen, operands, context) or 0
end

-- Options before the command end at the first word that is none, and at -e.
local function split(argv)
  local at = 1
  while argv[at] and argv[at]:sub(1, 1) == "-" and argv[at] ~= "-" and argv[at]:sub(1, 2) ~= "-e" do
    at = at + (argv[at] == "--store" and 2 or 1)
  end
  return table.move(argv, 1, at - 1, 1, {}), at
end

local function dispatch(argv)
  local before, at = split(argv)
  local given, problem = options.parse(PROGRAM, before)
  if not given then error(problem, 0) end
  if given.help or given.version then
    local name = given.help and "help" or "version"
    given.help = nil
    return run(require "vankien.cli.commands".find(name), argv, at, given)
  end
  if argv[at] and argv[at]:sub(1, 2) == "-e" then
    return run(require "vankien.cli.eval", argv, at, given)
  end
  local command, after = choose(argv, at)
  if not command then error(after, 0) end
  return run(command, argv, after, given)
end

-- An error that is not one of ours, and not of a file that a person wrote, is a bug: show where.
local function with_trace(problem)
  if err.is(problem) then
    if problem.code == "interrupted" then require "vankien.host.sys".interrupted() end
    return problem
  end
  local place, message = tostring(problem):match "^([^\n]-:%d+): (.*)$"
  if place and not place:find "^vankien/" then
    return err.new("internal", message, {place = place})
  end
  return err.new("internal", tostring(problem), {hint = debug.traceback("this is a bug", 2)})
end

--- Run the program.
--- Shape: list of words, without the program's name -> exit code.
--- Units: none.
--- Errors: none; they become a message on standard error and an exit code.
--- Source: own.
---@param argv string[]
---@return integer
function main.main(argv)
  local ok, code = xpcall(dispatch, with_trace, argv)
  if not ok then code = require "vankien.cli.fail".report(code) end
  io.stdout:flush()
  return code
end

return main
