#!/usr/bin/env vankien
-- Do rates rise from congress to congress?  And what could so few congresses show at all?
--
--   vankien run examples/trend.lua [PHRASE…]
--
-- Needs texts: vankien import examples/excerpts.jsonl

local phrases = #arg > 0 and { table.unpack(arg) } or { "tham gia", "hội nhập", "định hình" }
local found = trend(phrases, { by = "congress" })
print(found)

-- Mann–Kendall alone, on the numbers; and the stages that neighbour clustering sees.
local statistics = require "vankien.analysis.trend"
local first = found.rows[1]
local test = statistics.mann_kendall(first.values)
print(("\n%s: S = %d, p = %s"):format(first.phrase, test.s, test.p and ("%.4f"):format(test.p)
  or test.reason))
print(test.sentence)
for _, cluster in ipairs(first.vnc and first.vnc.stages[3] or {}) do
  print(("  %g to %g: %.1f per 10,000 syllables on average"):format(cluster.from, cluster.to,
    cluster.mean))
end
