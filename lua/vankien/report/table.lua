-- An aligned table of plain rows, fitted to a width when there is one.  What does not fit is
-- cut with an ellipsis, and the footer says what was cut: nothing is left out in silence.

local cell = require "vankien.report.cell"
local chart = require "vankien.report.chart"
local columns = require "vankien.report.columns"
local text = require "vankien.host.text"

local table_format = {}

local GAP = 2              -- columns between two cells
local NARROWEST = 10       -- a text column is not cut below this: a date stays whole
local COMFORTABLE = 40     -- optional columns go before text is cut below this
local BAR_WIDEST, BAR_NARROWEST = 20, 6

local function cells_of(rows, column)
  local out = {}
  for i, row in ipairs(rows) do out[i] = cell.show(rawget(row, column.name), column) end
  return out
end

-- The width of each cell, and the largest.
local function widths_of(title, cells)
  local widest, widths = text.width(title), {}
  for i, s in ipairs(cells) do
    local width = text.width(s)
    widths[i] = width
    if width > widest then widest = width end
  end
  return widths, widest
end

local function build(rows, list)
  local out = {}
  for i, column in ipairs(list) do
    local title = cell.visible(column.title)
    local cells = column.bars or cells_of(rows, column)
    local widths, widest = widths_of(title, cells)
    out[i] = {
      name = column.name, title = title, align = column.align, cells = cells,
      widths = widths, width = widest,
      elastic = column.type == "text" and not column.whole, optional = column.optional,
    }
  end
  return out
end

local function total_width(list, cap)
  local total = GAP * math.max(#list - 1, 0)
  for _, column in ipairs(list) do
    total = total + (column.elastic and math.min(column.width, cap) or column.width)
  end
  return total
end

-- The largest width that all text columns may take so that the table fits, or nil.
local function fitting_cap(list, width)
  local low, high = NARROWEST, width
  if total_width(list, low) > width then return nil end
  while low < high do
    local middle = (low + high + 1) // 2
    if total_width(list, middle) <= width then low = middle else high = middle - 1 end
  end
  return low
end

local function is_cramped(list, width, cap)
  return #list > 1 and (not cap
    or list[#list].optional and cap < COMFORTABLE and total_width(list, math.huge) > width)
end

-- Columns that cannot be shown go from the right, optional ones sooner; their names come back.
local function fit(list, width)
  local dropped = {}
  local cap = fitting_cap(list, width)
  while is_cramped(list, width, cap) do
    table.insert(dropped, 1, table.remove(list).name)
    cap = fitting_cap(list, width)
  end
  cap = cap or width
  for _, column in ipairs(list) do
    if column.elastic or #list == 1 then column.width = math.min(column.width, cap) end
  end
  return dropped
end

-- A text of known width, set into a column.
local function set(s, width, column, is_last, ellipsis)
  if width > column.width then
    s = text.cut(s, column.width, ellipsis)
    width = text.width(s)
  end
  local space = (" "):rep(column.width - width)
  if column.align == "right" then return space .. s end
  return is_last and s or s .. space
end

local function trimmed(line)
  return line:find " $" and line:gsub(" +$", "") or line
end

local function head(list, ellipsis)
  local parts = {}
  for i, column in ipairs(list) do
    parts[i] = set(column.title, text.width(column.title), column, i == #list, ellipsis)
  end
  return trimmed(table.concat(parts, (" "):rep(GAP)))
end

local function row_line(list, n, ellipsis)
  local parts, cut = {}, 0
  for i, column in ipairs(list) do
    local width = column.widths[n]
    if width > column.width then cut = cut + 1 end
    parts[i] = set(column.cells[n], width, column, i == #list, ellipsis)
  end
  return trimmed(table.concat(parts, (" "):rep(GAP))), cut
end

local function body(list, n_rows, options)
  local ellipsis = options.unicode == false and "..." or "…"
  local rule = options.unicode == false and "-" or "─"
  local rules = {}
  for i, column in ipairs(list) do rules[i] = rule:rep(column.width) end
  local lines = {head(list, ellipsis), table.concat(rules, (" "):rep(GAP))}
  if options.color then lines[1] = "\27[1m" .. lines[1] .. "\27[0m" end
  local cut = 0
  for i = 1, n_rows do
    local line, in_line = row_line(list, i, ellipsis)
    lines[#lines + 1], cut = line, cut + in_line
  end
  return lines, cut
end

local function plural(n, one)
  return cell.count(n) .. " " .. one .. (n == 1 and "" or "s")
end

--- How many rows are shown, of how many, and what was cut.
--- Shape: {shown=, total=, cut=, dropped=, more=} -> string.
--- Units: rows, cells.
--- Errors: none.
--- Source: own.
---@param facts table
---@return string
function table_format.footer(facts)
  local total = facts.total or facts.shown
  local parts = {total == facts.shown and plural(total, "row")
    or cell.count(facts.shown) .. " of " .. plural(total, "row")}
  if facts.cut > 0 then parts[#parts + 1] = plural(facts.cut, "cell") .. " cut to fit" end
  if #facts.dropped > 0 then
    parts[#parts + 1] = "not shown for want of width: " .. table.concat(facts.dropped, ", ")
  end
  if facts.more then parts[#parts + 1] = facts.more end
  return "(" .. table.concat(parts, "; ") .. ")"
end

-- Bars take the room that the other columns leave.
local function bar_width(list, options)
  if not options.width then return BAR_WIDEST end
  local room = options.width - total_width(list, math.huge) - GAP
  return math.max(math.min(room, BAR_WIDEST), BAR_NARROWEST)
end

local function with_chart(rows, shown, options)
  local list = build(rows, shown)
  for i, column in ipairs(shown) do
    if column.chart and options.chart then
      local bars, scale = chart.column(rows, column,
        {width = bar_width(list, options), unicode = options.unicode ~= false})
      if bars then table.insert(list, i + 1, build(rows, {bars})[1]) end
      return list, scale
    end
  end
  return list
end

--- Rows as an aligned table.
--- Shape: rows, columns (or nil), options -> string that ends in a line end.
--- Units: options.width in terminal columns (nil: as wide as it needs).
--- Errors: none.
--- Source: own.
---@param rows table[]
---@param given? (string|table)[]
---@param options? table width, unicode, color, chart, total (rows there are), more, footer:
---  false, or a function that says what table_format.footer says
---@return string
function table_format.render(rows, given, options)
  options = options or {}
  local list, scale = with_chart(rows, columns.complete(rows, given), options)
  local dropped = options.width and fit(list, options.width) or {}
  local lines, cut = body(list, #rows, options)
  if options.footer ~= false then
    local facts = {shown = #rows, total = options.total, cut = cut, dropped = dropped,
      more = options.more}
    local footer = (options.footer or table_format.footer)(facts)
    for _, line in ipairs(cell.wrap(footer, options.width, " ")) do lines[#lines + 1] = line end
  end
  if scale then lines[#lines + 1] = "(" .. scale .. ")" end
  return table.concat(lines, "\n") .. "\n"
end

return table_format
