-- Every allocation fails in turn: no crash, no leak, no half-written store.
-- The work is done by a program of its own beside this one (tests/alloc/alloc_main.c).

local sys = require "vankien.host.sys"

local alloc = assert(sys.realpath "/proc/self/exe"):gsub("[^/]+$", "alloc")

-- Script, and how fast n may grow in percent (0: every single allocation).
local SCENARIOS = {
  {"tests/alloc/store.lua", 0}, {"tests/alloc/corpus.lua", 0}, {"tests/alloc/import_shift.lua", 4},
  {"tests/alloc/query.lua", 4}, {"tests/alloc/counts.lua", 0}, {"tests/alloc/message.lua", 0},
  {"tests/alloc/recipes.lua", 15}, {"tests/alloc/literal.lua", 0},
  {"tests/alloc/lpeg.lua", 0},
}

local folder

setup(function()
  folder = os.tmpname()
  os.remove(folder)
end)

teardown(function() os.execute("rm -rf " .. folder) end)

describe("without memory", function()
  for _, mode in ipairs {"lua", "twice", "c"} do
    for _, scenario in ipairs(SCENARIOS) do
      it(("%s survives every refusal, mode %s"):format(scenario[1], mode), function()
        local pipe = assert(io.popen(("ALLOC_FOLDER=%s %s %s %s %d 2>&1; echo $?"):format(folder,
          alloc, mode, scenario[1], scenario[2])))
        local text = pipe:read "a"
        pipe:close()
        assert.matches("lives\n0\n$", text)
      end)
    end
  end
end)
