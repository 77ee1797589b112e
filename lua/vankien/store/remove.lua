-- Taking a document out of the store again, with all that hangs on it.  A document of the policy
-- framework loses its text only: its facts have sources of their own.
--
-- Inside a session of store/write.lua, which has foreign keys off: what refers to a document is
-- found in the schema and removed here, so that it costs what the document costs, and not a look
-- at every fingerprint of the store.

local contained = require "vankien.store.contained"
local err = require "vankien.util.err"
local schema = require "vankien.store.schema"
local search_index = require "vankien.store.search_index"

local remove = {}

-- Removed by name below, or found by their key.
local APART = { fingerprints = true }

--- Remove the text of a document and what was derived from it; the original stays.
--- Shape: session of write.session, document id -> nothing.  The caller holds the transaction.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param session table
---@param id integer
function remove.text(session, id)
  search_index.forget(session.conn, id)
  contained.forget(session.conn, session.contained, id, session.tokenizer)
  for _, name in ipairs { "passages", "tokens", "texts", "repairs", "unresolved_citations" } do
    session.conn:run(("DELETE FROM %s WHERE document_id = ?"):format(name), { id })
  end
end

local references_sql = [[SELECT t.name, f."from", f.on_delete
  FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f
  WHERE t.type = 'table' AND f."table" = ? AND f."to" = 'id' ORDER BY t.name, f."from"]]

-- Rows that refer to one row; those that may not be left behind are removed with their own.
local function remove_referring(conn, name, id)
  for _, table_name, column, on_delete in conn:rows(references_sql, { name }) do
    local quoted, where = schema.quoted(table_name), schema.quoted(column) .. " = ?"
    if APART[table_name] then goto continue end
    if on_delete == "CASCADE" then
      if schema.columns(conn, table_name).id then
        for _, child in conn:rows(("SELECT id FROM %s WHERE %s"):format(quoted, where), { id }) do
          remove_referring(conn, table_name, child)
        end
      end
      conn:run(("DELETE FROM %s WHERE %s"):format(quoted, where), { id })
    elseif conn:first(("SELECT 1 FROM %s WHERE %s"):format(quoted, where), { id }) then
      err.raise("refused", ("%s refers to this document"):format(table_name),
        { hint = "remove that row first, in store:edit" })
    end
    ::continue::
  end
  conn:run("DELETE FROM assertions WHERE subject = ? AND subject_id = ?", { name, id })
end

--- Remove a document that was imported, or the imported text of another.
--- Shape: session of write.session, document id -> "removed" | "text removed" | nil, err.  The
---   caller holds the transaction.
--- Units: none.
--- Errors: not_found; raises refused when a row that may not go refers to it.
--- Source: none.
---@param session table
---@param id integer
function remove.document(session, id)
  local conn = session.conn
  local kind = conn:first("SELECT kind FROM documents WHERE id = ?", { id })
  if not kind then return nil, err.new("not_found", ("no document %d"):format(id)) end
  remove.text(session, id)
  if kind == "imported" then
    remove_referring(conn, "documents", id)
    conn:run("DELETE FROM documents WHERE id = ?", { id })
    return "removed"
  end
  for _, original in conn:rows("SELECT id FROM originals WHERE document_id = ?", { id }) do
    remove_referring(conn, "originals", original)
  end
  conn:run("DELETE FROM originals WHERE document_id = ?", { id })
  return "text removed"
end

return remove
