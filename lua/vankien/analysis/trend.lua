-- Trends over few, uneven periods: Mann–Kendall, Kendall's τ, Theil–Sen, Pettitt, Cochran–Armitage,
-- VNC, and what a given number of periods can show at all.
-- They see one value a period; a period made of one document says nothing about its spread.

local check = require "vankien.analysis.check"
local rank = require "vankien.analysis.rank"
local special = require "vankien.analysis.special"
local vnc = require "vankien.analysis.vnc"

local trend = {}

local abs, sqrt = math.abs, math.sqrt
local EXACT_LIMIT = 30        -- periods; above, the normal approximation is good
local ENUMERATE_LIMIT = 8     -- pairs with ties on both sides: every order is counted

local function ones(n)
  local sizes = {}
  for i = 1, n do sizes[i] = 1 end
  return sizes
end

local function periods(n) return n == 1 and "1 period" or n .. " periods" end

local function reach_sentence(n, reach, alpha, tied)
  local of = periods(n) .. (tied and " with these ties" or "")
  if not reach.critical_s then
    return ("no two-sided exact Mann–Kendall result below %g is possible with %s"):format(alpha, of)
  end
  return ("with %s a two-sided exact Mann–Kendall result below %g needs |S| of %d or more")
    :format(of, alpha, reach.critical_s)
end

--- The smallest two-sided exact Mann–Kendall p that n periods can reach.
--- Shape: n, {alpha = 0.05} -> number, result: largest_s, critical_s, critical_p, sentence.
--- Units: probability; S in pairs.
--- Errors: raises when n is not a whole number above 0 or alpha lies outside (0, 1).
--- Source: exact distribution of S without ties, Kendall 1976; for at most 100 periods.
---@param n integer periods
---@param options? table
function trend.power(n, options)
  n = check.size(n, "n")
  if n > 100 then check.fail("n must be at most 100 periods, got %d", n) end
  options = check.options(options, {alpha = true})
  local alpha = check.level(options.alpha, "alpha", 0.05)
  local reach = rank.reach(ones(n), alpha)
  return reach.smallest_p, {
    n = n, alpha = alpha, smallest_p = reach.smallest_p, largest_s = reach.largest_s,
    critical_s = reach.critical_s, critical_p = reach.critical_p,
    sentence = reach_sentence(n, reach, alpha, false),
    variant = "exact two-sided Mann–Kendall, no ties", correction = "none",
  }
end

-- z and p of S by the normal approximation; without spread both stay nil.
local function approximate(s, variance, continuity)
  if variance <= 0 then return nil, nil end
  local size = abs(s)
  if continuity and size > 0 then size = size - 1 end
  local z = size / sqrt(variance)
  return s < 0 and -z or z, math.min(1.0, 2 * special.normal_sf(z))
end

local function wanted_exact(exact, n, limit)
  if exact == "auto" then return n <= limit end
  return exact
end

local function exact_option(options)
  local exact = options.exact
  if exact == nil or exact == "auto" then return "auto" end
  return check.flag(exact, 'exact (true, false or "auto")')
end

-- Exact p: by the inversion distribution when one side is untied, else by enumeration.
local function exact_p(x, y, tx, ty, s)
  if #tx == #x then return rank.tail(ty, abs(s)), "exact distribution of S, ties included" end
  if #ty == #y then return rank.tail(tx, abs(s)), "exact distribution of S, ties included" end
  if #x > ENUMERATE_LIMIT then return nil end
  return rank.enumerate(x, y, abs(s)), "exact, every order counted"
end

local function fill_p(out, x, y, tx, ty, options)
  local continuity = check.flag(options.continuity, "continuity", true)
  out.z, out.p_normal = approximate(out.s, out.var_s, continuity)
  local exact = exact_option(options)
  local limit = exact == true and 60 or EXACT_LIMIT
  if wanted_exact(exact, out.n, limit) and out.n <= limit then
    out.p_exact, out.method = exact_p(x, y, tx, ty, out.s)
  end
  if exact == true and not out.p_exact then
    out.notes[#out.notes + 1] =
      "exact p asked for, not computed: more than 60 values, or ties on both sides of more than 8"
  end
  out.p = out.p_exact or out.p_normal
  if out.p_exact then
    out.correction = "ties"
  else
    out.method = "normal approximation"
    out.correction = continuity and "ties, continuity" or "ties"
  end
end

local function tau(out, tx, ty)
  local pairs_all = out.n * (out.n - 1) // 2
  out.pairs, out.tied_x, out.tied_y = pairs_all, rank.tied_pairs(tx), rank.tied_pairs(ty)
  local free_x, free_y = pairs_all - out.tied_x, pairs_all - out.tied_y
  if pairs_all > 0 then out.tau_a = out.s / pairs_all end
  if free_x > 0 and free_y > 0 then out.tau_b = out.s / sqrt(1.0 * free_x * free_y) end
  return free_x > 0 and free_y > 0
end

local function compare(x, y, options)
  local tx, ty = rank.groups(x), rank.groups(y)
  local out = {n = #y, s = rank.s(x, y), var_s = rank.variance(#y, tx, ty), notes = {}}
  if tau(out, tx, ty) then
    fill_p(out, x, y, tx, ty, options)
  else
    out.reason = #y < 2 and "one value has no order" or "all values are equal: nothing to order"
    out.correction, out.method = "ties", "undefined"
    out.notes[1] = out.reason
  end
  return out, tx, ty
end

local KNOWN = {exact = true, continuity = true, alpha = true}

--- Mann–Kendall test of a monotone trend in values that stand in order of time.
--- Shape: y, {exact = "auto"|true|false, continuity = true, alpha = 0.05} -> result: s, var_s,
---   tau_a, tau_b, z, p (the exact one up to 30 periods, else the normal), p_exact, p_normal.
--- Units: two-sided probability; S in pairs.
--- Errors: raises on an empty list, NaN, infinities; equal values give nil with `reason`.
--- Source: Mann 1945; Kendall 1976; exact with ties by the Gaussian multinomial (MacMahon 1915).
---@param y number[]
---@param options? table
function trend.mann_kendall(y, options)
  y = check.numbers(y, "y", 1)
  options = check.options(options, KNOWN)
  local alpha = check.level(options.alpha, "alpha", 0.05)
  local x = {}
  for i = 1, #y do x[i] = i end
  local out, _, ty = compare(x, y, options)
  out.variant = "Mann–Kendall, two-sided"
  if #y <= EXACT_LIMIT then
    local reach = rank.reach(ty, alpha)
    out.smallest_p, out.critical_s, out.largest_s =
      reach.smallest_p, reach.critical_s, reach.largest_s
    out.sentence = reach_sentence(#y, reach, alpha, #ty < #y)
    if not reach.critical_s then out.notes[#out.notes + 1] = out.sentence end
  end
  return out
end

--- Kendall's rank correlation of two lists.
--- Shape: x, y, {exact = "auto"|true|false, continuity = true} -> result as mann_kendall.
--- Units: τ from −1 to 1; two-sided probability.
--- Errors: raises on unequal lengths, empty lists, NaN; a constant side gives nil with `reason`.
--- Source: Kendall 1976, chapters 1 to 4.
---@param x number[]
---@param y number[]
---@param options? table
function trend.kendall(x, y, options)
  x, y = check.numbers(x, "x", 1), check.numbers(y, "y", 1)
  check.same_length(x, "x", y, "y")
  options = check.options(options, {exact = true, continuity = true})
  local out = compare(x, y, options)
  out.variant = "Kendall rank correlation, two-sided"
  return out
end

local function median(sorted)
  local n = #sorted
  if n % 2 == 1 then return sorted[(n + 1) // 2] end
  return (sorted[n // 2] + sorted[n // 2 + 1]) / 2
end

local function slopes_of(x, y)
  local slopes = {}
  for i = 1, #x - 1 do
    for j = i + 1, #x do
      local dx = x[j] - x[i]
      if dx ~= 0 then slopes[#slopes + 1] = (y[j] - y[i]) / dx end
    end
  end
  table.sort(slopes)
  return slopes
end

-- Ranks of the bounds among the slopes, from the exact distribution of S without ties.
local function exact_ranks(n, slopes, level)
  local p, degree = rank.inversions(ones(n))
  local tail, inversions = 0, -1
  for i = 0, degree do
    if 2 * (tail + p[i]) > (1 - level) * (1 + 1e-12) or 2 * i >= degree then break end
    tail, inversions = tail + p[i], i
  end
  if inversions < 0 then return nil end
  return inversions + 1, #slopes - inversions, 1 - 2 * tail
end

local function normal_ranks(slopes, variance, level)
  local c = special.normal_quantile(0.5 + level / 2) * sqrt(variance)
  local low = math.floor((#slopes - c) / 2 + 0.5)
  local high = math.floor((#slopes + c) / 2 + 1 + 0.5)
  if low < 1 or high > #slopes then return nil end
  return low, high, level
end

local function sen_interval(out, x, y, slopes, options)
  local tx, ty = rank.groups(x), rank.groups(y)
  local untied = #tx == #x and #ty == #y
  local method = check.choice(options.interval, "interval", {"auto", "exact", "normal"}, "auto")
  local exact = method == "exact" or (method == "auto" and untied and #x <= EXACT_LIMIT)
  if method == "exact" and not untied then
    check.fail('interval = "exact" needs x and y without ties')
  end
  local low, high, reached
  if exact then
    low, high, reached = exact_ranks(#x, slopes, out.level)
  else
    low, high, reached = normal_ranks(slopes, rank.variance(#x, tx, ty), out.level)
  end
  out.interval = exact and "exact ranks of S" or "normal ranks with ties (Sen)"
  if low then
    out.low, out.high, out.level_reached = slopes[low], slopes[high], reached
  else
    out.reason = ("no interval at level %g is possible with %d points"):format(out.level, #x)
    out.notes[#out.notes + 1] = out.reason
  end
end

--- Theil–Sen slope over real, uneven times.
--- Shape: x, y, {level = 0.95, interval = "auto"|"exact"|"normal"} -> result: slope, intercept,
---   low, high.
--- Units: of y per unit of x (give x in years, and the slope is per year).
--- Errors: raises on unequal lengths, fewer than 2 points, NaN; equal times give nil with `reason`.
--- Source: Theil 1950; Sen 1968; ranks of the normal interval as in R's trend::sens.slope.
---@param x number[] times, such as 2011.05
---@param y number[] values
---@param options? table
function trend.theil_sen(x, y, options)
  x, y = check.numbers(x, "x", 2), check.numbers(y, "y", 2)
  check.same_length(x, "x", y, "y")
  options = check.options(options, {level = true, interval = true})
  local slopes = slopes_of(x, y)
  local out = {n = #x, slopes = #slopes, notes = {}, correction = "ties",
    level = check.level(options.level, "level", 0.95),
    variant = "Theil–Sen, median of pairwise slopes; intercept = median of y − slope · x"}
  if #slopes == 0 then
    out.reason = "all times are equal: no slope"
    return out
  end
  out.slope = median(slopes)
  local rest = {}
  for i = 1, #x do rest[i] = y[i] - out.slope * x[i] end
  table.sort(rest)
  out.intercept = median(rest)
  sen_interval(out, x, y, slopes, options)
  return out
end

-- Midranks.
local function ranks_of(y)
  local ranks = {}
  for i = 1, #y do
    local below, equal = 0, 0
    for j = 1, #y do
      if y[j] < y[i] then below = below + 1 elseif y[j] == y[i] then equal = equal + 1 end
    end
    ranks[i] = below + (equal + 1) / 2
  end
  return ranks
end

--- Pettitt's test of one change in level.
--- Shape: y -> result: k (the statistic), p, after (index of the last value before the change),
---   candidates (every index with the same statistic), u (the whole series).
--- Units: two-sided probability, approximate; index of y.
--- Errors: raises on fewer than 2 values, NaN, infinities; equal values give `reason`.
--- Source: Pettitt 1979, U from ranks, p ≈ 2·exp(−6K²/(n³ + n²)), at most 1.
---@param y number[]
function trend.pettitt(y)
  y = check.numbers(y, "y", 2)
  local n, sum, k, u, candidates = #y, 0, 0, {}, {}
  local ranks = ranks_of(y)
  for i = 1, n - 1 do
    sum = sum + ranks[i]
    u[i] = 2 * sum - i * (n + 1)
    if abs(u[i]) > k then k, candidates = abs(u[i]), {} end
    if abs(u[i]) == k then candidates[#candidates + 1] = i end
  end
  local out = {n = n, k = k, u = u, candidates = candidates, after = candidates[1], notes = {},
    p = math.min(1.0, 2 * math.exp(-6 * k * k / (n ^ 3 + n ^ 2))), correction = "none",
    variant = "Pettitt, approximate two-sided p"}
  if k == 0 then
    out.after, out.candidates, out.p = nil, {}, nil
    out.reason = "no change: the statistic is 0 everywhere"
  end
  if n < 20 then out.notes[1] = ("the approximate p is rough with %d values"):format(n) end
  return out
end

local function armitage_sums(k, n, scores)
  local total_k, total_n, nt, ntt, kt = 0, 0, 0, 0, 0
  for i = 1, #k do
    total_k, total_n = total_k + k[i], total_n + n[i]
    nt, ntt = nt + n[i] * scores[i], ntt + n[i] * scores[i] ^ 2
    kt = kt + k[i] * scores[i]
  end
  return total_k, total_n, nt, ntt, kt
end

--- Cochran–Armitage test of a linear trend in proportions.
--- Shape: k (successes), n (trials), {scores = 1, 2, …} -> result: z, p, p_greater, p_less.
--- Units: standard deviations; probability.
--- Errors: raises on unequal lengths, fewer than 2 groups, counts above sizes; no spread gives
---   `reason`.
--- Source: Armitage 1955; binomial variance with N, no continuity correction.
---@param k integer[]
---@param n integer[]
---@param options? table
function trend.cochran_armitage(k, n, options)
  k, n = check.counts(k, "k", 2), check.list(n, "n", check.size, 2)
  check.same_length(k, "k", n, "n")
  options = check.options(options, {scores = true})
  local scores = {}
  for i = 1, #k do
    check.at_most(k[i], ("k[%d]"):format(i), n[i], ("n[%d]"):format(i))
    scores[i] = i
  end
  if options.scores then scores = check.numbers(options.scores, "scores", 2) end
  check.same_length(k, "k", scores, "scores")
  local total_k, total_n, nt, ntt, kt = armitage_sums(k, n, scores)
  local p = total_k / total_n
  local variance = p * (1 - p) * (ntt - nt * nt / total_n)
  local out = {n = total_n, groups = #k, correction = "none", notes = {},
    variant = "Cochran–Armitage, normal approximation, variance with N"}
  if variance <= 0 then
    out.reason = "no spread: all or no trials succeed, or all scores are equal"
    return out
  end
  out.z = (kt - p * nt) / sqrt(variance)
  out.p = math.min(1.0, 2 * special.normal_sf(abs(out.z)))
  out.p_greater, out.p_less = special.normal_sf(out.z), special.normal_sf(-out.z)
  return out
end

trend.vnc = vnc.vnc

return trend
