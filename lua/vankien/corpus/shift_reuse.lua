-- Counts without self-quotation: an occurrence that stands inside a run of wording repeated from an
-- earlier document of the store is no new use of it.  All hits are looked at one by one, and the
-- counts are what is left of them.

local err = require "vankien.util.err"
local repeats = require "vankien.corpus.repeats"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"

local shift_reuse = {}

local MOST_HITS = 1000000
local BATCH_UNITS = 4 << 20       -- context that is looked for in one pass over the store
local kinds = { [0] = "free", "nested", "overlapped" }

-- Stretches of each document around its hits; those that touch are one.
local function stretches_of(flat, reach)
  local list, last = {}, nil
  for at = 1, #flat, 7 do
    local id, from, to = flat[at], flat[at + 1] - reach, flat[at + 1] + flat[at + 2] + reach
    if last and last.id == id and from <= last.to then
      last.to, last.last = math.max(last.to, to), at
    else
      last = { id = id, from = math.max(from, 0), to = to, first = at, last = at }
      list[#list + 1] = last
    end
  end
  return list
end

-- Mark the hits of a stretch that a run holds whole.
local function mark(flat, stretch, from, to, repeated)
  for at = stretch.first, stretch.last, 7 do
    if flat[at + 1] >= from and flat[at + 1] + flat[at + 2] <= to then repeated[at] = true end
  end
end

local function look(store, flat, batch, documents, repeated)
  local set, units, last = repeats.new(store, repeats.least), nil, nil
  for _, stretch in ipairs(batch) do
    if stretch.id ~= last then units, last = repeats.units(store, stretch.id), stretch.id end
    set:add(units, stretch.from, stretch.to)
  end
  repeats.each(store, set, documents, function(source, found)
    for at = 1, #found, 7 do
      local stretch = batch[found[at]]
      if repeats.is_earlier(source, documents[stretch.id]) then
        mark(flat, stretch, found[at + 3], found[at + 4], repeated)
      end
    end
  end)
end

-- Which hits stand in repeated wording, by their place in the flat list.
local function repeated_of(store, flat)
  local documents, repeated, batch, size = repeats.documents(store), {}, {}, 0
  for _, stretch in ipairs(stretches_of(flat, 2 * repeats.least)) do
    batch[#batch + 1], size = stretch, size + stretch.to - stretch.from
    if size > BATCH_UNITS then
      look(store, flat, batch, documents, repeated)
      batch, size = {}, 0
    end
  end
  if #batch > 0 then look(store, flat, batch, documents, repeated) end
  return repeated
end

-- Take the repeated hits off, and say in how many documents a phrase is left.
local function subtract(counts, flat, repeated, width)
  local kept, places, left, removed, by_document = {}, {}, {}, 0, {}
  for at = 1, #flat, 7 do
    local id, index, group = flat[at], flat[at + 3], flat[at + 6]
    if repeated[at] then
      local column = counts[kinds[flat[at + 4]]][group]
      column[index], removed = column[index] - 1, removed + 1
      if flat[at + 4] == 0 then
        by_document[id] = by_document[id] or {}
        by_document[id][index] = (by_document[id][index] or 0) + 1
      end
    else
      table.move(flat, at, at + 6, #kept + 1, kept)
      table.move(counts.places, at // 7 * 2 + 1, at // 7 * 2 + 2, #places + 1, places)
      left[group] = left[group] or {}
      left[group][index] = left[group][index] or {}
      left[group][index][id] = true
    end
  end
  for group = 1, #counts.groups do
    for index = 1, width do
      local n = 0
      for _ in pairs(left[group] and left[group][index] or {}) do n = n + 1 end
      counts.documents[group][index] = n
    end
  end
  counts.hits, counts.places = kept, places
  counts.repeated, counts.repeated_in = removed, by_document
  return counts
end

--- Counts of a lexicon without occurrences in wording repeated from an earlier document.
--- Shape: store, lexicon, SQL of a scope, parameters -> counts as scan.run gives them, with all
---   hits that are left (oldest document first), `repeated` (how many were taken off) and
---   `repeated_in` ({[document] = {[phrase] = free ones taken off}}).
--- Units: occurrences; a run is of repeats.least syllables or more.
--- Errors: raises full when there are more than a million occurrences.
--- Source: host/repeats.c.
function shift_reuse.counts(store, lexicon, picked, params)
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { hits = MOST_HITS })
  if counts.cut then
    err.raise("full", ("more than %d occurrences: too many to look at one by one")
      :format(MOST_HITS), { hint = "narrow the documents or the lexicon" })
  end
  return subtract(counts, counts.hits, repeated_of(store, counts.hits), #lexicon)
end

return shift_reuse
