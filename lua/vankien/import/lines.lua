-- Lines of a text with their byte offsets, and what can be told of one line alone: how wide it
-- is, how it begins, how it ends.  What two lines have to do with each other is wrap.lua's.
--
-- A line is {from=, to=, pieces=nil or {from, to, …}, s=, i=, j=, gap=, cols=, indent=, level=}:
-- byte offsets into the document (0-based, end exclusive); s[i..j] is the same text as one NFC
-- string without markup, to look at, never to store; gap is what stood before it: nil, "blank",
-- "page", "break".

local text = require "vankien.host.text"

local lines = {}

-- A line of more bytes than this is a paragraph as it stands: it is not measured.
local SHORT_BYTES = 400

local find, byte, sub, match = string.find, string.byte, string.sub, string.match

local lower_letters = "àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđð"
local lower = {}
for letter in lower_letters:gmatch(utf8.charpattern) do lower[letter] = true end

local upper_letters = "ÀÁẠẢÃÂẦẤẬẨẪĂẰẮẶẲẴÈÉẸẺẼÊỀẾỆỂỄÌÍỊỈĨÒÓỌỎÕÔỒỐỘỔỖƠỜỚỢỞỠÙÚỤỦŨƯỪỨỰỬỮỲÝỴỶỸĐÐ"
local upper = {}
for letter in upper_letters:gmatch(utf8.charpattern) do upper[letter] = true end

-- Marks that may stand between a sentence's last character and the end of the line.
local closers = {
  '"', "'", ")", "]", "”", "’", "»", "*", "\u{A0}",
}
-- Bytes that ornaments are made of.
local ornaments = { [42] = true, [95] = true, [45] = true, [61] = true, [126] = true }
-- Words that end no paragraph: what follows belongs to them.
local hanging = {}
for word in ("với và của các những để trong là hoặc cho về tại từ theo bằng do vì nhưng mà thì số "
  .. "khóa khoá năm tháng ngày lần thứ đến một được bị cả mọi mỗi trên dưới ở"):gmatch "%S+" do
  hanging[word] = true
end

--- Iterate over the raw lines of a text from an offset on.
--- Shape: string, offset -> function giving from, to, indent for each line.
--- Units: byte offsets, 0-based, end exclusive; white space at both ends of a line left out;
--- indent is the bytes of white space at the beginning.
--- Errors: none.
--- Source: none.
---@param bytes string
---@param at integer
function lines.each(bytes, at)
  local pos, size = at + 1, #bytes
  return function()
    if pos > size then return nil end
    local feed = find(bytes, "\n", pos, true) or size + 1
    local i, j = match(bytes, "^[ \t\r\f\v]*()", pos), feed - 1
    local indent = i - pos
    pos = feed + 1
    while j >= i do
      local c = byte(bytes, j)
      if c ~= 32 and c ~= 13 and c ~= 9 and c ~= 11 and c ~= 12 then break end
      j = j - 1
    end
    if i > feed then i = feed end
    return i - 1, j < i and i - 1 or j, indent
  end
end

--- Make a line of one piece.
--- Shape: document, from, to, gap or nil, indent -> line.
--- Units: byte offsets.
--- Errors: none.
--- Source: none.
function lines.make(bytes, from, to, gap, indent)
  return { from = from, to = to, s = bytes, i = from + 1, j = to, gap = gap, indent = indent }
end

-- The pieces of a line as text.clean will join them.
local function shown_text(bytes, pieces)
  local shown = {}
  for n = 1, #pieces, 2 do
    local between = n > 1 and sub(bytes, pieces[n - 1] + 1, pieces[n]) or ""
    if find(between, "[%s|]") then shown[#shown + 1] = " " end
    shown[#shown + 1] = sub(bytes, pieces[n] + 1, pieces[n + 1])
  end
  return table.concat(shown)
end

--- Let a line be looked at as one NFC string without its markup.
--- Shape: document, line, decomposed -> the same line.
--- Units: none.
--- Errors: none; the document is known to be UTF-8.
--- Source: none.
function lines.settle(bytes, line, decomposed)
  if line.pieces or decomposed then
    local s = shown_text(bytes, line.pieces or { line.from, line.to })
    if decomposed then s = text.nfc(s) end
    line.s, line.i, line.j = s, match(s, "^%s*()"), #match(s, "^(.-)%s*$")
  end
  if line.j - line.i < SHORT_BYTES then line.cols = utf8.len(line.s, line.i, line.j) end
  return line
end

--- How a line begins.
--- Shape: line, at (its beginning) -> "lower", "upper", "digit" or "other".
--- Units: at is a place in line.s.
--- Errors: none.
--- Source: none.
function lines.begins(line, at)
  local s, i = line.s, at or line.i
  local c = byte(s, i)
  if not c or i > line.j then return "other" end
  if c >= 97 and c <= 122 then return "lower" end
  if c >= 65 and c <= 90 then return "upper" end
  if c >= 48 and c <= 57 then return "digit" end
  if c < 128 then return "other" end
  local letter = match(s, "^[\194-\244][\128-\191]*", i)
  return lower[letter] and "lower" or upper[letter] and "upper" or "other"
end

-- The place of the last character that is no closing mark.
local function before_closers(s, i, j)
  local again = not find(s, "^[%w.,;:!?]", j)
  while again and j >= i do
    again = false
    for _, mark in ipairs(closers) do
      if sub(s, j - #mark + 1, j) == mark then
        j, again = j - #mark, true
        break
      end
    end
    local c = byte(s, j)
    if c == 32 or c == 9 then j, again = j - 1, true end
  end
  return j
end

local function ending_of(line)
  local s, i = line.s, line.i
  local j = before_closers(s, i, line.j)
  local last = sub(s, j, j)
  if last == "." or last == "!" or last == "?" or sub(s, j - 2, j) == "…" then return "sentence" end
  if last == ";" or last == ":" then return "clause" end
  if last == "," then return "comma" end
  if last == "-" or last == "(" or sub(s, j - 2, j) == "–" then return "hanging" end
  local word = match(sub(s, math.max(i, j - 24), j), "(%S+)$")
  if word and j == line.j and hanging[word] then return "hanging" end
  return "open"
end

--- How a line ends.
--- Shape: line -> "sentence", "clause" (after ; or :), "comma", "hanging" or "open".
--- Units: none; "hanging" is a word that cannot end a paragraph.
--- Errors: none.
--- Source: none.
function lines.ends(line)
  local ending = line.ending
  if not ending then
    ending = ending_of(line)
    line.ending = ending
  end
  return ending
end

--- Is a line written in capitals throughout?
--- Shape: line, at (its beginning) -> boolean.
--- Units: at least two capital letters and no small one.
--- Errors: none.
--- Source: none.
function lines.capitals(line, at)
  local s, i, j = line.s, at or line.i, line.j
  if j - i >= SHORT_BYTES then return false end
  local small = find(s, "[a-z]", i)
  if small and small <= j then return false end
  local n = 0
  for letter in sub(s, i, j):gmatch "[%z\1-\127\194-\244][\128-\191]*" do
    if lower[letter] then return false end
    if upper[letter] or letter:find "^[A-Z]$" then n = n + 1 end
  end
  return n >= 2
end

--- Columns of a line's first word.
--- Shape: line -> integer.
--- Units: characters.
--- Errors: none.
--- Source: none.
function lines.first_word(line)
  local word = match(line.s, "^%S*", line.i)
  if #word > 60 then return 60 end
  local _, marks = word:gsub("[\128-\191]", "")
  return #word - marks
end

--- Are there letters with detached marks, so that a line must be composed to be looked at?
--- Shape: document, offset -> boolean.
--- Units: byte offset, 0-based.
--- Errors: none.
--- Source: U+0300 to U+037F are the bytes 0xCC, 0xCD and one more.
---@param bytes string
---@param at integer
function lines.decomposed(bytes, at)
  return find(bytes, "\204", at + 1, true) ~= nil or find(bytes, "\205", at + 1, true) ~= nil
end

--- Is a line only an ornament: stars, dashes, underscores?
--- Shape: document, from, to -> boolean.
--- Units: byte offsets.
--- Errors: none.
--- Source: none.
function lines.ornament(bytes, from, to)
  if not ornaments[byte(bytes, from + 1)] then return false end
  local stop = match(bytes, "^[%*_%-=~ \t]+()", from + 1)
  return stop ~= nil and stop > to
end

return lines
