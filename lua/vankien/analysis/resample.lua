-- Tests and intervals by resampling whole documents: the default test of keyness and shift, since
-- words cluster in documents and a token-level test takes each of them for a new witness.
-- The seed and the generator stand in every result; the same seed gives the same numbers anywhere.

local check = require "vankien.analysis.check"
local documents_of = require "vankien.analysis.documents"
local multiple = require "vankien.analysis.multiple"
local periods = require "vankien.analysis.periods"
local rng = require "vankien.analysis.rng"
local subsets = require "vankien.analysis.subsets"

local resample = {}

local DEFAULT_ROUNDS, EXACT_LIMIT = 10000, 20000

local function totals_of(rows, columns)
  local sums = {}
  for c = 1, columns do
    sums[c] = 0
    for _, row in ipairs(rows) do sums[c] = sums[c] + row[c] end
  end
  return sums
end

local BY_SUMS = {}

function BY_SUMS.rate_difference(a, n1, b, n2) return a / n1 - b / n2 end

function BY_SUMS.log_ratio(a, n1, b, n2)
  if a == 0 and b == 0 then return nil end
  return (math.log(a / n1) - math.log(b / n2)) / math.log(2)
end

local VARIANT = {
  rate_difference = "difference of pooled rates", log_ratio = "Log Ratio of pooled rates"}

local function options_of(options, known)
  options = check.options(options, known)
  local rounds = options.rounds == nil and DEFAULT_ROUNDS or check.size(options.rounds, "rounds")
  return options, rounds, rng.new(options.seed)
end

local function base_result(n_a, n_b, rounds, generator, variant)
  return {n = n_a + n_b, n_a = n_a, n_b = n_b, rounds = rounds, seed = generator.seed,
    generator = rng.algorithm, level = "document", correction = "none", variant = variant,
    notes = {}}
end

-- Tallies of statistics as extreme as the observed one; ties count, within rounding.
local function tally_new(observed)
  local slack = observed == observed and math.abs(observed) < math.huge
    and 1e-12 * math.abs(observed) or 0
  return {observed = observed, slack = slack, both = 0, up = 0, down = 0, total = 0, undefined = 0}
end

local function tally_add(t, value)
  t.total = t.total + 1
  if value == nil or value ~= value then
    t.undefined = t.undefined + 1
    return
  end
  local observed, slack = t.observed, t.slack
  if value >= observed - slack then t.up = t.up + 1 end
  if value <= observed + slack then t.down = t.down + 1 end
  if math.abs(value) >= math.abs(observed) - slack then t.both = t.both + 1 end
end

local function tally_p(t, exact)
  local more, base = exact and 0 or 1, t.total - t.undefined + (exact and 0 or 1)
  return (t.both + more) / base, (t.up + more) / base, (t.down + more) / base
end

-- Too few documents to say anything, or nil. The reason is a sentence for the reader.
local function too_few(n_a, n_b)
  local splits = subsets.count(n_a + n_b, n_a, 1 << 40)
  if n_a == 1 and n_b == 1 then
    return "one document on each side: no document-level test is possible", splits
  end
  if splits and splits < 20 then
    return nil, splits, ("%d and %d documents can be split in %d ways: no p below %.3g is possible")
      :format(n_a, n_b, splits, 1 / splits)
  end
  return nil, splits
end

local function splits_note(out, n_a, n_b)
  local reason, splits, note = too_few(n_a, n_b)
  out.splits, out.smallest_p = splits, splits and 1 / splits or nil
  out.notes[#out.notes + 1] = reason or note
  return reason
end

local function every_split(rows, n_a, columns, add)
  local sums = {}
  subsets.every(#rows, n_a, function(chosen)
    for c = 1, columns do
      local sum = 0
      for _, i in ipairs(chosen) do sum = sum + rows[i][c] end
      sums[c] = sum
    end
    add(sums)
  end)
end

-- Sums of the first side in each round: all splits when few, else random ones.
local function visit_sums(rows, n_a, columns, rounds, generator, exact, add)
  if exact then return every_split(rows, n_a, columns, add) end
  local m = math.min(n_a, #rows - n_a)
  local totals, other = totals_of(rows, columns), {}
  subsets.each(subsets.new(rows, columns), m, rounds, generator, function(sums)
    if m == n_a then return add(sums) end
    for c = 1, columns do other[c] = totals[c] - sums[c] end
    add(other)
  end)
end

local function joined(a, b)
  return table.move(b, 1, #b, #a + 1, table.move(a, 1, #a, 1, {}))
end

local function is_exact(out, rounds)
  return out.splits ~= nil and out.splits <= math.max(rounds, EXACT_LIMIT) and out.splits
end

local function set_method(out, exact)
  out.method = exact and ("exact: all %d splits"):format(exact)
    or ("%d random splits; p = (extreme + 1)/(rounds + 1)"):format(out.rounds)
  if exact then out.rounds = exact end
end

-- One result per count column, all from the same splits.
local function by_sums(rows_a, rows_b, columns, name, out, generator)
  local rows, statistic = joined(rows_a, rows_b), BY_SUMS[name]
  local all, first = totals_of(rows, columns + 1), totals_of(rows_a, columns + 1)
  local tallies, size, total = {}, columns + 1, all[columns + 1]
  local function value(sums, c)
    return statistic(sums[c], sums[size], all[c] - sums[c], total - sums[size])
  end
  for c = 1, columns do tallies[c] = all[c] > 0 and tally_new(value(first, c)) or false end
  local exact = is_exact(out, out.rounds)
  visit_sums(rows, #rows_a, size, out.rounds, generator, exact, function(sums)
    for c = 1, columns do
      if tallies[c] then tally_add(tallies[c], value(sums, c)) end
    end
  end)
  set_method(out, exact)
  return tallies, exact
end

local ABSENT = "no occurrence in any document: nothing to compare"

local function by_function(documents_a, documents_b, statistic, out, generator)
  local documents, n_a = joined(documents_a, documents_b), #documents_a
  local function value(list)
    local a = table.move(list, 1, n_a, 1, {})
    local v = statistic(a, table.move(list, n_a + 1, #list, 1, {}))
    if v ~= nil and type(v) ~= "number" then check.fail("statistic must return a number") end
    return v
  end
  local observed = value(documents)
  if observed == nil or observed ~= observed then return nil end
  local tally = tally_new(observed)
  local order = table.move(documents, 1, #documents, 1, {})
  for _ = 1, out.rounds do
    for i = 1, n_a do
      local j = i - 1 + generator:below(#order - i + 1)
      order[i], order[j] = order[j], order[i]
    end
    tally_add(tally, value(order))
  end
  set_method(out, false)
  return tally
end

local function statistic_name(statistic)
  if statistic == nil then return "rate_difference" end
  if type(statistic) == "function" then return nil end
  return check.choice(statistic, "statistic (or a function)", {"rate_difference", "log_ratio"})
end

local function finish(out, tally, exact)
  if not tally then
    out.reason = ABSENT
    out.notes[#out.notes + 1] = ABSENT
    return out
  end
  out.observed = tally.observed
  out.p, out.p_greater, out.p_less = tally_p(tally, exact)
  if tally.undefined > 0 then
    out.notes[#out.notes + 1] = ("the statistic was undefined in %d splits, left out")
      :format(tally.undefined)
  end
  return out
end

--- Permutation test of two sets of documents: documents change sides, tokens stay together.
--- Shape: documents_a, documents_b (lists of {count =, size =}), statistic ("rate_difference",
---   "log_ratio", or a function of the two lists), {rounds = 10000, seed = 1} -> result: observed,
---   p,
---   p_greater, p_less. All splits are counted when there are 20,000 or fewer.
--- Units: probability; rates per token.
--- Errors: raises on an empty side, bad counts or sizes, an unknown statistic; one document on each
---   side gives no p but `reason`.
--- Source: Fisher 1935; two-sided by absolute value; (extreme + 1)/(rounds + 1), Phipson & Smyth
---   2010.
---@param documents_a table[]
---@param documents_b table[]
---@param statistic? string|function
---@param options? table
function resample.permutation(documents_a, documents_b, statistic, options)
  local name = statistic_name(statistic)
  local _, rounds, generator = options_of(options, {rounds = true, seed = true})
  documents_a = check.list(documents_a, "documents_a", nil, 1)
  documents_b = check.list(documents_b, "documents_b", nil, 1)
  local out = base_result(#documents_a, #documents_b, rounds, generator,
    ("permutation of documents, %s, two-sided"):format(VARIANT[name] or "the caller's statistic"))
  out.statistic = name or "function"
  local rows_a, rows_b
  if name then
    rows_a = documents_of.rows(documents_a, "documents_a", 1)
    rows_b = documents_of.rows(documents_b, "documents_b", 1)
  end
  out.reason = splits_note(out, #documents_a, #documents_b)
  if out.reason then return out end
  if not name then
    return finish(out, by_function(documents_a, documents_b, statistic, out, generator), false)
  end
  local tallies, exact = by_sums(rows_a, rows_b, 1, name, out, generator)
  return finish(out, tallies[1] or nil, exact)
end

--- Permutation test of a family of counts (a ladder) from the same splits, with corrections.
--- Shape: documents_a, documents_b (lists of {counts = {…}, size =}), statistic (name),
---   {rounds = 10000, seed = 1} -> result with rows: index, observed, p, p_holm, p_bh.
--- Units: probability.
--- Errors: as permutation; raises when documents differ in the number of counts.
--- Source: as permutation; Holm 1979; Benjamini & Hochberg 1995.
---@param documents_a table[]
---@param documents_b table[]
---@param statistic? string
---@param options? table
function resample.family(documents_a, documents_b, statistic, options)
  local name = statistic_name(statistic)
  if not name then check.fail("statistic must be a name: a family is tested from sums") end
  local _, rounds, generator = options_of(options, {rounds = true, seed = true})
  local rows_a, columns = documents_of.rows(documents_a, "documents_a")
  local rows_b = documents_of.rows(documents_b, "documents_b", columns)
  local out = base_result(#rows_a, #rows_b, rounds, generator,
    ("permutation of documents, %s, two-sided"):format(VARIANT[name]))
  out.statistic, out.rows = name, {}
  out.reason = splits_note(out, #rows_a, #rows_b)
  if out.reason then return out end
  local tallies, exact = by_sums(rows_a, rows_b, columns, name, out, generator)
  for c = 1, columns do
    local row = {index = c, notes = {}}
    out.rows[c] = finish(row, tallies[c] or nil, exact)
  end
  multiple.add(out.rows, "p")
  out.correction = "Holm (p_holm) and Benjamini–Hochberg (p_bh) over the family"
  return out
end

-- Quantile of sorted values, type 7 of Hyndman & Fan (the default of R).
local function quantile(sorted, share)
  local h = (#sorted - 1) * share + 1
  local low = math.floor(h)
  local v = sorted[low]
  return low < #sorted and v + (h - low) * (sorted[low + 1] - v) or v
end

local function rate_of(documents)
  local a, n = 0, 0
  for _, row in ipairs(documents) do a, n = a + row[1], n + row[2] end
  return a / n
end

local function draw_with_replacement(documents, statistic, rounds, generator)
  local values, sample, n, undefined = {}, {}, #documents, 0
  for _ = 1, rounds do
    for i = 1, n do sample[i] = documents[generator:below(n)] end
    local v = statistic(sample)
    if v == nil or v ~= v then undefined = undefined + 1 else values[#values + 1] = v end
  end
  table.sort(values)
  return values, undefined
end

local function moments(values)
  local sum, squares = 0, 0
  for _, v in ipairs(values) do sum = sum + v end
  local mean = sum / #values
  for _, v in ipairs(values) do squares = squares + (v - mean) ^ 2 end
  return mean, math.sqrt(squares / (#values - 1))
end

local function fill_bootstrap(out, values, undefined)
  if undefined > 0 then
    out.notes[#out.notes + 1] = ("the statistic was undefined in %d rounds, left out")
      :format(undefined)
  end
  if #values < 2 then
    out.reason = "the statistic is undefined in nearly every round"
    return out
  end
  local mean, sd = moments(values)
  local tail = (1 - out.level_of_interval) / 2
  out.low, out.high = quantile(values, tail), quantile(values, 1 - tail)
  out.se, out.bias = sd, mean - out.estimate
  if out.n < 10 then
    out.notes[#out.notes + 1] = ("%d documents: the interval is too narrow"):format(out.n)
  end
  return out
end

--- Bootstrap interval of a statistic over documents.
--- Shape: documents (list), statistic ("rate", or a function of a list of documents -> number),
---   {rounds = 2000, seed = 1, level = 0.95} -> result: estimate, low, high, se, bias.
--- Units: the statistic's ("rate": occurrences per token, from {count =, size =}).
--- Errors: raises on no documents, bad counts, sizes or options; one document gives `reason`.
--- Source: Efron 1979, percentile interval, quantiles of type 7.
---@param documents table[]
---@param statistic? string|function
---@param options? table
function resample.bootstrap(documents, statistic, options)
  options = check.options(options, {rounds = true, seed = true, level = true})
  local rounds = options.rounds == nil and 2000 or check.size(options.rounds, "rounds")
  local generator = rng.new(options.seed)
  documents = check.list(documents, "documents", nil, 1)
  if type(statistic) ~= "function" then
    check.choice(statistic, "statistic (or a function)", {"rate"}, "rate")
    documents, statistic = documents_of.rows(documents, "documents", 1), rate_of
  end
  local out = base_result(#documents, 0, rounds, generator, "bootstrap of documents, percentile")
  out.n_a, out.n_b = nil, nil
  out.level_of_interval = check.level(options.level, "level", 0.95)
  out.estimate = statistic(documents)
  if #documents == 1 then
    out.reason = "one document: no document-level interval is possible"
  elseif type(out.estimate) ~= "number" or out.estimate ~= out.estimate then
    out.estimate, out.reason = nil, "the statistic is undefined for these documents"
  end
  if out.reason then
    out.notes[1] = out.reason
    return out
  end
  return fill_bootstrap(out, draw_with_replacement(documents, statistic, rounds, generator))
end

resample.periods = periods.test
resample.holm = multiple.holm
resample.benjamini_hochberg = multiple.benjamini_hochberg
resample.rng = rng.new

return resample
