-- `vankien run FILE`: a script with the store's tables as globals.

local script = require "vankien.cli.script"
local runner = require "vankien.runner"

local run = {
  usage = "FILE [ARG…]",
  stops = true,
  operands = {min = 1, what = "a script"},
  options = {},
  description = [[FILE is Lua; `-` is standard input. The tables of the store (documents,
    directives, resolutions, …), shift, kwic and the conditions of queries are globals; `arg`
    and `...` hold the words after FILE. `vankien FILE` does the same, so a script may begin
    with #!/usr/bin/env vankien.]],
  examples = {
    {"vankien run question.lua XIII", "runs question.lua; arg[1] is XIII"},
  },
}

function run.run(_, operands, context)
  local path = operands[1]
  local words = table.move(operands, 2, #operands, 1, {})
  local env = script.environment(context, path, words)
  local chunk, problem = runner.load_file(path ~= "-" and path or nil, env)
  if not chunk then
    if problem.code == "bad_input" then return script.failed {value = problem, frames = {}} end
    error(problem, 0)
  end
  return (script.call(chunk, words))
end

return run
