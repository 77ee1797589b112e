-- Writing: one transaction, rows by table and column, every row hashed.
-- Import has its own path (store/write.lua); this one is for facts and corrections.

local err = require "vankien.util.err"
local schema = require "vankien.store.schema"
local strict = require "vankien.util.strict"

local edit = {}

local quoted = schema.quoted

local methods = {}

local function live(tx)
  if tx.ended then
    err.raise("refused", "this edit has ended",
      { hint = "write inside the function given to edit" })
  end
  return tx.conn
end

local function columns_of(conn, name)
  if type(name) ~= "string" then err.raise("usage", "the table must be named by a string") end
  local columns = schema.columns(conn, name)
  if columns and columns.hash and columns.hash.type == "BLOB" then return columns end
  strict.unknown("table", name, schema.evidence(conn), "this store")
end

local function column_names(columns)
  local names = {}
  for _, column in ipairs(columns) do
    if column.name ~= "hash" then names[#names + 1] = column.name end
  end
  return names
end

local function check_row(columns, name, row)
  if type(row) ~= "table" then err.raise("usage", "a row must be a table of columns") end
  for column in pairs(row) do
    if column == "hash" then
      err.raise("refused", "the hash of a row is computed, it cannot be given")
    elseif type(column) ~= "string" or not columns[column] then
      strict.unknown("column", column, column_names(columns), name)
    end
  end
end

local function rehash(conn, name, key, id)
  conn:run(("UPDATE %s SET hash = %s WHERE %s = ?"):format(
    quoted(name), schema.rowhash(conn, name), key), { id })
end

local function with_id(columns, name, id)
  if not columns.id then
    err.raise("usage", name .. " has no id: its rows change with their document")
  elseif math.type(id) ~= "integer" then
    err.raise("usage", "the id must be an integer, not " .. type(id))
  end
end

--- Add a row.
--- Shape: table, {column = value} -> id of the row.
--- Units: none.
--- Errors: raises unknown_name for a table or column; what SQLite says of a value.
--- Source: none.
---@param name string
---@param row table
function methods:insert(name, row)
  local conn = live(self)
  local columns = columns_of(conn, name)
  check_row(columns, name, row)
  local names, marks, params = {}, {}, {}
  for _, column in ipairs(columns) do
    local value = row[column.name]
    if value ~= nil then
      names[#names + 1] = quoted(column.name)
      marks[#marks + 1] = "?"
      params[#params + 1] = value
    end
  end
  names[#names + 1], marks[#marks + 1] = "hash", "zeroblob(0)"
  local _, id = conn:run(("INSERT INTO %s (%s) VALUES (%s)"):format(
    quoted(name), table.concat(names, ", "), table.concat(marks, ", ")), params)
  rehash(conn, name, "rowid", id)
  return id
end

--- Change columns of a row.  A value given as `vankien.host.store`.null becomes NULL.
--- Shape: table, id, {column = value} -> the same id.
--- Units: none.
--- Errors: raises unknown_name for a table or column, not_found for the id.
--- Source: none.
---@param name string
---@param id integer
---@param changes table
function methods:update(name, id, changes)
  local conn = live(self)
  local columns = columns_of(conn, name)
  with_id(columns, name, id)
  check_row(columns, name, changes)
  local sets, params = {}, {}
  for _, column in ipairs(columns) do
    if changes[column.name] ~= nil then
      sets[#sets + 1] = quoted(column.name) .. " = ?"
      params[#params + 1] = changes[column.name]
    end
  end
  if #sets == 0 then err.raise("usage", "no column to change") end
  params[#params + 1] = id
  local changed = conn:run(("UPDATE %s SET %s WHERE id = ?"):format(
    quoted(name), table.concat(sets, ", ")), params)
  if changed == 0 then err.raise("not_found", ("no row %d in %s"):format(id, name)) end
  rehash(conn, name, "id", math.type(changes.id) == "integer" and changes.id or id)
  return id
end

--- Remove a row, and the claims about it.
--- Shape: table, id -> nothing.
--- Units: none.
--- Errors: raises unknown_name for a table, not_found for the id.
--- Source: none.
---@param name string
---@param id integer
function methods:delete(name, id)
  local conn = live(self)
  with_id(columns_of(conn, name), name, id)
  if name == "documents" then require "vankien.store.search_index".forget(conn, id) end
  local changed = conn:run(("DELETE FROM %s WHERE id = ?"):format(quoted(name)), { id })
  if changed == 0 then err.raise("not_found", ("no row %d in %s"):format(id, name)) end
  conn:run("DELETE FROM assertions WHERE subject = ? AND subject_id = ?", { name, id })
end

--- Add what a source says of one field of one row.  The row changes only when the claim
--- is accepted; the claim accepted before stays, as one that is not.
--- Shape: table, id, field, {value=, source=, lines=, level=, accepted=, verdict=} -> id.
--- Units: none.
--- Errors: raises as insert and update do.
--- Source: none.
---@param name string
---@param id integer
---@param field string
---@param claim table
function methods:claim(name, id, field, claim)
  local conn = live(self)
  local columns = columns_of(conn, name)
  if not columns[field] then strict.unknown("column", field, column_names(columns), name) end
  local row = { subject = name, subject_id = id, field = field, level = "single source" }
  for key, value in pairs(claim) do row[key] = value end
  if claim.accepted == true or claim.accepted == 1 then
    row.accepted = 1
    local before = conn:first([[SELECT id FROM assertions
      WHERE subject = ? AND subject_id = ? AND field = ? AND accepted = 1]], { name, id, field })
    if before then self:update("assertions", before, { accepted = 0 }) end
    self:update(name, id, { [field] = claim.value })
  else
    row.accepted = 0
  end
  return self:insert("assertions", row)
end

local metatable = {
  __name = "vankien.edit",
  __index = function(_, name)
    if methods[name] then return methods[name] end
    local names = {}
    for method in pairs(methods) do names[#names + 1] = method end
    table.sort(names)
    strict.unknown("method", name, names, "an edit")
  end,
}

--- Run a function inside one transaction.
--- Shape: connection, function(tx) -> what the function returns.
--- Units: none.
--- Errors: what the function raises, after everything is rolled back; refused inside another edit.
--- Source: none.
---@param conn userdata
---@param fn function
function edit.run(conn, fn)
  if type(fn) ~= "function" then err.raise("usage", "edit takes a function(tx)") end
  if conn:in_transaction() then
    err.raise("refused", "an edit inside an edit",
      { hint = "use the tx that the outer one was given" })
  end
  local tx = setmetatable({ conn = conn, ended = false }, metatable)
  local _ <close> = setmetatable({}, { __close = function() tx.ended = true end })
  local transaction <close> = conn:begin()
  local results = table.pack(fn(tx))
  transaction:commit()
  return table.unpack(results, 1, results.n)
end

return edit
