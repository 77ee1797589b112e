-- Tables that do not keep silent: option tables with known names, objects with known fields.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local suggest = lazy.module "vankien.util.suggest"

local strict = {}

local function names_of(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = tostring(name) end
  table.sort(names)
  return names
end

--- Raise for a name that is not known, with the nearest known one.
--- Shape: what it is ("column"), the name, known names, where ("documents") -> never returns.
--- Units: none.
--- Errors: always, code unknown_name, at the caller's line.
--- Source: none.
---@param what string
---@param name any
---@param known string[]
---@param where? string
function strict.unknown(what, name, known, where)
  local message = ("unknown %s %q"):format(what, tostring(name))
  if where then message = message .. " in " .. where end
  local hint = suggest.phrase(tostring(name), known)
  if not hint and #known > 0 and #known <= 24 then
    hint = "known: " .. table.concat(known, ", ")
  end
  err.raise("unknown_name", message, { hint = hint })
end

local function check_value(what, name, value, wanted)
  if wanted == true or value == nil then return end
  local got = math.type(value) == "integer" and "integer" or type(value)
  for alternative in wanted:gmatch "[^|]+" do
    if got == alternative or type(value) == alternative then return end
  end
  err.raise("usage", ("%s: %s must be %s, not %s"):format(what, name,
    wanted:gsub("|", " or "), type(value)))
end

--- Check a table of options: known names, right types.
--- Shape: table or nil, {name = true | "string" | "integer|nil" …}, what it belongs to -> table.
--- Units: none.
--- Errors: raises unknown_name or usage at the caller's line.
--- Source: none.
---@param given table|nil
---@param allowed table
---@param what string
function strict.options(given, allowed, what)
  if given == nil then return {} end
  if type(given) ~= "table" then
    err.raise("usage", ("%s: options must be a table, not %s"):format(what, type(given)))
  end
  for name, value in pairs(given) do
    if allowed[name] == nil then
      strict.unknown("option", name, names_of(allowed), what)
    end
    check_value(what, name, value, allowed[name])
  end
  return given
end

--- Make reading an absent field of a table raise.
--- Shape: table, what it is -> the same table.
--- Units: none.
--- Errors: the reads raise unknown_name at the caller's line.
--- Source: none.
---@param object table
---@param what string
function strict.object(object, what)
  return setmetatable(object, {
    __name = what,
    __index = function(self, name) strict.unknown("field", name, names_of(self), what) end,
  })
end

return strict
