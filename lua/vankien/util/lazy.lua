-- Modules that a file names at its head and that are loaded when they are first used, so that a
-- short script starts without what it does not ask for.

local lazy = {}

--- A module, loaded when something of it is first read.
--- Shape: name as for require -> table that reads as the module does; not for pairs.
--- Units: none.
--- Errors: those of require, where the module is first used.
--- Source: none.
---@param name string
function lazy.module(name)
  return setmetatable({}, {
    __name = name,
    __index = function(self, key)
      local module = require(name)
      setmetatable(self, { __index = module })
      return module[key]
    end,
  })
end

return lazy
