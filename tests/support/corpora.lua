-- Small corpora for specs: a store with the texts of a table, and counts made the plain way, from
-- tokens, to hold the fast ones against.

local ingest = require "vankien.corpus.ingest"
local json = require "vankien.util.json"
local stores = dofile "tests/support/stores.lua"
local sys = require "vankien.host.sys"
local text = require "vankien.host.text"

local corpora = {}

corpora.stores = stores

--- A store with documents {title =, text =, issued =, congress =, number =, …}.
function corpora.store(documents)
  local lines, path = {}, stores.path() .. ".jsonl"
  for i, document in ipairs(documents) do lines[i] = json.encode(document) end
  stores.write(path, table.concat(lines, "\n") .. "\n")
  local store = stores.fresh()
  assert(ingest.run(store, { path }))
  os.remove(path)
  return store
end

--- The store of the excerpts that come with the program.
function corpora.excerpts()
  local store = stores.fresh()
  assert(ingest.run(store, { "examples/excerpts.jsonl" }))
  return store
end

--- A store with the held texts, or nil where they are not there.
function corpora.held()
  local folder = os.getenv "VANKIEN_TEXTS" or "../shared/texts"
  if not sys.stat(folder .. "/manifest.csv") then return nil end
  local store = stores.fresh()
  assert(ingest.run(store, {}, { manifest = folder .. "/manifest.csv" }))
  return store
end

local passages_sql = [[SELECT p.document_id, p.text, d.key FROM passages AS p
  JOIN documents AS d ON d.id = p.document_id ORDER BY p.document_id, p.ordinal]]

--- Passages as lists of tokens: {document =, key =, tokens}.
function corpora.passages(store)
  local list = {}
  for _, id, passage, key in store.conn:rows(passages_sql) do
    list[#list + 1] = { document = id, key = key, tokens = text.tokens(passage) }
  end
  return list
end

--- Sentences as lists of runs; a run is syllables with nothing between them.
function corpora.sentences(store)
  local list = {}
  for p, passage in ipairs(corpora.passages(store)) do
    local sentence = { document = passage.document, key = passage.key, passage = p, tokens = {} }
    for _, token in ipairs(passage.tokens) do
      if token.sentence_end then
        list[#list + 1] = sentence
        sentence = { document = passage.document, key = passage.key, passage = p, tokens = {} }
      else
        sentence.tokens[#sentence.tokens + 1] = token
      end
    end
    if #sentence.tokens > 0 then list[#list + 1] = sentence end
  end
  return list
end

--- Counts of n-grams of syllables by form, of documents for which keep(id) holds.
function corpora.grams(store, n, keep)
  local counts = {}
  for _, sentence in ipairs(corpora.sentences(store)) do
    local tokens = keep(sentence.document) and sentence.tokens or {}
    for i = 1, #tokens - n + 1 do
      local forms, whole = {}, true
      for k = 0, n - 1 do
        forms[k + 1] = tokens[i + k].form
        whole = whole and tokens[i + k].kind == "syllable"
      end
      if whole then
        local form = table.concat(forms, " ")
        counts[form] = (counts[form] or 0) + 1
      end
    end
  end
  return counts
end

return corpora
