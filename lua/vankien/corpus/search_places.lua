-- Where in its passage a search was found: every hit with its place in the stored original, and an
-- excerpt around as many of them as it can hold, with the hits marked.

local evidence = require "vankien.corpus.evidence"
local text = require "vankien.host.text"

local search_places = {}

local passage_sql = [[SELECT path, text, start, map, first_unit FROM passages
  WHERE document_id = ? AND ordinal = ?]]
local document_sql = [[SELECT key, type, number, issued, issuer, congress, title FROM documents
  WHERE id = ?]]

-- Hits as ranges of tokens, in order; of two that begin alike the longer one.
local function ranges_of(hits, tokens, widths, first_unit)
  local list = {}
  for _, hit in ipairs(hits) do
    local from = evidence.token_at(tokens, widths, hit.unit - first_unit)
    local to = evidence.token_at(tokens, widths, hit.unit + hit.units - first_unit) - 1
    local last = list[#list]
    if not last or from > last.to then
      list[#list + 1] = { from = from, to = to }
    elseif to > last.to then
      last.to = to
    end
  end
  return list
end

-- The hits that an excerpt shows: the most that stand within its width, the first such.
local function densest(ranges, width)
  local best_from, best_to = 1, 1
  for i = 1, #ranges do
    local j = i
    while ranges[j + 1] and ranges[j + 1].to - ranges[i].from < width do j = j + 1 end
    if j - i > best_to - best_from then best_from, best_to = i, j end
  end
  return best_from, best_to
end

-- Dots where an excerpt leaves something out; a sentence is whole.
local function dots(tokens, from, to, window)
  if window == "sentence" then return "", "" end
  return from > 1 and "… " or "", to < #tokens and " …" or ""
end

local function marked(passage, tokens, ranges, first, last, from, to)
  local out, at = {}, tokens[from].from
  for i = first, last do
    local a, b = tokens[ranges[i].from].from, tokens[ranges[i].to].to
    out[#out + 1] = passage:sub(at, a - 1) .. "[" .. passage:sub(a, b) .. "]"
    at = b + 1
  end
  out[#out + 1] = passage:sub(at, tokens[to].to)
  return table.concat(out)
end

local function sentence_end(tokens, at)
  while at < #tokens and not tokens[at].sentence_end do at = at + 1 end
  return at
end

local function sentence_start(tokens, at)
  while at > 1 and not tokens[at - 1].sentence_end do at = at - 1 end
  return at
end

-- Tokens that an excerpt around some hits has.
local function borders(tokens, ranges, first, last, window)
  local from, to = ranges[first].from, ranges[last].to
  if window == "sentence" then return sentence_start(tokens, from), sentence_end(tokens, to) end
  return math.max(1, from - window), math.min(#tokens, to + window)
end

local function places_of(passage, tokens, ranges, start, map)
  local list = {}
  for i, range in ipairs(ranges) do
    local from, to = tokens[range.from].from - 1, tokens[range.to].to
    list[i] = {
      hit = passage:sub(from + 1, to), start = text.original_offset(map, start, from),
      stop = text.original_stop(map, start, to),
    }
  end
  return list
end

local function row_of(store, found, hits, window, widths)
  local path, passage, start, map, first_unit =
    store.conn:first(passage_sql, { found.document_id, found.ordinal })
  local key, kind, number, issued, issuer, congress, title =
    store.conn:first(document_sql, { found.document_id })
  local tokens = text.tokens(passage)
  local ranges = ranges_of(hits, tokens, widths, first_unit)
  local places = places_of(passage, tokens, ranges, start, map)
  local width = window == "sentence" and 16 or 2 * window
  local first, last = densest(ranges, width)
  local from, to = borders(tokens, ranges, first, last, window)
  local shown, before, after = ranges[first], dots(tokens, from, to, window)
  return {
    score = found.score, as_typed = found.typed, hits = #ranges, document = key, type = kind,
    number = number, title = title, issued = issued, issuer = issuer, congress = congress,
    section = path, passage = found.ordinal, start = places[first].start,
    stop = places[first].stop,
    left = before .. passage:sub(tokens[from].from, tokens[shown.from].from - 1),
    hit = places[first].hit,
    right = passage:sub(tokens[shown.to].to + 1, tokens[to].to) .. after,
    snippet = before .. marked(passage, tokens, ranges, first, last, from, to) .. after,
    places = places,
  }
end

--- Rows of a search: a passage each, with an excerpt and the places of all hits in it.
--- Shape: store, passages of search_rank.best, function(passage) -> its hits {unit, units} in
---   order, window in tokens or "sentence" -> list of {rank, score, as_typed, hits, document, type,
---   number, title, issued, issuer, congress, section, passage, start, stop, left, hit, right,
---   snippet, places = list of {hit, start, stop}}.
--- Units: start and stop are byte offsets into the stored original, counted from 0, end exclusive.
--- Errors: those of the store.
--- Source: none.
function search_places.rows(store, passages, hits_of, window)
  local rows, widths = {}, evidence.widths(store)
  for i, found in ipairs(passages) do
    rows[i] = row_of(store, found, hits_of(found), window, widths)
    rows[i].rank = i
  end
  return rows
end

return search_places
