-- Rows as a Markdown table (GitHub's), aligned for reading as plain text too.

local cell = require "vankien.report.cell"
local columns = require "vankien.report.columns"
local text = require "vankien.host.text"

local markdown = {}

local ESCAPES = {["|"] = "\\|", ["<"] = "&lt;", ["&"] = "&amp;"}

--- A string safe inside a Markdown table cell.
--- Shape: string -> string on one line.
--- Units: none.
--- Errors: none.
--- Source: GitHub Flavored Markdown, tables.
---@param s string
---@return string
function markdown.escape(s)
  if not (s:find "%c" or s:find("|", 1, true) or s:find("<", 1, true) or s:find("&", 1, true)) then
    return cell.visible(s)
  end
  local lines = {}
  for line in (s:gsub("\r\n?", "\n") .. "\n"):gmatch "(.-)\n" do
    lines[#lines + 1] = cell.visible(line):gsub("[|<&]", ESCAPES)
  end
  return table.concat(lines, "<br>")
end

local function rule(column, width)
  if column.align == "right" then return ("-"):rep(width - 1) .. ":" end
  return ("-"):rep(width)
end

local function line_of(list, widths, pick)
  local parts = {}
  for i, column in ipairs(list) do
    parts[i] = text.pad(pick(i, column), widths[i], column.align)
  end
  return "| " .. table.concat(parts, " | ") .. " |"
end

--- Rows as a Markdown table, notes as a list below.
--- Shape: rows, columns (or nil), {notes = list of strings} -> string.
--- Units: none.
--- Errors: none.
--- Source: GitHub Flavored Markdown, tables.
---@param rows table[]
---@param given? (string|table)[]
---@param options? table
---@return string
function markdown.render(rows, given, options)
  local list, widths, cells = columns.complete(rows, given), {}, {}
  for i, column in ipairs(list) do
    widths[i], cells[i] = math.max(3, text.width(markdown.escape(column.title))), {}
    for n, row in ipairs(rows) do
      cells[i][n] = markdown.escape(cell.text(rawget(row, column.name), column))
      widths[i] = math.max(widths[i], text.width(cells[i][n]))
    end
  end
  local lines = {
    line_of(list, widths, function(_, column) return markdown.escape(column.title) end),
    line_of(list, widths, function(i, column) return rule(column, widths[i]) end),
  }
  for n = 1, #rows do
    lines[#lines + 1] = line_of(list, widths, function(i) return cells[i][n] end)
  end
  for i, note in ipairs(options and options.notes or {}) do
    if i == 1 then lines[#lines + 1] = "" end
    lines[#lines + 1] = "- " .. markdown.escape(note)
  end
  return table.concat(lines, "\n") .. "\n"
end

return markdown
