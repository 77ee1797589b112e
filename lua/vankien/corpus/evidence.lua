-- From a hit in the token stream to the line that proves it: words around it, document,
-- section, and the byte offset in the stored original.

local line_class = require "vankien.corpus.line"
local text = require "vankien.host.text"

local evidence = {}

local place_sql = [[SELECT ordinal, path, text, start, map FROM passages
  WHERE document_id = ? AND ordinal = ?]]
local passage_sql = [[SELECT ordinal, path, text, start, map, first_unit FROM passages
  WHERE document_id = ? AND first_unit <= ? ORDER BY ordinal DESC LIMIT 1]]
local document_sql = [[SELECT key, type, number, issued, issuer, congress, title FROM documents
  WHERE id = ?]]
local kinds = { [0] = "free", "nested", "overlapped" }

local function document_of(store, id, cache)
  local known = cache[id]
  if not known then
    local key, type, number, issued, issuer, congress, title =
      store.conn:first(document_sql, { id })
    known = { key = key, type = type, number = number, issued = issued, issuer = issuer,
      congress = congress, title = title }
    cache[id] = known
  end
  return known
end

--- The token that stands at a unit of a passage.
--- Shape: tokens of vankien.host.text.tokens, widths of evidence.widths, unit counted from the
---   first of the passage -> index in tokens; one more than there are at the end.
--- Units: token positions are units: a type beyond the first 64,000 takes two of them.
--- Errors: those of the store.
--- Source: host/tokens.h.
function evidence.token_at(tokens, widths, unit)
  local at = 0
  for i = 1, #tokens do
    if at >= unit then return i end
    at = at + widths(tokens[i].form)
  end
  return #tokens + 1
end

local first_wide_id = 0xFA00

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

-- A mark that stands right at the one before it belongs to the same sentence: . ” or ! )
local function closes(tokens, i)
  local token, before = tokens[i], tokens[i - 1]
  return token and token.kind == "mark" and token.from == before.to + 1
end

local function sentence(passage, tokens, first, last)
  local from, to = first, last
  while from > 1 and not tokens[from - 1].sentence_end do from = from - 1 end
  while from > 1 and from < first and closes(tokens, from) do from = from + 1 end
  while to < #tokens and not tokens[to].sentence_end do to = to + 1 end
  while tokens[to].sentence_end and closes(tokens, to + 1) do to = to + 1 end
  return passage:sub(tokens[from].from, tokens[first].from - 1),
    passage:sub(tokens[last].to + 1, tokens[to].to)
end

local function window(passage, tokens, first, last, size)
  if size == "sentence" then return sentence(passage, tokens, first, last) end
  local from, to = math.max(1, first - size), math.min(#tokens, last + size)
  local left = passage:sub(tokens[from].from, tokens[first].from - 1)
  local right = passage:sub(tokens[last].to + 1, tokens[to].to)
  return (from > 1 and "… " or "") .. left, right .. (to < #tokens and " …" or "")
end

-- The passage of a hit: by its number where the scan told it, else by the place of the hit.
local function passage_of(store, hit)
  if not hit.passage then return store.conn:first(passage_sql, { hit.document_id, hit.unit }) end
  local ordinal, path, passage, start, map =
    store.conn:first(place_sql, { hit.document_id, hit.passage })
  return ordinal, path, passage, start, map, hit.first
end

-- Where a hit stands in its passage, and the words on both sides: from, to, left, right.
local function place_of(passage, hit, first_unit, context)
  local size = context.window
  if size ~= "sentence" and not context.wide then       -- a token is a unit
    local left, from, to, right, before, after =
      text.window(passage, hit.unit - first_unit, hit.units, size)
    return from - 1, to, (before and "… " or "") .. passage:sub(left, from - 1),
      passage:sub(to + 1, right) .. (after and " …" or "")
  end
  local tokens = text.tokens(passage)
  local first = evidence.token_at(tokens, context.widths, hit.unit - first_unit)
  local last = evidence.token_at(tokens, context.widths, hit.unit + hit.units - first_unit) - 1
  return tokens[first].from - 1, tokens[last].to, window(passage, tokens, first, last, size)
end

local function line_of(store, hit, context)
  local ordinal, path, passage, start, map, first_unit = passage_of(store, hit)
  local from, to, left, right = place_of(passage, hit, first_unit, context)
  local d = document_of(store, hit.document_id, context.documents)
  return {
    document = d.key, number = d.number, title = d.title, issued = d.issued, issuer = d.issuer,
    congress = d.congress, section = path, passage = ordinal,
    left = left, hit = passage:sub(from + 1, to), right = right, kind = kinds[hit.kind],
    inside = hit.container, phrase = hit.phrase, period = hit.period,
    start = text.original_offset(map, start, from), stop = text.original_stop(map, start, to),
  }
end

--- Lines of evidence for hits of one scan.
--- Shape: store, list of {document_id, unit, units, kind, phrase, container, period, passage,
---   first} (the last two as the scan gives them, or nil),
---   {window = 8 | "sentence"} -> list of {document, number, title, issued, issuer, congress,
---   section, passage, left, hit, right, kind, inside, phrase, period, start, stop}, with the
---   methods of corpus/line.lua.
--- Units: window in tokens on either side; start and stop are byte offsets into the stored
---   original, counted from 0, end exclusive.
--- Errors: those of the store.
--- Source: none.
function evidence.lines(store, hits, options)
  local context = {
    window = options and options.window or 8, documents = {}, widths = evidence.widths(store),
    wide = (store.conn:first "SELECT max(id) FROM types" or 0) >= first_wide_id,
  }
  local lines, class = {}, line_class.class(store)
  for i, hit in ipairs(hits) do lines[i] = setmetatable(line_of(store, hit, context), class) end
  return lines
end

return evidence
