-- What was entered and went well, and .save: the session as a script that runs on its own.

local lexer = require "vankien.repl.lexer"

local journal = {}

--- Note an entry that went well.
--- Shape: session, text, kind -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param session table
---@param text string
---@param kind string "expression" (it was printed), "statement", or "file" (.load)
function journal.add(session, text, kind)
  table.insert(session.journal, {text = text, kind = kind})
end

local function bare_expression(text)
  return (text:gsub("^%s*=", ""):gsub("[%s;]+$", ""))
end

local function has_comment(text)
  return text:find("--", 1, true) ~= nil
end

local writers = {}

function writers.expression(text)
  local code = bare_expression(text)
  return "show(" .. code .. (has_comment(code) and "\n)" or ")")
end

-- A script ends at its first return: what an entry returned is shown instead.
function writers.statement(text)
  local code = text:gsub("[%s;]+$", "")
  local returned = code:match "^%s*return%f[^%w_](.*)$"
  if returned then return "show(" .. returned .. (has_comment(code) and "\n)" or ")") end
  if not lexer.outline(code).returns then return code end
  return "show((function()\n" .. code .. "\nend)())"
end

function writers.file(path)
  return ("assert(loadfile(%q, \"t\", _G))()"):format(path)
end

local function head(session)
  local lines = {"#!/usr/bin/env vankien", "-- A session of vankien. To run it: vankien FILE"}
  local path = session.given.store
  if path then
    lines[2] = "-- A session of vankien. To run it: vankien --store " .. path .. " FILE"
  end
  return lines
end

--- The session as a script: expressions are shown, what failed is left out.
--- Shape: session -> text.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param session table
---@return string
function journal.script(session)
  local lines = head(session)
  for _, entry in ipairs(session.journal) do
    local code = writers[entry.kind](entry.text)
    -- An entry that begins with a bracket would be read as a call of what stands before it.
    if code and code:find "^%s*%(" then code = ";" .. code end
    lines[#lines + 1] = code
  end
  return table.concat(lines, "\n") .. "\n"
end

return journal
