-- Records of an import to rows: one transaction a document, or nothing.  What the store knew before
-- is never overwritten by what an imported text says of itself: a fact that differs becomes a claim
-- (assertions), the old original stays beside the new one.

local host = require "vankien.host.store"
local text = require "vankien.host.text"
local bulk = require "vankien.store.bulk"
local contained = require "vankien.store.contained"
local edit = require "vankien.store.edit"
local identity = require "vankien.store.identity"
local remove = require "vankien.store.remove"
local search_index = require "vankien.store.search_index"
local err = require "vankien.util.err"
local json = require "vankien.util.json"
local list = require "vankien.util.list"

local write = {}

local blob = host.blob

-- Longer texts are read in parts while they are written, so that only a part is held.
local AHEAD_BYTES = 1 << 20

-- Pages of one transaction stay in memory until they are committed; otherwise SQLite's usual 2 MB.
local WRITE_CACHE_KB, USUAL_CACHE_KB = 32768, 2048

-- The id that a new row gets: nobody else writes while a transaction of this session is open.
local function new_id(session, name, rows)
  local id = session.next_id[name]
    or session.conn:first(("SELECT ifnull(max(id), 0) + 1 FROM %s"):format(name))
  session.next_id[name] = id + (rows or 1)
  return id
end

-- Types that another process added since this session last looked.
local function load_types(session)
  for _, id, form, kind in session.conn:rows(
    "SELECT id, form, kind FROM types WHERE id > ? ORDER BY id", { session.last_type }) do
    session.tokenizer:load(form, id, kind)
    session.last_type = id
  end
end

--- Begin to write documents.
--- Shape: store, {index = true, thread = true} -> session; close it with session:close() or as a
---   to-be-closed variable.  Without the index, texts are left for `search_index.catch_up`; without
---   the thread that reads texts ahead, the same is written, later.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param store table
---@param options? table
function write.session(store, options)
  local conn, indexed = store.conn, not (options and options.index == false)
  local threaded = not (options and options.thread == false)
  -- every row that is written here hangs on a document of the same transaction: what SQLite would
  -- look up again for each of them costs as much as writing it.  The doctor looks at all of them.
  conn:exec("PRAGMA foreign_keys = OFF; PRAGMA cache_size = -" .. WRITE_CACHE_KB)
  return setmetatable({
    conn = conn, tokenizer = text.tokenizer(threaded), last_type = 1, written = {},
    passage = bulk.incoming(conn, "passages"), original = bulk.insert(conn, "originals"),
    tokens = bulk.insert(conn, "tokens"), texts = bulk.insert(conn, "texts"),
    type = bulk.incoming(conn, "types"), repair = bulk.insert(conn, "repairs"),
    contained = contained.statements(conn),
    index = indexed and search_index.statements(conn) or nil,
    new_document = bulk.insert(conn, "documents"),
    document_columns = bulk.columns(conn, "documents"),
    next_id = {}, unindexed = {},
  }, write.metatable)
end

local methods = {}

--- What a session can do.
write.metatable = {
  __index = methods,
  __close = function(session) session:close() end,
}

--- Give the session's statements back.
--- Shape: nothing -> nothing.
--- Units: none.
--- Errors: none.
--- Source: none.
function methods:close()
  self.tokenizer:close()
  for _, name in ipairs {
    "passage", "original", "tokens", "texts", "type", "repair", "new_document",
  } do
    self[name]:close()
  end
  for _, name in ipairs { "add", "remove", "containment" } do self.contained[name]:close() end
  if self.index then search_index.close(self.index) end
  if not self.conn:in_transaction() then
    self.conn:exec("PRAGMA foreign_keys = ON; PRAGMA cache_size = -" .. USUAL_CACHE_KB)
  end
end

local function slug(s)
  s = text.bare(s):gsub("[^%w]+", "-"):gsub("^%-", "")
  return (s:sub(1, 60):gsub("%-$", ""))
end

-- A name for ever: from the number and the year, or the title.
local function new_key(conn, meta)
  local base = slug(meta.number or meta.title)
  local year = meta.issued and meta.issued:sub(1, 4)
  if year and not base:find(year, 1, true) then base = base .. "-" .. year end
  if base == "" then base = "document" end
  local key, n = base, 1
  while conn:first("SELECT 1 FROM documents WHERE key = ?", { key }) do
    n = n + 1
    key = base .. "-" .. n
  end
  return key
end

local function insert_document(session, record)
  local meta, values = record.meta, {}
  local row = {
    id = new_id(session, "documents"), key = new_key(session.conn, meta), kind = "imported",
    level = "imported", source = meta.source or record.locator,
    attributes = next(meta.attributes) == nil and "{}" or json.encode(meta.attributes),
  }
  for _, field in ipairs(identity.fields) do row[field] = meta[field] end
  for i, column in ipairs(session.document_columns) do values[i] = row[column] end
  session.new_document:run(table.unpack(values, 1, #session.document_columns))
  return row.id
end

local function merged_attributes(conn, row, meta)
  if next(meta.attributes) == nil then return nil end
  local merged = conn:first("SELECT json_patch(?, ?)", { row.attributes,
    json.encode(meta.attributes) })
  return merged ~= row.attributes and merged or nil
end

-- What an import says of its own document it may correct.
local function update_imported(tx, row, meta)
  local changes = { attributes = merged_attributes(tx.conn, row, meta) }
  for _, field in ipairs(identity.fields) do
    local assumed = field == "title" and meta.title_assumed
    if meta[field] ~= nil and meta[field] ~= row[field] and not assumed then
      changes[field] = meta[field]
    end
  end
  if changes.issued and not meta.issued_end
    and row.issued_end then changes.issued_end = host.null end
  if next(changes) then tx:update("documents", row.id, changes) end
end

local function source_key(tx, record, sha256)
  local key = "import-" .. sha256:sub(1, 16)
  if not tx.conn:first("SELECT 1 FROM sources WHERE key = ?", { key }) then
    tx:insert("sources", { key = key, title = record.meta.source or record.locator,
      kind = "imported" })
  end
  return key
end

local claimable = { "type", "number", "issued", "issuer", "congress", "title" }

-- What an import says of a fact of ours is a claim: accepted only where nothing stood.
local function claim_on_fact(tx, row, record, sha256)
  local meta, claims = record.meta, 0
  for _, field in ipairs(claimable) do
    local value = meta[field]
    local assumed = field == "title" and meta.title_assumed
    local known = value == nil or assumed or value == row[field] or tx.conn:first([[SELECT 1
      FROM assertions WHERE subject = 'documents' AND subject_id = ? AND field = ? AND value = ?
      AND level = 'imported']], { row.id, field, value })
    if not known then
      local open = row[field] == nil
      if open and field == "issued" then
        tx:update("documents", row.id, { issued = value, issued_precision = meta.issued_precision,
          issued_end = meta.issued_end })
      end
      tx:claim("documents", row.id, field, {
        value = value, source = source_key(tx, record, sha256), level = "imported",
        accepted = open, verdict = open and "nothing was known before"
          or "said by the imported text; the accepted value stands",
      })
      claims = claims + 1
    end
  end
  local attributes = merged_attributes(tx.conn, row, meta)
  if attributes then tx:update("documents", row.id, { attributes = attributes }) end
  return claims
end

local function add_counts(into, counts)
  for kind, n in pairs(counts) do
    if n > 0 then into[kind] = (into[kind] or 0) + n end
  end
end

-- What file it was, where the text is not the file's own bytes.
local function write_origin(session, original_id, origin)
  if not origin then return end
  session.tx:insert("conversions", {
    original_id = original_id, encoding = origin.encoding, tool = origin.tool,
    file_bytes = origin.bytes, file_sha256 = origin.sha256,
  })
end

-- What was repaired in the words, and what was only found: each with its place.
local function write_repairs(session, id, record)
  if not record.found then return end
  local at = new_id(session, "repairs", #record.found)
  for n, one in ipairs(record.found) do
    session.repair:run(at + n - 1, id, one.kind, one.from, one.to, one.before, one.after)
  end
end

-- The original of a text; its passages are made ahead, by the time that they are wanted.
local function begin_text(session, pending)
  local record, id = pending.record, pending.outcome.document_id
  pending.original_id = new_id(session, "originals")
  session.original:run(pending.original_id, id, record.locator, pending.sha256, blob(record.bytes))
  write_origin(session, pending.original_id, record.origin)
  pending.in_parts = #record.text > AHEAD_BYTES
  session.latest = host.ingest(session.tokenizer, record.text, record.passages, id,
    session.latest or new_id(session, "passages", 0), record.repaired, pending.in_parts)
  pending.made = session.latest
end

-- What a text became, row by row; the outcome says it.
local function write_text(session, pending)
  local record, outcome, id = pending.record, pending.outcome, pending.outcome.document_id
  local made <close> = pending.made
  local passages, counts = session.passage:passages(made)
  counts.joined = nil               -- counted by lines, as record.repairs.joined_line
  session.last_type = session.type:types(made) or session.last_type
  local units, syllables, sentences = made:units()
  add_counts(counts, record.repairs)
  local repairs = next(counts) and json.encode(counts) or "{}"
  session.texts:run(id, pending.original_id, passages, syllables, sentences, repairs)
  session.tokens:run(id, blob(units))
  table.insert(session.unindexed, { id, units })
  write_repairs(session, id, record)
  outcome.passages, outcome.syllables, outcome.sentences = passages, syllables, sentences
  outcome.repairs, outcome.reported = counts, record.reported
  outcome.contained = contained.record(session.conn, session.contained, id, units,
    made:shingles(), session.tokenizer)
end

-- Write the text that was begun, and say so.
local function write_pending(session)
  local pending = session.pending
  session.pending = nil
  if not pending then return end
  write_text(session, pending)
  pending.report(pending.record, pending.outcome)
end

local function has_text(conn, id)
  return conn:first("SELECT 1 FROM texts WHERE document_id = ?", { id }) ~= nil
end

local function same_text(conn, id, sha256)
  return list.index_of(identity.with_text(conn, sha256), id) ~= nil
end

-- Another file of this session that became this document.
local function other_file(session, row, record)
  local other = session.written[row.id]
  return other ~= record.locator and other or nil
end

local function taken(other, row, record)
  return err.new("ambiguous", ('this and %s are the same document: "%s"'):format(other, row.title),
    { place = record.place, hint = "give one of them another number or date, or leave it out" })
end

-- What becomes of a document that is known; status and number of claims.
local function settle_known(tx, session, row, record, sha256, same)
  local claims = 0
  if row.kind == "imported" then update_imported(tx, row, record.meta)
  else claims = claim_on_fact(tx, row, record, sha256) end
  if same then return "described", claims end
  if not has_text(tx.conn, row.id) then return "attached", claims end
  remove.text(session, row.id)
  return "replaced", claims
end

-- The document, new or known, and what became of it: {document_id=, status=, claims=, known=}.
local function settle_document(tx, session, record, sha256)
  local row, how = identity.find(tx.conn, record, sha256)
  if err.is(how) then
    how.place = record.place
    return nil, how
  end
  local other = row and other_file(session, row, record)
  -- a title is no key: two files of this session that share one are two documents
  if not row or (other and how == "title") then
    return { document_id = insert_document(session, record), status = "added", claims = 0 }
  end
  local same = same_text(tx.conn, row.id, sha256)
  local outcome = { document_id = row.id, known = row.title, how = how, claims = 0 }
  if same and identity.says_nothing_new(tx.conn, row, record.meta) then
    outcome.status, outcome.copy_of = "unchanged", other
    return outcome
  end
  if other then return nil, taken(other, row, record) end
  outcome.status, outcome.claims = settle_known(tx, session, row, record, sha256, same)
  return outcome
end

local with_text = { added = true, attached = true, replaced = true }

--- Write a record, inside `together`.  Its text is begun now and written when the next record
--- comes, so that it can be read meanwhile.
--- Shape: record, report(record, outcome) -> true | nil, err.  Reports come in the order of the
---   records, the last one before `together` ends.  An outcome is {document_id=, status=, claims=,
---   known=, how=, copy_of=, passages=, syllables=, sentences=, repairs=, reported=, contained=}.
--- Units: status is added, attached (a known document got its text), replaced, described (only
--- its metadata changed) or unchanged; claims is the number of assertions made; known and how: the
--- title of a document that was there, and by what it was found; copy_of: a file of this session
--- that has the same text.
--- Errors: returns nil, ambiguous when it cannot be told which document it is; raises what SQLite
--- says.
--- Source: none.
---@param record table see import/init.lua
---@param report function
function methods:document(record, report)
  local sha256 = host.sha256(record.bytes)
  if self.pending and self.pending.sha256 == sha256 then write_pending(self) end   -- to be found
  local outcome, problem = settle_document(self.tx, self, record, sha256)
  local texted = outcome and with_text[outcome.status]
  local pending = { record = record, outcome = outcome, sha256 = sha256, report = report }
  if texted then begin_text(self, pending) end
  write_pending(self)
  if not outcome then return nil, problem end
  outcome.repairs, outcome.reported, outcome.contained = {}, {}, {}
  self.written[outcome.document_id] = self.written[outcome.document_id] or record.locator
  if not texted then report(record, outcome)
  else self.pending = pending end
  if pending.in_parts then write_pending(self) end
  return true
end

--- Take a document out again: all of one that was imported, the text of another.
--- Shape: document id -> "removed" | "text removed" | nil, err.  Inside `together`.
--- Units: none.
--- Errors: not_found; raises refused when a row that may not go refers to it.
--- Source: none.
---@param id integer
function methods:remove(id)
  return remove.document(self, id)
end

-- The texts of a transaction go into the search index one after another at its end: between other
-- statements FTS5 would write out again and again what it gathers in memory.
local function index_texts(session)
  for _, text_of in ipairs(session.index and session.unindexed or {}) do
    search_index.add(session.index, text_of[1], text_of[2])
  end
  session.unindexed = {}
end

--- Write several documents in one transaction: all of them, or none.
--- Shape: function that calls session:document -> what the function returns.
--- Units: none.
--- Errors: what the function raises, after everything is rolled back.
--- Source: none.
---@param fn function
function methods:together(fn)
  local before
  -- a failure leaves the tokenizer with types that the store has not
  local guard <close> = setmetatable({}, { __close = function(_, problem)
    self.tx, self.pending, self.latest = nil, nil, nil
    if not problem or not before then return end
    self.tokenizer:rollback(before + 1)
    self.last_type = before
    self.written = {}
  end })
  return edit.run(self.conn, function(tx)
    self.tx, self.next_id, self.unindexed = tx, {}, {}
    load_types(self)
    contained.begin(self.conn, self.contained)
    before = self.last_type
    local results = table.pack(fn())
    write_pending(self)
    index_texts(self)
    return table.unpack(results, 1, results.n)
  end)
end

return write
