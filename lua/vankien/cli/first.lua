-- `vankien first`: where a wording stands first.

local analysis = require "vankien.cli.analysis"

local first = {
  usage = "[PHRASE… | --lexicon FILE] [--by COLUMN] [--where FILTER | --over DOC] [--format F]",
  operands = {min = 0, what = "phrases"},
  description = [[Says in which document each phrase or pattern stands first, by the dates of the
    documents and no more exactly than they are: documents whose dates overlap ("2016" and
    "2016-01") are all given, as tied; those without a date are named in a note. With --by, the
    first of each period. Without phrases: the store's stance terms. A quotation of the store that
    is older than every text is told too. Exit code 4 when no phrase stands anywhere.]],
  options = analysis.list("lexicon",
    {name = "by", value = "COLUMN",
      help = "the first of each: congress, year, issuer, type, or an attribute of imported files"},
    "where", "over", "window", "provenance", "format"),
  examples = {
    {[[vankien first "chủ động tham gia" "định hình"]], "two phrases"},
    {[[vankien first "chủ động (,|và)? tích cực" --by congress --format csv]],
      "the first of each congress term, as records"},
  },
}

function first.run(options, operands, context)
  local phrases = analysis.phrases(options, operands)
  local store = context:open()
  local result = require "vankien.corpus.first".of(store, phrases,
    {by = options.by, over = analysis.over(store, options), window = options.window})
  context:print_result(result, options.format, {provenance = options.provenance})
  return #result.rows > 0 and 0 or 4
end

return first
