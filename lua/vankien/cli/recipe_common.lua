-- What the subcommands of `vankien recipe` share: finding a recipe, its limits, what is printed of
-- a run, and how it ends.

local depends = require "vankien.recipe.depends"
local fail = require "vankien.cli.fail"
local list = require "vankien.util.list"
local output = require "vankien.recipe.output"
local parameters = require "vankien.recipe.parameters"
local problems = require "vankien.recipe.problems"
local report = require "vankien.report"
local shelf = require "vankien.recipe.shelf"
local sys = require "vankien.host.sys"
local trust = require "vankien.recipe.trust"
local visible = require "vankien.report.visible"

local common = {}

--- Limits that the person sets; they only lower what the recipe gets.
common.limits = {
  {name = "limit-seconds", value = "N", type = "integer", help = "end it after N seconds"},
  {name = "limit-memory-mb", value = "N", type = "integer", help = "give it N MB of memory"},
  {name = "limit-output-mb", value = "N", type = "integer", help = "take N MB of result"},
  {name = "limit-rows", value = "N", type = "integer", help = "take N rows"},
  {name = "require-jail", help = "refuse to run where the system cannot close the jail wholly"},
}

--- The limits among options, as job.run has them.
--- Shape: options -> {seconds, memory_mb, output_mb, rows}.
--- Units: seconds, MB, rows.
--- Errors: none.
--- Source: own.
function common.limits_of(options)
  return {
    seconds = options["limit-seconds"], memory_mb = options["limit-memory-mb"],
    output_mb = options["limit-output-mb"], rows = options["limit-rows"],
  }
end

--- Find a recipe by name or file; a name may be that of a recipe in the store.
--- Shape: name or path, context -> entry.
--- Units: none.
--- Errors: raises not_found, or what is wrong with the file.
--- Source: own.
function common.find(given, context)
  local store = not shelf.is_file_name(given) and context:open() or nil
  local entry, problem = shelf.find(given, {store = store})
  if not entry then error(problem, 0) end
  return entry
end

--- What a recipe depends on, and what it may do; asks where somebody can be asked.
--- Shape: entry, context, {frozen =} -> options for job.run: {uses, permissions}.
--- Units: none.
--- Errors: raises refused when it may not run, what resolving its dependencies says.
--- Source: own.
function common.agree(entry, context, options)
  local uses, info = depends.resolve(entry, {frozen = options.frozen, save = options.save,
    prefer = options.prefer, store = options.store})
  if not uses then error(problems.together(info, "what " .. entry.name .. " uses"), 0) end
  for _, sentence in ipairs(options.save ~= false and info.changed or {}) do
    context.say("%s", sentence)
  end
  if info.problem then context.say("%s", tostring(info.problem)) end
  local agreed, problem = trust.consent(entry,
    {terminal = sys.isatty(0) and sys.isatty(2), depends = uses})
  if not agreed then error(problem, 0) end
  return {uses = uses, permissions = agreed.permissions}
end

local OPTION_TYPES = {integer = true}

local function help_of(param)
  local help = param.help and (param.help.en or param.help.vi) or param.type
  local facts = {}
  if param.required then facts[1] = "needed" end
  if param.min ~= nil then facts[#facts + 1] = "from " .. param.min end
  if param.max ~= nil then facts[#facts + 1] = "to " .. param.max end
  if param.choices_from then facts[#facts + 1] = "one of " .. param.choices_from end
  if #facts == 0 then return visible.line(help) end
  return visible.line(("%s (%s)"):format(help, table.concat(facts, ", ")))
end

--- A value of a parameter as it is written on the command line.
--- Shape: value -> text, number, boolean or nil.
--- Units: none.
--- Errors: none.
--- Source: own.
function common.default_text(value)
  if type(value) ~= "table" then return value end
  return table.concat(list.map(value, function(entry)
    return type(entry) == "table" and entry.phrase or entry
  end), "; ")
end

--- A parameter as an option of the command line.
--- Shape: parameter -> option; `param` is its name.
--- Units: none.
--- Errors: none.
--- Source: own.
function common.option_of(param)
  local is_flag = param.type == "boolean"
  return {
    name = parameters.option(param.name):sub(3), param = param.name, help = help_of(param),
    value = not is_flag and param.name:upper():gsub("_", "-") or nil, may_equal = is_flag,
    choices = param.choices and list.map(param.choices, function(choice)
      return visible.line(tostring(choice))
    end) or nil,
    many = param.type == "lexicon", shown_default = param.default ~= nil
      and visible.line(tostring(common.default_text(param.default))) or nil,
    may_be_empty = true, type = OPTION_TYPES[param.type] and "signed" or nil,
  }
end

--- Print the rows of a result; its notes go to standard error.
--- Shape: context, result, format -> nothing.
--- Units: none.
--- Errors: raises usage for an unknown format.
--- Source: own.
function common.print(context, result, format)
  local shown = {
    rows = output.harmless(result.rows, format), columns = output.columns(result.columns, format),
    title = result.title and visible.line(result.title),
    evidence = result.evidence and output.harmless(result.evidence, format),
  }
  local is_empty = #shown.rows == 0 and not shown.columns and format == "table"
  io.stdout:write(is_empty and "(0 rows)\n"
    or (report.result(shown, format, context:screen())))
  io.stdout:flush()
  for _, note in ipairs(result.notes) do io.stderr:write("note: ", visible.line(note), "\n") end
end

--- Say what a recipe printed, each line with the recipe's name before it.
--- Shape: entry, text or nil -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
function common.say_printed(entry, printed)
  if not printed or printed == "" then return end
  for line in (printed:gsub("\n$", "") .. "\n"):gmatch "([^\n]*)\n" do
    io.stderr:write(entry.name, ": ", visible.line(line), "\n")
  end
end

local EXITS = {
  finished = 0, error = 1, memory = 1, output = 1, crashed = 1, permission = 3, refused = 3,
  time = 124, interrupted = 130,
}

-- A message of a recipe cannot begin a line of its own that looks like ours.
local function one_block(problem)
  return (fail.text(problem):gsub("\n(.)", "\n  %1"):gsub("\n    hint: ", "\n  hint: "))
end

--- Say how a run ended badly; the exit code of every end.
--- Shape: outcome of job.run -> exit code.
--- Units: none.
--- Errors: none.
--- Source: own.
function common.exit(outcome)
  if outcome.warning then io.stderr:write("vankien: ", visible.line(outcome.warning), "\n") end
  if outcome.problem then io.stderr:write(one_block(outcome.problem)) end
  return EXITS[outcome.ended] or 1
end

return common
