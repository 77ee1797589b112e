-- Conditions for where{…}: between(a, b), one_of{…}, contains(s) and their kin.
-- Each makes a small value that query/filter.lua reads; none touches the store.

local err = require "vankien.util.err"

local operators = {}

local function show(value)
  if type(value) == "string" then return ("%q"):format(value) end
  return tostring(value)
end

local function describe(self)
  local parts = {}
  for i, value in ipairs(self) do parts[i] = show(value) end
  return ("%s(%s)"):format(self.name, table.concat(parts, ", "))
end

local mt = { __name = "vankien.condition", __tostring = describe }

--- Is this value a condition made by one of these functions?
--- Shape: anything -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function operators.is(value)
  return type(value) == "table" and getmetatable(value) == mt
end

local function comparable(name, value)
  local kind = type(value)
  if kind == "string" or kind == "number" or kind == "boolean" then return value end
  local hint = value == nil and "is_nil() asks for rows without a value" or nil
  err.raise("usage", ("%s: a value is text or a number, not %s"):format(name, kind),
    { hint = hint })
end

local function make(name, op, ...)
  return setmetatable({ name = name, op = op, ... }, mt)
end

local function one_value(name, op)
  return function(value, ...)
    if select("#", ...) > 0 then err.raise("usage", name .. " takes one value") end
    return make(name, op, comparable(name, value))
  end
end

local function words(name, op)
  return function(value, ...)
    if type(value) ~= "string" or select("#", ...) > 0 then
      err.raise("usage", name .. " takes one text")
    end
    return make(name, op, value)
  end
end

--- From one value to another, both included.
--- Shape: low, high -> condition.
--- Units: dates are ISO prefixes: between("2013", "2025") includes all of 2025.
--- Errors: raises usage when a value is missing.
--- Source: none.
function operators.between(low, high)
  return make("between", "between", comparable("between", low), comparable("between", high))
end

--- Greater than a value; later than a date.
--- Shape: value -> condition.
--- Units: above("2013") begins with 2014.
--- Errors: raises usage.
--- Source: none.
operators.above = one_value("above", ">")

--- Less than a value; earlier than a date.
--- Shape: value -> condition.
--- Units: none.
--- Errors: raises usage.
--- Source: none.
operators.below = one_value("below", "<")

--- This value or a greater one.
--- Shape: value -> condition.
--- Units: none.
--- Errors: raises usage.
--- Source: none.
operators.at_least = one_value("at_least", ">=")

--- This value or a smaller one.
--- Shape: value -> condition.
--- Units: at_most("2025") includes all of 2025.
--- Errors: raises usage.
--- Source: none.
operators.at_most = one_value("at_most", "<=")

--- Any of several values.
--- Shape: list, or the values one by one -> condition.
--- Units: none.
--- Errors: raises usage when a value is not text or a number.
--- Source: none.
function operators.one_of(first, ...)
  local values = first
  if type(first) ~= "table" or getmetatable(first) then values = { first, ... } end
  local out = make("one_of", "in")
  for i = 1, #values do out[i] = comparable("one_of", values[i]) end
  if next(values) ~= nil and #out == 0 then
    err.raise("usage", "one_of takes a list", { hint = 'one_of{ "a", "b" }' })
  end
  return out
end

--- Text that holds these words: case and tone placement do not matter, marks do.
--- Shape: text -> condition.
--- Units: whole syllables: contains "hội" does not find "hộ".
--- Errors: raises usage.
--- Source: none.
operators.contains = words("contains", "~")

--- Text that holds these words when all marks are left out: like "hoi nhap".
--- Shape: text -> condition.
--- Units: whole syllables.
--- Errors: raises usage.
--- Source: none.
operators.like = words("like", "~~")

local function plain(name, op, negated)
  return function(...)
    if select("#", ...) > 0 then err.raise("usage", name .. " takes nothing") end
    local condition = make(name, op)
    condition.negated = negated
    return condition
  end
end

--- Rows without a value in this column.
--- Shape: nothing -> condition.
--- Units: none.
--- Errors: raises usage when given a value.
--- Source: none.
operators.is_nil = plain("is_nil", "null", false)

--- Rows with a value in this column.
--- Shape: nothing -> condition.
--- Units: none.
--- Errors: raises usage when given a value.
--- Source: none.
operators.not_nil = plain("not_nil", "null", true)

--- The opposite of a value or condition; rows without a value belong to it.
--- Shape: value or condition -> condition.
--- Units: none.
--- Errors: raises usage.
--- Source: none.
function operators.negate(condition)
  if not operators.is(condition) then comparable("negate", condition) end
  return make("negate", "not", condition)
end

--- Rows that have something: documents:where{ has "passages" }.
--- Shape: name of a relation -> condition that stands alone in where{…}.
--- Units: none.
--- Errors: raises usage; where raises for an unknown relation.
--- Source: none.
operators.has = words("has", "has")

return operators
