-- What stands around a phrase: collocates in a window of syllables, in its sentences or in its
-- passages, scored from an exact two-by-two table of places (or of segments).

local arguments = require "vankien.corpus.arguments"
local collocates = require "vankien.analysis.collocates"
local err = require "vankien.util.err"
local frequencies = require "vankien.corpus.frequencies"
local lexicon_of = require "vankien.corpus.lexicon"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local sets = require "vankien.corpus.sets"
local text = require "vankien.host.text"
local witness = require "vankien.corpus.witness"

local colloc = {}

local Result = result_of.class "colloc"

--- What collocates can be scored and ranked by.
colloc.measures = { "g2", "log_dice", "mi", "mi3", "npmi", "t_score", "z_score", "dice", "chi2",
  "delta_p", "min_sensitivity", "log_odds" }

local known = {
  over = true, window = true, n = "number|nil", measure = "string|nil", measures = "table|nil",
  min = "number|nil", limit = "number|nil", evidence = "number|nil", once = "boolean|nil",
}
local segments = { "sentence", "passage" }
local beside = { "g2", "log_dice", "mi", "t_score", "delta_p" }

local function side(value, name)
  return arguments.whole(value, name, 0, 1000)
end

-- 5 | {2, 3} | {left = 2, right = 3} | "sentence" | "passage" -> left, right | nil, nil, segment
local function window_of(value)
  if value == nil then value = 5 end
  if type(value) == "string" then
    return nil, nil, arguments.choice(value, "window", segments)
  end
  if type(value) ~= "table" then
    value = arguments.whole(value, "window", 1, 1000)
    return value, value
  end
  for key in pairs(value) do
    if key ~= 1 and key ~= 2 and key ~= "left" and key ~= "right" then
      err.raise("unknown_name", ("window has no part “%s”"):format(tostring(key)),
        { hint = "window = { left = 2, right = 5 }" })
    end
  end
  local left = side(value.left or value[1] or 0, "window.left")
  local right = side(value.right or value[2] or 0, "window.right")
  if left + right == 0 then err.raise("bad_input", "the window is empty") end
  return left, right
end

local function wanted_measures(o)
  local list = { o.measure }
  for _, name in ipairs(o.measures or beside) do
    arguments.choice(name, "measures", colloc.measures)
    if name ~= o.measure then list[#list + 1] = name end
  end
  return list
end

local function checked(given)
  local o = arguments.read(given, known, "colloc")
  o.left, o.right, o.segment = window_of(o.window)
  o.n = arguments.whole(o.n, "n", 1, 5, 1)
  o.measure = arguments.choice(o.measure, "measure", colloc.measures, "log_dice")
  o.measures = wanted_measures(o)
  o.min = arguments.whole(o.min, "min", 1, 1 << 31, 3)
  o.limit = arguments.whole(o.limit, "limit", 1, 1000000, 50)
  o.evidence = arguments.whole(o.evidence, "evidence", 0, 1000, 3)
  return o
end

local function count(store, lexicon, picked, params, o)
  local sql = ([[SELECT p.id, t.units FROM (%s) AS p
    CROSS JOIN tokens AS t ON t.document_id = p.id]]):format(picked)
  return store.conn:around(sql, params, scan.compile(store, lexicon), {
    n = o.n, least = o.min, left = o.left, right = o.right, segment = o.segment,
    skip = frequencies.skipped(store),
  })
end

local function scored(store, counts, o)
  local input, documents = {}, {}
  for i, cell in ipairs(frequencies.list(store, counts, o.n)) do
    input[i] = { form = cell.form, o = cell.a, f2 = cell.a + cell.b }
    documents[cell.form] = not o.segment and cell.documents_a or nil
  end
  local f1, n = counts.totals[1], counts.totals[1] + counts.totals[2]
  if f1 == 0 then return { rows = {}, family = 0, f1 = f1, n = n } end
  local found = collocates.score(input, f1, n,
    { measures = o.measures, sort = o.measure, least = o.min, limit = o.limit })
  for _, row in ipairs(found.rows) do
    row.documents = documents[row.form]
    if row.p then
      row.p_token, row.p_token_holm, row.p_token_bh = row.p, row.p_holm, row.p_bh
      row.p, row.p_holm, row.p_bh = nil, nil, nil
    end
  end
  return found
end

local function columns_of(o)
  local list = {
    { name = "form" }, { name = "o", type = "integer" }, { name = "f2", type = "integer" },
    { name = "expected", type = "number", digits = 2 }, { name = "direction" },
  }
  for _, name in ipairs(o.measures) do
    list[#list + 1] = { name = name, type = "number", digits = name == "delta_p" and 5 or 2 }
  end
  for _, name in ipairs(o.measures) do
    if name == "g2" then
      for _, p in ipairs { "p_token", "p_token_holm", "p_token_bh" } do
        list[#list + 1] = { name = p, type = "number", digits = 4 }
      end
    end
  end
  if not o.segment then list[#list + 1] = { name = "documents", type = "integer" } end
  return list
end

local function unit_note(o, found)
  if o.segment then
    return ("a case is a %s: o = those with the phrase and the form, f1 = %d with the phrase, f2 = "
      .. "those with the form, n = %d; a form counts once in each"):format(o.segment, found.f1,
      found.n)
  end
  return ("a case is a place of a syllable: o = places of the form within %d before or %d after"
    .. " the "
    .. "phrase in its sentence, f1 = %d places in all such windows (each counted once), f2 ="
    .. " places "
    .. "of the form, n = %d; the phrase's own places are left out of all four"):format(o.left,
    o.right, found.f1, found.n)
end

local function notes_of(o, found, counts, size)
  local notes = {
    ("the phrase stands free %d times in %d of %d documents with text"):format(counts.nodes,
      counts.documents[1], size),
    unit_note(o, found),
    ("collocates are %s, %d with %d or more beside the phrase; a word of several syllables is"
      .. " found "
      .. "with n = 2 or more"):format(o.n == 1 and "single syllables" or o.n
      .. "-grams of syllables", found.family, o.min),
  }
  if found.variant then notes[#notes + 1] = "ranked by " .. found.variant end
  for _, note in ipairs(found.notes or {}) do notes[#notes + 1] = note end
  if counts.nodes == 0 then notes[#notes + 1] = "the phrase stands nowhere in scope: no"
    .. " collocates" end
  if counts.nodes > 0 and counts.nodes < 10 then
    notes[#notes + 1] = ("%d occurrences: too few for a ranking to be stable"):format(counts.nodes)
  end
  return notes
end

--- Collocates of a phrase.
--- Shape: store, phrase or list, {over = documents, window = 5 | {left, right} | "sentence" |
---   "passage", n = 1, measure = "log_dice", measures, min = 3, limit = 50, once, evidence = 3}
---   -> result: rows (form, o, f2, expected, direction, measures, p_token…), nodes, f1, n, notes.
--- Units: window in syllables, within a sentence; o, f1, f2, n in places or segments, as noted.
--- Errors: raises not_found without a text, bad_input or unknown_name for phrase and options.
--- Source: analysis.collocates; tables as Evert 2008, surface and textual cooccurrence.
---@param store table
---@param phrase string|table
---@param options? table
function colloc.of(store, phrase, options)
  local o = checked(options)
  local lexicon = lexicon_of.new(type(phrase) == "string" and { phrase } or phrase)
  local picked, params, over = sets.pick(store, o.over)
  local twice
  picked, params, twice = sets.settle(store, picked, params, o.once)
  local counts = count(store, lexicon, picked, params, o)
  local documents = counts.documents[1] + counts.documents[2]
  sets.need_text(store, documents, sets.words(over))
  local found = scored(store, counts, o)
  local result = setmetatable({
    title = ("collocates of “%s”: %s"):format(table.concat(lexicon:phrases(), "”, “"),
      sets.words(over)),
    rows = found.rows, columns = columns_of(o), nodes = counts.nodes, f1 = found.f1, n = found.n,
    family = found.family, measure = o.measure, notes = notes_of(o, found, counts, documents),
  }, Result)
  table.move(twice, 1, #twice, #result.notes + 1, result.notes)
  result.evidence = o.evidence > 0 and counts.nodes > 0
    and witness.lines(store, lexicon, picked, params, { limit = o.evidence }) or {}
  result.origin = result_of.keep {
    store = store, options = o, sql = picked, params = params, patterns = lexicon:phrases(),
    query = sets.words(over), lexicon = lexicon,
  }
  return result
end

-- The syllables next to a phrase as " a b c ", at most `limit` of them, up to the sentence's end;
-- marks and numbers stand as | between them, as no n-gram crosses one.
local function near(part, limit, backwards)
  local tokens, list, taken = text.tokens(part), {}, 0
  local first, last, step = 1, #tokens, 1
  if backwards then first, last, step = last, first, -1 end
  for i = first, last, step do
    local token = tokens[i]
    if token.sentence_end or taken == limit then break end
    local is_syllable = token.kind == "syllable"
    taken = taken + (is_syllable and 1 or 0)
    table.insert(list, backwards and 1 or #list + 1, is_syllable and token.form or "|")
  end
  return " " .. table.concat(list, " ") .. " "
end

local function has_near(line, wanted, o)
  local left = line.left:gsub("^… ", "")
  local right = line.right:gsub(" …$", "")
  local most_left, most_right = o.left or math.huge, o.right or math.huge
  return near(left, most_left, true):find(wanted, 1, true)
    or near(right, most_right, false):find(wanted, 1, true)
end

--- The places of the phrase that have a collocate in their window (in their sentence, when the
--- window is a sentence or a passage).
--- Shape: form, {limit = 1000} -> list of evidence lines.
--- Units: limit in lines.
--- Errors: raises bad_input for a form that is no text.
--- Source: none.
---@param form string
---@param options? table
function Result:lines(form, options)
  options = arguments.read(options, { limit = "number|nil" }, "lines")
  if type(form) ~= "string" then err.raise("bad_input", "the form must be a text") end
  local origin = result_of.open(self)
  local list, o = {}, origin.options
  local wanted = " " .. text.fold(form) .. " "
  local reach = o.segment and 300 or 3 * math.max(o.left, o.right) + 10
  for _, line in ipairs(witness.lines(origin.store, origin.lexicon, origin.sql, origin.params,
    { window = reach })) do
    if #list < (options.limit or 1000) and has_near(line, wanted, o) then
      list[#list + 1] = line
    end
  end
  return list
end

return colloc
