#!/usr/bin/env vankien
-- How varied is the wording of each document?
--
--   vankien run examples/lexdiv.lua [WINDOW]
--
-- Needs texts: vankien import examples/excerpts.jsonl

print(lexdiv { window = math.tointeger(tonumber(arg[1])) or 25 })
