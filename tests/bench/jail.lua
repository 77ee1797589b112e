-- What the process around a recipe costs: called from run.lua with its `say`, or alone:
--   build/vankien run tests/bench/jail.lua STORE
-- The same job is done in a process of its own and in this one; the difference is the jail.

local carry = require "vankien.recipe.carry"
local shelf = require "vankien.recipe.shelf"
local sys = require "vankien.host.sys"

local jail = {}

local RUNS = 41
local LIMITS = {seconds = 60, memory_bytes = 256 << 20, output_bytes = 8 << 20}
local HEAD = [[
recipe {
  name = "bench", version = "1.0.0", api = 1,
  title = {vi = "Đo", en = "Measured"}, summary = {vi = "Đo.", en = "Measured."},
  authors = {"Nobody <nobody@example.org>"}, license = "MIT",
  params = {}, permissions = {read = true}, returns = {{name = "n", type = "integer"}},
}
]]
local TRIVIAL = "function run() return {{n = 1}} end"
local COUNTING = [[
function run()
  local ladder = {"tham dự", "tham gia", "tích cực tham gia", "chủ động tham gia", "nòng cốt"}
  local n = 0
  for _, row in ipairs(shift(ladder, {evidence = 0, rounds = 200}).rows) do n = n + row.free end
  return {{n = n}}
end
]]

local function job_of(code, path)
  local entry = shelf.entry("bench.lua", HEAD .. code, "file")
  return function()
    return {module = "vankien.recipe.worker", action = "run", uses = {}, params = {}, seed = 1,
      store = path, recipe = {meta = entry.meta, path = entry.path, bytes = entry.bytes,
        hash = entry.hash}}
  end
end

local function jailed(make, path)
  local host = require "vankien.host.worker"
  local limits = {store = path}
  for name, value in pairs(LIMITS) do limits[name] = value end
  return function()
    local outcome = assert(host.run(make(), limits))
    assert(outcome.ended == "finished" and outcome.value.result, outcome.message)
    return carry.unpacked(outcome.value.result, 10).rows[1].n
  end
end

local function here(make)
  local worker = require "vankien.recipe.worker"
  return function()
    local job = make()
    worker.prepare(job)
    local answer = worker.run(job)
    if job.opened then job.opened:close() end
    return carry.unpacked(answer.result, 10).rows[1].n
  end
end

-- Both in turn, so that what else the machine does falls on both; the best of each, since what
-- it does can only add.
local function compare(a, b, runs)
  local times = {{}, {}}
  assert(a() == b())
  for i = 1, runs do
    for n, fn in ipairs {a, b} do
      local from = sys.clock()
      fn()
      times[n][i] = sys.clock() - from
    end
  end
  return math.min(table.unpack(times[1])), math.min(table.unpack(times[2]))
end

local function ms(seconds) return ("%.2f"):format(seconds * 1000) end

--- Print the figures; `store` stays open while they are taken.
function jail.run(say, store)
  local path = assert(sys.realpath(store:path()))
  store:collection "documents":count()
  local bare = job_of(TRIVIAL)
  local there, own = compare(jailed(bare), here(bare), RUNS)
  say("jail: a recipe that does nothing, no store", ms(there), "ms",
    ("%s ms more than in this process; at most 5"):format(ms(there - own)))
  local trivial = job_of(TRIVIAL, path)
  there, own = compare(jailed(trivial, path), here(trivial), RUNS)
  say("jail: a recipe that does nothing, store open", ms(there), "ms",
    ("%s ms more than in this process; at most 5"):format(ms(there - own)))
  local counting = job_of(COUNTING, path)
  there, own = compare(jailed(counting, path), here(counting), 15)
  say("jail: a recipe that counts a ladder", ms(there), "ms",
    ("%.1f %% more than in this process; at most 5"):format((there / own - 1) * 100))
end

if arg and arg[0] and arg[0]:find "jail%.lua$" then
  jail.run(function(name, value, unit, note)
    print(("%-52s %12s %-8s %s"):format(name, value, unit, note or ""))
  end, assert(require "vankien".open(arg[1])))
end

return jail
