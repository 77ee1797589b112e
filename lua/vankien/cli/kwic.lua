-- `vankien kwic`: a phrase in its surroundings, with the place where each line stands.

local analysis = require "vankien.cli.analysis"
local report = require "vankien.report"

local kwic = {
  usage = "PHRASE… [--where FILTER] [--window N] [--limit N | --sample N] [--sort S] [--format F]",
  operands = {min = 1, what = "a phrase"},
  description = [[Shows every place where a phrase stands in the imported texts, oldest document
    first, with document, section and the bytes of the original. Case and tone placement do
    not matter; marks do. A phrase with one of ( ) | ? * { } _ ~ \, a "+" or a gap is a pattern:
    (a|b) is one of two, a? a* a+ a{1,3} repeat a word or a group, _ is any one token, ..3 a gap
    of up to three tokens, ~hoi a syllable whatever its marks, "…" or \( finds such signs.]],
  options = {
    {name = "where", value = "FILTER",
      help = "look only in documents that pass, as in documents:where\"FILTER\""},
    {name = "window", value = "N",
      help = "words and marks on either side, or \"sentence\" (default: 8)"},
    {name = "limit", value = "N", type = "integer", help = "lines at most (default: 100)"},
    {name = "sort", value = "S", choices = {"date", "left", "right"}, default = "date",
      help = "order of the lines shown: by date, or by the words left or right of the phrase"},
    {name = "sample", value = "N", type = "integer",
      help = "instead of the first lines, N drawn at random of all places"},
    {name = "seed", value = "N", type = "integer", help = "seed of the sample (default: 1)"},
    {name = "no-total", help = "do not count the places beyond those shown"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {[[vankien kwic "hội nhập quốc tế" --limit 5]], "five places, oldest first"},
    {[[vankien kwic "chủ động (,|và)? (tích cực)? tham gia"]], "a pattern: with parts left out"},
    {[[vankien kwic "chủ động" "tích cực" --where "congress = 'XIII'" --format jsonl]],
      "two phrases in the documents of one congress"},
    {[[vankien kwic "hội nhập" --sample 20 --seed 7 --sort right --window sentence]],
      "twenty places drawn at random, in whole sentences"},
  },
}

function kwic.run(options, operands, context)
  local store = context:open()
  local over = options.where and store:collection "documents":where(options.where) or nil
  local result = require "vankien.corpus.kwic".of(store, operands,
    {over = over, window = analysis.window(options.window), sort = options.sort,
      limit = options.limit or not options.sample and 100 or nil,
      sample = options.sample, seed = options.seed, total = not options["no-total"]})
  context:print_result(result, options.format)
  if #result.rows == 0 then
    local texts = store:sql "SELECT count(*) AS n FROM texts"[1].n
    context.say("no place found%s", texts == 0 and ": the store holds no texts yet" or "")
    return 4
  end
  return 0
end

return kwic
