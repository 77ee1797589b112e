-- How wording moves from period to period: the ladder counted, with evidence behind each number.
-- Composes scope, scan, periods, evidence (store) with shift_rows (arithmetic).

local doubled = require "vankien.corpus.doubled"
local err = require "vankien.util.err"
local lazy = require "vankien.util.lazy"
local lexicon_of = require "vankien.corpus.lexicon"
local periods_of = require "vankien.corpus.periods"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local shift_notes = require "vankien.corpus.shift_notes"
local shift_per = require "vankien.corpus.shift_per"
local shift_rows = require "vankien.corpus.shift_rows"
local suggest = require "vankien.util.suggest"

local evidence = lazy.module "vankien.corpus.evidence"          -- numbers alone need neither
local shift_test = lazy.module "vankien.corpus.shift_test"

local shift = {}

local known_options = { "by", "over", "once", "per", "reuse", "evidence", "level", "window", "test",
  "rounds", "seed" }
local max_hits = 1000000          -- kept in memory at once; what is beyond is said to be cut
local kind_names = { [0] = "free", "nested", "overlapped" }
local NO_TEST_PER = "no test over documents: it is made for rates per syllables"
local Result = result_of.class "shift"

-- Columns of the rows, in the order in which they are written, for rates per 10,000 syllables.
local columns = {
  { name = "period" }, { name = "phrase" }, { name = "rung", type = "integer" },
  { name = "label" }, { name = "free", type = "integer" },
  { name = "nested", type = "integer" }, { name = "overlapped", type = "integer" },
  { name = "doubled", type = "integer" }, { name = "syllables", type = "integer" },
  { name = "documents", type = "integer" }, { name = "documents_with", type = "integer" },
  { name = "per_10k", type = "number", digits = 2 }, { name = "low", type = "number", digits = 2 },
  { name = "high", type = "number", digits = 2 }, { name = "share", type = "number", digits = 3 },
}

-- The same with what another denominator asks for in place of the rate.
local function columns_of(per)
  local measure, list = shift_per.measures[per], {}
  if per == "syllables" then return columns end
  for _, column in ipairs(columns) do
    if column.name == "per_10k" then
      for _, name in ipairs { "sentences", "passages", "passages_with" } do
        if name == measure.of or name == measure.with then
          list[#list + 1] = { name = name, type = "integer" }
        end
      end
      list[#list + 1] = { name = measure.column, type = "number", digits = measure.per and 2 or 3 }
    elseif column.name ~= measure.column then
      list[#list + 1] = column
    end
  end
  return list
end

local function checked(options)
  options = options or {}
  for name in pairs(options) do
    local known = false
    for _, option in ipairs(known_options) do known = known or option == name end
    if not known then
      err.raise("unknown_name", ("shift has no option “%s”"):format(tostring(name)),
        { hint = suggest.phrase(tostring(name), known_options)
          or "the options are " .. table.concat(known_options, ", ") })
    end
  end
  local wanted = options.evidence or 1
  if math.type(wanted) ~= "integer" or wanted < 0 or wanted > 1000 then
    err.raise("bad_input", "evidence is a number of lines for each cell, 0 to 1000")
  end
  if options.test ~= nil and type(options.test) ~= "boolean" then
    err.raise("bad_input", "test is true or false")
  end
  local arguments = require "vankien.corpus.arguments"
  return {
    per = arguments.choice(options.per, "per", shift_per.names, "syllables"),
    reuse = arguments.choice(options.reuse, "reuse", { "with", "without" }, "with"),
    by = options.by or "congress", over = options.over, once = options.once,
    evidence = wanted, level = options.level or 0.95, window = options.window or 8,
    test = options.test, rounds = options.rounds, seed = options.seed,
  }
end

local function groups_by_name(counts)
  local at = {}
  for g, key in ipairs(counts.groups) do at[key == false and "(none)" or tostring(key)] = g end
  return at
end

local function count_by(store, lexicon, sql, params, options)
  local counts = scan.run(store, lexicon, sql, params, options)
  counts.at = groups_by_name(counts)
  return counts
end

-- The first hits of each cell, or with max_hits all of them.
local function count_hits(store, lexicon, picked, params, hits_per)
  return count_by(store, lexicon, scope.stream(picked), params,
    { hits = max_hits, hits_per = hits_per })
end

local function ids_of(list)
  local ids = {}
  for i, item in ipairs(list) do ids[i] = ("%d"):format(item.id) end
  return ids
end

local function count_doubled(store, lexicon, picked, params, list)
  if #list == 0 then return nil end
  local narrowed, bound = scope.only(picked, params, ids_of(list))
  return count_by(store, lexicon, scope.stored(narrowed), bound)
end

local function hits_of(counts, lexicon)
  local list, flat, places = {}, counts.hits or {}, counts.places
  for at = 1, #flat, 7 do
    local group, container, i = counts.groups[flat[at + 6]], flat[at + 5], #list + 1
    list[i] = {
      passage = places[2 * i - 1], first = places[2 * i],
      document_id = flat[at], unit = flat[at + 1], units = flat[at + 2],
      phrase = lexicon[flat[at + 3]].phrase, index = flat[at + 3], kind = flat[at + 4],
      container = container > 0 and lexicon[container].phrase or nil,
      period = group == false and "(none)" or tostring(group),
    }
  end
  return list
end

-- Hits come oldest document first: the first free-standing one of a phrase is its attestation;
-- a phrase that never stands free is attested by its first hit of any kind.
local function first_hits(hits, lexicon)
  local first = {}
  for _, hit in ipairs(hits) do
    local known = first[hit.index]
    if not known or (known.kind ~= 0 and hit.kind == 0) then first[hit.index] = hit end
  end
  local list = {}
  for i = 1, #lexicon do
    if first[i] then list[#list + 1] = first[i] end
  end
  return list
end

local function free_hits(hits, per_cell)
  local list, taken = {}, {}
  for _, hit in ipairs(hits) do
    local cell = hit.period .. "\0" .. hit.phrase
    if hit.kind == 0 and (taken[cell] or 0) < per_cell then
      taken[cell] = (taken[cell] or 0) + 1
      list[#list + 1] = hit
    end
  end
  return list
end

-- Periods that hold a text; a period of documents known by name only has nothing to count.
local function counted(sizes, store)
  local list = {}
  for _, period in ipairs(sizes) do
    if period.texts > 0 then list[#list + 1] = period end
  end
  if #list > 0 then return list end
  local texts = store.conn:first("SELECT count(*) FROM texts")
  err.raise("not_found", texts == 0 and "no document of the store has a text"
    or "no document in scope has a text", {
    hint = texts == 0 and "import texts first (vankien import FILE); what the store's quotations "
      .. "show without them: vankien run examples/participation_shift.lua"
      or "loosen the filter: documents:count() says how many it takes",
  })
end

local function trends_of(periods, rows, summary, lexicon, options)
  local dated = {}
  if not periods_of.is_series(options.by) then return nil end
  for _, period in ipairs(periods) do
    if period.key ~= nil and period.syllables > 0 then dated[#dated + 1] = period end
  end
  if #dated < 2 or #dated < #periods and periods[#dated + 1].key ~= nil then return nil end
  local trends = shift_rows.trends(dated, rows, lexicon, shift_per.measures[options.per].column)
  local of_strength = { table.unpack(summary, 1, #dated) }
  trends[#trends + 1] = shift_rows.strength_trend(of_strength)
  return trends, #dated
end

local function scoped(store, options)
  local picked, params = scope.pick(store, {
    by = options.by, over = options.over,
    documents = function(id) return store:collection("documents"):where({ id = id }):one() end,
  })
  local twice, shared = doubled.documents(store, picked, params)
  if options.once and #twice > 0 then
    local rest, bound = scope.except(picked, params, ids_of(twice))
    return rest, bound, {}, shared, twice
  end
  return picked, params, twice, shared, {}
end

-- Periods that a test over documents can compare.
local function keyed(periods)
  local list = {}
  for _, period in ipairs(periods) do
    if period.key ~= nil and period.syllables > 0 then list[#list + 1] = period end
  end
  return list
end

-- The test stands beside the trends; where periods are no series, in a list of its own.
local function test_documents(store, lexicon, picked, params, periods, options, trends, off)
  if options.test == false then return nil end
  if options.per ~= "syllables" then
    return { reason = NO_TEST_PER, sentence = NO_TEST_PER }
  end
  local found = shift_test.run(store, lexicon, picked, params, keyed(periods),
    { by = options.by, test = options.test, rounds = options.rounds, seed = options.seed,
      off = off })
  local by_phrase = {}
  for _, row in ipairs(trends or {}) do by_phrase[row.phrase] = row end
  for i, row in ipairs(found.rows or {}) do
    row.phrase = lexicon[i].phrase
    local beside = by_phrase[row.phrase]
    if beside then beside.p_document, beside.p_document_holm = row.p, row.p_holm end
  end
  return found
end

-- Counts as the options want them, with or without what is repeated, by passage where asked;
-- and the sizes of the periods.
local function counts_for(store, lexicon, picked, params, options)
  local counts, sizes
  if options.reuse == "without" then
    sizes = periods_of.sizes(store, picked, params, options.by)
    counts = require "vankien.corpus.shift_reuse".counts(store, lexicon, picked, params)
    counts.at = groups_by_name(counts)
  else
    counts = count_by(store, lexicon, scope.measured(picked), params)
    sizes = periods_of.measured(store, counts, options.by)
  end
  if options.per == "passages" then
    counts.passages_with = require "vankien.corpus.shift_passages".of(store, lexicon, picked,
      params, counts)
  end
  return counts, sizes
end

local function compute(store, lexicon, options)
  local picked, params, twice, shared, left_out = scoped(store, options)
  local counts, sizes = counts_for(store, lexicon, picked, params, options)
  local periods = counted(sizes, store)
  local rows = shift_rows.cells(periods, counts, lexicon, {
    level = options.level, doubled = count_doubled(store, lexicon, picked, params, twice),
    per = options.per,
  })
  local summary = shift_rows.summary(periods, rows, #lexicon)
  local trends, dated = trends_of(periods, rows, summary, lexicon, options)
  return {
    rows = rows, periods = summary, trends = trends, dated = dated, sizes = sizes,
    twice = twice, shared = shared, left_out = left_out,
    picked = picked, params = params, repeated = counts.repeated,
    kept = counts.repeated and counts or nil,
    test = test_documents(store, lexicon, picked, params, periods, options, trends,
      counts.repeated_in),
  }
end

-- Dated hits of every cell, found when first asked for: numbers alone do not pay for them.
local function dated_hits(origin)
  local found = origin.found
  if found.kept then found.hits = found.hits or hits_of(found.kept, origin.lexicon) end
  found.hits = found.hits or hits_of(count_hits(origin.store, origin.lexicon, found.picked,
    found.params, math.max(origin.options.evidence, 1)), origin.lexicon)
  return found.hits
end

local made_when_read = {}

function made_when_read.first(origin)
  return evidence.lines(origin.store, first_hits(dated_hits(origin), origin.lexicon),
    origin.options)
end

function made_when_read.evidence(origin)
  local per_cell = origin.options.evidence
  if per_cell == 0 then return {} end
  return evidence.lines(origin.store, free_hits(dated_hits(origin), per_cell), origin.options)
end

function Result:__index(name)
  local make, origin = made_when_read[name], rawget(self, "origin") and result_of.open(self)
  if not (make and origin) then return rawget(Result, name) end
  self[name] = make(origin)
  return self[name]
end

--- How the wording of a lexicon moves from period to period.
--- Shape: store, lexicon (or list of phrases, or nil: the store's stance terms),
---   {by = "congress", over = query, once = false, per = "syllables" | "sentences" | "passages" |
---   "documents" | "family", reuse = "with" | "without" (what stands in wording repeated from an
---   earlier document), evidence = 1, level = 0.95, window = 8, test = true | false (nil: over
---   2,000 documents or fewer), rounds = 2000, seed = 1}
---   -> result: rows (one per period and phrase), periods, trends, test (over documents), first,
---   evidence, notes; methods lines{period=, phrase=}, provenance().
--- Units: low and high are those of what `per` asks for: per_10k, per_1k_sentences,
---   share_of_passages, share_of_documents or share; evidence: lines kept for each cell.
--- Errors: raises not_found when no document in scope has a text; unknown_name for `by`.
--- Source: counting rule in host/corpus.c; statistics in corpus/shift_rows.lua.
---@param store table
---@param lexicon? table
---@param options? table
function shift.of(store, lexicon, options)
  options = checked(options)
  lexicon = lexicon == nil and lexicon_of.of_store(store) or lexicon_of.new(lexicon)
  local found = compute(store, lexicon, options)
  local result = setmetatable({
    title = ("%s by %s"):format(lexicon.name, type(options.by) == "function" and "function"
      or options.by),
    columns = columns_of(options.per), rows = found.rows, periods = found.periods,
    trends = found.trends, test = found.test, measure = shift_per.measures[options.per],
  }, Result)
  result.notes = shift_notes.of(found, lexicon, options)
  result.origin = result_of.keep { store = store, lexicon = lexicon, options = options,
    found = found }
  return result
end

local function phrase_index(lexicon, phrase)
  local fold = require "vankien.host.text".fold
  for i, entry in ipairs(lexicon) do
    if fold(entry.phrase) == fold(phrase) then return i end
  end
  err.raise("unknown_name", ("the lexicon has no phrase “%s”"):format(tostring(phrase)),
    { hint = suggest.phrase(tostring(phrase), lexicon:phrases()) })
end

local function period_key(origin, name)
  for _, period in ipairs(origin.found.sizes) do
    if period.name == name then return period.key end
  end
  err.raise("unknown_name", ("the result has no period “%s”"):format(name))
end

-- All hits of a period that are counted, and whether some are missing.
local function hits_in(origin, name)
  local found, key, list = origin.found, period_key(origin, name), {}
  if found.kept then
    for _, hit in ipairs(hits_of(found.kept, origin.lexicon)) do
      if hit.period == name then list[#list + 1] = hit end
    end
    return list, false
  end
  local params = { table.unpack(found.params) }
  params[#params + 1] = key == nil and require "vankien.host.store".null or key
  local picked = ("SELECT * FROM (%s) WHERE period IS ?"):format(found.picked)
  local counts = count_hits(origin.store, origin.lexicon, picked, params, max_hits)
  return hits_of(counts, origin.lexicon), counts.cut
end

--- Every line of evidence behind a number of the result.
--- Shape: {period=, phrase=, kind = "free"|"nested"|"overlapped"|"any", limit = 1000}
---   -> list of lines as in evidence.lines; `.cut` is true when there are more than the limit.
--- Units: limit in lines.
--- Errors: raises unknown_name for a phrase or period that the result does not have.
--- Source: none.
---@param wanted table
function Result:lines(wanted)
  local origin = result_of.open(self)
  local index = phrase_index(origin.lexicon, wanted.phrase)
  local limit, kind = wanted.limit or 1000, wanted.kind or "free"
  local list = {}
  local hits, cut = hits_in(origin, tostring(wanted.period))
  for _, hit in ipairs(hits) do
    if hit.index == index and (kind == "any" or kind_names[hit.kind] == kind) then
      list[#list + 1] = hit
    end
  end
  cut = cut or #list > limit
  local lines = evidence.lines(origin.store, { table.unpack(list, 1, math.min(limit, #list)) },
    origin.options)
  lines.cut = cut
  return lines
end

--- What the result was made from, so that it can be made again.
--- Shape: nothing -> {program, store, fingerprint, lexicon, by, sql}.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function Result:provenance()
  local origin = result_of.open(self)
  return {
    program = require "vankien.util.version".text, store = origin.store:path(),
    fingerprint = origin.store:fingerprint(), lexicon = origin.lexicon:phrases(),
    by = tostring(origin.options.by), sql = origin.found.picked,
  }
end

return shift
