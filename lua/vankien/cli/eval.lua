-- `vankien -e CODE`, `vankien -`, and input from a pipe: a script without a file.  What it returns
-- is printed as the REPL would print it, and an expression returns itself.

local runner = require "vankien.runner"
local script = require "vankien.cli.script"

local eval = {
  name = "-e", title = "vankien -e", summary = "run a line of Lua",
  usage = "CODE [--format F] [ARG…]",
  stops = true,
  operands = {min = 0},
  options = {
    {name = "eval", short = "e", value = "CODE", only_short = true, may_be_empty = true,
      help = "the code; an expression is printed, and what a `return` gives"},
    {name = "format", value = "F", help = "how it is printed",
      choices = function() return require "vankien.report".formats end},
  },
}

local function print_values(values, format, context)
  local print_value = require "vankien.repl.print"
  local options = setmetatable({format = format}, {__index = context:screen()})
  for i = 1, values.n do
    if io.type(values[i]) == nil then
      local data, talk = print_value.text(values[i], options)
      io.stdout:write(data)
      io.stderr:write(talk or "")
    end
  end
end

-- A script from a pipe may begin with #!, as a file may.
local function without_shebang(code)
  return (code:gsub("^\u{FEFF}", ""):gsub("^#![^\n]*", ""))
end

function eval.run(options, operands, context)
  local code, name, words = options.eval, "(command line)", operands
  if not code then
    code, name = without_shebang(io.stdin:read "a" or ""), "stdin"
    words = table.move(operands, 2, #operands, 1, {})
  end
  local env = script.environment(context, options.eval and "-e" or "-", words)
  local chunk, problem = runner.load_line(code, "=" .. name, env)
  local source = {code = code, code_name = name}
  if not chunk then
    return script.failed {value = problem, frames = {}, code = code, code_name = name}
  end
  local exit, values = script.call(chunk, words, source)
  if exit == 0 and values.n > 0 then
    local ok, failure = runner.call(print_values, values, options.format, context)
    if not ok then return script.failed(failure) end
  end
  return exit
end

return eval
