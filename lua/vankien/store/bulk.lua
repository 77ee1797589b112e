-- Inserting many rows of one table: one prepared statement that also makes the row's hash.

local schema = require "vankien.store.schema"
local err = require "vankien.util.err"

local bulk = {}

-- As host/ingest.c makes and hashes them.
local MADE = {
  passages = "id, document_id, ordinal, path, kind, text, start, stop, map, first_unit, "
    .. "syllables, sentences",
  types = "id, form, kind",
}
-- Ids that go up by one from the greatest there is SQLite gives by itself: it need not look each
-- one up then.  The host has hashed them, and sees to it that they are the same.
local BY_SQLITE = { passages = "id" }

--- The columns of a table but `hash`, in the order of the schema.
--- Shape: connection, table -> list of names.
--- Units: none.
--- Errors: internal when there is no such table.
--- Source: none.
---@param conn userdata
---@param name string
function bulk.columns(conn, name)
  local names = {}
  for _, column in ipairs(schema.columns(conn, name)) do
    if column.name ~= "hash" then names[#names + 1] = column.name end
  end
  return names
end

--- A statement that inserts rows of a table.
--- Shape: connection, table -> statement; run(v1, v2, …) takes every column but `hash`, in the
--- order of the schema.
--- Units: none.
--- Errors: internal when there is no such table.
--- Source: none.
---@param conn userdata
---@param name string
function bulk.insert(conn, name)
  local columns, marks, at = {}, {}, {}
  for _, column in ipairs(schema.columns(conn, name)) do
    if column.name ~= "hash" then
      columns[#columns + 1] = schema.quoted(column.name)
      marks[#marks + 1] = "?" .. #columns
      at[column.name] = marks[#marks]
    end
  end
  if schema.columns(conn, name).hash.type == "BLOB" then
    local hashed = { "'" .. name .. "'" }
    for _, column in ipairs(schema.hashed(conn, name)) do hashed[#hashed + 1] = at[column] end
    columns[#columns + 1] = '"hash"'
    marks[#marks + 1] = ("rowhash(%s)"):format(table.concat(hashed, ", "))
  end
  return conn:bulk(("INSERT INTO %s (%s) VALUES (%s)"):format(schema.quoted(name),
    table.concat(columns, ", "), table.concat(marks, ", ")))
end

--- A statement that inserts rows which the host makes and hashes: for statement:passages and
--- statement:types.
--- Shape: connection, "passages" | "types" -> statement.
--- Units: none.
--- Errors: internal when the columns are not those that the host writes.
--- Source: none.
---@param conn userdata
---@param name string
function bulk.incoming(conn, name)
  local columns, given, from = schema.hashed(conn, name), {}, BY_SQLITE[name] and 2 or 1
  local listed = table.concat(columns, ", ")
  if listed ~= MADE[name] then
    err.raise("internal", ("the columns of %s are not those that are written: %s"):format(name,
      listed))
  end
  for i = from, #columns + 1 do given[#given + 1] = "c" .. i end
  listed = table.concat(columns, ", ", from)
  -- what fails undoes the whole transaction, so that no page need be kept for this statement's sake
  return conn:bulk(("INSERT OR FAIL INTO %s (%s, hash) SELECT %s FROM incoming(?)"):format(name,
    listed, table.concat(given, ", ")))
end

return bulk
