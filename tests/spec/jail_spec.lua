-- vankien.host.worker: the process around a recipe, seen from outside; what ends it, what it can
-- reach, and what happens where the kernel has less.

local carry = require "vankien.recipe.carry"
local job = require "vankien.recipe.job"
local program = require "tests.support.program"
local shelf = require "vankien.recipe.shelf"
local stores = require "tests.support.stores"
local sys = require "vankien.host.sys"
local worker = require "vankien.host.worker"

local oldkernel = program.path:gsub("[^/]+$", "oldkernel")
local RECIPE = [[
recipe {
  name = "probe", version = "1.0.0", api = 1,
  title = {vi = "Thử", en = "Trial"}, summary = {vi = "Thử.", en = "A trial."},
  authors = {"Nobody <nobody@example.org>"}, license = "MIT",
  params = {}, permissions = {read = true}, returns = {{name = "n", type = "string", null = true}},
}
function run(p, ctx)
%s
end
]]
local ANSWER = "return {{n = documents['25-CT/TW'].title}}"
local TITLE = "Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030"

local folder, path, store

local function entry_of(code)
  return shelf.entry("probe.lua", RECIPE:format(code), "file")
end

local function run(code, options)
  options = options or {}
  options.store = store
  return assert(job.run(entry_of(code), {}, options))
end

-- The job as job.run makes it, without a store that is open here.
local function bare(code, at)
  local entry = entry_of(code)
  local outcome = worker.run({module = "vankien.recipe.worker", action = "run", uses = {},
    params = {}, seed = 1, store = at,
    recipe = {meta = entry.meta, path = entry.path, bytes = entry.bytes, hash = entry.hash}},
    {seconds = 10, memory_bytes = 64 << 20, output_bytes = 1 << 20, store = at})
  assert.equal("finished", outcome.ended)
  return carry.unpacked(outcome.value.result, 10).rows[1].n
end

-- Do a line of sh in the background, in which $WORKER is the process of the recipe.
local function meanwhile(line)
  os.execute(("(sleep 0.3; WORKER=$(cat /proc/%d/task/%d/children | cut -d' ' -f1); %s) &")
    :format(sys.pid(), sys.pid(), line))
end

setup(function()
  folder = program.folder()
  path = folder .. "/store.db"
  stores.write(path, stores.fresh_bytes())
  store = assert(require "vankien".open(path))
  store:collection "documents":count()
end)

teardown(function()
  store:close()
  program.remove(folder)
end)

describe("worker.run", function()
  it("gives back what a recipe returns", function()
    local outcome = run(ANSWER)
    assert.same({"finished", {{n = TITLE}}}, {outcome.ended, outcome.result.rows})
    assert.is_true(outcome.seconds > 0 and outcome.peak_bytes > 10000)
  end)

  it("takes modules that are made for it, and no others", function()
    for _, module in ipairs {"vankien.cli.main", "vankien.recipe.job", "os", "", false} do
      local outcome = worker.run({module = module},
        {seconds = 5, memory_bytes = 64 << 20, output_bytes = 1000})
      assert.same({"error", "usage"}, {outcome.ended, outcome.code})
    end
  end)

  it("refuses a job that is no data, and limits that are none", function()
    local limits = {seconds = 1, memory_bytes = 64 << 20, output_bytes = 1000}
    local outcome, problem = worker.run({module = print}, limits)
    assert.is_nil(outcome)
    assert.matches("value.module is a function", problem.message)
    local wrong = {
      {seconds = 0}, {seconds = 0 / 0}, {memory_bytes = 1}, {output_bytes = 0}, {second = 1},
      {seconds = "x"}, {store = folder .. "/none.db"}, {store = {}},
    }
    for i, case in ipairs(wrong) do
      for name, value in pairs(limits) do case[name] = case[name] or value end
      assert.is_false((pcall(worker.run, {module = "x"}, case)), "case " .. i)
    end
  end)

  it("keeps what was printed before the end, whatever the end", function()
    for code, ended in pairs {
      ["print 'một' while true do end"] = "time", ["print 'một' error 'x'"] = "error",
      ["print 'một' return ('x'):rep(1 << 28):rep(1 << 10)"] = "memory",
    } do
      local outcome = run(code, {limits = {seconds = 1}})
      assert.same({ended, "một\n"}, {outcome.ended, outcome.printed})
    end
  end)

  it("sees what was written to the store just before, and later", function()
    local code = "return {{n = documents:where \"key = 'probe'\":first().title}}"
    local id
    store:edit(function(tx)
      id = tx:insert("documents", {key = "probe", kind = "imported", type = "khác", title = "một",
        source = "probe", level = "primary"})
    end)
    assert.equal("một", run(code).result.rows[1].n)
    store:edit(function(tx) tx:update("documents", id, {title = "hai"}) end)
    assert.equal("hai", run(code).result.rows[1].n)
    store:edit(function(tx) tx:delete("documents", id) end)
  end)

  it("reads a store that nobody has open, and leaves nothing beside it", function()
    sys.mkdir_private(folder .. "/alone")
    local alone = folder .. "/alone/một %3f?#.db"
    stores.write(alone, stores.fresh_bytes())
    assert.equal(TITLE, bare(ANSWER, alone))
    assert.same({"một %3f?#.db"}, sys.listdir(folder .. "/alone"))
    assert.equal(stores.fresh_bytes(), program.read(alone))
  end)

  it("reads a store behind a link, with what is beside the real one", function()
    os.execute(("ln -s %s %s/link.db"):format(path, folder))
    assert.equal(TITLE, bare(ANSWER, folder .. "/link.db"))
  end)
end)

describe("the process of a recipe", function()
  local looked

  setup(function()
    meanwhile(("cd %s; cp /proc/$WORKER/status /proc/$WORKER/limits .; ls -l /proc/$WORKER/fd > fd;"
      .. " tr '\\0' '\\n' < /proc/$WORKER/environ > environ; ls -l /proc/$WORKER/cwd > cwd")
      :format(folder))
    run("while true do end", {limits = {seconds = 1, memory_mb = 64}})
    looked = {}
    for _, name in ipairs {"status", "limits", "fd", "environ", "cwd"} do
      looked[name] = program.read(folder .. "/" .. name)
    end
  end)

  it("has a filter for calls, and can get no more rights", function()
    assert.matches("NoNewPrivs:%s*1\n", looked.status)
    assert.matches("Seccomp:%s*2\n", looked.status)
  end)

  it("has limits that cannot be raised", function()
    for _, line in ipairs {
      "Max core file size%s+0%s+0", "Max file size%s+0%s+0", "Max processes%s+0%s+0",
      "Max open files%s+16%s+16", "Max cpu time%s+2%s+3", "Max stack size%s+2097152%s+2097152",
    } do
      assert.matches(line, looked.limits)
    end
    local space = looked.limits:match "Max address space%s+(%d+)%s+%1"
    local shadowed = program.read(program.path):find("__asan_init", 1, true)
    assert.is_true(shadowed ~= nil or tonumber(space) == 3 * (64 << 20))
  end)

  it("holds the store and its pipes, and nothing else", function()
    local held = {}
    for target in looked.fd:gmatch "%-> ([^\n]*)" do held[#held + 1] = target:gsub(":.*", "") end
    table.sort(held)
    assert.same({"/dev/null", path, path .. "-shm", path .. "-wal", "pipe", "pipe"}, held)
  end)

  it("has no variables of ours, and another folder", function()
    assert.equal("TZ=UTC0\nLC_ALL=C\n", looked.environ)
    assert.matches("%-> /\n", looked.cwd)
  end)
end)

describe("a recipe's process that is ended from outside", function()
  it("is told of by its signal, and the next one runs", function()
    for name, number in pairs {KILL = 9, QUIT = 3, TERM = 15} do
      meanwhile("kill -" .. name .. " $WORKER")
      local outcome = run("while true do end", {limits = {seconds = 5}})
      assert.same({"crashed", number}, {outcome.ended, outcome.signal})
      assert.is_true(outcome.seconds < 3)
      assert.matches("signal " .. number, outcome.problem.message)
    end
    assert.equal(TITLE, run(ANSWER).result.rows[1].n)
  end)

  it("at random moments leaves no half of an answer", function()
    local rng = require "vankien.analysis.rng".new(11)
    local ends = {}
    for _ = 1, 40 do
      local delay = rng:float() * 0.03
      os.execute(("(sleep %.4f; kill -9 $(cat /proc/%d/task/%d/children)) 2>/dev/null &"):format(
        delay, sys.pid(), sys.pid()))
      local outcome = run "local t = {} for i = 1, 5000 do t[i] = {n = 'x' .. i} end return t"
      ends[outcome.ended] = (ends[outcome.ended] or 0) + 1
      assert.is_true(outcome.ended == "crashed" and outcome.signal == 9 and not outcome.result
        or outcome.ended == "finished" and #outcome.result.rows == 5000)
    end
    os.execute "sleep 0.05"
    assert.equal(40, (ends.crashed or 0) + (ends.finished or 0))
  end)

  it("is ended by Ctrl-C, and by the end of ours", function()
    local slow = folder .. "/slow.lua"
    program.write(slow, RECIPE:format "while true do end")
    for signal, expected in pairs {INT = 130, KILL = 137} do
      local before = sys.clock()
      local code = program.shell(([[
        "$VANKIEN" --store store.db recipe run slow.lua &
        P=$!; sleep 0.5; cp /proc/$P/task/$P/children child; kill -%s $P; wait $P
      ]]):format(signal), {folder = folder})
      assert.equal(expected, code)
      assert.is_true(sys.clock() - before < 2.5)
      local child = program.read(folder .. "/child"):match "%d+"
      assert.truthy(child)
      assert.is_false(program.runs(child))
    end
  end)
end)

describe("where the kernel has less", function()
  local function recipe_on(kernel, words)
    program.write(folder .. "/probe.lua", RECIPE:format(ANSWER))
    return program.shell(("%s %s \"$VANKIEN\" --store store.db recipe run %s probe.lua"):format(
      program.quote(oldkernel), kernel, words or ""), {folder = folder})
  end

  it("a version of Landlock that no kernel has is refused", function()
    local outcome = run(ANSWER, {require_jail = 1 << 20})
    assert.same({"refused", "refused"}, {outcome.ended, outcome.problem.code})
    assert.matches("Landlock", outcome.problem.message)
    assert.equal("finished", run(ANSWER, {require_jail = worker.support().landlock}).ended)
  end)

  it("without seccomp no recipe runs", function()
    local code, out, problem = recipe_on "both"
    assert.same({3, ""}, {code, out})
    assert.matches("no seccomp filters", problem)
  end)

  it("without Landlock it runs with a warning, or not at all where a whole jail is asked for",
    function()
      local code, out, problem = recipe_on "landlock"
      assert.equal(0, code)
      assert.matches(TITLE, out, 1, true)
      assert.matches("no Landlock", problem)
      code, out, problem = recipe_on("landlock", "--require-jail")
      assert.same({3, ""}, {code, out})
      assert.matches("no Landlock", problem)
    end)

  it("tells what there is", function()
    local line = "\"$VANKIEN\" -e 'require \"vankien.host.worker\".support()'"
    local _, out = program.shell(program.quote(oldkernel) .. " both " .. line, {folder = folder})
    assert.matches("landlock = 0", out)
    assert.matches("seccomp = false", out)
  end)
end)
