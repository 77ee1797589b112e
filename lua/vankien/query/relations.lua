-- What a row leads to beside its own columns: rows that it points to, rows that point to it,
-- the text of a document.  Links between tables come from the foreign keys of the schema;
-- what has another name or another meaning is written here.

local schema = require "vankien.query.schema"

local relations = {}

-- table -> name -> {table=, sql= (? is the row's id), has= (the row stands under t)}
local queries = {
  documents = {
    cites = {
      table = "documents", sql = "t.id IN (SELECT to_id FROM relations WHERE from_id = ?)",
      has = "EXISTS (SELECT 1 FROM relations WHERE from_id = t.id)",
    },
    cited_by = {
      table = "documents", sql = "t.id IN (SELECT from_id FROM relations WHERE to_id = ?)",
      has = "EXISTS (SELECT 1 FROM relations WHERE to_id = t.id)",
    },
    relations = {
      table = "relations", sql = "? IN (t.from_id, t.to_id)",
      has = "EXISTS (SELECT 1 FROM relations WHERE t.id IN (from_id, to_id))",
    },
  },
}

local values = { documents = {}, passages = {} }

--- The whole text of a document, one passage a line, or nil when only its facts are held.
function values.documents.text(store, row)
  return (store.conn:first([[SELECT group_concat(text, char(10)) FROM
    (SELECT text FROM passages WHERE document_id = ? ORDER BY ordinal)]], { row.id }))
end

-- The text as it was read: the file's bytes, or what came out of them.
function values.documents.original(store, row)
  return (store.conn:first([[SELECT o.bytes FROM texts AS x JOIN originals AS o
    ON o.id = x.original_id WHERE x.document_id = ?]], { row.id }))
end

--- The file that a text came from, and how: {file =, bytes =, sha256 =, encoding =, tool =}.  What
--- is not the file's own bytes (`original`) names the encoding or the tool that made it.
function values.documents.origin(store, row)
  local file, bytes, sha256, encoding, tool = store.conn:first([[SELECT o.locator,
      ifnull(c.file_bytes, length(o.bytes)), ifnull(c.file_sha256, o.sha256), c.encoding, c.tool
    FROM texts AS x JOIN originals AS o ON o.id = x.original_id
    LEFT JOIN conversions AS c ON c.original_id = o.id WHERE x.document_id = ?]], { row.id })
  return file and { file = file, bytes = bytes, sha256 = sha256, encoding = encoding, tool = tool }
end

function values.documents.syllables(store, row)
  return (store.conn:first("SELECT syllables FROM texts WHERE document_id = ?", { row.id }))
end

function values.documents.attributes(store, row)
  local out = {}
  for _, name, value in store.conn:rows(
    "SELECT a.key, a.value FROM documents AS d, json_each(d.attributes) AS a WHERE d.id = ?",
    { row.id }) do
    out[name] = value
  end
  return out
end

local function year_of(_, row)
  return row.issued and math.tointeger(row.issued:match "^%d%d%d%d")
end

local has_text = { text = true, original = true, origin = true, syllables = true }

local function value_of(info, name)
  local own = values[info.name]
  if own and own[name] then return own[name] end
  if name == "year" and info.has_year then return year_of end
end

local function backwards(store, info, name)
  for _, link in ipairs(schema.links(store, info.name).from) do
    if link.table == name then
      return {
        table = name, sql = ("t.%s = ?"):format(link.column), key = link.key,
        has = ("EXISTS (SELECT 1 FROM %s AS far WHERE far.%s = t.%s)"):format(name,
          link.column, link.key),
      }
    end
  end
end

-- -> "value", function | "row", table, column, key | "query", description | nil
local function find(store, info, name)
  local value = value_of(info, name)
  if value then return "value", value end
  local own = queries[info.name]
  if own and own[name] then return "query", own[name] end
  if name == "at_congress" and info.kind.congress then
    return "row", { table = "congresses", column = "congress", key = "ordinal" }
  end
  local to = schema.links(store, info.name).to[name]
  if to then return "row", { table = to, column = name .. "_id", key = "id" } end
  local back = backwards(store, info, name)
  if back then return "query", back end
end

--- What a name means on a row, where it is no column.
--- Shape: store, table info, name -> kind, description; kind is value, row, query, or nil.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function relations.find(store, info, name)
  local cache = info.relations or {}
  info.relations = cache
  if cache[name] == nil then
    local kind, what = find(store, info, name)
    cache[name] = kind and { kind, what } or false
  end
  if cache[name] then return cache[name][1], cache[name][2] end
end

--- The condition that a row has something.
--- Shape: store, table info, name -> SQL over alias t | nil.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function relations.has(store, info, name)
  if info.name == "documents" and has_text[name] then
    return "EXISTS (SELECT 1 FROM texts WHERE document_id = t.id)"
  end
  local kind, what = relations.find(store, info, name)
  if kind == "query" then return what.has end
  if kind == "row" then return ("t.%s IS NOT NULL"):format(what.column) end
end

--- The names that relations.find knows on a table.
--- Shape: store, table info -> sorted list.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function relations.names(store, info)
  local seen = {}
  for _, group in ipairs { values[info.name] or {}, queries[info.name] or {} } do
    for name in pairs(group) do seen[name] = true end
  end
  local links = schema.links(store, info.name)
  for name in pairs(links.to) do seen[name] = true end
  for _, link in ipairs(links.from) do seen[link.table] = true end
  if info.has_year then seen.year = true end
  if info.kind.congress then seen.at_congress = true end
  local names = {}
  for name in pairs(seen) do names[#names + 1] = name end
  table.sort(names)
  return names
end

return relations
