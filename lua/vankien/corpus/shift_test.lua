-- Document-level tests of a ladder over periods: whole documents are dealt anew among the periods,
-- so that a word that clusters in one document is not taken for many witnesses.

local document_counts = require "vankien.corpus.document_counts"
local periods_of = require "vankien.corpus.periods"
local resample = require "vankien.analysis.resample"

local shift_test = {}

--- Up to so many documents the test is made without being asked for: seconds, not minutes.
shift_test.cheap = 2000
--- Rounds when nothing else is said.
shift_test.rounds = 2000

local NO_TEST = "one document per period: no document-level test is possible"

-- Times of periods: years where the grouping has them, else the order.
local function times_of(store, periods, by)
  local years = periods_of.is_series(by) and periods_of.years(store, periods, by)
  local times = {}
  for i, period in ipairs(periods) do times[period.key] = years and years[i] or i end
  return times
end

local function usable(documents, times)
  local list, periods, seen = {}, 0, {}
  for _, document in ipairs(documents) do
    local time = document.period ~= nil and times[document.period]
    if time then
      list[#list + 1] = { counts = document.counts, size = document.size, time = time }
      if not seen[time] then periods = periods + 1 end
      seen[time] = true
    end
  end
  return list, periods
end

local function sentence(found)
  if found.reason then return found.reason end
  return ("p_document: %d documents dealt anew among %d periods, %s, %d rounds, p = (extreme + 1)/"
    .. "(rounds + 1), seed %d (%s), p_document_holm over the phrases; the other p treat each"
    .. " period "
    .. "as one value"):format(found.n, #found.times, found.variant:match ", (.*)$", found.rounds,
    found.seed, found.generator)
end

--- Test each phrase of a lexicon over the periods of a scope.
--- Shape: store, lexicon, SQL of a scope, parameters, periods in order (with key), {by =, rounds =,
---   seed =, test = true | nil (only when cheap), off = counts taken off by document} -> result of
---   resample.periods with `sentence`, or {reason, sentence} when no test was made.
--- Units: probability; a trend in time (slope over years) for series, else a difference.
--- Errors: those of resample.periods.
--- Source: resample.periods.
function shift_test.run(store, lexicon, picked, params, periods, options)
  local texts = 0
  for _, period in ipairs(periods) do texts = texts + period.texts end
  if #periods < 2 then return { reason = "one period: nothing to compare" } end
  if texts <= #periods then return { reason = NO_TEST, sentence = NO_TEST } end
  if options.test ~= true and texts > shift_test.cheap then
    local reason = ("document-level test: not made by itself over %d documents; test = true "
      .. "(--test) makes it"):format(texts)
    return { reason = reason, sentence = reason }
  end
  local documents = document_counts.of(store, lexicon, picked, params, false, options.off)
  local list, met = usable(documents, times_of(store, periods, options.by))
  if met < 2 or #list <= met then return { reason = NO_TEST, sentence = NO_TEST } end
  local found = resample.periods(list, {
    statistic = periods_of.is_series(options.by) and "trend" or "difference",
    rounds = options.rounds or shift_test.rounds, seed = options.seed,
  })
  found.sentence = sentence(found)
  return found
end

return shift_test
