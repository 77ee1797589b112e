-- Lines to passages: the structural unit each line belongs to, as a path like "XI / 2 / a".
-- Marks with a fixed order (Phần, Chương, Mục, Điều, I-, 1., 1.1.) close what stands below them;
-- the
-- others ((1), a), (i), Một là) nest where they are found.  Bullets hold only their own paragraph.
--
-- The sequence decides what is a mark: "Năm là" only after "Bốn là", "Thứ hai" only after "Thứ
-- nhất";
-- in a column of text a number that begins a line must also follow the one before it.
-- Marks in the middle of a line, as PDF text has them, are not looked for.

local lines = require "vankien.import.lines"
local marks = require "vankien.import.marks"
local wrap = require "vankien.import.wrap"

local structure = {}

local rank = {
  part = 1, chapter = 2, section = 3, article = 4, capital = 5, roman = 6, arabic = 7, decimal = 8,
}
local worded = { part = true, chapter = true, section = true, article = true }
local counted_by_word = { cardinal = true, ordinal = true }
local bullets = { bullet = true, plus = true }

-- A heading is short and ends without a mark of punctuation.
local HEADING_COLUMNS = 220

local function last_of(stack, class)
  for n = #stack, 1, -1 do
    if stack[n].class == class then return stack[n].value end
  end
end

local function follows(stack, mark)
  local last = last_of(stack, mark.class)
  if mark.class == "letter" or mark.class == "paren letter" then
    return mark.value == 1 or (last ~= nil and marks.is_next_letter(last, mark.value))
  end
  return mark.value == 1 or (last ~= nil and mark.value == last + 1)
end

-- Can a line begin something new here, seen from the line before it?
local function clean_break(before, line)
  if not before then return true end
  local ending = lines.ends(before)
  if ending == "hanging" then return false end
  if line.gap or before.level then return true end
  return not before.column or ending == "sentence" or ending == "clause"
    or lines.capitals(before)
end

local function decimal_holds(stack, mark, line)
  if not mark.bare then return true end
  local parent = mark.value:match "^(.*)%.%d+$"
  local last = last_of(stack, "decimal")
  local known = last and last:match "^%d+" or last_of(stack, "arabic")
  return lines.begins(line, mark.content) == "upper"
    and tostring(known) == parent:match "^%d+"
end

local function bullet_holds(before, line, mark, clean)
  local begins = lines.begins(line, mark.content)
  if begins ~= "lower" then return clean end
  return clean and (not before or line.gap ~= nil or lines.ends(before) ~= "open")
end

-- Is what looks like a mark one?
local function holds(mark, before, line, state)
  local clean, stack = clean_break(before, line), state.stack
  if bullets[mark.class] then return bullet_holds(before, line, mark, clean) end
  if counted_by_word[mark.class] then return clean and follows(stack, mark) end
  if worded[mark.class] then return clean end
  if mark.class == "decimal" then return clean and decimal_holds(stack, mark, line) end
  if mark.bare then
    return clean and lines.capitals(line, mark.content) and follows(stack, mark)
  end
  if follows(stack, mark) or mark.value == (state.latest[mark.class] or 0) + 1 then return clean end
  if mark.class == "capital" then return clean and lines.capitals(line, mark.content) end
  if mark.class == "roman" or mark.class == "small roman" then
    clean = clean and mark.value > (last_of(stack, mark.class) or 0)
  end
  return clean and not (before and before.column and not line.gap)
end

local function pop_to(stack, class)
  for n = #stack, 1, -1 do
    if stack[n].class == class then
      for k = #stack, n, -1 do stack[k] = nil end
      return true
    end
  end
end

local function enter_bullet(state, mark)
  if mark.class == "bullet" then
    state.bullets, state.pluses = state.bullets + 1, 0
    state.bullet = "-" .. state.bullets
    return state.bullet
  end
  state.pluses = state.pluses + 1
  local own = "+" .. state.pluses
  return state.bullet and state.bullet .. " / " .. own or own
end

local function new_list(state)
  state.bullet, state.bullets, state.pluses = nil, 0, 0
end

-- "3.5." below "II-": the marks III and IV were missed, so II is not where it stands.
local function drop_wrong_parent(stack, mark)
  local first = mark.class == "decimal" and tonumber(mark.value:match "^%d+")
  local part = first and not last_of(stack, "arabic") and last_of(stack, "roman")
  if part and first > part then pop_to(stack, "roman") end
end

-- Put a mark where it belongs; whatever it closes goes.
local function enter(state, mark)
  local stack, r = state.stack, rank[mark.class]
  new_list(state)
  state.path = nil                  -- put together again when it is asked for
  drop_wrong_parent(stack, mark)
  if not pop_to(stack, mark.class) and r then
    while stack[#stack] and (rank[stack[#stack].class] or r) >= r do stack[#stack] = nil end
  end
  local label = mark.label:gsub("\u{A0}", " "):gsub("%s+", " ")
  stack[#stack + 1] = { class = mark.class, value = mark.value, label = label }
  state.latest[mark.class] = mark.value       -- numbers may run on from part to part
end

local function path_of(state, bullet)
  if not state.path then
    local labels = {}
    for n, entry in ipairs(state.stack) do labels[n] = entry.label end
    state.path = table.concat(labels, " / ")
  end
  if not bullet then return state.path end
  return state.path == "" and bullet or state.path .. " / " .. bullet
end

-- "Điều 2." alone on its line: what follows is its text, not its title.
local function is_bare_mark(line)
  return line.mark ~= nil and line.mark.content > line.j
end

local function add_pieces(fragments, line)
  if line.pieces then
    table.move(line.pieces, 1, #line.pieces, #fragments + 1, fragments)
  else
    fragments[#fragments + 1] = line.from
    fragments[#fragments + 1] = line.to
  end
end

local function is_heading(first, last, fragments)
  if first.level then return true end
  local size = fragments[#fragments] - math.abs(fragments[1])
  local short = size <= 2 * HEADING_COLUMNS
  if lines.capitals(first) and lines.capitals(last) then return true end
  local mark = first.mark
  if not mark or not rank[mark.class] then return false end
  if is_bare_mark(first) then return true end
  return short and lines.ends(last) == "open"
end

local function begin(state, line)
  local bullet
  if line.gap == "break" or (line.level and not line.mark) then
    state.stack, state.path = {}, nil
    new_list(state)
  end
  if line.mark then
    if bullets[line.mark.class] then bullet = enter_bullet(state, line.mark)
    else enter(state, line.mark) end
  else
    state.bullet = nil
  end
  local passage = { path = path_of(state, bullet), kind = "paragraph", fragments = {} }
  add_pieces(passage.fragments, line)
  return passage
end

local function finish(state, passage, first, last)
  if is_heading(first, last, passage.fragments) then passage.kind = "heading"
  elseif first.mark then passage.kind = "item" end
  -- a sentence that ends in a colon opens a new list
  if not (first.mark and bullets[first.mark.class]) and last.s:byte(last.j) == 58 then
    new_list(state)
  end
end

--- Put lines together to passages.
--- Shape: list of lines -> list of {path=, kind=, fragments={from, to, …}}, lines joined.
--- Units: byte offsets into the document, 0-based, end exclusive.
--- Errors: none.
--- Source: none.
---@param all table see lines.lua
function structure.passages(all)
  wrap.measure(all)
  local state = { stack = {}, bullets = 0, pluses = 0, latest = {} }
  local out, joined = {}, 0
  local first, before
  for _, line in ipairs(all) do
    local mark = marks.of(line)
    line.mark = mark and holds(mark, before, line, state) and mark or nil
    if before and not line.mark and not is_bare_mark(before) and wrap.joins(before, line) then
      add_pieces(out[#out].fragments, line)
      joined = joined + 1
    else
      if first then finish(state, out[#out], first, before) end
      out[#out + 1], first = begin(state, line), line
    end
    before = line
  end
  if first then finish(state, out[#out], first, before) end
  return out, joined
end

return structure
