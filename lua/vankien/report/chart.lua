-- Bars beside a table: one cell of blocks per value, all on one stated scale from 0.

local cell = require "vankien.report.cell"

local chart = {}

local EIGHTHS = {"▏", "▎", "▍", "▌", "▋", "▊", "▉"}

--- A bar for a value.
--- Shape: value (0 or more, or nil), scale (value of a full bar), width, unicode -> string.
--- Units: width in terminal columns; with Unicode an eighth of a column is the smallest step.
--- Errors: none; a missing or negative value has no bar.
--- Source: own.
---@param value number|nil
---@param scale number
---@param width integer
---@param unicode boolean
---@return string
function chart.bar(value, scale, width, unicode)
  if not value or value ~= value or value <= 0 or scale <= 0 then return "" end
  local length = math.min(value / scale, 1) * width
  if not unicode then return ("#"):rep(math.max(1, math.floor(length + 0.5))) end
  local eighths = math.max(1, math.floor(length * 8 + 0.5))
  return ("█"):rep(eighths // 8) .. (EIGHTHS[eighths % 8] or "")
end

--- The value of a full bar: the largest one.
--- Shape: rows, column name -> number, 0 when there is none.
--- Units: those of the column.
--- Errors: none.
--- Source: own.
---@param rows table[]
---@param name string
---@return number
function chart.scale(rows, name)
  local largest = 0
  for _, row in ipairs(rows) do
    local value = rawget(row, name)
    if type(value) == "number" and value > largest and value < math.huge then largest = value end
  end
  return largest
end

--- A column of bars for a column of numbers, and the sentence that states its scale.
--- Shape: rows, column, {width=, unicode=} -> {name, title, bars = list of strings}, string | nil.
--- Units: none.
--- Errors: none; nil when no value is above 0.
--- Source: own.
---@param rows table[]
---@param column table
---@param options table
---@return table? bars
---@return string? scale
function chart.column(rows, column, options)
  local scale = chart.scale(rows, column.name)
  if scale == 0 then return nil end
  local bars = {}
  for i, row in ipairs(rows) do
    local value = rawget(row, column.name)
    bars[i] = chart.bar(type(value) == "number" and value or nil, scale, options.width,
      options.unicode)
  end
  local full = cell.text(scale, column)
  local title = column.title:gsub("%s+", " ")
  return {bars = bars, title = "", align = "left", name = "bars"},
    "bars: " .. title .. ", from 0 to " .. full
end

return chart
