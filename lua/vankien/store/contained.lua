-- Documents that stand inside other documents: the foreign-policy section beside the whole report.
-- Sampled fingerprints (winnowing) find who could be meant, the token streams themselves decide.

local corpus = require "vankien.host.corpus"
local bulk = require "vankien.store.bulk"

local contained = {}

--- From this share of its runs of eight syllables a document counts as contained in another.
contained.SHARE = 0.8

-- Sampled fingerprints that must be common before two streams are compared.
local CANDIDATE_SHARE = 0.2
-- From here on two documents share enough to say so, though neither holds the other.
local OVERLAP = 0.3

local candidates_sql = [[SELECT s.document_id, count(*),
    (SELECT count(*) FROM shingles AS o WHERE o.document_id = s.document_id)
  FROM json_each(?1) AS j JOIN shingles AS s ON s.hash = j.value
  WHERE s.document_id <> ?2 GROUP BY s.document_id ORDER BY s.document_id]]

local function candidates(conn, id, hashes)
  if #hashes == 0 then return {} end
  local out = {}
  local listed = "[" .. table.concat(hashes, ",") .. "]"
  for _, other, common, size in conn:rows(candidates_sql, { listed, id }) do
    if common >= CANDIDATE_SHARE * math.min(#hashes, size) then out[#out + 1] = other end
  end
  return out
end

--- Statements that this module needs, prepared once a session.
--- Shape: connection -> {shingle=, containment=}.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function contained.statements(conn)
  return {
    shingle = bulk.plain(conn, "shingles", { "hash", "document_id" }),
    containment = bulk.insert(conn, "containments"),
  }
end

local function compare(conn, statements, id, units, other, tokenizer)
  local others = conn:first("SELECT units FROM tokens WHERE document_id = ?", { other })
  if not others then return nil end
  local inside = corpus.contained(units, others, tokenizer)
  local around = corpus.contained(others, units, tokenizer)
  if inside >= contained.SHARE then statements.containment:run(id, other, inside) end
  if around >= contained.SHARE then statements.containment:run(other, id, around) end
  local share = math.max(inside, around)
  if share < OVERLAP then return nil end
  return {
    document_id = other, share = share, inner = inside >= contained.SHARE,
    outer = around >= contained.SHARE,
  }
end

--- Store a document's fingerprints and find what it stands in and what stands in it.
--- Shape: connection, statements, document id, units, tokenizer
---   -> list of {document_id=, share=, inner=, outer=}.
--- Units: share of runs of eight syllables, 0 to 1; inner: this document stands inside that one.
--- Errors: those of SQLite.
--- Source: Schleimer, Wilkerson & Aiken 2003 (winnowing).
---@param conn userdata
---@param statements table
---@param id integer
---@param units string
---@param tokenizer userdata
function contained.record(conn, statements, id, units, tokenizer)
  local hashes = corpus.shingles(units, tokenizer)
  table.sort(hashes)
  local found = {}
  for _, other in ipairs(candidates(conn, id, hashes)) do
    found[#found + 1] = compare(conn, statements, id, units, other, tokenizer)
  end
  for _, hash in ipairs(hashes) do statements.shingle:run(hash, id) end
  return found
end

return contained
