-- Quotation check: does a quotation stand in a document as it is quoted?  Exact, folded, near with
-- a word diff, or absent; without a document, where in the store it comes from.
--   exact   byte for byte in NFC, white space of the passage as import left it; no repair in it
--   folded  case, tone placement, white space, quotation marks, Đ, footnote numbers differ
--   near    the best window by word similarity, at least the threshold
--   absent  nothing nearer than the threshold

local arguments = require "vankien.corpus.arguments"
local quote_find = require "vankien.corpus.quote_find"
local quote_near = require "vankien.corpus.quote_near"
local quote_parts = require "vankien.corpus.quote_parts"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"

local quote = {}

local THRESHOLD = 0.7

local Verdicts = result_of.class "quote"

quote.columns = {
  { name = "verdict" }, { name = "document" }, { name = "congress" }, { name = "section" },
  { name = "start", type = "integer" }, { name = "stop", type = "integer" },
  { name = "similarity" }, { name = "found" }, { name = "diff" },
}

local document_sql = "SELECT key, number, title, issued, congress FROM documents WHERE id = ?"

local function described(store, id, row)
  row.document, row.number, row.title, row.issued, row.congress =
    store.conn:first(document_sql, { id })
  return row
end

local function rounded(n) return math.floor(n * 1000 + 0.5) / 1000 end

local function near_rows(store, parts, picked, params, o)
  local rows, nearest = {}, nil
  for _, place in ipairs(quote_near.places(store, parts, picked, params)) do
    local row = {
      verdict = place.same and not place.out_of_order and "folded" or "near",
      similarity = rounded(place.similarity), found = place.found, diff = place.diff,
      section = place.section, start = place.start, stop = place.stop,
      out_of_order = place.out_of_order,
    }
    if row.verdict == "folded" then row.diff = nil end
    nearest = nearest or described(store, place.document_id, row)
    if place.similarity >= o.threshold and #rows < o.limit then
      rows[#rows + 1] = described(store, place.document_id, row)
    end
  end
  return rows, nearest
end

local function word_for_word(store, parts, picked, params, o)
  local places, cut = quote_find.places(store, parts, picked, params)
  local rows = {}
  for i = 1, math.min(#places, o.limit) do
    rows[i] = quote_find.row(store, parts, places[i])
    rows[i].similarity = 1
  end
  return rows, #places, cut
end

-- Where else in the store a quotation stands that is not in its document.
local function elsewhere(store, parts, o)
  local picked, params = sets.pick(store)
  return (word_for_word(store, parts, picked, params, o))
end

local function notes_of(parts, o, rows, total)
  local notes, glued = {}, 0
  for _, part in ipairs(parts) do glued = glued + part.glued end
  if total > #rows then
    notes[#notes + 1] = ("%d of %d places shown; limit = %d shows all"):format(#rows, total, total)
  end
  if glued > 0 then notes[#notes + 1] = ("footnote numbers left out: %d"):format(glued) end
  if #parts > 1 then
    notes[#notes + 1] = ("%d parts between ellipses, in this order"):format(#parts)
  end
  notes[#notes + 1] = ("near: a similarity of %g at least (words kept; moved ones count half); "
    .. "[-only quoted-] {+only in the document+} [n> moved] {>n to here}"):format(o.threshold)
  return notes
end

local best_first = { exact = 1, folded = 2, near = 3, absent = 4 }

local function is_better(a, b)
  if a.verdict ~= b.verdict then return best_first[a.verdict] < best_first[b.verdict] end
  if a.similarity ~= b.similarity then return (a.similarity or 0) > (b.similarity or 0) end
  if a.issued ~= b.issued then return (a.issued or "") < (b.issued or "") end
  if a.document ~= b.document then return (a.document or "") < (b.document or "") end
  return (a.start or 0) < (b.start or 0)
end

local function absent_row(o, nearest)
  local row = { verdict = "absent", document = o.single and o.single.key,
    congress = o.single and o.single.congress }
  if nearest then
    row.similarity, row.found, row.diff = nearest.similarity, nearest.found, nearest.diff
    row.section, row.start, row.stop = nearest.section, nearest.start, nearest.stop
    row.document, row.congress = nearest.document, nearest.congress
  end
  return row
end

local function say_elsewhere(store, parts, o, notes)
  local others = o.narrowed and elsewhere(store, parts, o) or {}
  for _, row in ipairs(others) do
    notes[#notes + 1] = ("it stands (%s) in %s, %s, bytes %d-%d"):format(row.verdict, row.document,
      row.title, row.start, row.stop)
  end
  return others
end

local function checked(store, document, given)
  local o = arguments.read(given, { threshold = true, limit = true, all = true }, "quote")
  o.threshold = arguments.level(o.threshold, "threshold", THRESHOLD)
  o.limit = arguments.whole(o.limit, "limit", 1, 100000, 20)
  if o.all then document = nil end
  o.narrowed = document ~= nil
  o.over = sets.query(store, document, "document")
  return o, document
end

--- Check a quotation against a document, or find where in the store it comes from.
--- Shape: store, text, document (row, key, number, query; nil: all), {threshold = 0.7, limit = 20,
---   all = false} -> result: verdict (the best), rows (verdict, document, section, start, stop,
---   similarity, found, diff), elsewhere (rows in other documents when it is not in this one),
---   total, notes.
--- Units: start and stop are bytes of the stored original, from 0, stop exclusive; similarity is
---   the share of words kept, moved ones counted half, 0 to 1.
--- Errors: raises bad_input for a quotation without a word, not_found for a document that is
---   unknown or has no text, unknown_name for an option.
--- Source: analysis/diff.lua.
---@param store table
---@param text string
---@param document? any
---@param options? table
function quote.verify(store, text, document, options)
  local o = checked(store, document, options)
  local parts = quote_parts.read(text)
  local picked, params = sets.pick(store, o.over)
  local sizes, texts = sets.sizes(store, picked, params), 0
  for _, size in pairs(sizes) do texts = texts + size.texts end
  sets.need_text(store, texts, o.narrowed and sets.words(o.over) or "the store")
  if o.narrowed and o.over:count() == 1 then o.single = o.over:first() end
  local rows, total = word_for_word(store, parts, picked, params, o)
  local nearest
  if #rows == 0 then
    rows, nearest = near_rows(store, parts, picked, params, o)
    total = #rows
  end
  if #rows == 0 then rows, total = { absent_row(o, nearest) }, 1 end
  table.sort(rows, is_better)
  local notes = notes_of(parts, o, rows, total)
  local verdict = rows[1].verdict
  local others = (verdict == "near" or verdict == "absent")
    and say_elsewhere(store, parts, o, notes) or {}
  return setmetatable({
    title = ("quotation: %s in %s"):format(verdict, sets.words(o.over)), verdict = verdict,
    rows = rows, columns = quote.columns, total = total, notes = notes, elsewhere = others,
    origin = result_of.keep { store = store, query = sets.words(o.over), patterns = { text },
      options = { threshold = o.threshold, limit = o.limit } },
  }, Verdicts)
end

--- Check every quotation of the store against its texts.
--- Shape: store, options -> result of corpus/quote_formulas.lua.
--- Units: as verify.
--- Errors: as verify.
--- Source: table formulas.
function quote.formulas(store, options)
  return require "vankien.corpus.quote_formulas".check(store, options)
end

return quote
