-- Keeping the search index in step with the texts: a row a document, made of the token units that
-- it has already (host/store_fts.c reads them).  It says which documents can hold what is asked
-- for, so that the others need not be read; it decides nothing: a text that is not in it yet is
-- read at each search (corpus/search.lua).

local host = require "vankien.host.store"

local search_index = {}

-- Token units in one transaction when many documents are read at once.
local BATCH_BYTES = 16 << 20

local insert_sql = "INSERT INTO search_index(rowid, units) VALUES (?, ?)"
local remove_sql = "INSERT INTO search_index(search_index, rowid, units) VALUES ('delete', ?, ?)"
-- One row and no REPLACE: a statement that could be undone halfway would make FTS5 write out what
-- it has in memory, for each document.
local note_sql = "INSERT INTO indexed_texts (document_id, stream) VALUES (?, ?)"
local stream_sql = "SELECT hash FROM tokens WHERE document_id = ?"

--- Statements that adding texts needs, prepared once a session.
--- Shape: connection -> {conn=, insert=, note=}.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function search_index.statements(conn)
  return { conn = conn, insert = conn:bulk(insert_sql), note = conn:bulk(note_sql) }
end

--- Give the statements back.
--- Shape: statements -> nothing.
--- Units: none.
--- Errors: none.
--- Source: none.
function search_index.close(statements)
  statements.insert:close()
  statements.note:close()
end

--- Read a text into the index; its tokens are written.  The caller holds the transaction.
--- Shape: statements, document id, its token units -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function search_index.add(statements, id, units)
  statements.insert:run(id, host.blob(units))
  statements.note:run(id, host.blob((statements.conn:first(stream_sql, { id }))))
end

--- Take a text out of the index while its tokens are still there; nothing when it is not in it.
--- The caller holds the transaction.
--- Shape: connection, document id -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function search_index.forget(conn, id)
  local units = conn:first([[SELECT t.units FROM indexed_texts AS i
    JOIN tokens AS t ON t.document_id = i.document_id WHERE i.document_id = ?]], { id })
  if not units then return end
  conn:run(remove_sql, { id, host.blob(units) })
  conn:run("DELETE FROM indexed_texts WHERE document_id = ?", { id })
end

--- How many texts are not in the index yet.
--- Shape: connection -> integer.
--- Units: documents.
--- Errors: those of SQLite.
--- Source: none.
function search_index.pending(conn)
  return (conn:first "SELECT (SELECT count(*) FROM texts) - (SELECT count(*) FROM indexed_texts)")
end

local function pending_documents(conn)
  local ids = {}
  for _, id in conn:rows [[SELECT document_id FROM texts
    WHERE document_id NOT IN (SELECT document_id FROM indexed_texts) ORDER BY document_id]] do
    ids[#ids + 1] = id
  end
  return ids
end

-- Documents from `at` on until a transaction is full; where the next one begins.
local function add_some(conn, ids, at)
  local statements, bytes = search_index.statements(conn), 0
  local closing <close> = setmetatable({}, { __close = function()
    search_index.close(statements)
  end })
  local transaction <close> = conn:begin()
  while ids[at] and bytes < BATCH_BYTES do
    local units = conn:first("SELECT units FROM tokens WHERE document_id = ?", { ids[at] })
    search_index.add(statements, ids[at], units)
    bytes, at = bytes + #units, at + 1
  end
  transaction:commit()
  return at
end

--- Read all texts that are not in the index yet, in transactions of some megabytes: what is
--- interrupted goes on where it stopped.
--- Shape: connection, progress(done, total) or nil -> number of texts read.
--- Units: documents.
--- Errors: those of SQLite.
--- Source: none.
function search_index.catch_up(conn, progress)
  local ids, at = pending_documents(conn), 1
  while ids[at] do
    at = add_some(conn, ids, at)
    if progress then progress(at - 1, #ids) end
  end
  return #ids
end

--- Empty the index and make it anew.
--- Shape: connection, progress(done, total) or nil -> number of texts read.
--- Units: documents.
--- Errors: those of SQLite.
--- Source: none.
function search_index.rebuild(conn, progress)
  do
    local transaction <close> = conn:begin()
    conn:run "DELETE FROM indexed_texts"
    conn:run "INSERT INTO search_index(search_index) VALUES ('delete-all')"
    transaction:commit()
  end
  return search_index.catch_up(conn, progress)
end

return search_index
