-- `vankien trend`: does a rate rise or fall along the periods?

local analysis = require "vankien.cli.analysis"

local trend = {
  usage = "[PHRASE… | --lexicon FILE] [--by congress|year|issued] [--where FILTER] [--format F]",
  operands = {min = 0, what = "a phrase"},
  description = [[Tests the rate of each phrase along the periods: exact Mann-Kendall with what so
    few periods can show at all, Theil-Sen's slope per year over real, uneven years with its
    interval, Pettitt's change point, and two stages by neighbour clustering. Where periods have
    several documents, p_document is a test over documents. Without a phrase: the store's stance
    terms.]],
  options = analysis.list("lexicon",
    {name = "by", value = "PERIOD", choices = {"congress", "year", "issued"},
      default = "congress", help = "periods"},
    {name = "distance", value = "D", choices = {"sd", "cv"}, default = "sd",
      help = "distance of the neighbour clustering"},
    {name = "level", value = "L", default = "0.95", help = "level of the slope's interval"},
    "where", "over", "once", "test", "no-test", "rounds", "seed", "evidence", "provenance",
    "format"),
  examples = {
    {[[vankien trend "tham gia" "chủ động tham gia"]], "two phrases by congress"},
    {[[vankien trend "tham gia" --by year --format json]], "by year, for a program"},
  },
}

function trend.run(options, operands, context)
  local phrases = analysis.phrases(options, operands)
  local level = analysis.number(options.level, "level")
  local store = context:open()
  local result = require "vankien.corpus.trend".of(store, phrases, {
    by = options.by, over = analysis.over(store, options), once = options.once,
    distance = options.distance, level = level, test = analysis.test(options),
    rounds = options.rounds, seed = options.seed, evidence = analysis.evidence(options, 1),
  })
  analysis.print(context, result, options, function(row) return row.phrase end,
    function(line) return line.phrase end)
  return 0
end

return trend
