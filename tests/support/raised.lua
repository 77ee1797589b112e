-- What a call raises, for specs: an error value of ours, or the spec fails.

local assert = require "luassert"
local err = require "vankien.util.err"

return function(fn, ...)
  local ok, problem = pcall(fn, ...)
  assert.is_false(ok)
  assert.is_true(err.is(problem), tostring(problem))
  return problem
end
