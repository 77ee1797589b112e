-- Lexical diversity of a list of tokens. Type–token ratios fall as texts grow: compare equal
-- lengths, or use mattr and mtld. Tokens are compared as they are given: fold them first.

local check = require "vankien.analysis.check"

local lexdiv = {}

local LENGTH = "falls with length: compare texts of one length only"

local function token(value, name)
  if type(value) ~= "string" then check.fail("%s must be a string, got a %s", name, type(value)) end
  return value
end

local function spectrum(tokens)
  tokens = check.list(tokens, "tokens", token, 0)
  local counts, types = {}, 0
  for _, form in ipairs(tokens) do
    if not counts[form] then types = types + 1 end
    counts[form] = (counts[form] or 0) + 1
  end
  return tokens, #tokens, types, counts
end

local function info_of(variant, n, types, note)
  return {variant = variant, correction = "none", n = n, types = types, notes = {note}}
end

--- Type–token ratio.
--- Shape: tokens -> number, info; nil with `reason` when there are none.
--- Units: share.
--- Errors: raises when tokens is not a list of strings.
--- Source: Templin 1957: V/N.
---@param tokens string[]
function lexdiv.ttr(tokens)
  local _, n, types = spectrum(tokens)
  local info = info_of("TTR, V/N", n, types, LENGTH)
  if n == 0 then return check.undefined(info, "no tokens") end
  return types / n, info
end

--- Carroll's corrected type–token ratio.
--- Shape: tokens -> number, info; nil with `reason` when there are none.
--- Units: none.
--- Errors: raises as ttr.
--- Source: Carroll 1964: V/√(2N).
---@param tokens string[]
function lexdiv.cttr(tokens)
  local _, n, types = spectrum(tokens)
  local info = info_of("CTTR, V/√(2N)", n, types, LENGTH)
  if n == 0 then return check.undefined(info, "no tokens") end
  return types / math.sqrt(2 * n), info
end

--- Herdan's C.
--- Shape: tokens -> number, info; nil with `reason` with fewer than 2 tokens.
--- Units: none.
--- Errors: raises as ttr.
--- Source: Herdan 1960: log V / log N.
---@param tokens string[]
function lexdiv.herdan_c(tokens)
  local _, n, types = spectrum(tokens)
  local info = info_of("Herdan's C, log V / log N", n, types, LENGTH)
  if n < 2 then return check.undefined(info, "fewer than 2 tokens: log N is 0") end
  return math.log(types) / math.log(n), info
end

--- Guiraud's R.
--- Shape: tokens -> number, info; nil with `reason` when there are none.
--- Units: none.
--- Errors: raises as ttr.
--- Source: Guiraud 1954: V/√N.
---@param tokens string[]
function lexdiv.guiraud_r(tokens)
  local _, n, types = spectrum(tokens)
  local info = info_of("Guiraud's R, V/√N", n, types, LENGTH)
  if n == 0 then return check.undefined(info, "no tokens") end
  return types / math.sqrt(n), info
end

--- Yule's K: repetition, so a high K means low diversity.
--- Shape: tokens -> number, 0 or more, info; nil with `reason` when there are none.
--- Units: 10⁻⁴.
--- Errors: raises as ttr.
--- Source: Yule 1944: 10⁴ · (Σ i²·V_i − N) / N².
---@param tokens string[]
function lexdiv.yule_k(tokens)
  local list, n, types, counts = spectrum(tokens)
  local info = info_of("Yule's K, ×10⁴", n, types)
  if n == 0 then return check.undefined(info, "no tokens") end
  local squares = 0
  for _, form in ipairs(list) do squares = squares + counts[form] end
  return 1e4 * (squares - n) / (n * n), info
end

--- Moving-average type–token ratio.
--- Shape: tokens, {window = 100} -> number, info; nil with `reason` when shorter than the window.
--- Units: share.
--- Errors: raises as ttr; raises when window is not a whole number above 0.
--- Source: Covington & McFall 2010.
---@param tokens string[]
---@param options? table
function lexdiv.mattr(tokens, options)
  local list, n, types = spectrum(tokens)
  options = check.options(options, {window = true})
  local window = check.size(options.window == nil and 100 or options.window, "window")
  local info = info_of(("MATTR, window of %d tokens"):format(window), n, types)
  info.window = window
  if n < window then
    return check.undefined(info, ("%d tokens are fewer than the window of %d"):format(n, window))
  end
  local counts, distinct, sum = {}, 0, 0
  for i = 1, n do
    local form, gone = list[i], list[i - window]
    counts[form] = (counts[form] or 0) + 1
    if counts[form] == 1 then distinct = distinct + 1 end
    if gone then
      counts[gone] = counts[gone] - 1
      if counts[gone] == 0 then distinct = distinct - 1 end
    end
    if i >= window then sum = sum + distinct end
  end
  return sum / (n - window + 1) / window, info
end

-- Factors of one direction: stretches over which the running TTR falls to the threshold.
local function factors(list, from, to, step, threshold)
  local done, seen, types, length = 0, {}, 0, 0
  for i = from, to, step do
    length = length + 1
    if not seen[list[i]] then seen[list[i]], types = true, types + 1 end
    if types / length < threshold then
      done, seen, types, length = done + 1, {}, 0, 0
    end
  end
  if length > 0 then done = done + (1 - types / length) / (1 - threshold) end
  return done
end

--- Measure of textual lexical diversity.
--- Shape: tokens, {threshold = 0.72} -> number, info; nil with `reason` when no word recurs.
--- Units: tokens a factor.
--- Errors: raises as ttr; raises when the threshold lies outside (0, 1).
--- Source: McCarthy & Jarvis 2010: mean of both directions, with partial factors.
---@param tokens string[]
---@param options? table
function lexdiv.mtld(tokens, options)
  local list, n, types = spectrum(tokens)
  options = check.options(options, {threshold = true})
  local threshold = check.level(options.threshold, "threshold", 0.72)
  local info = info_of(
    ("MTLD, factors end below %g, both directions, partial factors"):format(threshold), n, types)
  if n < 50 then info.notes[1] = ("%d tokens are few: the measure wants 100 or more"):format(n) end
  local forward = factors(list, 1, n, 1, threshold)
  local backward = factors(list, n, 1, -1, threshold)
  if forward == 0 or backward == 0 then
    return check.undefined(info, "no word recurs: no factor is ever completed")
  end
  info.forward, info.backward = n / forward, n / backward
  return (info.forward + info.backward) / 2, info
end

return lexdiv
