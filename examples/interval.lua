#!/usr/bin/env vankien
-- How sure is a rate?  Exact intervals of a count, of a share, and of a difference.
--
--   vankien run examples/interval.lua
--
-- Needs texts: vankien import examples/excerpts.jsonl

local interval = require "vankien.analysis.interval"

local counted = freq({ "tham gia", "chủ động tham gia" })
for _, row in ipairs(counted.rows) do
  local rate = interval.poisson(row.n, counted.syllables, { per = 10000 })
  print(("%s: %d in %d syllables, %.1f per 10,000 (95 %%: %.1f to %.1f)"):format(row.form, row.n,
    counted.syllables, rate.estimate, rate.low, rate.high))
end

local k, n = counted.rows[2].n, counted.rows[1].n + counted.rows[2].n
local wilson, exact = interval.wilson(k, n), interval.clopper_pearson(k, n)
print(("share of “chủ động”: %d of %d, Wilson %.2f to %.2f, Clopper–Pearson %.2f to %.2f"):format(k,
  n, wilson.low, wilson.high, exact.low, exact.high))

-- Formulas of the store that say "tham gia": primary against others.
local primary = formulas:where { evidence = "primary" }
local others = formulas:where { evidence = negate("primary") }
local function say(query) return query:where { quote = contains "tham gia" }:count() end
local found = interval.newcombe(say(primary), #primary, say(others), #others)
print(("difference of two shares of formulas: %.2f (%.2f to %.2f), %s"):format(found.estimate,
  found.low, found.high, found.variant))
