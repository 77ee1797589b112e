-- Documents dealt among periods: what it finds, what it refuses to say, and that it repeats.

local resample = require "vankien.analysis.resample"
local rng = require "vankien.analysis.rng"

local function documents(times, per_time, rate)
  local g, list = rng.new(5), {}
  for k, time in ipairs(times) do
    for _ = 1, per_time do
      list[#list + 1] = {counts = {rate(k) + g:below(3), g:below(4)}, size = 1000 + g:below(200),
        time = time}
    end
  end
  return list
end

local YEARS = {1986, 1991, 1996, 2001, 2006}

describe("resample.periods", function()
  it("finds a rise, and none where there is none", function()
    local r = resample.periods(documents(YEARS, 6, function(k) return 4 * k end), {rounds = 999})
    assert.are.equal(0.001, r.rows[1].p)
    assert.is_true(r.rows[1].observed > 0)
    assert.is_true(r.rows[2].p > 0.05)
    assert.are.equal("document", r.level)
    assert.are.same({6, 6, 6, 6, 6}, r.counts)
  end)
  it("finds a difference without direction", function()
    local list = documents(YEARS, 6, function(k) return k == 3 and 15 or 2 end)
    local r = resample.periods(list, {rounds = 999, statistic = "difference"})
    assert.are.equal(0.001, r.rows[1].p)
  end)
  it("gives a slope per unit of time", function()
    local list = {}
    for i, year in ipairs(YEARS) do
      for _ = 1, 2 do list[#list + 1] = {count = 10 * i, size = 1000, time = year} end
    end
    local slope = resample.periods(list, {rounds = 9}).rows[1].observed
    assert.is_true(math.abs(slope - 0.01 / 5) < 1e-15)
  end)
  it("agrees with the test of two sets when there are two periods", function()
    local a, b, all = {}, {}, {}
    for i = 1, 7 do a[i] = {count = i % 3, size = 100, time = 1} end
    for i = 1, 8 do b[i] = {count = i % 4 + 1, size = 100, time = 2} end
    table.move(a, 1, 7, 1, all)
    table.move(b, 1, 8, 8, all)
    local exact, drawn = resample.permutation(a, b), resample.periods(all, {rounds = 9999})
    assert.is_true(math.abs(exact.p - drawn.rows[1].p) < 0.015)
  end)
  it("does not depend on the order of the list, and repeats", function()
    local list = documents(YEARS, 3, function(k) return k end)
    local by_time = resample.periods(list, {rounds = 200})
    local again = resample.periods(list, {rounds = 200})
    assert.are.same(by_time.rows, again.rows)
    table.insert(list, 1, table.remove(list))
    local turned = resample.periods(list, {rounds = 9})
    assert.are.equal(by_time.rows[1].observed, turned.rows[1].observed)
  end)
  it("says that one document per period allows no test", function()
    local r = resample.periods(documents(YEARS, 1, function(k) return k end))
    assert.are.equal("one document per period: no document-level test is possible", r.reason)
    assert.are.equal(0, #r.rows)
  end)
  it("says that one period allows no comparison", function()
    assert.is_truthy(resample.periods(documents({1986}, 4, function() return 1 end)).reason)
  end)
  it("wants a time for every document", function()
    assert.has_error(function() resample.periods{{count = 1, size = 9}} end)
  end)
  it("has no p for a phrase that is nowhere", function()
    local list = {}
    for i = 1, 6 do list[i] = {count = 0, size = 10, time = i // 4} end
    assert.is_truthy(resample.periods(list).rows[1].reason)
  end)
end)
