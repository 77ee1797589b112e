#!/usr/bin/env vankien
-- Did a wording travel along the relations between documents?  And counts in the documents only
-- that make the line of a congress concrete.
--
--   vankien run examples/trace.lua [WORDING]

local wording = arg[1] or "định hình"
local found = trace(wording)
print(found)

local concrete = reach("vk-dh12", { kinds = { "cụ thể hóa", "tăng cường thực hiện" } })
print("\nwhat makes congress XII concrete:")
for d in concrete:each() do print("  " .. tostring(d)) end
local texts = concrete:where { has "text" }:count()
if texts > 0 then
  print(shift({ wording }, { over = concrete, by = "document" }))
else
  print "  (the store holds the text of none of them)"
end
