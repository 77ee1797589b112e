-- From candidates to what Tab does: it inserts what all of them begin with, else lists them.

local cell = require "vankien.report.cell"
local list = require "vankien.util.list"
local text = require "vankien.host.text"

local present = {}

local LINES = 24              -- of a listing

--- Names as candidates.
--- Shape: list of texts, what follows each -> list of candidates.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param names string[]
---@param suffix? string
---@return table[]
function present.plain(names, suffix)
  return list.map(names, function(name)
    return {insert = name .. (suffix or ""), label = name}
  end)
end

--- A text for comparing: without case, marks, spaces, hyphens and slashes.
--- Shape: text -> text.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param s string
---@return string
function present.squeezed(s)
  return (text.bare(s):gsub("[%s/-]", ""))
end

-- Those that begin with what is typed, without regard to case and marks; else those that hold it.
local function fitting(found, typed)
  local wanted, begins, holds, seen = text.bare(typed), {}, {}, {}
  local short = present.squeezed(typed)
  for _, candidate in ipairs(found) do
    if not seen[candidate.insert] then
      seen[candidate.insert] = true
      local bare = text.bare(candidate.insert)
      local inside = bare:find(wanted, 1, true)
        or short ~= "" and present.squeezed(bare):find(short, 1, true)
      if bare:sub(1, #wanted) == wanted then begins[#begins + 1] = candidate
      elseif inside then holds[#holds + 1] = candidate end
    end
  end
  return #begins > 0 and begins or #wanted > 1 and holds or {}
end

local function common_beginning(found)
  local same = found[1].insert
  for i = 2, #found do
    local other, n = found[i].insert, 0
    while n < #same and same:byte(n + 1) == other:byte(n + 1) do n = n + 1 end
    same = same:sub(1, n)
  end
  while #same > 0 and not utf8.len(same) do same = same:sub(1, -2) end
  return same
end

local function in_columns(labels, width)
  local widest = 0
  for _, label in ipairs(labels) do widest = math.max(widest, text.width(label) + 2) end
  local columns = math.max(1, width // widest)
  local rows, lines = (#labels + columns - 1) // columns, {}
  for r = 1, math.min(rows, LINES) do
    local parts = {}
    for c = 0, columns - 1 do
      local label = labels[c * rows + r]
      if label then parts[#parts + 1] = text.pad(label, widest) end
    end
    lines[r] = (table.concat(parts):gsub(" +$", ""))
  end
  return lines, rows > LINES and #labels - LINES * columns or 0
end

local function listing(found, screen)
  local width, labels = (screen.width or 80) - 1, {}
  local table_like = false
  for i, candidate in ipairs(found) do
    local label = cell.visible(candidate.label or candidate.insert)
    table_like = table_like or label:find("  ", 1, true) ~= nil
    labels[i] = text.cut(label, width, "…")
  end
  local lines, more
  if table_like then
    lines = table.move(labels, 1, math.min(#labels, LINES), 1, {})
    more = #labels - #lines
  else
    lines, more = in_columns(labels, width)
  end
  if more > 0 then lines[#lines + 1] = ("… %s more"):format(cell.count(more)) end
  return table.concat(lines, "\n") .. "\n"
end

--- What Tab does with these candidates.
--- Shape: candidates, typed, byte where it begins, screen -> from, insert, listing; nil: nothing.
--- Units: bytes from 1.
--- Errors: none.
--- Source: own.
---@param found table[]
---@param typed string
---@param from integer
---@param screen table
---@return integer?
---@return string?
---@return string?
function present.action(found, typed, from, screen)
  found = fitting(found, typed)
  if #found == 0 then return nil end
  local same = common_beginning(found)
  local longer = #found == 1 or utf8.len(same) >= (utf8.len(typed) or #typed)
  local insert = same ~= typed and longer and same or nil
  if #found > 1 and not (insert and #text.bare(same) > #text.bare(typed)) then
    return from, insert, listing(found, screen)
  end
  return from, insert
end

return present
