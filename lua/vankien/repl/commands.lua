-- Dot commands of the REPL.  A new one: a line in `commands`, with its help.

local err = require "vankien.util.err"
local report = require "vankien.report"
local suggest = require "vankien.util.suggest"

local dot = {}

local commands = {}

local function names()
  return require "vankien.util.list".sorted_keys(commands)
end

commands.help = {help = "this list", run = function()
  local out = {"An expression is printed; any Lua runs. Ctrl-C returns here, Ctrl-D leaves.\n\n"}
  for _, name in ipairs(names()) do
    local command = commands[name]
    local left = "." .. name .. (command.value and " " .. command.value or "")
    out[#out + 1] = ("  %-16s %s\n"):format(left, command.help)
  end
  return table.concat(out)
end}

commands.quit = {help = "leave, as Ctrl-D", run = function(session)
  session.done = true
  return ""
end}

commands.mode = {value = "FORMAT", help = "print as " .. table.concat(report.formats, ", "),
  run = function(session, words)
    if words[1] then
      local format, problem = report.format(words[1])
      if not format then error(problem, 0) end
      session.format = words[1]
    end
    return "mode: " .. session.format .. "\n"
  end}

commands.tables = {help = "the collections, and how many rows each has", run = function(session)
  local query, rows = require "vankien.query", {}
  for _, name in ipairs(query.names(session.env.store)) do
    rows[#rows + 1] = {table = name, rows = session.env.store:collection(name):count()}
  end
  return report.rows(rows, {"table", "rows"}, "table", session.screen())
end}

commands.schema = {value = "TABLE", help = "the columns of a collection",
  run = function(session, words)
    if not words[1] then
      err.raise("usage", ".schema wants a table", {hint = ".tables lists them"})
    end
    local columns = session.env.store:collection(words[1]):columns()
    return table.concat(columns, "\n") .. "\n"
  end}

commands.last = {help = "the last value again, all of it", run = function(session)
  if not session.has_last then return "nothing was printed yet\n" end
  return session.print(session.last, {limit = false})
end}

commands.traceback = {help = "the last error with all its frames", run = function(session)
  if not session.failure then return "no error yet\n" end
  return require "vankien.runner.trace".explain(session.failure)
end}

--- Is this entry a dot command?
--- Shape: text -> boolean.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param text string
---@return boolean
function dot.is(text)
  return text:find "^%s*%.[%a]" ~= nil
end

--- Run a dot command.
--- Shape: session, text -> what to print.
--- Units: none.
--- Errors: raises usage with the nearest command for an unknown one.
--- Source: own.
---@param session table
---@param text string
---@return string
function dot.run(session, text)
  local name, rest = text:match "^%s*%.(%a+)%s*(.-)%s*$"
  local command = commands[name]
  if not command then
    local near = suggest.nearest(name, names(), 1)[1]
    err.raise("usage", ("no command .%s"):format(name),
      {hint = near and ("did you mean .%s?"):format(near) or ".help lists them"})
  end
  local words = {}
  for word in rest:gmatch "%S+" do words[#words + 1] = word end
  if #words > (command.value and 1 or 0) then
    err.raise("usage", (".%s does not take %q"):format(name, words[#words]))
  end
  return command.run(session, words)
end

return dot
