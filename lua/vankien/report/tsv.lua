-- Rows as tab-separated values: tab, line ends and the backslash are escaped, so that
-- a line is a row and `cut -f` works.

local cell = require "vankien.report.cell"
local columns = require "vankien.report.columns"

local tsv = {}

local ESCAPES = {["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r", ["\\"] = "\\\\"}

local function line_of(list, pick)
  local fields = {}
  for i, column in ipairs(list) do
    local s = pick(column)
    if s:find "%c" or s:find("\\", 1, true) then s = s:gsub("[\t\n\r\\]", ESCAPES) end
    fields[i] = s
  end
  return table.concat(fields, "\t")
end

--- Rows as TSV with a header line.
--- Shape: rows, columns (or nil) -> string.
--- Units: none; a missing value is an empty field.
--- Errors: none.
--- Source: IANA text/tab-separated-values, with escapes.
---@param rows table[]
---@param given? (string|table)[]
---@return string
function tsv.render(rows, given)
  local list, lines = columns.complete(rows, given), {}
  lines[1] = line_of(list, function(column) return column.name end)
  for n, row in ipairs(rows) do
    lines[n + 1] = line_of(list, function(column)
      return cell.text(rawget(row, column.name), {})
    end)
  end
  return table.concat(lines, "\n") .. "\n"
end

return tsv
