-- Which document of the store a record is.  A number is not a key (numbers restart each term), so a
-- number counts only with a term or a date that fits; a title only with its date.  In this order:
-- the same bytes with the same metadata, the same file, the number, the title.

local text = require "vankien.host.text"
local dates = require "vankien.text.dates"
local err = require "vankien.util.err"

local identity = {}

--- Columns of `documents` that an import can say something about.
identity.fields = {
  "type", "number", "issued", "issued_precision", "issued_end", "issuer", "congress", "title",
}

local row_sql = [[SELECT id, type, number, issued, issued_precision, issued_end, issuer, congress,
  title, kind, attributes FROM documents WHERE ]]

local function rows(conn, condition, params)
  local cursor <close> = conn:cursor(row_sql .. condition, params)
  local out = {}
  for row in function() return cursor:row() end do out[#out + 1] = row end
  return out
end

--- One document of the store.
--- Shape: connection, id -> row | nil.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function identity.row(conn, id)
  return rows(conn, "id = ?", { id })[1]
end

-- The congress under which a day falls: the last one closed by then.
local function term_of(conn, issued)
  return (conn:first("SELECT ordinal FROM congresses WHERE closed <= ? ORDER BY n DESC LIMIT 1",
    { issued }))
end

-- Below the centre many offices give out the same numbers (01/2020/QĐ-UBND).
local function other_issuer(row, meta)
  return row.issuer and meta.issuer and not meta.number:find "/TW$"
    and text.fold(row.issuer) ~= text.fold(meta.issuer)
end

local function number_fits(conn, row, meta)
  if other_issuer(row, meta) then return false end
  if meta.issued and row.issued and dates.compatible(meta.issued, row.issued) then return true end
  if meta.congress and row.congress then return meta.congress == row.congress end
  if meta.issued and row.congress then return term_of(conn, meta.issued) == row.congress end
  return not meta.issued and not meta.congress
end

local function describe(row)
  return ('%s %s of %s ("%s")'):format(row.type or "document", row.number or "without number",
    row.issued or row.congress or "unknown date", row.title)
end

local function by_number(conn, meta)
  local fitting = {}
  for _, row in ipairs(rows(conn, "number = ? ORDER BY issued", { meta.number })) do
    if number_fits(conn, row, meta) then fitting[#fitting + 1] = row end
  end
  if #fitting < 2 then return fitting[1] end
  local shown = {}
  for n, row in ipairs(fitting) do shown[n] = describe(row) end
  return nil, err.new("ambiguous", ("the number %s is that of %d documents: %s"):format(
    meta.number, #fitting, table.concat(shown, "; ")), {
    hint = "say which one: congress or issued",
  })
end

-- Only when one document has this title and this date: two are two.
local function by_title(conn, meta)
  if not meta.issued or meta.title_assumed then return nil end
  local found = rows(conn, "issued = ? AND vk_fold(title) = ? ORDER BY id LIMIT 2",
    { meta.issued, text.fold(meta.title) })
  return not found[2] and found[1] or nil
end

-- A line of a JSON Lines file moves when a line is added above it: its title must be the same too.
local function by_locator(conn, record)
  local id = conn:first([[SELECT document_id FROM originals WHERE locator = ?
    ORDER BY id DESC LIMIT 1]], { record.locator })
  local row = id and identity.row(conn, id)
  if not row then return nil end
  local meta = record.meta
  if meta.number and row.number and meta.number ~= row.number then return nil end
  if record.locator:find "#%d+$" and text.fold(row.title) ~= text.fold(meta.title) then
    return nil
  end
  return row
end

local function claimed(conn, row, field, value)
  return conn:first([[SELECT 1 FROM assertions WHERE subject = 'documents' AND subject_id = ?
    AND field = ? AND value = ? AND level = 'imported' LIMIT 1]],
    { row.id, field, value }) ~= nil
end

--- Does the store already have all that a record says of a document?
--- Shape: connection, row, meta -> boolean.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
---@param conn userdata
---@param row table
---@param meta table
function identity.says_nothing_new(conn, row, meta)
  for _, field in ipairs(identity.fields) do
    local value = meta[field]
    local assumed = field == "title" and meta.title_assumed
    if value ~= nil and value ~= row[field] and not assumed
      and not claimed(conn, row, field, value) then return false end
  end
  for name, value in pairs(meta.attributes) do
    local stored = conn:first("SELECT json_extract(?, '$.' || json_quote(?))",
      { row.attributes, name })
    if stored ~= value then return false end
  end
  return true
end

local function by_bytes(conn, record, sha256)
  for _, id in ipairs(identity.with_text(conn, sha256)) do
    local row = identity.row(conn, id)
    if identity.says_nothing_new(conn, row, record.meta) then return row end
  end
end

--- Documents whose present text comes from these bytes.
--- Shape: connection, SHA-256 in hex -> list of ids.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function identity.with_text(conn, sha256)
  local ids = {}
  for _, id in conn:rows([[SELECT o.document_id FROM originals AS o WHERE o.sha256 = ?
    AND o.id = (SELECT t.original_id FROM texts AS t WHERE t.document_id = o.document_id)
    ORDER BY 1]], { sha256 }) do
    ids[#ids + 1] = id
  end
  return ids
end

--- Find the document that a record is.
--- Shape: connection, record, SHA-256 of its bytes -> row, how | nil when it is new | nil, err.
--- Units: how is "bytes", "file", "number" or "title".
--- Errors: returns nil, ambiguous when a number fits several documents.
--- Source: none.
---@param conn userdata
---@param record table see import/init.lua
---@param sha256 string
function identity.find(conn, record, sha256)
  local row = by_bytes(conn, record, sha256)
  if row then return row, "bytes" end
  row = by_locator(conn, record)
  if row then return row, "file" end
  if not record.meta.number then return by_title(conn, record.meta), "title" end
  local problem
  row, problem = by_number(conn, record.meta)
  return row, problem or "number"
end

return identity
