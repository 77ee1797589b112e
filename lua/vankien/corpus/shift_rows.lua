-- From counts to the rows of a shift: rates with intervals, shares, ordinal strength, trends.
-- Pure arithmetic on lists; the store is not here.

local multiple = require "vankien.analysis.multiple"
local shift_per = require "vankien.corpus.shift_per"
local trend = require "vankien.analysis.trend"

local shift_rows = {}

local per = 10000

-- counts of one kind for one period: a list by phrase, or nothing where the period was not met
local function count(by_group, group, i)
  return group and by_group[group][i] or 0
end

local function family(counts, group, lexicon)
  local total = 0
  for i = 1, #lexicon do total = total + count(counts.free, group, i) end
  return total
end

-- The rate per 10,000 syllables is there whatever else the count is divided by.
local function rate(row, options)
  if row.syllables > 0 then row.per_10k = row.free / row.syllables * per end
  shift_per.fill(row, options.per, options.level)
end

local function cell(period, group, counts, lexicon, i, options)
  local entry = lexicon[i]
  local row = {
    period = period.name, phrase = entry.phrase, rung = entry.rung, label = entry.label,
    free = count(counts.free, group, i), nested = count(counts.nested, group, i),
    overlapped = count(counts.overlapped, group, i),
    doubled = options.doubled and count(options.doubled.free, options.doubled.at[period.name], i)
      or 0,
    syllables = period.syllables, documents = period.texts, sentences = period.sentences,
    passages = period.passages, documents_with = count(counts.documents, group, i),
    passages_with = counts.passages_with and count(counts.passages_with, group, i) or nil,
  }
  return row
end

--- One row per period and phrase.
--- Shape: periods, counts of conn:scan with `at` (period name -> group), lexicon,
---   {level=, doubled=, per=} -> list of {period, phrase, rung, label, free, nested, overlapped,
---   doubled, syllables, sentences, passages, documents, documents_with, per_10k, low, high, share,
---   and the value that `per` asks for}.
--- Units: occurrences; per_10k per 10,000 syllables; low and high are those of what `per` asks for;
---   share of the free-standing occurrences of the whole lexicon in the period, 0 to 1, nil where
---   there are none.
--- Errors: none.
--- Source: intervals: corpus/shift_per.lua.
function shift_rows.cells(periods, counts, lexicon, options)
  local rows = {}
  for _, period in ipairs(periods) do
    local group = counts.at[period.name]
    local total = family(counts, group, lexicon)
    for i = 1, #lexicon do
      local row = cell(period, group, counts, lexicon, i, options)
      row.family = total
      if total > 0 then row.share = row.free / total end
      rate(row, options)
      rows[#rows + 1] = row
    end
  end
  return rows
end

local function strength_of(rows, from, to)
  local sum, n, highest = 0, 0, nil
  for i = from, to do
    local row = rows[i]
    if row.rung and row.free > 0 then
      sum, n = sum + row.rung * row.free, n + row.free
      if not highest or row.rung > highest then highest = row.rung end
    end
  end
  return n > 0 and sum / n or nil, n, highest
end

--- One row per period: sizes, the whole family, and how high it stands on the ladder.
--- Shape: periods, rows of shift_rows.cells, size of the lexicon -> list of {period, documents,
---   syllables, free, per_10k, strength, ranked, highest}.
--- Units: strength is the mean rung of the free-standing occurrences that have one (`ranked` of
---   them): an ordinal index, its distances mean nothing by themselves.
--- Errors: none.
--- Source: own definition.
function shift_rows.summary(periods, rows, width)
  local list = {}
  for p, period in ipairs(periods) do
    local from, to, free = (p - 1) * width + 1, p * width, 0
    for i = from, to do free = free + rows[i].free end
    local strength, ranked, highest = strength_of(rows, from, to)
    list[p] = {
      period = period.name, documents = period.texts, syllables = period.syllables, free = free,
      per_10k = period.syllables > 0 and free / period.syllables * per or nil,
      strength = strength, ranked = ranked, highest = highest,
    }
  end
  return list
end

local function test_row(name, values, total)
  local found = trend.mann_kendall(values)
  return {
    phrase = name, total = total, n = found.n, s = found.s, tau_b = found.tau_b, p = found.p,
    method = found.method, reason = found.reason,
  }
end

local function series(rows, width, i, periods, column)
  local values, total = {}, 0
  for p = 1, #periods do
    local row = rows[(p - 1) * width + i]
    if not row[column] then return nil end
    values[p], total = row[column], total + row.free
  end
  return values, total
end

-- Holm's step-down over the tests that could be made.
local function correct(tests)
  local p, at = {}, {}
  for i, test in ipairs(tests) do
    if test.p then p[#p + 1], at[#at + 1] = test.p, i end
  end
  if #p == 0 then return end
  local adjusted = multiple.holm(p)
  for i, index in ipairs(at) do tests[index].p_holm = adjusted[i] end
end

--- Mann–Kendall test of each phrase's rate along the periods.
--- Shape: periods in order of time, rows of shift_rows.cells, lexicon, column of the rate
---   ("per_10k") -> list of {phrase, total, n, s, tau_b, p, p_holm, method, reason}; phrases that
---   never occur are left out.
--- Units: two-sided p, exact with ties up to 30 periods; p_holm corrected over the phrases tested.
--- Errors: none.
--- Source: Mann 1945, Kendall 1976, Holm 1979, through vankien.analysis.
function shift_rows.trends(periods, rows, lexicon, column)
  local tests = {}
  for i, entry in ipairs(lexicon) do
    local values, total = series(rows, #lexicon, i, periods, column or "per_10k")
    if values and total > 0 then tests[#tests + 1] = test_row(entry.phrase, values, total) end
  end
  correct(tests)
  return tests
end

--- Mann–Kendall test of the ordinal strength along the periods that have one.
--- Shape: rows of shift_rows.summary -> one row as in shift_rows.trends, or nil below 2 periods.
--- Units: two-sided p.
--- Errors: none.
--- Source: Mann 1945.
function shift_rows.strength_trend(summary)
  local values = {}
  for _, row in ipairs(summary) do
    if row.strength then values[#values + 1] = row.strength end
  end
  if #values < 2 then return nil end
  return test_row("ordinal strength", values)
end

return shift_rows
