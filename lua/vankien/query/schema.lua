-- What a store's tables look like: columns, their kinds, attributes of imported documents.
-- Read once a table and store, when first asked; nothing is read when a store is opened.

local list = require "vankien.util.list"

local schema = {}

-- Never shown: hashes, bytes and machinery.
local hidden = { hash = true, bytes = true, units = true, map = true }
local internal = { tokens = true, types = true, fingerprints = true, indexed_texts = true,
  search_index = true, search_index_config = true, search_index_data = true,
  search_index_docsize = true, search_index_idx = true }

local dates = list.set { "issued", "issued_end", "opened", "closed", "public_opening", "date" }
local congress_columns = list.set { "congress", "first_congress" }
local exact = list.set { "key", "sha256", "locator" }

local of_store = setmetatable({}, { __mode = "k" })

local function kind_of(table_name, column, declared)
  if dates[column] then return "date" end
  if congress_columns[column] then return "congress" end
  if table_name == "congresses" and column == "ordinal" then return "congress" end
  if table_name == "documents" and column == "number" then return "number" end
  if exact[column] then return "exact" end
  return ({ INTEGER = "integer", REAL = "real", BLOB = "blob" })[declared] or "text"
end

local function known(store)
  local cache = of_store[store]
  if not cache then
    cache = { tables = {}, attributes = {} }
    of_store[store] = cache
  end
  return cache
end

local function read_table(store, name)
  local info = { name = name, columns = {}, kind = {} }
  local sql = ('PRAGMA table_info("%s")'):format(name:gsub('"', '""'))
  for _, _, column, declared in store.conn:rows(sql) do
    if not hidden[column] then
      info.columns[#info.columns + 1] = column
      info.kind[column] = kind_of(name, column, declared)
    end
  end
  info.has_attributes = info.kind.attributes ~= nil
  info.has_year = info.kind.issued ~= nil and info.kind.year == nil
  return info
end

--- The columns of a table and their kinds.
--- Shape: store, name -> {name=, columns=, kind={column=kind}} | nil when there is no such table.
--- Units: kind is text, exact, date, congress, number, integer, real or blob.
--- Errors: those of the store.
--- Source: none.
function schema.table(store, name)
  local cache = known(store).tables
  local info = cache[name]
  if info == nil then
    info = not internal[name] and read_table(store, name)
    if info and not info.kind.id then info = false end
    cache[name] = info or false
  end
  return info or nil
end

--- The tables a collection can be made of.
--- Shape: store -> sorted list of names.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function schema.tables(store)
  local names = {}
  for _, name in store.conn:rows(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'") do
    if schema.table(store, name) then names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

--- Has any document this attribute?
--- Shape: store, name -> boolean.
--- Units: none; a name with a quotation mark is none.
--- Errors: those of the store.
--- Source: none.
function schema.has_attribute(store, name)
  if type(name) ~= "string" or name:find '["\0]' then return false end
  local cache = known(store).attributes
  if not cache[name] then
    cache[name] = store.conn:first([[SELECT 1 FROM documents
      WHERE attributes <> '{}' AND json_type(attributes, ?) IS NOT NULL LIMIT 1]],
      { schema.attribute_path(name) }) == 1
  end
  return cache[name]
end

--- Where an attribute stands in the JSON of a document.
--- Shape: name -> JSON path.
--- Units: none.
--- Errors: none.
--- Source: SQLite, JSON functions, section 3.2.
function schema.attribute_path(name) return '$."' .. name .. '"' end

--- The attributes that any document has.
--- Shape: store -> sorted list of names.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function schema.attributes(store)
  local names = {}
  for _, name in store.conn:rows([[SELECT DISTINCT a.key
    FROM documents AS d, json_each(d.attributes) AS a WHERE d.attributes <> '{}' ORDER BY 1]]) do
    names[#names + 1] = name
  end
  return names
end

local link_sql = [[SELECT s.name, f."from", f."table", coalesce(f."to", 'id')
  FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS f
  WHERE s.type = 'table' ORDER BY 1, 2]]

--- Columns that hold the id of a row elsewhere, and rows elsewhere that hold this table's.
--- Shape: store, table -> {to = {name = table}, from = {{table=, column=, key=}, …}}.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function schema.links(store, name)
  local info = schema.table(store, name)
  if info.links then return info.links end
  local links = { to = {}, from = {} }
  for _, from, column, to, key in store.conn:rows(link_sql) do
    if key == "id" and from == name and column:find "_id$" then
      links.to[column:sub(1, -4)] = to
    end
    if to == name and schema.table(store, from) then
      links.from[#links.from + 1] = { table = from, column = column, key = key }
    end
  end
  info.links = links
  return links
end

return schema
