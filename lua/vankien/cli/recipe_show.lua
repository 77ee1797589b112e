-- `vankien recipe show NAME`: what a recipe asks, takes, gives back and may do; where it comes
-- from; and what it says about its own fixture.

local cell = require "vankien.report.cell"
local common = require "vankien.cli.recipe_common"
local fixture = require "vankien.recipe.fixture"
local job = require "vankien.recipe.job"
local list = require "vankien.util.list"
local output = require "vankien.recipe.output"
local parameters = require "vankien.recipe.parameters"
local permissions = require "vankien.recipe.permissions"
local report = require "vankien.report"
local runner = require "vankien.runner"
local signature = require "vankien.recipe.signature"
local trust = require "vankien.recipe.trust"
local visible = require "vankien.report.visible"

local show = {
  usage = "NAME|FILE [--options] [--no-sample]",
  completes = "recipe",
  operands = {min = 1, max = 1, what = "a recipe: its name, or the path of its file"},
  description = [[Explains a recipe in both languages: its question, its parameters, the columns it
    promises, its examples, what it may do, where it comes from, and the first rows that it gives
    on its own fixture (for which it is run, in its process).]],
  options = {
    {name = "options", help = "print the names of its options only, one a line"},
    {name = "no-sample", help = "do not run it on its fixture"},
  },
  examples = {
    {"vankien recipe show participation-shift", "one recipe"},
  },
}

local SAMPLE_ROWS = 5
local NO_FOOTER = {footer = false}

local function both(value)
  if not value then return {} end
  return list.filter({value.vi or false, value.en or false}, function(one) return one end)
end

local function one_line(value)
  return visible.line(value)
end

local function wrapped(text, screen, indent)
  return table.concat(cell.wrap(text, screen.width, indent or ""), "\n")
end

local function head(entry, screen)
  local meta, lines = entry.meta, {}
  lines[1] = ("%s %s"):format(entry.name, entry.version)
  for _, part in ipairs {"title", "question", "summary"} do
    for _, text in ipairs(both(meta[part])) do
      lines[#lines + 1] = (part == "title" and "" or "  ")
        .. wrapped(one_line(text), screen, "  ")
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

local function parameter_row(param)
  local facts = {}
  if param.required then facts[1] = "needed" end
  if param.choices then
    facts[#facts + 1] = table.concat(list.map(param.choices, tostring), ", ")
  end
  if param.choices_from then facts[#facts + 1] = param.choices_from end
  if param.min ~= nil or param.max ~= nil then
    facts[#facts + 1] = ("%s to %s"):format(param.min or "…", param.max or "…")
  end
  return {
    option = parameters.option(param.name), type = param.type,
    default = common.default_text(param.default), values = table.concat(facts, "; "),
    help = table.concat(both(param.help), " · "),
  }
end

local function column_row(column)
  return {
    column = column.name, type = column.null and column.type .. " or nothing" or column.type,
    help = table.concat(both(column.help), " · "),
  }
end

local function section(title, rows, columns, screen)
  if #rows == 0 then return "" end
  return ("\n%s\n\n%s"):format(title, report.rows(rows, columns, "table",
    setmetatable(NO_FOOTER, {__index = screen})))
end

local function command_words(entry, example)
  local words = {"vankien recipe run", entry.shelf == "file" and entry.path or entry.name}
  for _, name in ipairs(list.sorted_keys(example.params)) do
    local value = common.default_text(example.params[name])
    words[#words + 1] = ('%s %q'):format(parameters.option(name), tostring(value))
  end
  return table.concat(words, " ")
end

local function examples(entry)
  local lines = {}
  for _, example in ipairs(entry.meta.examples) do
    lines[#lines + 1] = "  " .. one_line(command_words(entry, example))
    local note = type(example.note) == "table" and (example.note.en or example.note.vi)
      or example.note
    if note then lines[#lines + 1] = "      " .. one_line(note) end
  end
  return #lines > 0 and "\nexamples\n\n" .. table.concat(lines, "\n") .. "\n" or ""
end

local function origin(entry)
  local meta = entry.meta
  local status = trust.status(entry) or "the file of verdicts is damaged"
  local facts = {
    {"may", permissions.line(permissions.of(meta))}, {"trust", status},
    {"shelf", ("%s: %s"):format(entry.shelf, entry.path)}, {"hash", entry.hash},
    {"signed", entry.shelf == "program" and "" or signature.sentence(signature.of(entry))},
    {"authors", table.concat(meta.authors, ", ")}, {"license", meta.license or ""},
    {"tags", table.concat(meta.tags, ", ")},
  }
  for _, name in ipairs(list.sorted_keys(meta.uses)) do
    facts[#facts + 1] = {"uses", name .. " " .. meta.uses[name]}
  end
  local lines = {"\npermissions and provenance\n"}
  for _, fact in ipairs(facts) do
    if fact[2] ~= "" then
      lines[#lines + 1] = ("  %-8s %s"):format(fact[1], one_line(fact[2]))
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

-- The parameters of the first example, as far as the fixture can answer; else the defaults.
local function run_sample(entry, store)
  local options = {store = store, permissions = permissions.of(entry.meta)}
  for _, params in ipairs {(entry.meta.examples[1] or {}).params or {}, {}} do
    local outcome, problem = job.run(entry, params, options)
    if outcome and outcome.result and #outcome.result.rows > 0 then return outcome.result end
    if outcome and outcome.problem then return nil, outcome.problem end
    if not outcome and next(params) == nil then return nil, problem end
  end
  return nil, "no rows"
end

-- A text that nobody here has agreed to is read by `show`, not run.
local function may_run(entry)
  local status = trust.status(entry)
  return status == "program" or status == "yours" or status == "trusted"
end

local function sample(entry, screen)
  if not may_run(entry) then
    return "\nsample from the fixture\n\n  none: it has not been agreed to here\n"
  end
  local ok, result, problem = runner.call(fixture.with, entry.meta, function(store)
    return run_sample(entry, store)
  end)
  if not ok then result, problem = nil, result.value end
  if not result then
    return "\nsample from the fixture\n\n  none: " .. one_line(tostring(problem)) .. "\n"
  end
  local rows = output.harmless(list.slice(result.rows, 1, math.min(SAMPLE_ROWS, #result.rows)))
  return ("\nsample from the fixture\n\n%s"):format(report.rows(rows, result.columns, "table",
    setmetatable({total = #result.rows}, {__index = screen})))
end

function show.run(options, operands, context)
  local entry, screen = common.find(operands[1], context), context:screen()
  if options.options then
    for _, param in ipairs(entry.meta.params) do
      io.stdout:write(parameters.option(param.name), "\n")
    end
    return 0
  end
  io.stdout:write(head(entry, screen),
    section("parameters", list.map(entry.meta.params, parameter_row),
      {"option", "type", "default", "values", "help"}, screen),
    section("columns", list.map(entry.meta.returns or {}, column_row),
      {"column", "type", "help"}, screen),
    examples(entry), origin(entry))
  if not options["no-sample"] then io.stdout:write(sample(entry, screen)) end
  return 0
end

return show
