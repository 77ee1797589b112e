-- The references that documents of the store make to other documents: found in their passages,
-- resolved to documents where that is certain, proposed as relations.  Looking writes nothing;
-- `accept` writes the proposals, with the passage as evidence, in one transaction.

local arguments = require "vankien.corpus.arguments"
local citation = require "vankien.text.citation"
local citation_claims = require "vankien.corpus.citation_claims"
local citation_targets = require "vankien.corpus.citation_targets"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"
local text = require "vankien.host.text"

local citations = {}

local RELATION = "dẫn chiếu"
local WORDING = 300               -- bytes of the passage on either side that are kept as evidence

local Citations = result_of.class "citations"

citations.columns = {
  { name = "document" }, { name = "section" }, { name = "start", type = "integer" },
  { name = "stop", type = "integer" }, { name = "text" }, { name = "verdict" },
  { name = "to" }, { name = "candidates" }, { name = "form" }, { name = "type" },
  { name = "number" }, { name = "session", type = "integer" }, { name = "congress" },
  { name = "issuer" }, { name = "date" },
}

local proposal_columns = {
  { name = "from" }, { name = "relation" }, { name = "to" }, { name = "n", type = "integer" },
  { name = "known" }, { name = "section" }, { name = "start", type = "integer" },
  { name = "stop", type = "integer" }, { name = "wording" },
}

local passages_sql = [[SELECT d.id, d.key, d.issued, p.path, p.text, p.start, p.map
  FROM (%s) AS s JOIN documents AS d ON d.id = s.id JOIN passages AS p ON p.document_id = d.id
  ORDER BY d.issued IS NULL, d.issued, d.id, p.ordinal]]

local function keys_of(documents)
  local keys = {}
  for i, d in ipairs(documents) do keys[i] = d.key end
  return #keys > 0 and table.concat(keys, ", ") or nil
end

-- Cut to bytes around a citation, at spaces.
local function surroundings(passage, from, to)
  local first, last = math.max(1, from - WORDING), math.min(#passage, to + WORDING)
  local before, after = "", ""
  if first > 1 then first, before = (passage:find(" ", first, true) or from) + 1, "… " end
  if last < #passage then
    local cut = passage:sub(to + 1, last):match "^(.*) " or ""
    last, after = to + #cut, " …"
  end
  return before .. passage:sub(math.min(first, from), last) .. after
end

local function row_of(index, found, citing, passage)
  local verdict, document, candidates = citation_targets.resolve(index, found, citing)
  return {
    document = citing.key, from_id = citing.id, section = passage.path, text = found.text,
    start = text.original_offset(passage.map, passage.start, found.from - 1),
    stop = text.original_stop(passage.map, passage.start, found.to),
    verdict = verdict, to = document and document.key, to_id = document and document.id,
    candidates = verdict == "ambiguous" and keys_of(candidates) or nil, among = candidates,
    form = found.form, type = found.type, number = found.number or found.serial,
    session = found.session, congress = found.congress, issuer = found.issuer, date = found.date,
    precision = found.precision, wording = surroundings(passage.text, found.from, found.to),
  }
end

local function is_among(documents, id)
  for _, d in ipairs(documents) do
    if d.id == id then return true end
  end
  return false
end

-- A short mention means what the same document names in full elsewhere, when that is one document.
local function settle_by_full_mention(rows)
  local full = {}
  for _, row in ipairs(rows) do
    local key = row.form == "number" and row.to and row.from_id .. "\0" .. row.number
    if key then
      if full[key] == nil then full[key] = row
      elseif full[key] and full[key].to_id ~= row.to_id then full[key] = false end
    end
  end
  for _, row in ipairs(rows) do
    local other = row.verdict == "ambiguous" and row.number
      and full[row.from_id .. "\0" .. row.number]
    if other and is_among(row.among, other.to_id) then
      row.verdict, row.to, row.to_id, row.candidates = "resolved", other.to, other.to_id, nil
    end
  end
end

-- "Nghị quyết Trung ương 6 khoá XII" may mean what is elsewhere called 18-NQ/TW of that session: a
-- session has decided on several, so that no one of them is taken.
local function settle_sessions(rows)
  local of = {}
  for _, row in ipairs(rows) do
    if row.form == "number" and row.to and row.session and row.congress then
      local key = ("%s %d %s"):format(row.type, row.session, row.congress)
      of[key] = of[key] or {}
      of[key][row.to] = true
    end
  end
  for _, row in ipairs(rows) do
    local known = row.form == "plenum" and row.verdict == "unresolved" and row.congress
      and of[("%s %d %s"):format(row.type, row.session, row.congress)]
    if known then
      row.verdict = "ambiguous"
      row.candidates = table.concat(require "vankien.util.list".sorted_keys(known), ", ")
    end
  end
end

local function found_in(store, picked, params)
  local index, rows, documents = citation_targets.index(store), {}, {}
  for _, id, key, issued, path, passage, start, map in
    store.conn:rows(passages_sql:format(picked), params) do
    documents[id] = documents[id] or { id = id, key = key, issued = issued }
    for _, found in ipairs(citation.find(passage)) do
      rows[#rows + 1] = row_of(index, found, documents[id],
        { path = path, text = passage, start = start, map = map })
    end
  end
  settle_by_full_mention(rows)
  settle_sessions(rows)
  return rows, require "vankien.util.list".sorted_keys(documents)
end

local function notes_of(rows)
  local counts, words = {}, {}
  for _, row in ipairs(rows) do counts[row.verdict] = (counts[row.verdict] or 0) + 1 end
  for _, verdict in ipairs { "resolved", "ambiguous", "unresolved", "itself" } do
    if counts[verdict] then words[#words + 1] = counts[verdict] .. " " .. verdict end
  end
  return {
    #rows == 0 and "no citation found" or "citations: " .. table.concat(words, ", "),
    "ambiguous: neither date nor term decides between the candidates; unresolved: no document of "
      .. "the store is meant; nothing is written by looking",
  }
end

--- The citations of documents.
--- Shape: store, document (row, key, number, query; nil: all with a text), {verdict = only these}
---   -> result: rows (document, section, start, stop, text, verdict, to, candidates, form, type,
---   number, session, congress, issuer, date), notes; methods proposals(), accept().
--- Units: start and stop are bytes of the stored original, from 0, stop exclusive.
--- Errors: raises not_found for a document that is unknown or has no text; unknown_name for an
---   option, bad_input for a verdict.
--- Source: text/citation.lua.
---@param store table
---@param document? any
---@param options? table
function citations.of(store, document, options)
  local o = arguments.read(options, { verdict = true }, "citations")
  o.verdict = arguments.choice(o.verdict, "verdict",
    { "resolved", "ambiguous", "unresolved", "itself" })
  local picked, params, over = sets.pick(store, sets.query(store, document, "document"))
  local sizes, texts = sets.sizes(store, picked, params), 0
  for _, size in pairs(sizes) do texts = texts + size.texts end
  sets.need_text(store, texts, sets.words(over))
  local all, documents = found_in(store, picked, params)
  local rows = {}
  for _, row in ipairs(all) do
    if not o.verdict or row.verdict == o.verdict then rows[#rows + 1] = row end
  end
  return setmetatable({
    title = "citations of " .. sets.words(over), rows = rows, columns = citations.columns,
    notes = notes_of(all),
    origin = result_of.keep { store = store, query = sets.words(over), options = o, sql = picked,
      params = params, all = all, documents = documents },
  }, Citations)
end

local known_sql = "SELECT relation FROM relations WHERE from_id = ? AND to_id = ? ORDER BY relation"

local function known_relations(store, from_id, to_id)
  local names = {}
  for _, name in store.conn:rows(known_sql, { from_id, to_id }) do names[#names + 1] = name end
  return names
end

--- The relations that the resolved citations come to, one a pair of documents.
--- Shape: nothing -> result: rows (from, relation, to, n, known, section, start, stop, wording).
--- Units: n citations; known: relations that the store has between the two already.
--- Errors: those of the store.
--- Source: none.
function Citations:proposals()
  local rows, by_pair = {}, {}
  for _, row in ipairs(self.rows) do
    local pair = row.verdict == "resolved" and row.from_id .. ">" .. row.to_id
    local proposal = pair and by_pair[pair]
    if proposal then
      proposal.n = proposal.n + 1
    elseif pair then
      local known = known_relations(result_of.open(self).store, row.from_id, row.to_id)
      by_pair[pair] = {
        from = row.document, from_id = row.from_id, relation = RELATION, to = row.to,
        to_id = row.to_id, n = 1, known = #known > 0 and table.concat(known, ", ") or nil,
        section = row.section, start = row.start, stop = row.stop, wording = row.wording,
        is_new = not require "vankien.util.list".index_of(known, RELATION),
      }
      rows[#rows + 1] = by_pair[pair]
    end
  end
  return setmetatable({
    title = "relations proposed from " .. self.title, rows = rows, columns = proposal_columns,
    notes = { "accepting writes those that the store has not, with the passage as evidence" },
    origin = self.origin,
  }, Citations)
end

--- Write the proposed relations that the store has not, and keep what leads to no one document as
--- claims (unresolved_citations); all of it or nothing.
--- Shape: nothing -> number of relations written, result of proposals, number of claims.
--- Units: claims: one for each document and reading, in place of those kept before.
--- Errors: those of the store, after everything is rolled back.
--- Source: none.
function Citations:accept()
  local proposed, written, claims = self:proposals(), 0, 0
  local origin = result_of.open(self)
  origin.store:edit(function(tx)
    for _, row in ipairs(proposed.rows) do
      if row.is_new then
        citation_claims.relation(tx, row, RELATION)
        written = written + 1
      end
    end
    claims = citation_claims.keep(tx, origin.all, origin.documents)
  end)
  return written, proposed, claims
end

return citations
