-- Keywords of one set of documents against another: all syllables and n-grams, or the phrases of a
-- lexicon, with a test over documents where there are enough and the token-level one beside it.

local arguments = require "vankien.corpus.arguments"
local err = require "vankien.util.err"
local frequencies = require "vankien.corpus.frequencies"
local keyness_test = require "vankien.corpus.keyness_test"
local keywords = require "vankien.analysis.keywords"
local lexicon_of = require "vankien.corpus.lexicon"
local measures = require "vankien.analysis.keyness"
local resample = require "vankien.analysis.resample"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local sets = require "vankien.corpus.sets"
local witness = require "vankien.corpus.witness"

local keyness = {}

local Result = result_of.class "keyness"

--- What rows can be ranked by.
keyness.measures = { "g2", "log_ratio", "lrc", "percent_diff", "simple_maths", "odds_ratio",
  "difference_coefficient", "chi2", "specificity" }

local known = {
  measure = "string|nil", cells = "number|nil", n = "number|table|nil", min = "number|nil",
  limit = "number|nil", lexicon = true, direction = "string|nil", test = "boolean|nil",
  rounds = "number|nil", seed = "number|nil", once = "boolean|nil", evidence = "number|nil",
  window = "number|nil", alpha = true,
}
local shown_evidence = 10        -- rows that get lines of evidence
local compared = 500000          -- n-grams of one length at most
local cheap = 100000             -- rows by documents that are tested without being asked for

local function checked(given)
  local o = arguments.read(given, known, "keyness")
  if o.lexicon ~= nil and o.n ~= nil then
    err.raise("usage", "n counts n-grams, a lexicon has its own phrases: give one of the two")
  end
  o.measure = arguments.choice(o.measure, "measure", keyness.measures, "g2")
  o.direction = arguments.choice(o.direction, "direction", { "both", "over", "under" }, "both")
  o.cells = o.cells == nil and 4 or o.cells
  if o.cells ~= 2 and o.cells ~= 4 then
    err.raise("bad_input", ("cells must be 2 or 4, got %s"):format(o.cells))
  end
  o.n = o.lexicon == nil and arguments.lengths(o.n, 1) or nil
  o.min = arguments.whole(o.min, "min", 1, 1 << 31, o.lexicon and 1 or 3)
  o.limit = arguments.whole(o.limit, "limit", 1, 1000000, 50)
  o.rounds = arguments.whole(o.rounds, "rounds", 1, 10000000, 2000)
  o.seed = o.seed or 1
  o.evidence = arguments.whole(o.evidence, "evidence", 0, 1000, 1)
  o.window = arguments.whole(o.window, "window", 1, 1000, 8)
  o.alpha = arguments.level(o.alpha, "alpha", 0.05)
  return o
end

-- One comparison: counts of forms on both sides -> rows of keywords.compare, with documents.
local function compare(list, sizes, o, rows)
  local a, b, documents = {}, {}, {}
  for _, cell in ipairs(list) do
    a[cell.form], b[cell.form] = cell.a, cell.b
    documents[cell.form] = cell
  end
  local found = keywords.compare(a, b, {
    n1 = sizes.a.syllables, n2 = sizes.b.syllables, cells = o.cells, least = o.min, alpha = o.alpha,
  })
  for _, row in ipairs(found.rows) do
    local cell = documents[row.form]
    row.documents_a, row.documents_b = cell.documents_a, cell.documents_b
    rows[#rows + 1] = row
  end
end

local function count_lexicon(store, o, picked, params)
  local lexicon = lexicon_of.new(type(o.lexicon) == "string" and { o.lexicon } or o.lexicon)
  local counts = scan.run(store, lexicon, scope.stored(picked), params, {})
  local at, list = {}, {}
  for g, key in ipairs(counts.groups) do at[key] = g end
  local function value(kind, side, i) return at[side] and counts[kind][at[side]][i] or 0 end
  for i, entry in ipairs(lexicon) do
    list[i] = {
      form = entry.phrase, a = value("free", "a", i), b = value("free", "b", i),
      documents_a = value("documents", "a", i), documents_b = value("documents", "b", i),
    }
  end
  return list
end

-- Rows of everything that is compared, one family.
local function all_rows(store, o, picked, params, sizes)
  local rows = {}
  if o.lexicon then
    compare(count_lexicon(store, o, picked, params), sizes, o, rows)
  else
    for _, n in ipairs(o.n) do
      local list, counts = frequencies.count(store, picked, params, "b", n, o.min, compared)
      if counts.met > compared then
        err.raise("full", ("%d different %d-grams are too many to compare"):format(counts.met, n),
          { hint = ("min = %d leaves fewer than %d"):format(counts.least, compared) })
      end
      compare(list, sizes, o, rows)
    end
  end
  local p = {}
  for i, row in ipairs(rows) do p[i] = row.p end
  local holm, bh = resample.holm(p), resample.benjamini_hochberg(p)
  for i, row in ipairs(rows) do
    row.p_token, row.p_token_holm, row.p_token_bh = row.p, holm[i], bh[i]
    row.per_10k_a, row.per_10k_b = row.per_a, row.per_b
    row.p, row.p_holm, row.p_bh, row.per_a, row.per_b = nil, nil, nil, nil, nil
  end
  return rows
end

local function add_measure(rows, o, sizes)
  if o.measure == "g2" or o.measure == "log_ratio" then return end
  local options = o.measure == "lrc" and { alpha = o.alpha, m = #rows }
    or o.measure == "odds_ratio" and { zero = "half" } or nil
  for _, row in ipairs(rows) do
    row[o.measure] = measures[o.measure](row.a, row.b, sizes.a.syllables, sizes.b.syllables,
      options)
  end
end

-- How far a value stands from "no difference".
local function strength(row, measure)
  local value = row[measure]
  if value == nil then return -1 end
  if measure == "simple_maths" or measure == "odds_ratio" then
    return value > 0 and math.abs(math.log(value)) or math.huge
  end
  return math.abs(value)
end

local function ranked(rows, o)
  local list = {}
  for _, row in ipairs(rows) do
    if o.direction == "both" or row.direction == o.direction then list[#list + 1] = row end
  end
  table.sort(list, function(x, y)
    local u, v = strength(x, o.measure), strength(y, o.measure)
    if u ~= v then return u > v end
    if x.g2 ~= y.g2 then return x.g2 > y.g2 end
    return x.form < y.form
  end)
  return list
end

local function columns_of(o, tested)
  local list = {
    { name = "form" }, { name = "direction" }, { name = "a", type = "integer" },
    { name = "b", type = "integer" }, { name = "per_10k_a", type = "number", digits = 2 },
    { name = "per_10k_b", type = "number", digits = 2 },
    { name = "log_ratio", type = "number", digits = 2 },
    { name = "g2", type = "number", digits = 2 },
  }
  if o.measure ~= "g2" and o.measure ~= "log_ratio" then
    list[#list + 1] = { name = o.measure, type = "number", digits = 3 }
  end
  local levels = tested and { "p_document", "p_document_holm", "p_document_bh" } or {}
  for _, name in ipairs(table.move({ "p_token", "p_token_holm", "p_token_bh" }, 1, 3, #levels + 1,
    levels)) do
    list[#list + 1] = { name = name, type = "number", digits = 4 }
  end
  list[#list + 1] = { name = "documents_a", type = "integer" }
  list[#list + 1] = { name = "documents_b", type = "integer" }
  return list
end

local function size_note(name, size, words)
  return ("%s: %s; documents with text: %d, syllables: %d"):format(name, words, size.texts,
    size.syllables)
end

local function what_is_counted(o)
  if o.lexicon then
    return "free-standing occurrences of the lexicon's phrases, leftmost-longest over all of it"
  end
  local words = {}
  for i, n in ipairs(o.n) do words[i] = n == 1 and "syllables" or n .. "-grams of syllables" end
  return table.concat(words, ", ") .. " (no mark, number or sentence end inside)"
end

local variants = {
  g2 = "G²", log_ratio = "Log Ratio (½ for a zero count)", lrc = "conservative Log Ratio",
  percent_diff = "%DIFF", simple_maths = "simple maths, k = 1 per million",
  odds_ratio = "odds ratio (½ where a cell is 0)", chi2 = "χ² without Yates",
  difference_coefficient = "difference coefficient", specificity = "Lafon's specificity",
}

local function notes_of(o, sizes, family, total, words)
  local notes = {
    size_note("a", sizes.a, words[1]), size_note("b", sizes.b, words[2]),
    ("compared: %s, %d with %d or more in both together; rates per 10,000 syllables; ranked by %s; "
      .. "G² of %d cells"):format(what_is_counted(o), family, o.min, variants[o.measure], o.cells),
    "p_token takes tokens as independent and overstates where words cluster in documents; Holm and "
      .. ("Benjamini–Hochberg over all %d compared"):format(family),
  }
  if total > o.limit then
    notes[#notes + 1] = ("the first %d of %d rows are shown (limit)"):format(o.limit, total)
  end
  return notes
end

-- A test of many rows over many documents takes seconds: then it has to be asked for.
local function test(store, o, rows, picked, params, family, sizes)
  if o.test == false then return nil, "no document-level test was made (test = false)" end
  if #rows == 0 then return nil end
  local documents = sizes.a.texts + sizes.b.texts
  if o.test == nil and documents * #rows > cheap then
    return nil, ("document-level test: not made by itself for %d rows over %d documents; test = "
      .. "true (--test) or fewer rows (limit) make it"):format(#rows, documents)
  end
  local found = keyness_test.run(store, rows, picked, params, {
    family = family, rounds = o.rounds, seed = o.seed, all = o.lexicon == nil,
  })
  return found, found.sentence
end

-- One side's places for the first rows: from the set in which the form is over-used.
local function evidence_of(store, o, rows, picked, params)
  if o.evidence == 0 or #rows == 0 then return {} end
  local forms, side = {}, {}
  for i = 1, math.min(#rows, shown_evidence) do
    forms[i] = rows[i].form
    side[rows[i].form] = rows[i].direction == "under" and "b" or "a"
  end
  local lines = witness.lines(store, lexicon_of.new(forms), picked, params,
    { per = o.evidence, window = o.window, any = true })
  local list = {}
  for _, form in ipairs(forms) do
    for _, line in ipairs(lines) do
      if line.phrase == form and line.period == side[form] then list[#list + 1] = line end
    end
  end
  return list
end

local function assemble(store, o, found)
  local result = setmetatable({
    title = ("keyness: %s against %s"):format(found.words[1], found.words[2]), rows = found.rows,
    columns = columns_of(o, found.test and not found.test.reason), sizes = found.sizes,
    family = found.family, total = found.total, test = found.test, notes = found.notes,
    measure = o.measure,
  }, Result)
  result.evidence = evidence_of(store, o, found.rows, found.picked, found.params)
  result.origin = result_of.keep {
    store = store, options = o, sql = found.picked, params = found.params, patterns = o.lexicon,
    query = found.words[1] .. " / " .. found.words[2],
  }
  return result
end

--- Keywords of one set of documents against another.
--- Shape: store, a, b (query, row, key, file name, filter, list of these; b nil: all others),
---   {n = 1 to 5 or a list | lexicon = phrases, measure, cells = 4|2, min = 3, limit = 50,
---   direction = "both"|"over"|"under", test (nil: when cheap), rounds = 2000, seed = 1, once,
---   evidence = 1, window = 8, alpha = 0.05} -> result: rows (form, a, b, per_10k_a, per_10k_b, g2,
---   log_ratio, p_document…, p_token…), notes.
--- Units: rates per 10,000 syllables; log_ratio and lrc in doublings.
--- Errors: raises not_found when a set has no text; unknown_name, bad_input for options.
--- Source: analysis.keywords, analysis.keyness, analysis.resample.
---@param store table
---@param a any
---@param b any
---@param options? table
function keyness.of(store, a, b, options)
  local o = checked(options)
  local found = { words = {} }
  local picked, params, first, second = sets.pair(store, a, b)
  local notes
  found.picked, found.params, notes = sets.settle(store, picked, params, o.once)
  found.words = { sets.words(first), b == nil and "all other documents" or sets.words(second) }
  local none = { documents = 0, texts = 0, syllables = 0 }
  local sizes = sets.sizes(store, found.picked, found.params)
  sizes.a, sizes.b = sizes.a or none, sizes.b or none
  sets.need_text(store, sizes.a.syllables, "the first set")
  if sizes.b.documents == 0 and second:count() > 0 then
    err.raise("bad_input", "all documents of the second set are in the first one too",
      { hint = "a document in both belongs to the first: leave the second out to compare with the "
        .. "rest" })
  end
  sets.need_text(store, sizes.b.syllables, "the second set")
  local rows = all_rows(store, o, found.picked, found.params, sizes)
  add_measure(rows, o, sizes)
  local list = ranked(rows, o)
  found.sizes, found.family, found.total = sizes, #rows, #list
  found.rows = table.move(list, 1, math.min(#list, o.limit), 1, {})
  found.notes = notes_of(o, sizes, #rows, #list, found.words)
  local sentence
  found.test, sentence = test(store, o, found.rows, found.picked, found.params, #rows, sizes)
  found.notes[#found.notes + 1] = sentence
  table.move(notes, 1, #notes, #found.notes + 1, found.notes)
  return assemble(store, o, found)
end

--- Every place of a form of the result, in both sets.
--- Shape: form, {limit = 1000, window = 8} -> list of lines as in evidence.lines; period is a or b.
--- Units: limit in lines.
--- Errors: those of the lexicon for something that is no phrase.
--- Source: none.
---@param form string
---@param options? table
function Result:lines(form, options)
  options = arguments.read(options, { limit = "number|nil", window = "number|nil" }, "lines")
  local origin = result_of.open(self)
  return witness.lines(origin.store, lexicon_of.new { form }, origin.sql, origin.params,
    { limit = options.limit or 1000, window = options.window, any = true })
end

return keyness
