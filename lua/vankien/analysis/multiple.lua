-- Corrections for many tests at once, so that a family of words cannot win by being large.

local check = require "vankien.analysis.check"

local multiple = {}

local function probability(value, name)
  check.number(value, name)
  if value < 0 or value > 1 then check.fail("%s must lie from 0 to 1, got %s", name, value) end
  return value
end

-- Indices of p in rising order, equal ones as they came.
local function order_of(p)
  local order = {}
  for i = 1, #p do order[i] = i end
  table.sort(order, function(i, j)
    if p[i] ~= p[j] then return p[i] < p[j] end
    return i < j
  end)
  return order
end

local function holm_of(p, order)
  local out, high, m = {}, 0.0, #p
  for rank, i in ipairs(order) do
    high = math.max(high, math.min(1.0, p[i] * (m - rank + 1)))
    out[i] = high
  end
  return out
end

local function bh_of(p, order)
  local out, low, m = {}, 1.0, #p
  for rank = m, 1, -1 do
    local i = order[rank]
    low = math.min(low, p[i] * m / rank)
    out[i] = low
  end
  return out
end

--- Holm's family-wise correction.
--- Shape: list of p -> list of corrected p, in the same order.
--- Units: probability.
--- Errors: raises when an element is not a number from 0 to 1.
--- Source: Holm 1979; as R's p.adjust(method = "holm").
---@param p number[]
function multiple.holm(p)
  p = check.list(p, "p", probability, 0)
  return holm_of(p, order_of(p))
end

--- Benjamini and Hochberg's correction of the false discovery rate.
--- Shape: list of p -> list of corrected p, in the same order.
--- Units: expected share of false among the called.
--- Errors: raises when an element is not a number from 0 to 1.
--- Source: Benjamini & Hochberg 1995; as R's p.adjust(method = "BH").
---@param p number[]
function multiple.benjamini_hochberg(p)
  p = check.list(p, "p", probability, 0)
  return bh_of(p, order_of(p))
end

--- Add p_holm and p_bh to rows that have a p; rows without one stay out of the family.
--- Shape: list of rows, name of the field -> the same rows, size of the family.
--- Units: probability.
--- Errors: raises when a p is not a number from 0 to 1.
--- Source: holm, benjamini_hochberg.
---@param rows table[]
---@param field string
function multiple.add(rows, field)
  local p, members = {}, {}
  for _, row in ipairs(rows) do
    if row[field] ~= nil then
      p[#p + 1], members[#members + 1] = row[field], row
    end
  end
  p = check.list(p, field, probability, 0)
  local order = order_of(p)
  local holm, bh = holm_of(p, order), bh_of(p, order)
  for i, row in ipairs(members) do
    row.p_holm, row.p_bh = holm[i], bh[i]
  end
  return rows, #p
end

return multiple
