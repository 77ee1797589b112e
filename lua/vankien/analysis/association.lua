-- Association of two words: o occurrences together, f1 and f2 apart, n in all.
-- Every measure takes (o, f1, f2, n), checks that the four fit one table, and names its variant.

local check = require "vankien.analysis.check"
local contingency = require "vankien.analysis.contingency"
local measures = require "vankien.analysis.measures"
local special = require "vankien.analysis.special"

local association = {}

local TOKEN_LEVEL = "token-level: takes tokens as independent, overstates where words cluster"

local function checked(o, f1, f2, n)
  o, f1 = check.count(o, "o"), check.count(f1, "f1")
  f2, n = check.count(f2, "f2"), check.size(n, "n")
  check.at_most(f1, "f1", n, "n")
  check.at_most(f2, "f2", n, "n")
  check.at_most(o, "o", f1, "f1")
  check.at_most(o, "o", f2, "f2")
  if f1 + f2 - o > n then
    check.fail("o (%d) is too small: f1 (%d) and f2 (%d) must share at least %d of n (%d)",
      o, f1, f2, f1 + f2 - n, n)
  end
  return o, f1, f2, n
end

local function info_of(variant, correction, o, f1, f2, n)
  return {variant = variant, correction = correction or "none", n = n, observed = o,
    expected = f1 * (f2 / n), notes = {}}
end

local function cells(o, f1, f2, n) return o, f1 - o, f2 - o, n - f1 - f2 + o end

local NONE_TOGETHER = "o is 0: no logarithm"

--- Mutual information (pointwise).
--- Shape: o, f1, f2, n, {base = 2} -> number, info; nil with `reason` when o is 0.
--- Units: bits (base 2; base = 10 or math.exp(1) give the other two in use).
--- Errors: raises on broken, negative or contradictory counts, n = 0.
--- Source: Church & Hanks 1990.
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
---@param options? table
function association.mi(o, f1, f2, n, options)
  o, f1, f2, n = checked(o, f1, f2, n)
  options = check.options(options, {base = true})
  local base = check.positive(options.base == nil and 2 or options.base, "base")
  if base <= 1 then check.fail("base must be above 1, got %s", base) end
  local info = info_of(("MI, log%s(O/E)"):format(base == 2 and "2" or " base " .. base),
    nil, o, f1, f2, n)
  if o == 0 then return check.undefined(info, NONE_TOGETHER) end
  if base == 2 then return measures.mi(o, f1, f2, n, info.expected), info end
  return math.log(o / info.expected) / math.log(base), info
end

--- MI³: mutual information with the observed count cubed.
--- Shape: o, f1, f2, n -> number, info; nil with `reason` when o is 0.
--- Units: bits.
--- Errors: raises as mi.
--- Source: Daille 1994.
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.mi3(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("MI³, log2(O³/E)", nil, o, f1, f2, n)
  if o == 0 then return check.undefined(info, NONE_TOGETHER) end
  return measures.mi3(o, f1, f2, n, info.expected), info
end

--- Normalised mutual information.
--- Shape: o, f1, f2, n -> number from −1 (never together) to 1, info; nil when o equals n.
--- Units: none.
--- Errors: raises as mi.
--- Source: Bouma 2009: MI / −log2(o/n).
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.npmi(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("NPMI", nil, o, f1, f2, n)
  if f1 == 0 or f2 == 0 then
    return check.undefined(info, "a word does not occur: f1 or f2 is 0")
  end
  if o == n then return check.undefined(info, "o equals n: 0/0") end
  return measures.npmi(o, f1, f2, n, info.expected), info
end

--- t-score of a collocation.
--- Shape: o, f1, f2, n -> number, info; nil with `reason` when o is 0.
--- Units: standard deviations, by the Poisson variance O.
--- Errors: raises as mi.
--- Source: Church et al. 1991; Manning & Schütze 1999: (O − E)/√O.
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.t_score(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("t-score, (O − E)/√O", nil, o, f1, f2, n)
  if o == 0 then return check.undefined(info, "o is 0: no variance") end
  return measures.t_score(o, f1, f2, n, info.expected), info
end

--- z-score of a collocation.
--- Shape: o, f1, f2, n -> number, info; nil with `reason` when f1 or f2 is 0.
--- Units: standard deviations, by the Poisson variance E.
--- Errors: raises as mi.
--- Source: Dennis 1965; Evert 2009: (O − E)/√E.
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.z_score(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("z-score, (O − E)/√E", nil, o, f1, f2, n)
  if info.expected == 0 then return check.undefined(info, "a word does not occur: E is 0") end
  return measures.z_score(o, f1, f2, n, info.expected), info
end

--- Dice coefficient.
--- Shape: o, f1, f2, n -> number from 0 to 1, info; nil with `reason` when f1 and f2 are 0.
--- Units: none.
--- Errors: raises as mi.
--- Source: Dice 1945: 2·O/(f1 + f2).
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.dice(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("Dice", nil, o, f1, f2, n)
  if f1 + f2 == 0 then return check.undefined(info, "neither word occurs") end
  return measures.dice(o, f1, f2), info
end

--- logDice.
--- Shape: o, f1, f2, n -> number, at most 14, info; nil with `reason` when o is 0.
--- Units: doublings; independent of n.
--- Errors: raises as mi.
--- Source: Rychlý 2008: 14 + log2(2·O/(f1 + f2)).
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.log_dice(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("logDice, 14 + log2(Dice)", nil, o, f1, f2, n)
  if o == 0 then return check.undefined(info, NONE_TOGETHER) end
  return measures.log_dice(o, f1, f2), info
end

local function test_info(info, value)
  info.df, info.level = 1, "token"
  info.notes[#info.notes + 1] = TOKEN_LEVEL
  if value then info.p, info.log10_p = special.chi2_sf(value, 1) end
  if info.observed ~= info.expected then
    info.direction = info.observed > info.expected and "attraction" or "repulsion"
  else
    info.direction = "equal"
  end
  return info
end

--- Log-likelihood ratio G² of the two-by-two table, all four cells.
--- Shape: o, f1, f2, n -> number, 0 or more, info: p, log10_p, direction.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: raises as mi.
--- Source: Dunning 1993.
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.g2(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local value = measures.g2(o, f1, f2, n)
  return value, test_info(info_of("G², 4 cells", nil, o, f1, f2, n), value)
end

--- Pearson's χ² of the two-by-two table, all four cells.
--- Shape: o, f1, f2, n, {yates = false} -> number, 0 or more, info: p, log10_p, direction.
--- Units: none; chi-squared with 1 degree of freedom.
--- Errors: raises as mi; nil with `reason` when a margin is 0.
--- Source: Pearson 1900; Yates 1934.
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
---@param options? table
function association.chi2(o, f1, f2, n, options)
  o, f1, f2, n = checked(o, f1, f2, n)
  options = check.options(options, {yates = true})
  local yates = check.flag(options.yates, "yates", false)
  local o11, o12, o21, o22 = cells(o, f1, f2, n)
  local value = contingency.chi2(o11, o12, o21, o22, yates)
  local info = info_of(yates and "χ² with Yates' correction" or "χ² without Yates",
    yates and "Yates" or "none", o, f1, f2, n)
  test_info(info, value)
  if not value then
    return check.undefined(info, "a row or a column of the table is 0 throughout")
  end
  return value, info
end

--- ΔP in both directions.
--- Shape: o, f1, f2, n -> ΔP(2|1), ΔP(1|2), info; nil where the condition is always or never met.
--- Units: difference of probabilities.
--- Errors: raises as mi.
--- Source: Ellis 2006; Gries 2013: P(2 | 1) − P(2 | not 1).
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.delta_p(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("ΔP: first value P(2|1) − P(2|not 1), second the reverse", nil, o, f1, f2, n)
  local forward, backward = measures.delta_p(o, f1, f2, n), measures.delta_p(o, f2, f1, n)
  info.forward, info.backward = forward, backward
  if not (forward and backward) then
    check.undefined(info, "a word occurs nowhere or everywhere: no condition to compare with")
  end
  return forward, backward, info
end

--- Minimum sensitivity.
--- Shape: o, f1, f2, n -> number from 0 to 1, info; nil with `reason` when f1 or f2 is 0.
--- Units: none.
--- Errors: raises as mi.
--- Source: Pedersen & Bruce 1996: min(O/f1, O/f2).
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
function association.min_sensitivity(o, f1, f2, n)
  o, f1, f2, n = checked(o, f1, f2, n)
  local info = info_of("minimum sensitivity", nil, o, f1, f2, n)
  if f1 == 0 or f2 == 0 then
    return check.undefined(info, "a word does not occur: f1 or f2 is 0")
  end
  return measures.min_sensitivity(o, f1, f2), info
end

--- Log odds ratio.
--- Shape: o, f1, f2, n, {zero = "walter"|"none"} -> number, info: se; nil when a cell is 0 and
---   "none".
--- Units: natural logarithm of odds.
--- Errors: raises as mi.
--- Source: Evert 2004; ½ in every cell (Walter 1975) unless zero = "none".
---@param o integer
---@param f1 integer
---@param f2 integer
---@param n integer
---@param options? table
function association.log_odds(o, f1, f2, n, options)
  o, f1, f2, n = checked(o, f1, f2, n)
  options = check.options(options, {zero = true})
  local zero = check.choice(options.zero, "zero", {"walter", "none"}, "walter")
  local add = zero == "walter" and 0.5 or 0
  local info = info_of("log odds ratio, natural logarithm",
    zero == "walter" and "½ in every cell" or "none", o, f1, f2, n)
  local o11, o12, o21, o22 = cells(o, f1, f2, n)
  if add == 0 and (o11 == 0 or o12 == 0 or o21 == 0 or o22 == 0) then
    return check.undefined(info, "a cell of the table is 0: no finite odds ratio")
  end
  o11, o12, o21, o22 = o11 + add, o12 + add, o21 + add, o22 + add
  info.se = math.sqrt(1 / o11 + 1 / o12 + 1 / o21 + 1 / o22)
  return math.log(o11 / o12) - math.log(o21 / o22), info
end

local function words_of(patterns)
  local words = #(next(patterns) or "")
  return words >= 2 and words <= 12 and words
end

-- Every pattern of 0 and 1 of n places must be there, and nothing else.
local function checked_patterns(patterns)
  if type(patterns) ~= "table" then
    check.fail('patterns must be a table such as {["11"] = 8, ["10"] = …}')
  end
  local seen, counts = 0, {}
  for key, count in pairs(patterns) do
    if type(key) ~= "string" or not key:find("^[01]+$") then
      check.fail('patterns has the key %s; keys are strings such as "101"', tostring(key))
    end
    counts[key], seen = check.count(count, ('patterns["%s"]'):format(key)), seen + 1
  end
  local words = words_of(counts)
  if not words then check.fail("patterns must be for 2 to 12 words") end
  for key in pairs(counts) do
    if #key ~= words then check.fail('patterns["%s"] is not %d places long', key, words) end
  end
  if seen ~= 2 ^ words then
    check.fail("patterns must hold all %d patterns of %d words, got %d", 1 << words, words, seen)
  end
  return counts, words
end

local function lambda(counts, words, smoothing)
  local value, variance, n = 0, 0, 0
  for i = 0, (1 << words) - 1 do
    local key, ones = {}, 0
    for place = 1, words do
      local bit = (i >> (words - place)) & 1
      key[place], ones = bit, ones + bit
    end
    local count = counts[table.concat(key)]
    local sign = (words - ones) % 2 == 0 and 1 or -1
    value = value + sign * math.log(count + smoothing)
    variance, n = variance + 1 / (count + smoothing), n + count
  end
  return value, math.sqrt(variance), n
end

--- λ and z of a collocation of n words from the saturated log-linear model.
--- Shape: patterns, {smoothing = 0.5} -> λ, z, info: se, p; nil, nil, info when undefined.
---   patterns["101"] counts the places
---   where the first and third word stand and the second does not; all 2^n patterns are needed.
---   Two words may be given as (o, f1, f2, n) instead.
--- Units: z in standard deviations; lambda in natural logarithm.
--- Errors: raises on a missing or malformed pattern, broken or negative counts, smoothing below 0.
--- Source: Blaheta & Johnson 2001; smoothing and z as in quanteda's textstat_collocations.
---@param patterns table
function association.lambda_z(patterns, ...)
  local options = ...
  if type(patterns) == "number" then
    local f1, f2, n, rest = ...
    local o11, o12, o21, o22 = cells(checked(patterns, f1, f2, n))
    patterns, options = {["11"] = o11, ["10"] = o12, ["01"] = o21, ["00"] = o22}, rest
  end
  local counts, words = checked_patterns(patterns)
  options = check.options(options, {smoothing = true})
  local smoothing = options.smoothing == nil and 0.5 or options.smoothing
  check.not_negative(smoothing, "smoothing")
  local value, se, n = lambda(counts, words, smoothing)
  local info = {variant = ("λ of the saturated log-linear model, %d words"):format(words), n = n,
    correction = ("%g added to every cell"):format(smoothing), notes = {TOKEN_LEVEL},
    level = "token", words = words}
  if se == math.huge or se ~= se then
    check.undefined(info, "a cell is 0 and smoothing is 0: no finite λ")
    return nil, nil, info
  end
  info.lambda, info.se, info.z = value, se, value / se
  info.p = math.min(1.0, 2 * special.normal_sf(math.abs(info.z)))
  return value, info.z, info
end

return association
