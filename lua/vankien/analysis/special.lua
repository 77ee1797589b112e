-- Special functions that the tests rest on, in doubles: gamma and beta functions, the distributions
-- made of them, and their inverses; what takes long stands in host/gamma.c. Accuracy is about 1e-13
-- relative where the value is a normal double. Arguments are checked by the callers, not here.

local gamma = require "vankien.host.gamma"

local special = {}

local abs, exp, log, sqrt, huge = math.abs, math.exp, math.log, math.sqrt, math.huge
local LN_SQRT_2PI = 0.918938533204672741780329736406
local EPSILON, TINY = 2.220446049250313e-16, 1e-300

local function log1p(x)
  local u = 1 + x
  if u == 1 then return x end
  return log(u) * x / (u - 1)
end
special.log1p = log1p

--- Natural logarithm of the gamma function.
--- Shape: number above 0 -> number.
--- Units: natural logarithm.
--- Errors: none checked.
--- Source: Stirling's series after a shift of the argument to 15 or more (DLMF 5.11.1).
special.lgamma = gamma.log

--- log(x!) minus Stirling's formula: what the saddle-point forms need.
--- Shape: number, 0 or more -> number.
--- Units: natural logarithm.
--- Errors: none checked.
--- Source: Loader 2000, Fast and accurate computation of binomial probabilities.
special.stirling_error = gamma.stirling_error

local stirling_error = special.stirling_error

--- Deviance term x·log(x/m) + m − x without cancellation.
--- Shape: x above 0, m above 0 -> number, 0 or more.
--- Units: natural logarithm.
--- Errors: none checked.
--- Source: Loader 2000 (bd0).
special.deviance_term = gamma.deviance

local deviance_term = special.deviance_term

--- Logarithm of the binomial probability, for whole or broken counts.
--- Shape: k, n, p, q = 1 − p -> number (−inf when impossible).
--- Units: natural logarithm.
--- Errors: none checked.
--- Source: Loader 2000.
function special.log_binomial(k, n, p, q)
  if p == 0 then return k == 0 and 0 or -huge end
  if q == 0 then return k == n and 0 or -huge end
  if k == 0 then return n * (p < 0.5 and log1p(-p) or log(q)) end
  if k == n then return n * (q < 0.5 and log1p(-q) or log(p)) end
  local lc = stirling_error(n) - stirling_error(k) - stirling_error(n - k)
    - deviance_term(k, n * p) - deviance_term(n - k, n * q)
  return lc - LN_SQRT_2PI - 0.5 * log(k) - 0.5 * log1p(-k / n)
end

local log_binomial = special.log_binomial

--- Logarithm of the hypergeometric probability of k marked among n drawn from m marked, rest not.
--- Shape: k, m marked, rest unmarked, n drawn (integers) -> number.
--- Units: natural logarithm.
--- Errors: none checked.
--- Source: Loader 2000; as R's dhyper.
function special.log_hypergeometric(k, m, rest, n)
  if k < 0 or k > m or k > n or n - k > rest then return -huge end
  if n == 0 then return 0 end
  local total = m + rest
  local p, q = n / total, (total - n) / total
  return log_binomial(k, m, p, q) + log_binomial(n - k, rest, p, q) - log_binomial(n, total, p, q)
end

-- log P and log Q, whichever of the two is computed; the other is nil.
local log_gamma_pq = gamma.log_pq

--- Regularised lower incomplete gamma function P(a, x).
--- Shape: a above 0, x 0 or more -> number from 0 to 1.
--- Units: probability.
--- Errors: none checked.
--- Source: DLMF 8.11.4 (series) and 8.9.2 (continued fraction).
function special.gamma_p(a, x)
  if x <= 0 then return 0 end
  if x == huge then return 1 end
  local p, q = log_gamma_pq(a, x)
  return p and exp(p) or 1 - exp(q)
end

--- Logarithm of the upper incomplete gamma function Q(a, x): keeps tails that a double cannot.
--- Shape: a above 0, x 0 or more -> number, 0 or less.
--- Units: natural logarithm of a probability.
--- Errors: none checked.
--- Source: as gamma_p.
function special.log_gamma_q(a, x)
  if x <= 0 then return 0 end
  local p, q = log_gamma_pq(a, x)
  return q or log1p(-exp(p))
end

--- Regularised upper incomplete gamma function Q(a, x).
--- Shape: a above 0, x 0 or more -> number from 0 to 1.
--- Units: probability.
--- Errors: none checked.
--- Source: as gamma_p.
function special.gamma_q(a, x)
  if x == huge then return 0 end
  return exp(special.log_gamma_q(a, x))
end

local function beta_step(numerator, c, d)
  d, c = 1 + numerator * d, 1 + numerator / c
  if abs(d) < TINY then d = TINY end
  if abs(c) < TINY then c = TINY end
  return c, 1 / d
end

local function beta_fraction(a, b, x)
  local c = 1
  local _, d = beta_step(-(a + b) * x / (a + 1), 1, 1)
  local h = d
  for m = 1, 200000 do
    local m2 = 2 * m
    c, d = beta_step(m * (b - m) * x / ((a + m2 - 1) * (a + m2)), c, d)
    h = h * c * d
    c, d = beta_step(-(a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1)), c, d)
    h = h * c * d
    if abs(c * d - 1) < EPSILON then break end
  end
  return h
end

-- x^a y^b / (a B(a, b)), y = 1 - x.
local function beta_front(a, b, x, y)
  return exp(log_binomial(a, a + b, x, y)) * b / (a + b)
end

--- Regularised incomplete beta function I_x(a, b).
--- Shape: a, b above 0, x from 0 to 1 -> number from 0 to 1.
--- Units: probability.
--- Errors: none checked.
--- Source: DLMF 8.17.22, modified Lentz method.
function special.beta_i(a, b, x)
  if x <= 0 then return 0 end
  if x >= 1 then return 1 end
  local y = 1 - x
  if x < (a + 1) / (a + b + 2) then return beta_front(a, b, x, y) * beta_fraction(a, b, x) end
  return 1 - beta_front(b, a, y, x) * beta_fraction(b, a, y)
end

-- Root of an increasing function on [low, high]: Newton steps kept inside a shrinking bracket.
local function solve(f, slope, target, low, high, x)
  for _ = 1, 300 do
    local miss = f(x) - target
    if miss == 0 then return x end
    if miss > 0 then high = x else low = x end
    local s = slope(x)
    local step = s > 0 and x - miss / s or huge
    if step > low and step < high and abs(step - x) <= 1e-9 * abs(x) then return step end
    if not (step > low and step < high) then
      step = (low > 0 and high / low > 4) and sqrt(low * high) or (low + high) / 2
    end
    if abs(step - x) <= 2 * EPSILON * abs(x) then return step end
    x = step
  end
  return x
end

-- Abramowitz & Stegun 26.5.22, or the mean where that does not hold.
local function beta_start(p, a, b)
  local mean = a / (a + b)
  if a <= 1 or b <= 1 then return mean end
  local y, ra, rb = -special.normal_quantile(p), 1 / (2 * a - 1), 1 / (2 * b - 1)
  local lambda, h = (y * y - 3) / 6, 2 / (ra + rb)
  if h + lambda <= 0 then return mean end
  local w = y * sqrt(h + lambda) / h - (rb - ra) * (lambda + 5 / 6 - 2 / (3 * h))
  local x = a / (a + b * exp(2 * w))
  return x > 0 and x < 1 and x or mean
end

local function inverse_beta_low(p, a, b)
  local function value(x) return special.beta_i(a, b, x) end
  local function slope(x) return beta_front(a, b, x, 1 - x) * a / (x * (1 - x)) end
  return solve(value, slope, p, 0, 1, beta_start(p, a, b))
end

--- Inverse of the regularised incomplete beta function: x with I_x(a, b) = p.
--- Shape: p from 0 to 1, a, b above 0 -> number from 0 to 1.
--- Units: probability.
--- Errors: none checked.
--- Source: bracketed Newton on beta_i.
function special.beta_i_inverse(p, a, b)
  if p <= 0 then return 0 end
  if p >= 1 then return 1 end
  if p > 0.5 and a > b then return 1 - inverse_beta_low(1 - p, b, a) end
  return inverse_beta_low(p, a, b)
end

--- Inverse of the regularised lower incomplete gamma function: x with P(a, x) = p.
--- Shape: p from 0 to 1, a above 0, upper (true: p is of the upper tail Q) -> number, 0 or more.
--- Units: those of x.
--- Errors: none checked.
--- Source: the Wilson–Hilferty start, then Taylor's series; bracketed Newton where that is far.
function special.gamma_p_inverse(p, a, upper)
  if p <= 0 then return upper and huge or 0 end
  if p >= 1 then return upper and 0 or huge end
  local found, start = gamma.quantile(p, a, upper)
  if found then return found end
  local function value(x) return special.gamma_p(a, x) end
  if upper then value = function(x) return -special.gamma_q(a, x) end end
  local function slope(x) return exp(gamma.log_term(a, x)) * a / x end
  return solve(value, slope, upper and -p or p, 0, start * 8 + 800, start)
end

--- Upper tail of the standard normal distribution.
--- Shape: number -> probability.
--- Units: probability.
--- Errors: none checked.
--- Source: through Q(1/2, z²/2).
function special.normal_sf(z)
  if z < 0 then return 1 - special.normal_sf(-z) end
  return 0.5 * special.gamma_q(0.5, z * z / 2)
end

--- Standard normal distribution function.
--- Shape: number -> probability.
--- Units: probability.
--- Errors: none checked.
--- Source: as normal_sf.
function special.normal_cdf(z) return special.normal_sf(-z) end

--- Quantile of the standard normal distribution.
--- Shape: probability -> number (±inf at 1 and 0).
--- Units: standard deviations.
--- Errors: none checked.
--- Source: Wichura 1988, algorithm AS 241 (PPND16).
special.normal_quantile = gamma.normal_quantile

--- Upper tail of the chi-squared distribution, with its logarithm for tails below 1e-308.
--- Shape: x 0 or more, degrees of freedom -> probability, log10 of it.
--- Units: probability.
--- Errors: none checked.
--- Source: Q(df/2, x/2).
function special.chi2_sf(x, df)
  if x == huge then return 0, -huge end
  local ln = special.log_gamma_q(df / 2, x / 2)
  return exp(ln), ln / log(10)
end

--- Upper tail of Student's t distribution.
--- Shape: t, degrees of freedom -> probability.
--- Units: probability.
--- Errors: none checked.
--- Source: I_{df/(df+t²)}(df/2, 1/2) / 2.
function special.t_sf(t, df)
  local half = 0.5 * special.beta_i(df / 2, 0.5, df / (df + t * t))
  return t >= 0 and half or 1 - half
end

return special
