-- Doctor, part: facts without a source, claims without a subject, claims that contradict their row.

local schema = require "vankien.store.schema"
local suggest = require "vankien.util.suggest"

local check = {}

local quoted = schema.quoted

-- Imported documents name the file they came from, not a key of `sources`.
local except = { documents = " WHERE kind <> 'imported'" }

local levels = {
  primary = true, confirmed = true, ["partly confirmed"] = true, indirect = true, disagrees = true,
  disputed = true, ["single source"] = true, ["not checked"] = true, ["not found"] = true,
  ["general knowledge"] = true, derived = true, proposed = true, imported = true,
}

--- The levels a row can have, as db/migrations/002_framework.sql explains them.
check.levels = levels

local function source_keys(conn)
  local keys, list = {}, {}
  for _, key in conn:rows "SELECT key FROM sources" do
    keys[key], list[#list + 1] = true, key
  end
  return keys, list
end

local function check_sources(conn, add, name, keys, list)
  for _, id, source in conn:rows(("SELECT rowid, source FROM %s%s"):format(
    quoted(name), except[name] or "")) do
    local any = false
    for key in source:gmatch "[^;]+" do
      key, any = key:match "^%s*(.-)%s*$", true
      if not keys[key] then
        local hint = suggest.phrase(key, list)
        add("source", name, id, ("its source %q is not among the sources%s"):format(
          key, hint and ", " .. hint or ""))
      end
    end
    if not any then add("source", name, id, "it names no source") end
  end
end

local function check_levels(conn, add, name)
  for _, id, level in conn:rows(("SELECT rowid, level FROM %s"):format(quoted(name))) do
    if not levels[level] then
      add("level", name, id, ("its level %q is not one of ours"):format(level))
    end
  end
end

local attributes = "CASE WHEN json_valid(attributes) THEN attributes ELSE '{}' END"

local function has_attribute(conn, subject, field)
  return subject == "documents" and conn:first(([[SELECT 1 FROM documents
    WHERE json_type(%s, '$.' || json_quote(?)) IS NOT NULL LIMIT 1]]):format(attributes),
    { field }) == 1
end

-- The SQL expression of the value a claim speaks of, or nil.
local function field_sql(conn, subject, field)
  local columns = schema.columns(conn, subject)
  if not columns then return nil, "speaks of a table that is not there: " .. subject end
  local references = columns[field] and columns[field].references
  if references and references.column ~= "ordinal" and columns[field].type == "INTEGER" then
    return ("(SELECT CAST(o.key AS TEXT) FROM %s o WHERE o.id = t.%s)"):format(
      quoted(references.table), quoted(field))
  end
  if columns[field] then return ("CAST(t.%s AS TEXT)"):format(quoted(field)) end
  if has_attribute(conn, subject, field) then
    return ("CAST(json_extract(%s, '$.' || json_quote('%s')) AS TEXT)"):format(
      attributes, (field:gsub("'", "''")))
  end
  return nil, ("speaks of %s.%s, a field that is not there"):format(subject, field)
end

local function check_field(conn, add, subject, field)
  local value, problem = field_sql(conn, subject, field)
  local select = [[SELECT a.id, a.accepted, a.value, %s, t.rowid IS NULL FROM assertions a
    LEFT JOIN %s t ON t.rowid = a.subject_id WHERE a.subject = ? AND a.field = ?]]
  if not value then
    for _, id in conn:rows("SELECT id FROM assertions WHERE subject = ? AND field = ?",
      { subject, field }) do add("claim", "assertions", id, problem) end
    return
  end
  for _, id, accepted, claimed, stored, orphan in conn:rows(
    select:format(value, quoted(subject)), { subject, field }) do
    if orphan == 1 then
      add("claim", "assertions", id, "speaks of a row of " .. subject .. " that is not there")
    elseif accepted == 1 and claimed ~= stored then
      add("claim", "assertions", id, ("is accepted and says %s is %q, but the row has %q"):format(
        field, claimed or "", stored or ""))
    end
  end
end

local function check_claims(conn, add)
  local fields = {}
  for _, subject, field in conn:rows
    "SELECT DISTINCT subject, field FROM assertions ORDER BY subject, field" do
    fields[#fields + 1] = { subject, field }
  end
  for _, pair in ipairs(fields) do check_field(conn, add, pair[1], pair[2]) end
end

local function check_duplicates(conn, add, name)
  local key = {}
  for i, column in ipairs(schema.natural_key(name)) do
    key[i] = "ifnull(" .. quoted(column) .. ", '')"
  end
  if key[1]:find '"id"' then return end
  local sql = "SELECT max(rowid), count(*) FROM %s GROUP BY %s HAVING count(*) > 1"
  for _, id, n in conn:rows(sql:format(quoted(name), table.concat(key, ", "))) do
    add("duplicate", name, id, ("%d rows say the same thing (%s)"):format(
      n, table.concat(schema.natural_key(name), ", ")))
  end
end

local function check_numbers(conn, add)
  for _, id, number, congress, n in conn:rows [[
    SELECT max(id), number, congress, count(*) FROM documents
    WHERE number IS NOT NULL AND congress IS NOT NULL
    GROUP BY number, congress, issued HAVING count(*) > 1]] do
    add("duplicate", "documents", id, ("%d documents are %s of term %s, of one date"):format(
      n, number, congress))
  end
end

local function check_json(conn, add)
  for name, column in pairs { documents = "attributes", texts = "repairs" } do
    local sql = "SELECT rowid FROM %s WHERE NOT json_valid(%s)"
    for _, id in conn:rows(sql:format(name, column)) do
      add("json", name, id, column .. " is no JSON")
    end
  end
end

--- Check every table that has sources and levels.
--- Shape: connection, function(check, table, id, message) -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param conn userdata
---@param add function
function check.check(conn, add)
  local keys, list = source_keys(conn)
  for _, name in ipairs(schema.evidence(conn)) do
    local columns = schema.columns(conn, name)
    if columns.source then check_sources(conn, add, name, keys, list) end
    if columns.level then check_levels(conn, add, name) end
    check_duplicates(conn, add, name)
  end
  check_json(conn, add)
  check_claims(conn, add)
  check_numbers(conn, add)
end

return check
