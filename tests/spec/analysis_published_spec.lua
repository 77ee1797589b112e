-- Every published number comes out to the digits its source prints.

local published = require "vankien.analysis.published"

describe("published numbers", function()
  local rows = published.run()

  for _, row in ipairs(rows) do
    it(("%s is %s (%s)"):format(row.name, row.printed, row.source), function()
      assert.is_true(row.ok, ("got %s"):format(row.value))
    end)
  end

  it("are many, and each names its source", function()
    assert.is_true(#rows >= 140)
    for _, row in ipairs(rows) do assert.is_truthy(row.source:find("%a")) end
  end)
end)

describe("published.run", function()
  it("gives value, expected and difference for each row", function()
    local row = published.run()[1]
    assert.are.equal("K1 G², 2 cells", row.name)
    assert.are.equal(2.651710, row.expected)
    assert.is_true(math.abs(row.value - row.expected - row.difference) < 1e-15)
  end)
end)
