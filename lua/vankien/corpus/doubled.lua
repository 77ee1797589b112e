-- Text that a count meets twice: documents of the scope that stand inside another of the same
-- period (a section beside the report it was taken from).  Found at import, told here.

local doubled = {}

local pairs_sql = [[WITH p AS MATERIALIZED (%s)
  SELECT c.inner_id, c.outer_id, c.share, i.period, d.title, o.title
  FROM containments AS c
  JOIN p AS i ON i.id = c.inner_id JOIN p AS x ON x.id = c.outer_id AND x.period IS i.period
  JOIN documents AS d ON d.id = c.inner_id JOIN documents AS o ON o.id = c.outer_id
  JOIN texts AS s ON s.document_id = c.inner_id JOIN texts AS t ON t.document_id = c.outer_id
  WHERE (s.syllables, -c.inner_id) < (t.syllables, -c.outer_id)
  ORDER BY c.inner_id, c.outer_id]]

--- Documents of a scope that stand inside another one of the same period.
--- Shape: store, SQL giving (id, period, issued), parameters
---   -> list of {id, period, title, outer, share}, each document once.
--- Units: share of the inner document's runs of eight syllables, 0 to 1.
--- Errors: those of the store.
--- Source: none; of two texts that hold each other the shorter counts as the inner one.
function doubled.documents(store, picked, params)
  local list, seen = {}, {}
  for _, id, _, share, period, title, outer in
    store.conn:rows(pairs_sql:format(picked), params) do
    if not seen[id] then
      seen[id] = true
      list[#list + 1] = { id = id, period = period, title = title, outer = outer, share = share }
    end
  end
  return list
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

return doubled
