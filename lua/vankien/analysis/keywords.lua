-- Keywords: every type of two sets of texts compared at once, with the corrections that a family
-- of thousands of tests needs. Token-level: resample.family over documents is the test to trust.

local check = require "vankien.analysis.check"
local contingency = require "vankien.analysis.contingency"
local keyness = require "vankien.analysis.keyness"
local multiple = require "vankien.analysis.multiple"
local special = require "vankien.analysis.special"

local keywords = {}

local LN2 = math.log(2)
local KNOWN = {n1 = true, n2 = true, cells = true, least = true, alpha = true, lrc = true,
  limit = true, sort = true, per = true}

local function total_of(counts, name)
  if type(counts) ~= "table" then check.fail("%s must be a table of counts by type", name) end
  local total = 0
  for form, count in pairs(counts) do
    if type(form) ~= "string" then
      check.fail("%s has the key %s; keys are types", name, tostring(form))
    end
    total = total + check.count(count, ('%s["%s"]'):format(name, form))
  end
  return total
end

local function size_of(given, total, name, counts_name)
  if given == nil and total > 0 then return total end
  if given == nil then
    check.fail("%s holds no occurrence, and %s is not given", counts_name, name)
  end
  local n = check.size(given, name)
  check.at_most(total, "the sum of " .. counts_name, n, name)
  return n
end

local function g2_of(a, b, n1, n2, cells)
  if cells == 4 then return contingency.g2(a, b, n1 - a, n2 - b) end
  local total = (a + b) / (n1 + n2)
  return 2 * (contingency.term(a, n1 * total) + contingency.term(b, n2 * total))
end

-- A row of one type. Zeros get ½ in the Log Ratio only, as the result says.
local function row_of(form, a, b, n1, n2, cells, per)
  local x, y = a > 0 and a or 0.5, b > 0 and b or 0.5
  local g2 = g2_of(a, b, n1, n2, cells)
  local p, log10_p = special.chi2_sf(g2, 1)
  local rate_a, rate_b = a / n1, b / n2
  return {form = form, a = a, b = b, per_a = rate_a * per, per_b = rate_b * per, g2 = g2, p = p,
    log10_p = log10_p, log_ratio = math.log((x / n1) / (y / n2)) / LN2,
    direction = rate_a > rate_b and "over" or rate_a < rate_b and "under" or "equal"}
end

local function collect(a, b, n1, n2, o)
  local rows = {}
  local function add(form)
    local x, y = a[form] or 0, b[form] or 0
    if x + y >= o.least then
      rows[#rows + 1] = row_of(form, math.tointeger(x), math.tointeger(y), n1, n2, o.cells, o.per)
    end
  end
  for form in pairs(a) do add(form) end
  for form in pairs(b) do
    if not a[form] then add(form) end
  end
  return rows
end

local SORT = {
  g2 = function(row) return row.g2 end,
  log_ratio = function(row) return math.abs(row.log_ratio) end,
  lrc = function(row) return math.abs(row.lrc) end,
}

local function sorted(rows, name)
  local value = SORT[name]
  table.sort(rows, function(x, y)
    local vx, vy = value(x), value(y)
    if vx ~= vy then return vx > vy end
    return x.form < y.form
  end)
  return rows
end

local function cut(out, limit)
  if not limit or #out.rows <= limit then return end
  out.cut = true
  out.notes[#out.notes + 1] = ("the first %d of %d types are shown"):format(limit, #out.rows)
  for i = #out.rows, limit + 1, -1 do out.rows[i] = nil end
end

local function checked_options(options)
  options = check.options(options, KNOWN)
  return {
    cells = check.choice(options.cells, "cells", {2, 4}, 4),
    least = check.size(options.least == nil and 1 or options.least, "least"),
    alpha = check.level(options.alpha, "alpha", 0.05),
    per = check.positive(options.per == nil and 10000 or options.per, "per"),
    limit = options.limit and check.size(options.limit, "limit"),
    sort = check.choice(options.sort, "sort", {"g2", "log_ratio", "lrc"}, "g2"),
    lrc = check.flag(options.lrc, "lrc", options.sort == "lrc"),
  }
end

--- Compare all types of two sets.
--- Shape: counts_a, counts_b ({type = count}), {n1, n2 (sums when nil), cells = 4, least = 1,
---   lrc = false, sort = "g2"|"log_ratio"|"lrc", limit, alpha = 0.05, per = 10000} -> result: rows
---   (form, a, b, per_a, per_b, g2, p, log10_p, p_holm, p_bh, log_ratio, lrc, direction).
--- Units: rates per `per` tokens; log_ratio and lrc in doublings.
--- Errors: raises on bad counts, sums above sizes, an empty set without a size, unknown options.
--- Source: keyness; family of all types compared: Holm, Benjamini–Hochberg, LRC with alpha/m.
---@param counts_a table
---@param counts_b table
---@param options? table
function keywords.compare(counts_a, counts_b, options)
  local o = checked_options(options)
  options = options or {}
  local n1 = size_of(options.n1, total_of(counts_a, "counts_a"), "n1", "counts_a")
  local n2 = size_of(options.n2, total_of(counts_b, "counts_b"), "n2", "counts_b")
  local rows = collect(counts_a, counts_b, n1, n2, o)
  local _, m = multiple.add(sorted(rows, "g2"), "p")
  if o.lrc then
    for _, row in ipairs(rows) do
      row.lrc = keyness.lrc(row.a, row.b, n1, n2, {alpha = o.alpha, m = m})
    end
  end
  local out = {rows = sorted(rows, o.sort), n = n1 + n2, n1 = n1, n2 = n2, family = m,
    level = "token", cells = o.cells, notes = {},
    variant = ("keyness: G² of %d cells, Log Ratio (½ for a zero count)"):format(o.cells),
    correction = ("Holm and Benjamini–Hochberg over %d types"):format(m)}
  out.notes[1] = "token-level: takes tokens as independent, overstates where words cluster"
  cut(out, o.limit)
  return out
end

return keywords
