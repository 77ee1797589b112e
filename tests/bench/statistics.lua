-- Figures of the analysis layer: called from run.lua with its `say`, or alone:
--   build/vankien run tests/bench/statistics.lua

local collocates = require "vankien.analysis.collocates"
local keywords = require "vankien.analysis.keywords"
local resample = require "vankien.analysis.resample"
local rng = require "vankien.analysis.rng"

local statistics = {}

local function documents(n, seed)
  local random, list = rng.new(seed), {}
  for i = 1, n do
    local counts = {}
    for c = 1, 10 do counts[c] = random:below(3) == 1 and random:below(6) or 0 end
    list[i] = {counts = counts, size = 500 + random:below(5000)}
  end
  return list
end

-- Counts of 7,000 types that fall off as ranks rise and sum to about 5 million.
local function types(seed)
  local random, counts = rng.new(seed), {}
  for i = 1, 7000 do counts["t" .. i] = 550000 // i + random:below(20) end
  return counts
end

local function seconds(fn)
  local start = os.clock()
  fn()
  return os.clock() - start
end

local function wall(fn)
  local clock, best = require "vankien.host.sys".clock, nil
  for _ = 1, 3 do
    local from = clock()
    fn()
    local took = clock() - from
    if not best or took < best then best = took end
  end
  return best
end

-- Composed results over a store of some ten million syllables, counting in C included.
local function of_store(say, store)
  local syllables = store.conn:first "SELECT sum(syllables) FROM texts"
  local function line(name, fn, bar)
    say(name, ("%.0f"):format(wall(fn) * 1000), "ms", "bar " .. bar)
  end
  local half = store:collection "documents":where
    "congress = 'VI' or congress = 'VIII' or congress = 'X' or congress = 'XII'"
  line(("keyness of all types, %.0f M syllables in two sets"):format(syllables / 1e6), function()
    store:keyness(half, nil, {test = false, evidence = 0})
  end, "1000 ms")
  line("collocates of a phrase, window 5", function()
    store:colloc("tham gia", {evidence = 0})
  end, "100 ms")
  line("collocates of a phrase in its sentences", function()
    store:colloc("tham gia", {evidence = 0, window = "sentence"})
  end, "none")
  line("all pairs of syllables, counted", function()
    store:ngrams(2, {limit = 10, min = 100, evidence = 0})
  end, "none")
end

--- Measure and say each figure.
--- Shape: say(name, value, unit, note), store with texts or nil -> nothing.
--- Units: milliseconds, of CPU time without a store, of wall time (best of three) with one.
--- Errors: those of the store.
--- Source: -
function statistics.run(say, store)
  local function line(name, fn, bar)
    say(name, ("%.0f"):format(seconds(fn) * 1000), "ms", "bar " .. bar)
  end
  local a, b = documents(700, 1), documents(1300, 2)
  line("permutation, ladder of 10, 2,000 documents, 10,000 rounds", function()
    resample.family(a, b, nil, {rounds = 10000})
  end, "2000 ms")
  local x, y = types(3), types(4)
  line("keyness of all 7,000 types, two sets of 5 M", function()
    keywords.compare(x, y)
  end, "1000 ms")
  line("the same with conservative Log Ratio", function()
    keywords.compare(x, y, {sort = "lrc"})
  end, "1000 ms")
  local rows = {}
  for form, n in pairs(x) do rows[#rows + 1] = {form = form, o = math.min(n, 40), f2 = n + 40} end
  line("scores of 7,000 collocates, five measures and p", function()
    collocates.score(rows, 50000, 10000000)
  end, "none")
  if store then of_store(say, store) end
end

if arg and arg[0] and arg[0]:find("statistics%.lua$") then
  statistics.run(function(name, value, unit, note)
    print(("%-60s %8s %-4s %s"):format(name, value, unit, note))
  end)
end

return statistics
