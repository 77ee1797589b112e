-- Special functions against tabled values and against each other.

local special = require "vankien.analysis.special"

local function close(expected, value, relative)
  local miss = math.abs(value - expected)
  assert.is_true(miss <= (relative or 1e-12) * math.abs(expected),
    ("expected %.17g, got %.17g"):format(expected, value))
end

describe("special.lgamma", function()
  it("is the logarithm of factorials", function()
    local product = 1
    for n = 1, 20 do
      assert.is_true(math.abs(special.lgamma(n) - math.log(product)) < 1e-12)
      product = product * n
    end
  end)
  it("knows one half and a million", function()
    close(math.log(math.pi) / 2, special.lgamma(0.5))
    close(12815504.569147882, special.lgamma(1e6))
  end)
end)

-- host/gamma.c against the plain form: not close, the same.
describe("the functions in C", function()
  local plain = dofile "tests/support/plain_special.lua"

  local function same(name, ...)
    local wanted, got = plain[name](...), special[name](...)
    if wanted ~= got then
      error(("%s(%s): %.17g, not %.17g"):format(name, table.concat({ ... }, ", "), got, wanted))
    end
  end

  it("give the digits of the plain ones", function()
    math.randomseed(12)
    for _ = 1, 3000 do
      local a, x = 10 ^ (math.random() * 7 - 2), 10 ^ (math.random() * 6 - 2)
      same("lgamma", a)
      same("stirling_error", a)
      same("deviance_term", a, math.random(2) == 1 and x or a * (0.95 + math.random() / 10))
      same("gamma_p", a, x)
      same("gamma_q", a, a * (0.5 + math.random()))
      same("normal_quantile", math.random() ^ math.random(1, 9))
    end
  end)

  it("give the quantiles of the plain ones, wherever these need no search", function()
    local gamma, met = require "vankien.host.gamma", 0
    for k = 1, 3000 do
      for _, upper in ipairs { false, true } do
        local p, a = 0.001 + (k % 97) / 200, k < 1000 and k or math.floor(k ^ 1.7)
        local root = plain.gamma_root(p, a, upper)
        met = met + (root and 1 or 0)
        assert.equal(root, (gamma.quantile(p, a, upper)))
        if root then assert.equal(root, special.gamma_p_inverse(p, a, upper)) end
      end
    end
    assert.is_true(met > 4000)
  end)
end)

describe("special.normal_quantile", function()
  local TABLE = {{0.975, 1.959963984540054}, {0.995, 2.5758293035489004},
    {0.5, 0}, {1e-10, -6.361340902404056}, {0.9, 1.2815515655446004}}
  for _, row in ipairs(TABLE) do
    it(("of %g is %g"):format(row[1], row[2]), function()
      assert.is_true(math.abs(special.normal_quantile(row[1]) - row[2]) < 1e-13 * 10)
    end)
  end
  it("is undone by the distribution function", function()
    for i = 1, 99 do close(i / 100, special.normal_cdf(special.normal_quantile(i / 100)), 1e-13) end
  end)
end)

describe("special.chi2_sf", function()
  it("gives the usual critical values back", function()
    close(0.05, (special.chi2_sf(3.841458820694124, 1)))
    close(0.01, (special.chi2_sf(6.6348966010212145, 1)))
    close(0.05, (special.chi2_sf(16.918977604620448, 9)))
  end)
  it("is exp(-x/2) for two degrees of freedom", function()
    for _, x in ipairs{0.001, 1, 10, 700} do close(math.exp(-x / 2), (special.chi2_sf(x, 2))) end
  end)
  it("keeps the logarithm of a tail that a double cannot hold", function()
    local p, log10_p = special.chi2_sf(22406.529538, 1)
    assert.are.equal(0, p)
    assert.is_true(math.abs(log10_p + 4867.79) < 0.01)
  end)
end)

describe("special.beta_i", function()
  it("has closed forms for small whole parameters", function()
    close(0.5248, special.beta_i(2, 3, 0.4))
    for _, x in ipairs{0.01, 0.3, 0.77} do
      close(x ^ 5, special.beta_i(5, 1, x))
      close(1 - (1 - x) ^ 4, special.beta_i(1, 4, x))
    end
  end)
  it("is the tail of the binomial", function()
    local tail, n, p = 0, 12, 0.35
    for k = 4, n do tail = tail + math.exp(special.log_binomial(k, n, p, 1 - p)) end
    close(tail, special.beta_i(4, n - 4 + 1, p))
  end)
  it("is undone by its inverse, far tails included", function()
    for _, ab in ipairs{{0.5, 0.5}, {1, 1}, {3, 1e7}, {82, 182}, {5e5, 1e6}} do
      for _, p in ipairs{1e-9, 0.025, 0.5, 0.975} do
        local x = special.beta_i_inverse(p, ab[1], ab[2])
        close(p, special.beta_i(ab[1], ab[2], x), 1e-9)
      end
    end
  end)
end)

describe("special.gamma_p", function()
  it("is the tail of the Poisson distribution", function()
    local sum, term = 0, math.exp(-7.5)
    for k = 0, 9 do
      sum, term = sum + term, term * 7.5 / (k + 1)
    end
    close(sum, special.gamma_q(10, 7.5))
    close(1 - sum, special.gamma_p(10, 7.5), 1e-11)
  end)
  it("is undone by its inverse from both sides", function()
    for _, a in ipairs{0.5, 1, 11, 1e6} do
      for _, p in ipairs{1e-12, 0.025, 0.5} do
        close(p, special.gamma_p(a, special.gamma_p_inverse(p, a)), 1e-10)
        close(p, special.gamma_q(a, special.gamma_p_inverse(p, a, true)), 1e-10)
      end
    end
  end)
end)

describe("special.t_sf", function()
  it("has closed forms for 1 and 2 degrees of freedom", function()
    close(0.25, special.t_sf(1, 1))
    for _, t in ipairs{0.5, 2, 5, -3} do
      close(0.5 - t / (2 * math.sqrt(2 + t * t)), special.t_sf(t, 2))
    end
  end)
end)

describe("special.log_hypergeometric", function()
  it("sums to 1", function()
    local sum = 0
    for k = 0, 20 do sum = sum + math.exp(special.log_hypergeometric(k, 20, 35, 24)) end
    close(1, sum)
  end)
  it("is minus infinity where nothing can be", function()
    assert.are.equal(-math.huge, special.log_hypergeometric(6, 5, 10, 8))
  end)
end)
