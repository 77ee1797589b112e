-- Every example runs: on the embedded store where it can, and on the excerpts that come with it.

local program = dofile "tests/support/program.lua"
local sys = require "vankien.host.sys"

local NEEDS_NO_TEXT = { ["participation_shift.lua"] = true, ["diff.lua"] = true,
  ["trace.lua"] = true }
local FAMILIES = { "association", "codebook", "diff", "dispersion", "interval", "keyness", "lexdiv",
  "resample", "trace", "trend" }

local root = assert(sys.realpath ".")

describe("examples", function()
  local folder

  setup(function()
    folder = program.folder()
    local code, _, problems = program.run({ "--store", "texts.db", "import",
      root .. "/examples/excerpts.jsonl" }, { folder = folder })
    assert.equal(0, code, problems)
  end)
  teardown(function() program.remove(folder) end)

  it("has one for each family of functions", function()
    for _, name in ipairs(FAMILIES) do
      assert.truthy(sys.stat("examples/" .. name .. ".lua"), name)
    end
  end)

  for _, name in ipairs(sys.listdir "examples") do
    if name:find "%.lua$" then
      it(name .. " runs on the excerpts", function()
        local code, out, problems = program.run({ "--store", "texts.db", "run",
          root .. "/examples/" .. name }, { folder = folder })
        assert.equal(0, code, problems)
        assert.is_true(#out > 100, out)
        assert.is_nil(out:lower():find("%f[%w]nan%f[%W]"), out)
      end)

      it(name .. (NEEDS_NO_TEXT[name] and " runs" or " says what it needs")
        .. " on the embedded store", function()
        local code, _, problems = program.run({ "run", root .. "/examples/" .. name },
          { folder = folder })
        assert.equal(NEEDS_NO_TEXT[name] and 0 or 1, code, problems)
        if not NEEDS_NO_TEXT[name] then
          assert.truthy(problems:find("import texts first", 1, true), problems)
        end
      end)
    end
  end
end)
