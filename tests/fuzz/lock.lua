-- Fuzz target: a lock file and a trust file of any content are read as written, or refused with the
-- line; what is read is written again to the same text.

local err = require "vankien.util.err"
local lock = require "vankien.recipe.lock"
local trust = require "vankien.recipe.trust"

local function refused(problem, bytes)
  assert(err.is(problem) and problem.code == "integrity", tostring(problem))
  local line = tonumber(problem.place:match ":(%d+)$")
  local _, ends = bytes:gsub("\n", "")
  assert(line >= 1 and line <= ends + 1, problem.place)
end

return function(bytes)
  local sections, problem = lock.read(bytes, "f")
  if sections then
    local text = lock.text(sections)
    assert(text == lock.text(assert(lock.read(text, "f"))))
  else
    refused(problem, bytes)
  end
  local records
  records, problem = trust.read(bytes, "f")
  if not records then return refused(problem, bytes) end
  for i, record in ipairs(records) do
    assert(#record.hash == 64 and type(record.permissions) == "table", i)
  end
end
