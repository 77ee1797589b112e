-- Resampling: the generator, the subsets, exactness where it is possible, what few documents show.

local multiple = require "vankien.analysis.multiple"
local resample = require "vankien.analysis.resample"
local rng = require "vankien.analysis.rng"
local subsets = require "vankien.analysis.subsets"

local function close(expected, value, miss)
  assert.is_true(value ~= nil and math.abs(value - expected) <= (miss or 1e-9),
    ("expected %.12g, got %s"):format(expected, value))
end

-- n documents, k counts each, one in `rare` of them not 0.
local function documents(n, k, seed, rare)
  local random, list = rng.new(seed), {}
  for i = 1, n do
    local counts = {}
    for c = 1, k do counts[c] = random:below(rare) == 1 and random:below(6) or 0 end
    list[i] = {counts = counts, size = 500 + random:below(5000)}
    if k == 1 then list[i] = {count = counts[1], size = list[i].size} end
  end
  return list
end

local function rate_difference(a, b)
  local x, n, y, m = 0, 0, 0, 0
  for _, d in ipairs(a) do x, n = x + d.count, n + d.size end
  for _, d in ipairs(b) do y, m = y + d.count, m + d.size end
  return x / n - y / m
end

describe("rng", function()
  it("is xoshiro256**, to the reference numbers", function()
    local g = setmetatable({1, 2, 3, 4}, rng)
    for _, expected in ipairs{11520, 0, 1509978240, 1215971899390074240, 1216172134540287360,
      607988272756665600} do
      assert.are.equal(expected, g:next())
    end
  end)
  it("is seeded by splitmix64", function()
    local g = rng.new(0)
    assert.are.equal(0xe220a8397b1dcdaf, g[1])
    assert.are.equal(0x6e789e6aa1b965f4, g[2])
  end)
  it("stays within bounds and reaches both ends", function()
    local g, seen = rng.new(9), {}
    for _ = 1, 500 do seen[g:below(5)] = true end
    assert.are.same({true, true, true, true, true}, seen)
    for _ = 1, 500 do
      local x = g:float()
      assert.is_true(x >= 0 and x < 1)
    end
  end)
  it("leaves Lua's own generator alone", function()
    math.randomseed(42)
    local expected = math.random(1000000)
    math.randomseed(42)
    rng.new(7):next()
    assert.are.equal(expected, math.random(1000000))
  end)
end)

describe("subsets", function()
  it("have their size, and every document as often as any other", function()
    local n, rows = 70, {}
    for i = 1, n do
      rows[i] = {}
      for j = 1, n do rows[i][j] = i == j and 1 or 0 end
    end
    local prepared = subsets.new(rows, n)
    for _, m in ipairs{3, 20, 35} do
      local inside, rounds = {}, 4000
      for i = 1, n do inside[i] = 0 end
      subsets.each(prepared, m, rounds, rng.new(11), function(sums)
        local size = 0
        for i = 1, n do
          inside[i] = inside[i] + sums[i]
          size = size + sums[i]
        end
        assert(size == m)
      end)
      local chi2 = 0
      for i = 1, n do
        chi2 = chi2 + (inside[i] - rounds * m / n) ^ 2 / (rounds * m / n * (1 - m / n))
      end
      assert.is_true(chi2 > 35 and chi2 < 115, "chi2 " .. chi2)
    end
  end)
  it("are all visited once when enumerated", function()
    local seen = {}
    subsets.every(6, 3, function(chosen) seen[#seen + 1] = table.concat(chosen, ",") end)
    assert.are.equal(20, #seen)
    assert.are.equal("1,2,3", seen[1])
    assert.are.equal("4,5,6", seen[20])
    assert.are.equal(20, subsets.count(6, 3, 1000))
    assert.is_nil(subsets.count(60, 30, 1000))
  end)
end)

describe("resample.permutation", function()
  it("counts all splits when they are few, as a direct count does", function()
    local a = {{count = 5, size = 100}, {count = 6, size = 100}, {count = 7, size = 100}}
    local b = {{count = 1, size = 100}, {count = 2, size = 100}, {count = 3, size = 100}}
    local r = resample.permutation(a, b)
    close(2 / 20, r.p)
    close(1 / 20, r.p_greater)
    close(1, r.p_less)
    assert.are.equal("exact: all 20 splits", r.method)
    close(0.04, r.observed)
  end)
  it("agrees with the exact p when splits are drawn", function()
    local a, b = documents(8, 1, 3, 2), documents(7, 1, 4, 2)
    local exact = resample.permutation(a, b)
    local drawn = resample.permutation(a, b, rate_difference, {rounds = 20000, seed = 5})
    assert.is_truthy(exact.method:find("all 6435 splits"))
    close(exact.p, drawn.p, 0.012)
    close(exact.p_greater, drawn.p_greater, 0.012)
  end)
  it("agrees between its fast way and a function of the lists", function()
    local a, b = documents(40, 1, 7, 2), documents(25, 1, 8, 3)
    local fast = resample.permutation(a, b, "rate_difference", {rounds = 8000})
    local slow = resample.permutation(a, b, rate_difference, {rounds = 8000})
    close(fast.observed, slow.observed, 1e-15)
    close(fast.p, slow.p, 0.025)
  end)
  it("gives the same numbers for the same seed, others for another", function()
    local a, b = documents(40, 1, 7, 2), documents(25, 1, 8, 3)
    local one = resample.permutation(a, b, nil, {rounds = 500, seed = 12})
    local same = resample.permutation(a, b, nil, {rounds = 500, seed = 12})
    local other = resample.permutation(a, b, nil, {rounds = 500, seed = 13})
    assert.are.equal(one.p, same.p)
    assert.are_not.equal(one.p_greater, other.p_greater)
    assert.are.equal(12, one.seed)
    assert.are.equal("xoshiro256**, seeded by splitmix64", one.generator)
  end)
  it("is fixed to the last digit on any machine", function()
    local a, b = documents(40, 1, 7, 2), documents(25, 1, 8, 3)
    local r = resample.permutation(a, b, nil, {rounds = 999, seed = 1})
    assert.are.equal(0.054, r.p)
  end)
  it("says that one document on each side shows nothing", function()
    local r = resample.permutation({{count = 3, size = 10}}, {{count = 1, size = 10}})
    assert.is_nil(r.p)
    assert.are.equal("one document on each side: no document-level test is possible", r.reason)
  end)
  it("says how small a p few documents can reach", function()
    local r = resample.permutation({{count = 3, size = 10}, {count = 4, size = 10}},
      {{count = 1, size = 10}, {count = 0, size = 10}})
    assert.is_truthy(r.notes[1]:find("6 ways: no p below 0.167", 1, true))
    close(1 / 6, r.smallest_p)
    close(2 / 6, r.p)
  end)
  it("has no p for a word that is nowhere", function()
    local r = resample.permutation({{count = 0, size = 9}, {count = 0, size = 9}},
      {{count = 0, size = 9}})
    assert.is_nil(r.p)
    assert.is_truthy(r.reason)
  end)
  it("is labelled as a test over documents", function()
    assert.are.equal("document", resample.permutation(documents(9, 1, 1, 2),
      documents(9, 1, 2, 2)).level)
  end)
end)

describe("resample.family", function()
  it("tests every count from the same splits, and corrects", function()
    local a, b = documents(30, 3, 1, 2), documents(30, 3, 2, 2)
    for _, d in ipairs(a) do d.counts[2] = d.counts[2] + 5 end
    local r = resample.family(a, b, nil, {rounds = 2000})
    assert.are.equal(3, #r.rows)
    assert.is_true(r.rows[2].p < 0.001)
    close(3 * r.rows[2].p, r.rows[2].p_holm)
    assert.is_true(r.rows[1].p_holm >= r.rows[1].p)
  end)
  it("gives each count what permutation gives it alone", function()
    local a, b = documents(7, 2, 1, 2), documents(8, 2, 2, 2)
    local first = function(list)
      local out = {}
      for i, d in ipairs(list) do out[i] = {count = d.counts[1], size = d.size} end
      return out
    end
    close(resample.permutation(first(a), first(b)).p, resample.family(a, b).rows[1].p, 1e-12)
  end)
  it("gives the same numbers for the same seed over 2,000 documents", function()
    local a, b = documents(700, 10, 1, 3), documents(1300, 10, 2, 3)
    local one = resample.family(a, b, nil, {rounds = 200, seed = 4})
    local two = resample.family(a, b, nil, {rounds = 200, seed = 4})
    for i, row in ipairs(one.rows) do assert.are.equal(row.p, two.rows[i].p) end
  end)
end)

describe("resample.bootstrap", function()
  it("holds the rate, and narrows with more documents", function()
    local few, many = resample.bootstrap(documents(20, 1, 3, 2)),
      resample.bootstrap(documents(500, 1, 3, 2), "rate", {rounds = 500})
    assert.is_true(few.low < few.estimate and few.estimate < few.high)
    assert.is_true(many.high - many.low < few.high - few.low)
  end)
  it("is of no width when all documents are alike", function()
    local list = {}
    for i = 1, 12 do list[i] = {count = 2, size = 100} end
    local r = resample.bootstrap(list)
    close(0.02, r.low)
    close(0.02, r.high)
  end)
  it("takes a function of the documents", function()
    local r = resample.bootstrap({3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, function(list)
      local sum = 0
      for _, x in ipairs(list) do sum = sum + x end
      return sum / #list
    end)
    close(7.5, r.estimate)
    close(math.sqrt(8.25 / 10), r.se, 0.05)
  end)
  it("says that one document has no interval", function()
    local r = resample.bootstrap{{count = 1, size = 10}}
    assert.is_nil(r.low)
    assert.are.equal("one document: no document-level interval is possible", r.reason)
  end)
end)

describe("multiple", function()
  local P = {0.01, 0.04, 0.03, 0.005}
  it("corrects as Holm", function()
    for i, expected in ipairs{0.03, 0.06, 0.06, 0.02} do close(expected, multiple.holm(P)[i]) end
  end)
  it("corrects as Benjamini and Hochberg", function()
    for i, expected in ipairs{0.02, 0.04, 0.04, 0.02} do
      close(expected, multiple.benjamini_hochberg(P)[i])
    end
  end)
  it("keeps rows without a p out of the family", function()
    local rows, m = multiple.add({{p = 0.01}, {}, {p = 0.5}}, "p")
    assert.are.equal(2, m)
    close(0.02, rows[1].p_holm)
    assert.is_nil(rows[2].p_holm)
  end)
  it("stays at or below 1, and takes an empty list", function()
    assert.are.equal(1, multiple.holm{0.9, 0.8}[1])
    assert.are.same({}, multiple.holm{})
  end)
end)
