-- `vankien recipe run NAME`: the parameters of the recipe become options of the command.

local common = require "vankien.cli.recipe_common"
local err = require "vankien.util.err"
local job = require "vankien.recipe.job"
local list = require "vankien.util.list"
local options = require "vankien.cli.options"
local report = require "vankien.report"

local run = {
  usage = "NAME|FILE [--PARAMETER VALUE…] [--format F] [--seed N] [--limit-seconds N …]",
  stops = true,
  helps = true,                   -- with a recipe named, --help is about that recipe
  operands = {min = 1, what = "a recipe: its name, or the path of its file"},
  description = [[Runs a recipe in a process of its own: it reads the store and nothing else, and
    ends with its time, memory and output. Its parameters are options behind its name;
    `vankien recipe run NAME --help` lists them. Rows go to standard output, notes to standard
    error. A lexicon is several --NAME, texts with “;” between the phrases, or @FILE.
    Exit codes: 1 the recipe failed, 3 it did what it may not, 124 its time was over.]],
  options = {
    {name = "format", value = "F", choices = report.formats, help = "how to print"},
    {name = "seed", value = "N", type = "integer",
      help = "seed of its random numbers (default: 1)"},
    table.unpack(common.limits),
  },
  examples = {
    {"vankien recipe run participation-shift --by year", "one of those that come with the program"},
    {[[vankien recipe run participation-shift --phrases "tham dự; tham gia" --format csv]],
      "a parameter, and a format for a spreadsheet"},
  },
}

-- The recipe's own options, then ours: one description for parsing and for help.
local function described(entry)
  local title = entry.meta.title.en or entry.meta.title.vi
  local summary = entry.meta.summary and (entry.meta.summary.en or entry.meta.summary.vi)
  local own = list.map(entry.meta.params, common.option_of)
  return {
    name = "recipe run " .. entry.name, summary = title, description = summary,
    usage = "[--PARAMETER VALUE…] [--format F]", options = list.concat(own, run.options),
  }
end

local function read_lexicon(texts)
  if #texts == 1 and texts[1]:sub(1, 1) == "@" then
    local lexicon = require "vankien.corpus.lexicon_file".read(texts[1]:sub(2))
    return list.map(lexicon, function(entry)
      return {phrase = entry.phrase, rung = entry.rung, label = entry.label}
    end)
  end
  return table.concat(texts, ";")
end

-- What was given, by the names of the parameters.
local function parameters_in(command, given)
  local out = {}
  for _, option in ipairs(command.options) do
    local value = option.param and given[option.name]
    if value ~= nil and option.param then
      out[option.param] = option.many and read_lexicon(value) or value
    end
  end
  return out
end

-- Options of ours may stand before the name or behind it.
local function merged(before, after)
  for _, option in ipairs(run.options) do
    local name = option.name
    if before[name] ~= nil and after[name] ~= nil then
      err.raise("usage", ("--%s is given twice"):format(name))
    end
    if after[name] == nil then after[name] = before[name] end
  end
  return after
end

local function start(entry, command, given, context)
  local store = entry.meta.permissions.read and context:open() or nil
  local outcome, problem = job.run(entry, parameters_in(command, given), {
    store = store, seed = given.seed, limits = common.limits_of(given),
    require_jail = given["require-jail"], trusted = entry.shelf == "program",
  })
  if not outcome then error(problem, 0) end
  return outcome
end

function run.run(before, operands, context)
  local text_of = require "vankien.cli.help".text
  if not operands[1] then
    io.stdout:write(text_of(run))
    return 0
  end
  local entry = common.find(operands[1])
  local command = described(entry)
  local after, rest = options.parse(command, operands, 2)
  if not after then error(rest, 0) end
  local given = merged(before, after)
  if given.help or before.help then
    io.stdout:write(text_of(command))
    return 0
  end
  local outcome = start(entry, command, given, context)
  common.say_printed(entry, outcome.printed)
  if outcome.result then common.print(context, outcome.result, given.format or "table") end
  return common.exit(outcome)
end

return run
