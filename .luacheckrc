-- Lint rules: Lua 5.4, no globals of our own.
std = "lua54"
max_line_length = 100
codes = true
-- Values that are only closed: `local closing <close> = …`
ignore = {"211/closing", "211/guard"}

files["tests/spec"] = {std = "+busted"}

-- Scripts see the tables of the store as globals (lua/vankien/env.lua).
local script_globals = {
  "above", "accessions", "actors", "align", "assertions", "at_least", "at_most", "attested",
  "below", "between", "citations", "codebook", "colloc", "conclusions", "congresses", "contains",
  "diff", "directives", "dispersion", "documents", "events", "first", "formulas", "forums", "freq",
  "guide_challenges", "guide_forms", "guide_measures", "guide_mistakes", "guide_questions",
  "guide_reasons", "guide_strategies", "guide_summary", "guide_tactics", "has", "initiatives",
  "is_nil", "keyness", "kwic", "lexdiv", "like", "metrics", "negate", "ngrams", "not_nil", "one_of",
  "orientations", "passages", "pillars", "points", "principles", "quote", "reach", "relations",
  "repairs", "resolutions", "reuse", "roles", "search", "shift", "sources", "store", "tasks",
  "terms", "trace", "trend", "unresolved_citations", "vankien",
}
files["examples"] = {read_globals = script_globals}

-- So do recipes, which also say what they are, run, and are tested.
local recipe_globals = {"recipe", "test", "use"}
for i, name in ipairs(script_globals) do recipe_globals[i + 3] = name end
files["lua/recipes"] = {read_globals = recipe_globals, globals = {"run"}}
files["examples/recipes"] = {read_globals = recipe_globals, globals = {"run"}}
