-- What the place we print to can show: a terminal or not, how wide, Unicode, colour.

local sys = require "vankien.host.sys"

local screen = {}

local function says_utf8(locale)
  return locale:upper():find "UTF%-?8" ~= nil
end

local function locale(getenv)
  for _, name in ipairs {"LC_ALL", "LC_CTYPE", "LANG"} do
    local value = getenv(name)
    if value and value ~= "" then return value end
  end
  return ""
end

--- Describe where a file descriptor leads.
--- Shape: fd (1), getenv (os.getenv) -> {terminal, width, height, unicode, color}.
--- Units: columns and lines; both nil when it is not a terminal, so that nothing is cut.
--- Errors: none.
--- Source: no-color.org for NO_COLOR.
---@param fd? integer
---@param getenv? fun(name: string): string?
---@return table
function screen.of(fd, getenv)
  getenv = getenv or os.getenv
  if not sys.isatty(fd or 1) then
    return {terminal = false, unicode = true, color = false}
  end
  local width, height = sys.winsize()
  local dumb = getenv "TERM" == "dumb"
  local no_color = getenv "NO_COLOR"
  return {
    terminal = true,
    width = width and width > 0 and width or 80,
    height = height and height > 0 and height or 24,
    unicode = not dumb and says_utf8(locale(getenv)),
    color = not dumb and (no_color == nil or no_color == ""),
  }
end

return screen
