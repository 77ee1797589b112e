-- What a recipe can read in a store, as hashes that are the same on every machine: row numbers,
-- paths of imported files and what is derived from the texts are left out.  One hash a document,
-- with its text, and one a table, so that it can be said what changed.  (The store's own
-- fingerprint covers every row as it lies there; see store/fingerprint.lua.)

local host = require "vankien.host.store"
local list = require "vankien.util.list"
local schema = require "vankien.store.schema"

local content = {}

local DIGITS = 16               -- of a document's or table's hash that are kept

-- Derived from documents and passages, hashed with a document, or no data.
local left_out = list.set { "containments", "documents", "originals", "passages", "recipes",
  "texts", "tokens", "types" }

-- Columns whose stored value says where a file lay, or which row of this store it is about.
local portable = {
  documents = { source = "CASE t.kind WHEN 'imported' THEN '' ELSE t.source END" },
  sources = { title = "CASE t.kind WHEN 'imported' THEN '' ELSE t.title END" },
  assertions = { subject_id = [[CASE t.subject WHEN 'documents'
    THEN (SELECT o.key FROM documents o WHERE o.id = t.subject_id) ELSE t.subject_id END]] },
}

local skipped = {
  documents = { id = true, hash = true, key = true },
  passages = { id = true, hash = true, document_id = true, map = true },
}
local skipped_elsewhere = { id = true, hash = true }

local function column_sql(name, column)
  local given = portable[name] and portable[name][column.name]
  if given then return given end
  local plain = "t." .. schema.quoted(column.name)
  if column.references and column.references.table == "documents" then
    return ("(SELECT o.key FROM documents o WHERE o.id = %s)"):format(plain)
  end
  return plain
end

-- The SQL of a hash over what is portable in a row of the table, aliased t.
local function hash_sql(conn, name)
  local parts, skip = { "'" .. name .. "'" }, skipped[name] or skipped_elsewhere
  for _, column in ipairs(schema.columns(conn, name)) do
    if not skip[column.name] then parts[#parts + 1] = column_sql(name, column) end
  end
  return "rowhash(" .. table.concat(parts, ", ") .. ")"
end

local function short(bytes) return host.sha256(bytes):sub(1, DIGITS) end

local function document_hashes(conn)
  local keys, parts = {}, {}
  for _, id, key, hash in conn:rows(("SELECT t.id, t.key, %s FROM documents t"):format(
    hash_sql(conn, "documents"))) do
    keys[id], parts[key] = key, { hash }
  end
  for _, id, hash in conn:rows(("SELECT t.document_id, %s FROM passages t ORDER BY t.document_id,"
    .. " t.ordinal"):format(hash_sql(conn, "passages"))) do
    local of = parts[keys[id]]
    if of then of[#of + 1] = hash end
  end
  local out = {}
  for key, hashes in pairs(parts) do out[key] = short(table.concat(hashes)) end
  return out
end

-- Rows in the order of their hashes: it does not matter in which order they came in.
local function table_hash(conn, name)
  local hashes = {}
  for _, hash in conn:rows(("SELECT %s FROM %s t"):format(hash_sql(conn, name),
    schema.quoted(name))) do
    hashes[#hashes + 1] = hash
  end
  table.sort(hashes)
  return short(table.concat(hashes))
end

local function chain(map)
  return table.concat(list.map(list.sorted_keys(map), function(key)
    return ("%s %s\n"):format(key, map[key])
  end))
end

--- The content of a store, hashed.
--- Shape: store -> {fingerprint=, documents = {[key] = hash}, tables = {[name] = hash}}.
--- Units: fingerprint: 64 hexadecimal digits; hash: 16.
--- Errors: those of SQLite.
--- Source: own.
---@param store table
function content.of(store)
  local conn = store.conn
  local out = { documents = document_hashes(conn), tables = {} }
  for _, name in ipairs(schema.evidence(conn)) do
    if not left_out[name] then out.tables[name] = table_hash(conn, name) end
  end
  out.fingerprint = host.sha256(chain(out.documents) .. "\n" .. chain(out.tables))
  return out
end

local function compare(sentences, what, a, b)
  local names = {}
  for name in pairs(a) do names[name] = true end
  for name in pairs(b) do names[name] = true end
  for _, name in ipairs(list.sorted_keys(names)) do
    local verb = not a[name] and "is new" or not b[name] and "is gone" or "changed"
    if a[name] ~= b[name] then sentences[#sentences + 1] = ("%s %s %s"):format(what, name, verb) end
  end
end

--- What differs between two contents.
--- Shape: two of content.of -> list of sentences: "document nq-59-2025 changed"; empty: nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param before table
---@param now table
function content.differences(before, now)
  local sentences = {}
  compare(sentences, "document", before.documents, now.documents)
  compare(sentences, "table", before.tables, now.tables)
  return sentences
end

return content
