-- require "vankien": the library as programs use it.  Nothing is loaded before it is needed.

local store = require "vankien.store"
local strict = require "vankien.util.strict"

local vankien = {}

-- What the layers above the store add to it, found at the first call.
local added = {
  shift = { "vankien.corpus.shift", "of" },
  kwic = { "vankien.corpus.kwic", "of" },
  search = { "vankien.corpus.search", "of" },
  first = { "vankien.corpus.first", "of" },
  reuse = { "vankien.corpus.reuse", "of" },
  align = { "vankien.corpus.align", "of" },
  attested = { "vankien.corpus.attested", "of" },
  keyness = { "vankien.corpus.keyness", "of" },
  colloc = { "vankien.corpus.colloc", "of" },
  dispersion = { "vankien.corpus.dispersion", "of" },
  trend = { "vankien.corpus.trend", "of" },
  freq = { "vankien.corpus.freq", "of" },
  ngrams = { "vankien.corpus.freq", "ngrams" },
  lexdiv = { "vankien.corpus.lexdiv", "of" },
  codebook = { "vankien.corpus.codebook", "coverage" },
  trace = { "vankien.corpus.trace", "of" },
  reach = { "vankien.corpus.trace", "reach" },
  diff = { "vankien.corpus.diff", "of" },
  quote = { "vankien.corpus.quote", "verify" },
  citations = { "vankien.corpus.citations", "of" },
}

for name, where in pairs(added) do
  store.methods[name] = function(self, ...) return require(where[1])[where[2]](self, ...) end
end

--- A collection of a store by its name: store:collection "documents".
--- Shape: store, name -> collection.
--- Units: none.
--- Errors: raises unknown_name with the nearest collection.
--- Source: none.
function store.methods.collection(self, name)
  return require "vankien.query.object".collection(self, name)
end

--- The names of a store's collections.
--- Shape: store -> sorted list of names.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function store.methods.collections(self) return require "vankien.query".names(self) end

--- Open a store; without a path the default one, made at first use.
--- Shape: path or nil, {mode = "read" | "write" | "create"} -> store | nil, err.
--- Units: none.
--- Errors: as store.open.
--- Source: none.
---@param path? string
---@param options? table
function vankien.open(path, options) return store.open(path, options) end

--- Count a lexicon period by period.
--- Shape: store, lexicon, options -> result; see corpus/shift.lua.
--- Units: rates per 10,000 syllables.
--- Errors: as corpus.shift.of.
--- Source: none.
function vankien.shift(of, lexicon, options) return of:shift(lexicon, options) end

--- Phrases in their surroundings.
--- Shape: store, phrase or list, options -> result; see corpus/kwic.lua.
--- Units: none.
--- Errors: as corpus.kwic.of.
--- Source: none.
function vankien.kwic(of, phrases, options) return of:kwic(phrases, options) end

--- References to documents in a text.
--- Shape: string -> list; see text/citation.lua.
--- Units: bytes from 1.
--- Errors: as text.citation.find.
--- Source: none.
function vankien.find_citations(s) return require "vankien.text.citation".find(s) end

-- The others by the same rule: vankien.keyness(store, a, b) is store:keyness(a, b).
for name in pairs(added) do
  vankien[name] = vankien[name] or function(of, ...) return of[name](of, ...) end
end

local lazy = {}

function lazy.version() return require "vankien.host.sys".version end
function lazy.query() return require "vankien.query" end

local function names()
  local all = {}
  for name in pairs(vankien) do all[#all + 1] = name end
  for name in pairs(lazy) do all[#all + 1] = name end
  for name in pairs(require "vankien.query.operators") do all[#all + 1] = name end
  table.sort(all)
  return all
end

return setmetatable(vankien, {
  __name = "vankien",
  __index = function(self, name)
    local value
    if lazy[name] then
      value = lazy[name]()
    elseif type(name) == "string" then
      value = require "vankien.query".operators[name]
    end
    if value == nil then strict.unknown("name", name, names(), "vankien") end
    rawset(self, name, value)
    return value
  end,
})
