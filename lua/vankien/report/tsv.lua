-- Rows as tab-separated values: tab, line ends and the backslash are escaped, so that
-- a line is a row and `cut -f` works.

local cell = require "vankien.report.cell"
local columns = require "vankien.report.columns"

local tsv = {}

local ESCAPES = {["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r", ["\\"] = "\\\\"}

local function field(s)
  if s:find "%c" or s:find("\\", 1, true) then s = s:gsub("[\t\n\r\\]", ESCAPES) end
  return s
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
  local names, lines, fields = columns.names(rows, given), {}, {}
  for i, name in ipairs(names) do fields[i] = field(name) end
  lines[1] = table.concat(fields, "\t")
  for n, row in ipairs(rows) do
    for i, name in ipairs(names) do fields[i] = field(cell.text(rawget(row, name))) end
    lines[n + 1] = table.concat(fields, "\t")
  end
  return table.concat(lines, "\n") .. "\n"
end

return tsv
