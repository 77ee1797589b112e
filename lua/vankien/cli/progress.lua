-- A progress bar on standard error, for work that takes more than a second on a terminal.

local screen = require "vankien.report.screen"
local sys = require "vankien.host.sys"

local progress = {}

local PATIENCE, STEP = 1.0, 0.1         -- seconds before it appears, and between two drawings

local function bar(done, total, width, unicode)
  local full = math.floor(done / total * width)
  local block, space = unicode and "█" or "#", unicode and "░" or "-"
  return block:rep(full) .. space:rep(width - full)
end

local function text_of(done, total, rate, unicode)
  local left = rate > 0 and (total - done) / rate or 0
  return ("\r%s %d of %d, %.0f a second, %.0f s left\27[K"):format(bar(done, total, 24, unicode),
    done, total, rate, left)
end

--- A function to be called as work goes on, and one that clears the line at the end.
--- Shape: nothing -> function(done, total), function().
--- Units: any; shown as numbers of documents.
--- Errors: none; where standard error is no terminal nothing is drawn.
--- Source: own.
---@return fun(done: integer, total: integer) show
---@return fun() clear
function progress.new()
  local of = screen.of(2)
  if not of.terminal or os.getenv "TERM" == "dumb" then
    return function() end, function() end
  end
  local start, last, drawn = sys.clock(), 0, false
  local function show(done, total)
    local now = sys.clock()
    if now - start < PATIENCE or now - last < STEP or total < 1 then return end
    last, drawn = now, true
    io.stderr:write(text_of(done, total, done / (now - start), of.unicode))
  end
  return show, function()
    if drawn then io.stderr:write "\r\27[K" end
  end
end

return progress
