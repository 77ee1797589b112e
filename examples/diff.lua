#!/usr/bin/env vankien
-- How did a formula change from congress to congress?  Here: whose task is "trọng yếu, thường
-- xuyên" (essential and constant)?
--
--   vankien run examples/diff.lua [PHRASE]

local phrase = arg[1] or "trọng yếu, thường xuyên"
local found = diff(phrase)
print(found)

for _, step in ipairs(found.rows) do
  if step.grew then
    print(("\nfrom %s to %s what stands before it grew by: %s"):format(step.from, step.to,
      step.put_in))
  end
end

-- Any two wordings.
local before, after = "muốn là bạn của tất cả nước", "sẵn sàng là bạn của tất cả các nước"
print(diff(before, after).rows[1].diff)
