-- How a wording changed: the formulas (or the clauses of texts) that hold a phrase, in order of
-- time, each compared word by word with the one before, and what stands around the phrase.

local arguments = require "vankien.corpus.arguments"
local clauses = require "vankien.corpus.clauses"
local err = require "vankien.util.err"
local lexicon_of = require "vankien.corpus.lexicon"
local pure = require "vankien.analysis.diff"
local quotations = require "vankien.corpus.quotations"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"
local text = require "vankien.host.text"

local diff = {}

local Result = result_of.class "diff"

local known = { from = "string|nil", over = true, evidence = "string|nil", moves = "boolean|nil" }
local kinds = { "primary", "any" }

local columns = {
  { name = "from" }, { name = "to" }, { name = "before" }, { name = "after" }, { name = "diff" },
  { name = "edits" },
  { name = "kept", type = "integer" }, { name = "inserted", type = "integer" },
  { name = "deleted", type = "integer" }, { name = "moved", type = "integer" },
  { name = "similarity", type = "number", digits = 2 }, { name = "put_in" },
  { name = "taken_out" }, { name = "grew", type = "boolean" },
}

local signs = { same = "=", insert = "+", delete = "-", moved_from = "<", moved_to = ">" }

-- The script as plain words: "=quốc phòng, an ninh", "+và đẩy mạnh đối ngoại".
local function edits_of(ops)
  local list = {}
  for i, op in ipairs(ops) do list[i] = signs[op.kind] .. pure.join(op.words) end
  return list
end

local function fold_options(o)
  return { fold = text.fold, moves = o.moves }
end

local function step_of(before, after, o, anchor)
  local words = pure.words(before.text, after.text, fold_options(o))
  local row = {
    from = before.label, to = after.label, before = before.text, after = after.text,
    diff = pure.text(words), edits = edits_of(words.ops), ops = words.ops,
    kept = words.kept, inserted = words.inserted,
    deleted = words.deleted, moved = words.moved, similarity = words.similarity,
    same = words.same, source_before = before.source, source_after = after.source,
  }
  local around = anchor and pure.around(before.text, after.text, anchor, fold_options(o))
  if around then
    row.put_in, row.taken_out = table.concat(around.added, " …"
      .. " "), table.concat(around.removed, " … ")
    row.grew = around.grew
    row.words_before = around.before.kept + around.before.moved + around.before.deleted
    row.words_after = around.before.kept + around.before.moved + around.before.inserted
  end
  return row
end

local function label_of(item)
  local where = item.congress and "Đại hội " .. item.congress or item.document or item.formula
  local document = item.number or item.document
  if document and item.congress then where = where .. ", " .. document end
  return item.year and ("%s (%d)"):format(where, item.year) or where
end

local function from_formulas(store, lexicon, which)
  local list, left = {}, {}
  for _, item in ipairs(quotations.with(store, lexicon)) do
    if item.evidence == "paraphrase" or not item.year
      or which ~= "any" and item.evidence ~= "primary" then
      left[#left + 1] = item
    else
      list[#list + 1] = { label = label_of(item), text = item.quote, formula = item.formula,
        evidence = item.evidence, source = item.source, congress = item.congress }
    end
  end
  return list, left
end

local function from_texts(store, lexicon, over)
  local picked, params = sets.pick(store, over)
  local list, last = {}, nil
  for _, clause in ipairs(clauses.of(store, lexicon, picked, params)) do
    local item = { label = label_of(clause), text = clause.text, source = clause.place,
      congress = clause.congress }
    if not last or text.fold(last.text) ~= text.fold(item.text) then
      list[#list + 1], last = item, item
    end
  end
  return list
end

-- Sameness of neighbours tells nothing: a wording that stays is named once.
local function steps_of(list, o, anchor)
  local rows = {}
  for i = 2, #list do rows[i - 1] = step_of(list[i - 1], list[i], o, anchor) end
  return rows
end

local function grown(rows, phrase)
  local notes = {}
  for _, row in ipairs(rows) do
    if row.words_before and row.words_before ~= row.words_after then
      notes[#notes + 1] = ("before “%s” stand %d words in %s and %d in %s: it %s"):format(phrase,
        row.words_before, row.from, row.words_after, row.to, row.grew and "grew" or "shrank")
    end
  end
  return notes
end

local function notes_of(list, rows, source, left, phrase)
  local notes = {
    ("%d wordings of the %s hold “%s”, each compared with the one before; [-taken out-] {+put"
      .. " in+}, "
      .. "words compared without case and tone placement"):format(#list, source, phrase),
  }
  if #left > 0 then
    local names = {}
    for i, item in ipairs(left) do names[i] = ("%s (%s)"):format(item.formula, item.evidence) end
    notes[#notes + 1] = "left out, not from a Party or State text: " .. table.concat(names, ", ")
      .. '; evidence = "any" takes them in'
  end
  if source == "formulas" then
    notes[#notes + 1] = "a formula is a short quotation: what it leaves out may stand beside it"
  end
  if #list < 2 then
    notes[#notes + 1] = #list == 0 and "no wording holds the phrase: nothing to compare"
      or "one wording holds the phrase: nothing to compare it with"
  end
  table.move(grown(rows, phrase), 1, #rows, #notes + 1, notes)
  return notes
end

local function checked(given)
  local o = arguments.read(given, known, "diff")
  o.from = arguments.choice(o.from, "from", { "formulas", "texts" })
  o.evidence = arguments.choice(o.evidence, "evidence", kinds, "primary")
  if o.over ~= nil and o.from == "formulas" then
    err.raise("usage", "over is a set of documents: it goes with from = \"texts\"")
  end
  if o.over ~= nil then o.from = "texts" end
  return o
end

-- Quotations and clauses are their own evidence: where each stands.
local function evidence_of(list)
  local lines = {}
  for i, item in ipairs(list) do
    lines[i] = { left = "", hit = item.text, right = "", title = item.source, period = item.label }
  end
  return lines
end

local function along(store, phrase, o)
  local lexicon = lexicon_of.new { phrase }
  local list, left, source = {}, {}, o.from or "formulas"
  if o.from ~= "texts" then list, left = from_formulas(store, lexicon, o.evidence) end
  if o.from == "texts" or #list < 2 and not o.from then
    local found = from_texts(store, lexicon, o.over)
    if o.from or #found > #list then list, left, source = found, {}, "texts" end
  end
  local rows = steps_of(list, o, phrase)
  return setmetatable({
    title = ("wordings with “%s”"):format(phrase), rows = rows, columns = columns,
    wordings = list, notes = notes_of(list, rows, source, left, phrase),
    evidence = evidence_of(list),
    origin = result_of.keep { store = store, options = o, patterns = { phrase }, query = source },
  }, Result)
end

local function of_two(store, a, b, o)
  local before, after = { label = "a", text = a }, { label = "b", text = b }
  local rows = { step_of(before, after, o) }
  return setmetatable({
    title = "word diff of two wordings", rows = rows, columns = columns,
    wordings = { before, after }, evidence = {},
    notes = { "[-taken out-] {+put in+} [1> moved from] {>1 moved to}; words compared without case "
      .. "and tone placement" },
    origin = result_of.keep { store = store, options = o, query = "two texts" },
  }, Result)
end

--- Word diffs of the wordings that hold a phrase along the congresses, or of two wordings.
--- Shape: store, phrase, {from = "formulas" | "texts" (nil: formulas, texts when those are fewer
---   than
---   2), over = documents, evidence = "primary" | "any", moves = true}; or store, text, text,
---   {moves}
---   -> result: rows (from, to, before, after, diff, edits (= + - < > and words), ops, kept,
---   inserted, deleted, moved,
---   similarity,
---   put_in, taken_out, grew, words_before, words_after), wordings, notes.
--- Units: words; put_in, taken_out and grew are of what stands before the phrase.
--- Errors: raises bad_input for a phrase with no word, unknown_name for an option.
--- Source: analysis.diff; table formulas, or the clauses of the texts.
---@param store table
---@param a string
---@param b? string|table
---@param options? table
function diff.of(store, a, b, options)
  if type(a) ~= "string" then
    err.raise("bad_input", "diff compares texts", { hint = 'diff("trọng yếu, thường xuyên")' })
  end
  if type(b) == "string" then
    return of_two(store, a, b, arguments.read(options, { moves = "boolean|nil" }, "diff"))
  end
  if options ~= nil then err.raise("usage", "options stand in the last place, after the texts") end
  return along(store, a, checked(b))
end

--- The wordings as a list of strings with their places.
--- Shape: nothing -> list of {label, text, …} in order of time.
--- Units: none.
--- Errors: none.
--- Source: none.
function Result:list() return self.wordings end

return diff
