-- What composed results have in common: they print, and they give themselves in any format.
-- The layout of each kind is report's, found by the name of its metatable.

local result = {}

local function text_of(self, format, screen)
  return (require "vankien.report".result(self, format, screen))
end

--- Make the metatable of one kind of result.
--- Shape: name -> metatable; its `__index` is itself, so methods are put right into it.
---   Every result has `as(format)` -> string, and `tostring` gives the table for people.
--- Units: none.
--- Errors: `as` raises usage for an unknown format.
--- Source: none.
---@param name string
function result.class(name)
  local class = { __name = name }
  class.__index = class
  function class:as(format) return text_of(self, format, {}) end
  function class:__tostring()
    return (text_of(self, "table", require "vankien.report.screen".of(1)):gsub("\n$", ""))
  end
  return class
end

return result
