-- Entries of the REPL, each perhaps of several lines, and their history.

local folders = require "vankien.util.folders"
local line = require "vankien.host.line"
local nfc = require "vankien.host.text".nfc
local sys = require "vankien.host.sys"

local input = {}

--- Load the history of earlier sessions.
--- Shape: nothing -> path of the history, or nil and a sentence why there is none.
--- Units: none.
--- Errors: none; a session without history works.
--- Source: XDG Base Directory Specification.
---@return string? path
---@return string? reason
function input.open_history()
  local folder = folders.state()
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

--- Let the editor ask: what Tab does, and whether Enter ends an entry.
--- Shape: complete(text, cursor) -> from, insert, listing; whole(text) -> boolean -> nothing.
--- Units: cursor in bytes before it; from is a byte from 1.
--- Errors: none; an error in either counts as no answer.
--- Source: own.
---@param complete function
---@param whole function
function input.handlers(complete, whole)
  line.set_handlers(complete, whole)
end

--- Read one entry; the editor lets go of it when it is whole.
--- Shape: prompt, path of the history or nil -> text | nil at the end | false after Ctrl-C.
--- Units: none; marks that were typed on their own are joined to their letters (NFC).
--- Errors: none.
--- Source: own.
---@param prompt string
---@param history? string
---@return string|nil|false
function input.read(prompt, history)
  local text = line.readline(prompt)
  if text and utf8.len(text) then text = nfc(text) end
  if text and text:find "%S" then
    line.add_history(text)
    if history then line.append_history(history, text) end
  end
  return text
end

return input
