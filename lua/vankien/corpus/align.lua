-- Two documents side by side: their passages by how much wording they share, what moved, what only
-- one of them has, and word by word what was changed.

local arguments = require "vankien.corpus.arguments"
local diff = require "vankien.analysis.diff"
local err = require "vankien.util.err"
local pure = require "vankien.analysis.align"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"
local text = require "vankien.host.text"

local align = {}

local Result = result_of.class "align"

local known = { least = true, unit = true }

--- Columns of the rows.
align.columns = {
  { name = "verdict" }, { name = "moved", type = "boolean" },
  { name = "similarity", type = "number", digits = 3 }, { name = "a_section" },
  { name = "a_passage", type = "integer" }, { name = "a_start", type = "integer" },
  { name = "a_stop", type = "integer" }, { name = "b_section" },
  { name = "b_passage", type = "integer" }, { name = "b_start", type = "integer" },
  { name = "b_stop", type = "integer" }, { name = "diff" }, { name = "a_text" },
  { name = "b_text" },
}

local passages_sql = [[SELECT ordinal, path, text, start, map FROM passages
  WHERE document_id = ? ORDER BY ordinal]]

-- A mark that stands right at the one that ends a sentence belongs to it: . ” or ! )
local function ends(tokens, i)
  if i == #tokens then return true end
  local at = i
  while at > 1 and tokens[at].kind == "mark" and not tokens[at].sentence_end
    and tokens[at].from == tokens[at - 1].to + 1 do at = at - 1 end
  if not tokens[at].sentence_end then return false end
  local after = tokens[i + 1]
  return not (after.kind == "mark" and after.from == tokens[i].to + 1)
end

-- The part of a passage from one token to another: its words and where it stands.
local function part_of(passage, tokens, first, last)
  local from, to, syllables = tokens[first].from - 1, tokens[last].to, {}
  for i = first, last do
    if tokens[i].kind ~= "mark" then syllables[#syllables + 1] = tokens[i].form end
  end
  return { ordinal = passage.ordinal, path = passage.path, text = passage.text:sub(from + 1, to),
    start = text.original_offset(passage.map, passage.start, from),
    stop = text.original_stop(passage.map, passage.start, to) }, syllables
end

local function add_parts(side, passage, unit)
  local tokens, first = text.tokens(passage.text), 1
  for i = 1, #tokens do
    if i == #tokens or unit == "sentence" and ends(tokens, i) then
      local part, syllables = part_of(passage, tokens, first, i)
      side.passages[#side.passages + 1], side.syllables[#side.syllables + 1] = part, syllables
      first = i + 1
    end
  end
end

local function side_of(store, value, name, unit)
  local over = sets.query(store, value, name)
  if over:count() ~= 1 then
    err.raise("bad_input", ("%s is %d documents, not one"):format(name, over:count()),
      { hint = 'align("nq-dh13", "nq-dh14")' })
  end
  local document, side = over:one(), { syllables = {}, passages = {} }
  side.key, side.title, side.issued = document.key, document.title, document.issued
  for _, ordinal, path, passage, start, map in store.conn:rows(passages_sql, { document.id }) do
    add_parts(side, { ordinal = ordinal, path = path, text = passage, start = start, map = map },
      unit)
  end
  sets.need_text(store, #side.passages, sets.words(over))
  return side
end

local function put(row, prefix, passage)
  row[prefix .. "_section"], row[prefix .. "_passage"] = passage.path, passage.ordinal
  row[prefix .. "_start"], row[prefix .. "_stop"] = passage.start, passage.stop
  row[prefix .. "_text"] = passage.text
  return row
end

local function pair_row(a, b, match)
  local one, other = a.passages[match.a], b.passages[match.b]
  local same = text.fold(one.text) == text.fold(other.text)
  local row = put(put({ verdict = same and "same" or "changed", moved = match.moved,
    similarity = match.similarity }, "a", one), "b", other)
  if not same then
    local words = diff.words(one.text, other.text, { fold = text.fold })
    row.diff, row.kept, row.inserted, row.deleted = diff.text(words), words.kept, words.inserted,
      words.deleted
  end
  return row
end

-- What only b has stands behind the passage that it follows there.
local function lonely_of_b(b, matches)
  local of_b, behind, at = {}, {}, 0
  for _, match in ipairs(matches) do of_b[match.b] = match end
  for j, passage in ipairs(b.passages) do
    local match = of_b[j]
    if match and not match.moved then at = match.a end
    if not match then
      behind[at] = behind[at] or {}
      table.insert(behind[at], put({ verdict = "only in b", moved = false }, "b", passage))
    end
  end
  return behind
end

local function rows_of(a, b, matches)
  local of_a, rows, behind = {}, {}, lonely_of_b(b, matches)
  for _, match in ipairs(matches) do of_a[match.a] = match end
  local function add_behind(i)
    for _, row in ipairs(behind[i] or {}) do rows[#rows + 1] = row end
  end
  add_behind(0)
  for i, passage in ipairs(a.passages) do
    rows[#rows + 1] = of_a[i] and pair_row(a, b, of_a[i])
      or put({ verdict = "only in a", moved = false }, "a", passage)
    add_behind(i)
  end
  return rows
end

local function counts_of(rows)
  local counts = { same = 0, changed = 0, moved = 0, ["only in a"] = 0, ["only in b"] = 0 }
  for _, row in ipairs(rows) do
    counts[row.verdict] = counts[row.verdict] + 1
    if row.moved then counts.moved = counts.moved + 1 end
  end
  return counts
end

local function notes_of(a, b, counts, o)
  return {
    ("a: %s (%s), %d %ss; b: %s (%s), %d %ss"):format(a.title, a.key, #a.passages, o.unit, b.title,
      b.key, #b.passages, o.unit),
    ("same: %d, changed: %d, only in a: %d, only in b: %d; of the pairs, moved: %d"):format(
      counts.same, counts.changed, counts["only in a"], counts["only in b"], counts.moved),
    ("%ss belong together by the %s, from %g on, the most similar pairs first, whatever their "
      .. "order; moved: outside of the heaviest part with one order on both sides"):format(o.unit,
      pure.variant, o.least),
  }
end

--- Two documents side by side.
--- Shape: store, document, document (key, row, number, name of a file), {least = 0.25, unit =
---   "passage" | "sentence"} -> result: rows (verdict = same | changed | only in a | only in b,
---   moved, similarity, a_section, a_passage, a_start, a_stop, a_text, the same of b, diff with
---   [-taken out-] and {+put in+}), counts, notes.
--- Units: similarity 0 to 1; start and stop in bytes of the stored originals, stop exclusive.
--- Errors: raises bad_input where a side is not one document, not_found without a text.
--- Source: analysis/align.lua, analysis/diff.lua.
---@param store table
---@param a any
---@param b any
---@param options? table
function align.of(store, a, b, options)
  local o = arguments.read(options, known, "align")
  o.least = arguments.level(o.least, "least", 0.25)
  o.unit = arguments.choice(o.unit, "unit", { "passage", "sentence" }, "passage")
  if a == nil or b == nil then
    err.raise("bad_input", "align needs two documents", { hint = 'align("nq-dh13", "nq-dh14")' })
  end
  local side_a = side_of(store, a, "the first document", o.unit)
  local side_b = side_of(store, b, "the second document", o.unit)
  local rows = rows_of(side_a, side_b, pure.match(side_a.syllables, side_b.syllables, o.least))
  local counts = counts_of(rows)
  return setmetatable({
    title = ("%s beside %s"):format(side_a.title, side_b.title), rows = rows,
    columns = align.columns, counts = counts, notes = notes_of(side_a, side_b, counts, o),
    origin = result_of.keep { store = store, options = o,
      query = side_a.key .. ", " .. side_b.key },
  }, Result)
end

return align
