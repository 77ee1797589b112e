-- Word diff of two wordings: what was kept, put in, taken out, and moved. For formulas along the
-- congresses and for quotations. Words are compared without case; other folding is the caller's.

local check = require "vankien.analysis.check"
local edits = require "vankien.analysis.edits"

local diff = {}

local OPENING = {["("] = true, ["["] = true, ["{"] = true, ['"'] = true, ["'"] = true,
  ["“"] = true, ["‘"] = true, ["«"] = true, ["-"] = true, ["–"] = true, ["—"] = true}
local CLOSING = {[")"] = true, ["]"] = true, ["}"] = true, ['"'] = true, ["'"] = true,
  ["”"] = true, ["’"] = true, ["»"] = true, [","] = true, ["."] = true, [";"] = true, [":"] = true,
  ["!"] = true, ["?"] = true, ["…"] = true, ["-"] = true, ["–"] = true, ["—"] = true}

-- Letters of Vietnamese in NFC: the small letter stands 32 or 1 after the capital.
local function lower_point(c)
  if c >= 0xC0 and c <= 0xDE and c ~= 0xD7 then return c + 32 end
  if c == 0x1A0 or c == 0x1AF then return c + 1 end
  if (c >= 0x1EA0 and c <= 0x1EF9 or c >= 0x100 and c <= 0x177) and c % 2 == 0 then return c + 1 end
  return c
end

local function lower(word)
  if not word:find("[\x80-\xFF]") then return word:lower() end
  local points = {}
  for _, c in utf8.codes(word) do
    points[#points + 1] = utf8.char(c < 128 and c or lower_point(c))
  end
  return (table.concat(points):lower())
end

local function first_char(s) return s:match("^[\0-\x7F\xC2-\xFD][\x80-\xBF]*") or "" end
local function last_char(s) return s:match("[\0-\x7F\xC2-\xFD][\x80-\xBF]*$") or "" end

-- A run of visible characters as its opening marks, its core, and its closing marks.
local function split_chunk(chunk, words)
  local char = first_char(chunk)
  while OPENING[char] do
    words[#words + 1], chunk = char, chunk:sub(#char + 1)
    char = first_char(chunk)
  end
  local tail = {}
  char = last_char(chunk)
  while CLOSING[char] do
    tail[#tail + 1], chunk = char, chunk:sub(1, -#char - 1)
    char = last_char(chunk)
  end
  if chunk ~= "" then words[#words + 1] = chunk end
  for i = #tail, 1, -1 do words[#words + 1] = tail[i] end
end

--- Words and marks of a text; marks stand alone, "25-CT/TW" and "3.119" stay whole.
--- Shape: string -> list of strings.
--- Units: syllables and marks.
--- Errors: raises when the text is not a string or not UTF-8.
--- Source: -
---@param text string
function diff.split(text)
  if type(text) ~= "string" then check.fail("text must be a string, got a %s", type(text)) end
  local _, bad = utf8.len(text)
  if bad then check.fail("text is not UTF-8 at byte %d", bad) end
  local words = {}
  for chunk in text:gsub("\u{A0}", " "):gmatch("%S+") do split_chunk(chunk, words) end
  return words
end

local function is_mark(word) return OPENING[word] or CLOSING[word] or false end

local function words_of(value, name)
  if type(value) == "table" then
    return check.list(value, name, function(word, place)
      if type(word) ~= "string" then check.fail("%s must be a string", place) end
      return word
    end, 0)
  end
  if type(value) ~= "string" then check.fail("%s must be a string or a list of words", name) end
  return diff.split(value)
end

local function folded(words, fold)
  local keys = {}
  for i, word in ipairs(words) do keys[i] = fold(word) end
  return keys
end

local COUNTED = {same = "kept", insert = "inserted", delete = "deleted", moved_from = "moved"}

local function count_words(out)
  out.kept, out.inserted, out.deleted, out.moved = 0, 0, 0, 0
  for _, op in ipairs(out.ops) do
    local field = COUNTED[op.kind]
    for _, word in ipairs(op.words) do
      if field and not is_mark(word) then out[field] = out[field] + 1 end
    end
  end
  local all = 2 * (out.kept + out.moved) + out.inserted + out.deleted
  if all > 0 then out.similarity = 2 * out.kept / all end
  out.same = #out.ops == 0 or (#out.ops == 1 and out.ops[1].kind == "same")
end

local function with_words(ops, a, b)
  for _, op in ipairs(ops) do
    op.words = {}
    local list, from, to = a, op.a_from, op.a_to
    if op.kind == "insert" or op.kind == "moved_to" or op.kind == "same" then
      list, from, to = b, op.b_from, op.b_to
    end
    for i = from, to do op.words[#op.words + 1] = list[i] end
  end
  return ops
end

--- Word diff of two texts.
--- Shape: a, b (strings or lists of words), {fold = function, moves = true, least_move = 2} ->
---   result: ops (kind = same, insert, delete, moved_from, moved_to; words; a_from, a_to, b_from,
---   b_to; move = number of the move), kept, inserted, deleted, moved (words), similarity, same.
--- Units: words, marks not counted; places from 1, marks included.
--- Errors: raises on other types, text that is not UTF-8, an unknown option.
--- Source: Myers 1986; moves: longest equal runs of a deletion and an insertion.
---@param a string|string[]
---@param b string|string[]
---@param options? table
function diff.words(a, b, options)
  options = check.options(options, {fold = true, moves = true, least_move = true})
  local fold = options.fold or lower
  if type(fold) ~= "function" then check.fail("fold must be a function of a word") end
  local least = check.size(options.least_move == nil and 2 or options.least_move, "least_move")
  a, b = words_of(a, "a"), words_of(b, "b")
  local key_a, key_b = folded(a, fold), folded(b, fold)
  local ops, cut = edits.script(key_a, key_b)
  if check.flag(options.moves, "moves", true) then
    ops = edits.moves(ops, key_a, key_b, least, is_mark)
  end
  local out = {ops = with_words(ops, a, b), a = a, b = b, n = #a + #b, correction = "none",
    notes = {}, variant = "shortest edit script over words (Myers), moves of "
      .. least .. " words or more"}
  if cut then
    out.notes[1] = "the texts differ too much: the middle is shown as one replacement"
  end
  count_words(out)
  return out
end

-- Words back to text: no space before a closing mark or after an opening one.
local function joined(words)
  local out = {}
  for i, word in ipairs(words) do
    local before = words[i - 1]
    local dash = word:find("^[-–—]+$")
    local tight = i == 1 or (CLOSING[word] and not dash and word ~= '"' and word ~= "'")
      or (OPENING[before] and not before:find("^[-–—]+$") and before ~= '"' and before ~= "'")
    out[#out + 1] = (tight and "" or " ") .. word
  end
  return table.concat(out)
end
diff.join = joined

local OPEN = {same = "", insert = "{+", delete = "[-"}
local CLOSE = {same = "", insert = "+}", delete = "-]", moved_from = "]", moved_to = "}"}

--- A diff as one line of text.
--- Shape: result of words -> string: [-taken out-] {+put in+} [1>moved from] {>1 moved to}.
--- Units: none.
--- Errors: raises when the argument is not a result of words.
--- Source: the word-diff format of git, with moves.
---@param result table
function diff.text(result)
  if type(result) ~= "table" or not result.ops then
    check.fail("result must come from diff.words")
  end
  local parts = {}
  for _, op in ipairs(result.ops) do
    local open = OPEN[op.kind]
    if op.kind == "moved_from" then open = "[" .. op.move .. "> " end
    if op.kind == "moved_to" then open = "{>" .. op.move .. " " end
    local text = joined(op.words)
    local tight = #parts == 0 or (op.kind == "same" and CLOSING[op.words[1]])
    parts[#parts + 1] = (tight and "" or " ") .. open .. text .. CLOSE[op.kind]
  end
  return table.concat(parts)
end

--- A diff as two columns, aligned.
--- Shape: result of words -> list of rows: kind, a (text or ""), b (text or ""), move.
--- Units: none.
--- Errors: raises when the argument is not a result of words.
--- Source: -
---@param result table
function diff.align(result)
  if type(result) ~= "table" or not result.ops then
    check.fail("result must come from diff.words")
  end
  local rows = {}
  for _, op in ipairs(result.ops) do
    local text, last = joined(op.words), rows[#rows]
    local left = op.kind ~= "insert" and op.kind ~= "moved_to"
    local right = op.kind ~= "delete" and op.kind ~= "moved_from"
    if op.kind == "insert" and last and last.kind == "delete" then
      last.kind, last.b = "replace", text
    else
      rows[#rows + 1] = {kind = op.kind, move = op.move, b = right and text or "",
        a = left and (op.kind == "same" and joined({table.unpack(result.a, op.a_from, op.a_to)})
          or text) or ""}
    end
  end
  return rows
end

--- Word diffs along a chain of wordings, such as one formula from congress to congress.
--- Shape: list of {label =, text =} in order, options of words -> result: steps (from, to, diff,
---   text), notes.
--- Units: as words.
--- Errors: raises on fewer than 2 wordings, or one without label or text.
--- Source: words.
---@param wordings table[]
---@param options? table
function diff.chain(wordings, options)
  wordings = check.list(wordings, "wordings", function(wording, place)
    if type(wording) ~= "table" or type(wording.text) ~= "string" or wording.label == nil then
      check.fail("%s must be {label =, text =}", place)
    end
    return wording
  end, 2)
  local out = {steps = {}, n = #wordings, notes = {}, correction = "none",
    variant = "word diff of each wording with the one before"}
  for i = 2, #wordings do
    local result = diff.words(wordings[i - 1].text, wordings[i].text, options)
    out.steps[i - 1] = {from = wordings[i - 1].label, to = wordings[i].label, diff = result,
      text = diff.text(result)}
  end
  return out
end

local function find_run(keys, run)
  for i = 1, #keys - #run + 1 do
    local j = 1
    while j <= #run and keys[i + j - 1] == run[j] do j = j + 1 end
    if j > #run then return i, i + #run - 1 end
  end
end

local function part(words, from, to) return {table.unpack(words, math.max(1, from), to)} end

--- What stands before and after a phrase that both texts share, compared.
--- Shape: a, b (strings), anchor, options of words -> result: before, after (diffs), added,
---   removed (texts before the anchor), grew (boolean); nil with `reason` when it is missing.
--- Units: as words.
--- Errors: as words; raises when the anchor has no word.
--- Source: words.
---@param a string
---@param b string
---@param anchor string
---@param options? table
function diff.around(a, b, anchor, options)
  a, b, anchor = words_of(a, "a"), words_of(b, "b"), words_of(anchor, "anchor")
  if #anchor == 0 then check.fail("anchor must have at least one word") end
  options = check.options(options, {fold = true, moves = true, least_move = true})
  local fold = options.fold or lower
  local run = folded(anchor, fold)
  local a_from, a_to = find_run(folded(a, fold), run)
  local b_from, b_to = find_run(folded(b, fold), run)
  local out = {anchor = joined(anchor), notes = {}, n = #a + #b, correction = "none",
    variant = "word diff before and after a shared phrase"}
  if not (a_from and b_from) then
    out.reason = ("the phrase is not in %s"):format(not a_from and "the first text"
      or "the second text")
    out.notes[1] = out.reason
    return nil, out
  end
  out.before = diff.words(part(a, 1, a_from - 1), part(b, 1, b_from - 1), options)
  out.after = diff.words(part(a, a_to + 1, #a), part(b, b_to + 1, #b), options)
  out.added, out.removed = {}, {}
  for _, op in ipairs(out.before.ops) do
    if op.kind == "insert" then out.added[#out.added + 1] = joined(op.words) end
    if op.kind == "delete" then out.removed[#out.removed + 1] = joined(op.words) end
  end
  out.grew = out.before.inserted > out.before.deleted
  return out
end

return diff
