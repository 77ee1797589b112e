#!/usr/bin/env vankien
-- Which core strategies of the cooperation guide, and which principles, do documents address, and
-- in which passages?
--
--   vankien run examples/codebook.lua [DOCUMENT]
--
-- Needs texts: vankien import examples/excerpts.jsonl

print(codebook("strategies", { over = arg[1], evidence = 1 }))

local found = codebook("principles", { over = arg[1], by = "congress", evidence = 0 })
print(found:as "csv")

-- Passages behind one category.
for _, line in ipairs(found:passages { category = "ban-doi-tac-thanh-vien", limit = 3 }) do
  print(("%s: %s[%s]%s"):format(line.unit, line.left, line.hit, line.right))
end

-- A codebook of one's own, and what it changes.
local own = codebook.new {
  name = "strategies", version = "2",
  categories = {
    { id = "1", title = "Lòng tin", patterns = { "đối tác tin cậy", "lòng tin" } },
    { id = "2", title = "Lợi ích chung", patterns = { "lợi ích chung", "cùng có lợi" } },
  },
}
print(codebook(own, { over = arg[1], evidence = 0 }))
print(codebook.diff("strategies", own).rows[1].change)
