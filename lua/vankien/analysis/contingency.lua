-- Two-by-two tables: G², χ², Fisher's exact test, on cells that are already checked.
-- `keyness` and `association` are two ways to fill the same table.

local special = require "vankien.analysis.special"

local contingency = {}

local abs, exp, log, min = math.abs, math.exp, math.log, math.min
local deviance_term = special.deviance_term

--- Expected cells under independence.
--- Shape: four counts -> four numbers, total; nothing when the table is empty.
--- Units: occurrences.
--- Errors: none checked.
--- Source: row total · column total / N.
function contingency.expected(o11, o12, o21, o22)
  local r1, r2, c1, c2 = o11 + o12 + 0.0, o21 + o22 + 0.0, o11 + o21, o12 + o22
  local n = r1 + r2
  return r1 * c1 / n, r1 * c2 / n, r2 * c1 / n, r2 * c2 / n, n
end

-- O·ln(O/E) + E − O; the extra terms add up to 0 over a table, and keep the digits.
local function term(o, e)
  if e == 0 then return 0 end
  if o == 0 then return e end
  return deviance_term(o, e)
end
contingency.term = term

--- G² of all four cells.
--- Shape: four counts -> number, 0 or more.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: none checked.
--- Source: Dunning 1993.
function contingency.g2(o11, o12, o21, o22)
  local e11, e12, e21, e22 = contingency.expected(o11, o12, o21, o22)
  return 2 * (term(o11, e11) + term(o12, e12) + term(o21, e21) + term(o22, e22))
end

--- Pearson's χ² of all four cells; nil when a margin is 0.
--- Shape: four counts, yates (boolean) -> number or nil.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: none checked.
--- Source: Pearson 1900; Yates 1934, the correction never past 0.
function contingency.chi2(o11, o12, o21, o22, yates)
  local r1, r2, c1, c2 = o11 + o12 + 0.0, o21 + o22 + 0.0, o11 + o21, o12 + o22
  local n = r1 + r2
  if r1 == 0 or r2 == 0 or c1 == 0 or c2 == 0 then return nil end
  local d = abs(o11 / r1 - o21 / r2) * r1 * r2 / n
  if yates then d = math.max(0, d - 0.5) end
  return d / r1 * (d / c1) * (n / r2) * (n / c2) * n
end

-- Sum of probabilities from k outwards, relative to the one at k, away from the mode.
local function tail_sum(k, step, last, m, rest, n)
  local sum, t = 1.0, 1.0
  while k ~= last do
    local j = step > 0 and k or k - 1
    local ratio = (m - j) / (j + 1) * ((n - j) / (rest - n + j + 1))
    t = t * (step > 0 and ratio or 1 / ratio)
    k, sum = k + step, sum + t
    if t < sum * 1e-18 then break end
  end
  return sum
end

local function bounds(m, rest, n) return math.max(0, n - rest), min(m, n) end

local function mode_of(m, rest, n, low, high)
  local mode = math.floor((n + 1) * ((m + 1) / (m + rest + 2)))
  return math.max(low, min(high, mode))
end

-- First k past the mode, on the other side, that is no likelier than the one observed.
local function opposite(k, mode, low, high, target, m, rest, n)
  local near, far = mode, k >= mode and low or high
  local limit = target + 1e-7
  local function likely(i) return special.log_hypergeometric(i, m, rest, n) > limit end
  if likely(far) then return nil end
  if not likely(near) then return near end
  while abs(near - far) > 1 do
    local middle = (near + far) // 2
    if likely(middle) then near = middle else far = middle end
  end
  return far
end

-- Natural logarithm of P(X >= k) or P(X <= k), summed from the side where it is small.
local function log_tail(k, upper, m, rest, n)
  local low, high = bounds(m, rest, n)
  local step, last = upper and 1 or -1, upper and high or low
  local mode = mode_of(m, rest, n, low, high)
  local outside = upper and k >= mode or not upper and k <= mode
  if outside then
    return special.log_hypergeometric(k, m, rest, n) + log(tail_sum(k, step, last, m, rest, n))
  end
  local other = k - step
  if other < low or other > high then return 0.0 end
  return special.log1p(-exp(log_tail(other, not upper, m, rest, n)))
end

--- Logarithm of a hypergeometric tail.
--- Shape: k, upper (boolean), m marked, rest unmarked, n drawn -> number, 0 or less.
--- Units: natural logarithm of a probability.
--- Errors: none checked.
--- Source: ratios of neighbouring probabilities from a saddle-point start (Loader 2000).
contingency.log_tail = log_tail

local function log_add(a, b)
  if a < b then a, b = b, a end
  return a + special.log1p(exp(b - a))
end

--- Fisher's exact test: logarithms of the three tails.
--- Shape: four counts -> log two-sided, log left, log right.
--- Units: natural logarithm of a probability.
--- Errors: none checked.
--- Source: Fisher 1935; two-sided sums every table no likelier than the observed one (as R).
function contingency.log_fisher(o11, o12, o21, o22)
  local m, rest, n = o11 + o21, o12 + o22, o11 + o12
  local left, right = log_tail(o11, false, m, rest, n), log_tail(o11, true, m, rest, n)
  local low, high = bounds(m, rest, n)
  local mode = mode_of(m, rest, n, low, high)
  local target = special.log_hypergeometric(o11, m, rest, n)
  if target + 1e-7 >= special.log_hypergeometric(mode, m, rest, n) then return 0.0, left, right end
  local other = opposite(o11, mode, low, high, target, m, rest, n)
  local two = o11 >= mode and right or left
  if other then two = log_add(two, log_tail(other, o11 < mode, m, rest, n)) end
  return min(0.0, two), left, right
end

return contingency
