-- First attestation: the document in which a wording stands first, by the dates of the documents
-- and no more exactly than they say.  Where dates cannot tell two documents apart, both are given.

local arguments = require "vankien.corpus.arguments"
local attested = require "vankien.corpus.attested"
local evidence = require "vankien.corpus.evidence"
local lexicon_of = require "vankien.corpus.lexicon"
local periods_of = require "vankien.corpus.periods"
local repeats = require "vankien.corpus.repeats"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local sets = require "vankien.corpus.sets"
local witness = require "vankien.corpus.witness"

local first = {}

local Result = result_of.class "first"

local known = { over = true, by = true, window = true }

--- Columns of the rows.
first.columns = {
  { name = "period" }, { name = "phrase" }, { name = "issued" }, { name = "document" },
  { name = "number" }, { name = "title" }, { name = "n", type = "integer" },
  { name = "tied", type = "integer" }, { name = "kind" }, { name = "section" },
  { name = "start", type = "integer" }, { name = "stop", type = "integer" },
}

-- Occurrences of each phrase in each document: {document id, {free}, {of any kind}}.
local function counted(store, lexicon, picked, params)
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { per_document = true })
  local list = {}
  for g, id in ipairs(counts.groups) do
    local any = {}
    for i = 1, #lexicon do
      any[i] = counts.free[g][i] + counts.nested[g][i] + counts.overlapped[g][i]
    end
    list[g] = { id = id, free = counts.free[g], any = any }
  end
  return list
end

-- Documents of a period that have a phrase; free-standing if it ever stands so.
local function with_phrase(list, i)
  local found, kind = {}, "free"
  for _, item in ipairs(list) do
    if item.free[i] > 0 then found[#found + 1] = { id = item.id, n = item.free[i] } end
  end
  if #found > 0 then return found, kind end
  for _, item in ipairs(list) do
    if item.any[i] > 0 then found[#found + 1] = { id = item.id, n = item.any[i] } end
  end
  return found, "nested"
end

-- Those that no other one is certainly earlier than; and those without a date.
local function earliest(found, documents)
  local least, list, undated = nil, {}, {}
  for _, item in ipairs(found) do
    local document = documents[item.id]
    if not document.from then undated[#undated + 1] = document.key
    elseif not least or document.to < least then least = document.to end
  end
  for _, item in ipairs(found) do
    local document = documents[item.id]
    if document.from and document.from <= least then list[#list + 1] = item end
  end
  return list, undated
end

local function by_period(store, picked, params, by, list)
  local at, groups = {}, {}
  for _, id, period in store.conn:rows(("SELECT p.id, p.period FROM (%s) AS p"):format(picked),
    params) do
    at[id] = period == nil and "(none)" or tostring(period)
  end
  for _, item in ipairs(list) do
    local name = at[item.id]
    groups[name] = groups[name] or {}
    table.insert(groups[name], item)
  end
  local order = {}
  for _, period in ipairs(periods_of.sizes(store, picked, params, by)) do
    if groups[period.name] then
      order[#order + 1] = { name = by and period.name or nil, list = groups[period.name] }
    end
  end
  return order
end

-- The first place of each phrase in some documents, by document and phrase.
local function places_of(store, lexicon, picked, params, rows, window)
  local ids, seen, lines = {}, {}, {}
  for _, row in ipairs(rows) do
    if not seen[row.id] then seen[row.id], ids[#ids + 1] = true, ("%d"):format(row.id) end
  end
  if #ids == 0 then return lines end
  local only, bound = scope.only(picked, params, ids)
  local function add(kinds)
    local counts = scan.run(store, lexicon, scope.stream(only), bound,
      { per_document = true, hits = 1000000, hits_per = 1, kinds = kinds })
    local hits = witness.hits(counts, lexicon)
    for i, line in ipairs(evidence.lines(store, hits, { window = window })) do
      local key = hits[i].document_id .. ":" .. hits[i].phrase
      lines[key] = lines[key] or line
    end
  end
  add { free = true }
  add()
  return lines
end

local function add_all(lists, name, items)
  lists[name] = lists[name] or {}
  table.move(items, 1, #items, #lists[name] + 1, lists[name])
end

local function rows_of(periods, lexicon, documents)
  local rows, undated, never = {}, {}, {}
  for i, entry in ipairs(lexicon) do
    local met = false
    for _, period in ipairs(periods) do
      local found, kind = with_phrase(period.list, i)
      local list, without = earliest(found, documents)
      met = met or #found > 0
      if #without > 0 then add_all(undated, entry.phrase, without) end
      for _, item in ipairs(list) do
        local d = documents[item.id]
        rows[#rows + 1] = { id = item.id, period = period.name, phrase = entry.phrase,
          issued = d.issued, document = d.key, number = d.number, title = d.title, n = item.n,
          tied = #list, kind = kind }
      end
    end
    if not met then never[#never + 1] = entry.phrase end
  end
  return rows, undated, never
end

local function with_places(rows, lines)
  local list = {}
  for i, row in ipairs(rows) do
    local line = lines[row.id .. ":" .. row.phrase]
    for _, name in ipairs { "section", "passage", "start", "stop", "left", "hit", "right" } do
      row[name] = line[name]
    end
    line.period = row.period
    row.id, list[i] = nil, line
  end
  return list
end

-- Quotations of the store that are older than every text with the phrase.
local function quoted_notes(store, lexicon, rows, notes)
  local oldest = {}
  for _, row in ipairs(rows) do
    local year = tonumber(row.issued:sub(1, 4))
    oldest[row.phrase] = math.min(oldest[row.phrase] or year, year)
  end
  local said = {}
  for _, item in ipairs(attested.of(store, lexicon).all) do
    for phrase in pairs(item.evidence ~= "paraphrase" and item.held or {}) do
      if not said[phrase] and item.year < (oldest[phrase] or math.huge) then
        said[phrase] = ("“%s”: a quotation of the store attests it in %d already (%s, %s)"):format(
          phrase, item.year, item.where, item.evidence)
      end
    end
  end
  for _, entry in ipairs(lexicon) do notes[#notes + 1] = said[entry.phrase] end
end

local function notes_of(rows, undated, never, lexicon)
  local notes, tied = {}, 0
  for _, row in ipairs(rows) do
    if row.tied > 1 then tied = tied + 1 end
  end
  if tied > 0 then
    notes[1] = ("tied: dates do not tell these documents apart, so each may be the first (%d rows)")
      :format(tied)
  end
  for _, entry in ipairs(lexicon) do
    local keys = undated[entry.phrase]
    if keys then
      notes[#notes + 1] = ("“%s” stands in documents without a date too: %s"):format(entry.phrase,
        table.concat(keys, ", ", 1, math.min(#keys, 10)) .. (#keys > 10 and ", …" or ""))
    end
  end
  if #never > 0 then
    notes[#notes + 1] = "in no text of the scope: " .. table.concat(never, ", ")
  end
  notes[#notes + 1] = "first among the texts of this store, by the dates of their documents"
  return notes
end

--- First attestation of phrases and patterns.
--- Shape: store, phrase or list (or nil: the store's stance terms), {over = documents, by = column,
---   attribute or function: the first of each period, window = 8} -> result: rows (period, phrase,
---   issued, document, number, title, n, tied, kind, section, start, stop, left, hit, right),
---   evidence, notes.
--- Units: n: occurrences in that document; tied: how many documents may be the first, 1 where one
---   is; start and stop: bytes of the stored original, from 0, stop exclusive.
--- Errors: raises not_found without a text, unknown_name for `by` or an option.
--- Source: none.
---@param store table
---@param phrases? string|table
---@param options? table
function first.of(store, phrases, options)
  local o = arguments.read(options, known, "first")
  o.window = arguments.whole(o.window, "window", 1, 10000, 8)
  if type(phrases) == "string" then phrases = { phrases } end
  local lexicon = phrases == nil and lexicon_of.of_store(store) or lexicon_of.new(phrases)
  local picked, params, over = sets.pick(store, o.over, o.by)
  local size = sets.sizes(store, picked, params)
  local texts = 0
  for _, period in pairs(size) do texts = texts + period.texts end
  sets.need_text(store, texts, sets.words(over))
  local documents = repeats.documents(store)
  local periods = by_period(store, picked, params, o.by, counted(store, lexicon, picked, params))
  local rows, undated, never = rows_of(periods, lexicon, documents)
  local lines = with_places(rows, places_of(store, lexicon, picked, params, rows, o.window))
  local notes = notes_of(rows, undated, never, lexicon)
  if o.over == nil then quoted_notes(store, lexicon, rows, notes) end
  return setmetatable({
    title = "first attestation: " .. lexicon.name, rows = rows, columns = first.columns,
    evidence = lines, notes = notes,
    origin = result_of.keep { store = store, options = o, sql = picked, params = params,
      patterns = lexicon:phrases(), query = sets.words(over) },
  }, Result)
end

return first
