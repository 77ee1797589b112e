-- Places where a quotation stands word for word: its segments are found in one pass over the token
-- stream, and those that join up in the right order are places.  Case, tone placement, white space
-- and kinds of quotation marks are folded by the tokens.

local evidence = require "vankien.corpus.evidence"
local lexicon_of = require "vankien.corpus.lexicon"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local text = require "vankien.host.text"

local quote_find = {}

local MOST_HITS = 400000
local WIDEST_JOINT = 3            -- units between segments: sentence end, passage, a quotation mark

-- Distinct phrases, and each segment's index among them.
local function indexed(parts)
  local phrases, known = {}, {}
  for _, part in ipairs(parts) do
    for _, segment in ipairs(part.segments) do
      local key = text.fold(segment.phrase)
      if not known[key] then
        phrases[#phrases + 1] = segment.phrase
        known[key] = #phrases
      end
      segment.index = known[key]
    end
  end
  return phrases
end

-- document -> phrase -> {list of units, [unit] = length}
local function by_document(flat)
  local order, found = {}, {}
  for at = 1, #flat, 7 do
    local id, unit, length, phrase = flat[at], flat[at + 1], flat[at + 2], flat[at + 3]
    if not found[id] then
      found[id] = {}
      order[#order + 1] = id
    end
    local of = found[id][phrase] or { at = {} }
    found[id][phrase] = of
    if not of.at[unit] then of[#of + 1] = unit end
    of.at[unit] = length
  end
  for _, phrases in pairs(found) do
    for _, units in pairs(phrases) do table.sort(units) end
  end
  return order, found
end

-- Where a part that begins at a unit ends, or nil.
local function part_end(phrases, part, unit)
  local segments = part.segments
  local stop = unit + phrases[segments[1].index].at[unit]
  for i = 2, #segments do
    local of, next_stop = phrases[segments[i].index], nil
    local least = segments[i - 1].joins and 0 or 1
    for gap = least, of and (least == 0 and 0 or WIDEST_JOINT) or -1 do
      local length = of.at[stop + gap]
      if length then
        next_stop = stop + gap + length
        break
      end
    end
    if not next_stop then return nil end
    stop = next_stop
  end
  return stop
end

local function next_part(phrases, part, from)
  local of = phrases[part.segments[1].index]
  for _, unit in ipairs(of or {}) do
    local stop = unit >= from and part_end(phrases, part, unit)
    if stop then return unit, stop end
  end
end

-- Places in one document: each a list of {from unit, stop unit} for the parts.
local function chains(phrases, parts, add)
  local first = phrases[parts[1].segments[1].index]
  for _, unit in ipairs(first or {}) do
    local stop = part_end(phrases, parts[1], unit)
    local spans = stop and { { unit, stop } }
    for i = 2, spans and #parts or 0 do
      local from, to = next_part(phrases, parts[i], spans[i - 1][2])
      if not from then return end           -- no later beginning can have it either
      spans[i] = { from, to }
    end
    if spans then add(spans) end
  end
end

--- Every place where all parts of a quotation stand in their order.
--- Shape: store, parts, SQL of a scope, parameters -> list of {document_id, spans}, cut.
--- Units: spans are pairs of places in the token stream, the second exclusive; oldest document
---   first; cut when there were more than 400,000 hits.
--- Errors: those of the store.
--- Source: none.
function quote_find.places(store, parts, picked, params)
  local lexicon = lexicon_of.new(indexed(parts), "quotation", true)
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { hits = MOST_HITS })
  local order, found = by_document(counts.hits or {})
  local places = {}
  for _, id in ipairs(order) do
    chains(found[id], parts, function(spans)
      places[#places + 1] = { document_id = id, spans = spans }
    end)
  end
  return places, counts.cut
end

local boundary_sql = [[SELECT max(first_unit) FROM passages WHERE document_id = ? AND
  first_unit <= ?]]

local function in_one_passage(store, id, span)
  local first = store.conn:first(boundary_sql, { id, span[1] })
  return first == store.conn:first(boundary_sql, { id, span[2] - 1 })
end

-- Lines of a part: one when it stands in one passage, else its first and its last segment.
local function lines_of(store, place, span, part)
  local function hit(from, to)
    return { document_id = place.document_id, unit = from, units = to - from, kind = 0,
      phrase = part.text }
  end
  if in_one_passage(store, place.document_id, span) then
    return evidence.lines(store, { hit(span[1], span[2]) })
  end
  return evidence.lines(store, { hit(span[1], span[1] + 1), hit(span[2] - 1, span[2]) })
end

local between_sql = [[SELECT text FROM passages WHERE document_id = ? AND ordinal BETWEEN ? AND ?
  ORDER BY ordinal]]

-- The wording from the first line to the last, over passages.
local function wording(store, place, first, last)
  local texts = {}
  for _, passage in store.conn:rows(between_sql, { place.document_id, first.passage,
    last.passage }) do texts[#texts + 1] = passage end
  local head = first.hit .. first.right:gsub(" …$", "")
  local at = texts[1]:find(head, 1, true) or 1
  local tail = (last.left:gsub("^… ", "")) .. last.hit
  local _, stop = texts[#texts]:find(tail, 1, true)
  texts[#texts] = texts[#texts]:sub(1, stop)
  texts[1] = texts[1]:sub(at)
  return table.concat(texts, "\n")
end

local repaired_sql = [[SELECT count(*) FROM repairs WHERE document_id = ? AND start < ? AND stop > ?
  AND after IS NOT NULL]]

-- Words that import repaired (a footnote mark taken off, a split syllable) are not the original's.
local function repairs_within(store, id, from, to)
  return (store.conn:first(repaired_sql, { id, to, from }))
end

--- A place as a row: exact when the wording is the quotation's, byte for byte, and import repaired
--- nothing in it.
--- Shape: store, parts, place -> {verdict = "exact"|"folded", document, …, section, start, stop,
---   found, left, right, repairs = number}.
--- Units: start and stop are byte offsets into the stored original, from 0, stop exclusive.
--- Errors: those of the store.
--- Source: none.
function quote_find.row(store, parts, place)
  local exact, found, first, last = true, {}, nil, nil
  for i, span in ipairs(place.spans) do
    local lines = lines_of(store, place, span, parts[i])
    first, last = first or lines[1], lines[#lines]
    if #lines == 1 then
      found[i] = last.hit
    else
      found[i] = wording(store, place, lines[1], last)
    end
    exact = exact and found[i] == parts[i].text
  end
  local repairs = repairs_within(store, place.document_id, first.start, last.stop)
  return {
    verdict = exact and repairs == 0 and "exact" or "folded", repairs = repairs,
    document = first.document, number = first.number, title = first.title,
    issued = first.issued, congress = first.congress, section = first.section,
    start = first.start, stop = last.stop,
    found = table.concat(found, " … "), left = first.left, right = last.right,
  }
end

return quote_find
