-- A lexicon: the phrases that are counted together, each with an optional rung and label.
-- Made from a list, from the store's stance terms, or from a file (see lexicon_file.lua).
-- It holds phrases as people wrote them; token ids belong to one store, see scan.lua.

local err = require "vankien.util.err"
local pattern = require "vankien.corpus.pattern"
local text = require "vankien.host.text"

local lexicon = {}

local Lexicon = { __name = "lexicon" }
Lexicon.__index = Lexicon

local function entry_of(item, i)
  if type(item) == "string" then return { phrase = item } end
  if type(item) ~= "table" or type(item.phrase) ~= "string" then
    err.raise("bad_input", ("entry %d of the lexicon is not a phrase"):format(i),
      { hint = 'write "tham gia" or { phrase = "tham gia", rung = 1, label = "participation" }' })
  end
  return { phrase = item.phrase, rung = item.rung, label = item.label }
end

local function check_rung(entry)
  local rung = entry.rung
  if rung == nil then return end
  if math.type(rung) ~= "integer" or rung < 0 then
    err.raise("bad_input", ("the rung of “%s” is %s"):format(entry.phrase, tostring(rung)),
      { hint = "a rung is a whole number from 0 up" })
  end
end

-- A phrase is what can stand inside one sentence: one syllable at least, no sentence end.
local function check_phrase(entry)
  local valid, offset, reason = text.check_utf8(entry.phrase)
  if not valid then
    err.raise("bad_input", ("a phrase of the lexicon is not UTF-8 (byte %d: %s)"):format(offset,
      reason))
  end
  local syllables = 0
  for _, token in ipairs(text.tokens(entry.phrase)) do
    if token.kind ~= "mark" then syllables = syllables + 1 end
    if token.sentence_end and token.to < #entry.phrase then
      err.raise("bad_input", ("the phrase “%s” crosses the end of a sentence"):format(entry.phrase),
        { hint = "a match never crosses one: give the two parts as two phrases" })
    end
  end
  if syllables == 0 then
    err.raise("bad_input", ("the phrase “%s” holds no word"):format(entry.phrase))
  end
end

-- A phrase or, with metacharacters in it, a pattern: its tree goes beside it.
local function check_entry(entry, literal)
  if not literal and pattern.is(entry.phrase) then entry.pattern = pattern.read(entry.phrase)
  else check_phrase(entry) end
end

local function refuse_duplicate(seen, entry)
  local folded = text.fold(entry.phrase)
  if seen[folded] then
    err.raise("bad_input", ("“%s” and “%s” are one phrase"):format(seen[folded], entry.phrase),
      { hint = "case and tone placement do not tell phrases apart; keep one of them" })
  end
  seen[folded] = entry.phrase
end

-- Phrases of a composed result, so that one question feeds the next: each once, in its order.
local function phrases_of(rows)
  local list, seen = {}, {}
  for _, row in ipairs(rows) do
    local phrase = row.phrase or row.form
    if phrase and not seen[phrase] then
      seen[phrase] = true
      list[#list + 1] = { phrase = phrase, rung = row.rung, label = row.label }
    end
  end
  return list
end

--- Make a lexicon from a list of phrases and patterns (corpus/pattern.lua).
--- Shape: list of strings or {phrase=, rung=, label=}, or a result with rows that have a `phrase`
---   or `form` (shift, keyness, freq, colloc, …) -> lexicon (`#`, `[i]`, `:phrases()`).
--- Units: rung is an ordinal number, 0 or more; its distances mean nothing.
--- Errors: raises on an empty list, an empty or repeated phrase, a phrase over a sentence end, a
---   pattern that is none (with a caret).
--- Source: none.
---@param list table
---@param name? string what the lexicon is called in provenance
---@param literal? boolean every phrase means itself, whatever signs it holds: none is a pattern
function lexicon.new(list, name, literal)
  if getmetatable(list) == Lexicon then return list end
  if type(list) == "table" and type(list.rows) == "table" then
    list, name = phrases_of(list.rows), name or list.title
  end
  if type(list) ~= "table" or #list == 0 then
    err.raise("bad_input", "a lexicon needs at least one phrase",
      { hint = 'shift{ "tham dự", "chủ động tham gia" }' })
  end
  local made, seen = { name = name or "phrases" }, {}
  for i, item in ipairs(list) do
    local entry = entry_of(item, i)
    check_rung(entry)
    check_entry(entry, literal)
    refuse_duplicate(seen, entry)
    made[i] = entry
  end
  return setmetatable(made, Lexicon)
end

--- The ladder of the store: its stance terms with their rungs.
--- Shape: store -> lexicon in the order of rung, then of the store.
--- Units: rungs 0 (attend) to 5 (shape, lead).
--- Errors: raises not_found when the store holds no stance terms.
--- Source: table `terms` of the store.
function lexicon.of_store(store)
  local list = {}
  for _, term, rung, class in store.conn:rows(
    "SELECT term, rung, class FROM terms ORDER BY rung, id") do
    list[#list + 1] = { phrase = term, rung = rung, label = class }
  end
  if #list == 0 then err.raise("not_found", "the store holds no stance terms") end
  return lexicon.new(list, "stance terms of the store")
end

--- Do some phrases stand on rungs?
--- Shape: nothing -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function Lexicon:has_rungs()
  for _, entry in ipairs(self) do
    if entry.rung then return true end
  end
  return false
end

--- The phrases as plain strings.
--- Shape: nothing -> list of strings, in order.
--- Units: none.
--- Errors: none.
--- Source: none.
function Lexicon:phrases()
  local list = {}
  for i, entry in ipairs(self) do list[i] = entry.phrase end
  return list
end

return lexicon
