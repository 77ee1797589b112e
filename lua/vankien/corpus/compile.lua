-- A lexicon in the token ids of one store or text: plain phrases as units, patterns as several
-- units or as programs (corpus/pattern_program.lua).

local corpus = require "vankien.host.corpus"

local compile = {}

-- Spellings that no other entry has: in the matcher's table each has one owner.
local function take(taken, spellings)
  for _, units in ipairs(spellings) do
    if taken[units] then return false end
  end
  for _, units in ipairs(spellings) do taken[units] = true end
  return true
end

local function pattern_item(entry, vocabulary, taken)
  local program = require "vankien.corpus.pattern_program"
  local spellings = program.spellings(entry.pattern, vocabulary)
  if spellings and #spellings == 0 then return "" end
  if spellings and take(taken, spellings) then return spellings end
  return { program = program.compile(entry.pattern, vocabulary) }
end

--- A lexicon ready to count with.
--- Shape: lexicon, function phrase -> units | nil, function that gives the vocabulary -> compiled
---   lexicon of vankien.host.corpus.
--- Units: none; a phrase with a syllable that was never seen counts 0.
--- Errors: those of the vocabulary.
--- Source: none.
function compile.lexicon(lexicon, encode, vocabulary_of)
  local items, taken, vocabulary = {}, {}, nil
  for i, entry in ipairs(lexicon) do
    if not entry.pattern then
      items[i] = encode(entry.phrase) or ""
      taken[items[i]] = true
    end
  end
  for i, entry in ipairs(lexicon) do
    if entry.pattern then
      vocabulary = vocabulary or vocabulary_of()
      items[i] = pattern_item(entry, vocabulary, taken)
    end
  end
  return corpus.lexicon(items)
end

--- A lexicon ready to count in one text, which has a vocabulary of its own.
--- Shape: lexicon, tokenizer that the text was added to -> compiled lexicon.
--- Units: none.
--- Errors: none.
--- Source: none.
function compile.for_text(lexicon, tokenizer)
  return compile.lexicon(lexicon, function(phrase) return tokenizer:encode(phrase) end,
    function() return require "vankien.corpus.vocabulary".of_types(tokenizer:new_types()) end)
end

return compile
