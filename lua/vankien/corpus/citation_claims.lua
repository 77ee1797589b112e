-- Writing what citations come to: relations where a document is meant, and claims where none is, or
-- one of several.  Everything is done in the edit of the caller.

local citation_claims = {}

local original_sql = [[SELECT o.sha256, o.locator FROM texts AS x JOIN originals AS o
  ON o.id = x.original_id WHERE x.document_id = ?]]

local function source_of(tx, document_id)
  local sha256, locator = tx.conn:first(original_sql, { document_id })
  local key = "import-" .. sha256:sub(1, 16)
  if not tx.conn:first("SELECT 1 FROM sources WHERE key = ?", { key }) then
    tx:insert("sources", { key = key, title = locator, kind = "imported" })
  end
  return key
end

--- Write one relation.
--- Shape: edit, row of the proposals, name of the relation -> nothing.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function citation_claims.relation(tx, row, relation)
  tx:insert("relations", {
    from_id = row.from_id, relation = relation, to_id = row.to_id, wording = row.wording,
    source = source_of(tx, row.from_id), level = "derived",
    lines = ("bytes %d-%d"):format(row.start, row.stop),
    note = ("%d citation%s; read by program, accepted by a person"):format(row.n,
      row.n == 1 and "" or "s"),
  })
end

local open_verdicts = { unresolved = true, ambiguous = true }

local function reading_of(row)
  local parts = { row.from_id, row.form, row.type or "", row.number or "", row.session or "",
    row.congress or "", row.date or "", row.issuer or "" }
  if row.form == "named" then parts[#parts + 1] = row.text end
  return table.concat(parts, "\0")
end

-- One claim for each document and reading.
local function claims_of(rows)
  local list, by_reading = {}, {}
  for _, row in ipairs(rows) do
    local claim = open_verdicts[row.verdict] and by_reading[reading_of(row)]
    if claim then
      claim.n = claim.n + 1
    elseif open_verdicts[row.verdict] then
      claim = {
        document_id = row.from_id, verdict = row.verdict, text = row.text, n = 1, form = row.form,
        type = row.type, number = row.number, session = row.session, congress = row.congress,
        issuer = row.issuer, date = row.date, candidates = row.candidates, section = row.section,
        start = row.start, stop = row.stop, wording = row.wording, level = "proposed",
        lines = ("bytes %d-%d"):format(row.start, row.stop),
      }
      list[#list + 1], by_reading[reading_of(row)] = claim, claim
    end
  end
  return list
end

--- Keep the references that lead to no one document, in place of those kept before.
--- Shape: edit, rows of citations, list of the documents that were read -> number of claims.
--- Units: claims: one for each document and reading.
--- Errors: those of the store.
--- Source: table unresolved_citations.
function citation_claims.keep(tx, rows, documents)
  for _, id in ipairs(documents) do
    tx.conn:run("DELETE FROM unresolved_citations WHERE document_id = ?", { id })
  end
  local claims = claims_of(rows)
  for _, claim in ipairs(claims) do
    claim.source = source_of(tx, claim.document_id)
    tx:insert("unresolved_citations", claim)
  end
  return #claims
end

return citation_claims
