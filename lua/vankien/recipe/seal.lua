-- What is taken away from the whole state of a recipe's process before the recipe runs: the
-- library around it has no use for it any more, and whoever gets hold of the library finds less.
-- The process is the wall (host/worker.c); this is behind it.

local lpeg_limits = require "vankien.recipe.lpeg_limits"

local seal = {}

local function keep(t, names)
  local kept = {}
  for _, name in ipairs(names) do kept[name] = t[name] end
  for name in next, t do t[name] = kept[name] end
end

--- Take away files, processes, modules of the system, debugging, precompiled code; bound LPeg;
--- close the metatables of strings and patterns.  For good: a recipe's process calls it once.
--- Shape: nothing -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own; after the list of what attackers use.
function seal.state()
  lpeg_limits.install(require "lpeg")
  keep(os, {"time", "date", "difftime", "clock", "getenv"})
  keep(debug, {"getinfo", "getmetatable", "traceback"})
  keep(package.searchers, {1, 2})         -- what is preloaded, what is in the program
  package.path, package.cpath = "", ""
  rawset(package, "loadlib", nil)
  rawset(string, "dump", nil)
  debug.getmetatable("").__metatable = false
  for _, name in ipairs {"io", "dofile", "loadfile", "warn"} do
    _G[name] = nil
    package.loaded[name] = nil
  end
end

return seal
