-- `vankien search`: passages by their words, the best first.

local analysis = require "vankien.cli.analysis"

local search = {
  usage = "WORDS… [--where FILTER | --over DOCUMENT] [--limit N] [--sort S] [--format F]",
  operands = {min = 1, what = "some words"},
  description = [[Finds the passages that hold some words, ranked by BM25. Words that follow each
    other stand together in the text, as in a quotation; hội AND nhập finds them apart. A syllable
    typed without marks is any marking of it (hoi nhap: hội nhập), one typed with marks only
    itself; passages that hold the words as typed come first. The language: AND, OR, NOT in
    capitals, brackets, "…", NEAR(a, b, 5) for two phrases with at most five words between them in
    one sentence, word* for what begins so, =word for exactly these marks. A search with one of
    | ? { } ~ _ \, a "+" or a gap is a pattern (vankien help kwic). Nothing here changes a count:
    kwic and shift count. Exit code 4 when nothing is found.]],
  options = analysis.list("where", "over",
    {name = "limit", value = "N", type = "integer", default = 20, help = "passages at most"},
    {name = "sort", value = "S", choices = {"rank", "date"}, default = "rank",
      help = "the best first, or the oldest"},
    {name = "window", value = "N",
      help = "words and marks on either side in excerpts, or \"sentence\" (default: 12)"},
    {name = "pattern", help = "the words are a pattern, whatever signs they hold"},
    "provenance", "format"),
  examples = {
    {[[vankien search "hoi nhap quoc te" --limit 5]], "typed without marks"},
    {[[vankien search '"chủ động, tích cực" AND hội nhập NOT ASEAN']], "some words and not others"},
    {[[vankien search 'NEAR(tham gia, thể chế, 10) OR nòng cốt' --where "congress = 'XIII'"]],
      "near each other, in the documents of one congress"},
    {[[vankien search "chủ động (,|và)? tích cực" --format jsonl]], "a pattern, as records"},
  },
}

function search.run(options, operands, context)
  local store = context:open()
  local pattern
  if options.pattern then pattern = true end
  local result = require "vankien.corpus.search".of(store, table.concat(operands, " "), {
    over = analysis.over(store, options), limit = options.limit, sort = options.sort,
    window = analysis.window(options.window), pattern = pattern,
  })
  context:print_result(result, options.format, {provenance = options.provenance})
  return result.total > 0 and 0 or 4
end

return search
