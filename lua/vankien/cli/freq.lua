-- `vankien freq`: the most frequent syllables, n-grams, or given phrases.

local analysis = require "vankien.cli.analysis"

local freq = {
  usage = "[PHRASE… | --lexicon FILE] [--n N…] [--min N] [--limit N] [--where FILTER] [--format F]",
  operands = {min = 0, what = "a phrase"},
  description = [[Lists the most frequent syllables or n-grams of a set of documents, or how often
    given phrases stand there, with rates per 10,000 syllables and their exact Poisson intervals.]],
  options = analysis.list("lexicon",
    {name = "n", value = "N", type = "integer", many = true,
      help = "n-grams of N syllables, 1 to 5 (default: 1)"},
    "min", "limit", "where", "over", "once", "evidence", "provenance", "format"),
  examples = {
    {[[vankien freq --n 2 --limit 5]], "the most frequent pairs of syllables"},
    {[[vankien freq "tham gia" "hội nhập" --where "congress = 'XIII'" --format csv]],
      "two phrases in the documents of one congress"},
  },
}

function freq.run(options, operands, context)
  local phrases = analysis.phrases(options, operands)
  local store = context:open()
  local result = require "vankien.corpus.freq".of(store, phrases, {
    n = options.n, min = options.min, limit = options.limit,
    over = analysis.over(store, options), once = options.once,
    evidence = analysis.evidence(options, 1),
  })
  analysis.print(context, result, options, function(row) return row.form end,
    function(line) return line.phrase end)
  return 0
end

return freq
