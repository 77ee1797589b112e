-- Which line ends are the page's and not the author's.  A text that was set in columns has lines
-- that end where the column ended: the next word would not have gone in.  Such lines are joined;
-- so are lines whose next begins in small letters.  The width is taken from the neighbourhood,
-- because one document can hold an abstract over the whole page and then two columns.
--
-- Does not know structural marks: a line that bears one is never asked about (structure.lua).

local lines = require "vankien.import.lines"

local wrap = {}

-- Columns are no wider and no narrower than this, in characters.
local WIDEST, NARROWEST = 130, 32
-- So many lines that are followed by another show the width of their column.
local ENOUGH = 4
-- Letters differ in width: a line counts as full from this share of the widest.
local FULL = 0.85
-- A text that parts its paragraphs by blank lines has several, none of them endless.
local SEVERAL, LONG_BLOCK = 3, 40
-- So many more spaces at the beginning of a line open a paragraph.
local INDENT = 2
-- So large a share of full lines makes a block a column.
local COLUMN = 0.7

-- Blocks: runs of short lines without a gap.
local function blocks(all)
  local out, block = {}, nil
  for n, line in ipairs(all) do
    local short = line.cols and line.cols <= WIDEST and not line.level
    if not short then
      block = nil
    elseif line.gap or not block then
      block = { first = n, last = n }
      out[#out + 1] = block
    else
      block.last = n
    end
  end
  return out
end

local function could_not_hold(line, next_line, width)
  return line.cols + 1 + lines.first_word(next_line) > width
end

-- The width of the column that lines first..last were set in, or nil when they were not.
local function column_width(all, ranges)
  local width, n = 0, 0
  for _, range in ipairs(ranges) do
    for k = range.first, range.last - 1 do
      width, n = math.max(width, all[k].cols), n + 1
    end
  end
  if n < ENOUGH or width < NARROWEST then return nil end
  local full = 0
  for _, range in ipairs(ranges) do
    for k = range.first, range.last - 1 do
      if could_not_hold(all[k], all[k + 1], width * FULL) then full = full + 1 end
    end
  end
  return full / n >= COLUMN and width or nil
end

-- A short block is judged with its neighbours, the nearest first.
local function with_neighbours(all, found, at)
  local ranges, reach = { found[at] }, 0
  local n = found[at].last - found[at].first
  while n < ENOUGH and reach < 4 do
    reach = reach + 1
    for _, other in ipairs { found[at - reach], found[at + reach] } do
      ranges[#ranges + 1] = other
      n = n + other.last - other.first
    end
  end
  return column_width(all, ranges)
end

-- Does the text part its paragraphs by blank lines?  Then a full line that ends a sentence does not
-- end its paragraph.
local function parted_by_blanks(all, columns)
  local n, ended = 0, 0
  for _, block in ipairs(columns) do
    n = n + block.last - block.first + 1
    local ending = lines.ends(all[block.last])
    if ending == "sentence" or ending == "clause" then ended = ended + 1 end
  end
  return #columns >= SEVERAL and n <= LONG_BLOCK * #columns and 2 * ended >= #columns
end

local function measure_block(all, block, width)
  for k = block.first, block.last do
    local line, next_line = all[k], all[k + 1]
    line.column = width
    if k < block.last then
      line.full = could_not_hold(line, next_line, width * FULL)
      line.over = could_not_hold(line, next_line, width)
    end
  end
end

--- Mark the lines that end because their column ended.
--- Shape: list of lines -> the same list; line.column is the width where there is a column, and
--- line.full says that the next line's first word would hardly have gone in, line.over that it
--- could not have (or need not, where blank lines part the paragraphs).
--- Units: characters.
--- Errors: none.
--- Source: none.
---@param all table see lines.lua
function wrap.measure(all)
  local found, columns = blocks(all), {}
  for at, block in ipairs(found) do
    local width = with_neighbours(all, found, at)
    if width then
      measure_block(all, block, width)
      columns[#columns + 1] = block
    end
  end
  if not parted_by_blanks(all, columns) then return all end
  for _, block in ipairs(columns) do
    for k = block.first, block.last do all[k].over = all[k].full end
  end
  return all
end

-- Across a blank line or a page: only what cannot be a paragraph of its own.
local function joins_over_gap(gap, ending, begins)
  if ending == "clause" then return false end
  if begins == "lower" then return true end
  return ending == "hanging" and (begins == "upper" or (begins == "digit" and gap == "blank"))
end

local function joins_in_block(line, ending, begins)
  if line.full then return true end
  if begins == "lower" then return ending ~= "clause" or line.column ~= nil end
  if ending == "hanging" then return true end
  if begins == "upper" then return false end
  return ending == "comma" or (line.column ~= nil and ending == "open")
end

-- An indented first line.  Behind a mark the indent is that of the item.
local function opens_paragraph(line, next_line, ending, begins)
  local indent = (next_line.indent or 0) - (line.indent or 0)
  return indent >= INDENT and not line.mark and begins ~= "lower"
    and ending ~= "hanging" and ending ~= "comma"
end

--- Does a line go on with the one after it, which bears no mark?
--- Shape: line, next line -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param line table
---@param next_line table
function wrap.joins(line, next_line)
  local gap = next_line.gap
  if gap == "break" or line.level or next_line.level then return false end
  local ending = lines.ends(line)
  if ending == "sentence" and (gap or not line.over) then return false end
  local capitals = lines.capitals(line)
  if capitals ~= lines.capitals(next_line) and not line.full then return false end
  local begins = lines.begins(next_line)
  if opens_paragraph(line, next_line, ending, begins) then return false end
  if gap then return not capitals and joins_over_gap(gap, ending, begins) end
  if capitals then return ending ~= "sentence" and ending ~= "clause" end
  return joins_in_block(line, ending, begins)
end

return wrap
