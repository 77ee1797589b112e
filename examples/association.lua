#!/usr/bin/env vankien
-- What stands around "tham gia", by several measures: each says another thing.
--
--   vankien run examples/association.lua [PHRASE]
--
-- Needs texts: vankien import examples/excerpts.jsonl

local association = require "vankien.analysis.association"
local phrase = arg[1] or "tham gia"

local found = colloc(phrase, { window = { left = 0, right = 4 }, min = 2, limit = 10 })
print(found)

-- The same table of four cells, by hand, for the first collocate.
local first = found.rows[1]
if first then
  local z, of_z = association.z_score(first.o, found.f1, first.f2, found.n)
  print(("\n“%s”: o = %d, f1 = %d, f2 = %d, n = %d"):format(first.form, first.o, found.f1, first.f2,
    found.n))
  print(("%s = %.2f"):format(of_z.variant, z))
end
