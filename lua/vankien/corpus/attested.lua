-- The ladder read off the store's dated quotations (formulas), for a store without full texts.
-- A quotation is a chosen sentence: it can show that a rung was reached, never how often,
-- and never that it was absent.

local compile = require "vankien.corpus.compile"
local diff = require "vankien.analysis.diff"
local lexicon_of = require "vankien.corpus.lexicon"
local result_of = require "vankien.corpus.result"
local text = require "vankien.host.text"

local attested = {}

local Result = result_of.class "attested"

local formulas_sql = [[SELECT f.id, f.key, coalesce(f.congress, d.congress), d.number, d.type,
    f.year, f.quote, f.evidence, f.attributed_by, f.source, f.lines, f.level, c.n
  FROM formulas AS f LEFT JOIN documents AS d ON d.id = f.document_id
  LEFT JOIN congresses AS c ON c.ordinal = coalesce(f.congress, d.congress)
  WHERE f.year IS NOT NULL ORDER BY f.year, c.n, f.id]]

local function quotations(store)
  local list = {}
  for _, id, key, congress, number, type, year, quote, evidence, attributed_by, source, lines,
    level in store.conn:rows(formulas_sql) do
    list[#list + 1] = {
      id = id, formula = key, congress = congress, number = number, type = type, year = year,
      quote = quote, evidence = evidence, attributed_by = attributed_by, source = source,
      lines = lines, level = level,
    }
  end
  return list
end

-- A quotation has its own small vocabulary: no store is needed to match in it.
local function counts_in(quote, lexicon)
  local tokenizer = text.tokenizer()
  tokenizer:add(quote)
  local units = tokenizer:finish()
  return compile.for_text(lexicon, tokenizer):count(units)
end

local function highest(counts, lexicon)
  local best
  for i, entry in ipairs(lexicon) do
    if counts.free[i] > 0 and entry.rung and (not best or entry.rung > lexicon[best].rung) then
      best = i
    end
  end
  return best
end

local function phrases_in(counts, lexicon)
  local list, held = {}, {}
  for i, entry in ipairs(lexicon) do
    if counts.free[i] > 0 then
      list[#list + 1], held[entry.phrase] = entry.phrase, true
    end
  end
  return list, held
end

local function read(item, lexicon)
  local counts = counts_in(item.quote, lexicon)
  local best = highest(counts, lexicon)
  local phrases, held = phrases_in(counts, lexicon)
  item.phrases, item.held = table.concat(phrases, " · "), held
  item.rung = best and lexicon[best].rung or nil
  item.phrase = best and lexicon[best].phrase or nil
  item.where = item.number or (item.congress and "Đại hội " .. item.congress) or item.formula
  return item
end

-- The best witness of a place and year: the highest rung, then the better evidence.
local strength_of_evidence = { primary = 4, ["second-hand"] = 3, article = 2, paraphrase = 1 }

local function better(a, b)
  local x, y = a.rung or -1, b.rung or -1
  if x ~= y then return x > y end
  return strength_of_evidence[a.evidence] > strength_of_evidence[b.evidence]
end

local function best_by_place(items)
  local best, order = {}, {}
  for _, item in ipairs(items) do
    local place = item.where .. "\0" .. item.year
    if not best[place] then order[#order + 1] = place end
    if not best[place] or better(item, best[place]) then best[place] = item end
  end
  local list = {}
  for i, place in ipairs(order) do list[i] = best[place] end
  return list
end

-- The earliest quotation that holds a phrase of each rung, wherever else it may reach.
local function first_of_rungs(items, lexicon)
  local first, list = {}, {}
  for _, item in ipairs(items) do
    for _, entry in ipairs(lexicon) do
      if entry.rung and not first[entry.rung] and item.held[entry.phrase] then
        first[entry.rung] = true
        list[#list + 1] = { rung = entry.rung, phrase = entry.phrase, year = item.year,
          where = item.where, quote = item.quote, evidence = item.evidence }
      end
    end
  end
  table.sort(list, function(a, b) return a.rung < b.rung end)
  return list
end

-- A wording and the earlier one it is nearest to: two quotations of one formula share most words,
-- two of different formulas few.  Paraphrases are nobody's wording and are left out.
local least_similar = 0.45

local function nearest_before(items, j)
  local best, best_diff
  for i = 1, j - 1 do
    local item = items[i]
    if item.where ~= items[j].where and item.evidence ~= "paraphrase" then
      local words = diff.words(item.quote, items[j].quote, { fold = text.fold })
      if words.similarity and words.similarity >= least_similar
        and (not best or words.similarity >= best_diff.similarity) then
        best, best_diff = item, words
      end
    end
  end
  return best, best_diff
end

local function changes(items)
  local list = {}
  for j, item in ipairs(items) do
    if item.evidence ~= "paraphrase" then
      local before, words = nearest_before(items, j)
      if before then
        list[#list + 1] = {
          from = before.where, from_year = before.year, to = item.where, to_year = item.year,
          before = before.quote, after = item.quote, diff = diff.text(words),
          similarity = words.similarity, evidence = item.evidence,
        }
      end
    end
  end
  return list
end

--- Columns of the rows.
attested.columns = {
  { name = "year", type = "integer" }, { name = "where" }, { name = "rung", type = "integer" },
  { name = "phrase" }, { name = "quote" }, { name = "evidence" }, { name = "source" },
  { name = "lines" }, { name = "level" },
}

local notes = {
  "read off short quotations, not full texts: a rung shown was attested; a rung not shown may "
    .. "stand in the full text all the same, and nothing here is a frequency",
  "evidence: primary = from a Party or State text; second-hand = quoted by another source; "
    .. "article = quoted in the article only; level says how far it was confirmed",
  "to count wording, import the texts and run: vankien shift",
}

--- The highest rung that the store's quotations attest for each congress and document.
--- Shape: store, lexicon (or list with rungs, or nil: the store's stance terms)
---   -> result: rows {year, where, congress, rung, phrase, phrases, quote, evidence, source, lines,
---   level}, first (earliest attestation of each rung), all (every quotation), changes (each
---   wording against the nearest earlier one: from, to, before, after, diff, similarity), notes.
--- Units: rungs are an order; years as the quotation is dated.
--- Errors: raises bad_input for a broken lexicon.
--- Source: table formulas of the store.
---@param store table
---@param lexicon? table
function attested.of(store, lexicon)
  lexicon = lexicon == nil and lexicon_of.of_store(store) or lexicon_of.new(lexicon)
  local items = quotations(store)
  for _, item in ipairs(items) do read(item, lexicon) end
  return setmetatable({
    title = "highest rung attested by quotations: " .. lexicon.name, columns = attested.columns,
    rows = best_by_place(items), first = first_of_rungs(items, lexicon), all = items,
    changes = changes(items), notes = notes,
  }, Result)
end

return attested
