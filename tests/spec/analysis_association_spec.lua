-- Association measures: limits, undefined values, tables that contradict themselves.

local association = require "vankien.analysis.association"

local function close(expected, value, miss)
  assert.is_true(value ~= nil and math.abs(value - expected) <= (miss or 1e-9),
    ("expected %.12g, got %s"):format(expected, value))
end

describe("association", function()
  it("names the expected count beside every measure", function()
    for _, name in ipairs{"mi", "mi3", "npmi", "t_score", "z_score", "log_dice", "dice", "g2",
      "chi2", "min_sensitivity", "log_odds"} do
      local _, info = association[name](8, 15828, 4675, 14307668)
      close(5.171765, info.expected, 1e-6)
      assert.are.equal(14307668, info.n)
      assert.is_string(info.variant)
    end
  end)
  it("is neutral where words meet as often as by chance", function()
    close(0, (association.mi(10, 100, 100, 1000)))
    close(0, (association.t_score(10, 100, 100, 1000)))
    close(0, (association.g2(10, 100, 100, 1000)))
    close(0, (association.npmi(10, 100, 100, 1000)))
    local forward, backward = association.delta_p(10, 100, 100, 1000)
    close(0, forward)
    close(0, backward)
  end)
  it("has no logarithm of nothing, and says so", function()
    for _, name in ipairs{"mi", "mi3", "log_dice", "t_score"} do
      local value, info = association[name](0, 10, 10, 100)
      assert.is_nil(value)
      assert.is_truthy(info.reason:find("o is 0"))
    end
    assert.are.equal(-1, (association.npmi(0, 10, 10, 100)))
  end)
  it("refuses margins that cannot hold together", function()
    assert.has_error(function() association.mi(1, 70, 60, 100) end)
    assert.has_error(function() association.mi(11, 10, 60, 100) end)
  end)
end)

describe("association.mi", function()
  it("takes other bases, and names them", function()
    local value, info = association.mi(8, 1105, 44, 15000000, {base = 10})
    close(11.269197 * math.log(2, 10), value, 1e-6)
    assert.is_truthy(info.variant:find("base 10"))
  end)
end)

describe("association.log_dice", function()
  it("does not depend on N, and tops at 14", function()
    close((association.log_dice(8, 30, 44, 1000)), (association.log_dice(8, 30, 44, 1000000)))
    close(14, (association.log_dice(30, 30, 30, 1000)))
  end)
end)

describe("association.delta_p", function()
  it("is 1 in both directions for words that never part", function()
    local forward, backward = association.delta_p(5, 5, 5, 100)
    close(1, forward)
    close(1, backward)
  end)
  it("is undefined where a word is everywhere", function()
    local forward, _, info = association.delta_p(5, 100, 5, 100)
    assert.is_nil(forward)
    assert.is_truthy(info.reason)
  end)
end)

describe("association.lambda_z", function()
  local three = {["000"] = 40, ["001"] = 10, ["010"] = 8, ["011"] = 5, ["100"] = 7, ["101"] = 4,
    ["110"] = 3, ["111"] = 9}
  it("is the three-way interaction for three words", function()
    local lambda, z, info = association.lambda_z(three, {smoothing = 0})
    close(math.log(9 * 7 * 8 * 10 / (3 * 4 * 5 * 40)), lambda)
    close(lambda / info.se, z)
    assert.are.equal(3, info.words)
  end)
  it("adds one half unless told otherwise", function()
    local _, _, info = association.lambda_z(three)
    assert.are.equal("0.5 added to every cell", info.correction)
  end)
  it("wants every pattern", function()
    assert.has_error(function() association.lambda_z{["11"] = 1, ["10"] = 2, ["01"] = 3} end)
    assert.has_error(function() association.lambda_z{["11"] = 1, ["1"] = 2} end)
    assert.has_error(function() association.lambda_z{ab = 1} end)
  end)
  it("has no value when a cell is empty and nothing is added", function()
    local value, _, info = association.lambda_z(
      {["11"] = 0, ["10"] = 2, ["01"] = 3, ["00"] = 4}, {smoothing = 0})
    assert.is_nil(value)
    assert.is_truthy(info.reason)
  end)
end)
