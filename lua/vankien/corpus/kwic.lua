-- Key word in context: every place where phrases stand, oldest document first.

local arguments = require "vankien.corpus.arguments"
local err = require "vankien.util.err"
local evidence = require "vankien.corpus.evidence"
local lexicon_of = require "vankien.corpus.lexicon"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"

local kwic = {}

local known_options = { over = true, window = true, limit = true, sort = true, sample = true,
  seed = true, total = true }
local sorts = { "date", "left", "right" }
local most_sampled = 100000
local Lines = result_of.class "kwic"

local function checked(options)
  options = arguments.read(options, known_options, "kwic")
  if options.limit and options.sample then
    err.raise("usage", "limit and sample do not go together",
      { hint = "sample = 50 draws 50 of all places; limit = 50 shows the first 50" })
  end
  if options.seed and not options.sample then
    err.raise("usage", "seed is for sample", { hint = "sample = 50, seed = 1" })
  end
  if options.total == false and options.sample then
    err.raise("usage", "total = false does not go with sample",
      { hint = "a sample is drawn of all places, so they are counted" })
  end
  return {
    total = options.total ~= false,
    over = options.over, window = arguments.window(options.window, 8),
    limit = arguments.whole(options.limit, "limit", 1, math.maxinteger, 1000),
    sort = arguments.choice(options.sort, "sort", sorts, "date"),
    sample = arguments.whole(options.sample, "sample", 1, most_sampled),
    seed = arguments.whole(options.seed, "seed", math.mininteger, math.maxinteger, 1),
  }
end

local function total_of(counts, lexicon)
  local total = 0
  for g in ipairs(counts.groups) do
    for i = 1, #lexicon do
      total = total + counts.free[g][i] + counts.nested[g][i] + counts.overlapped[g][i]
    end
  end
  return total
end

-- The first hits, read no further than they go; then the count of all places, in the order of the
-- store, which reads the texts once more but twice as fast.  The total is nil where nobody counted.
local function first_hits(store, lexicon, picked, params, options)
  local counts = scan.run(store, lexicon, scope.stream(picked), params,
    { hits = options.limit, stop = true })
  if not counts.stopped then return counts, total_of(counts, lexicon) end
  if not options.total then return counts, nil end
  return counts, total_of(scan.run(store, lexicon, scope.stored(picked), params), lexicon)
end

-- What is shown is sorted: contexts of all places would have to be read otherwise.
local function notes_of(rows, total, options)
  if not total then
    return { ("the first %d shown; places beyond are not counted"):format(#rows) }
  end
  if total <= #rows then return {} end
  if options.sample then
    return { ("%d of %d places drawn at random, seed %d"):format(#rows, total, options.seed) }
  end
  return { ("%d of %d places shown; limit = %d shows all"):format(#rows, total, total) }
end

--- Every place where phrases and patterns stand, with the words around it.
--- Shape: store, phrase or list of phrases, {over = query, window = 8 | "sentence", limit = 1000,
---   sort = "date" | "left" | "right", sample = N, seed = 1, total = true}
---   -> result: rows as evidence.lines gives them, total, notes.
--- Units: window in tokens; total counts all places, also those not shown; with total = false the
---   texts are read only as far as the lines go, and total is nil where there was more to read.
---   sample draws that many of all places, each as likely, the same for one seed; sort orders
---   the lines shown, by date, or by the words left (the nearest first) or right of the phrase.
--- Errors: raises bad_input for an empty phrase, unknown_name for an unknown option, usage for
---   options that do not go together.
--- Source: Luhn 1960.
---@param store table
---@param phrases string|table
---@param options? table
function kwic.of(store, phrases, options)
  options = checked(options)
  local lexicon = lexicon_of.new(type(phrases) == "string" and { phrases } or phrases)
  local picked, params = scope.whole(store, options.over)
  local places_of = options.sample and require "vankien.corpus.kwic_sample".of or first_hits
  local counts, total = places_of(store, lexicon, picked, params, options)
  local rows = evidence.of_scan(store, counts, lexicon, options)
  if options.sort ~= "date" then require "vankien.corpus.kwic_order".sort(rows, options.sort) end
  return setmetatable({ rows = rows, total = total, notes = notes_of(rows, total, options) }, Lines)
end

return kwic
