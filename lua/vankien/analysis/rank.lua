-- Kendall's S: its value, its variance under ties, and its exact distribution.
-- The exact distribution of S for an untied order against tied values is the distribution of the
-- inversions of a multiset (MacMahon), so ties need no approximation when one side is untied.

local rank = {}

local function sign(d) return d > 0 and 1 or d < 0 and -1 or 0 end

--- Kendall's S, the number of concordant minus discordant pairs.
--- Shape: two lists of numbers of one length -> integer.
--- Units: pairs.
--- Errors: none checked.
--- Source: Kendall 1976, chapter 1.
function rank.s(x, y)
  local s = 0
  for i = 1, #x - 1 do
    for j = i + 1, #x do s = s + sign(x[j] - x[i]) * sign(y[j] - y[i]) end
  end
  return s
end

--- Sizes of the groups of equal values, in rising order of the value.
--- Shape: list of numbers -> list of integers (1 for a value that stands alone).
--- Units: values.
--- Errors: none checked.
--- Source: -
function rank.groups(values)
  local sorted, sizes = table.move(values, 1, #values, 1, {}), {}
  table.sort(sorted)
  for i, v in ipairs(sorted) do
    if i > 1 and v == sorted[i - 1] then
      sizes[#sizes] = sizes[#sizes] + 1
    else
      sizes[#sizes + 1] = 1
    end
  end
  return sizes
end

--- Sum of a function over group sizes.
--- Shape: list of sizes, function of a size -> number.
--- Units: the function's.
--- Errors: none checked.
--- Source: -
function rank.sum(sizes, f)
  local sum = 0
  for _, t in ipairs(sizes) do sum = sum + f(t) end
  return sum
end

local sum = rank.sum

--- Pairs of equal values.
--- Shape: list of group sizes -> integer.
--- Units: pairs.
--- Errors: none checked.
--- Source: -
function rank.tied_pairs(sizes)
  return sum(sizes, function(t) return t * (t - 1) // 2 end)
end

local function fives(t) return t * (t - 1) * (2 * t + 5) end
local function threes(t) return t * (t - 1) * (t - 2) end
local function twos(t) return t * (t - 1) end

--- Variance of S with ties on either side.
--- Shape: n, group sizes of x, group sizes of y -> number.
--- Units: squared pairs.
--- Errors: none checked.
--- Source: Kendall 1976, section 4.10.
function rank.variance(n, tx, ty)
  local v = (fives(n) - sum(tx, fives) - sum(ty, fives)) / 18
  if n > 2 then v = v + sum(tx, threes) * sum(ty, threes) / (9 * n * (n - 1) * (n - 2)) end
  if n > 1 then v = v + sum(tx, twos) * sum(ty, twos) / (2 * n * (n - 1)) end
  return v
end

-- Product of a probability polynomial (index 0 up) with the uniform one of m terms.
local function times_uniform(p, degree, m)
  local out = {}
  for i = 0, degree + m - 1 do
    local window = 0
    for j = math.max(0, i - m + 1), math.min(i, degree) do window = window + p[j] end
    out[i] = window / m
  end
  return out, degree + m - 1
end

local function times(p, p_degree, q, q_degree)
  local out = {}
  for i = 0, p_degree + q_degree do out[i] = 0 end
  for i = 0, p_degree do
    for j = 0, q_degree do out[i + j] = out[i + j] + p[i] * q[j] end
  end
  return out, p_degree + q_degree
end

-- Distribution of the inversions of k equal values among n (Mann–Whitney), degree k(n - k).
-- Rising n from a table of all smaller k; only sums, so no digits are lost.
local function q_binomial(n, k)
  local rows = {}
  for i = 0, k do rows[i] = i == 0 and {[0] = 1.0} or nil end
  for m = 1, n do
    for j = math.min(k, m), 1, -1 do
      local without, with = rows[j], rows[j - 1]
      local row, degree = {}, j * (m - j)
      for i = 0, degree do
        local a = with and with[i] or 0
        local b = without and without[i - j] or 0
        row[i] = a * j / m + b * (m - j) / m
      end
      rows[j] = row
    end
  end
  return rows[k], k * (n - k)
end

--- Exact distribution of the inversions of a random order of values with these group sizes.
--- Shape: list of group sizes -> table p[0..degree] of probabilities, degree.
--- Units: probability; S = degree − 2 · inversions.
--- Errors: none checked.
--- Source: MacMahon 1915: the generating function is the Gaussian multinomial coefficient.
function rank.inversions(sizes)
  local p, degree, total = {[0] = 1.0}, 0, 0
  for _, t in ipairs(sizes) do
    total = total + t
    if t == 1 then
      p, degree = times_uniform(p, degree, total)
    else
      local q, q_degree = q_binomial(total, t)
      p, degree = times(p, degree, q, q_degree)
    end
  end
  return p, degree
end

local function add_order(tally, x, y, s_of)
  local s = math.abs(s_of(x, y))
  tally[s] = (tally[s] or 0) + 1
  tally.total = tally.total + 1
end

-- Every distinct order of y in turn, by next permutation in lexicographic order.
local function next_order(y)
  local i = #y - 1
  while i > 0 and y[i] >= y[i + 1] do i = i - 1 end
  if i < 1 then return false end
  local j = #y
  while y[j] <= y[i] do j = j - 1 end
  y[i], y[j] = y[j], y[i]
  local low, high = i + 1, #y
  while low < high do
    y[low], y[high] = y[high], y[low]
    low, high = low + 1, high - 1
  end
  return true
end

--- Exact tail of |S| by counting every order of y: for ties on both sides and few values.
--- Shape: x, y (lists of at most 8 or 9 values), |S| -> probability of |S| or more.
--- Units: probability.
--- Errors: none checked.
--- Source: enumeration.
function rank.enumerate(x, y, s)
  local order, tally, tail = table.move(y, 1, #y, 1, {}), {total = 0}, 0
  table.sort(order)
  repeat add_order(tally, x, order, rank.s) until not next_order(order)
  for value, n in pairs(tally) do
    if value ~= "total" and value >= s then tail = tail + n end
  end
  return tail / tally.total
end

-- The distribution of untied values, asked for once for each phrase of a lexicon.
local latest = {}

local function distribution(sizes)
  local key = table.concat(sizes, ",")
  if latest.key ~= key then
    local p, degree = rank.inversions(sizes)
    latest = { key = key, p = p, degree = degree }
  end
  return latest.p, latest.degree
end

--- Two-sided tail of S from its exact distribution.
--- Shape: group sizes of the tied side, |S| -> probability of |S| or more.
--- Units: probability.
--- Errors: none checked.
--- Source: rank.inversions.
function rank.tail(sizes, s)
  if s <= 0 then return 1.0 end
  local p, degree = distribution(sizes)
  local tail = 0
  for i = 0, degree do
    if degree - 2 * i < s then break end
    tail = tail + p[i]
  end
  return math.min(1.0, 2 * tail)
end

--- Smallest two-sided p, largest S, and the least |S| whose p is below alpha.
--- Shape: group sizes, alpha -> table: smallest_p, largest_s, critical_s, critical_p (nil: none).
--- Units: probability; pairs.
--- Errors: none checked.
--- Source: rank.inversions.
function rank.reach(sizes, alpha)
  local p, degree = distribution(sizes)
  local reach = {smallest_p = math.min(1.0, 2 * p[0]), largest_s = degree}
  if degree == 0 then reach.smallest_p = 1.0 end
  local tail = 0
  for i = 0, degree do
    tail = tail + p[i]
    if 2 * tail >= alpha or degree - 2 * i <= 0 then break end
    reach.critical_s, reach.critical_p = degree - 2 * i, 2 * tail
  end
  return reach
end

return rank
