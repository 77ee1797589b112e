-- What documents repeat from earlier ones, for people: how much of each, then the runs.

local cell = require "vankien.report.cell"
local table_format = require "vankien.report.table"

local reused = {}

local function place(document, section, start, stop)
  return ("%s%s, bytes %d-%d"):format(document, section ~= "" and ", section " .. section or "",
    start, stop)
end

local function run(row, options)
  local head = ("  %s · from %s (%s) · %d syllables%s"):format(
    place(row.document, row.section, row.start, row.stop),
    place(row.from, row.from_section, row.from_start, row.from_stop), row.from_issued,
    row.syllables, row.also > 0 and (" · also in %d more"):format(row.also) or "")
  return table.concat(cell.wrap(cell.visible(head), options.width, "    "), "\n") .. "\n"
    .. cell.block(row.text, options)
end

--- Repeated wording as text, without the notes.
--- Shape: result of reuse, options as for tables -> string.
--- Units: options.width in terminal columns.
--- Errors: none.
--- Source: own.
---@param result table rows, documents
---@param options table
---@return string
function reused.render(result, options)
  local quiet = setmetatable({footer = false}, {__index = options})
  local parts = {table_format.render(result.documents, result.document_columns, quiet)}
  if #result.rows > 0 then parts[2] = "\n" end
  for _, row in ipairs(result.rows) do parts[#parts + 1] = run(row, options) end
  return table.concat(parts)
end

return reused
