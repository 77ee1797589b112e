-- The bare formulas of association, for counts that are already checked: `association` wraps them
-- with checks and names, `collocates` runs them over thousands of words.
-- Each takes (o, f1, f2, n, e) with e = f1·f2/n, and gives nil where it is undefined.

local contingency = require "vankien.analysis.contingency"

local measures = {}

local log, sqrt = math.log, math.sqrt
local LN2 = log(2)

local function log2(x) return log(x) / LN2 end

--- Mutual information in bits.
--- Shape: o, f1, f2, n, e -> number or nil.
--- Units: bits.
--- Errors: none checked.
--- Source: Church & Hanks 1990.
function measures.mi(o, _, _, _, e)
  if o > 0 then return log2(o / e) end
end

--- MI³.
--- Shape: o, f1, f2, n, e -> number or nil.
--- Units: bits.
--- Errors: none checked.
--- Source: Daille 1994.
function measures.mi3(o, _, _, _, e)
  if o > 0 then return 3 * log2(o) - log2(e) end
end

--- Normalised mutual information.
--- Shape: o, f1, f2, n, e -> number or nil.
--- Units: none.
--- Errors: none checked.
--- Source: Bouma 2009.
function measures.npmi(o, f1, f2, n, e)
  if f1 == 0 or f2 == 0 or o == n then return nil end
  if o == 0 then return -1.0 end
  return log2(o / e) / -log2(o / n)
end

--- t-score.
--- Shape: o, f1, f2, n, e -> number or nil.
--- Units: standard deviations.
--- Errors: none checked.
--- Source: Church et al. 1991.
function measures.t_score(o, _, _, _, e)
  if o > 0 then return (o - e) / sqrt(o) end
end

--- z-score.
--- Shape: o, f1, f2, n, e -> number or nil.
--- Units: standard deviations.
--- Errors: none checked.
--- Source: Dennis 1965.
function measures.z_score(o, _, _, _, e)
  if e > 0 then return (o - e) / sqrt(e) end
end

--- Dice coefficient.
--- Shape: o, f1, f2 -> number or nil.
--- Units: none.
--- Errors: none checked.
--- Source: Dice 1945.
function measures.dice(o, f1, f2)
  if f1 + f2 > 0 then return 2 * o / (f1 + f2) end
end

--- logDice.
--- Shape: o, f1, f2 -> number or nil.
--- Units: doublings.
--- Errors: none checked.
--- Source: Rychlý 2008.
function measures.log_dice(o, f1, f2)
  if o > 0 then return 14 + log2(2 * o / (f1 + f2)) end
end

--- G² of four cells.
--- Shape: o, f1, f2, n -> number.
--- Units: none.
--- Errors: none checked.
--- Source: Dunning 1993.
function measures.g2(o, f1, f2, n)
  return contingency.g2(o, f1 - o, f2 - o, n - f1 - f2 + o)
end

--- χ² of four cells, without Yates.
--- Shape: o, f1, f2, n -> number or nil.
--- Units: none.
--- Errors: none checked.
--- Source: Pearson 1900.
function measures.chi2(o, f1, f2, n)
  return contingency.chi2(o, f1 - o, f2 - o, n - f1 - f2 + o, false)
end

--- ΔP of the second word given the first.
--- Shape: o, f1, f2, n -> number or nil.
--- Units: difference of probabilities.
--- Errors: none checked.
--- Source: Gries 2013.
function measures.delta_p(o, f1, f2, n)
  if f1 > 0 and f1 < n then return o / f1 - (f2 - o) / (n - f1) end
end

--- Minimum sensitivity.
--- Shape: o, f1, f2 -> number or nil.
--- Units: none.
--- Errors: none checked.
--- Source: Pedersen & Bruce 1996.
function measures.min_sensitivity(o, f1, f2)
  if f1 > 0 and f2 > 0 then return math.min(o / f1, o / f2) end
end

--- Log odds ratio, ½ added to every cell.
--- Shape: o, f1, f2, n -> number.
--- Units: natural logarithm.
--- Errors: none checked.
--- Source: Walter 1975; Evert 2004.
function measures.log_odds(o, f1, f2, n)
  return log((o + 0.5) / (f1 - o + 0.5)) - log((f2 - o + 0.5) / (n - f1 - f2 + o + 0.5))
end

return measures
