-- Rows as one JSON array of records, keys in the order of the columns.

local text = require "vankien.host.text"
local columns = require "vankien.report.columns"
local json = require "vankien.util.json"

local json_format = {}

--- Rows as a JSON array, one record a line.
--- Shape: rows, columns (or nil) -> string.
--- Units: none; a missing value is null.
--- Errors: raises bad_input for values JSON cannot carry.
--- Source: RFC 8259.
---@param rows table[]
---@param given? (string|table)[]
---@return string
function json_format.render(rows, given)
  if #rows == 0 then return "[]\n" end
  local records = text.json_records(rows, columns.names(rows, given), ",\n  ", json.record)
  return "[\n  " .. records .. "\n]\n"
end

return json_format
