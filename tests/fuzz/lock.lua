-- Fuzz target: a lock file and a trust file of any content are read as written, or refused with the
-- line; what is read is written again to the same text.

local err = require "vankien.util.err"
local lock = require "vankien.recipe.lock"
local verdicts = require "vankien.recipe.verdicts"

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
  records, problem = verdicts.read(bytes, "f")
  local entry = { name = "a", hash = ("0123456789abcdef"):rep(4) }
  local about = verdicts.about(bytes, "f", entry)
  assert((about ~= nil) == (records ~= nil))
  if not records then return refused(problem, bytes) end
  local text = verdicts.text(records)
  assert(text == verdicts.text(assert(verdicts.read(text, "f"))))
  local n = 0
  for i, record in ipairs(records) do
    assert(#record.hash == 64 and type(record.permissions) == "table", i)
    if record.name == entry.name or record.hash == entry.hash then n = n + 1 end
  end
  assert(n == #about)
end
