#!/usr/bin/env vankien
-- What does one set of documents say more, and less, often than another?
--
--   vankien run examples/keyness.lua [DOCUMENTS [OTHERS]]
--
-- DOCUMENTS: a key, the name of an imported file, or a filter.
-- Needs texts: vankien import examples/excerpts.jsonl

local a, b = arg[1] or "year >= 2016", arg[2]

-- Single syllables and pairs; a test over documents, and the one over tokens beside it.
local found = keyness(a, b, { n = { 1, 2 }, min = 3, limit = 15, evidence = 0 })
print(found)

-- A ladder only, ranked by how large the difference is at least.
print(keyness(a, b, { lexicon = { "tham gia", "tích cực", "chủ động", "hội nhập" }, measure = "lrc",
  evidence = 0 }))
