-- What one value looks like in a cell, how text is wrapped, how counts are written.

local text = require "vankien.host.text"
local visible = require "vankien.report.visible"

local cell = {}

cell.visible = visible.line
cell.harmless = visible.text

-- A number with so many digits after the point; one that is not 0 never reads as 0.
local function rounded(n, digits)
  local s = string.format("%." .. digits .. "f", n)
  if n == 0 or n ~= n or s:find "[1-9n]" then return s end
  return (n > 0 and "<" or ">-") .. string.format("%." .. digits .. "f", 10 ^ -digits)
end

local function float_text(n, digits)
  if digits then return rounded(n, digits) end
  if n ~= n or n == math.huge or n == -math.huge then return tostring(n) end
  for precision = 15, 17 do
    local s = string.format("%." .. precision .. "g", n)
    if tonumber(s) == n then return s:find "[.e]" and s or s .. ".0" end
  end
end

local function list_text(value)
  local mt = getmetatable(value)
  if mt and mt.__tostring then return tostring(value) end
  local parts = {}
  for i = 1, rawlen(value) do parts[i] = tostring(rawget(value, i)) end
  return #parts > 0 and table.concat(parts, ", ") or tostring(value)
end

--- The plain text of a value: nil is empty, integers whole, floats with the column's digits.
--- Shape: value, column (or nil) -> string, control characters not yet escaped.
--- Units: those of the value; `digits` after the point come from the column.
--- Errors: none.
--- Source: own.
---@param value any
---@param column? table {digits=}
---@return string
function cell.text(value, column)
  if value == nil then return "" end
  local digits = column and column.digits
  if math.type(value) == "float" or digits and type(value) == "number" then
    return float_text(value, digits)
  end
  if type(value) == "table" then return list_text(value) end
  return tostring(value)
end

--- A value as it stands in a table cell.
--- Shape: value, column -> string on one line.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param value any
---@param column? table
---@return string
function cell.show(value, column)
  return cell.visible(cell.text(value, column))
end

--- Break a text into lines at spaces.
--- Shape: string, width, indent of the lines after the first -> list of lines.
--- Units: terminal columns; a word longer than a line stands alone on its own.
--- Errors: none.
--- Source: own.
---@param s string
---@param width integer|nil nil: one line
---@param indent? string
---@return string[]
function cell.wrap(s, width, indent)
  if not width or text.width(s) <= width then return {s} end
  local lines, line, line_width = {}, nil, 0
  for word in s:gmatch "[^ ]+" do
    local word_width = text.width(word)
    if line and line_width + 1 + word_width <= width then
      line, line_width = line .. " " .. word, line_width + 1 + word_width
    else
      lines[#lines + 1] = line
      local lead = line and indent or ""
      line, line_width = lead .. word, text.width(lead) + word_width
    end
  end
  lines[#lines + 1] = line
  return lines
end

--- A count with its thousands set apart: 1213 -> "1 213".
--- Shape: integer -> string.
--- Units: none.
--- Errors: none.
--- Source: own; a space, as Vietnamese and English disagree about . and ,
---@param n integer
---@return string
function cell.count(n)
  local s = string.format("%d", n):reverse():gsub("(%d%d%d)", "%1 "):reverse()
  return (s:gsub("^ ", ""):gsub("^%- ", "-"))
end

--- A text on lines of its own, indented, made visible and cut to the screen.
--- Shape: text, options with width or not -> string that ends with a line end.
--- Units: width in terminal columns.
--- Errors: none.
--- Source: own.
---@param s string
---@param options table
---@return string
function cell.block(s, options)
  local width, out = options.width and math.max(options.width - 6, 20), {}
  for _, line in ipairs(cell.wrap(cell.visible(s), width)) do
    out[#out + 1] = "      " .. line
  end
  return table.concat(out, "\n") .. "\n"
end

return cell
