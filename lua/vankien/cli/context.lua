-- What every command is handed: the store it works on, and how to print.

local context = {}

local Context = {}
Context.__index = Context

--- A context for one run of a command.
--- Shape: {store = path or nil} -> context.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param given table
---@return table
function context.new(given)
  return setmetatable({store_path = given.store, say = context.say}, Context)
end

--- Open the store of this run; it closes when the program ends.
--- Shape: mode ("read", "write") -> store.
--- Units: none.
--- Errors: raises what opening raises or returns.
--- Source: own.
---@param mode? string
---@return table store
function Context:open(mode)
  local store, problem = require "vankien".open(self.store_path, {mode = mode or "read"})
  if not store then error(problem, 0) end
  return store
end

--- What standard output can show.
--- Shape: nothing -> screen (see report/screen.lua).
--- Units: columns.
--- Errors: none.
--- Source: own.
---@return table
function Context:screen()
  self.known_screen = self.known_screen or require "vankien.report.screen".of(1)
  return self.known_screen
end

--- Print rows to standard output.
--- Shape: rows, columns, format, options beside the screen's -> nothing.
--- Units: none.
--- Errors: raises usage for an unknown format.
--- Source: own.
---@param rows table[]
---@param columns? (string|table)[]
---@param format? string
---@param extra? table
function Context:print_rows(rows, columns, format, extra)
  local options = setmetatable(extra or {}, {__index = self:screen()})
  io.stdout:write(require "vankien.report".rows(rows, columns, format, options))
end

--- Print a result of analysis: data to standard output, what goes beside it to standard error.
--- Shape: result, format, options beside the screen's -> nothing.
--- Units: none.
--- Errors: raises usage for an unknown format.
--- Source: own.
---@param result table
---@param format? string
---@param extra? table
function Context:print_result(result, format, extra)
  local options = setmetatable(extra or {}, {__index = self:screen()})
  local data, talk = require "vankien.report".result(result, format, options)
  io.stdout:write(data)
  io.stdout:flush()
  io.stderr:write(talk)
end

--- Say something to the person, never mixed with data.
--- Shape: format, values -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param pattern string
---@param ... any
function context.say(pattern, ...)
  local visible = require "vankien.report.visible"
  io.stderr:write(visible.text(pattern:format(...)), "\n")
end

return context
