-- What one value looks like in a cell, and what may never reach a terminal: control
-- characters, bidi overrides and bytes that are not UTF-8 are written out visibly.

local text = require "vankien.host.text"

local cell = {}

local NAMED = {["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r", ["\27"] = "\\e"}

local function escape_control(c)
  return NAMED[c] or string.format("\\x%02x", c:byte())
end

-- C1 controls, directional marks and overrides, line and paragraph separators.
local function is_hidden(point)
  return point >= 0x80 and point <= 0x9F or point == 0x061C
    or point >= 0x200E and point <= 0x200F or point >= 0x2028 and point <= 0x202E
    or point >= 0x2066 and point <= 0x2069
end

local function escape_hidden(s)
  return (s:gsub("[\194\216\226][\128-\191]+", function(sequence)
    return (sequence:gsub(utf8.charpattern, function(c)
      local point = utf8.len(c) == 1 and utf8.codepoint(c)
      if point and is_hidden(point) then return string.format("\\u{%x}", point) end
    end))
  end))
end

-- Each byte that is not part of a UTF-8 character, written as \xNN.
local function escape_broken(s)
  local out, from = {}, 1
  while true do
    local length, at_byte = utf8.len(s, from)
    if length then break end
    out[#out + 1] = s:sub(from, at_byte - 1)
    out[#out + 1] = escape_control(s:sub(at_byte, at_byte))
    from = at_byte + 1
  end
  out[#out + 1] = s:sub(from)
  return table.concat(out)
end

local function harmless(s, pattern)
  if not utf8.len(s) then s = escape_broken(s) end
  if s:find(pattern) then s = s:gsub(pattern, escape_control) end
  if s:find "[\194\216\226]" then s = escape_hidden(s) end
  return s
end

--- A string safe to print in one cell: every control character is written out.
--- Shape: string -> string on one line.
--- Units: none.
--- Errors: none; broken UTF-8 is written as \xNN.
--- Source: own.
---@param s string
---@return string
function cell.visible(s)
  return harmless(s, "%c")
end

--- Text safe to print on a terminal: as visible, but line ends and tabs stay.
--- Shape: string -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param s string
---@return string
function cell.harmless(s)
  return harmless(s, "[^%C\n\t]")
end

local function float_text(n, digits)
  if digits then return string.format("%." .. digits .. "f", n) end
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

return cell
