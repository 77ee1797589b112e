-- A quotation taken apart: what an ellipsis separates are parts that follow each other; what a
-- sentence ends are segments, since the token stream holds an end there and no mark.
-- Surrounding quotation marks, marks at either end and glued footnote digits are left out.

local err = require "vankien.util.err"
local text = require "vankien.host.text"

local quote_parts = {}

local MAX_BYTES = 40000
local MAX_TOKENS = 40             -- of one segment: longer ones are cut and must join on

local marks_around = { "“", "”", '"', "'", "‘", "’", "«", "»", "„" }

local function trimmed(s)
  local before
  repeat
    before = s
    s = s:gsub("^[%s.,;:]+", ""):gsub("[%s.,;:]+$", "")
    for _, mark in ipairs(marks_around) do
      if s:sub(1, #mark) == mark then s = s:sub(#mark + 1) end
      if s:sub(-#mark) == mark then s = s:sub(1, -#mark - 1) end
    end
  until s == before
  return s
end

--- Is a token a footnote number glued to the word before it ("toàn diện1")?
--- Shape: text, tokens of it, index -> boolean.
--- Units: none; a number after capitals alone ("G20") belongs to the name.
--- Errors: none.
--- Source: none.
function quote_parts.is_glued(s, tokens, i)
  local token, before = tokens[i], tokens[i - 1]
  if token.kind ~= "number" or not before or before.to + 1 ~= token.from
    or not token.form:find "^%d%d?$" then return false end
  local word = s:sub(before.from, before.to)
  return before.kind == "syllable" and text.upper(word) ~= word
end

local function without_notes(s)
  local tokens, kept, at, dropped = text.tokens(s), {}, 1, 0
  for i, token in ipairs(tokens) do
    if quote_parts.is_glued(s, tokens, i) then
      kept[#kept + 1] = s:sub(at, token.from - 1)
      at, dropped = token.to + 1, dropped + 1
    end
  end
  kept[#kept + 1] = s:sub(at)
  return table.concat(kept), dropped
end

local function has_word(tokens, from, to)
  for i = from, to do
    if tokens[i].kind ~= "mark" then return true end
  end
  return false
end

local function segments_of(s, tokens)
  local segments, first = {}, 1
  local function close(last, joins)
    if last >= first and has_word(tokens, first, last) then
      segments[#segments + 1] = { phrase = s:sub(tokens[first].from, tokens[last].to),
        joins = joins }
    end
    first = last + 1
  end
  for i, token in ipairs(tokens) do
    if token.sentence_end then
      close(i - 1)
      first = i + 1
    elseif i - first + 1 >= MAX_TOKENS then
      close(i, true)
    end
  end
  close(#tokens)
  return segments
end

local function part_of(s)
  local clean, dropped = without_notes(trimmed(s))
  clean = trimmed(clean)
  local tokens = text.tokens(clean)
  if not has_word(tokens, 1, #tokens) then return nil end
  return { text = clean, tokens = tokens, segments = segments_of(clean, tokens),
    glued = dropped }
end

local function check(s)
  if type(s) ~= "string" then
    err.raise("bad_input", "a quotation is a text, not a " .. type(s))
  end
  local valid, offset, reason = text.check_utf8(s)
  if not valid then
    err.raise("bad_input", ("the quotation is not UTF-8 (byte %d: %s)"):format(offset, reason))
  end
  if #s > MAX_BYTES then
    err.raise("bad_input", ("the quotation has %d bytes, more than %d"):format(#s, MAX_BYTES),
      { hint = "compare long texts with diff or align" })
  end
end

--- The parts of a quotation.
--- Shape: string -> list of {text (NFC), tokens, segments = list of {phrase, joins}, glued}.
--- Units: glued is the number of footnote numbers left out; `joins`: the next segment follows at
---   once, otherwise after the end of a sentence.
--- Errors: raises bad_input for no text, no UTF-8, no word, or more than 40,000 bytes.
--- Source: none.
---@param s string
function quote_parts.read(s)
  check(s)
  local parts = {}
  local marked = text.nfc(s):gsub("\u{A0}", " "):gsub("Ð", "Đ"):gsub("…", "...")
    :gsub("[%[%(]%s*%.%.%.+%s*[%]%)]", "\0"):gsub("%.%.%.+", "\0")
  for piece in marked:gmatch "[^%z]+" do parts[#parts + 1] = part_of(piece) end
  if #parts == 0 then
    err.raise("bad_input", "the quotation holds no word",
      { hint = 'vankien quote "thêm bạn, bớt thù"' })
  end
  return parts
end

return quote_parts
