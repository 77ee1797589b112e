-- Confidence intervals of proportions, rates and differences of proportions.
-- They hold for independent trials; words cluster in documents, so beside them the
-- document-level resampling of `resample` is the test to trust where there are documents enough.

local check = require "vankien.analysis.check"
local special = require "vankien.analysis.special"

local interval = {}

local max, min, sqrt = math.max, math.min, math.sqrt
local CLUSTER = "taken as independent occurrences; clustering in documents is not in the interval"

local function proportion(k, n)
  k, n = check.count(k, "k"), check.size(n, "n")
  check.at_most(k, "k", n, "n")
  return k, n
end

local function z_of(level) return special.normal_quantile(0.5 + level / 2) end

local function wilson_bounds(k, n, z)
  local p, zz = k / n, z * z
  local half = z * sqrt(p * (1 - p) / n + zz / (4 * n * n))
  local low = k == 0 and 0.0 or (p + zz / (2 * n) - half) / (1 + zz / n)
  local high = k == n and 1.0 or (p + zz / (2 * n) + half) / (1 + zz / n)
  return low, high
end

local function wilson_bounds_continuity(k, n, z)
  local p, zz, d = k / n, z * z, 2 * (n + z * z)
  local low, high = 0.0, 1.0
  if k > 0 then
    low = (2 * k + zz - 1 - z * sqrt(zz - 2 - 1 / n + 4 * p * (n * (1 - p) + 1))) / d
  end
  if k < n then
    high = (2 * k + zz + 1 + z * sqrt(zz + 2 - 1 / n + 4 * p * (n * (1 - p) - 1))) / d
  end
  return max(0, low), min(1, high)
end

local function bounds_of(k, n, z, continuity)
  if continuity then return wilson_bounds_continuity(k, n, z) end
  return wilson_bounds(k, n, z)
end

--- Wilson's score interval of a proportion.
--- Shape: k, n, {level = 0.95, continuity = false} -> result: estimate, low, high.
--- Units: share of 1.
--- Errors: raises on broken or negative counts, n = 0, k above n, a level outside (0, 1).
--- Source: Wilson 1927; with continuity correction Newcombe 1998a, methods 3 and 4.
---@param k integer successes
---@param n integer trials
---@param options? table
function interval.wilson(k, n, options)
  k, n = proportion(k, n)
  options = check.options(options, {level = true, continuity = true})
  local level = check.level(options.level, "level", 0.95)
  local continuity = check.flag(options.continuity, "continuity", false)
  local low, high = bounds_of(k, n, z_of(level), continuity)
  return {
    estimate = k / n, low = low, high = high, level = level, k = k, n = n,
    variant = continuity and "Wilson score, continuity-corrected" or "Wilson score",
    correction = continuity and "continuity" or "none", notes = {CLUSTER},
  }
end

local function clopper_pearson_bounds(k, n, alpha)
  local low = k == 0 and 0.0 or special.beta_i_inverse(alpha / 2, k, n - k + 1)
  local high = k == n and 1.0 or 1 - special.beta_i_inverse(alpha / 2, n - k, k + 1)
  return low, high
end

--- Clopper and Pearson's exact interval of a proportion.
--- Shape: k, n, {level = 0.95} -> result: estimate, low, high.
--- Units: share of 1.
--- Errors: raises on broken or negative counts, n = 0, k above n, a level outside (0, 1).
--- Source: Clopper & Pearson 1934, as quantiles of the beta distribution.
---@param k integer successes
---@param n integer trials
---@param options? table
function interval.clopper_pearson(k, n, options)
  k, n = proportion(k, n)
  options = check.options(options, {level = true})
  local level = check.level(options.level, "level", 0.95)
  local low, high = clopper_pearson_bounds(k, n, 1 - level)
  return {
    estimate = k / n, low = low, high = high, level = level, k = k, n = n,
    variant = "Clopper–Pearson, exact", correction = "none", notes = {CLUSTER},
  }
end

--- Garwood's exact interval of a rate of events.
--- Shape: k, exposure, {level = 0.95, per = 1} -> result: estimate, low, high.
--- Units: events per `per` units of exposure (per = 10000 with syllables: rate per 10,000).
--- Errors: raises on a broken or negative k, an exposure or `per` not above 0, a bad level.
--- Source: Garwood 1936; limits are chi-squared quantiles with 2k and 2k + 2 degrees of freedom.
---@param k integer events
---@param exposure number syllables, years: what the events are counted over
---@param options? table
function interval.poisson(k, exposure, options)
  k, exposure = check.count(k, "k"), check.positive(exposure, "exposure")
  options = check.options(options, {level = true, per = true})
  local level = check.level(options.level, "level", 0.95)
  local per = check.positive(options.per == nil and 1 or options.per, "per")
  local tail, scale = (1 - level) / 2, per / exposure
  local low = k == 0 and 0.0 or special.gamma_p_inverse(tail, k)
  local high = special.gamma_p_inverse(tail, k + 1, true)
  return {
    estimate = k * scale, low = low * scale, high = high * scale, level = level,
    k = k, exposure = exposure, per = per, n = exposure,
    variant = "Poisson rate, exact (Garwood)", correction = "none", notes = {CLUSTER},
  }
end

--- Newcombe's interval of the difference of two proportions.
--- Shape: k1, n1, k2, n2, {level = 0.95, continuity = false} -> result: estimate, low, high.
--- Units: share of 1, first minus second.
--- Errors: raises on broken or negative counts, a size of 0, a count above its size, a bad level.
--- Source: Newcombe 1998b, method 10 (method 11 with continuity correction).
---@param k1 integer
---@param n1 integer
---@param k2 integer
---@param n2 integer
---@param options? table
function interval.newcombe(k1, n1, k2, n2, options)
  k1, n1 = check.count(k1, "k1"), check.size(n1, "n1")
  k2, n2 = check.count(k2, "k2"), check.size(n2, "n2")
  check.at_most(k1, "k1", n1, "n1")
  check.at_most(k2, "k2", n2, "n2")
  options = check.options(options, {level = true, continuity = true})
  local level = check.level(options.level, "level", 0.95)
  local continuity = check.flag(options.continuity, "continuity", false)
  local z, p1, p2 = z_of(level), k1 / n1, k2 / n2
  local low1, high1 = bounds_of(k1, n1, z, continuity)
  local low2, high2 = bounds_of(k2, n2, z, continuity)
  return {
    estimate = p1 - p2,
    low = p1 - p2 - sqrt((p1 - low1) ^ 2 + (high2 - p2) ^ 2),
    high = p1 - p2 + sqrt((high1 - p1) ^ 2 + (p2 - low2) ^ 2),
    level = level, n = n1 + n2, k1 = k1, n1 = n1, k2 = k2, n2 = n2,
    variant = continuity and "Newcombe hybrid score, continuity-corrected"
      or "Newcombe hybrid score", correction = continuity and "continuity" or "none",
    notes = {CLUSTER},
  }
end

return interval
