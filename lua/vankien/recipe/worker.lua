-- What the worker process does with a recipe: opens the store, loads, runs or tests, and hands
-- plain values back.  host/worker.c calls prepare before it locks the process, run after.
--
-- A job: {module, action = "run" | "test" | "inspect", recipe = {meta, path, bytes, hash}, uses =
-- {name = recipe}, params, seed, store = path or nil}.  The answer: {result} or {tests} or {code}
-- or {failed = {code, message, place, hint}}.

local carry = require "vankien.recipe.carry"
local err = require "vankien.util.err"
local world = require "vankien.recipe.world"

local worker = {}

local PRINTED_BYTES = 65536
local MESSAGE_BYTES = 4000

local function text_of(value)
  local ok, text = pcall(tostring, value)
  return ok and type(text) == "string" and text or "an error value that is no text"
end

-- What was raised that is no text; an address would differ from run to run.
local function described(value)
  local mt = debug.getmetatable(value)
  if value == nil then return "error was called without a message" end
  if type(value) == "table" and not (mt and mt.__tostring) or type(value) == "function" then
    return ("an error value that is a %s"):format(type(value))
  end
  return ("an error value that is a %s: %s"):format(type(value), text_of(value))
end

-- Where the recipe stands, when the place is one of the library's own files.
local function place_and_message(text)
  local place, message = text:match "^([^\n]-:%d+): (.*)$"
  if not place then return err.place(), text end
  if place:find "^vankien/" then return err.place(), "the library failed: " .. text end
  return place, message
end

-- Runs where the error was raised: the stack can still be read.
local function failure(problem)
  if err.is(problem) then
    return {code = problem.code, message = text_of(problem.message):sub(1, MESSAGE_BYTES),
      hint = problem.hint and text_of(problem.hint):sub(1, MESSAGE_BYTES),
      place = problem.place or err.place()}
  end
  local text = type(problem) == "string" and problem or described(problem)
  local place, message = place_and_message(text:sub(1, MESSAGE_BYTES))
  return {code = "internal", message = message, place = place}
end

-- What is printed goes to the host at once, up to a limit: it is there whatever happens next.
local function printer()
  local write, left = require "vankien.host.worker".write, PRINTED_BYTES
  return function(text)
    if left == 0 then return end
    text = text:sub(1, left)
    left = left - #text
    write(text)
    if left == 0 then write "\n… more was printed\n" end
  end
end

local function session_of(job, print)
  local opened = job.opened
  return {
    seed = job.seed, print = print,
    store = function()
      if not opened then
        opened = assert(require "vankien".open(job.store, {mode = "read"}))
        job.opened = opened
      end
      return opened
    end,
    find = function(name)
      return job.uses[name] or err.raise("not_found", ("no recipe %q in this run"):format(name))
    end,
  }
end

local actions = {}

function actions.run(session, job)
  local home = world.new(session, job.recipe)
  home:load()
  return {result = carry.packed(home:result(job.params))}
end

local function run_test(session, job, n)
  local home = world.new(session, job.recipe)
  home:load()
  local test = home.tests[n]
  local t = require "vankien.recipe.testing".functions()
  test.fn(home:result(home:parameters(test.params)), t)
end

-- Each test in a world of its own, so that none sees what another left.
function actions.test(session, job)
  local home, tests = world.new(session, job.recipe), {}
  home:load()
  for n, test in ipairs(home.tests) do
    local ok, failed = xpcall(run_test, failure, session, job, n)
    tests[n] = {name = test.name, ok = ok, failed = not ok and failed or nil}
  end
  return {tests = tests}
end

-- What lint asks; prepare has taken string.dump while it was there.
function actions.inspect(_, job)
  local recipe = job.recipe
  local read = require "vankien.recipe.bytecode".of
  return {code = read(recipe.bytes, recipe.meta.ends, recipe.path:match "[^/]*$")}
end

--- Get ready while files may still be opened.
--- Shape: job -> nothing; the open store is kept in it.
--- Units: none.
--- Errors: raises what opening the store returns.
--- Source: none.
---@param job table
function worker.prepare(job)
  if job.action == "inspect" then require "vankien.recipe.bytecode" end
  if not job.store then return end
  local store, problem = require "vankien".open(job.store, {mode = "read"})
  if not store then error(problem, 0) end
  job.opened = store
  store.conn:first "SELECT count(*) FROM documents"
end

--- Run a recipe, or its tests.
--- Shape: job -> answer; see above.
--- Units: 64 KB of what is printed.
--- Errors: none raised; they are the answer.
--- Source: none.
---@param job table
function worker.run(job)
  local session = session_of(job, printer())
  local ok, answer = xpcall(actions[job.action], failure, session, job)
  if not ok then answer = {failed = answer} end
  return answer
end

return worker
