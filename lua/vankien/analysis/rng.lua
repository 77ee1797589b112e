-- Seeded random numbers that are the same on any machine: xoshiro256** (Blackman & Vigna 2018),
-- its state filled by splitmix64 from one integer. Lua's own generator is left alone.

local check = require "vankien.analysis.check"

local rng = {}
rng.__index = rng
rng.__name = "vankien.rng"

rng.algorithm = "xoshiro256**, seeded by splitmix64"

local function splitmix(state)
  state = state + 0x9E3779B97F4A7C15
  local z = state
  z = (z ~ (z >> 30)) * 0xBF58476D1CE4E5B9
  z = (z ~ (z >> 27)) * 0x94D049BB133111EB
  return state, z ~ (z >> 31)
end

--- A generator from a seed.
--- Shape: integer (1 when nil) -> generator with next, below and float.
--- Units: none.
--- Errors: raises when the seed is not a whole number.
--- Source: Blackman & Vigna 2018; splitmix64 by Vigna 2015.
---@param seed? integer
function rng.new(seed)
  if seed == nil then seed = 1 end
  local whole = math.tointeger(check.number(seed, "seed"))
  if not whole then check.fail("seed must be a whole number, got %s", seed) end
  local state, self = whole, {seed = whole}
  for i = 1, 4 do state, self[i] = splitmix(state) end
  return setmetatable(self, rng)
end

--- The next 64 random bits.
--- Shape: nothing -> integer.
--- Units: none.
--- Errors: none.
--- Source: xoshiro256**.
function rng:next()
  local s0, s1, s2, s3 = self[1], self[2], self[3], self[4]
  local five = s1 * 5
  local result = ((five << 7) | (five >> 57)) * 9
  local t = s1 << 17
  s2 = s2 ~ s0
  s3 = s3 ~ s1
  s1 = s1 ~ s2
  s0 = s0 ~ s3
  self[1], self[2], self[3], self[4] = s0, s1, s2 ~ t, (s3 << 45) | (s3 >> 19)
  return result
end

--- A whole number from 1 to n, every one as likely.
--- Shape: n (1 or more) -> integer.
--- Units: none.
--- Errors: none checked.
--- Source: rejection of the leading bits.
---@param n integer
function rng:below(n)
  if n == 1 then return 1 end
  if n ~= self.limit then
    local bits, limit = 1, n - 1
    while limit >> bits > 0 do bits = bits + 1 end
    self.limit, self.shift = n, 64 - bits
  end
  local shift = self.shift
  while true do
    local value = self:next() >> shift
    if value < n then return value + 1 end
  end
end

--- A number from 0 (included) to 1 (not included), 53 bits.
--- Shape: nothing -> number.
--- Units: none.
--- Errors: none.
--- Source: Blackman & Vigna 2018.
function rng:float()
  return (self:next() >> 11) * 0x1p-53
end

return rng
