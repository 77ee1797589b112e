-- `vankien recipe replay`: a recorded run again, and whether it gives the same.

local common = require "vankien.cli.recipe_common"
local job = require "vankien.recipe.job"
local life = require "vankien.cli.recipe_life"
local list = require "vankien.util.list"
local provenance = require "vankien.recipe.provenance"
local record = require "vankien.recipe.record"
local replay = require "vankien.recipe.replay"
local report = require "vankien.report"
local recording = require "vankien.cli.recipe_record"

local command = {
  usage = "RECORD [--recipe NAME|FILE] [--all] [--format F]",
  operands = {min = 1, max = 1, what = "a record that `recipe run --record FILE` wrote"},
  description = [[Runs the recipe of a record again, with its parameters and its seed, on the store
    at hand, and says “same”, or “changed” with the cells that changed and what they changed
    because of: the recipe, what it uses, the program, the documents and tables of the store.
    Exit code 0 when the result is the same, 5 when it changed.]],
  options = {
    {name = "recipe", value = "NAME", help = "the recipe to run (else the text of the record, or "
      .. "where that is not on a shelf the recipe of its name)"},
    {name = "all", help = "print every change and reason (else the first 50 and 20)"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print what changed"},
    table.unpack(common.limits),
  },
  examples = {
    {"vankien recipe replay run.json", "still the same?"},
  },
}

local MOST, MOST_REASONS = 50, 20
local COLUMNS = {"change", {name = "row", type = "integer"}, "of", "column", "before", "now"}

local function say_because(because, word, write, is_all)
  local most = is_all and #because or math.min(MOST_REASONS, #because)
  for i = 1, most do write(("  %s %s\n"):format(word, because[i])) end
  if most < #because then write(("  and %d more\n"):format(#because - most)) end
end

-- The table for people says the verdict above it; beside other formats it is talk.
local function tell(judged, options, context)
  local is_table = options.format == "table"
  local write = is_table and life.print or function(text) context.say("%s", text:sub(1, -2)) end
  write(judged.verdict .. "\n")
  say_because(judged.because, judged.verdict == "same" and "though" or "because", write,
    options.all)
  local shown = judged.changes
  if is_table and not options.all then shown = list.slice(shown, 1, math.min(MOST, #shown)) end
  if #shown > 0 or not is_table then context:print_rows(shown, COLUMNS, options.format) end
  if #shown < #judged.changes then
    context.say("%d of %d changes; --all prints every one", #shown, #judged.changes)
  end
end

local function run_again(of, entry, store, options, context)
  local agreed = common.agree(entry, context, {store = store, save = false, prefer = of.uses})
  local finish = recording.begin(store)
  local outcome = life.must(job.run(entry, of.params, {
    store = store, seed = of.seed, limits = common.limits_of(options), uses = agreed.uses,
    require_jail = options["require-jail"], permissions = agreed.permissions,
  }))
  return outcome, finish(entry, outcome, agreed.uses)
end

-- There was a result then and there is none now.
local function failed(of, outcome, made, options, context)
  local code = common.exit(outcome)
  context.say "the recorded run had a result"
  say_because(provenance.differences(of, made), "because perhaps",
    function(text) context.say("%s", text:sub(1, -2)) end, options.all)
  return code
end

function command.run(options, operands, context)
  local of = life.must(record.load(operands[1]))
  local store = of.store and context:open() or nil
  local entry = life.must(replay.find(of, {store = store, file = options.recipe}))
  local outcome, made = run_again(of, entry, store, options, context)
  common.say_printed(entry, outcome.printed)
  if not outcome.result then return failed(of, outcome, made, options, context) end
  local judged = replay.judge(of, made, outcome.result)
  tell(judged, options, context)
  return judged.verdict == "same" and 0 or 5
end

return command
