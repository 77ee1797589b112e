-- Fuzz target: a bundle of recipes, a record of a run and a note of origin, of any content, are
-- read as they are written, or refused.

local bundle = require "vankien.recipe.bundle"
local err = require "vankien.util.err"
local install = require "vankien.recipe.install"
local record = require "vankien.recipe.record"

local function check(code, value, problem)
  if value then return value end
  assert(err.is(problem) and problem.code == code, tostring(problem))
end

return function(bytes)
  local parts = check("bad_input", bundle.read(bytes))
  if parts then
    for _, part in ipairs(parts) do assert(#part.hash == 64 and #part.bytes <= 1 << 20) end
    assert(bundle.text(assert(bundle.read(bundle.text(parts)))) == bundle.text(parts))
  end
  local of = check("bad_input", record.read(bytes, "f"))
  if of then
    for _, row in ipairs(of.rows) do assert(#row == #of.columns) end
  end
  check("integrity", install.read_origin(bytes, "f"))
end
