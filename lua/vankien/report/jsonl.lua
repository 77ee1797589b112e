-- Rows as JSON Lines: one record a line, keys in the order of the columns.

local text = require "vankien.host.text"
local columns = require "vankien.report.columns"
local json = require "vankien.util.json"

local jsonl = {}

--- Rows as JSON Lines.
--- Shape: rows, columns (or nil) -> string, empty when there are no rows.
--- Units: none; a missing value is null.
--- Errors: raises bad_input for values JSON cannot carry.
--- Source: jsonlines.org.
---@param rows table[]
---@param given? (string|table)[]
---@return string
function jsonl.render(rows, given)
  if #rows == 0 then return "" end
  return text.json_records(rows, columns.names(rows, given), "\n", json.record) .. "\n"
end

return jsonl
