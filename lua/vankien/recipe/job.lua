-- One run of a recipe, as the host sees it: parameters checked, a worker process asked, its answer
-- held to the contract.  Nothing of a recipe runs in this process.

local carry = require "vankien.recipe.carry"
local contract = require "vankien.recipe.contract"
local err = require "vankien.util.err"
local host = require "vankien.host.worker"
local list = require "vankien.util.list"
local parameters = require "vankien.recipe.parameters"
local permissions = require "vankien.recipe.permissions"
local problems = require "vankien.recipe.problems"
local runner = require "vankien.runner"

local job = {}

local LIMITS = {"seconds", "memory_mb", "output_mb", "rows"}
local MB = 1 << 20
local INSPECTED = {read = false, seconds = 5, memory_mb = 256, output_mb = 8, rows = 1}

-- What a recipe gets: what was agreed to, else no more than the default; and never more than the
-- person allows this time.
local function allowed(meta, options)
  local agreed = options.permissions or permissions.least(permissions.of(meta), permissions.default)
  local out = permissions.least(agreed, permissions.of(meta))
  for _, name in ipairs(LIMITS) do
    local wanted = options.limits and options.limits[name]
    if wanted then out[name] = math.min(out[name], wanted) end
  end
  return out
end

local function packed(entry, granted)
  local meta = {}
  for key, value in pairs(entry.meta) do meta[key] = value end
  meta.fixture, meta.permissions = nil, granted
  return {meta = meta, path = entry.path, bytes = entry.bytes, hash = entry.hash}
end

local function packed_uses(entries, granted)
  local out = {}
  for _, entry in ipairs(entries or {}) do
    out[entry.name] = packed(entry, permissions.least(granted, permissions.of(entry.meta)))
  end
  return out
end

-- Why a worker ended, in words; `finished` is told by the answer itself.
local ENDS = {
  time = {"time", "the recipe took longer than %s s",
    "permissions = { seconds = … } asks for more"},
  memory = {"memory", "the recipe needed more than %s MB of memory",
    "permissions = { memory_mb = … } asks for more"},
  output = {"output", "the recipe gave back more than %s MB",
    "permissions = { output_mb = … } asks for more"},
  crashed = {"crashed", "the recipe brought its process to an end"},
  permission = {"refused", "the recipe did what no recipe may do"},
  refused = {"refused", "the recipe was not run"},
  error = {"internal", "the recipe failed"},
}
local LIMIT_OF = {time = "seconds", memory = "memory_mb", output = "output_mb"}

local function ended_badly(entry, outcome, granted)
  local code, message, hint = table.unpack(ENDS[outcome.ended] or ENDS.crashed)
  local limit = LIMIT_OF[outcome.ended]
  if limit then message = message:format(granted[limit]) end
  if outcome.message and not limit then message = message .. ": " .. tostring(outcome.message) end
  return err.new(code, message, {place = entry.name, hint = hint})
end

local function told(value)
  return type(value) == "string" and value or nil
end

-- How an error with that code ends a recipe.
local END_OF = {
  refused = "permission", output = "output", time = "time", interrupted = "time",
  memory = "memory", nomem = "memory",
}

-- The recipe's own error, which came as text from a process that nobody trusts.
local function failed(value, entry)
  return err.new("bad_input", told(value.message) or "the recipe failed",
    {place = told(value.place) or entry.path:match "[^/]*$", hint = told(value.hint)})
end

local function checked_result(answer, meta, granted)
  local result = contract.plain(carry.unpacked(answer.result, granted.rows), granted.rows)
  result = contract.check(result, meta.returns)
  if not granted.write then result.plan = nil end
  return result
end

-- The answer of a worker that finished, held to the contract.
local function read_answer(outcome, entry, granted)
  local answer = outcome.value
  if type(answer) ~= "table" then
    outcome.ended, outcome.problem = "crashed", ended_badly(entry, {ended = "crashed"}, granted)
    return
  end
  if type(answer.failed) == "table" then
    outcome.ended = END_OF[answer.failed.code] or "error"
    outcome.problem = failed(answer.failed, entry)
  elseif type(answer.tests) == "table" then
    outcome.tests = answer.tests
  elseif type(answer.code) == "table" then
    outcome.code = answer.code
  else
    local ok, result = runner.call(checked_result, answer, entry.meta, granted)
    if ok then
      outcome.result = result
    else
      outcome.ended = END_OF[result.value.code] or "error"
      outcome.problem = failed(result.value, entry)
    end
  end
end

local function limits_of(granted, options)
  return {
    seconds = granted.seconds, memory_bytes = granted.memory_mb * MB,
    output_bytes = granted.output_mb * MB, store = granted.read and options.path or nil,
    require_jail = options.require_jail,
  }
end

local function start(entry, params, options)
  local granted = allowed(entry.meta, options)
  local work = {
    module = "vankien.recipe.worker", action = options.action or "run",
    recipe = packed(entry, granted), uses = packed_uses(options.uses, granted), params = params,
    seed = options.seed or 1, store = granted.read and options.path or nil,
  }
  local outcome, problem = host.run(work, limits_of(granted, options))
  if not outcome then return nil, problem end
  outcome.granted, outcome.params, outcome.seed = granted, params, work.seed
  if outcome.ended == "finished" then
    read_answer(outcome, entry, granted)
  else
    outcome.problem = ended_badly(entry, outcome, granted)
  end
  return outcome
end

--- Run a recipe in a worker process.
--- Shape: entry of shelf.find, {name = text or value}, options -> outcome | nil, err.
---   options: store (object), seed (1), permissions (agreed to; else the default), limits {seconds,
---   memory_mb, output_mb, rows} that only lower, require_jail, uses (entries it depends on),
---   options (names that a misspelt parameter may mean as well).
---   outcome: {ended, result {rows, columns, notes, title, evidence, plan}, problem = err or nil,
---   printed, seconds, peak_bytes, params, seed, granted}.
--- Units: seconds, MB, rows.
--- Errors: nil, err for wrong parameters (all of them); what goes wrong in the recipe is in
---   outcome.problem, and `ended` says how: finished, error, time, memory, output, permission,
---   crashed, refused.
--- Source: none.
---@param entry table
---@param given table
---@param options table
function job.run(entry, given, options)
  local params, wrong = parameters.parse(entry.meta, given, options.store, options.options)
  if not params then
    return nil, problems.together(wrong, "the parameters of " .. entry.name)
  end
  options = setmetatable({path = options.store and options.store:path()}, {__index = options})
  return start(entry, params, options)
end

--- Run the tests of a recipe, on a store that holds its fixture.
--- Shape: entry, options as in job.run -> outcome with `tests`, a list of {name, ok, failed}.
--- Units: none.
--- Errors: as job.run.
--- Source: none.
---@param entry table
---@param options table
function job.test(entry, options)
  options = setmetatable({path = options.store and options.store:path(), action = "test"},
    {__index = options})
  local outcome, problem = start(entry, {}, options)
  if not outcome then return nil, problem end
  if outcome.tests then
    outcome.tests = list.map(outcome.tests, function(test)
      local failure = type(test.failed) == "table" and failed(test.failed, entry) or nil
      return {name = told(test.name) or "?", ok = test.ok == true, problem = failure}
    end)
  end
  return outcome
end

-- Only what has the right form is taken over.
local function read_code(code)
  local out = {globals = {}, texts = {}, bits = math.tointeger(code.bits)}
  for _, use in ipairs(type(code.globals) == "table" and code.globals or {}) do
    local is_use = type(use) == "table" and told(use.name) and math.tointeger(use.line)
    if is_use then
      table.insert(out.globals, {name = use.name, line = use.line, sets = use.sets == true})
    end
  end
  for text in pairs(type(code.texts) == "table" and code.texts or {}) do out.texts[text] = true end
  return out
end

--- What the compiled code of a recipe says, for lint.  It is compiled in the worker, and not run.
--- Shape: entry -> {globals = list of {name, line, sets}, texts = {text = true}, bits = line or
---   nil} | nil, err.
--- Units: lines from 1.
--- Errors: nil, bad_input for a syntax error; how the worker ended when it did not finish.
--- Source: none.
---@param entry table
function job.inspect(entry)
  local outcome, problem = start(entry, {}, {action = "inspect", permissions = INSPECTED})
  if not outcome then return nil, problem end
  if outcome.code then return read_code(outcome.code) end
  return nil, outcome.problem
end

return job
