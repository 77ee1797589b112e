-- Lexical diversity of each document of a set, in syllables: sizes differ, and most measures
-- depend on size; MATTR and MTLD do so least.

local arguments = require "vankien.corpus.arguments"
local frequencies = require "vankien.corpus.frequencies"
local measures = require "vankien.analysis.lexdiv"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"

local lexdiv = {}

local Result = result_of.class "lexdiv"

local names = { "ttr", "cttr", "herdan_c", "guiraud_r", "yule_k", "mattr", "mtld" }

local columns = {
  { name = "document" }, { name = "issued" }, { name = "syllables", type = "integer" },
  { name = "types", type = "integer" },
}
for _, name in ipairs(names) do
  columns[#columns + 1] = { name = name, type = "number", digits = 3 }
end
columns[#columns + 1] = { name = "reason" }

local sql = [[SELECT d.id, d.key, d.issued, d.title, t.units FROM (%s) AS p
  JOIN documents AS d ON d.id = p.id JOIN tokens AS t ON t.document_id = p.id
  ORDER BY d.issued IS NULL, d.issued, d.id]]

-- A stream of units as a list of forms, syllables only.
local function forms_of(units, skipped, form)
  local list, at, lead = {}, 1, nil
  while at < #units do
    local unit = string.unpack("<I2", units, at)
    if lead then unit, lead = 0xFA00 + (lead - 0xFA00) * 1024 + unit - 0xFC00, nil
    elseif unit >= 0xFA00 and unit < 0xFC00 then lead = unit end
    if not lead and unit > 1 and not skipped[unit] then list[#list + 1] = form(unit) end
    at = at + 2
  end
  return list
end

local function row_of(document, forms, o)
  local row = { document = document.key, issued = document.issued, title = document.title,
    syllables = #forms, types = 0 }
  local seen = {}
  for _, form in ipairs(forms) do
    if not seen[form] then seen[form], row.types = true, row.types + 1 end
  end
  local options = { mattr = { window = o.window }, mtld = { threshold = o.threshold } }
  for _, name in ipairs(names) do
    local value, info = measures[name](forms, options[name])
    row[name] = value
    row.reason = row.reason or value == nil and info and info.reason or nil
  end
  return row
end

local function notes_of(rows, o, overall)
  local notes = {
    ("types and tokens are syllables, not words; MATTR with a window of %d, MTLD with threshold %g")
      :format(o.window, o.threshold),
    "TTR, CTTR, Herdan's C, Guiraud's R fall or rise with the length of a text: compare them"
      .. " between "
      .. "texts of one length only",
  }
  if overall and overall < o.window then
    notes[#notes + 1] = ("the shortest text has %d syllables: MATTR needs %d"):format(overall,
      o.window)
  end
  if #rows == 1 then notes[#notes + 1] = "one document: nothing to compare" end
  return notes
end

--- Lexical diversity by document.
--- Shape: store, {over = documents, window = 100, threshold = 0.72, once} -> result: rows
---   (document,
---   issued, syllables, types, ttr, cttr, herdan_c, guiraud_r, yule_k, mattr, mtld, reason).
--- Units: mtld in syllables; window in syllables.
--- Errors: raises not_found without a text, bad_input or unknown_name for an option.
--- Source: analysis.lexdiv.
---@param store table
---@param options? table
function lexdiv.of(store, options)
  local o = arguments.read(options, { over = true, window = "number|nil", threshold = true,
    once = "boolean|nil" }, "lexdiv")
  o.window = arguments.whole(o.window, "window", 1, 1000000, 100)
  o.threshold = arguments.level(o.threshold, "threshold", 0.72)
  local picked, params, over = sets.pick(store, o.over)
  local twice
  picked, params, twice = sets.settle(store, picked, params, o.once)
  local skipped, form, rows, shortest = {}, frequencies.forms(store, 1000), {}, nil
  for _, id in ipairs(frequencies.skipped(store)) do skipped[id] = true end
  for _, id, key, issued, title, units in store.conn:rows(sql:format(picked), params) do
    local forms = forms_of(units, skipped, form)
    rows[#rows + 1] = row_of({ id = id, key = key, issued = issued, title = title }, forms, o)
    if not shortest or #forms < shortest then shortest = #forms end
  end
  sets.need_text(store, #rows, sets.words(over))
  local result = setmetatable({
    title = "lexical diversity: " .. sets.words(over), rows = rows, columns = columns,
    notes = notes_of(rows, o, shortest), evidence = {},
    origin = result_of.keep { store = store, options = o, sql = picked, params = params,
      query = sets.words(over) },
  }, Result)
  table.move(twice, 1, #twice, #result.notes + 1, result.notes)
  return result
end

return lexdiv
