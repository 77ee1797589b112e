-- `vankien colloc`: what stands around a phrase.

local analysis = require "vankien.cli.analysis"
local err = require "vankien.util.err"
local measures = {"log_dice", "g2", "mi", "mi3", "npmi", "t_score", "z_score", "dice", "chi2",
  "delta_p", "min_sensitivity", "log_odds"}

local colloc = {
  usage = "PHRASE… [--window W] [--n N] [--measure M] [--min N] [--limit N] [--format F]",
  operands = {min = 1, what = "a phrase"},
  description = [[Scores what stands near a phrase: single syllables, or n-grams of them, within a
    window of syllables that never leaves the sentence, or anywhere in its sentences or passages.
    Each score comes from an exact table of places (or sentences, or passages) whose margins are
    printed; the phrase's own places are left out of it.]],
  options = analysis.list(
    {name = "window", value = "W", default = "5",
      help = "syllables on either side (5), left and right (2,5), sentence, or passage"},
    {name = "n", value = "N", type = "integer", default = 1,
      help = "collocates of N syllables, 1 to 5"},
    {name = "measure", value = "M", choices = measures, default = "log_dice",
      help = "what ranks the rows"},
    {name = "min", value = "N", type = "integer", default = 3,
      help = "least count beside the phrase"},
    "limit", "where", "over", "once", "evidence", "provenance", "format"),
  examples = {
    {[[vankien colloc "tham gia" --min 1 --limit 5]], "within five syllables on either side"},
    {[[vankien colloc "chủ động" --window 0,3 --n 2 --min 1 --measure mi]],
      "what follows: two syllables within three"},
    {[[vankien colloc "tham gia" --window sentence --min 1 --format csv]], "in its sentences"},
  },
}

local function window_of(word)
  if word == "sentence" or word == "passage" then return word end
  local left, right = word:match "^(%d+),(%d+)$"
  if left then return {tonumber(left), tonumber(right)} end
  return math.tointeger(tonumber(word)) or err.raise("usage",
    ("--window cannot be %q"):format(word), {hint = "5, or 2,5, or sentence, or passage"})
end

function colloc.run(options, operands, context)
  local window = window_of(options.window)
  local store = context:open()
  local result = require "vankien.corpus.colloc".of(store, operands, {
    window = window, n = options.n, measure = options.measure, min = options.min,
    limit = options.limit, over = analysis.over(store, options), once = options.once,
    evidence = analysis.evidence(options, 3),
  })
  analysis.print(context, result, options, function() return "all" end,
    function() return "all" end)
  return result.nodes > 0 and 0 or 4
end

return colloc
