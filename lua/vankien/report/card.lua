-- One row as a card: a field a line, long values wrapped, what stands behind it below.

local cell = require "vankien.report.cell"
local text = require "vankien.host.text"

local card = {}

local function field_lines(name, value, indent, width)
  local room = width and math.max(width - indent - 2, 20)
  local lines = cell.wrap(cell.show(value), room)
  lines[1] = text.pad(name, indent, "right") .. "  " .. lines[1]
  for i = 2, #lines do lines[i] = (" "):rep(indent + 2) .. lines[i] end
  return lines
end

--- Fields of one row, one a line; fields without a value are left out and counted.
--- Shape: list of {name, value}, options {title=, width=, color=} -> string.
--- Units: options.width in terminal columns.
--- Errors: none.
--- Source: own.
---@param fields table[]
---@param options? table
---@return string
function card.render(fields, options)
  options = options or {}
  local indent, lines, empty = 0, {}, {}
  for _, field in ipairs(fields) do indent = math.max(indent, text.width(field[1])) end
  if options.title then
    local title = cell.visible(options.title)
    lines[1] = options.color and "\27[1m" .. title .. "\27[0m" or title
  end
  for _, field in ipairs(fields) do
    if field[2] == nil then empty[#empty + 1] = field[1]
    else
      for _, line in ipairs(field_lines(cell.visible(field[1]), field[2], indent, options.width)) do
        lines[#lines + 1] = line
      end
    end
  end
  if #empty > 0 then lines[#lines + 1] = "(no value: " .. table.concat(empty, ", ") .. ")" end
  return table.concat(lines, "\n") .. "\n"
end

return card
