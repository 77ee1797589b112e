-- Hostile recipes, each run as any other: it ends within its limits, for a reason that is said,
-- and leaves the host, the store, the files and the next recipe as they were.

local job = require "vankien.recipe.job"
local program = require "tests.support.program"
local shelf = require "vankien.recipe.shelf"
local stores = require "tests.support.stores"
local sys = require "vankien.host.sys"

local FAMILIES = {"time", "hooks", "memory", "crash", "escape", "store", "output", "state"}
local PATIENCE = 0.5              -- seconds beyond its time
local LIMITS = {memory_mb = 32, output_mb = 8, rows = 10000}
local LONG, SHORT = 10, 0.4       -- seconds, the second where time is what runs out
local CANARY = "canary-7b1f0e5d"
local HEAD = [[
recipe {
  name = "hostile", version = "1.0.0", api = 1,
  title = {vi = "Thử", en = "Trial"}, summary = {vi = "Thử.", en = "A trial."},
  authors = {"Nobody <nobody@example.org>"}, license = "MIT",
  params = {}, permissions = {read = true}, returns = {{name = "n", type = "string", null = true}},
}
%s
function run(p, ctx)
%s
end
]]

local folder, store, own, before, documents

local function hash(path)
  local bytes = sys.read_file(path)
  return bytes and require "vankien.host.store".sha256(bytes)
end

-- Every file of the folder with the hash of its bytes.
local function all_files()
  local found = {}
  for _, name in ipairs(sys.listdir(folder)) do found[name] = hash(folder .. "/" .. name) end
  return found
end

-- Kilobytes that this process holds of the machine's memory.
local function resident()
  local status <close> = assert(io.open "/proc/self/status")
  return tonumber(status:read "a":match "VmRSS:%s*(%d+)")
end

local function entry_of(code, top)
  return shelf.entry("hostile.lua", HEAD:format(top or "", code), "file")
end

local function run(code, top, seconds)
  local entry = entry_of(code, top)
  assert.is_nil(entry.broken)
  LIMITS.seconds = seconds or LONG
  return assert(job.run(entry, {}, {store = store, limits = LIMITS}))
end

-- All texts in a value, for looking for something in them.
local function texts_in(value, out)
  if type(value) == "string" then
    out[#out + 1] = value
  elseif type(value) == "table" then
    for key, inner in next, value do
      texts_in(key, out)
      texts_in(inner, out)
    end
  end
  return out
end

local function children()
  local file <close> = assert(io.open(("/proc/self/task/%d/children"):format(sys.pid())))
  return file:read "a"
end

setup(function()
  folder = program.folder()
  own = folder .. "/store.db"
  stores.write(own, stores.fresh_bytes())
  program.write(folder .. "/canary", CANARY)
  store = assert(require "vankien".open(own))
  documents = tostring(store:collection "documents":count())
  before = all_files()
end)

teardown(function()
  store:close()
  program.remove(folder)
end)

for _, family in ipairs(FAMILIES) do
  describe("a hostile recipe of the family " .. family, function()
    for _, case in ipairs(require("tests.fixtures.hostile." .. family)) do
      local name, ends, code, top = table.unpack(case)
      it("ends in its limits: " .. name, function()
        local start, limit = sys.clock(), ends == "time" and SHORT or ends:find "time" and 1 or LONG
        local outcome = run(code, top, limit)
        local seconds = sys.clock() - start
        assert.matches("%f[%w]" .. outcome.ended .. "%f[%W]", ends,
          nil, outcome.problem and tostring(outcome.problem.message))
        assert.is_true(seconds < limit + PATIENCE, "took " .. seconds)
        assert.is_true(outcome.ended == "finished" or #outcome.problem.message > 0)
        assert.is_nil((table.concat(texts_in(outcome, {}), " "):find(CANARY, 1, true)))
        assert.equal("", children())
        assert.same({{n = documents}}, run "return {{n = tostring(documents:count())}}".result.rows)
      end)
    end
  end)
end

-- Nothing that steers a terminal: no control byte but newline and tab, no marks of direction.
local function is_tame(text)
  if text:find "[%z\1-\8\11-\31\127]" or not utf8.len(text) then return false end
  for _, code in utf8.codes(text) do
    if code >= 0x80 and code < 0xa0 or code >= 0x202a and code <= 0x202e
      or code >= 0x2066 and code <= 0x2069 then return false end
  end
  return true
end

local EXITS = {finished = 0, error = 1, memory = 1, output = 1, crashed = 1, permission = 3,
  time = 124}

describe("on the command line a hostile recipe", function()
  for _, case in ipairs(require "tests.fixtures.hostile.output") do
    local name, ends, code, top = table.unpack(case)
    it("has an exit code of its own, and steers no terminal: " .. name, function()
      program.write(folder .. "/hostile.lua", HEAD:format(top or "", code))
      local exit, out, problem = program.shell("\"$VANKIEN\" --store store.db recipe run "
        .. ("--limit-seconds %d --limit-memory-mb 32 hostile.lua --format csv"):format(
        ends:find "time" and 1 or LONG), {folder = folder})
      local is_expected = false
      for word in ends:gmatch "%a+" do is_expected = is_expected or EXITS[word] == exit end
      assert.is_true(is_expected, ("exit %d, not %s: %s"):format(exit, ends, problem:sub(1, 200)))
      assert.is_true(is_tame(out), "standard output")
      assert.is_true(is_tame(problem), "standard error")
      assert.is_true(exit == 0 or #problem > 10)
      for line in out:gmatch "[^\n]+" do
        assert.is_true(line:find '^"?[=+@\t-]' == nil or tonumber(line) ~= nil)
      end
      for line in problem:gmatch "[^\n]+" do assert.is_nil(line:find "^vankien: all is well") end
    end)
  end

  it("leaves the folder as it was, but for itself", function()
    for _, name in ipairs {"hostile.lua", ".in", ".out", ".err", ".sh"} do
      os.remove(folder .. "/" .. name)
    end
    assert.same(before, all_files())
  end)
end)

describe("after all hostile recipes", function()
  it("every file is as it was, and there is no new one", function()
    assert.same(before, all_files())
  end)

  it("the host has not grown", function()
    collectgarbage()
    local size = resident()
    for _ = 1, 20 do run "print(('x'):rep(1 << 20)) return {{n = ('y'):rep(1 << 20)}}" end
    collectgarbage()
    assert.is_true(resident() - size < 30000, "grew by " .. resident() - size .. " KB")
  end)
end)
