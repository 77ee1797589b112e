-- Evidence as a concordance: the phrase in a straight column, its surroundings on both
-- sides, and where it stands.  A line: {left, hit, right, where = text, group = heading or nil}.

local cell = require "vankien.report.cell"
local text = require "vankien.host.text"

local concordance = {}

local SIDE = 42            -- columns on each side when there is no screen to fit

-- The last `width` columns of a text.
local function tail(s, width, ellipsis)
  if text.width(s) <= width then return text.pad(s, width, "right") end
  local room, points, used = width - text.width(ellipsis), {}, 0
  for _, point in utf8.codes(s) do points[#points + 1] = utf8.char(point) end
  local from = #points + 1
  while from > 1 do
    local w = text.width(points[from - 1])
    if used + w > room then break end
    used, from = used + w, from - 1
  end
  while points[from] and text.width(points[from]) == 0 do from = from + 1 end
  return text.pad(ellipsis .. table.concat(points, "", from), width, "right")
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
  return "  " .. tail(cell.visible(line.left or ""), side, ellipsis) .. " "
    .. mark(hit, options) .. (" "):rep(hit_width - text.width(hit)) .. " "
    .. text.cut(cell.visible(line.right or ""), side, ellipsis)
end

--- Lines of evidence, the phrase aligned, its place on the line below.
--- Shape: list of {left, hit, right, where, group}, options -> string.
--- Units: options.width in terminal columns; without it 42 columns on each side.
--- Errors: none.
--- Source: Luhn 1960 (keyword in context).
---@param lines table[]
---@param options? table width, side, unicode, color
---@return string
function concordance.render(lines, options)
  options = options or {}
  local hit_width = widest_hit(lines)
  local side, out, group = side_width(options, hit_width), {}, nil
  for _, line in ipairs(lines) do
    if line.group and line.group ~= group then
      group = line.group
      out[#out + 1] = cell.visible(group)
    end
    out[#out + 1] = line_text(line, side, hit_width, options):gsub(" +$", "")
    if line.where then out[#out + 1] = "      " .. cell.visible(line.where) end
  end
  return #out > 0 and table.concat(out, "\n") .. "\n" or ""
end

return concordance
