-- From a text to where it is shown: the screen, the pager when the screen is too small, or the
-- file that .output and .once name.

local err = require "vankien.util.err"
local screen = require "vankien.report.screen"
local sys = require "vankien.host.sys"
local text = require "vankien.host.text"

local show = {}

local DEFAULT = "less -RFX"

local CODES = {bold = "1", dim = "2", red = "31", yellow = "33", cyan = "36"}

--- Text in a colour by meaning, where the screen has colours.
--- Shape: name of the colour, text, screen -> text.
--- Units: none.
--- Errors: none.
--- Source: the 8 colours that every theme, light or dark, makes readable.
---@param name string bold, dim, red, yellow or cyan
---@param s string
---@param on? table a screen; else that of standard output
---@return string
function show.colored(name, s, on)
  if not (on or screen.of(1)).color then return s end
  return ("\27[%sm%s\27[0m"):format(CODES[name], s)
end

--- The pager a person wants.
--- Shape: getenv -> command, or nil for none.
--- Units: none.
--- Errors: none; an empty VANKIEN_PAGER or PAGER means none.
--- Source: own; -R keeps colours, -F leaves when all fits, -X leaves the text on the screen.
---@param getenv? fun(name: string): string?
---@return string?
function show.pager(getenv)
  getenv = getenv or os.getenv
  local command = getenv "VANKIEN_PAGER" or getenv "PAGER" or DEFAULT
  return command:find "%S" and command or nil
end

-- Lines that a text takes on a screen of this width; counting stops above `enough`.
local function lines_on(s, width, enough)
  local n = 0
  for line in s:gmatch "([^\n]*)\n?" do
    local bare = line:gsub("\27%[[%d;]*m", "")
    n = n + math.max(1, math.ceil(text.width(bare) / width))
    if n > enough then break end
  end
  return n - 1
end

local function to_screen(s)
  local on = screen.of(1)
  local command = on.terminal and sys.isatty(0) and show.pager()
  if command and lines_on(s, on.width, on.height + 1) >= on.height then
    io.stdout:flush()
    local shown, problem = sys.page(command, s)
    if shown ~= nil then return end
    io.stdout:write(s, "(", problem.message, ")\n")
    return
  end
  io.stdout:write(s)
end

local function to_file(path, s, mode)
  local file, problem = io.open(path, mode)
  if not file then error(err.new("io", problem), 0) end
  local ok, reason = file:write(s)
  local closed, why = file:close()
  if not ok or not closed then error(err.new("io", path .. ": " .. (reason or why)), 0) end
end

--- Show what an entry gave.
--- Shape: session, text -> nothing.
--- Units: none.
--- Errors: raises io when the file cannot be written.
--- Source: own.
---@param session table once: a file for this text; output: a file for all of them
---@param s string
function show.text(session, s)
  if session.once then
    to_file(session.once, s, "w")
  elseif session.output then
    to_file(session.output, s, "a")
  else
    to_screen(s)
  end
end

return show
