-- `vankien keyness`: keywords of one set of documents against another.

local analysis = require "vankien.cli.analysis"
local measures = {"g2", "log_ratio", "lrc", "percent_diff", "simple_maths", "odds_ratio",
  "difference_coefficient", "chi2", "specificity"}

local keyness = {
  usage = "DOCUMENTS [OTHERS] [--n N…] [--measure M] [--min N] [--limit N] [--format F]",
  operands = {min = 1, max = 2, what = "a set of documents: a key, a file name or a filter"},
  description = [[Compares every syllable, or n-gram of syllables, of one set of documents with
    another (without one: with all other documents): counts, rates per 10,000 syllables, G², Log
    Ratio. p_document is a test over documents, made where there are enough; p_token takes every
    word for a witness of its own. Both stand with Holm's and Benjamini-Hochberg's corrections over
    everything that was compared.]],
  options = analysis.list(
    {name = "n", value = "N", type = "integer", many = true,
      help = "n-grams of N syllables, 1 to 5 (default: 1)"},
    "phrase", "lexicon",
    {name = "measure", value = "M", choices = measures, default = "g2",
      help = "what ranks the rows"},
    {name = "cells", value = "C", choices = {"2", "4"}, default = "4", help = "cells of G²"},
    {name = "direction", value = "D", choices = {"both", "over", "under"}, default = "both",
      help = "over-used in the first set, under-used, or both"},
    {name = "min", value = "N", type = "integer",
      help = "least count in both sets together (default: 3, for phrases 1)"},
    "limit", "once", "test", "no-test", "rounds", "seed", "evidence", "window", "provenance",
    "format"),
  examples = {
    {[[vankien keyness "congress = 'XIII'" "congress = 'XII'" --min 1 --limit 10]],
      "what congress XIII says more and less often than XII"},
    {[[vankien keyness 25-CT/TW --n 2 --n 3 --direction over --min 2]],
      "word sequences of one document against all others"},
  },
}

function keyness.run(options, operands, context)
  local store = context:open()
  local lexicon = analysis.phrases(options)
  local result = require "vankien.corpus.keyness".of(store, operands[1], operands[2], {
    n = options.n, lexicon = lexicon, measure = options.measure, cells = tonumber(options.cells),
    direction = options.direction, min = options.min, limit = options.limit, once = options.once,
    test = analysis.test(options), rounds = options.rounds, seed = options.seed,
    evidence = analysis.evidence(options, 1), window = options.window,
  })
  analysis.print(context, result, options, function(row) return row.form end,
    function(line) return line.phrase end)
  return 0
end

return keyness
