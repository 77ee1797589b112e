-- Lines to passages: the structural unit each line belongs to, as a path like "XI / 2 / a".
-- Marks with a fixed order (Phần, Chương, Mục, Điều, I-, 1., 1.1.) close what stands below them;
-- the
-- others ((1), a), (i), Một là) nest where they are found.  Bullets hold only their own paragraph.
--
-- The sequence decides what is a mark: "Năm là" only after "Bốn là", "Thứ hai" only after "Thứ
-- nhất";
-- in a column of text a number that begins a line must also follow the one before it.
-- Marks in the middle of a line, as PDF text has them, are not looked for.

local text = require "vankien.host.text"
local marks = require "vankien.import.marks"

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

-- Can line k begin something new here, seen from the line before it?
local function clean_break(all, k)
  if k == 1 then return true end
  local ending = all:ends(k - 1)
  if ending == "hanging" then return false end
  local _, _, level, _, column = all:place(k - 1)
  local _, _, _, gap = all:place(k)
  if gap or level then return true end
  return not column or ending == "sentence" or ending == "clause" or all:capitals(k - 1)
end

local function decimal_holds(stack, mark, all, k)
  if not mark.bare then return true end
  local parent = mark.value:match "^(.*)%.%d+$"
  local last = last_of(stack, "decimal")
  local known = last and last:match "^%d+" or last_of(stack, "arabic")
  return all:begins(k, mark.content) == "upper" and tostring(known) == parent:match "^%d+"
end

local function has_gap(all, k)
  local _, _, _, gap = all:place(k)
  return gap ~= nil
end

local function bullet_holds(all, k, mark, clean)
  if all:begins(k, mark.content) ~= "lower" then return clean end
  return clean and (k == 1 or has_gap(all, k) or all:ends(k - 1) ~= "open")
end

-- A number in a column of text may have come to the beginning of its line by chance.
local function by_chance(all, k)
  if k == 1 or has_gap(all, k) then return false end
  local _, _, _, _, column = all:place(k - 1)
  return column ~= nil
end

-- Is what looks like a mark one?
local function holds(mark, k, state)
  local all, stack = state.all, state.stack
  local clean = clean_break(all, k)
  if bullets[mark.class] then return bullet_holds(all, k, mark, clean) end
  if counted_by_word[mark.class] then return clean and follows(stack, mark) end
  if worded[mark.class] then return clean end
  if mark.class == "decimal" then return clean and decimal_holds(stack, mark, all, k) end
  if mark.bare then return clean and all:capitals(k, mark.content) and follows(stack, mark) end
  if follows(stack, mark) or mark.value == (state.latest[mark.class] or 0) + 1 then return clean end
  if mark.class == "capital" then return clean and all:capitals(k, mark.content) end
  if mark.class == "roman" or mark.class == "small roman" then
    clean = clean and mark.value > (last_of(stack, mark.class) or 0)
  end
  return clean and not by_chance(all, k)
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

-- The mark of line k, or nil.
local function mark_of(state, k)
  if state.all:plain(k) then return nil end
  local mark = marks.of(state.all:text(k))
  return mark and holds(mark, k, state) and mark or nil
end

-- The passage that begins with line `first` and ends with line `last`.
local function kind_of(all, first, last, mark)
  local from, _, level = all:place(first)
  if level then return "heading" end
  if all:capitals(first) and all:capitals(last) then return "heading" end
  if not mark then return "paragraph" end
  if not rank[mark.class] then return "item" end
  if mark.alone then return "heading" end
  local _, to = all:place(last)
  local short = to - from <= 2 * HEADING_COLUMNS
  return short and all:ends(last) == "open" and "heading" or "item"
end

local function finish(state, last)
  local mark = state.mark
  state.out:kind(kind_of(state.all, state.first, last, mark))
  -- a sentence that ends in a colon opens a new list
  if not (mark and bullets[mark.class]) and state.all:colon(last) then new_list(state) end
end

local function begin(state, k, mark)
  local _, _, level, gap = state.all:place(k)
  local bullet
  if gap == "break" or (level and not mark) then
    state.stack, state.path = {}, nil
    new_list(state)
  end
  if not mark then
    state.bullet = nil
  elseif bullets[mark.class] then
    bullet = enter_bullet(state, mark)
  else
    enter(state, mark)
  end
  state.out:begin(path_of(state, bullet))
  state.first, state.mark = k, mark
end

-- Line k: part of the passage that is open, or the beginning of the next one.
local function take(state, k)
  local all, before = state.all, state.before
  local mark = mark_of(state, k)
  -- "Điều 2." alone on its line: what follows is its text, not its title
  local alone = before and before.alone
  if k > 1 and not mark and not alone and all:joins(k - 1, before ~= nil) then
    state.joined = state.joined + 1
  else
    if k > 1 then finish(state, k - 1) end
    begin(state, k, mark)
  end
  state.out:take(all, k)
  state.before = mark
end

-- Lines that bear no mark, from k on, behind a passage that bears none: the common case, quick.
local function run(state, k)
  local joined, colon
  k, state.first, joined, colon = state.out:run(state.all, k, state.first)
  state.joined = state.joined + joined
  if colon then new_list(state) end
  return k
end

--- Put lines together to passages.
--- Shape: lines of vankien.host.text -> passages of vankien.host.text, lines joined.  A passage
--- reads as {path=, kind=, fragments={from, to, …}}.
--- Units: byte offsets into the document, 0-based, end exclusive.
--- Errors: none.
--- Source: none.
---@param all userdata
function structure.passages(all)
  local state = {
    all = all, out = text.passages(), stack = {}, bullets = 0, pluses = 0, latest = {}, joined = 0,
  }
  local k, count = 1, #all
  all:measure()
  while k <= count do
    take(state, k)
    k = k + 1
    if not state.mark then k = run(state, k) end
  end
  if count > 0 then finish(state, count) end
  return state.out, state.joined
end

return structure
