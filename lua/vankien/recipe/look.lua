-- How a result asks to be shown: its columns, its lines of evidence.  They come from a recipe, and
-- are formatted by the host: what cannot be formatted is refused here, with the place.

local err = require "vankien.util.err"

local look = {}

local MOST_COLUMNS, MOST_LINES = 1000, 10000
local NAME_BYTES = 200
local MOST_DIGITS = 20

local function is_short(value) return type(value) == "string" and #value <= NAME_BYTES end

local function is_one_of(...)
  local set = {}
  for _, name in ipairs {...} do set[name] = true end
  return function(value) return set[value] == true end
end

-- Each field of a column that is taken over, and what it may be.
local COLUMN = {
  name = is_short, title = is_short, type = is_short,
  align = is_one_of("left", "right"), optional = is_one_of(true, false),
  whole = is_one_of(true, false),
  digits = function(value)
    return math.type(value) == "integer" and value >= 0 and value <= MOST_DIGITS
  end,
}

local function checked_column(given, i)
  if type(given) == "string" then given = {name = given} end
  if type(given) ~= "table" or rawget(given, "name") == nil then
    err.raise("bad_input", ("columns[%d] has no name"):format(i))
  end
  local out = {}
  for field, is_right in next, COLUMN do
    local value = rawget(given, field)
    if value ~= nil and not is_right(value) then
      err.raise("bad_input", ("columns[%d].%s cannot be that"):format(i, field))
    end
    out[field] = value
  end
  return out
end

--- The columns of a result, checked.
--- Shape: list of names or columns, or anything else -> list of columns, nil for none.
--- Units: digits after the point, 20 at most.
--- Errors: raises bad_input with the column and the field, output for more than 1,000 columns.
--- Source: none.
---@param given any
function look.columns(given)
  if type(given) ~= "table" or rawlen(given) == 0 then return nil end
  if rawlen(given) > MOST_COLUMNS then
    err.raise("output", ("%d columns; a result has at most %d"):format(rawlen(given), MOST_COLUMNS))
  end
  local out = {}
  for i = 1, rawlen(given) do out[i] = checked_column(rawget(given, i), i) end
  return out
end

local function check_line(line, i)
  if type(line.hit) ~= "string" then
    err.raise("bad_input", ("evidence[%d] has no text `hit`"):format(i))
  end
  for field, value in next, line do
    local must_be = (field == "start" or field == "stop") and math.type(value) ~= "integer"
    if must_be or type(value) == "table" or (field == "left" or field == "right")
      and type(value) ~= "string" then
      err.raise("bad_input", ("evidence[%d].%s cannot be that"):format(i, field))
    end
  end
end

--- Lines of evidence, checked: plain rows with a text `hit`, and places that are whole numbers.
--- Shape: list of plain rows -> the same list.
--- Units: none.
--- Errors: raises bad_input with the line and the field, output for more than 10,000 lines.
--- Source: none.
---@param lines table[]
function look.evidence(lines)
  if #lines > MOST_LINES then
    err.raise("output", ("%d lines of evidence; a result has at most %d"):format(#lines,
      MOST_LINES))
  end
  for i, line in ipairs(lines) do check_line(line, i) end
  return lines
end

return look
