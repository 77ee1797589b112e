-- The ladder beside FTS5 that has our tokens and our rule, and a lexicon of 10,000 phrases in one
-- pass, its counts checked against a plain search in the text.

local generated = require "corpus"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local sys = require "vankien.host.sys"
local text = require "vankien.host.text"

local ladder = {}

local RUNS, MANY, SAMPLE = 7, 10000, 12

local function output_of(command)
  local pipe <close> = assert(io.popen(command))
  return pipe:read "a"
end

-- A phrase in the units of a store, as words: what the program in C takes.
local function words_of(store, phrase)
  local words = {}
  for i, token in ipairs(text.tokens(phrase)) do
    words[i] = store.conn:first("SELECT id FROM types WHERE form = ?", { token.form })
  end
  return "'" .. table.concat(words, " ") .. "'"
end

-- Every cell that FTS5 counts against the generator's record.
local function check(out, record)
  local cells = 0
  for congress, phrase, n in out:gmatch "(%u+) (%d+) (%d+)\n" do
    local planted = record.free[congress][tonumber(phrase)] or 0
    assert(tonumber(n) == planted, ("FTS5: %s %s: %s, planted %d"):format(congress, phrase, n,
      planted))
    cells = cells + 1
  end
  assert(cells == #generated.phrases * #generated.congresses, "FTS5: cells are missing")
end

--- FTS5 with our tokens and an auxiliary function that counts as we do, in process.
--- Shape: say, store, path of the index, record of the corpus, seconds of our whole process.
function ladder.fts5(say, store, path, record, seconds)
  local program = os.getenv("VANKIEN_PROGRAM"):gsub("[^/]*$", "fts_ladder")
  local phrases = {}
  for i, phrase in ipairs(generated.phrases) do phrases[i] = words_of(store, phrase) end
  assert(os.execute(("%s make %s %s"):format(program, store:path(), path)))
  local out = output_of(("%s count %s %s"):format(program, path, table.concat(phrases, " ")))
  os.remove(path)
  check(out, record)
  local ms = tonumber(out:match "^[%d.]+")
  say("FTS5, our tokens and rule, in process", ("%.2f"):format(ms), "ms",
    ("ours, a whole process, is %.3f of it"):format(seconds * 1000 / ms))
end

-- Different runs of two to four syllables that stand in the text; the same ones each time.
local function sample(path)
  local file <close> = assert(io.open(path, "rb"))
  local phrases, seen, size = {}, {}, file:seek "end"
  math.randomseed(20260123)
  while #phrases < MANY do
    file:seek("set", math.random(0, size - 200))
    local words = {}
    for word in file:read(120):match " (.*) ":gmatch "[^ ]+" do words[#words + 1] = word end
    local phrase = text.fold(table.concat(words, " ", 1, math.random(2, 4)))
    if not phrase:find "[%p%c%d]" and not seen[phrase] then
      phrases[#phrases + 1], seen[phrase] = phrase, true
    end
  end
  return phrases
end

local BOUNDARY = { [""] = true, [" "] = true, [","] = true, ["."] = true, [";"] = true }

-- How often a phrase stands in a line, also across itself.
local function count_in(line, phrase)
  local n, at = 0, 1
  while true do
    local from, to = line:find(phrase, at, true)
    if not from then return n end
    if BOUNDARY[line:sub(from - 1, from - 1)] and BOUNDARY[line:sub(to + 1, to + 1)] then
      n = n + 1
    end
    at = from + 1
  end
end

-- All occurrences of some of the phrases, whatever their kind, against a search in the text.
local function verify(path, phrases, counts)
  local wanted = {}
  for line in io.lines(path) do
    line = text.fold(line)
    for i = 1, MANY, MANY // SAMPLE do
      wanted[i] = (wanted[i] or 0) + count_in(line, phrases[i])
    end
  end
  for i, n in pairs(wanted) do
    for g = 1, #counts.groups do
      n = n - counts.free[g][i] - counts.nested[g][i] - counts.overlapped[g][i]
    end
    assert(n == 0, ("“%s”: the text has %d more"):format(phrases[i], n))
  end
end

local function pass(store, phrases)
  local picked, params = scope.pick(store, { by = "congress" })
  local lexicon = scan.compile(store, require "vankien.corpus.lexicon".new(phrases))
  local sql, least, counts = scope.measured(picked), math.huge, nil
  for _ = 1, RUNS do
    local from = sys.clock()
    counts = store.conn:scan(sql, params, lexicon)
    least = math.min(least, sys.clock() - from)
  end
  return least, counts
end

--- 10,000 phrases of the corpus itself in one pass, beside the ladder's pass.
--- Shape: say, store, path of the plain text.
function ladder.many(say, store, text_path)
  local few = pass(store, generated.phrases)
  local phrases = sample(text_path)
  local seconds, counts = pass(store, phrases)
  verify(text_path, phrases, counts)
  say("ladder: the pass alone, in process", ("%.2f"):format(few * 1000), "ms")
  say("10,000 phrases of the corpus in one pass", ("%.2f"):format(seconds * 1000), "ms",
    ("%.1f times the ladder's pass"):format(seconds / few))
end

return ladder
