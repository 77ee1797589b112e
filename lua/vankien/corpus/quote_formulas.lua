-- The store's quotations (formulas) checked against imported documents, all in one go.
-- Each is looked for in the document it is attributed to; where only a part of that document was
-- imported under another name, in the documents of its congress; without either, everywhere.

local quote = require "vankien.corpus.quote"
local quotations = require "vankien.corpus.quotations"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"

local quote_formulas = {}

local Checked = result_of.class "formula check"

quote_formulas.columns = {
  { name = "formula" }, { name = "verdict" }, { name = "evidence" }, { name = "attributed" },
  { name = "document" }, { name = "section" }, { name = "start", type = "integer" },
  { name = "stop", type = "integer" }, { name = "similarity" }, { name = "diff" },
  { name = "elsewhere" }, { name = "quote" },
}

local good = { exact = 1, folded = 2, near = 3, absent = 4 }

local function has_text(store, item)
  return item.document_id
    and store.conn:first("SELECT 1 FROM texts WHERE document_id = ?", { item.document_id })
end

local function congress_set(store, item)
  if not item.congress then return nil end
  local over = store:collection "documents":where { congress = item.congress }
  local picked, params = sets.pick(store, over)
  for _, size in pairs(sets.sizes(store, picked, params)) do
    if size.texts > 0 then return over end
  end
end

-- Where a formula is looked for, in order.
local function scopes(store, item)
  local list = {}
  if has_text(store, item) then
    list[1] = store:collection "documents":where { id = item.document_id }
  end
  list[#list + 1] = congress_set(store, item)
  if not item.document_id and not item.congress then
    list[1] = store:collection "documents"
  end
  return list
end

local function best_of(store, item, options)
  local best
  for _, over in ipairs(scopes(store, item)) do
    local checked = quote.verify(store, item.quote, over, options)
    if not best or good[checked.verdict] < good[best.verdict] then best = checked end
    if good[best.verdict] <= 2 then break end
  end
  return best
end

local function row_of(store, item, options)
  local row = { formula = item.formula, evidence = item.evidence, quote = item.quote,
    attributed = item.document or item.congress and "Đại hội " .. item.congress }
  local checked = best_of(store, item, options)
  if not checked then
    row.verdict = "no text"
    return row
  end
  local found, keys, seen = checked.rows[1], {}, {}
  for _, name in ipairs { "verdict", "document", "section", "start", "stop", "similarity",
    "diff" } do row[name] = found[name] end
  for _, other in ipairs(checked.elsewhere) do
    if not seen[other.document] then keys[#keys + 1] = other.document end
    seen[other.document] = true
  end
  row.elsewhere = #keys > 0 and table.concat(keys, ", ") or nil
  return row
end

local function notes_of(rows)
  local counts, words = {}, {}
  for _, row in ipairs(rows) do
    local of = row.evidence == "primary" and "primary" or "other"
    counts[of] = counts[of] or {}
    counts[of][row.verdict] = (counts[of][row.verdict] or 0) + 1
  end
  for _, of in ipairs { "primary", "other" } do
    local parts = {}
    for _, verdict in ipairs { "exact", "folded", "near", "absent", "no text" } do
      local n = counts[of] and counts[of][verdict]
      if n then parts[#parts + 1] = n .. " " .. verdict end
    end
    if #parts > 0 then words[#words + 1] = of .. ": " .. table.concat(parts, ", ") end
  end
  words[#words + 1] = "looked for in the document named, else in the documents of its congress; "
    .. "elsewhere: documents that have the words when these have not"
  return words
end

--- Check every quotation of the store against the imported texts.
--- Shape: store, options of quote.verify -> result: rows (formula, verdict, evidence, attributed,
---   document, section, start, stop, similarity, diff, elsewhere, quote), notes.
--- Units: as quote.verify; the verdict "no text" where no text was imported to look in.
--- Errors: raises not_found when the store has no text at all.
--- Source: table formulas.
---@param store table
---@param options? table
function quote_formulas.check(store, options)
  sets.need_text(store, store.conn:first "SELECT count(*) FROM texts", "the store")
  local rows = {}
  for i, item in ipairs(quotations.all(store)) do rows[i] = row_of(store, item, options) end
  return setmetatable({
    title = "formulas of the store in its texts", rows = rows, columns = quote_formulas.columns,
    notes = notes_of(rows), origin = result_of.keep { store = store, options = options },
  }, Checked)
end

return quote_formulas
