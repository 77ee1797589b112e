-- `vankien recipe run NAME`: the parameters of the recipe become options of the command.

local common = require "vankien.cli.recipe_common"
local err = require "vankien.util.err"
local job = require "vankien.recipe.job"
local list = require "vankien.util.list"
local options = require "vankien.cli.options"
local recording = require "vankien.cli.recipe_record"
local report = require "vankien.report"
local visible = require "vankien.report.visible"

local run = {
  usage = "NAME|FILE [--PARAMETER VALUE…] [--format F] [--seed N] [--limit-seconds N …]",
  stops = true,
  helps = true,                   -- with a recipe named, --help is about that recipe
  completes = "recipe",
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
    {name = "frozen", help = "refuse when what it uses is not what the lock file says"},
    {name = "yes", help = "add the rows that it proposes, without asking"},
    recording.options[1], recording.options[2],
    table.unpack(common.limits),
  },
  examples = {
    {"vankien recipe run participation-shift --by year", "one of those that come with the program"},
    {[[vankien recipe run participation-shift --phrases "tham dự; tham gia" --format csv]],
      "a parameter, and a format for a spreadsheet"},
    {"vankien recipe run participation-shift --record run.json", "keep it for recipe replay"},
  },
}

-- The recipe's own options, then ours: one description for parsing and for help.
local function described(entry)
  local title = entry.meta.title.en or entry.meta.title.vi
  local summary = entry.meta.summary and (entry.meta.summary.en or entry.meta.summary.vi)
  local own = list.map(entry.meta.params, common.option_of)
  return {
    name = "recipe run " .. entry.name, summary = visible.line(title),
    description = summary and visible.line(summary),
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

-- For parsing only: what a value may be is said by parameters.lua, for all of them at once.
local function for_parsing(command)
  local out = {}
  for key, value in pairs(command) do out[key] = value end
  out.options = list.map(command.options, function(option)
    if not option.param then return option end
    return {name = option.name, param = option.param, value = option.value, many = option.many,
      may_equal = option.may_equal, may_be_empty = true}
  end)
  return out
end

local function is_known(command, name)
  if name == "help" then return true end
  for _, option in ipairs(command.options) do
    if option.name == name then return true end
  end
  return false
end

-- Options that nobody knows are kept for the one message about all that is wrong.
local function without_unknown(command, words)
  local known, unknown, at = {words[1]}, {}, 2
  while words[at] do
    local name, value = words[at]:match "^%-%-([^=]+)=?(.*)$"
    if name and name:gsub("_", "-") ~= name and is_known(command, (name:gsub("_", "-"))) then
      known[#known + 1] = "--" .. words[at]:sub(3):gsub("^[^=]+", (name:gsub("_", "-")))
    elseif name and not is_known(command, name) then
      local next_word = words[at + 1]
      local takes = not words[at]:find("=", 1, true) and next_word and next_word:sub(1, 1) ~= "-"
      unknown[name] = takes and next_word or value
      at = takes and at + 1 or at
    else
      known[#known + 1] = words[at]
    end
    at = at + 1
  end
  return known, unknown
end

-- What was given, by the names of the parameters.
local function parameters_in(command, given, unknown)
  local out = {}
  for name, value in pairs(unknown) do out[name] = value end
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

local function start(entry, params, given, context)
  local store = entry.meta.permissions.read and context:open() or nil
  local agreed = common.agree(entry, context, {frozen = given.frozen, store = store})
  local finish = (given.record or given.provenance) and recording.begin(store)
  local outcome, problem = job.run(entry, params, {
    store = store, seed = given.seed, limits = common.limits_of(given),
    require_jail = given["require-jail"], permissions = agreed.permissions, uses = agreed.uses,
    options = list.map(run.options, function(option) return "--" .. option.name end),
  })
  if not outcome then error(problem, 0) end
  outcome.made = finish and outcome.result and finish(entry, outcome, agreed.uses)
  return outcome
end

local function print_help(of)
  io.stdout:write(require "vankien.cli.help".text(of))
  return 0
end

function run.run(before, operands, context)
  if not operands[1] then return print_help(run) end
  local entry = common.find(operands[1], context)
  local command = described(entry)
  local words, unknown = without_unknown(command, operands)
  local after, rest = options.parse(for_parsing(command), words, 2)
  if not after then error(rest, 0) end
  local given = merged(before, after)
  if given.help or before.help then return print_help(command) end
  local outcome = start(entry, parameters_in(command, given, unknown), given, context)
  common.say_printed(entry, outcome.printed)
  if outcome.result then
    common.print(context, outcome.result, given.format or "table")
    if outcome.made then recording.finish(given, outcome.made, outcome.result) end
    require "vankien.cli.recipe_plan".offer(outcome, given.yes, context)
  end
  return common.exit(outcome)
end

return run
