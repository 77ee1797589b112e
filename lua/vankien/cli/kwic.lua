-- `vankien kwic`: a phrase in its surroundings, with the place where each line stands.

local report = require "vankien.report"

local kwic = {
  usage = "PHRASE… [--where FILTER] [--window N] [--limit N] [--format F]",
  operands = {min = 1, what = "a phrase"},
  description = [[Shows every place where a phrase stands in the imported texts, oldest document
    first, with document, section and the bytes of the original. Case and tone placement do
    not matter; marks do. A phrase with one of ( ) | ? * { } _ ~ \, a "+" or a gap is a pattern:
    (a|b) is one of two, a? a* a+ a{1,3} repeat a word or a group, _ is any one token, ..3 a gap
    of up to three tokens, ~hoi a syllable whatever its marks, "…" or \( finds such signs.]],
  options = {
    {name = "where", value = "FILTER",
      help = "look only in documents that pass, as in documents:where\"FILTER\""},
    {name = "window", value = "N", type = "integer", default = 8,
      help = "words and marks on either side"},
    {name = "limit", value = "N", type = "integer", default = 100, help = "lines at most"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {[[vankien kwic "hội nhập quốc tế" --limit 5]], "five places, oldest first"},
    {[[vankien kwic "chủ động (,|và)? (tích cực)? tham gia"]], "a pattern: with parts left out"},
    {[[vankien kwic "chủ động" "tích cực" --where "congress = 'XIII'" --format jsonl]],
      "two phrases in the documents of one congress"},
  },
}

function kwic.run(options, operands, context)
  local store = context:open()
  local over = options.where and store:collection "documents":where(options.where) or nil
  local result = require "vankien.corpus.kwic".of(store, operands,
    {over = over, window = options.window, limit = options.limit})
  context:print_result(result, options.format)
  if #result.rows == 0 then
    local texts = store:sql "SELECT count(*) AS n FROM texts"[1].n
    context.say("no place found%s", texts == 0 and ": the store holds no texts yet" or "")
    return 4
  end
  return 0
end

return kwic
