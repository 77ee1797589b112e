-- Frequency lists of a set of documents: all syllables, n-grams, or the phrases of a lexicon.

local arguments = require "vankien.corpus.arguments"
local err = require "vankien.util.err"
local frequencies = require "vankien.corpus.frequencies"
local interval = require "vankien.analysis.interval"
local lexicon_of = require "vankien.corpus.lexicon"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local sets = require "vankien.corpus.sets"
local witness = require "vankien.corpus.witness"

local freq = {}

local Result = result_of.class "freq"

local known = {
  over = true, n = "number|table|nil", min = "number|nil", limit = "number|nil", level = true,
  evidence = "number|nil", once = "boolean|nil",
}

local columns = {
  { name = "form" }, { name = "n", type = "integer" },
  { name = "per_10k", type = "number", digits = 2 }, { name = "low", type = "number", digits = 2 },
  { name = "high", type = "number", digits = 2 }, { name = "documents", type = "integer" },
}

local function phrases_of(store, lexicon, picked, params)
  local counts = scan.run(store, lexicon, scope.stored(picked), params, {})
  local list = {}
  for i, entry in ipairs(lexicon) do
    local row = { form = entry.phrase, n = 0, documents = 0 }
    for g in ipairs(counts.groups) do
      row.n, row.documents = row.n + counts.free[g][i], row.documents + counts.documents[g][i]
    end
    list[i] = row
  end
  return list
end

local listed = 200000            -- n-grams that are sorted; rarer ones are counted only

local function grams_of(store, picked, params, o)
  local list, total, least = {}, 0, o.min
  for _, n in ipairs(o.n) do
    local cells, counts = frequencies.count(store, picked, params, nil, n, o.min,
      math.max(listed, o.limit))
    total, least = total + counts.met, math.max(least, counts.least)
    for _, cell in ipairs(cells) do
      list[#list + 1] = { form = cell.form, n = cell.a, documents = cell.documents_a }
    end
  end
  table.sort(list, function(x, y)
    if x.n ~= y.n then return x.n > y.n end
    return x.form < y.form
  end)
  return list, total, least
end

local function with_rates(list, syllables, o)
  local rows = table.move(list, 1, math.min(#list, o.limit), 1, {})
  for _, row in ipairs(rows) do
    local found = interval.poisson(row.n, syllables, { level = o.level, per = 10000 })
    row.per_10k, row.low, row.high = found.estimate, found.low, found.high
  end
  return rows
end

local function notes_of(o, lexicon, size, shown, total, least)
  local notes = {
    lexicon and "free-standing occurrences of the phrases, leftmost-longest over all of them"
      or ("n-grams of %s syllables, no mark, number or sentence end inside; %d or more"):format(
        table.concat(o.n, ", "), o.min),
    ("rates per 10,000 syllables (documents with text: %d, syllables: %d) with %g %% intervals "
      .. "(Poisson, exact), which take occurrences as independent"):format(size.texts,
      size.syllables, o.level * 100),
  }
  if total > shown then
    notes[#notes + 1] = ("the first %d of %d are shown (limit)"):format(shown, total)
  end
  if least and least > o.min and shown < o.limit then
    notes[#notes + 1] = ("too many to list: those with fewer than %d are counted only")
      :format(least)
  end
  return notes
end

local function checked(given, what)
  local o = arguments.read(given, known, "freq")
  if what ~= nil and o.n ~= nil then
    err.raise("usage", "n counts n-grams, a phrase has its own length: give one of the two")
  end
  o.n = arguments.lengths(o.n, 1)
  o.min = arguments.whole(o.min, "min", 1, 1 << 31, 1)
  o.limit = arguments.whole(o.limit, "limit", 1, 10000000, 50)
  o.level = arguments.level(o.level, "level", 0.95)
  o.evidence = arguments.whole(o.evidence, "evidence", 0, 1000, 1)
  return o
end

local function evidence_of(store, rows, picked, params, o, lexicon)
  if o.evidence == 0 or #rows == 0 then return {} end
  local forms = {}
  for i = 1, math.min(#rows, 5) do forms[i] = rows[i].form end
  return witness.lines(store, lexicon or lexicon_of.new(forms), picked, params,
    { per = o.evidence, any = lexicon == nil })
end

--- How often syllables, n-grams or phrases stand in a set of documents.
--- Shape: store, nil (all n-grams) or phrases, {over = documents, n = 1 or a list, min = 1, limit =
---   50, level = 0.95, once, evidence = 1} -> result: rows (form, n, per_10k, low, high,
---   documents).
--- Units: per_10k per 10,000 syllables.
--- Errors: raises not_found without a text, bad_input or unknown_name for phrases and options.
--- Source: host/frequency.c, host/corpus.c; interval Garwood 1936.
---@param store table
---@param phrases? string|table
---@param options? table
function freq.of(store, phrases, options)
  local o = checked(options, phrases)
  local lexicon = phrases ~= nil
    and lexicon_of.new(type(phrases) == "string" and { phrases } or phrases) or nil
  local picked, params, over = sets.pick(store, o.over)
  local twice
  picked, params, twice = sets.settle(store, picked, params, o.once)
  local size = sets.sizes(store, picked, params).all or { texts = 0, syllables = 0 }
  sets.need_text(store, size.syllables, sets.words(over))
  local list, total, least
  if lexicon then
    list = phrases_of(store, lexicon, picked, params)
  else
    list, total, least = grams_of(store, picked, params, o)
  end
  total = total or #list
  local rows = with_rates(list, size.syllables, o)
  local result = setmetatable({
    title = "frequencies: " .. sets.words(over), rows = rows, columns = columns, total = total,
    syllables = size.syllables, notes = notes_of(o, lexicon, size, #rows, total, least),
  }, Result)
  table.move(twice, 1, #twice, #result.notes + 1, result.notes)
  result.evidence = evidence_of(store, rows, picked, params, o, lexicon)
  result.origin = result_of.keep {
    store = store, options = o, sql = picked, params = params, query = sets.words(over),
    patterns = lexicon and lexicon:phrases(),
  }
  return result
end

--- N-grams of a set of documents, the most frequent first.
--- Shape: store, n (or list), options of freq.of -> result of freq.of.
--- Units: as freq.of.
--- Errors: as freq.of; raises bad_input for an n that is not 1 to 5.
--- Source: freq.of.
---@param store table
---@param n? integer|table
---@param options? table
function freq.ngrams(store, n, options)
  local o = arguments.read(options, known, "ngrams")
  o.n = arguments.lengths(n, 2)
  return freq.of(store, nil, o)
end

return freq
