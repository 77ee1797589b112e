-- Loading and running a person's Lua: files, lines and entries of the REPL.  Here user code is
-- called, protected; what went wrong comes back as a failure that trace.lua can explain.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local sys = require "vankien.host.sys"
local trace = lazy.module "vankien.runner.trace"

local runner = {}

-- An expression is handed to a function, not returned from a tail call: so the frame of the
-- person's code still stands when something goes wrong in what it calls.
local function same(...) return ... end

local function syntax_error(message, path)
  local place, what = message:match "^(.-:%d+): (.*)$"
  return err.new("bad_input", what or message, {place = place or path})
end

--- Compile a file, or standard input.  Text only; a first line that begins with # is left out.
--- Shape: path or nil, environment -> function | nil, err.
--- Units: none.
--- Errors: nil, not_found when there is no such file; nil, bad_input for a syntax error.
--- Source: own.
---@param path string|nil
---@param env table
---@return function?
---@return table? err
function runner.load_file(path, env)
  local chunk, message = loadfile(path, "t", env)
  if chunk then return chunk end
  if message:find "^cannot open " or message:find "^cannot read " then
    return nil, err.new(message:find "No such file" and "not_found" or "io", message)
  end
  return nil, syntax_error(message, path)
end

--- Compile a text.
--- Shape: text, chunk name, environment -> function | nil, err.
--- Units: none.
--- Errors: nil, bad_input for a syntax error.
--- Source: own.
---@param code string
---@param name string as `load` wants it: "=name" or "@file"
---@param env table
---@return function?
---@return table? err
function runner.load_code(code, name, env)
  local chunk, message = load(code, name, "t", env)
  if chunk then return chunk end
  return nil, syntax_error(message)
end

--- Compile an expression as the argument of a call.
--- Shape: text, function("(text)") -> what it returns, the first time that is not nil.
--- Units: none.
--- Errors: none.
--- Source: own; the closing bracket goes on a line of its own only after a comment, because an
---   error in the expression has the line on which the call ends.
---@param code string
---@param compile fun(argument: string): function?
---@return function?
function runner.as_argument(code, compile)
  local bare = code:gsub("[%s;]+$", "")
  return compile("(" .. bare .. ")") or compile("(" .. bare .. "\n)")
end

--- Compile a text as an expression when it is one, else as statements.
--- Shape: text, chunk name, environment -> function, is_expression | nil, err.
--- Units: none.
--- Errors: nil, bad_input for a syntax error of the statements.
--- Source: as Lua's own interpreter reads a line.
---@param code string
---@param name string
---@param env table
---@return function?
---@return boolean|table is_expression or err
function runner.load_line(code, name, env)
  local plain = load("return " .. code, name, "t", env)
  if plain then
    local called = runner.as_argument(code, function(argument)
      return load("local same = ...; return function(...) return same" .. argument .. " end", name,
        "t", env)
    end)
    return called and called(same) or plain, true
  end
  local chunk, problem = runner.load_code(code, name, env)
  if not chunk then return nil, problem end
  return chunk, false
end

--- Is this error a Ctrl-C?  Says so once: after that the program goes on.
--- Shape: any value -> boolean.
--- Units: none.
--- Errors: none.
--- Source: own.  An interrupt is raised again at every step until it is cleared, so that no
---   pcall of a script can swallow it; message handlers are where it may be cleared.
---@param value any
---@return boolean
function runner.take_interrupt(value)
  if not (err.is(value) and value.code == "interrupted") then return false end
  sys.interrupted()
  return true
end

-- Runs where the error was raised, so that the stack can still be read.
local function failed(value)
  if runner.take_interrupt(value) then return {value = value, frames = {}} end
  return {value = value, frames = trace.frames(2), full = debug.traceback("all frames:", 2)}
end

--- Call a person's function.
--- Shape: function, arguments -> true, results | false, failure = {value, frames}.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param fn function
---@param ... any
---@return boolean
---@return any
function runner.call(fn, ...)
  return xpcall(fn, failed, ...)
end

return runner
