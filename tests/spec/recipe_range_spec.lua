-- Versions and ranges of recipes, and what a permission leaves over.

local permissions = require "vankien.recipe.permissions"
local range = require "vankien.recipe.range"

describe("range.holds", function()
  local cases = {
    { "1.2.3", "1.2.3", true }, { "1.2.3", "1.2.4", false }, { "=1.2.3", "1.2.3", true },
    { ">=1.0.0 <2.0.0", "1.0.0", true }, { ">=1.0.0 <2.0.0", "1.99.0", true },
    { ">=1.0.0 <2.0.0", "2.0.0", false }, { ">=1.0.0 <2.0.0", "0.9.9", false },
    { "> 1.0.0", "1.0.0", false }, { "<=1.0.0", "1.0.0", true }, { "*", "0.0.1", true },
    { ">=1.10.0", "1.9.0", false }, { "<2.0.0", "2.0.0-rc.1", true },
  }
  for _, case in ipairs(cases) do
    it(("says %s of %s in %s"):format(case[3], case[2], case[1]), function()
      assert.equal(case[3], range.holds(case[1], case[2]))
    end)
  end
end)

describe("range.compare", function()
  it("orders as semantic versions do", function()
    local order = { "0.9.9", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1",
      "1.0.0-alpha.beta", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.10.0", "2.0.0" }
    for i, a in ipairs(order) do
      for j, b in ipairs(order) do
        local expected = i == j and 0 or i < j and -1 or 1
        assert.equal(expected, range.compare(a, b), a .. " and " .. b)
      end
    end
  end)
end)

describe("range.parse", function()
  local wrong = { "", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0 ", " 1.0.0", ">=1.0.0,<2.0.0",
    "=>1.0.0", "^1.0.0", "~1.0", ">=", "*1", "1.0.0 *", "1.0.9999999999", "v1.0.0",
    (">=1.0.0 "):rep(100), "1.0.0-", "1.0.0-ệ" }
  for _, text in ipairs(wrong) do
    it(("refuses %q"):format(text:sub(1, 20)), function()
      local found, problem = range.parse(text)
      assert.is_nil(found)
      assert.equal("bad_input", problem.code)
    end)
  end

  it("refuses what is no text", function()
    assert.is_nil((range.parse(nil)))
    assert.is_nil((range.version { 1 }))
    assert.is_nil((range.version ">=1.0.0"))
  end)
end)

describe("permissions", function()
  it("fill what metadata leaves out", function()
    assert.same({ read = true, seconds = 60, memory_mb = 256, output_mb = 8, rows = 100000 },
      permissions.of { permissions = { seconds = 60 } })
    assert.same(permissions.default, permissions.of(nil))
    assert.is_false(permissions.of { permissions = { read = false } }.read)
  end)

  it("of a dependency are no more than its caller's", function()
    local caller = permissions.of { permissions = { write = { "relations" }, seconds = 20 } }
    local own = permissions.of { permissions = { write = { "roles", "relations" }, rows = 5,
      seconds = 600, read = false } }
    assert.same({ read = false, write = { "relations" }, seconds = 20, memory_mb = 256,
      output_mb = 8, rows = 5 }, permissions.least(caller, own))
    assert.is_nil(permissions.least(permissions.default, own).write)
  end)

  it("say what goes beyond the default, and nothing of what does not", function()
    assert.same({}, permissions.beyond(permissions.of { permissions = { seconds = 1 } }))
    assert.same({ "propose rows for relations", "600 s (default 10)" },
      permissions.beyond(permissions.of {
        permissions = { write = { "relations" }, seconds = 600 } }))
  end)
end)
