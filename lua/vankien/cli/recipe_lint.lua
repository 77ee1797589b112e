-- `vankien recipe lint`: what could be better, each remark with its line.

local lint = require "vankien.recipe.lint"
local shelf = require "vankien.recipe.shelf"
local visible = require "vankien.report.visible"

local recipe_lint = {
  usage = "NAME|FILE…",
  completes = "recipe",
  operands = {min = 1, what = "a recipe: its name, or the path of its file"},
  description = [[Reads a recipe without running it. Says what is wrong with the metadata, and what
    could be better: globals that nobody sets, help in one language only, a permission or a
    parameter that is not used, no tests, no fixture, no promise of columns. Closes with “N
    remarks”; the exit code is 1 when there are any.]],
  options = {},
  examples = {
    {"vankien recipe lint participation-shift", "one recipe"},
  },
}

local function remarks_of(given, context)
  local store = not shelf.is_file_name(given) and context:open() or nil
  local entry, problem = shelf.find(given, {store = store})
  if entry then return lint.check(entry) end
  if problem.code == "not_found" and not problem.place then error(problem, 0) end
  return problem.problems or {problem}
end

function recipe_lint.run(_, operands, context)
  local n = 0
  for _, given in ipairs(operands) do
    for _, remark in ipairs(remarks_of(given, context)) do
      n = n + 1
      io.stdout:write(visible.text(tostring(remark)), "\n")
    end
  end
  io.stdout:write(("%d remark%s\n"):format(n, n == 1 and "" or "s"))
  return n == 0 and 0 or 1
end

return recipe_lint
