-- `vankien recipe test`: the tests of recipes, each on a store that holds the fixture.

local common = require "vankien.cli.recipe_common"
local err = require "vankien.util.err"
local fail = require "vankien.cli.fail"
local fixture = require "vankien.recipe.fixture"
local job = require "vankien.recipe.job"
local visible = require "vankien.report.visible"

local test = {
  usage = "NAME|FILE… [--limit-seconds N …]",
  completes = "recipe",
  operands = {min = 1, what = "a recipe: its name, or the path of its file"},
  description = [[Puts the documents of the fixture into a store of their own, with the facts that
    every store has, and runs the tests in the same process that runs recipes. Says what failed,
    and closes with “N passed, N failed”; the exit code is 1 when a test failed or there is
    none.]],
  options = common.limits,
  examples = {
    {"vankien recipe test participation-shift", "the tests of one recipe"},
  },
}

local function run_tests(entry, options, context)
  local agreed = common.agree(entry, context, {save = false})
  local outcome, problem = fixture.with(entry.meta, function(store)
    return job.test(entry, {
      store = store, limits = common.limits_of(options), require_jail = options["require-jail"],
      permissions = agreed.permissions, uses = agreed.uses,
    })
  end)
  if not outcome then error(problem, 0) end
  common.say_printed(entry, outcome.printed)
  if outcome.problem then error(outcome.problem, 0) end
  return outcome.tests
end

local function report_tests(entry, tests, counts)
  for _, one in ipairs(tests) do
    if one.ok then
      counts.passed = counts.passed + 1
    else
      counts.failed = counts.failed + 1
      io.stdout:write(("FAILED %s: %s\n  %s\n"):format(entry.name, visible.line(one.name),
        visible.text(tostring(one.problem)):gsub("\n", "\n  ")))
    end
  end
  if #tests == 0 then
    io.stderr:write(tostring(err.new("not_found", entry.name .. " has no tests",
      {hint = 'test("a sentence", { }, function(result, t) … end)'})), "\n")
  end
end

function test.run(options, operands, context)
  local counts = {passed = 0, failed = 0}
  for _, given in ipairs(operands) do
    local entry = common.find(given, context)
    local ok, tests = require "vankien.runner".call(run_tests, entry, options, context)
    if ok then
      report_tests(entry, tests, counts)
    else
      counts.failed = counts.failed + 1
      io.stdout:write("FAILED ", entry.name, "\n", (fail.text(tests.value)))
    end
  end
  io.stdout:write(("%d passed, %d failed\n"):format(counts.passed, counts.failed))
  return counts.failed == 0 and counts.passed > 0 and 0 or 1
end

return test
