-- From places in a token stream to the stored original: where a span of units stands, and what it
-- says.  A span may go over several passages.

local evidence = require "vankien.corpus.evidence"
local text = require "vankien.host.text"

local spans = {}

local passages_sql = [[SELECT ordinal, path, text, start, map, first_unit FROM passages
  WHERE document_id = ? ORDER BY ordinal]]

local function passages_of(store, id)
  local list = {}
  for _, ordinal, path, passage, start, map, first_unit in store.conn:rows(passages_sql, { id }) do
    list[#list + 1] = { ordinal = ordinal, path = path, text = passage, start = start, map = map,
      first_unit = first_unit }
  end
  return list
end

-- The last passage that begins at or before a unit.
local function index_at(list, unit)
  local low, high = 1, #list
  while low < high do
    local middle = (low + high + 1) // 2
    if list[middle].first_unit <= unit then low = middle else high = middle - 1 end
  end
  return low
end

local function token_at(passage, widths, unit)
  passage.tokens = passage.tokens or text.tokens(passage.text)
  return evidence.token_at(passage.tokens, widths, unit - passage.first_unit)
end

-- Bytes of a passage that a span takes.
local function part_of(passage, widths, from, to, next_first)
  local tokens = passage.tokens or text.tokens(passage.text)
  passage.tokens = tokens
  local first = from > passage.first_unit and token_at(passage, widths, from) or 1
  local last = (not next_first or to < next_first) and token_at(passage, widths, to) - 1 or #tokens
  if #tokens == 0 or last < first then return 0, 0 end
  return tokens[first].from - 1, tokens[math.min(last, #tokens)].to
end

local function read(list, widths, from, to)
  local i, pieces, span = index_at(list, from), {}, nil
  while list[i] and list[i].first_unit < to do
    local passage, following = list[i], list[i + 1]
    local first, last = part_of(passage, widths, from, to, following and following.first_unit)
    if last > first then
      span = span or { section = passage.path, passage = passage.ordinal,
        start = text.original_offset(passage.map, passage.start, first) }
      span.stop = text.original_stop(passage.map, passage.start, last)
      pieces[#pieces + 1] = passage.text:sub(first + 1, last)
    end
    i = i + 1
  end
  if span then span.text = table.concat(pieces, " ") end
  return span
end

--- A reader of spans; it keeps the passages of the documents it was asked about.
--- Shape: store -> function(document_id, from unit, to unit) -> {section, passage, start, stop,
---   text}.
--- Units: units of the token stream, `to` exclusive; start and stop are byte offsets into the
---   stored original, counted from 0, end exclusive.
--- Errors: those of the store.
--- Source: none.
---@param store table
function spans.reader(store)
  local known, widths = {}, evidence.widths(store)
  return function(id, from, to)
    known[id] = known[id] or passages_of(store, id)
    return read(known[id], widths, from, to)
  end
end

return spans
