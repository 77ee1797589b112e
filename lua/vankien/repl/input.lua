-- Entries of the REPL: lines from the editor until they make a whole, and their history.

local line = require "vankien.host.line"
local sys = require "vankien.host.sys"

local input = {}

local PROMPT, MORE = "vankien> ", "      -> "

local function state_folder()
  local state = os.getenv "XDG_STATE_HOME"
  if not state or state:sub(1, 1) ~= "/" then
    local home = os.getenv "HOME"
    if not home or home == "" then return nil end
    state = home .. "/.local/state"
  end
  return state .. "/vankien"
end

--- Load the history of earlier sessions.
--- Shape: nothing -> path of the history, or nil and a sentence why there is none.
--- Units: none.
--- Errors: none; a session without history works.
--- Source: XDG Base Directory Specification.
---@return string? path
---@return string? reason
function input.open_history()
  local folder = state_folder()
  if not folder then return nil, "HOME is not set" end
  local ok, problem = sys.mkdir_private(folder)
  if not ok then return nil, problem.message end
  local path = folder .. "/history"
  if sys.stat(path) then
    ok, problem = line.load_history(path)
    if not ok then return nil, problem.message end
  end
  return path
end

local function remember(text, path)
  line.add_history(text)
  if path then line.append_history(path, text) end
end

--- Read one entry: as many lines as it takes.
--- Shape: function(text) -> boolean, path of the history -> text | nil at the end | false (Ctrl-C).
--- Units: none.
--- Errors: none.
--- Source: own.
---@param is_complete fun(text: string): boolean
---@param history? string
---@return string|nil|false
function input.read(is_complete, history)
  local text = line.readline(PROMPT)
  if not text then return text end
  while not is_complete(text) do
    local more = line.readline(MORE)
    if more == false then return false end
    if more == nil then break end
    text = text .. "\n" .. more
  end
  if text:find "%S" then remember(text, history) end
  return text
end

return input
