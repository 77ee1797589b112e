-- The clause in which a phrase stands: the sentence, or its part between semicolons and colons.

local marks_between = { [";"] = true, [":"] = true }
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local text = require "vankien.host.text"
local witness = require "vankien.corpus.witness"

local clauses = {}

local most = 10000                -- places that are read

local passage_sql = [[SELECT p.ordinal, p.path, p.text, p.first_unit FROM passages AS p
  WHERE p.document_id = ? AND p.first_unit <= ? ORDER BY p.ordinal DESC LIMIT 1]]
local document_sql = [[SELECT key, number, issued, congress, title FROM documents WHERE id = ?]]

local function is_border(token)
  return token.sentence_end or marks_between[token.form]
end

-- First and last token of the clause around the tokens from..to.
local function borders(tokens, from, to)
  local first, last = from, to
  while first > 1 and not is_border(tokens[first - 1]) do first = first - 1 end
  while last < #tokens and not is_border(tokens[last]) do last = last + 1 end
  if last > to and is_border(tokens[last]) then last = last - 1 end
  return first, last
end

-- The places of a phrase in a list of tokens, by form.
local function find(tokens, wanted)
  local list = {}
  for i = 1, #tokens - #wanted + 1 do
    local k = 1
    while k <= #wanted and tokens[i + k - 1].form == wanted[k].form do k = k + 1 end
    if k > #wanted then list[#list + 1] = i end
  end
  return list
end

local function clause_of(passage, tokens, from, to)
  local first, last = borders(tokens, from, to)
  return passage:sub(tokens[first].from, tokens[last].to)
end

local function document_of(store, id)
  local key, number, issued, congress, title = store.conn:first(document_sql, { id })
  return { document = key, number = number, issued = issued, congress = congress, title = title,
    year = issued and math.tointeger(tonumber(issued:match "^%d%d%d%d")) }
end

local function read(store, hit, phrase, seen, list)
  local ordinal, path, passage = store.conn:first(passage_sql, { hit.document_id, hit.unit })
  local place = hit.document_id .. ":" .. ordinal
  if seen[place] then return end
  seen[place] = true
  local tokens, wanted = text.tokens(passage), text.tokens(phrase)
  for _, at in ipairs(find(tokens, wanted)) do
    local item = document_of(store, hit.document_id)
    item.text = clause_of(passage, tokens, at, at + #wanted - 1)
    item.place = path ~= "" and item.document .. ", section " .. path or item.document
    list[#list + 1] = item
  end
end

--- The clauses of a scope in which the phrases of a lexicon stand, the oldest document first.
--- Shape: store, lexicon, SQL of a scope, parameters -> list of {text, document, number, issued,
---   year, congress, title, place}.
--- Units: none.
--- Errors: interrupted; those of the store.
--- Source: none.
function clauses.of(store, lexicon, picked, params)
  local counts = scan.run(store, lexicon, scope.stream(picked), params,
    { hits = most, kinds = { free = true } })
  local list, seen = {}, {}
  for _, hit in ipairs(witness.hits(counts, lexicon)) do
    read(store, hit, hit.phrase, seen, list)
  end
  return list
end

return clauses
