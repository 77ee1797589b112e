-- The store's dated quotations (formulas) and what stands in them.  A quotation is a chosen
-- sentence: it attests what it holds and denies nothing.

local compile = require "vankien.corpus.compile"
local text = require "vankien.host.text"

local quotations = {}

local sql = [[SELECT f.id, f.key, f.document_id, coalesce(f.congress, d.congress), d.key, d.number,
    d.issued, f.year, f.quote, f.evidence, f.source, f.lines, f.level, c.n
  FROM formulas AS f LEFT JOIN documents AS d ON d.id = f.document_id
  LEFT JOIN congresses AS c ON c.ordinal = coalesce(f.congress, d.congress)
  ORDER BY f.year IS NULL, f.year, c.n, d.issued, f.id]]

--- All quotations, the earliest first, undated ones last.
--- Shape: store -> list of {id, formula, document_id, congress, document, number, issued, year,
---   quote, evidence, source, lines, level}.
--- Units: years.
--- Errors: those of the store.
--- Source: table formulas.
function quotations.all(store)
  local list = {}
  for _, id, formula, document_id, congress, document, number, issued, year, quote, evidence,
    source, lines, level in store.conn:rows(sql) do
    list[#list + 1] = {
      id = id, formula = formula, document_id = document_id, congress = congress,
      document = document, number = number, issued = issued, year = year, quote = quote,
      evidence = evidence, source = source, lines = lines, level = level,
    }
  end
  return list
end

-- A quotation has its own small vocabulary: no store is needed to match in it.
local function count_in(quote, lexicon)
  local tokenizer = text.tokenizer()
  tokenizer:add(quote)
  local units, total = tokenizer:finish(), 0
  local counts = compile.for_text(lexicon, tokenizer):count(units)
  for _, n in ipairs(counts.free) do total = total + n end
  return total
end

--- The quotations that hold a phrase of a lexicon.
--- Shape: store, lexicon -> list as quotations.all, each with count.
--- Units: free-standing occurrences.
--- Errors: those of the store.
--- Source: host/corpus.c.
function quotations.with(store, lexicon)
  local list = {}
  for _, item in ipairs(quotations.all(store)) do
    item.count = count_in(item.quote, lexicon)
    if item.count > 0 then list[#list + 1] = item end
  end
  return list
end

return quotations
