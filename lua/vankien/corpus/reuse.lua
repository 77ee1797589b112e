-- What a document repeats from earlier ones: runs of the same syllables, with their places on both
-- sides, and the share of the document that they make.

local arguments = require "vankien.corpus.arguments"
local err = require "vankien.util.err"
local repeats = require "vankien.corpus.repeats"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"
local spans = require "vankien.corpus.spans"

local reuse = {}

local Result = result_of.class "reuse"

local known = { over = true, least = true, limit = true }

--- Columns of the rows.
reuse.columns = {
  { name = "document" }, { name = "issued" }, { name = "section" },
  { name = "start", type = "integer" }, { name = "stop", type = "integer" },
  { name = "syllables", type = "integer" }, { name = "from" }, { name = "from_issued" },
  { name = "from_section" }, { name = "from_start", type = "integer" },
  { name = "from_stop", type = "integer" }, { name = "also", type = "integer" },
  { name = "text" },
}

local summary_columns = {
  { name = "document" }, { name = "issued" }, { name = "syllables", type = "integer" },
  { name = "repeated", type = "integer" }, { name = "share", type = "number", digits = 3 },
  { name = "spans", type = "integer" }, { name = "from" },
}

local function checked(given)
  local o = arguments.read(given, known, "reuse")
  o.least = arguments.whole(o.least, "least", 4, 256, repeats.least)
  o.limit = arguments.whole(o.limit, "limit", 1, 1000000, 200)
  return o
end

-- Runs of every target, and how much stands in documents that cannot be told to be earlier.
local function runs_of(store, targets, documents, o)
  local set, runs, unsure = repeats.new(store, o.least), {}, {}
  for i, target in ipairs(targets) do
    set:add(repeats.units(store, target.id))
    runs[i] = {}
  end
  repeats.each(store, set, documents, function(source, found)
    for at = 1, #found, 7 do
      local target = targets[found[at]]
      if repeats.is_earlier(source, target) then
        table.insert(runs[found[at]], { first = found[at + 1], syllables = found[at + 2],
          from = found[at + 3], to = found[at + 4], at = found[at + 5], stop = found[at + 6],
          source = source })
      elseif source.id ~= target.id and not repeats.is_earlier(target, source) then
        unsure[source.id] = source
      end
    end
  end)
  return runs, unsure
end

local function last_of(run) return run.first + run.syllables end

-- By place; of runs that begin alike the longer one, then the older source (they come so).
local function in_order(list)
  for i, run in ipairs(list) do run.order = i end
  table.sort(list, function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    if a.syllables ~= b.syllables then return a.syllables > b.syllables end
    return a.order < b.order
  end)
  return list
end

-- Runs that do not lie inside another one; `also` counts the others that say the same span or a
-- part of it.  Of the same span, the oldest source.
local function outermost(list)
  local kept, reach = {}, nil
  for _, run in ipairs(in_order(list)) do
    if reach and last_of(run) <= last_of(reach) then
      if not reach.others[run.source.id] and run.source.id ~= reach.source.id then
        reach.others[run.source.id], reach.also = true, reach.also + 1
      end
    else
      run.others, run.also = {}, 0
      kept[#kept + 1], reach = run, run
    end
  end
  return kept
end

-- Syllables that some run holds.
local function covered(list)
  local sum, reach = 0, 0
  for _, run in ipairs(list) do
    local from = math.max(run.first, reach)
    if last_of(run) > from then sum, reach = sum + last_of(run) - from, last_of(run) end
  end
  return sum
end

local function row_of(target, run, read)
  local here = read(target.id, run.from, run.to)
  local there = read(run.source.id, run.at, run.stop)
  return {
    document = target.key, title = target.title, issued = target.issued, section = here.section,
    passage = here.passage, start = here.start, stop = here.stop, syllables = run.syllables,
    from = run.source.key, from_title = run.source.title, from_issued = run.source.issued,
    from_section = there.section, from_passage = there.passage, from_start = there.start,
    from_stop = there.stop, also = run.also, text = here.text, from_text = there.text,
  }
end

local function summary_of(target, kept)
  local sources, names = {}, {}
  for _, run in ipairs(kept) do
    if not sources[run.source.key] then
      sources[run.source.key], names[#names + 1] = true, run.source.key
    end
  end
  local repeated = covered(kept)
  return { document = target.key, title = target.title, issued = target.issued,
    syllables = target.syllables, repeated = repeated,
    share = target.syllables > 0 and repeated / target.syllables or 0, spans = #kept,
    from = #names > 0 and table.concat(names, ", ") or nil }
end

local function notes_of(o, total, shown, unsure, undated)
  local notes = {
    ("repeated: a run of %d syllables or more that stands in a document of an earlier date, "
      .. "whatever its numbers, marks and layout; share: syllables inside such runs"):format(
      o.least),
    "“from” is the oldest document with the run; also: other earlier documents that hold it or a "
      .. "part of it",
  }
  if total > shown then
    notes[#notes + 1] = ("%d of %d runs shown; limit = %d shows all"):format(shown, total, total)
  end
  if #unsure > 0 then
    notes[#notes + 1] = ("their dates overlap or are missing, so nobody can tell who repeats whom: "
      .. "%s"):format(table.concat(unsure, ", "))
  end
  if undated > 0 then
    notes[#notes + 1] = ("documents asked about that have no date: %d"):format(undated)
  end
  return notes
end

local function targets_of(store, documents, over)
  local list, undated = {}, 0
  for _, id in ipairs(over:pluck "id") do
    if documents[id] then
      list[#list + 1] = documents[id]
      if not documents[id].from then undated = undated + 1 end
    end
  end
  sets.need_text(store, #list, sets.words(over))
  return list, undated
end

local function within(store, documents, over)
  if over == nil then return documents end
  local list = {}
  for _, id in ipairs(sets.query(store, over, "over"):pluck "id") do list[id] = documents[id] end
  return list
end

local function names_of(unsure)
  local names = {}
  for _, source in pairs(unsure) do names[#names + 1] = source.key end
  table.sort(names)
  return names
end

--- What documents repeat from earlier ones.
--- Shape: store, document (key, row, query, list), {over = documents that may be the source, least
---   = 12, limit = 200} -> result: rows (document, section, start, stop, syllables, from, …, text),
---   documents (one row each: syllables, repeated, share, spans, from), notes.
--- Units: start and stop are bytes of the stored originals, from 0, stop exclusive; share 0 to 1.
--- Errors: raises bad_input without a document, not_found for one without a text.
--- Source: host/repeats.c.
---@param store table
---@param document any
---@param options? table
function reuse.of(store, document, options)
  local o = checked(options)
  if document == nil then
    err.raise("bad_input", "reuse needs a document", { hint = 'reuse("nq-dh14")' })
  end
  local over, documents = sets.query(store, document, "the document"), repeats.documents(store)
  local targets, undated = targets_of(store, documents, over)
  local runs, unsure = runs_of(store, targets, within(store, documents, o.over), o)
  local rows, list, total, read = {}, {}, 0, spans.reader(store)
  for i, target in ipairs(targets) do
    local kept = outermost(runs[i])
    list[i], total = summary_of(target, kept), total + #kept
    for _, run in ipairs(kept) do
      if #rows < o.limit then rows[#rows + 1] = row_of(target, run, read) end
    end
  end
  return setmetatable({
    title = "repeated from earlier documents: " .. sets.words(over), rows = rows,
    columns = reuse.columns, documents = list, document_columns = summary_columns, total = total,
    notes = notes_of(o, total, #rows, names_of(unsure), undated),
    origin = result_of.keep { store = store, options = o, query = sets.words(over) },
  }, Result)
end

return reuse
