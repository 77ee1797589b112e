-- `vankien align`: two documents side by side.

local analysis = require "vankien.cli.analysis"

local align = {
  usage = "DOCUMENT DOCUMENT [--unit U] [--least S] [--format F]",
  operands = {min = 2, max = 2, what = "two documents"},
  description = [[Puts two documents side by side by their most similar passages, whatever their
    order: what is the same, what was changed and how (word by word), what moved, and what only
    one of them has. Similarity is the Jaccard index of pairs of neighbouring syllables.]],
  options = analysis.list(
    {name = "unit", value = "U", choices = {"passage", "sentence"}, default = "passage",
      help = "what is put side by side: sentences where passages were cut in another way"},
    {name = "least", value = "S", help = "similarity from which passages belong together (0.25)"},
    "provenance", "format"),
  examples = {
    {"vankien align directive report", "two documents by the names of their files"},
    {"vankien align 25-CT/TW report --least 0.1 --format csv", "as records"},
  },
}

function align.run(options, operands, context)
  local store = context:open()
  local result = require "vankien.corpus.align".of(store, operands[1], operands[2],
    {least = analysis.number(options.least, "least"), unit = options.unit})
  context:print_result(result, options.format, {provenance = options.provenance})
  return 0
end

return align
