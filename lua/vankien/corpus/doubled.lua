-- Text that a count meets twice: documents of the scope that stand inside another of the same
-- period (a section beside the report it was taken from).  Found at import, told here.

local contained = require "vankien.store.contained"

local doubled = {}

-- Pairs are few and scopes large: each pair is looked up in the scope.
local pairs_sql = [[WITH p AS NOT MATERIALIZED (%s)
  SELECT c.inner_id, c.outer_id, c.share, i.period, d.title, o.title
  FROM containments AS c
  CROSS JOIN p AS i ON i.id = c.inner_id
  CROSS JOIN p AS x ON x.id = c.outer_id AND x.period IS i.period
  JOIN documents AS d ON d.id = c.inner_id JOIN documents AS o ON o.id = c.outer_id
  JOIN texts AS s ON s.document_id = c.inner_id JOIN texts AS t ON t.document_id = c.outer_id
  WHERE (s.syllables, -c.inner_id) < (t.syllables, -c.outer_id)
  ORDER BY c.inner_id, c.outer_id]]

-- Every pair once: the shorter text is the inner one.
local function pairs_in(store, picked, params)
  local list = {}
  for _, id, _, share, period, title, outer in
    store.conn:rows(pairs_sql:format(picked), params) do
    list[#list + 1] = { id = id, period = period, title = title, outer = outer, share = share }
  end
  return list
end

--- Documents of a scope that stand inside another one of the same period, and those that share
--- much of their wording with one without standing inside it.
--- Shape: store, SQL giving (id, period, issued), parameters
---   -> list of {id, period, title, outer, share}, each document once; a second such list.
--- Units: share of the inner document's runs of eight syllables, 0 to 1; from 0.8 it is inside.
--- Errors: those of the store.
--- Source: none; of two texts that hold each other the shorter counts as the inner one.
function doubled.documents(store, picked, params)
  local inside, shared, seen = {}, {}, {}
  for _, item in ipairs(pairs_in(store, picked, params)) do
    if item.share < contained.SHARE then
      shared[#shared + 1] = item
    elseif not seen[item.id] then
      seen[item.id] = true
      inside[#inside + 1] = item
    end
  end
  return inside, shared
end

--- One sentence for each doubled document.
--- Shape: list of doubled.documents -> list of strings.
--- Units: per cent of runs of eight syllables.
--- Errors: none.
--- Source: none.
function doubled.notes(list)
  local notes = {}
  for i, item in ipairs(list) do
    notes[i] = ("counted twice: %.0f %% of “%s” stands inside “%s” (%s); column `doubled` says "
      .. "how many hits, `once = true` (--once) leaves it out"):format(item.share * 100, item.title,
      item.outer, tostring(item.period or "(none)"))
  end
  return notes
end

--- One sentence for each pair that shares wording.
--- Shape: second list of doubled.documents -> list of strings.
--- Units: per cent of runs of eight syllables.
--- Errors: none.
--- Source: none.
function doubled.shared_notes(list)
  local notes = {}
  for i, item in ipairs(list) do
    notes[i] = ("%.0f %% of “%s” stands in “%s” (%s) too: both are counted"):format(
      item.share * 100, item.title, item.outer, tostring(item.period or "(none)"))
  end
  return notes
end

return doubled
