-- Collocates: every word found beside a node scored by several measures at once, and ranked.
-- Pure part: counts come from the caller's window; what a window is, is the caller's to say.

local check = require "vankien.analysis.check"
local measures = require "vankien.analysis.measures"
local multiple = require "vankien.analysis.multiple"
local special = require "vankien.analysis.special"

local collocates = {}

local NAMES = {"g2", "log_dice", "mi", "mi3", "npmi", "t_score", "z_score", "dice", "chi2",
  "delta_p", "min_sensitivity", "log_odds"}
local DEFAULT = {"g2", "log_dice", "mi", "t_score", "delta_p"}

local VARIANT = {g2 = "G² of 4 cells", log_dice = "logDice", mi = "MI in bits", mi3 = "MI³",
  npmi = "NPMI", t_score = "t-score", z_score = "z-score", dice = "Dice", chi2 = "χ² without Yates",
  delta_p = "ΔP(collocate | node)", min_sensitivity = "minimum sensitivity",
  log_odds = "log odds ratio, ½ in every cell"}

local function wanted_measures(given)
  if given == nil then return DEFAULT end
  return check.list(given, "measures", function(name, place)
    return check.choice(name, place, NAMES)
  end, 1)
end

local function checked_options(options)
  options = check.options(options, {measures = true, sort = true, least = true, limit = true})
  local names = wanted_measures(options.measures)
  return {
    measures = names, sort = check.choice(options.sort, "sort", names, names[1]),
    least = check.size(options.least == nil and 1 or options.least, "least"),
    limit = options.limit and check.size(options.limit, "limit"),
  }
end

local function checked_row(row, i, f1, n)
  local place = ("rows[%d]"):format(i)
  if type(row) ~= "table" then check.fail("%s must be {form =, o =, f2 =}", place) end
  local o, f2 = check.count(row.o, place .. ".o"), check.count(row.f2, place .. ".f2")
  if o > f1 or o > f2 or f2 > n or f1 + f2 - o > n then
    check.at_most(o, place .. ".o", f1, "f1")
    check.at_most(o, place .. ".o", f2, place .. ".f2")
    check.at_most(f2, place .. ".f2", n, "n")
    check.fail("%s.o (%d) is too small for f1 (%d), f2 (%d) and n (%d)", place, o, f1, f2, n)
  end
  return o, f2
end

local function scored(row, o, f1, f2, n, names)
  local e = f1 * (f2 / n)
  local out = {form = row.form, o = o, f2 = f2, expected = e,
    direction = o > e and "attraction" or o < e and "repulsion" or "equal"}
  for _, name in ipairs(names) do out[name] = measures[name](o, f1, f2, n, e) end
  return out
end

-- Undefined values last; equal ones by form, so that the order never depends on the input's.
local function rank(rows, name)
  table.sort(rows, function(a, b)
    local x, y = a[name] or -math.huge, b[name] or -math.huge
    if x ~= y then return x > y end
    return tostring(a.form) < tostring(b.form)
  end)
end

local function add_p(rows)
  for _, row in ipairs(rows) do row.p, row.log10_p = special.chi2_sf(row.g2, 1) end
  multiple.add(rows, "p")
end

local function variant_of(names)
  local words = {}
  for i, name in ipairs(names) do words[i] = VARIANT[name] end
  return table.concat(words, "; ")
end

local function cut(out, limit)
  if not limit or #out.rows <= limit then return end
  out.cut = true
  out.notes[#out.notes + 1] = ("the first %d of %d collocates are shown"):format(limit, #out.rows)
  for i = #out.rows, limit + 1, -1 do out.rows[i] = nil end
end

--- Score and rank the collocates of a node.
--- Shape: rows ({form =, o = together, f2 = of the collocate}), f1 (of the node, or of its window),
---   n, {measures = list, sort = first of them, least = 1, limit} -> result: rows (form, o, f2,
---   expected, direction, the measures; with g2 also p, p_holm, p_bh).
--- Units: each measure's own; p is token-level.
--- Errors: raises on counts that do not fit one table, naming the row; unknown measures or options.
--- Source: association; Holm, Benjamini–Hochberg over all rows scored.
---@param rows table[]
---@param f1 integer
---@param n integer
---@param options? table
function collocates.score(rows, f1, n, options)
  rows, f1, n = check.list(rows, "rows", nil, 0), check.count(f1, "f1"), check.size(n, "n")
  check.at_most(f1, "f1", n, "n")
  local o = checked_options(options)
  local out = {rows = {}, f1 = f1, n = n, measures = o.measures, sort = o.sort, level = "token",
    variant = variant_of(o.measures), notes = {}, correction = "none"}
  for i, row in ipairs(rows) do
    local together, f2 = checked_row(row, i, f1, n)
    if together >= o.least then
      out.rows[#out.rows + 1] = scored(row, together, f1, f2, n, o.measures)
    end
  end
  out.family = #out.rows
  if out.rows[1] and out.rows[1].g2 then
    add_p(out.rows)
    out.correction = ("Holm and Benjamini–Hochberg over %d collocates"):format(out.family)
    out.notes[1] = "p is token-level: takes tokens as independent, overstates where words cluster"
  end
  rank(out.rows, o.sort)
  cut(out, o.limit)
  if out.family == 0 then out.reason = "no collocate occurs often enough" end
  return out
end

return collocates
