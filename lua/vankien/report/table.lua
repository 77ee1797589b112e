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
local BAR_WIDEST, BAR_NARROWEST = 20, 8

local function cells_of(rows, column)
  local out = {}
  for i, row in ipairs(rows) do out[i] = cell.show(rawget(row, column.name), column) end
  return out
end

local function natural_width(title, cells)
  local widest = text.width(title)
  for _, s in ipairs(cells) do
    local width = text.width(s)
    if width > widest then widest = width end
  end
  return widest
end

local function build(rows, list)
  local out = {}
  for i, column in ipairs(list) do
    local title = cell.visible(column.title)
    local cells = column.bars or cells_of(rows, column)
    out[i] = {
      name = column.name, title = title, align = column.align, cells = cells,
      width = natural_width(title, cells),
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

local function line_of(list, pick, ellipsis)
  local parts, cut = {}, 0
  for i, column in ipairs(list) do
    local s = pick(column)
    if text.width(s) > column.width then
      s, cut = text.cut(s, column.width, ellipsis), cut + 1
    end
    local last = i == #list and column.align ~= "right"
    parts[i] = last and s or text.pad(s, column.width, column.align)
  end
  return (table.concat(parts, (" "):rep(GAP)):gsub(" +$", "")), cut
end

local function body(list, n_rows, options)
  local ellipsis = options.unicode == false and "..." or "…"
  local rule = options.unicode == false and "-" or "─"
  local lines = {(line_of(list, function(column) return column.title end, ellipsis))}
  lines[2] = line_of(list, function(column) return rule:rep(column.width) end, ellipsis)
  if options.color then lines[1] = "\27[1m" .. lines[1] .. "\27[0m" end
  local cut = 0
  for i = 1, n_rows do
    local line, in_line = line_of(list, function(column) return column.cells[i] end, ellipsis)
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
---@param options? table width, unicode, color, chart, total (rows there are), footer, more
---@return string
function table_format.render(rows, given, options)
  options = options or {}
  local list, scale = with_chart(rows, columns.complete(rows, given), options)
  local dropped = options.width and fit(list, options.width) or {}
  local lines, cut = body(list, #rows, options)
  if options.footer ~= false then
    local footer = table_format.footer {shown = #rows, total = options.total, cut = cut,
      dropped = dropped, more = options.more}
    for _, line in ipairs(cell.wrap(footer, options.width, " ")) do lines[#lines + 1] = line end
  end
  if scale then lines[#lines + 1] = "(" .. scale .. ")" end
  return table.concat(lines, "\n") .. "\n"
end

return table_format
