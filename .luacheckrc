-- Lint rules: Lua 5.4, no globals of our own.
std = "lua54"
max_line_length = 100
codes = true

files["tests/spec"] = {std = "+busted"}

-- Scripts see the tables of the store as globals (lua/vankien/env.lua).
files["examples"] = {
  read_globals = {
    "vankien", "store", "documents", "directives", "resolutions", "conclusions", "congresses",
    "principles", "formulas", "passages", "terms", "roles", "forums", "events", "initiatives",
    "accessions", "metrics", "actors", "relations", "tasks", "points", "orientations", "pillars",
    "sources", "assertions", "guide_forms", "guide_reasons", "guide_strategies", "guide_tactics",
    "guide_mistakes", "guide_measures", "guide_challenges", "guide_questions", "guide_summary",
    "between", "like", "contains", "one_of", "above", "below", "is_nil", "has", "shift", "kwic",
  },
}
