-- Documents that stand inside other documents: the foreign-policy section beside the whole report.
-- Sampled fingerprints (winnowing) find who could be meant, the token streams themselves decide.

local corpus = require "vankien.host.corpus"
local host = require "vankien.host.store"
local bulk = require "vankien.store.bulk"

local contained = {}

local blob = host.blob

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

-- A fingerprint's key is its hash and its document: see db/migrations.
local common_sql = [[SELECT f.document_id, count(*)
  FROM incoming(?1) AS i CROSS JOIN fingerprints AS f
  ON f.key BETWEEN i.c1 << 31 AND (i.c1 << 31) + 2147483647
  WHERE f.document_id <> ?2 GROUP BY f.document_id ORDER BY f.document_id]]
local add_sql = "INSERT OR IGNORE INTO fingerprints (key) SELECT c1 << 31 | ?2 FROM incoming(?1)"
local remove_sql =
  "DELETE FROM fingerprints WHERE key IN (SELECT c1 << 31 | ?2 FROM incoming(?1))"
local MOST_DOCUMENTS = 1 << 31

local function units_of(conn, id)
  return (conn:first("SELECT units FROM tokens WHERE document_id = ?", { id }))
end

-- Fingerprints of a document, counted once a session.
local function size_of(conn, sizes, id, tokenizer)
  local size = sizes[id]
  if not size then
    local units = units_of(conn, id)
    size = units and #corpus.shingles(units, tokenizer) // 8 or 0
    sizes[id] = size
  end
  return size
end

-- The hashes that another document may have: of a store that only this session has filled, few
-- need be looked up.
local function worth_asking(statements, hashes)
  return statements.seen and statements.seen:meet(hashes) or hashes
end

-- The documents that share most fingerprints, as a share of the smaller one's.
local function candidates(conn, statements, id, hashes, tokenizer)
  local found, n = {}, #hashes // 8
  local asked = worth_asking(statements, hashes)
  if asked == "" then return found end
  for _, other, common in conn:rows(common_sql, { blob(asked), id }) do
    local size = size_of(conn, statements.sizes, other, tokenizer)
    local share = common / math.max(math.min(n, size), 1)
    if share >= CANDIDATE_SHARE then found[#found + 1] = { id = other, share = share } end
  end
  table.sort(found, function(a, b)
    if a.share ~= b.share then return a.share > b.share end
    return a.id < b.id
  end)
  return table.move(found, 1, math.min(#found, MOST_COMPARED), 1, {})
end

--- Statements that this module needs, prepared once a session.
--- Shape: connection -> {add=, remove=, containment=, sizes=}.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function contained.statements(conn)
  return {
    add = conn:bulk(add_sql), remove = conn:bulk(remove_sql),
    containment = bulk.insert(conn, "containments"), sizes = {},
  }
end

--- To be called when a transaction has begun: did somebody else write since the one before?
--- Shape: connection, statements -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function contained.begin(conn, statements)
  local version = conn:first "PRAGMA data_version"
  if not statements.version then
    local any = conn:first "SELECT 1 FROM fingerprints LIMIT 1"
    statements.seen = not any and corpus.seen() or nil
  elseif version ~= statements.version then
    statements.seen = nil
  end
  statements.version = version
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
  local others = units_of(conn, other)
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
--- Shape: connection, statements, document id, units, their shingles, tokenizer
---   -> list of {document_id=, share=, inner=, outer=}.
--- Units: share of runs of eight syllables, 0 to 1; inner: this document stands inside that one.
--- Errors: those of SQLite.
--- Source: Schleimer, Wilkerson & Aiken 2003 (winnowing).
---@param conn userdata
---@param statements table
---@param id integer
---@param units string
---@param hashes string
---@param tokenizer userdata
function contained.record(conn, statements, id, units, hashes, tokenizer)
  if id >= MOST_DOCUMENTS then return {} end
  local found = {}
  for _, other in ipairs(candidates(conn, statements, id, hashes, tokenizer)) do
    found[#found + 1] = compare(conn, statements, id, units, other.id, tokenizer)
  end
  statements.add:run(blob(hashes), id)
  statements.sizes[id] = #hashes // 8
  return found
end

--- Forget a document's fingerprints and what was found by them, before its text goes.
--- Shape: connection, statements, document id, tokenizer -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param conn userdata
---@param statements table
---@param id integer
---@param tokenizer userdata
function contained.forget(conn, statements, id, tokenizer)
  local units = units_of(conn, id)
  if units then statements.remove:run(blob(corpus.shingles(units, tokenizer)), id) end
  conn:run("DELETE FROM containments WHERE inner_id = ?1 OR outer_id = ?1", { id })
end

return contained
