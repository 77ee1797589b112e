-- The way of a wording through the documents of the store and the relations between them: where it
-- first stands, who takes it up, after how many days, along which edge, and where it stops.
-- Texts are counted; a document known by quotations alone is attested by them, never denied.

local arguments = require "vankien.corpus.arguments"
local document_counts = require "vankien.corpus.document_counts"
local err = require "vankien.util.err"
local graph = require "vankien.corpus.graph"
local lexicon_of = require "vankien.corpus.lexicon"
local pure = require "vankien.analysis.trace"
local quotations = require "vankien.corpus.quotations"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"
local trace_edges = require "vankien.corpus.trace_edges"
local witness = require "vankien.corpus.witness"

local trace = {}

local Result = result_of.class "trace"

local columns = {
  { name = "status" }, { name = "document" }, { name = "date" },
  { name = "days", type = "integer" },
  { name = "days_least", type = "integer" }, { name = "days_most", type = "integer" },
  { name = "count", type = "integer" }, { name = "read" }, { name = "relation" }, { name = "from" },
  { name = "days_from", type = "integer" }, { name = "wording" },
}

local documents_sql = [[SELECT d.id, d.key, d.number, d.title, d.issued, d.congress FROM (%s) AS p
  JOIN documents AS d ON d.id = p.id ORDER BY d.issued IS NULL, d.issued, d.id]]

local function documents_of(store, picked, params)
  local list, by_id = {}, {}
  for _, id, key, number, title, issued, congress in
    store.conn:rows(documents_sql:format(picked), params) do
    local document = { id = id, key = key, number = number, title = title, issued = issued,
      congress = congress, count = 0 }
    list[#list + 1], by_id[id] = document, document
  end
  return list, by_id
end

local function sum(counts)
  local total = 0
  for _, n in ipairs(counts) do total = total + n end
  return total
end

-- Which documents were read, how, and how often they have the wording.
local function read(store, lexicon, picked, params)
  local list, by_id = documents_of(store, picked, params)
  for _, item in ipairs(document_counts.of(store, lexicon, picked, params)) do
    local document = by_id[item.id]
    document.read, document.count = "text", sum(item.counts)
  end
  for _, quote in ipairs(quotations.with(store, lexicon)) do
    local document = by_id[quote.document_id]
    if document and document.read ~= "text" then
      document.read, document.quote = "quotation", document.quote or quote.quote
      document.count = document.count + quote.count
      document.evidence = document.evidence or quote.evidence
    end
  end
  return list, by_id
end

-- What is searched: documents with a date that were read; the rest is counted for the notes.
local function searched(list)
  local out, undated, unread = {}, 0, 0
  for _, document in ipairs(list) do
    if not document.read then unread = unread + 1
    elseif not document.issued then undated = undated + 1
    else out[#out + 1] = { id = document.id, date = document.issued, count = document.count } end
  end
  return out, undated, unread
end

local function row_of(status, step, by_id)
  local document = by_id[step.document]
  local via = step.via and step.via[1]
  return {
    status = status, document = document.key, number = document.number, title = document.title,
    date = document.issued, congress = document.congress, count = document.count,
    read = document.read, quote = document.quote, days = step.days, days_least = step.least,
    days_most = step.greatest, relation = via and via.kind, from = via and by_id[via.document].key,
    days_from = via and via.days, wording = via and via.wording,
    ways = step.via,
  }
end

local function rows_of(found, by_id)
  local rows = {}
  if not found.first then return rows end
  rows[1] = row_of("first", { document = found.first.document, days = 0, least = 0, greatest = 0 },
    by_id)
  for _, step in ipairs(found.taken_up) do
    rows[#rows + 1] = row_of(step.via[1] and "taken up" or "stands, no edge", step, by_id)
  end
  for _, stop in ipairs(found.stops) do
    rows[#rows + 1] = row_of("stops", stop, by_id)
  end
  return rows
end

-- The edge behind each way, for its wording and for the congress it passes through.
local function explain(found, edges)
  local at = {}
  for _, edge in ipairs(edges) do at[edge.from .. "\0" .. edge.to .. "\0" .. edge.kind] = edge end
  for _, list in ipairs { found.taken_up, found.stops } do
    for _, step in ipairs(list) do
      for _, way in ipairs(step.via) do
        local edge = at[step.document .. "\0" .. way.document .. "\0" .. way.kind]
        way.wording = edge and edge.wording
      end
    end
  end
end

local function notes_of(found, rows, undated, unread, derived)
  local notes = {
    "an edge shows a way that the wording could have come, not that it came by it; days count from "
      .. "the first attestation, a range of dates from its first day, and stay empty where a"
      .. " date is "
      .. "a month or a year (days_least, days_most bound them)",
    ("searched: %d dated documents; %d without a text or a quotation that has the wording were"
      .. " not, "
      .. "so an earlier place may lie there"):format(found.n, unread),
  }
  local quoted = 0
  for _, row in ipairs(rows) do quoted = quoted + (row.read == "quotation" and 1 or 0) end
  if quoted > 0 then
    notes[#notes + 1] = ("%d documents are read through quotations only: their count is of "
      .. "quotations"):format(quoted)
  end
  if undated > 0 then
    notes[#notes + 1] = ("%d documents that were read have no date and are left out")
      :format(undated)
  end
  if derived > 0 then
    notes[#notes + 1] = ("%d edges are derived: a relation to or from the documents of a congress "
      .. "(vk-dh…) holds for each text of that congress"):format(derived)
  end
  if found.reason then notes[#notes + 1] = found.reason end
  for _, note in ipairs(found.notes) do
    if note ~= found.reason and not note:find "were not searched" then notes[#notes + 1] = note end
  end
  return notes
end

local function checked(given)
  local o = arguments.read(given, { over = true, kinds = true, evidence = "number|nil",
    window = "number|nil" }, "trace")
  o.evidence = arguments.whole(o.evidence, "evidence", 0, 1000, 1)
  return o
end

--- Trace a wording along the relation graph.
--- Shape: store, phrase or list of wordings, {over = documents, kinds = relation or list, evidence
---   =
---   1} -> result: rows (status = "first" | "taken up" | "stands, no edge" | "stops", document,
---   date, days, days_least, days_most, count, read = "text" | "quotation", relation, from,
---   days_from, ways), first, last,
---   notes, evidence.
--- Units: days.
--- Errors: raises unknown_name for a relation or option, bad_input for the wording.
--- Source: analysis.trace.follow over tables relations, texts and formulas.
---@param store table
---@param wording string|table
---@param options? table
function trace.of(store, wording, options)
  local o = checked(options)
  if wording == nil then
    err.raise("bad_input", "trace needs a wording", { hint = 'trace("định hình")' })
  end
  local lexicon = lexicon_of.new(type(wording) == "string" and { wording } or wording)
  local picked, params, over = sets.pick(store, o.over)
  local list, by_id = read(store, lexicon, picked, params)
  local edges, derived = trace_edges.of(store, graph.kinds(store, o.kinds), by_id)
  local documents, undated, unread = searched(list)
  local found = pure.follow(documents, edges)
  explain(found, edges)
  local rows = rows_of(found, by_id)
  local result = setmetatable({
    title = ("trace of “%s”: %s"):format(table.concat(lexicon:phrases(), "”, “"),
      sets.words(over)),
    rows = rows, columns = columns, first = rows[1], last = found.last, reason = found.reason,
    notes = notes_of(found, rows, undated, unread, derived),
  }, Result)
  result.evidence = o.evidence > 0 and witness.lines(store, lexicon,
    ("SELECT id, id AS period, issued FROM (%s)"):format(picked), params,
    { per = o.evidence, window = o.window }) or {}
  for _, line in ipairs(result.evidence) do line.period = line.issued end
  result.origin = result_of.keep { store = store, options = o, sql = picked, params = params,
    patterns = lexicon:phrases(), query = sets.words(over), lexicon = lexicon }
  return result
end

--- The documents that a document reaches, as a query: a scope for counts.
--- Shape: store, root, options of graph.reach -> query on documents.
--- Units: as graph.reach.
--- Errors: as graph.reach.
--- Source: corpus/graph.lua.
function trace.reach(store, root, options) return (graph.reach(store, root, options)) end

return trace
