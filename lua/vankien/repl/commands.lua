-- Dot commands of the REPL.  A new one: its entry in one of the groups below, with its help.
--
-- A command: {help=, value= (what it takes, in capitals; [X] may be left out), completes= (what
-- the value is: "mode", "table", "file", "command", "switch", "lua", "name"), shows = true
-- (its text may go to the pager and to files; else it is a message), run(session, rest) -> text}.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local suggest = require "vankien.util.suggest"

local dot = {}

local GROUPS = {
  "vankien.repl.commands_show", "vankien.repl.commands_store", "vankien.repl.commands_session",
}

local known

--- All commands by name.
--- Shape: nothing -> table.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return table<string, table>
function dot.all()
  if known then return known end
  known = {}
  for _, path in ipairs(GROUPS) do
    for name, command in pairs(require(path)) do known[name] = command end
  end
  return known
end

--- The names of all commands.
--- Shape: nothing -> sorted list.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return string[]
function dot.names()
  return list.sorted_keys(dot.all())
end

--- Is this entry a dot command, or a question (?name)?
--- Shape: text -> boolean.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param text string
---@return boolean
function dot.is(text)
  return text:find "^%s*%.[%a]" ~= nil or text:find "^%s*%?" ~= nil
end

local function unknown(name)
  local near = suggest.nearest(name, dot.names(), 1)[1]
  err.raise("usage", ("no command .%s"):format(name),
    {hint = near and ("did you mean .%s?"):format(near) or ".help lists them"})
end

local function check(name, command, rest)
  if rest ~= "" and not command.value then
    err.raise("usage", (".%s does not take %q"):format(name, rest))
  end
  if rest == "" and command.value and command.value:sub(1, 1) ~= "[" then
    err.raise("usage", (".%s wants %s"):format(name, command.value),
      {hint = command.example or (".help %s"):format(name)})
  end
end

--- Run a dot command.
--- Shape: session, text -> what to print, is it something to show (else a message).
--- Units: none.
--- Errors: raises usage with the nearest command for an unknown one.
--- Source: own.
---@param session table
---@param text string
---@return string
---@return boolean
function dot.run(session, text)
  local asked = text:match "^%s*%?%s*(.-)[%s;]*$"
  if asked then return dot.all().help.run(session, asked), true end
  local name, rest = text:match "^%s*%.([%a_]+)%s*(.-)%s*$"
  local command = dot.all()[name]
  if not command then unknown(name) end
  check(name, command, rest)
  return command.run(session, rest) or "", command.shows == true
end

return dot
