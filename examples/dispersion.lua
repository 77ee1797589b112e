#!/usr/bin/env vankien
-- Is a phrase spread over all documents, or does one document make its count?
--
--   vankien run examples/dispersion.lua [PHRASE…]
--
-- Needs texts: vankien import examples/excerpts.jsonl

local phrases = #arg > 0 and { table.unpack(arg) } or { "tham gia", "hội nhập" }
local found = dispersion(phrases, { by = "document" })
print(found)

-- Every measure by itself, from the counts and sizes of the parts.
local measures = require "vankien.analysis.dispersion"
local v, s = {}, {}
for i, part in ipairs(found.parts) do v[i], s[i] = part.counts[1], part.size end
local dp, of_dp = measures.dp(v, s)
print(("\n%s: %s over %d parts: %s"):format(phrases[1], of_dp.variant, of_dp.parts,
  dp and ("%.4f"):format(dp) or of_dp.reason))
