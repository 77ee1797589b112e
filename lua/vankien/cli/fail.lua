-- From an error to what standard error says and the exit code that goes with it.

local err = require "vankien.util.err"

local fail = {}

--- Exit codes by error code; `vankien help` lists them.
fail.codes = {
  usage = 2, bad_input = 2, unknown_name = 2, ambiguous = 2, refused = 3, not_found = 4,
  integrity = 5, time = 124, interrupted = 130,
}

--- The exit code of an error.
--- Shape: any value -> integer.
--- Units: none.
--- Errors: none.
--- Source: own; 128 + signal for an interrupt, as shells have it.
---@param problem any
---@return integer
function fail.code(problem)
  return err.is(problem) and fail.codes[problem.code] or 1
end

--- An error as text for people: message, place, hint; nothing that a terminal would obey.
--- Shape: any value -> string that ends in a line end.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param problem any
---@return string
function fail.text(problem)
  local harmless = require "vankien.report.visible".text
  return harmless("vankien: " .. tostring(problem)) .. "\n"
end

--- Say an error on standard error and give its exit code.
--- Shape: any value -> integer.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param problem any
---@return integer
function fail.report(problem)
  io.stdout:flush()
  io.stderr:write(fail.text(problem))
  return fail.code(problem)
end

return fail
