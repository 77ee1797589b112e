-- Rows as an HTML table that stands alone in a page; everything from data is escaped.

local cell = require "vankien.report.cell"
local columns = require "vankien.report.columns"

local html = {}

local ESCAPES = {["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;"}

--- A string safe in HTML text and attributes.
--- Shape: string -> string.
--- Units: none.
--- Errors: none.
--- Source: HTML, 13.3.
---@param s string
---@return string
function html.escape(s)
  return (cell.harmless(s):gsub("[&<>\"']", ESCAPES))
end

local function row_of(list, tag, pick)
  local out = {}
  for i, column in ipairs(list) do
    local class = column.align == "right" and ' style="text-align: right"' or ""
    out[i] = ("<%s%s>%s</%s>"):format(tag, class, html.escape(pick(column)), tag)
  end
  return "<tr>" .. table.concat(out) .. "</tr>"
end

--- Rows as an HTML table, notes as a list below.
--- Shape: rows, columns (or nil), {title=, notes=} -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param rows table[]
---@param given? (string|table)[]
---@param options? table
---@return string
function html.render(rows, given, options)
  options = options or {}
  local list, lines = columns.complete(rows, given), {"<table>"}
  if options.title then
    lines[#lines + 1] = "<caption>" .. html.escape(options.title) .. "</caption>"
  end
  lines[#lines + 1] = "<thead>" .. row_of(list, "th", function(column) return column.title end)
    .. "</thead>"
  lines[#lines + 1] = "<tbody>"
  for _, row in ipairs(rows) do
    lines[#lines + 1] = row_of(list, "td", function(column)
      return cell.text(rawget(row, column.name), column)
    end)
  end
  lines[#lines + 1] = "</tbody>\n</table>"
  if options.notes and #options.notes > 0 then
    lines[#lines + 1] = "<ul>"
    for _, note in ipairs(options.notes) do
      lines[#lines + 1] = "<li>" .. html.escape(note) .. "</li>"
    end
    lines[#lines + 1] = "</ul>"
  end
  return table.concat(lines, "\n") .. "\n"
end

return html
