-- `vankien reuse`: what a document repeats from earlier ones.

local analysis = require "vankien.cli.analysis"

local reuse = {
  usage = "DOCUMENT… | --where FILTER [--least N] [--limit N] [--format F]",
  operands = {min = 0, what = "documents"},
  description = [[Finds the runs of wording that documents have in common with documents of an
    earlier date, syllable by syllable whatever numbers, marks and layout, with the places on both
    sides and the share of each document that they make. Documents are named by key, number or the
    name of their imported file. vankien shift --without-reuse counts without them.]],
  options = analysis.list(
    {name = "where", value = "FILTER",
      help = "documents that pass, as in documents:where\"FILTER\", instead of names"},
    {name = "least", value = "N", type = "integer", default = 12,
      help = "syllables of the shortest run"},
    {name = "limit", value = "N", type = "integer", default = 200, help = "runs at most"},
    "provenance", "format"),
  examples = {
    {"vankien reuse report --least 6", "what one document repeats, by the name of its file"},
    {[[vankien reuse --where "congress = 'XIII'" --format jsonl]],
      "all documents of a congress term, as records"},
  },
}

function reuse.run(options, operands, context)
  local err = require "vankien.util.err"
  if (#operands > 0) == (options.where ~= nil) then
    err.raise("usage", #operands > 0 and "documents and --where do not go together"
      or "reuse needs documents or --where", {hint = "vankien help reuse"})
  end
  local store = context:open()
  local which = options.where and store:collection "documents":where(options.where) or operands
  local result = require "vankien.corpus.reuse".of(store, which,
    {least = options.least, limit = options.limit})
  context:print_result(result, options.format, {provenance = options.provenance})
  return 0
end

return reuse
