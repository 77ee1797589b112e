-- Rows of a recipe as anybody may look at them, wherever they are written to.

local csv = require "vankien.report.csv"
local list = require "vankien.util.list"
local visible = require "vankien.report.visible"

local output = {}

local FOR_SHEETS = {csv = true, tsv = true}

--- Rows without control characters and bidi marks; in the files of spreadsheets without formulas.
--- Shape: rows, format or nil -> rows, new.
--- Units: none.
--- Errors: none.
--- Source: OWASP, CSV injection.
---@param rows table[]
---@param format? string
function output.harmless(rows, format)
  local function text(value)
    return FOR_SHEETS[format] and csv.neutral(value) or value
  end
  local function cell(value)
    if type(value) == "table" then return list.map(value, cell) end
    return type(value) == "string" and text(visible.text(value)) or value
  end
  return list.map(rows, function(row)
    local out = {}
    for name, value in pairs(row) do out[text(visible.line(name))] = cell(value) end
    return out
  end)
end

--- Columns in the same way.
--- Shape: columns or nil, format or nil -> columns, new, or nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param columns? table[]
---@param format? string
function output.columns(columns, format)
  return columns and list.map(columns, function(column)
    local out = output.harmless({column}, format)[1]
    out.name = visible.line(out.name)
    return out
  end)
end

return output
