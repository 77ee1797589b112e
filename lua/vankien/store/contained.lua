-- Documents that stand inside other documents: the foreign-policy section beside the whole report.
-- Sampled fingerprints (winnowing) find who could be meant, the token streams themselves decide.

local corpus = require "vankien.host.corpus"
local bulk = require "vankien.store.bulk"

local contained = {}

--- From this share of its runs of eight syllables a document counts as contained in another.
contained.SHARE = 0.8

-- Sampled fingerprints that must be common before two streams are compared.
local CANDIDATE_SHARE = 0.2
-- From here on two documents share enough to say so, though neither holds the other; recorded, so
-- that a later count can say it too.
local OVERLAP = 0.3
-- Nearest documents that are compared in full: a hundred versions of one text must not make an
-- import a hundred times as long, and one container in scope is enough to say "counted twice".
local MOST_COMPARED = 8

local common_sql = [[SELECT s.document_id, count(*)
  FROM json_each(?1) AS j CROSS JOIN shingles AS s ON s.hash = j.value
  WHERE s.document_id <> ?2 GROUP BY s.document_id ORDER BY s.document_id]]

-- Fingerprints of a document, counted once a session.
local function size_of(conn, sizes, id)
  local size = sizes[id]
  if not size then
    size = conn:first("SELECT count(*) FROM shingles WHERE document_id = ?", { id })
    sizes[id] = size
  end
  return size
end

-- The documents that share most fingerprints, as a share of the smaller one's.
local function candidates(conn, sizes, id, hashes)
  local found, n = {}, #hashes
  if n == 0 then return found end
  local listed = "[" .. table.concat(hashes, ",") .. "]"
  for _, other, common in conn:rows(common_sql, { listed, id }) do
    local share = common / math.max(math.min(n, size_of(conn, sizes, other)), 1)
    if share >= CANDIDATE_SHARE then found[#found + 1] = { id = other, share = share } end
  end
  table.sort(found, function(a, b)
    if a.share ~= b.share then return a.share > b.share end
    return a.id < b.id
  end)
  return table.move(found, 1, math.min(#found, MOST_COMPARED), 1, {})
end

--- Statements that this module needs, prepared once a session.
--- Shape: connection -> {shingle=, containment=, sizes=}.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function contained.statements(conn)
  return {
    shingle = bulk.plain(conn, "shingles", { "hash", "document_id" }),
    containment = bulk.insert(conn, "containments"), sizes = {},
  }
end

-- What stands inside what; of two that only share wording the one that shares more of its own.
local function write_shares(statements, id, other, inside, around)
  local containment = statements.containment
  if inside >= contained.SHARE or (inside >= around and around < contained.SHARE) then
    containment:run(id, other, inside)
  end
  if around >= contained.SHARE or (around > inside and inside < contained.SHARE) then
    containment:run(other, id, around)
  end
end

local function compare(conn, statements, id, units, other, tokenizer)
  local others = conn:first("SELECT units FROM tokens WHERE document_id = ?", { other })
  if not others then return nil end
  local inside, around = corpus.contained(units, others, tokenizer)
  local share = math.max(inside, around)
  if share < OVERLAP then return nil end
  write_shares(statements, id, other, inside, around)
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
  for _, other in ipairs(candidates(conn, statements.sizes, id, hashes)) do
    found[#found + 1] = compare(conn, statements, id, units, other.id, tokenizer)
  end
  for _, hash in ipairs(hashes) do statements.shingle:run(hash, id) end
  statements.sizes[id] = #hashes
  return found
end

return contained
