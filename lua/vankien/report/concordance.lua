-- Evidence as a concordance: the phrase in a straight column, its surroundings on both
-- sides, and where it stands.  A line: {left, hit, right, kind, inside, phrase, period, and
-- number, title, issuer, issued, section, start, stop, of which any may be missing}; left and right
-- have the spaces that belong to them.

local cell = require "vankien.report.cell"
local text = require "vankien.host.text"

local concordance = {}

local SIDE = 42            -- columns on each side when there is no screen to fit

-- The last `width` columns of a text.
local function tail(s, width, ellipsis)
  local total = text.width(s)
  if total <= width then return text.pad(s, width, "right") end
  local gone = total - (width - text.width(ellipsis))       -- columns that must go, at least
  local head = text.cut(s, gone, "")
  local from = #head + 1
  if text.width(head) < gone then from = utf8.offset(s, 2, from) end
  while from <= #s and text.width(s:sub(from, utf8.offset(s, 2, from) - 1)) == 0 do
    from = utf8.offset(s, 2, from)
  end
  return text.pad(ellipsis .. s:sub(from), width, "right")
end

local function widest_hit(lines)
  local widest = 0
  for _, line in ipairs(lines) do widest = math.max(widest, text.width(cell.visible(line.hit))) end
  return widest
end

local function side_width(options, hit_width)
  if not options.width then return options.side or SIDE end
  return math.max((options.width - hit_width - 6) // 2, 10)
end

local function mark(s, options)
  return options.color and "\27[1m" .. s .. "\27[0m" or s
end

local function line_text(line, side, hit_width, options)
  local ellipsis = options.unicode == false and "..." or "…"
  local hit = cell.visible(line.hit)
  local room = side + hit_width - text.width(hit)
  return "  " .. tail(cell.visible(line.left or ""), side, ellipsis) .. mark(hit, options)
    .. text.cut(cell.visible(line.right or ""), room, ellipsis)
end

--- Where a line stands, in words: document, issuer, date, section, bytes of the original.
--- Shape: line -> string, empty when nothing is known.
--- Units: bytes of the stored original, counted from 0, end exclusive.
--- Errors: none.
--- Source: own.
---@param line table
---@return string
function concordance.place(line)
  local parts = {}
  local function add(value, pattern)
    if value ~= nil and value ~= "" then parts[#parts + 1] = (pattern or "%s"):format(value) end
  end
  add(line.number or line.title or line.document)
  add(line.issuer)
  add(line.issued)
  add(line.section, "section %s")
  if line.start and line.stop then
    parts[#parts + 1] = ("bytes %d-%d"):format(line.start, line.stop)
  end
  if line.kind and line.kind ~= "free" then
    add(line.kind .. (line.inside and " in “" .. tostring(line.inside) .. "”" or ""))
  end
  return cell.visible(table.concat(parts, ", "))
end

--- What a line is evidence of: its period and phrase.
--- Shape: line -> string, or nil.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param line table
---@return string?
function concordance.heading(line)
  if not line.phrase then return line.period and tostring(line.period) end
  local phrase = "“" .. tostring(line.phrase) .. "”"
  return line.period and tostring(line.period) .. ", " .. phrase or phrase
end

--- A line as one sentence, for lists of notes.
--- Shape: line -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param line table
---@return string
function concordance.sentence(line)
  local heading = concordance.heading(line)
  return ("%s%s[%s]%s (%s)"):format(heading and heading .. ": " or "", line.left or "", line.hit,
    line.right or "", concordance.place(line))
end

--- Columns of lines when they are written as rows.
concordance.columns = {
  "number", "issued", "issuer", "congress", "title", "document", "section", "passage", "start",
  "stop", "phrase", "kind", "inside", "left", "hit", "right",
}

--- Lines of evidence, the phrase aligned, its place on the line below.
--- Shape: list of lines, or a result with them as rows, options -> string.
--- Units: options.width in terminal columns; without it 42 columns on each side.
--- Errors: none.
--- Source: Luhn 1960 (keyword in context).
---@param lines table[]
---@param options? table width, side, unicode, color
---@return string
function concordance.render(lines, options)
  options = options or {}
  lines = rawget(lines, "rows") or lines
  local hit_width = widest_hit(lines)
  local side, out, group = side_width(options, hit_width), {}, nil
  for _, line in ipairs(lines) do
    local heading = concordance.heading(line)
    if heading ~= group then
      group = heading
      out[#out + 1] = group and cell.visible(group)
    end
    out[#out + 1] = line_text(line, side, hit_width, options):gsub(" +$", "")
    local place = concordance.place(line)
    if place ~= "" then
      for _, part in ipairs(cell.wrap(place, options.width and math.max(options.width - 6, 20))) do
        out[#out + 1] = "      " .. part
      end
    end
  end
  return #out > 0 and table.concat(out, "\n") .. "\n" or ""
end

return concordance
