-- Rows that a recipe proposes: shown first, added only when the person says so.  The recipe itself
-- writes nothing; it may not even name a table that its permissions do not.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local report = require "vankien.report"
local runner = require "vankien.runner"
local sys = require "vankien.host.sys"
local visible = require "vankien.report.visible"

local plan = {}

local SHOWN = 20

local function check_step(step, n, tables)
  local function wrong(message, ...)
    err.raise("bad_input", ("step %d of the plan: %s"):format(n, message:format(...)))
  end
  if step.action ~= "insert" then wrong("the action is not insert") end
  if not list.index_of(tables, step.table) then
    wrong("the recipe may not write to %q", tostring(step.table))
  end
  if type(step.values) ~= "table" or next(step.values) == nil then wrong("no values") end
  for name, value in pairs(step.values) do
    if type(name) ~= "string" or type(value) == "table" then wrong("a value is a table") end
  end
end

local function written(value)
  return type(value) == "string" and visible.line(value) or tostring(value)
end

local function show(steps)
  local rows = {}
  for i = 1, math.min(#steps, SHOWN) do
    local parts = {}
    for _, name in ipairs(list.sorted_keys(steps[i].values)) do
      parts[#parts + 1] = ("%s = %s"):format(visible.line(name), written(steps[i].values[name]))
    end
    rows[i] = {table = steps[i].table, values = table.concat(parts, ", ")}
  end
  io.stderr:write("the recipe proposes to add:\n", report.rows(rows, {"table", "values"}, "table",
    {total = #steps}))
end

local function agreed(steps, is_yes, context)
  if is_yes then return true end
  if not (sys.isatty(0) and sys.isatty(2)) then
    context.say "nothing was added: --yes adds the proposed rows"
    return false
  end
  io.stderr:write(("add %d row%s? (yes or no) "):format(#steps, #steps == 1 and "" or "s"))
  return io.stdin:read "l" == "yes"
end

--- Show the rows that a recipe proposes, and add them when that is agreed to.
--- Shape: outcome of job.run, boolean (--yes), context -> nothing.
--- Units: none.
--- Errors: raises bad_input for a plan that is none, what the store says of a row; then nothing
---   is added.
--- Source: own.
---@param outcome table
---@param is_yes? boolean
---@param context table
function plan.offer(outcome, is_yes, context)
  local steps = outcome.result.plan
  if not steps or #steps == 0 then return end
  for n, step in ipairs(steps) do check_step(step, n, outcome.granted.write) end
  show(steps)
  if not agreed(steps, is_yes, context) then return end
  local store = context:open "write"
  local ok, failure = runner.call(store.edit, store, function(tx)
    for _, step in ipairs(steps) do tx:insert(step.table, step.values) end
  end)
  if not ok then
    err.raise("bad_input", "nothing was added: " .. tostring(failure.value))
  end
  context.say("%d rows added", #steps)
end

return plan
