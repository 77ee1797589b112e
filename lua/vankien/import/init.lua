-- Import: files to records.  A record is one document as it came, with what is known of it and its
-- passages as byte ranges of the original.  Nothing here knows the store (see store/write.lua), and
-- nothing is guessed in silence: what was assumed stands in the record's notes.
--
--   reader ──► load ──► text_file / markdown ──► metadata ──► lines (in C) ──► marks ──► structure
--          └─► jsonl / csv_documents ──────────────┘

local text = require "vankien.host.text"
local err = require "vankien.util.err"
local garbled = require "vankien.import.garbled"
local load = require "vankien.import.load"
local metadata = require "vankien.import.metadata"
local proposal = require "vankien.import.proposal"
local reader = require "vankien.import.reader"
local structure = require "vankien.import.structure"

local import = {}

--- The largest document that is read without being asked for.
import.MAX_BYTES = 32 << 20

import.formats = reader.formats
import.sources = reader.sources

-- What a converter gave has no header of its own.
local function draft_of(source, loaded)
  local draft
  if source.format.converted then
    draft = {
      locator = source.locator, place = source.path, name = source.name, bytes = loaded.text,
      body = 0, given = {}, format = loaded.format,
    }
  else
    draft = source.format.drafts(source, loaded.text)[1]
  end
  draft.origin, draft.notes = loaded.origin, loaded.notes
  return draft
end

-- Drafts of one source, one after the other.
local function drafts_of(source, options)
  if source.format.each then return source.format.each(source, options) end
  local done = false
  return function()
    if done then return nil end
    done = true
    local loaded, problem = load.file(source, options)
    if not loaded then return nil, { problem } end
    return draft_of(source, loaded)
  end
end

local function option_layer(meta)
  local layer = {}
  for key, value in pairs(meta or {}) do
    layer[#layer + 1] = { key = key, value = value, place = "--" .. key }
  end
  table.sort(layer, function(a, b) return a.key < b.key end)
  return layer
end

-- A draft becomes a record: metadata settled, text found, passages made when they are wanted.
-- What is damaged, found and repaired in a copy; nil where nothing is.
local function repairs_of(draft, options)
  if options.repair == false then return nil end
  return text.repairs(draft.bytes, draft.body, options.without_repairs)
end

local function count_repairs(record, repaired)
  record.repaired, record.text, record.found = repaired, repaired:text(), repaired:list()
  for _, one in ipairs(record.found) do
    local counts = one.after and record.repairs or record.reported
    counts[one.kind] = (counts[one.kind] or 0) + 1
  end
end

-- Files of many documents come out of one hand: their first one in so many is judged, by its
-- beginning.  It is imported all the same, and said so.
local JUDGED_EVERY, JUDGED_BYTES = 64, 4096

local function note_garbled(record, source)
  local n = source.documents or 0
  source.documents = n + 1
  if n % JUDGED_EVERY ~= 0 then return end
  local judged = garbled.judge(record.text:sub(1, record.text:find("%s", JUDGED_BYTES)))
  if judged then record.notes[#record.notes + 1] = garbled.note(judged) end
end

-- What is known of a draft; what its head says beyond that, taken when options.head is true.
local function settle(draft, source, options)
  local layers = { option_layer(options.meta), source.values or {}, draft.given }
  local meta, notes = metadata.settle(layers, draft.name, options)
  if not meta or source.format.each then return meta, notes end
  local found = proposal.find(draft, meta, options)
  if not found[1] then return meta, notes end
  if options.head then
    layers[#layers + 1] = proposal.layer(found, draft.place)
    meta, notes = metadata.settle(layers, draft.name, options)
  end
  if meta and options.head ~= false then
    table.insert(notes, 1, proposal.note(found, options.head))
  end
  return meta, notes, found
end

local function record_of(draft, source, options)
  local meta, notes, said = settle(draft, source, options)
  if not meta then return nil, notes end
  for n, one in ipairs(draft.notes or {}) do table.insert(notes, n, one) end
  local record = {
    locator = draft.locator, place = draft.place, bytes = draft.bytes, meta = meta, notes = notes,
    repairs = {}, reported = {}, text = draft.bytes, origin = draft.origin, head = said,
  }
  if options.without_text and draft.bytes:find("%S", draft.body + 1) then return record end
  local repaired = repairs_of(draft, options)
  if repaired then count_repairs(record, repaired) end
  if source.format.each then note_garbled(record, source) end
  local all <close> = draft.format.lines(record.text, draft.body, record.repairs)
  if #all == 0 then
    return nil, { err.new("bad_input", "no text in it", { place = draft.place }) }
  end
  local joined
  record.passages, joined = structure.passages(all)
  if joined > 0 then record.repairs.joined_line = joined end
  return record
end

--- Iterate over the documents of sources.
--- Shape: sources of import.sources, {max_bytes=, meta=, congresses=, without_text=, encoding=,
---   garbled=, kept=, limits=} -> function giving record | nil, list of err | nil at the end.
--- Units: a record is {locator=, place=, bytes=, meta=, notes=, repairs=, passages=, origin=};
--- passages are {path=, kind=, fragments={from, to, …}} in byte offsets; without_text leaves them
--- out; origin, encoding, garbled, kept and limits as in load.lua; head is what the document says
--- of itself and nobody else, and as an option: take that (true), or say nothing of it (false).
--- Errors: a bad document gives nil and its problems; the next call goes on.
--- Source: none.
---@param sources table
---@param options? table meta: {key = value} of the command line, which wins over all
function import.read(sources, options)
  options = setmetatable({ max_bytes = options and options.max_bytes or import.MAX_BYTES },
    { __index = options })
  local n, source, drafts = 0, nil, nil
  return function()
    while true do
      if not drafts then
        n = n + 1
        source = sources[n]
        if not source then return nil end
        drafts = drafts_of(source, options)
      end
      local draft, problems = drafts()
      if draft then return record_of(draft, source, options) end
      if problems then return nil, problems end
      drafts = nil
    end
  end
end

return import
