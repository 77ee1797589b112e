-- Special functions in plain Lua, as a reference for host/gamma.c: the same steps in the same
-- order, so that every digit must be the same.

local plain = {}

local special = plain
local abs, exp, log, sqrt, huge = math.abs, math.exp, math.log, math.sqrt, math.huge
local LN_SQRT_2PI = 0.918938533204672741780329736406
local EPSILON, TINY = 2.220446049250313e-16, 1e-300

local function log1p(x)
  local u = 1 + x
  if u == 1 then return x end
  return log(u) * x / (u - 1)
end

local function stirling_series(x)
  local xx = x * x
  local tail = 1 / 1188 - (691 / 360360 - 1 / (156 * xx)) / xx
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - tail / xx) / xx) / xx) / xx) / x
end

function special.lgamma(x)
  local product = 1
  while x < 15 do
    product, x = product * x, x + 1
  end
  return (x - 0.5) * log(x) - x + LN_SQRT_2PI + stirling_series(x) - log(product)
end

local lgamma = special.lgamma

function special.stirling_error(x)
  if x == 0 then return huge end
  if x > 15 then return stirling_series(x) end
  return lgamma(x + 1) - (x + 0.5) * log(x) + x - LN_SQRT_2PI
end

local stirling_error = special.stirling_error

function special.deviance_term(x, m)
  if abs(x - m) >= 0.1 * (x + m) then return x * log(x / m) + m - x end
  local v = (x - m) / (x + m)
  local sum, ej = (x - m) * v, 2 * x * v
  local vv = v * v
  for j = 1, 1000 do
    ej = ej * vv
    local next_sum = sum + ej / (2 * j + 1)
    if next_sum == sum then break end
    sum = next_sum
  end
  return sum
end

local deviance_term = special.deviance_term

-- log of x^a e^-x / Gamma(a + 1).
local function log_poisson_term(a, x)
  if a == 0 then return -x end
  if x == 0 then return -huge end
  return -stirling_error(a) - deviance_term(a, x) - 0.5 * log(a) - LN_SQRT_2PI
end

local function gamma_series(a, x)
  local sum, term = 1, 1
  for n = 1, 100000 do
    term = term * x / (a + n)
    sum = sum + term
    if term < sum * EPSILON / 8 then break end
  end
  return log_poisson_term(a, x) + log(sum)
end

local function gamma_fraction(a, x)
  local b = x + 1 - a
  local c, d = 1 / TINY, 1 / b
  local h = d
  for i = 1, 100000 do
    local an = -i * (i - a)
    b = b + 2
    d, c = an * d + b, b + an / c
    if abs(d) < TINY then d = TINY end
    if abs(c) < TINY then c = TINY end
    d = 1 / d
    local delta = d * c
    h = h * delta
    if abs(delta - 1) < EPSILON then break end
  end
  return log_poisson_term(a, x) + log(a) + log(h)
end

-- log P and log Q, whichever of the two is computed; the other is nil.
local function log_gamma_pq(a, x)
  if x < a + 1 then return gamma_series(a, x), nil end
  return nil, gamma_fraction(a, x)
end

function special.gamma_p(a, x)
  if x <= 0 then return 0 end
  if x == huge then return 1 end
  local p, q = log_gamma_pq(a, x)
  return p and exp(p) or 1 - exp(q)
end

function special.log_gamma_q(a, x)
  if x <= 0 then return 0 end
  local p, q = log_gamma_pq(a, x)
  return q or log1p(-exp(p))
end

function special.gamma_q(a, x)
  if x == huge then return 0 end
  return exp(special.log_gamma_q(a, x))
end

-- From one value of P near the root to the root: P is its Taylor series around x, whose
-- derivatives are known, and that series is solved.  Nil where five terms are not enough.
local function gamma_root(a, x, miss, slope)
  local first = -miss / slope
  local spread = sqrt(a)
  if a < 20 or first ~= first or abs(first) >= 0.01 * spread then return nil end
  local l1, l2 = (a - 1) / x - 1, -(a - 1) / x ^ 2
  local l3, l4 = 2 * (a - 1) / x ^ 3, -6 * (a - 1) / x ^ 4
  local c2, c3 = l1 / 2, (l1 ^ 2 + l2) / 6
  local c4 = (l1 ^ 3 + 3 * l1 * l2 + l3) / 24
  local c5 = (l1 ^ 4 + 6 * l1 ^ 2 * l2 + 3 * l2 ^ 2 + 4 * l1 * l3 + l4) / 120
  local h = first
  for _ = 1, 4 do
    local value = h * (1 + h * (c2 + h * (c3 + h * (c4 + h * c5)))) - first
    h = h - value / (1 + h * (2 * c2 + h * (3 * c3 + h * (4 * c4 + h * 5 * c5))))
  end
  return x + h
end

local function rational(top, bottom, r)
  local t, b = 0, 0
  for i = #top, 1, -1 do t = t * r + top[i] end
  for i = #bottom, 1, -1 do b = b * r + bottom[i] end
  return t / b
end

local CENTRE = {
  {3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
   1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
   3.3430575583588128105e4, 2.5090809287301226727e3},
  {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
   2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
   5.2264952788528545610e3}}
local MIDDLE = {
  {1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
   3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
   2.27238449892691845833e-2, 7.74545014278341407640e-4},
  {1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
   1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
   1.05075007164441684324e-9}}
local TAIL = {
  {6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
   2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
   2.71155556874348757815e-5, 2.01033439929228813265e-7},
  {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
   7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
   2.04426310338993978564e-15}}

function special.normal_quantile(p)
  if p <= 0 then return -huge end
  if p >= 1 then return huge end
  local q = p - 0.5
  if abs(q) <= 0.425 then return q * rational(CENTRE[1], CENTRE[2], 0.180625 - q * q) end
  local r = sqrt(-log(q < 0 and p or 1 - p))
  local z
  if r <= 5 then
    z = rational(MIDDLE[1], MIDDLE[2], r - 1.6)
  else
    z = rational(TAIL[1], TAIL[2], r - 5)
  end
  return q < 0 and -z or z
end

-- The quantile where Taylor's series reaches it, else nil.
function special.gamma_root(p, a, upper)
  if p <= 0 then return upper and huge or 0 end
  if p >= 1 then return upper and 0 or huge end
  local z = special.normal_quantile(p) * (upper and -1 or 1)
  local start = a * math.max(1 - 1 / (9 * a) + z / (3 * sqrt(a)), 1e-3) ^ 3
  local function value(x) return special.gamma_p(a, x) end
  if upper then value = function(x) return -special.gamma_q(a, x) end end
  local slope = exp(log_poisson_term(a, start)) * a / start
  return gamma_root(a, start, value(start) - (upper and -p or p), slope)
end

return plain
