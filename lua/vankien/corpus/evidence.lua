-- From a hit in the token stream to the line that proves it: words around it, document,
-- section, and the byte offset in the stored original.  host/evidence.c makes the lines.

local line_class = require "vankien.corpus.line"

local evidence = {}

local DOCUMENT = "SELECT key, number, title, issued, issuer, congress FROM documents WHERE id = ?"
local PASSAGE = [[SELECT ordinal, path, text, start, map, first_unit FROM passages
  WHERE document_id = ? AND ordinal = ?]]
local PASSAGE_AT = [[SELECT ordinal, path, text, start, map, first_unit FROM passages
  WHERE document_id = ? AND first_unit <= ? ORDER BY ordinal DESC LIMIT 1]]
local STREAM = "SELECT units FROM tokens WHERE document_id = ?"

local first_wide_id = 0xFA00

-- May a token of this store take two units?
local function is_wide(store)
  return (store.conn:first "SELECT max(id) FROM types" or 0) >= first_wide_id
end

--- The token that stands at a unit of a passage.
--- Shape: tokens of vankien.host.text.tokens, widths of evidence.widths, unit counted from the
---   first of the passage -> index in tokens; one more than there are at the end.
--- Units: token positions are units: a type beyond the first 64,000 takes two of them, the end of a
---   sentence one.
--- Errors: those of the store.
--- Source: host/tokens.h.
function evidence.token_at(tokens, widths, unit)
  local at = 0
  for i = 1, #tokens do
    if at >= unit then return i end
    at = at + (tokens[i].sentence_end and 1 or widths(tokens[i].form))
  end
  return #tokens + 1
end

--- How many units a token takes, by its form.
--- Shape: store -> function(form) -> 1 | 2.
--- Units: units of a token stream.
--- Errors: those of the store.
--- Source: host/tokens.h.
function evidence.widths(store)
  local known = {}
  return function(form)
    local width = known[form]
    if not width then
      local id = store.conn:first("SELECT id FROM types WHERE form = ?", { form })
      width = id and id >= first_wide_id and 2 or 1
      known[form] = width
    end
    return width
  end
end

local function lines_of(store, flat, options)
  local window = options and options.window or 8
  return store.conn:lines {
    hits = flat.hits, places = flat.places, phrases = flat.phrases, periods = flat.periods,
    around = window ~= "sentence" and window or nil, shape = line_class.shape(store),
    document = DOCUMENT, passage = PASSAGE, passage_at = PASSAGE_AT,
    stream = is_wide(store) and STREAM or nil,
  }
end

-- Numbers of names, from 1 in the order in which they come.
local function numbering()
  local names, known = {}, {}
  return names, function(name)
    if name == nil then return 0 end
    if not known[name] then
      names[#names + 1] = name
      known[name] = #names
    end
    return known[name]
  end
end

--- Lines of evidence for hits of one scan.
--- Shape: store, list of {document_id, unit, units, kind, phrase, container, period, passage,
---   first} (the last two as the scan gives them, or nil),
---   {window = 8 | "sentence"} -> list of {document, number, title, issued, issuer, congress,
---   section, passage, left, hit, right, kind, inside, phrase, period, start, stop}, with the
---   methods of corpus/line.lua.
--- Units: window in tokens on either side; start and stop are byte offsets into the stored
---   original, counted from 0, end exclusive.
--- Errors: integrity where the hits are not those of this store; those of the store.
--- Source: none.
function evidence.lines(store, hits, options)
  local phrases, phrase = numbering()
  local periods, period = numbering()
  local flat, places = {}, {}
  for i, hit in ipairs(hits) do
    local at = 7 * i - 6
    flat[at], flat[at + 1], flat[at + 2] = hit.document_id, hit.unit, hit.units
    flat[at + 3], flat[at + 4] = phrase(hit.phrase), hit.kind
    flat[at + 5], flat[at + 6] = phrase(hit.container), period(hit.period)
    places[2 * i - 1], places[2 * i] = hit.passage or 0, hit.first or 0
  end
  return lines_of(store, { hits = flat, places = places, phrases = phrases, periods = periods },
    options)
end

--- Lines of evidence for all hits that a scan kept.
--- Shape: store, result of scan.run, lexicon, {window = 8 | "sentence"} -> as evidence.lines.
--- Units: as evidence.lines.
--- Errors: as evidence.lines.
--- Source: none.
function evidence.of_scan(store, counts, lexicon, options)
  local periods = {}
  for g, key in ipairs(counts.groups) do
    periods[g] = evidence.period(key) or false
  end
  return lines_of(store, { hits = counts.hits, places = counts.places, phrases = lexicon:phrases(),
    periods = periods }, options)
end

--- What lines call the group of a scan.
--- Shape: key of a group -> text; nil in a scope without periods.
--- Units: none.
--- Errors: none.
--- Source: none.
function evidence.period(key)
  return key == false and "(none)" or key ~= "all" and tostring(key) or nil
end

return evidence
