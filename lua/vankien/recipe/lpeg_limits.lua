-- Bounds for LPeg where its own arithmetic goes wrong: numbers as patterns, repetitions, the size
-- of its stack.  Numbers are patterns wherever a pattern is expected, so every way in is guarded.

local lpeg_limits = {}

local MOST_BYTES = 65535          -- of a number as a pattern
local MOST_REPEATS = 4095
local MOST_STACK = 10000          -- entries; LPeg's own limit is 400
local LONGEST_TEXT = 1 << 20      -- bytes of a text as a pattern

local function check(value)
  if type(value) == "number" and not (value >= -MOST_BYTES and value <= MOST_BYTES) then
    error(("a pattern of that many bytes; the most is %d"):format(MOST_BYTES), 3)
  end
  if type(value) == "string" and #value > LONGEST_TEXT then
    error(("a pattern that is a text has %d bytes at most"):format(LONGEST_TEXT), 3)
  end
end

-- A grammar is a table of patterns.
local function check_grammar(value)
  if type(value) ~= "table" then return end
  for _, rule in next, value do check(rule) end
end

local function guard_first(f)
  return function(pattern, ...)
    check(pattern)
    check_grammar(pattern)
    return f(pattern, ...)
  end
end

local function guard_both(f)
  return function(a, b)
    check(a)
    check(b)
    check_grammar(a)
    check_grammar(b)
    return f(a, b)
  end
end

local function guard_repeats(f)
  return function(pattern, n)
    if type(n) == "number" and not (n >= -MOST_REPEATS and n <= MOST_REPEATS) then
      error(("a pattern is repeated %d times at most"):format(MOST_REPEATS), 2)
    end
    check(pattern)
    return f(pattern, n)
  end
end

local function guard_stack(f)
  return function(entries)
    if not (math.type(entries) == "integer" and entries >= 1 and entries <= MOST_STACK) then
      error(("the stack of LPeg has 1 to %d entries"):format(MOST_STACK), 2)
    end
    return f(entries)
  end
end

--- Put the bounds into LPeg, for this state and for good.
--- Shape: the module -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param lpeg table
function lpeg_limits.install(lpeg)
  local metatable = debug.getmetatable(lpeg.P(true))
  for _, name in ipairs { "P", "B", "C", "Cf", "Cg", "Cs", "Ct", "Cmt", "match" } do
    lpeg[name] = guard_first(lpeg[name])
  end
  for _, name in ipairs { "__mul", "__add", "__sub" } do
    metatable[name] = guard_both(metatable[name])
  end
  metatable.__pow = guard_repeats(metatable.__pow)
  lpeg.setmaxstack = guard_stack(lpeg.setmaxstack)
  lpeg.pcode, lpeg.ptree = nil, nil
  metatable.__metatable = false
end

return lpeg_limits
