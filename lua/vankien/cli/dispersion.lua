-- `vankien dispersion`: how evenly phrases are spread.

local analysis = require "vankien.cli.analysis"

local dispersion = {
  usage = "(PHRASE… | --lexicon FILE) [--by COLUMN] [--where FILTER] [--format F]",
  operands = {min = 0, what = "a phrase"},
  description = [[Says how evenly phrases are spread over documents, passages, or the groups of any
    column: range, DP and DPnorm, Juilland's D and U, Carroll's D2, Rosengren's S, Kullback-Leibler
    divergence, Engwall's and Kromer's measures by parts with their real sizes; ARF, AWT and ALD by
    places in syllables.]],
  options = analysis.list("lexicon",
    {name = "by", value = "COLUMN", default = "document",
      help = "parts: document, passage, congress, year, or an attribute of imported files"},
    "where", "over", "once", "evidence", "provenance", "format"),
  examples = {
    {[[vankien dispersion "tham gia" "chủ động tham gia"]], "two phrases over documents"},
    {[[vankien dispersion "tham gia" --by passage --over 25-CT/TW --format json]],
      "within one document"},
  },
}

function dispersion.run(options, operands, context)
  local phrases = analysis.phrases(options, operands)
  if not phrases then
    require "vankien.util.err".raise("usage", "dispersion needs a phrase",
      {hint = "vankien help dispersion"})
  end
  local store = context:open()
  local result = require "vankien.corpus.dispersion".of(store, phrases, {
    by = options.by, over = analysis.over(store, options), once = options.once,
    evidence = analysis.evidence(options, 1),
  })
  analysis.print(context, result, options, function(row) return row.phrase end,
    function(line) return line.phrase end)
  return 0
end

return dispersion
