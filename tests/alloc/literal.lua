-- Metadata of recipes, read well and badly: for tests/alloc/alloc_main.c.

local literal = require "vankien.host.literal"
require "vankien.util.err"

local GOOD = 'recipe{ name = "a", n = -0x10, list = { 1, 2.5, true, { x = [[\nlong]], "\\u{1ED9}" }'
  .. " } }"
local BAD = {"recipe{ a = f() }", "recipe{ a = 1, a = 2 }", "recipe{ a = 1e }", "recipe{ a = 'x"}

-- A refusal of memory is passed on; nothing else may go wrong.
local function refused(text)
  local value, problem = literal.read(text, "x.lua")
  if value or problem.code ~= "bad_input" then error(problem, 0) end
end

local function good(value, problem)
  if value == nil then error(problem, 0) end
  return value, problem
end

local function run()
  local value, ends = good(literal.read(GOOD, "x.lua"))
  assert(value.n == -16 and value.list[4].x == "long" and ends == #GOOD)
  assert(good(literal.places(GOOD, "x.lua"))["list[4].x"] == 1)
  for _, text in ipairs(BAD) do refused(text) end
end

return {run = run, check = function() return true end}
