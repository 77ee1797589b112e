-- Keyness: is a word more frequent in one set of texts than in another, and by how much?
-- A token-level test takes every token as an independent draw; words cluster in documents, so it
-- overstates. `resample.permutation` over documents is the test to trust; these stand beside it.

local check = require "vankien.analysis.check"
local contingency = require "vankien.analysis.contingency"
local special = require "vankien.analysis.special"

local keyness = {}

local LN2, LN10 = math.log(2), math.log(10)
local TOKEN_LEVEL = "token-level: takes tokens as independent, overstates where words cluster"

local function log2(x) return math.log(x) / LN2 end

local function checked(a, b, n1, n2)
  a, b = check.count(a, "a"), check.count(b, "b")
  n1, n2 = check.size(n1, "n1"), check.size(n2, "n2")
  check.at_most(a, "a", n1, "n1")
  check.at_most(b, "b", n2, "n2")
  return a, b, n1, n2
end

local function checked_table(o11, o12, o21, o22)
  o11, o12 = check.count(o11, "o11"), check.count(o12, "o12")
  o21, o22 = check.count(o21, "o21"), check.count(o22, "o22")
  if o11 + o12 + o21 + o22 == 0 then
    check.fail("o11, o12, o21 and o22 are all 0: an empty table")
  end
  return o11, o12, o21, o22
end

local function direction(rate1, rate2)
  if rate1 == rate2 then return "equal" end
  return rate1 > rate2 and "over" or "under"
end

-- The facts beside a test value: its name, its tail, its side, what it cannot show.
local function test_info(value, df, variant, correction, n)
  local info = {variant = variant, correction = correction, n = n, df = df, notes = {TOKEN_LEVEL},
    level = "token"}
  if value then info.p, info.log10_p = special.chi2_sf(value, df) end
  return info
end

local function size_info(value, variant, correction, n)
  return {value = value, variant = variant, correction = correction, n = n, notes = {}}
end

local function g2_two(a, b, n1, n2)
  local total, both = n1 + n2, a + b + 0.0
  local e1, e2 = n1 * both / total, n2 * both / total
  return 2 * (contingency.term(a, e1) + contingency.term(b, e2))
end

--- Log-likelihood ratio G² of a frequency in two corpora.
--- Shape: a, b, n1, n2, {cells = 2|4} -> number 0 or more, info: p, log10_p, direction.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: raises on broken or negative counts, a size of 0, a count above its size.
--- Source: 2 cells Rayson & Garside 2000; 4 cells Dunning 1993.
---@param a integer occurrences in the first set
---@param b integer occurrences in the second set
---@param n1 integer tokens of the first set
---@param n2 integer tokens of the second set
---@param options? table
function keyness.g2(a, b, n1, n2, options)
  a, b, n1, n2 = checked(a, b, n1, n2)
  options = check.options(options, {cells = true})
  local cells = check.choice(options.cells, "cells", {2, 4}, 2)
  local value
  if cells == 2 then
    value = g2_two(a, b, n1, n2)
  else
    value = contingency.g2(a, b, n1 - a, n2 - b)
  end
  local info = test_info(value, 1, ("G², %d cells"):format(cells), "none", n1 + n2)
  info.direction, info.cells = direction(a / n1, b / n2), cells
  return value, info
end

--- G² of a two-by-two table.
--- Shape: o11, o12, o21, o22 -> number 0 or more, info: p, log10_p.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: raises on broken or negative cells, an empty table.
--- Source: Dunning 1993.
---@param o11 integer
---@param o12 integer
---@param o21 integer
---@param o22 integer
function keyness.g2_table(o11, o12, o21, o22)
  o11, o12, o21, o22 = checked_table(o11, o12, o21, o22)
  local value = contingency.g2(o11, o12, o21, o22)
  return value, test_info(value, 1, "G², 4 cells", "none", o11 + o12 + o21 + o22)
end

local function chi2(o11, o12, o21, o22, options)
  options = check.options(options, {yates = true})
  local yates = check.flag(options.yates, "yates", false)
  local value = contingency.chi2(o11, o12, o21, o22, yates)
  local info = test_info(value, 1, yates and "χ² with Yates' correction" or "χ² without Yates",
    yates and "Yates" or "none", o11 + o12 + o21 + o22)
  if not value then
    return check.undefined(info, "a row or a column of the table is 0 throughout")
  end
  local least = math.min(contingency.expected(o11, o12, o21, o22))
  if least < 5 then
    info.notes[2] = ("an expected count is %.3g, below 5: trust fisher"):format(least)
  end
  return value, info
end

--- Pearson's χ² of a frequency in two corpora (four cells).
--- Shape: a, b, n1, n2, {yates = false} -> number 0 or more, info: p, log10_p, direction.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: raises as g2; nil with `reason` when the word is in no or every token.
--- Source: Pearson 1900; Yates 1934.
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
---@param options? table
function keyness.chi2(a, b, n1, n2, options)
  a, b, n1, n2 = checked(a, b, n1, n2)
  local value, info = chi2(a, b, n1 - a, n2 - b, options)
  info.direction = direction(a / n1, b / n2)
  return value, info
end

--- Pearson's χ² of a two-by-two table.
--- Shape: o11, o12, o21, o22, {yates = false} -> number 0 or more, info: p, log10_p.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: raises as g2_table; nil with `reason` when a margin is 0.
--- Source: Pearson 1900; Yates 1934.
---@param o11 integer
---@param o12 integer
---@param o21 integer
---@param o22 integer
---@param options? table
function keyness.chi2_table(o11, o12, o21, o22, options)
  o11, o12, o21, o22 = checked_table(o11, o12, o21, o22)
  return chi2(o11, o12, o21, o22, options)
end

--- Fisher's exact test of a two-by-two table.
--- Shape: o11, o12, o21, o22 -> result: two_sided, left (o11 or fewer), right (o11 or more), log10.
--- Units: probability; log10 of each for tails below 1e-308.
--- Errors: raises on broken or negative cells, an empty table.
--- Source: Fisher 1935; two-sided: every table no likelier than the one observed.
---@param o11 integer
---@param o12 integer
---@param o21 integer
---@param o22 integer
function keyness.fisher(o11, o12, o21, o22)
  o11, o12, o21, o22 = checked_table(o11, o12, o21, o22)
  local two, left, right = contingency.log_fisher(o11, o12, o21, o22)
  local p = math.exp(two)
  return {
    two_sided = p, left = math.exp(left), right = math.exp(right), p = p,
    log10 = {two_sided = two / LN10, left = left / LN10, right = right / LN10},
    n = o11 + o12 + o21 + o22, level = "token", correction = "none", notes = {TOKEN_LEVEL},
    variant = "Fisher's exact test, two-sided by probability",
  }
end

-- Counts and sizes after the chosen treatment of zeros.
local function adjusted(a, b, n1, n2, zero)
  if zero == "walter" then return a + 0.5, b + 0.5, n1 + 0.5, n2 + 0.5 end
  if zero == "half" then return a == 0 and 0.5 or a, b == 0 and 0.5 or b, n1, n2 end
  return a, b, n1, n2
end

local ZERO = {none = "none", half = "½ for a zero count", walter = "½ added to counts and sizes"}

local function add_interval(info, value, se, level, transform)
  local z = special.normal_quantile(0.5 + level / 2)
  info.se, info.level_of_interval = se, level
  info.low, info.high = transform(value - z * se), transform(value + z * se)
end

local function same(x) return x end

--- Log Ratio: binary logarithm of the ratio of two rates, with the delta-method interval.
--- Shape: a, b, n1, n2, {zero = "none"|"half"|"walter", level = 0.95} -> number, info: low, high,
---   se.
--- Units: doublings (1 = twice the rate).
--- Errors: raises as g2. zero = "none" and one count 0 gives ±inf without interval; both 0 gives
---   nil.
--- Source: Hardie 2014; Walter 1975; variance 1/a − 1/n1 + 1/b − 1/n2 (Katz et al. 1978).
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
---@param options? table
function keyness.log_ratio(a, b, n1, n2, options)
  a, b, n1, n2 = checked(a, b, n1, n2)
  options = check.options(options, {zero = true, level = true})
  local zero = check.choice(options.zero, "zero", {"none", "half", "walter"}, "none")
  local level = check.level(options.level, "level", 0.95)
  local info = size_info(nil, "Log Ratio (log2 of rates)", ZERO[zero], n1 + n2)
  if a == 0 and b == 0 then return check.undefined(info, "the word occurs in neither set: 0/0") end
  a, b, n1, n2 = adjusted(a, b, n1, n2, zero)
  if a == 0 or b == 0 then
    info.reason = "a count is 0: the ratio has no finite logarithm and no interval"
    info.notes[1], info.value = info.reason, a == 0 and -math.huge or math.huge
    return info.value, info
  end
  info.value = log2((a / n1) / (b / n2))
  local se = math.sqrt(math.max(0, 1 / a - 1 / n1 + 1 / b - 1 / n2)) / LN2
  add_interval(info, info.value, se, level, same)
  return info.value, info
end

--- %DIFF: difference of two rates in percent of the second.
--- Shape: a, b, n1, n2, {zero = "none"|"epsilon"} -> number, info; nil with `reason` when b is 0.
--- Units: percent.
--- Errors: raises as g2.
--- Source: Gabrielatos & Marchi 2011; "epsilon" puts 1e-18 for a rate of 0, as they do.
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
---@param options? table
function keyness.percent_diff(a, b, n1, n2, options)
  a, b, n1, n2 = checked(a, b, n1, n2)
  options = check.options(options, {zero = true})
  local zero = check.choice(options.zero, "zero", {"none", "epsilon"}, "none")
  local info = size_info(nil, "%DIFF", zero == "none" and "none" or "1e-18 for a zero rate",
    n1 + n2)
  local r1, r2 = a / n1, b / n2
  if r2 == 0 and zero == "none" then
    return check.undefined(info, "b is 0: no base for a percentage")
  end
  if r2 == 0 then r2 = 1e-18 end
  info.value = (r1 - r2) / r2 * 100
  return info.value, info
end

--- Simple maths: ratio of two rates, each raised by a constant.
--- Shape: a, b, n1, n2, {k = 1, per = 1000000} -> number, info.
--- Units: none; a larger k favours frequent words.
--- Errors: raises as g2; raises when k or per is not above 0.
--- Source: Kilgarriff 2009.
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
---@param options? table
function keyness.simple_maths(a, b, n1, n2, options)
  a, b, n1, n2 = checked(a, b, n1, n2)
  options = check.options(options, {k = true, per = true})
  local k = check.positive(options.k == nil and 1 or options.k, "k")
  local per = check.positive(options.per == nil and 1000000 or options.per, "per")
  local info = size_info((a / n1 * per + k) / (b / n2 * per + k),
    ("simple maths, k = %g per %g tokens"):format(k, per), ("%g added to each rate"):format(k),
    n1 + n2)
  return info.value, info
end

--- Odds ratio of a word in two corpora, with Woolf's interval.
--- Shape: a, b, n1, n2, {zero = "none"|"half"|"walter", level = 0.95} -> number, info: low, high.
--- Units: ratio of odds.
--- Errors: raises as g2; nil with `reason` when a cell of the table is 0 and zero = "none".
--- Source: Woolf 1955; ½ in every cell ("walter") Haldane 1956; "half" only where a cell is 0.
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
---@param options? table
function keyness.odds_ratio(a, b, n1, n2, options)
  a, b, n1, n2 = checked(a, b, n1, n2)
  options = check.options(options, {zero = true, level = true})
  local zero = check.choice(options.zero, "zero", {"none", "half", "walter"}, "none")
  local level = check.level(options.level, "level", 0.95)
  local info = size_info(nil, "odds ratio (Woolf interval)",
    zero == "walter" and "½ in every cell" or ZERO[zero], n1 + n2)
  local cells, any_zero = {a, b, n1 - a, n2 - b}, false
  for i, cell in ipairs(cells) do
    if zero == "walter" or (zero == "half" and cell == 0) then cells[i] = cell + 0.5 end
    any_zero = any_zero or cells[i] == 0
  end
  if any_zero then
    return check.undefined(info, "a cell of the table is 0: no finite odds ratio")
  end
  local c1, c2, c3, c4 = table.unpack(cells)
  local value = math.log((c1 / c3) / (c2 / c4))
  add_interval(info, value, math.sqrt(1 / c1 + 1 / c2 + 1 / c3 + 1 / c4), level, math.exp)
  info.value = math.exp(value)
  return info.value, info
end

--- Conservative Log Ratio: the bound nearest to 0 of the exact interval of the ratio.
--- Shape: a, b, n1, n2, {alpha = 0.05, m = 1} -> number, info: low, high (the whole interval).
--- Units: doublings; 0 when the interval holds equal rates.
--- Errors: raises as g2; nil with `reason` when both counts are 0.
--- Source: Evert 2022: Clopper–Pearson bounds of a/(a+b) at two-sided alpha/m, as a ratio of rates.
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
---@param options? table
function keyness.lrc(a, b, n1, n2, options)
  a, b, n1, n2 = checked(a, b, n1, n2)
  options = check.options(options, {alpha = true, m = true})
  local alpha = check.level(options.alpha, "alpha", 0.05)
  local m = check.size(options.m == nil and 1 or options.m, "m")
  local info = size_info(nil, "conservative Log Ratio (LRC), Clopper–Pearson",
    ("two-sided alpha %g / %d (Bonferroni)"):format(alpha, m), n1 + n2)
  if a + b == 0 then return check.undefined(info, "the word occurs in neither set: 0/0") end
  local tail, scale = alpha / m / 2, log2(n2 / n1)
  info.low, info.high = -math.huge, math.huge
  if a > 0 then
    local p = special.beta_i_inverse(tail, a, b + 1)
    info.low = log2(p / (1 - p)) + scale
  end
  if b > 0 then
    local q = special.beta_i_inverse(tail, b, a + 1)
    info.high = log2((1 - q) / q) + scale
  end
  info.value = info.low > 0 and info.low or info.high < 0 and info.high or 0.0
  return info.value, info
end

--- Difference coefficient: difference of two rates by their sum.
--- Shape: a, b, n1, n2 -> number from −1 to 1, info; nil with `reason` when both counts are 0.
--- Units: none.
--- Errors: raises as g2.
--- Source: Yule 1944; Hofland & Johansson 1982, on rates.
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
function keyness.difference_coefficient(a, b, n1, n2)
  a, b, n1, n2 = checked(a, b, n1, n2)
  local info = size_info(nil, "difference coefficient of rates", "none", n1 + n2)
  if a + b == 0 then return check.undefined(info, "the word occurs in neither set: 0/0") end
  local r1, r2 = a / n1, b / n2
  info.value = (r1 - r2) / (r1 + r2)
  return info.value, info
end

--- G² of a frequency in k corpora.
--- Shape: counts, sizes, {cells = 2|4} -> number 0 or more, info: p, df = k − 1, expected.
--- Units: none; chi-squared with k − 1 degrees of freedom.
--- Errors: raises on unequal lengths, fewer than 2 corpora, a size of 0, a count above its size.
--- Source: Rayson & Garside 2000 (2: the word's cells alone); Dunning 1993 (4: the other words
---   too).
---@param counts integer[]
---@param sizes integer[]
---@param options? table
function keyness.g2_k(counts, sizes, options)
  counts, sizes = check.counts(counts, "counts", 2), check.list(sizes, "sizes", check.size, 2)
  check.same_length(counts, "counts", sizes, "sizes")
  options = check.options(options, {cells = true})
  local cells = check.choice(options.cells, "cells", {2, 4}, 2)
  local total, n, value, expected = 0, 0, 0, {}
  for i, o in ipairs(counts) do
    check.at_most(o, ("counts[%d]"):format(i), sizes[i], ("sizes[%d]"):format(i))
    total, n = total + o, n + sizes[i]
  end
  for i, o in ipairs(counts) do
    expected[i] = sizes[i] * (total / n)
    value = value + 2 * contingency.term(o, expected[i])
    if cells == 4 then
      value = value + 2 * contingency.term(sizes[i] - o, sizes[i] - expected[i])
    end
  end
  local info = test_info(value, #counts - 1,
    ("G² of %d corpora, %s"):format(#counts, cells == 2 and "the word's cells" or "all cells"),
    "none", n)
  info.expected, info.cells = expected, cells
  return value, info
end

--- Specificity of a word in a part of a corpus.
--- Shape: a (in the part), b (in the rest), n1 (size of the part), n2 (size of the rest) ->
---   number, info.
--- Units: powers of ten of the exact tail: +3 = over-used, probability 0.001; negative =
---   under-used.
--- Errors: raises as g2.
--- Source: Lafon 1980, hypergeometric; over-used from the expected count up, as in textometry.
---@param a integer
---@param b integer
---@param n1 integer
---@param n2 integer
function keyness.specificity(a, b, n1, n2)
  a, b, n1, n2 = checked(a, b, n1, n2)
  local total = n1 + n2
  local expected = n1 * ((a + b) / total)
  local over = a >= expected
  local ln = contingency.log_tail(a, over, a + b, total - a - b, n1)
  local info = test_info(nil, 1, "Lafon's specificity, hypergeometric tail", "none", total)
  info.expected, info.p, info.log10_p = expected, math.exp(ln), ln / LN10
  info.direction = over and "over" or "under"
  info.df = nil
  local value = over and -info.log10_p or info.log10_p
  return value + 0.0, info
end

return keyness
