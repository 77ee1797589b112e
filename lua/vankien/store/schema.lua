-- The schema: migrations by user_version, and what the tables look like.
-- What a table is for is said in db/migrations/*.sql.

local embed = require "vankien.host.embed"
local err = require "vankien.util.err"

local schema = {}

-- Left out of a row's hash: originals.sha256 stands for it, and is checked on its own.
local not_hashed = { originals = { bytes = true } }

-- Columns that name a row for people and for the tables of facts.
local natural_keys = {
  congresses = { "ordinal" }, documents = { "key" }, sources = { "key" },
  formulas = { "key" }, principles = { "key" }, terms = { "term" },
  relations = { "from_id", "relation", "to_id" },
  tasks = { "document_id", "n" }, points = { "document_id", "n" },
  orientations = { "n" }, pillars = { "n" }, forums = { "name" },
  roles = { "role", "body", "from_year" }, events = { "event", "year" },
  initiatives = { "initiative" }, accessions = { "body" }, metrics = { "metric" },
  actors = { "actor" }, recipes = { "name" },
}

-- Per connection: table -> list of columns.
local known = setmetatable({}, { __mode = "k" })

local function quoted(name)
  return '"' .. name:gsub('"', '""') .. '"'
end

--- The migrations that this program has, in order.
--- Shape: nothing -> list of {version=, name=, sql=}.
--- Units: none.
--- Errors: internal, when one cannot be read or the numbers have a gap.
--- Source: none.
function schema.migrations()
  local list = {}
  for _, name in ipairs(embed.list "db/migrations/") do
    local version = tonumber(name:match "(%d+)[^/]*%.sql$")
    if version then list[#list + 1] = { version = version, name = name, sql = embed.read(name) } end
  end
  table.sort(list, function(a, b) return a.version < b.version end)
  for i, migration in ipairs(list) do
    if migration.version ~= i or not migration.sql then
      err.raise("internal", "migration " .. i .. " is missing, found " .. migration.name)
    end
  end
  return list
end

--- Bring a store to the newest schema.  The caller holds the transaction.
--- Shape: connection, version it has -> nothing.
--- Units: none.
--- Errors: raises what SQLite says, placed at the migration's file.
--- Source: none.
---@param conn userdata
---@param from integer
function schema.migrate(conn, from)
  local list = schema.migrations()
  for i = from + 1, #list do conn:exec(list[i].sql) end
  conn:exec(("PRAGMA user_version = %d"):format(#list))
  known[conn] = nil
end

local function read_columns(conn, name)
  local columns = {}
  for _, column, kind, required, default, key in conn:rows(
    'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', { name }) do
    columns[#columns + 1] = {
      name = column, type = kind, required = required == 1, default = default, key = key,
    }
    columns[column] = columns[#columns]
  end
  if #columns == 0 then return nil end
  for _, column, other, to in conn:rows(
    'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', { name }) do
    columns[column].references = { table = other, column = to }
  end
  return columns
end

--- The columns of a table, in order; also by name.
--- Shape: connection, table -> list of {name=, type=, required=, default=, key=, references=},
---   or nil.
--- Units: none.
--- Errors: none; nil when there is no such table.
--- Source: none.
---@param conn userdata
---@param name string
function schema.columns(conn, name)
  local cache = known[conn]
  if not cache then
    cache = {}
    known[conn] = cache
  end
  if cache[name] == nil then cache[name] = read_columns(conn, name) or false end
  return cache[name] or nil
end

--- The tables whose rows are evidence: those with a hash over their row.
--- Shape: connection -> sorted list of names.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param conn userdata
function schema.evidence(conn)
  local names = {}
  for _, name in conn:rows [[
    SELECT s.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c
    WHERE s.type = 'table' AND c.name = 'hash' AND c.type = 'BLOB' ORDER BY s.name]] do
    names[#names + 1] = name
  end
  return names
end

--- The columns that a row's hash covers, in schema order.
--- Shape: connection, table -> list of names.
--- Units: none.
--- Errors: internal when there is no such table.
--- Source: none.
---@param conn userdata
---@param name string
function schema.hashed(conn, name)
  local out, skip = {}, not_hashed[name] or {}
  local columns = schema.columns(conn, name)
  if not columns then err.raise("internal", "no table " .. name) end
  for _, column in ipairs(columns) do
    if column.name ~= "hash" and not skip[column.name] then out[#out + 1] = column.name end
  end
  return out
end

--- The SQL expression of a row's hash.
--- Shape: connection, table -> string: rowhash('table', "column", …).
--- Units: none.
--- Errors: internal when there is no such table.
--- Source: none.
---@param conn userdata
---@param name string
function schema.rowhash(conn, name)
  local parts = { "'" .. name:gsub("'", "''") .. "'" }
  for _, column in ipairs(schema.hashed(conn, name)) do parts[#parts + 1] = quoted(column) end
  return "rowhash(" .. table.concat(parts, ", ") .. ")"
end

--- The columns by which people name a row of a table.
--- Shape: table -> list of column names.
--- Units: none.
--- Errors: none; {"n"} for the lists of the guide, {"id"} for the rest.
--- Source: none.
---@param name string
function schema.natural_key(name)
  return natural_keys[name] or (name:find "^guide_" and { "n" }) or { "id" }
end

schema.quoted = quoted

return schema
