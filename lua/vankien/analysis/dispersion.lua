-- Dispersion: how evenly a word is spread over the parts of a corpus, or over its places.
-- `v` holds the counts and `s` the sizes by part, part by part; parts are what the caller makes
-- of them (documents, congresses, passages), and the value depends on that choice.

local check = require "vankien.analysis.check"

local dispersion = {}

local LN2 = math.log(2)

local function log2(x) return math.log(x) / LN2 end

local function checked(v, s)
  v, s = check.counts(v, "v", 1), check.list(s, "s", check.size, 1)
  check.same_length(v, "v", s, "s")
  local f, n = 0, 0
  for i = 1, #v do
    check.at_most(v[i], ("v[%d]"):format(i), s[i], ("s[%d]"):format(i))
    f, n = f + v[i], n + s[i]
  end
  return v, s, f, n
end

local function info_of(variant, v, f, n, correction)
  local info = {variant = variant, correction = correction or "none", parts = #v, frequency = f,
    n = n, notes = {}}
  if f > 0 and f < #v then
    info.notes[1] = ("%d occurrences in %d parts: fewer than the parts"):format(f, #v)
  end
  return info
end

local ABSENT = "the word does not occur"
local ONE_PART = "one part: nothing to be dispersed over"

--- Range: the number of parts in which a word occurs.
--- Shape: v -> integer, info.
--- Units: parts.
--- Errors: raises on an empty list, broken or negative counts.
--- Source: Gries 2008.
---@param v integer[]
function dispersion.range(v)
  v = check.counts(v, "v", 1)
  local range, f = 0, 0
  for _, count in ipairs(v) do
    f = f + count
    if count > 0 then range = range + 1 end
  end
  return range, info_of("range", v, f, nil)
end

-- Half the sum of the differences between shares of occurrences and shares of size.
local function deviation(v, s, f, n)
  local sum = 0
  for i = 1, #v do sum = sum + math.abs(v[i] / f - s[i] / n) end
  return sum / 2
end

--- Deviation of proportions DP.
--- Shape: v, s -> number from 0 (even) to nearly 1, info; nil with `reason` when the word is
---   absent.
--- Units: share.
--- Errors: raises on unequal lengths, empty lists, sizes of 0, counts above sizes.
--- Source: Gries 2008, with the real sizes of the parts.
---@param v integer[]
---@param s integer[]
function dispersion.dp(v, s)
  local f, n
  v, s, f, n = checked(v, s)
  local info = info_of("DP, real part sizes", v, f, n)
  if f == 0 then return check.undefined(info, ABSENT) end
  return deviation(v, s, f, n), info
end

--- Normalised deviation of proportions.
--- Shape: v, s -> number from 0 to 1, info; nil with `reason` when absent or with one part.
--- Units: share.
--- Errors: raises as dp.
--- Source: Lijffijt & Gries 2012: DP / (1 − least share of size).
---@param v integer[]
---@param s integer[]
function dispersion.dp_norm(v, s)
  local f, n
  v, s, f, n = checked(v, s)
  local info = info_of("DPnorm, DP / (1 − min s)", v, f, n)
  if f == 0 then return check.undefined(info, ABSENT) end
  if #v == 1 then return check.undefined(info, ONE_PART) end
  local least = s[1]
  for _, size in ipairs(s) do least = math.min(least, size) end
  return deviation(v, s, f, n) / (1 - least / n), info
end

local function rates(v, s)
  local p, sum = {}, 0
  for i = 1, #v do
    p[i] = v[i] / s[i]
    sum = sum + p[i]
  end
  return p, sum
end

-- D from the variation coefficient of the rates.
local function juilland(v, s, kind)
  local p, sum = rates(v, s)
  local mean, squares = sum / #p, 0
  for _, rate in ipairs(p) do squares = squares + (rate - mean) ^ 2 end
  local sd = math.sqrt(squares / (kind == "sample" and #p - 1 or #p))
  return 1 - sd / mean / math.sqrt(#p - 1)
end

local function juilland_of(name, v, s, options)
  local f, n
  v, s, f, n = checked(v, s)
  options = check.options(options, {sd = true})
  local kind = check.choice(options.sd, "sd", {"population", "sample"}, "population")
  local info = info_of(("%s, %s sd of the rates"):format(name, kind), v, f, n)
  info.sd = kind
  if f == 0 then return check.undefined(info, ABSENT) end
  if #v == 1 then return check.undefined(info, ONE_PART) end
  return juilland(v, s, kind), info
end

--- Juilland's D.
--- Shape: v, s, {sd = "population"|"sample"} -> number, at most 1, info; nil with `reason`.
--- Units: none; below 0 only with the sample sd.
--- Errors: raises as dp.
--- Source: Juilland et al. 1970; rates v/s for unequal parts, Gries 2008.
---@param v integer[]
---@param s integer[]
---@param options? table
function dispersion.juilland_d(v, s, options)
  return juilland_of("Juilland's D", v, s, options)
end

--- Juilland's usage coefficient U = D · frequency.
--- Shape: v, s, {sd = "population"|"sample"} -> number, info; nil with `reason`.
--- Units: occurrences.
--- Errors: raises as dp.
--- Source: Juilland et al. 1970.
---@param v integer[]
---@param s integer[]
---@param options? table
function dispersion.juilland_u(v, s, options)
  local value, info = juilland_of("Juilland's U = D · frequency", v, s, options)
  if value then value = value * info.frequency end
  return value, info
end

--- Carroll's D2: entropy of the rates, as a share of its maximum.
--- Shape: v, s -> number from 0 to 1, info; nil with `reason` when absent or with one part.
--- Units: share.
--- Errors: raises as dp.
--- Source: Carroll 1970, by Gries 2008.
---@param v integer[]
---@param s integer[]
function dispersion.carroll_d2(v, s)
  local f, n
  v, s, f, n = checked(v, s)
  local info = info_of("Carroll's D2 of the rates", v, f, n)
  if f == 0 then return check.undefined(info, ABSENT) end
  if #v == 1 then return check.undefined(info, ONE_PART) end
  local p, sum = rates(v, s)
  local entropy = 0.0
  for _, rate in ipairs(p) do
    if rate > 0 then entropy = entropy - rate / sum * log2(rate / sum) end
  end
  return entropy / log2(#v), info
end

--- Rosengren's S (adjusted: real sizes).
--- Shape: v, s -> number from 0 to 1, info; nil with `reason` when the word is absent.
--- Units: share; S · frequency is Rosengren's adjusted frequency (info.adjusted_frequency).
--- Errors: raises as dp.
--- Source: Rosengren 1971, by Gries 2008.
---@param v integer[]
---@param s integer[]
function dispersion.rosengren_s(v, s)
  local f, n
  v, s, f, n = checked(v, s)
  local info = info_of("Rosengren's S, real part sizes", v, f, n)
  if f == 0 then return check.undefined(info, ABSENT) end
  local sum = 0
  for i = 1, #v do sum = sum + math.sqrt(s[i] / n * v[i]) end
  info.adjusted_frequency = sum * sum
  return sum * sum / f, info
end

--- Kullback–Leibler divergence of the occurrences from the sizes.
--- Shape: v, s -> number, 0 (even) or more, info; nil with `reason` when the word is absent.
--- Units: bits.
--- Errors: raises as dp.
--- Source: Gries 2020.
---@param v integer[]
---@param s integer[]
function dispersion.kl_divergence(v, s)
  local f, n
  v, s, f, n = checked(v, s)
  local info = info_of("Kullback–Leibler divergence, bits", v, f, n)
  if f == 0 then return check.undefined(info, ABSENT) end
  local sum = 0.0
  for i = 1, #v do
    if v[i] > 0 then sum = sum + v[i] / f * log2(v[i] / f / (s[i] / n)) end
  end
  return math.max(0.0, sum), info
end

--- Engwall's measure: frequency times the share of parts in which the word occurs.
--- Shape: v -> number, info.
--- Units: occurrences.
--- Errors: raises on an empty list, broken or negative counts.
--- Source: Engwall 1974, by Gries 2008.
---@param v integer[]
function dispersion.engwall(v)
  local range, info = dispersion.range(v)
  info.variant, info.range = "Engwall's measure, frequency · range / parts", range
  return info.frequency * range / info.parts, info
end

--- Kromer's U_R: each further occurrence in a part counts less.
--- Shape: v -> number, info.
--- Units: occurrences.
--- Errors: raises on an empty list, broken or negative counts.
--- Source: Kromer 2003, by Gries 2008: Σ (ψ(v + 1) + γ), which is the sum of 1 + 1/2 + … + 1/v.
---@param v integer[]
function dispersion.kromer_ur(v)
  v = check.counts(v, "v", 1)
  local sum, f = 0.0, 0
  for _, count in ipairs(v) do
    f = f + count
    for k = 1, count do sum = sum + 1 / k end
  end
  return sum, info_of("Kromer's U_R", v, f, nil)
end

-- Distances between neighbouring places, the last to the first round the end of the corpus.
local function distances(positions, n)
  positions, n = check.list(positions, "positions", check.size, 0), check.size(n, "n")
  for i, at in ipairs(positions) do
    check.at_most(at, ("positions[%d]"):format(i), n, "n")
    if i > 1 and at <= positions[i - 1] then
      check.fail("positions must rise, but positions[%d] is %d after %d", i, at, positions[i - 1])
    end
  end
  local d, f = {}, #positions
  for i = 1, f do
    d[i] = positions[i] - (i > 1 and positions[i - 1] or positions[f] - n)
  end
  return d, f, n
end

local function place_info(variant, f, n)
  return {variant = variant, correction = "none", frequency = f, n = n, notes = {}}
end

--- Average reduced frequency.
--- Shape: positions (rising, from 1), n (tokens of the corpus) -> number, info; 0 when absent.
--- Units: occurrences.
--- Errors: raises on positions that do not rise, lie above n or are not whole numbers.
--- Source: Savický & Hlaváčová 2002, cyclic distances.
---@param positions integer[]
---@param n integer
function dispersion.arf(positions, n)
  local d, f
  d, f, n = distances(positions, n)
  local info = place_info("ARF, cyclic distances", f, n)
  if f == 0 then return 0.0, info end
  local chunk, sum = n / f, 0.0
  for _, distance in ipairs(d) do sum = sum + math.min(distance, chunk) end
  return sum / chunk, info
end

--- Average waiting time.
--- Shape: positions, n -> number, info: adjusted_frequency (f_AWT); nil with `reason` when absent.
--- Units: tokens.
--- Errors: raises as arf.
--- Source: Savický & Hlaváčová 2002: ½ (1 + Σd²/n), f_AWT = n²/Σd².
---@param positions integer[]
---@param n integer
function dispersion.awt(positions, n)
  local d, f
  d, f, n = distances(positions, n)
  local info = place_info("AWT, cyclic distances", f, n)
  if f == 0 then return check.undefined(info, ABSENT) end
  local squares = 0
  for _, distance in ipairs(d) do squares = squares + distance * distance end
  info.adjusted_frequency = n / (squares / n)
  return (1 + squares / n) / 2, info
end

--- Average logarithmic distance.
--- Shape: positions, n -> number, info: adjusted_frequency (f_ALD); nil with `reason` when absent.
--- Units: powers of ten of tokens.
--- Errors: raises as arf.
--- Source: Savický & Hlaváčová 2002: Σ d·log10(d)/n, f_ALD = n·10^−ALD.
---@param positions integer[]
---@param n integer
function dispersion.ald(positions, n)
  local d, f
  d, f, n = distances(positions, n)
  local info = place_info("ALD, cyclic distances, log10", f, n)
  if f == 0 then return check.undefined(info, ABSENT) end
  local sum = 0.0
  for _, distance in ipairs(d) do sum = sum + distance * math.log(distance, 10) end
  info.adjusted_frequency = n * 10 ^ (-sum / n)
  return sum / n, info
end

return dispersion
