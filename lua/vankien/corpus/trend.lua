-- Does a rate rise or fall?  Mann–Kendall, Theil–Sen in real years, Pettitt's change point and
-- neighbour clustering of each phrase's rate along the periods, beside the test over documents.

local arguments = require "vankien.corpus.arguments"
local err = require "vankien.util.err"
local lexicon_of = require "vankien.corpus.lexicon"
local measures = require "vankien.analysis.trend"
local periods_of = require "vankien.corpus.periods"
local resample = require "vankien.analysis.resample"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"
local shift = require "vankien.corpus.shift"

local trend = {}

local Result = result_of.class "trend"

local known = {
  by = "string|nil", over = true, once = "boolean|nil", level = true, distance = "string|nil",
  test = "boolean|nil", rounds = "number|nil", seed = "number|nil", evidence = "number|nil",
}

local columns = {
  { name = "phrase" }, { name = "total", type = "integer" }, { name = "n", type = "integer" },
  { name = "s", type = "integer" }, { name = "tau_b", type = "number", digits = 3 },
  { name = "p", type = "number", digits = 4 }, { name = "p_holm", type = "number", digits = 4 },
  { name = "p_document", type = "number", digits = 4 },
  { name = "p_document_holm", type = "number", digits = 4 },
  { name = "slope", type = "number", digits = 4 }, { name = "low", type = "number", digits = 4 },
  { name = "high", type = "number", digits = 4 }, { name = "change_after" },
  { name = "p_pettitt", type = "number", digits = 4 }, { name = "stages" }, { name = "reason" },
}

-- Two clusters as "VI-XI | XII-XIV".
local function stages_of(found, names)
  local two = found.stages[2]
  if not two then return nil end
  local parts = {}
  for i, cluster in ipairs(two) do
    local first, last = names[cluster.first], names[cluster.last]
    parts[i] = first == last and first or first .. "–" .. last
  end
  return table.concat(parts, " | ")
end

local function tested(row, values, o)
  local found = measures.mann_kendall(values)
  row.n, row.s, row.tau_b, row.p, row.reason = found.n, found.s, found.tau_b, found.p, found.reason
  row.method, row.smallest_p = found.method, found.smallest_p
  if #values < 2 then return end
  local sen = measures.theil_sen(o.years, values, { level = o.level })
  row.slope, row.low, row.high = sen.slope, sen.low, sen.high
  local change = measures.pettitt(values)
  row.change_after, row.p_pettitt = change.after and o.names[change.after], change.p
  row.vnc = measures.vnc(values, { times = o.years, distance = o.distance })
  row.stages = row.s and found.p and stages_of(row.vnc, o.names) or nil
end

-- The series of a phrase, of all phrases together, of the ordinal strength.
local function series_of(counted, lexicon, periods)
  local list = {}
  for i, entry in ipairs(lexicon) do
    local values, total = {}, 0
    for p = 1, #periods do
      local row = counted.rows[(p - 1) * #lexicon + i]
      values[p], total = row.per_10k, total + row.free
    end
    list[i] = { phrase = entry.phrase, values = values, total = total }
  end
  if #lexicon > 1 then
    local values, total = {}, 0
    for p, period in ipairs(periods) do values[p], total = period.per_10k, total + period.free end
    list[#list + 1] = { phrase = "(all)", values = values, total = total, derived = true }
  end
  local strength = {}
  for p, period in ipairs(periods) do strength[p] = period.strength end
  if #strength == #periods and lexicon:has_rungs() then
    list[#list + 1] = { phrase = "(ordinal strength)", values = strength, derived = true }
  end
  return list
end

local function correct(rows)
  local p, members = {}, {}
  for _, row in ipairs(rows) do
    if row.p and not row.derived then p[#p + 1], members[#members + 1] = row.p, row end
  end
  for i, value in ipairs(resample.holm(p)) do members[i].p_holm = value end
end

local function rows_of(counted, lexicon, periods, o)
  local by_phrase, rows = {}, {}
  for _, row in ipairs(counted.test and counted.test.rows or {}) do by_phrase[row.phrase] = row end
  for i, series in ipairs(series_of(counted, lexicon, periods)) do
    local row = { phrase = series.phrase, total = series.total, values = series.values,
      derived = series.derived }
    if series.total == 0 then
      row.reason, row.n = "no occurrence in any period", #periods
    else
      tested(row, series.values, o)
      local over_documents = not series.derived and by_phrase[series.phrase]
      if over_documents then
        row.p_document, row.p_document_holm = over_documents.p, over_documents.p_holm
      end
    end
    rows[i] = row
  end
  correct(rows)
  return rows
end

local function notes_of(counted, o, periods)
  local _, reach = measures.power(math.min(#periods, 100))
  local notes = {
    ("rates per 10,000 syllables along %d periods (%s to %s); slope and its %g %% limits per year, "
      .. "Theil–Sen in real, uneven years"):format(#periods, o.names[1], o.names[#periods],
      o.level * 100),
    "p: Mann–Kendall, two-sided, exact with ties up to 30 periods; p_holm over the phrases; "
      .. reach.sentence,
    "change_after: Pettitt's test finds one change of level at most, its p is approximate; stages: "
      .. ("two neighbour clusters (VNC, %s), a description and no test"):format(o.distance),
  }
  for _, note in ipairs(counted.notes) do
    if not note:find("^trend:") then notes[#notes + 1] = note end
  end
  return notes
end

local function checked(given)
  local o = arguments.read(given, known, "trend")
  o.by = o.by or "congress"
  if not periods_of.is_series(o.by) then
    err.raise("bad_input", ("“%s” is no series in time"):format(o.by),
      { hint = "by = \"congress\", \"year\" or \"issued\"; shift counts by anything" })
  end
  o.level = arguments.level(o.level, "level", 0.95)
  o.distance = arguments.choice(o.distance, "distance", { "sd", "cv" }, "sd")
  return o
end

local function dated(counted)
  local list = {}
  for _, period in ipairs(counted.periods) do
    if period.period ~= "(none)" and period.per_10k then list[#list + 1] = period end
  end
  return list
end

--- Trends of the rates of a lexicon along periods.
--- Shape: store, lexicon (or phrase, list, or nil: the store's stance terms), {by =
---   "congress"|"year"|"issued", over, once, level = 0.95, distance = "sd"|"cv", test, rounds,
---   seed,
---   evidence = 1} -> result: rows (phrase, n, s, tau_b, p, p_holm, p_document, slope, low, high,
---   change_after, p_pettitt, stages; values, vnc), periods (with year), notes.
--- Units: slope in occurrences per 10,000 syllables and year.
--- Errors: raises bad_input when `by` is no series; not_found without a text.
--- Source: analysis.trend, analysis.resample.
---@param store table
---@param lexicon? string|table
---@param options? table
function trend.of(store, lexicon, options)
  local o = checked(options)
  if type(lexicon) == "string" then lexicon = { lexicon } end
  lexicon = lexicon == nil and lexicon_of.of_store(store) or lexicon_of.new(lexicon)
  local over = sets.query(store, o.over, "over")
  local counted = shift.of(store, lexicon, {
    by = o.by, over = over, once = o.once, evidence = o.evidence or 1, level = o.level,
    test = o.test, rounds = o.rounds, seed = o.seed,
  })
  local periods, keys = dated(counted), {}
  o.names = {}
  for i, period in ipairs(periods) do
    o.names[i], keys[i] = period.period, { key = period.period }
  end
  o.years = periods_of.years(store, keys, o.by)
  if #periods == 0 or not o.years then
    err.raise("not_found", "no document in scope has both a text and a date")
  end
  for i, period in ipairs(periods) do period.year = o.years[i] end
  return setmetatable({
    title = ("trend of %s by %s: %s"):format(lexicon.name, o.by, sets.words(over)),
    rows = rows_of(counted, lexicon, periods, o), columns = columns, periods = periods,
    notes = notes_of(counted, o, periods), evidence = counted.evidence, test = counted.test,
    origin = result_of.keep { store = store, options = o,
      sql = result_of.open(counted).found.picked,
      params = result_of.open(counted).found.params, patterns = lexicon:phrases(),
      query = sets.words(over), counted = counted },
  }, Result)
end

--- Lines of evidence behind a value, as those of shift.
--- Shape: {period =, phrase =, kind, limit} -> list of lines.
--- Units: limit in lines.
--- Errors: those of the shift's lines.
--- Source: corpus/shift.lua.
---@param wanted table
function Result:lines(wanted) return result_of.open(self).counted:lines(wanted) end

return trend
