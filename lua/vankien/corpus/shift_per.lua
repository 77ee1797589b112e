-- What a count is divided by, and the interval that belongs to it: occurrences over syllables or
-- sentences are rates (Poisson), passages or documents that hold a wording out of all of them, and
-- its share of the whole lexicon's occurrences, are shares (Wilson).

local interval = require "vankien.analysis.interval"

local shift_per = {}

local rate_words = "occurrences as independent, and words cluster in documents"
local share_words = "passages and documents as independent of each other"

--- The denominators: `column` is the name of the value, `of` of what it is divided by.
shift_per.measures = {
  syllables = { column = "per_10k", of = "syllables", title = "per 10k", per = 10000,
    words = "free-standing occurrences per 10,000 syllables" },
  sentences = { column = "per_1k_sentences", of = "sentences", title = "per 1k sentences",
    per = 1000, words = "free-standing occurrences per 1,000 sentences" },
  passages = { column = "share_of_passages", of = "passages", with = "passages_with",
    title = "share of passages", words = "passages with the wording (nested too) out of all" },
  documents = { column = "share_of_documents", of = "documents", with = "documents_with",
    title = "share of documents", words = "documents with the wording (nested too) out of all" },
  family = { column = "share", of = "family", with = "free", title = "share",
    words = "free-standing occurrences out of those of the whole lexicon" },
}

--- Their names.
shift_per.names = { "syllables", "sentences", "passages", "documents", "family" }

--- Put value and interval of a measure into a row.
--- Shape: row with the counts, name of the measure, level -> nothing; sets row[column], low, high,
---   or leaves them out where there is nothing to divide by.
--- Units: those of the measure; shares 0 to 1.
--- Errors: none.
--- Source: Garwood 1936, Wilson 1927, through vankien.analysis.interval.
---@param row table
---@param name string
---@param level number
function shift_per.fill(row, name, level)
  local measure = shift_per.measures[name]
  local size = row[measure.of]
  if not size or size == 0 then return end
  local found
  if measure.per then
    found = interval.poisson(row.free, size, { level = level, per = measure.per })
  else
    found = interval.wilson(row[measure.with], size, { level = level })
  end
  row[measure.column], row.low, row.high = found.estimate, found.low, found.high
end

--- What is said of a measure beside its numbers.
--- Shape: name, level -> sentence.
--- Units: none.
--- Errors: none.
--- Source: none.
function shift_per.note(name, level)
  local measure = shift_per.measures[name]
  return ("%s are %s with %g %% intervals (%s); they treat %s"):format(
    measure.per and "rates" or "shares", measure.words, level * 100,
    measure.per and "Poisson, exact" or "Wilson, no continuity correction",
    (measure.per or name == "family") and rate_words or share_words)
end

return shift_per
