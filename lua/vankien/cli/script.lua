-- What `run`, `-e`, `-` and piped input share: the script's globals, `arg`, and how it ends.

local err = require "vankien.util.err"
local runner = require "vankien.runner"

local script = {}

--- The globals of a script, with its `arg`.
--- Shape: context, name of the script, list of its words -> environment.
--- Units: none.
--- Errors: none; the store opens when it is first used.
--- Source: own.
---@param context table
---@param name string
---@param words string[]
---@return table env
function script.environment(context, name, words)
  local arg = {[0] = name}
  for i, word in ipairs(words) do arg[i] = word end
  local env = require "vankien.env".new {store = context.store_path, arg = arg}
  require "vankien.repl.globals".add(env, function() return context:screen() end)
  return env
end

-- Code by which os.exit-like values leave: an interrupt is 130, an error of ours has its own.
local function exit_code(value)
  if err.is(value) and value.code == "interrupted" then return 130 end
  return 1
end

--- Say what went wrong in a script.
--- Shape: failure of runner.call -> exit code.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param failure table
---@return integer
function script.failed(failure)
  io.stdout:flush()
  local code = exit_code(failure.value)
  if code == 130 then
    io.stderr:write "vankien: interrupted\n"
  else
    local harmless = require "vankien.report.visible".text
    local text = require "vankien.runner.trace".explain(failure)
    io.stderr:write("vankien: ", harmless(text))
  end
  return code
end

--- Run a compiled script.
--- Shape: function, words, {code=, code_name=} for messages -> exit code, results.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param chunk function
---@param words string[]
---@param source? table
---@return integer code
---@return table results packed
function script.call(chunk, words, source)
  local results = table.pack(runner.call(chunk, table.unpack(words)))
  if results[1] then return 0, table.pack(table.unpack(results, 2, results.n)) end
  local failure = results[2]
  if source then failure.code, failure.code_name = source.code, source.code_name end
  return script.failed(failure), {n = 0}
end

return script
