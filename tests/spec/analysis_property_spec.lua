-- Properties that hold for any table: symmetry, limits, invariance, and two independent
-- computations that must agree. Tables are random but seeded, so a failure can be repeated.

local association = require "vankien.analysis.association"
local dispersion = require "vankien.analysis.dispersion"
local interval = require "vankien.analysis.interval"
local keyness = require "vankien.analysis.keyness"
local lexdiv = require "vankien.analysis.lexdiv"
local rank = require "vankien.analysis.rank"
local resample = require "vankien.analysis.resample"
local rng = require "vankien.analysis.rng"
local special = require "vankien.analysis.special"
local trend = require "vankien.analysis.trend"

local ROUNDS = 150

local function close(expected, value, relative, what)
  local miss = math.abs(value - expected)
  if miss <= (relative or 1e-9) * math.max(1, math.abs(expected)) then return end
  error(("%s: expected %.15g, got %.15g"):format(what or "", expected, value), 2)
end

-- Two counts and two sizes, small and large.
local function two_sets(g)
  local n1, n2 = g:below(10 ^ g:below(6) // 1 | 0), g:below(10 ^ g:below(6) // 1 | 0)
  return g:below(n1 + 1) - 1, g:below(n2 + 1) - 1, n1, n2
end

local function association_table(g)
  local n = 10 + g:below(100000)
  local f1, f2 = g:below(n), g:below(n)
  local low = math.max(0, f1 + f2 - n)
  return low + g:below(math.min(f1, f2) - low + 1) - 1, f1, f2, n
end

local function each(seed, make, check)
  local g = rng.new(seed)
  for _ = 1, ROUNDS do check(make(g)) end
end

local function list_of(g, n, top)
  local list = {}
  for i = 1, n do list[i] = g:below(top) - 1 end
  return list
end

describe("keyness of random sets", function()
  it("does not change a test value when the sets change places", function()
    each(1, two_sets, function(a, b, n1, n2)
      for _, cells in ipairs{2, 4} do
        close((keyness.g2(a, b, n1, n2, {cells = cells})), (keyness.g2(b, a, n2, n1,
          {cells = cells})), 1e-9, "g2")
      end
      local x, y = keyness.chi2(a, b, n1, n2), keyness.chi2(b, a, n2, n1)
      if x then close(x, y, 1e-9, "chi2") else assert.is_nil(y) end
    end)
  end)
  it("turns the sign of a size of effect when the sets change places", function()
    each(2, two_sets, function(a, b, n1, n2)
      if a + b == 0 then return end
      close(-(keyness.log_ratio(a, b, n1, n2, {zero = "walter"})),
        (keyness.log_ratio(b, a, n2, n1, {zero = "walter"})), 1e-9, "log_ratio")
      close(-(keyness.lrc(a, b, n1, n2)), (keyness.lrc(b, a, n2, n1)), 1e-7, "lrc")
      close(-(keyness.difference_coefficient(a, b, n1, n2)),
        (keyness.difference_coefficient(b, a, n2, n1)), 1e-9, "difference")
    end)
  end)
  it("has the same table by rows and by columns", function()
    each(3, two_sets, function(a, b, n1, n2)
      local c, d = n1 - a, n2 - b
      close((keyness.g2_table(a, b, c, d)), (keyness.g2_table(a, c, b, d)), 1e-9, "g2")
      local f, t = keyness.fisher(a, b, c, d), keyness.fisher(a, c, b, d)
      close(f.two_sided, t.two_sided, 1e-8, "fisher")
      close(f.left, t.left, 1e-8, "left")
    end)
  end)
  it("never gives NaN nor a negative test value", function()
    each(4, two_sets, function(a, b, n1, n2)
      for _, cells in ipairs{2, 4} do
        local g2, info = keyness.g2(a, b, n1, n2, {cells = cells})
        assert.is_true(g2 >= 0 and g2 < math.huge)
        assert.is_true(info.p >= 0 and info.p <= 1)
      end
      local f = keyness.fisher(a, b, n1 - a, n2 - b)
      for _, tail in ipairs{"two_sided", "left", "right"} do
        assert.is_true(f[tail] >= 0 and f[tail] <= 1 + 1e-9)
      end
    end)
  end)
  it("puts 2-cell G² below 4-cell G²", function()
    each(5, two_sets, function(a, b, n1, n2)
      assert.is_true(keyness.g2(a, b, n1, n2) <= keyness.g2(a, b, n1, n2, {cells = 4}) + 1e-9)
    end)
  end)
end)

describe("Fisher's test of small tables", function()
  it("agrees with counting every table", function()
    each(6, function(g) return g:below(9) - 1, g:below(9) - 1, g:below(9) - 1, g:below(9) end,
      function(a, b, c, d)
        local m, rest, n = a + c, b + d, a + b
        local seen = special.log_hypergeometric(a, m, rest, n)
        local two, left, right = 0, 0, 0
        for k = math.max(0, n - rest), math.min(m, n) do
          local log_p = special.log_hypergeometric(k, m, rest, n)
          local p = math.exp(log_p)
          if log_p <= seen + 1e-7 then two = two + p end
          if k <= a then left = left + p end
          if k >= a then right = right + p end
        end
        local f = keyness.fisher(a, b, c, d)
        close(two, f.two_sided, 1e-10, "two")
        close(left, f.left, 1e-10, "left")
        close(right, f.right, 1e-10, "right")
      end)
  end)
  it("is the two-sided tail of the exact permutation of single-token documents", function()
    local a, b = {}, {}
    for i = 1, 7 do a[i] = {count = i <= 5 and 1 or 0, size = 1} end
    for i = 1, 6 do b[i] = {count = i <= 1 and 1 or 0, size = 1} end
    local f, r = keyness.fisher(5, 1, 2, 5), resample.permutation(a, b)
    close(f.right, r.p_greater, 1e-12, "greater")
    close(f.left, r.p_less, 1e-12, "less")
  end)
end)

describe("association of random tables", function()
  local SYMMETRIC = {"mi", "mi3", "npmi", "t_score", "z_score", "log_dice", "dice", "g2", "chi2",
    "min_sensitivity", "log_odds"}
  it("does not change when the words change places", function()
    each(7, association_table, function(o, f1, f2, n)
      for _, name in ipairs(SYMMETRIC) do
        local x, y = association[name](o, f1, f2, n), association[name](o, f2, f1, n)
        if x == nil then assert.is_nil(y) else close(x, y, 1e-9, name) end
      end
      local forward, backward = association.delta_p(o, f1, f2, n)
      local backward2, forward2 = association.delta_p(o, f2, f1, n)
      close(forward, forward2)
      close(backward, backward2)
    end)
  end)
  it("stays within its limits", function()
    local LIMITS = {npmi = {-1, 1}, dice = {0, 1}, log_dice = {-math.huge, 14},
      min_sensitivity = {0, 1}, g2 = {0, math.huge}, chi2 = {0, math.huge}}
    each(8, association_table, function(o, f1, f2, n)
      for name, limits in pairs(LIMITS) do
        local x = association[name](o, f1, f2, n)
        if x then assert.is_true(x >= limits[1] - 1e-12 and x <= limits[2] + 1e-12, name) end
      end
    end)
  end)
  it("agrees with the same table seen as keyness", function()
    each(9, association_table, function(o, f1, f2, n)
      if f1 == n then return end
      close((association.g2(o, f1, f2, n)),
        (keyness.g2(o, f2 - o, f1, n - f1, {cells = 4})), 1e-9, "g2")
    end)
  end)
end)

describe("dispersion of random counts", function()
  local function parts(g)
    local n, v, s = 1 + g:below(9), {}, {}
    for i = 1, n do
      s[i] = 20 + g:below(1000)
      v[i] = g:below(15) - 1
    end
    return v, s, g
  end
  local MEASURES = {"dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s"}
  it("does not depend on the order of the parts", function()
    each(10, parts, function(v, s)
      local w, t = {}, {}
      for i = 1, #v do w[i], t[i] = v[#v + 1 - i], s[#v + 1 - i] end
      for _, name in ipairs(MEASURES) do
        local x, y = dispersion[name](v, s), dispersion[name](w, t)
        if x then close(x, y, 1e-9, name) else assert.is_nil(y) end
      end
    end)
  end)
  it("lies from 0 to 1", function()
    each(11, parts, function(v, s)
      for _, name in ipairs(MEASURES) do
        local x = dispersion[name](v, s)
        if x then assert.is_true(x >= -1e-12 and x <= 1 + 1e-12, name) end
      end
    end)
  end)
  it("puts the reduced frequencies between 1 and the frequency", function()
    each(12, function(g) return g end, function(g)
      local places, n = {}, 200
      for i = 1, n do
        if g:below(9) == 1 then places[#places + 1] = i end
      end
      if #places == 0 then return end
      local arf = dispersion.arf(places, n)
      assert.is_true(arf >= 1 - 1e-9 and arf <= #places + 1e-9)
      local _, awt = dispersion.awt(places, n)
      local _, ald = dispersion.ald(places, n)
      assert.is_true(awt.adjusted_frequency <= ald.adjusted_frequency + 1e-9)
      assert.is_true(ald.adjusted_frequency <= #places + 1e-9)
    end)
  end)
end)

describe("intervals of random counts", function()
  local function trials(g)
    local n = g:below(2000)
    return g:below(n + 1) - 1, n
  end
  it("hold the estimate, and mirror failures", function()
    each(13, trials, function(k, n)
      for _, name in ipairs{"wilson", "clopper_pearson"} do
        local r, m = interval[name](k, n), interval[name](n - k, n)
        assert.is_true(r.low <= r.estimate + 1e-12 and r.estimate <= r.high + 1e-12)
        close(1 - r.low, m.high, 1e-9, name)
      end
    end)
  end)
  it("are wider when exact", function()
    each(14, trials, function(k, n)
      local exact, score = interval.clopper_pearson(k, n), interval.wilson(k, n)
      assert.is_true(exact.high - exact.low >= score.high - score.low - 1e-9 or k == 0 or k == n)
    end)
  end)
  it("come near each other for a rare event: binomial and Poisson", function()
    for k = 0, 30 do
      local b, p = interval.clopper_pearson(k, 10000000), interval.poisson(k, 10000000)
      close(b.low * 1e7, p.low * 1e7, 1e-4)
      close(b.high * 1e7, p.high * 1e7, 1e-4)
    end
  end)
end)

describe("trends of random values", function()
  it("have an exact distribution that agrees with counting every order", function()
    each(15, function(g) return list_of(g, 2 + g:below(4), 4) end, function(y)
      local x = {}
      for i = 1, #y do x[i] = i end
      local s = math.abs(rank.s(x, y))
      close(rank.enumerate(x, y, s), rank.tail(rank.groups(y), s), 1e-12)
    end)
  end)
  it("have the variance of that distribution", function()
    each(16, function(g) return rank.groups(list_of(g, 3 + g:below(12), 6)) end, function(sizes)
      local p, degree = rank.inversions(sizes)
      local n, variance, total, ones = 0, 0, 0, {}
      for _, t in ipairs(sizes) do n = n + t end
      for i = 1, n do ones[i] = 1 end
      for i = 0, degree do
        total = total + p[i]
        variance = variance + p[i] * (degree - 2 * i) ^ 2
      end
      close(1, total, 1e-12)
      close(rank.variance(n, ones, sizes), variance, 1e-9)
    end)
  end)
  it("do not change under a rising transformation, and mirror under a falling one", function()
    each(17, function(g) return list_of(g, 3 + g:below(10), 9) end, function(y)
      local up, down = {}, {}
      for i, v in ipairs(y) do up[i], down[i] = v ^ 3 + 7, -v end
      local r, u, d = trend.mann_kendall(y), trend.mann_kendall(up), trend.mann_kendall(down)
      assert.are.equal(r.s, u.s)
      assert.are.equal(-r.s, d.s)
      assert.are.equal(r.p, u.p)
      if r.p then close(r.p, d.p, 1e-12) end
    end)
  end)
  it("scale the slope with the units of time and value", function()
    each(18, function(g) return list_of(g, 4 + g:below(8), 50) end, function(y)
      local x, years, tenfold = {}, {}, {}
      for i, v in ipairs(y) do x[i], years[i], tenfold[i] = i * i, 1990 + 5 * i * i, 10 * v end
      close(trend.theil_sen(x, y).slope * 2, trend.theil_sen(years, tenfold).slope, 1e-9)
    end)
  end)
  it("merge only neighbours, and end in one", function()
    each(19, function(g) return list_of(g, 1 + g:below(12), 100) end, function(y)
      local r = trend.vnc(y)
      assert.are.equal(#y - 1, #r.merges)
      for k, stage in pairs(r.stages) do
        assert.are.equal(k, #stage)
        for i = 2, #stage do assert.are.equal(stage[i - 1].last + 1, stage[i].first) end
      end
    end)
  end)
end)

describe("lexical diversity of random tokens", function()
  it("does not depend on the names of the types", function()
    each(20, function(g) return list_of(g, 20 + g:below(80), 12) end, function(numbers)
      local a, b = {}, {}
      for i, v in ipairs(numbers) do a[i], b[i] = "x" .. v, "y" .. (100 - v) end
      for _, name in ipairs{"ttr", "cttr", "herdan_c", "guiraud_r", "yule_k", "mtld"} do
        close((lexdiv[name](a)), (lexdiv[name](b)), 1e-12, name)
      end
    end)
  end)
end)

describe("permutation of random documents", function()
  it("has a p that is even under no difference", function()
    local g, low, rounds = rng.new(21), 0, 200
    for i = 1, rounds do
      local a, b = {}, {}
      for j = 1, 12 do
        a[j], b[j] = {count = g:below(5), size = 100}, {count = g:below(5), size = 90}
      end
      if resample.permutation(a, b, nil, {rounds = 199, seed = i}).p <= 0.1 then low = low + 1 end
    end
    assert.is_true(low >= 5 and low <= 40, "rejected " .. low .. " of 200 at 0.1")
  end)
end)
