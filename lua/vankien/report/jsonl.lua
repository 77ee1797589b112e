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
  local keys, out = columns.names(columns.complete(rows, given)), {}
  for i, row in ipairs(rows) do
    out[i] = (text.json_record(row, keys) or json.record(row, keys)) .. "\n"
  end
  return table.concat(out)
end

return jsonl
