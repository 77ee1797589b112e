-- Document-level test over periods: documents are dealt anew among the periods, each period keeping
-- its number of documents. It needs periods with more than one document.

local check = require "vankien.analysis.check"
local contingency = require "vankien.analysis.contingency"
local documents_of = require "vankien.analysis.documents"
local multiple = require "vankien.analysis.multiple"
local rng = require "vankien.analysis.rng"
local subsets = require "vankien.analysis.subsets"

local periods = {}

local DEFAULT_ROUNDS = 2000

-- Distinct times in rising order, and how many documents each has.
local function times_of(documents)
  local sizes, times = {}, {}
  for i, document in ipairs(documents) do
    local time = check.number(document.time, ("documents[%d].time"):format(i))
    if not sizes[time] then times[#times + 1] = time end
    sizes[time] = (sizes[time] or 0) + 1
  end
  table.sort(times)
  local counts = {}
  for p, time in ipairs(times) do counts[p] = sizes[time] end
  return times, counts
end

local function in_order_of_time(documents)
  local list = table.move(documents, 1, #documents, 1, {})
  local place = {}
  for i, document in ipairs(list) do place[document] = place[document] or i end
  table.sort(list, function(a, b)
    if a.time ~= b.time then return a.time < b.time end
    return place[a] < place[b]
  end)
  return list
end

local STATISTIC = {}

-- Slope of the rate over time, least squares weighted by size.
function STATISTIC.trend(counts, sizes, times, total, n)
  local rate, mean, top, bottom = total / n, 0, 0, 0
  for p, time in ipairs(times) do mean = mean + time * sizes[p] / n end
  for p, time in ipairs(times) do
    top = top + (time - mean) * (counts[p] - rate * sizes[p])
    bottom = bottom + sizes[p] * (time - mean) ^ 2
  end
  return top / bottom
end

-- G² of the periods' counts.
function STATISTIC.difference(counts, sizes, times, total, n)
  local g2 = 0
  for p = 1, #times do g2 = g2 + contingency.term(counts[p], sizes[p] * (total / n)) end
  return 2 * g2
end

local VARIANT = {
  trend = "slope of the rate over time, weighted by size, two-sided",
  difference = "G² of the periods' counts",
}

-- Sums by period of documents in this order: sums[column][period].
local function sums_by_period(table_of, order, counts, sums)
  local at = 0
  for p, members in ipairs(counts) do
    for c = 1, table_of.columns do sums[c][p] = 0 end
    for w = 1, table_of.words do
      local values, total = table_of.packed[w], 0
      for i = at + 1, at + members do total = total + values[order[i]] end
      for c = 1, table_of.columns do
        local field = table_of.fields[c]
        if field.word == w then sums[c][p] = total >> field.shift & field.mask end
      end
    end
    at = at + members
  end
end

local function shuffle(order, generator)
  for i = #order, 2, -1 do
    local j = generator:below(i)
    order[i], order[j] = order[j], order[i]
  end
end

local function new_rows(columns, totals)
  local rows = {}
  for c = 1, columns do
    rows[c] = {index = c, notes = {}, extreme = 0}
    if totals[c] == 0 then rows[c].reason = "no occurrence in any document: nothing to compare" end
  end
  return rows
end

-- Fill observed (first call) or count an extreme.
local function compare(out, sums, table_of, times)
  local size = table_of.columns
  for c, row in ipairs(out.rows) do
    if not row.reason then
      local value = STATISTIC[out.statistic](sums[c], sums[size], times, table_of.totals[c],
        table_of.totals[size])
      if not row.observed then
        row.observed = value
      elseif math.abs(value) >= math.abs(row.observed) * (1 - 1e-12) then
        row.extreme = row.extreme + 1
      end
    end
  end
end

local function run(out, rows, columns, times, counts, generator)
  local table_of, order, sums = subsets.pack(rows, columns + 1), {}, {}
  for i = 1, #rows do order[i] = i end
  for c = 1, columns + 1 do sums[c] = {} end
  out.rows = new_rows(columns, table_of.totals)
  for _ = 0, out.rounds do
    sums_by_period(table_of, order, counts, sums)
    compare(out, sums, table_of, times)
    shuffle(order, generator)
  end
  for _, row in ipairs(out.rows) do
    if not row.reason then row.p = (row.extreme + 1) / (out.rounds + 1) end
    row.extreme = nil
  end
  multiple.add(out.rows, "p")
end

local function cannot(documents, times)
  if #times < 2 then return "one period: nothing to compare" end
  if #documents > #times then return nil end
  return "one document per period: no document-level test is possible"
end

--- Permutation test of rates over periods: documents change periods, tokens stay together.
--- Shape: documents ({count = or counts =, size =, time = of its period}), {statistic =
---   "trend"|"difference", rounds = 2000, seed = 1} -> result: rows (index, observed, p, p_holm,
---   p_bh) one a count, times, counts (documents by period).
--- Units: trend: change of the rate per token and unit of time; difference: none.
--- Errors: raises on bad counts, sizes or times; one period, or one document each, gives `reason`.
--- Source: Fisher 1935; (extreme + 1)/(rounds + 1), Phipson & Smyth 2010; Holm 1979.
---@param documents table[]
---@param options? table
function periods.test(documents, options)
  options = check.options(options, {statistic = true, rounds = true, seed = true})
  documents = check.list(documents, "documents", nil, 1)
  local _, columns = documents_of.rows(documents, "documents")
  local times, counts = times_of(documents)
  local rows = documents_of.rows(in_order_of_time(documents), "documents", columns)
  local generator = rng.new(options.seed)
  local statistic = check.choice(options.statistic, "statistic", {"trend", "difference"}, "trend")
  local out = {statistic = statistic, n = #documents, times = times, counts = counts, rows = {},
    rounds = options.rounds == nil and DEFAULT_ROUNDS or check.size(options.rounds, "rounds"),
    seed = generator.seed, generator = rng.algorithm, level = "document", notes = {},
    variant = "permutation of documents over periods, " .. VARIANT[statistic],
    correction = "Holm (p_holm) and Benjamini–Hochberg (p_bh) over the family"}
  out.reason = cannot(documents, times)
  if out.reason then
    out.notes[1] = out.reason
    return out
  end
  run(out, rows, columns, times, counts, generator)
  return out
end

return periods
