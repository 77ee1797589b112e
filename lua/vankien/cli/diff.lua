-- `vankien diff`: how a wording changed, word by word.

local analysis = require "vankien.cli.analysis"

local diff = {
  usage = "PHRASE [--from formulas|texts] [--where FILTER] [--any] [--format F] | TEXT TEXT",
  operands = {min = 1, max = 2, what = "a phrase, or two texts"},
  description = [[Compares the formulas that hold a phrase, or the clauses of the imported texts,
    each with the one before it in time: what was taken out, put in and moved, and whether what
    stands before the phrase grew. With two texts: one with the other.]],
  options = analysis.list(
    {name = "from", value = "SOURCE", choices = {"formulas", "texts"},
      help = "formulas of the store (default where there are two), or clauses of the texts"},
    {name = "any", help = "take in formulas that are only quoted by others"},
    "where", "over", "provenance", "format"),
  examples = {
    {[[vankien diff "trọng yếu, thường xuyên"]], "its subject, from congress to congress"},
    {[[vankien diff "thành viên có trách nhiệm" --format json]], "as data"},
    {[[vankien diff "muốn là bạn" "sẵn sàng là bạn, là đối tác tin cậy"]], "two texts"},
  },
}

function diff.run(options, operands, context)
  local store = context:open()
  local result
  if operands[2] then
    if options.from or options.any or options.where or options.over then
      require "vankien.util.err".raise("usage", "two texts are compared as they stand",
        {hint = "give one phrase to compare what the store holds"})
    end
    result = require "vankien.corpus.diff".of(store, operands[1], operands[2])
  else
    result = require "vankien.corpus.diff".of(store, operands[1], {
      from = options.from, evidence = options.any and "any" or nil,
      over = analysis.over(store, options),
    })
  end
  context:print_result(result, options.format, {provenance = options.provenance})
  return #result.wordings > 0 and 0 or 4
end

return diff
