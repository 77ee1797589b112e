-- How evenly phrases are spread over the parts of a set of documents (documents, passages, or any
-- grouping), and over its places.

local arguments = require "vankien.corpus.arguments"
local frequencies = require "vankien.corpus.frequencies"
local lexicon_of = require "vankien.corpus.lexicon"
local measures = require "vankien.analysis.dispersion"
local parts_of = require "vankien.corpus.parts"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local sets = require "vankien.corpus.sets"
local witness = require "vankien.corpus.witness"

local dispersion = {}

local Result = result_of.class "dispersion"

local known = { over = true, by = true, once = "boolean|nil", evidence = "number|nil" }

-- Measures of counts and sizes by part, of counts alone, and of places.
local by_parts = { "dp", "dp_norm", "juilland_d", "juilland_u", "carroll_d2", "rosengren_s",
  "kl_divergence" }
local by_counts = { "engwall", "kromer_ur" }
local by_places = { "arf", "awt", "ald" }

local columns = {
  { name = "phrase" }, { name = "frequency", type = "integer" },
  { name = "parts", type = "integer" }, { name = "range", type = "integer" },
  { name = "per_10k", type = "number", digits = 2 },
}
for _, list in ipairs { by_parts, by_counts, by_places } do
  for _, name in ipairs(list) do
    columns[#columns + 1] = { name = name, type = "number", digits = 4 }
  end
end
columns[#columns + 1] = { name = "reason" }

local function column_of(parts, i)
  local v, s = {}, {}
  for p, part in ipairs(parts) do v[p], s[p] = part.counts[i], part.size end
  return v, s
end

local function row_of(phrase, v, s, places, total)
  local row = { phrase = phrase, parts = #v, frequency = 0, values = v }
  local size = 0
  for i, count in ipairs(v) do row.frequency, size = row.frequency + count, size + s[i] end
  row.range = measures.range(v)
  row.per_10k = row.frequency / size * 10000
  for _, name in ipairs(by_parts) do
    local value, info = measures[name](v, s)
    row[name] = value
    row.reason = row.reason or info.reason
  end
  for _, name in ipairs(by_counts) do row[name] = (measures[name](v)) end
  for _, name in ipairs(by_places) do row[name] = (measures[name](places, total)) end
  return row
end

local function places_of(store, lexicon, picked, params)
  local sql = ([[SELECT p.id, t.units FROM
    (SELECT * FROM (%s) ORDER BY issued IS NULL, issued, id LIMIT -1) AS p
    CROSS JOIN tokens AS t ON t.document_id = p.id]]):format(picked)
  return store.conn:places(sql, params, scan.compile(store, lexicon),
    { skip = frequencies.skipped(store) })
end

-- All phrases together, as one.
local function family_row(parts, width, places, total)
  local v, s, all = {}, {}, {}
  for p, part in ipairs(parts) do
    v[p], s[p] = 0, part.size
    for i = 1, width do v[p] = v[p] + part.counts[i] end
  end
  for i = 1, width do table.move(places[i], 1, #places[i], #all + 1, all) end
  table.sort(all)
  return row_of("(all)", v, s, all, total)
end

local function notes_of(o, parts, rows, outside)
  local by = type(o.by) == "function" and "group" or o.by
  local notes = {
    ("parts: %d, by %s, with their real sizes in syllables; another division gives other values")
      :format(#parts, by),
    "range, DP, DPnorm = DP/(1 − least share), Juilland's D and U (population sd of the rates), "
      .. "Carroll's D2, Rosengren's S (adjusted), KL in bits, Engwall, Kromer's U_R by parts; ARF, "
      .. "AWT, ALD by places in syllables, documents in order of date, distances cyclic",
  }
  if #parts == 1 then
    notes[#notes + 1] = "one part: nothing to be dispersed over; by = \"passage\" divides a"
      .. " document"
  elseif #parts < 5 then
    notes[#notes + 1] = ("%d parts: the measures can take few values"):format(#parts)
  end
  for _, row in ipairs(rows) do
    if row.frequency > 0 and row.frequency < #parts then
      notes[#notes + 1] = ("“%s”: %d occurrences in %d parts: it cannot be even"):format(row.phrase,
        row.frequency, #parts)
    end
  end
  if outside > 0 then
    notes[#notes + 1] = ("%d occurrences stand in parts without a syllable and are left out")
      :format(outside)
  end
  return notes
end

--- Dispersion of phrases.
--- Shape: store, phrase or lexicon, {over = documents, by = "document" | "passage" | column |
---   attribute | function, once, evidence = 1} -> result: rows (phrase, frequency, parts, range,
---   per_10k, every measure, values = counts by part), parts (name, size, counts), notes.
--- Units: sizes and places in syllables.
--- Errors: raises not_found without a text, unknown_name for `by` or an option.
--- Source: analysis.dispersion.
---@param store table
---@param phrases string|table
---@param options? table
function dispersion.of(store, phrases, options)
  local o = arguments.read(options, known, "dispersion")
  o.by = o.by or "document"
  o.evidence = arguments.whole(o.evidence, "evidence", 0, 1000, 1)
  local lexicon = lexicon_of.new(type(phrases) == "string" and { phrases } or phrases)
  local picked, params, over = sets.pick(store, o.over, o.by ~= "passage" and o.by or "document")
  local twice
  picked, params, twice = sets.settle(store, picked, params, o.once, true)
  local parts, outside = parts_of.of(store, lexicon, picked, params, o.by)
  sets.need_text(store, #parts, sets.words(over))
  local places, total = places_of(store, lexicon, picked, params)
  local rows = {}
  for i, entry in ipairs(lexicon) do
    local v, s = column_of(parts, i)
    rows[i] = row_of(entry.phrase, v, s, places[i], total)
  end
  if #lexicon > 1 then rows[#rows + 1] = family_row(parts, #lexicon, places, total) end
  local result = setmetatable({
    title = ("dispersion by %s: %s"):format(type(o.by) == "function" and "function" or o.by,
      sets.words(over)),
    rows = rows, columns = columns, parts = parts, notes = notes_of(o, parts, rows, outside),
  }, Result)
  table.move(twice, 1, #twice, #result.notes + 1, result.notes)
  result.evidence = o.evidence > 0 and witness.lines(store, lexicon,
    ("SELECT id, 'all' AS period, issued FROM (%s)"):format(picked), params,
    { per = o.evidence }) or {}
  result.origin = result_of.keep {
    store = store, options = o, sql = picked, params = params, patterns = lexicon:phrases(),
    query = sets.words(over), lexicon = lexicon,
  }
  return result
end

return dispersion
