#!/usr/bin/env vankien
-- Whole documents change sides: a test and an interval that do not take each word for a witness.
--
--   vankien run examples/resample.lua
--
-- Needs texts: vankien import examples/excerpts.jsonl

local resample = require "vankien.analysis.resample"

-- Counts and sizes by document, from a dispersion; the earlier congresses against the later ones.
local parts = dispersion("tham gia", { evidence = 0 }).parts
local early, late = {}, {}
for _, part in ipairs(parts) do
  local document = documents[part.document_id and part.name]
  local side = document.year and document.year < 2006 and early or late
  side[#side + 1] = { count = part.counts[1], size = part.size }
end

local test = resample.permutation(early, late, "rate_difference", { rounds = 5000, seed = 7 })
print(("%d and %d documents: difference %.5f per syllable, p = %s"):format(test.n_a, test.n_b,
  test.observed or 0, test.p and ("%.4f"):format(test.p) or test.reason))
print(("%s; %s; seed %d, %s"):format(test.variant, test.method or "", test.seed, test.generator))

local interval = resample.bootstrap(late, "rate", { rounds = 1000, seed = 7 })
print(("rate of the later ones: %.5f (%.5f to %.5f)"):format(interval.estimate, interval.low or 0,
  interval.high or 0))
for _, note in ipairs(interval.notes) do print("  " .. note) end
