-- `vankien shift`: the ladder counted period by period.

local err = require "vankien.util.err"
local report = require "vankien.report"

local shift = {
  usage = "[(--phrase P)… | --lexicon FILE] [--by COLUMN] [--where FILTER] [--format F]",
  description = [[Counts phrases in the imported texts in one pass, leftmost-longest over the whole
    list: a phrase inside a longer listed one is nested, not free-standing. Per period and
    phrase: counts, rate per 10,000 syllables with a 95 % interval, share, first attestation,
    trend, and lines of evidence. Without --phrase and --lexicon it counts the store's stance
    terms. Phrases may be patterns (vankien help kwic). In a store without texts the answer is
    read off its dated quotations instead, which show what was said and not how often.]],
  options = {
    {name = "phrase", value = "P", many = true, help = "a phrase or pattern to count"},
    {name = "lexicon", value = "FILE",
      help = "phrases from a file: .lua, .csv or .tsv (phrase,rung,label), else one a line"},
    {name = "by", value = "COLUMN", default = "congress",
      help = "periods: congress, year, document, issuer, type, or an attribute of imported files"},
    {name = "where", value = "FILTER",
      help = "count only documents that pass, as in documents:where\"FILTER\""},
    {name = "per", value = "BASE", default = "syllables",
      choices = {"syllables", "sentences", "passages", "documents", "family"},
      help = "what counts are divided by: rates per 10,000 syllables or 1,000 sentences, the share "
        .. "of passages or documents with the wording, or its share of the whole lexicon"},
    {name = "without-reuse",
      help = "leave out what stands in wording repeated from an earlier document (12 syllables)"},
    {name = "once", help = "leave out documents that stand inside another one of their period"},
    {name = "evidence", value = "N", type = "integer",
      help = "lines of evidence for each count (default: 1; rows of json and jsonl carry them "
        .. "only when asked)"},
    {name = "test",
      help = "test over documents also when there are more than 2,000, and for records"},
    {name = "rounds", value = "N", type = "integer",
      help = "rounds of the test over documents (default: 2000)"},
    {name = "seed", value = "N", type = "integer",
      help = "seed of the random numbers (default: 1)"},
    {name = "provenance", help = "say program, store, its fingerprint, lexicon and SQL as well"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {[[vankien shift --phrase "tham gia" --phrase "chủ động tham gia"]], "two phrases by congress"},
    {[[vankien shift --phrase "chủ động (,|và)? tích cực" --phrase "tích cực"]],
      "a pattern and a phrase: what the pattern takes is nested"},
    {[[vankien shift --lexicon ladder.csv --by year --format csv]], "a ladder of one's own"},
    {[[vankien shift --phrase "tham gia" --per documents --without-reuse]],
      "in how many documents it stands, self-quotation left out"},
    {[[vankien shift --where "genre = 'foreign-policy section'" --evidence 2]],
      "one genre only, two lines of evidence each"},
  },
}

local function lexicon_of(options)
  if options.phrase and options.lexicon then
    err.raise("usage", "--phrase and --lexicon do not go together")
  end
  if options.lexicon then return require "vankien.corpus.lexicon_file".read(options.lexicon) end
  return options.phrase
end

local CARRIES_EVIDENCE = {table = true, markdown = true, html = true, json = true, jsonl = true}

-- Records carry evidence only when it was asked for.
local function evidence_wanted(options)
  local wanted = options.evidence
  if wanted and wanted > 0 and not CARRIES_EVIDENCE[options.format] then
    err.raise("usage", ("--evidence has no place in %s"):format(options.format),
      {hint = "use --format jsonl, or vankien kwic"})
  end
  if wanted then return wanted end
  local for_people = options.format ~= "json" and options.format ~= "jsonl"
    and CARRIES_EVIDENCE[options.format]
  return for_people and 1 or 0
end

local RECORDS = {json = true, jsonl = true, csv = true, tsv = true}

-- The test over documents stands beside the trends, which records do not carry.
local function test_wanted(options)
  if RECORDS[options.format] then return options.test or false end
  return options.test
end

-- In records each row gets the lines behind it.
local function attach(result)
  local by_cell = {}
  for _, line in ipairs(result.evidence) do
    local key = tostring(line.period) .. "\0" .. line.phrase
    by_cell[key] = by_cell[key] or require "vankien.util.json".array {}
    table.insert(by_cell[key], line)
  end
  local columns = table.move(result.columns, 1, #result.columns, 1, {})
  columns[#columns + 1] = {name = "evidence"}
  for _, row in ipairs(result.rows) do
    row.evidence = by_cell[tostring(row.period) .. "\0" .. row.phrase]
      or require "vankien.util.json".array {}
  end
  result.columns = columns
end

-- Without any text there is nothing to count; people get what quotations attest, programs an
-- error, since the records would not be those they expect.
local function only_quotations(store, options)
  return store:sql "SELECT count(*) AS n FROM texts"[1].n == 0 and options.format == "table"
    and not options.where and not options.phrase and options.by == "congress"
end

function shift.run(options, _, context)
  local evidence = evidence_wanted(options)
  local lexicon = lexicon_of(options)
  local store = context:open()
  if only_quotations(store, options) then
    context.say "no texts are imported yet: this is read off the store's quotations"
    context:print_result(require "vankien.corpus.attested".of(store, lexicon), options.format)
    return 0
  end
  local over = options.where and store:collection "documents":where(options.where) or nil
  local result = require "vankien.corpus.shift".of(store, lexicon,
    {by = options.by, over = over, once = options.once, evidence = evidence,
      test = test_wanted(options), rounds = options.rounds, seed = options.seed,
      per = options.per, reuse = options["without-reuse"] and "without" or nil})
  local in_records = options.format == "json" or options.format == "jsonl"
  if in_records and evidence > 0 then attach(result) end
  context:print_result(result, options.format, {provenance = options.provenance})
  return 0
end

return shift
