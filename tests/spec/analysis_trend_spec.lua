-- Trends: what few periods can show, ties, uneven times, and values that are undefined.

local rank = require "vankien.analysis.rank"
local trend = require "vankien.analysis.trend"

local function close(expected, value, miss)
  assert.is_true(value ~= nil and math.abs(value - expected) <= (miss or 1e-9),
    ("expected %.12g, got %s"):format(expected, value))
end

describe("trend.power", function()
  local TABLE = {   -- periods, largest S, smallest p, least significant S, its p
    {4, 6, 0.083333}, {5, 10, 0.016667, 10, 0.016667}, {6, 15, 0.002778, 13, 0.016667},
    {7, 21, 0.000397, 15, 0.030159}, {9, 36, 5.5115e-06, 20, 0.044615},
    {14, 91, 2.2941e-11, 37, 0.047176}}
  for _, row in ipairs(TABLE) do
    it(("knows what %d periods can show"):format(row[1]), function()
      local p, info = trend.power(row[1])
      close(row[3], p, row[3] * 1e-3)
      assert.are.equal(row[2], info.largest_s)
      assert.are.equal(row[4], info.critical_s)
      if row[5] then close(row[5], info.critical_p, 5e-7) end
    end)
  end
  it("says it in a sentence", function()
    local _, info = trend.power(4)
    assert.are.equal(
      "no two-sided exact Mann–Kendall result below 0.05 is possible with 4 periods", info.sentence)
    _, info = trend.power(1)
    assert.is_truthy(info.sentence:find("with 1 period$"))
    _, info = trend.power(5)
    assert.is_truthy(info.sentence:find("with 5 periods .* needs |S| of 10 or more"))
  end)
  it("follows the level asked for", function()
    local _, info = trend.power(5, {alpha = 0.01})
    assert.is_nil(info.critical_s)
    assert.is_truthy(info.sentence:find("below 0.01 is possible with 5 periods", 1, true))
  end)
end)

describe("trend.mann_kendall", function()
  it("carries the sentence when nothing could be significant", function()
    local r = trend.mann_kendall{1, 2, 3, 4}
    close(0.083333, r.p, 1e-6)
    assert.are.equal("no two-sided exact Mann–Kendall result below 0.05 is possible with 4 periods",
      r.notes[1])
  end)
  it("is exact with ties: enumeration agrees", function()
    local y = {1, 1, 2, 3, 3, 3, 5}
    local x = {1, 2, 3, 4, 5, 6, 7}
    local r = trend.mann_kendall(y)
    close(rank.enumerate(x, y, r.s), r.p_exact, 1e-12)
    assert.are.equal("exact distribution of S, ties included", r.method)
    assert.are.equal("ties", r.correction)
  end)
  it("counts ties in the variance", function()
    local r = trend.mann_kendall{1, 1, 2, 3, 3, 3, 5}
    close((7 * 6 * 19 - 2 * 1 * 9 - 3 * 2 * 11) / 18, r.var_s)
  end)
  it("takes the normal approximation above 30 periods, or when told", function()
    local y = {}
    for i = 1, 31 do y[i] = i * 7 % 31 end
    assert.are.equal("normal approximation", trend.mann_kendall(y).method)
    local r = trend.mann_kendall({1, 2, 3, 4, 5}, {exact = false})
    assert.are.equal("ties, continuity", r.correction)
    close(r.p_normal, r.p)
    assert.is_not_nil(trend.mann_kendall(y, {exact = true}).p_exact)
  end)
  it("says why equal values and one value have no p", function()
    assert.are.equal("all values are equal: nothing to order", trend.mann_kendall{2, 2, 2}.reason)
    local one = trend.mann_kendall{2}
    assert.are.equal("one value has no order", one.reason)
    assert.is_nil(one.p)
    assert.is_nil(one.tau_a)
  end)
  it("turns its sign with time, and keeps its p", function()
    local up, down = trend.mann_kendall{1, 4, 2, 7, 5, 9}, trend.mann_kendall{9, 5, 7, 2, 4, 1}
    assert.are.equal(-up.s, down.s)
    close(up.p, down.p)
    close(-up.z, down.z)
  end)
end)

describe("trend.kendall", function()
  it("counts every order when both sides have ties and values are few", function()
    local r = trend.kendall({1, 1, 2, 3, 4}, {2, 3, 3, 5, 5})
    assert.are.equal("exact, every order counted", r.method)
  end)
  it("is symmetric in its sides", function()
    local a = trend.kendall({1, 2, 3, 4, 5, 6}, {1, 1, 4, 2, 6, 6})
    local b = trend.kendall({1, 1, 4, 2, 6, 6}, {1, 2, 3, 4, 5, 6})
    assert.are.equal(a.s, b.s)
    close(a.p, b.p, 1e-12)
    close(a.tau_b, b.tau_b, 1e-12)
  end)
  it("gives no tau for a constant side", function()
    local r = trend.kendall({1, 2, 3}, {4, 4, 4})
    assert.is_nil(r.tau_b)
    assert.is_truthy(r.reason)
  end)
end)

describe("trend.theil_sen", function()
  it("works in real years", function()
    local r = trend.theil_sen({1986.96, 1991.48, 1996.5, 2001.3}, {0, 1, 2, 3})
    close(1 / (2001.3 - 1996.5) , 1 / 4.8)
    assert.is_true(r.slope > 1 / 5.02 and r.slope < 1 / 4.5)
  end)
  it("finds a line exactly", function()
    local r = trend.theil_sen({1, 2, 4, 8, 9, 11}, {5, 7, 11, 19, 21, 25})
    close(2, r.slope)
    close(3, r.intercept)
    close(2, r.low)
    close(2, r.high)
  end)
  it("has no 95 % interval with four points, and says so", function()
    local r = trend.theil_sen({1, 2, 3, 4}, {1, 3, 2, 5})
    assert.is_nil(r.low)
    assert.are.equal("no interval at level 0.95 is possible with 4 points", r.reason)
  end)
  it("names the level its exact ranks reach", function()
    local r = trend.theil_sen({1, 2, 3, 4, 5, 6}, {1, 3, 2, 5, 7, 9})
    assert.is_true(r.level_reached >= 0.95)
    assert.are.equal("exact ranks of S", r.interval)
  end)
  it("has no slope when all times are equal", function()
    assert.are.equal("all times are equal: no slope", trend.theil_sen({1, 1}, {1, 2}).reason)
  end)
end)

describe("trend.pettitt", function()
  it("finds a step", function()
    local r = trend.pettitt{1, 2, 1, 2, 9, 8, 9, 8}
    assert.are.equal(4, r.after)
    assert.are.equal(16, r.k)
    assert.is_truthy(r.notes[1]:find("rough"))
  end)
  it("lists every place with the same statistic", function()
    assert.are.same({1, 2}, trend.pettitt{1, 2, 3}.candidates)
  end)
  it("finds nothing in equal values", function()
    local r = trend.pettitt{3, 3, 3}
    assert.is_nil(r.after)
    assert.is_truthy(r.reason)
  end)
end)

describe("trend.cochran_armitage", function()
  it("has the published z² of alcohol and malformations", function()
    local r = trend.cochran_armitage({48, 38, 5, 1, 1}, {17114, 14502, 793, 127, 38},
      {scores = {0, 0.5, 1.5, 4, 7}})
    close(6.57, r.z ^ 2, 0.005)
  end)
  it("does not change with the unit of the scores", function()
    local a = trend.cochran_armitage({1, 3, 6}, {10, 12, 11}, {scores = {1, 2, 3}})
    local b = trend.cochran_armitage({1, 3, 6}, {10, 12, 11}, {scores = {1990, 2000, 2010}})
    close(a.z, b.z)
  end)
  it("is undefined without spread", function()
    assert.is_truthy(trend.cochran_armitage({0, 0}, {5, 5}).reason)
  end)
end)

describe("trend.vnc", function()
  it("keeps neighbours together and times as they are", function()
    local r = trend.vnc({1, 1.1, 5, 5.2}, {times = {1986, 1991, 1996, 2011}})
    assert.are.equal(3, #r.merges)
    local two = r.stages[2]
    assert.are.same({1986, 1991}, {two[1].from, two[1].to})
    assert.are.same({1996, 2011}, {two[2].from, two[2].to})
    assert.are.equal(5, two[2].gap)
    assert.is_truthy(r.notes[1]:find("uneven"))
  end)
  it("names its distance and how merged values are taken", function()
    assert.are.equal("VNC, cv (sample sd) of cluster averages",
      trend.vnc({1, 2, 3}, {distance = "cv", merge = "average"}).variant)
  end)
  it("has nothing to merge in one period", function()
    assert.are.equal("one period: nothing to merge", trend.vnc{3}.reason)
  end)
  it("stops where the coefficient of variation is undefined", function()
    assert.is_truthy(trend.vnc({-1, 1}, {distance = "cv"}).reason)
  end)
end)
