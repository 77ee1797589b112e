-- What composed results have in common: they print, and they give themselves in any format.
-- The layout of each kind is report's, found by the name of its metatable.

local proxy = require "vankien.host.proxy"

local result = {}

-- The seal of origins: who has it reads them, and only this file has it.
local seal = { __name = "origin", __metatable = "origin" }

--- Close what a result was made from: it leads to the store, and a recipe that holds the result
--- must not get there.
--- Shape: {store =, options =, …} -> value for the field `origin`.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param origin table
function result.keep(origin) return proxy.new(origin, seal) end

--- What a result was made from, as keep got it; for the library only.
--- Shape: result -> table | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param of table
function result.open(of) return (proxy.value(of.origin, seal)) end

local function text_of(self, format, screen)
  return (require "vankien.report".result(self, format, screen))
end

local function copy_of(list)
  return list and table.move(list, 1, #list, 1, {})
end

-- What a result was made from: its `origin` says it, the store adds its fingerprint.
local function provenance_of(self)
  local origin = result.open(self) or {}
  local options = {}
  for name, value in pairs(origin.options or {}) do
    local kind = type(value)
    options[name] = (kind == "number" or kind == "string" or kind == "boolean") and value or nil
  end
  return {
    program = require "vankien.util.version".text, store = origin.store and origin.store:path(),
    fingerprint = origin.store and origin.store:fingerprint(), query = origin.query,
    patterns = copy_of(origin.patterns), options = options, sql = origin.sql,
    parameters = copy_of(origin.params),
  }
end

--- Make the metatable of one kind of result.
--- Shape: name -> metatable; its `__index` is itself, so methods are put right into it.
---   Every result has `as(format)` -> string, `provenance()` -> {program, store, fingerprint,
---   query,
---   patterns, options, sql, parameters}, and `tostring` gives the table for people.
--- Units: none.
--- Errors: `as` raises usage for an unknown format.
--- Source: none.
---@param name string
function result.class(name)
  local class = { __name = name }
  class.__index = class
  class.provenance = provenance_of
  function class:as(format) return text_of(self, format, {}) end
  function class:__tostring()
    return (text_of(self, "table", require "vankien.report.screen".of(1)):gsub("\n$", ""))
  end
  return class
end

return result
