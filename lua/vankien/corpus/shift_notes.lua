-- What must be said beside the numbers of a shift: variants, bases, what the data cannot show.

local doubled = require "vankien.corpus.doubled"
local shift_per = require "vankien.corpus.shift_per"
local trend = require "vankien.analysis.trend"

local shift_notes = {}

local function reuse_note(found)
  if not found.repeated then return nil end
  return ("left out: %d occurrences that stand in wording repeated from an earlier document of the "
    .. "store (%d syllables or more); what they are divided by is the whole texts all the same")
    :format(found.repeated, require "vankien.corpus.repeats".least)
end

local function trend_note(found)
  if not found.trends then return nil end
  if found.dated > 30 then return "trend: Mann–Kendall, two-sided, normal approximation, ties" end
  local _, reach = trend.power(found.dated)
  return "trend: Mann–Kendall, two-sided, exact with ties, p_holm corrected over the phrases; "
    .. reach.sentence
end

local function single_documents(found)
  local single = 0
  for _, period in ipairs(found.periods) do
    if period.documents == 1 then single = single + 1 end
  end
  if single == 0 then return nil end
  return ("%d of %d periods rest on one document: no document-level test is possible there")
    :format(single, #found.periods)
end

local function without_text(found)
  local missing, outside = 0, 0
  for _, period in ipairs(found.sizes) do
    missing = missing + period.documents - period.texts
    if period.key == nil then outside = period.texts end
  end
  return missing > 0 and ("documents in scope without a text in the store, not counted: %d")
    :format(missing) or nil,
    outside > 0 and ("documents that belong to no period, in row “(none)”, outside the trend: %d")
      :format(outside) or nil
end

local function left_out(found)
  local notes = {}
  for i, item in ipairs(found.left_out) do
    notes[i] = ("left out: “%s” stands inside “%s”"):format(item.title, item.outer)
  end
  return notes
end

--- The notes of one shift.
--- Shape: what shift computed, lexicon, options -> list of strings.
--- Units: none.
--- Errors: none.
--- Source: none.
function shift_notes.of(found, lexicon, options)
  local notes = doubled.notes(found.twice)
  for _, note in ipairs(doubled.shared_notes(found.shared)) do notes[#notes + 1] = note end
  for _, note in ipairs(left_out(found)) do notes[#notes + 1] = note end
  local missing, outside = without_text(found)
  local rungs = lexicon:has_rungs()
    and "strength is the mean rung of free-standing occurrences: an order, not a distance" or nil
  for _, note in ipairs({ missing or false, outside or false,
    shift_per.note(options.per, options.level), reuse_note(found) or false,
    trend_note(found) or false, single_documents(found) or false,
    found.test and found.test.sentence or false, rungs or false }) do
    if note then notes[#notes + 1] = note end
  end
  return notes
end

return shift_notes
