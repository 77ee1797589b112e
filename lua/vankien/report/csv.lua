-- Rows as CSV for people's spreadsheets: a cell that a spreadsheet would run as a formula
-- gets a leading apostrophe.  For other programs jsonl keeps every byte.

local cell = require "vankien.report.cell"
local columns = require "vankien.report.columns"

local csv = {}

--- A text that no spreadsheet takes for a formula; numbers stay numbers.
--- Shape: string -> string, with an apostrophe before it where it began like a formula.
--- Units: none.
--- Errors: none.
--- Source: OWASP, CSV injection.
---@param s string
---@return string
function csv.neutral(s)
  if s:find "^[=+%-@\t\r]" and not s:find "^[+-]?%d+%.?%d*$" then return "'" .. s end
  return s
end

-- Plain searches: a class of characters is slow to match, and almost no field needs quotes.
local function needs_quotes(s)
  return s:find(",", 1, true) or s:find('"', 1, true) or s:find("\n", 1, true)
    or s:find("\r", 1, true) or s:find "^%s" or s:find("^%s", -1)
end

--- One value as a CSV field: formulas made harmless, quoted where needed.
--- Shape: value, column -> string.
--- Units: none.
--- Errors: none.
--- Source: RFC 4180; OWASP, CSV injection.
---@param value any
---@param column? table
---@return string
function csv.field(value, column)
  local s = cell.text(value, column)
  if type(value) ~= "number" then s = csv.neutral(s) end
  if needs_quotes(s) then
    return '"' .. s:gsub('"', '""') .. '"'
  end
  return s
end

--- Rows as CSV with a header line; line ends are LF.
--- Shape: rows, columns (or nil) -> string.
--- Units: none; a missing value is an empty field.
--- Errors: none.
--- Source: RFC 4180.
---@param rows table[]
---@param given? (string|table)[]
---@return string
function csv.render(rows, given)
  local names, lines, fields = columns.names(rows, given), {}, {}
  for i, name in ipairs(names) do fields[i] = csv.field(name) end
  lines[1] = table.concat(fields, ",")
  for n, row in ipairs(rows) do
    for i, name in ipairs(names) do fields[i] = csv.field(rawget(row, name)) end
    lines[n + 1] = table.concat(fields, ",")
  end
  return table.concat(lines, "\n") .. "\n"
end

return csv
