-- Counts of all syllables or n-grams of a scope: one pass in C (host/frequency.c), forms put to
-- ids.

require "vankien.host.corpus"     -- gives connections the methods frequency, around, places

local frequencies = {}

--- Ids of types that are no syllables: numbers and marks.
--- Shape: store -> list of integers.
--- Units: none.
--- Errors: those of the store.
--- Source: table types.
function frequencies.skipped(store)
  local ids = {}
  for _, id in store.conn:rows "SELECT id FROM types WHERE kind <> 'syllable'" do
    ids[#ids + 1] = id
  end
  return ids
end

local many = 500                 -- from so many forms on, all of them are read at once

--- Forms by id.
--- Shape: store, number of forms that will be asked for -> function(id) -> form.
--- Units: none.
--- Errors: those of the store.
--- Source: table types.
function frequencies.forms(store, wanted)
  local known = {}
  if wanted >= many then
    for _, id, form in store.conn:rows "SELECT id, form FROM types" do known[id] = form end
  end
  return function(id)
    local form = known[id]
    if not form then
      form = store.conn:first("SELECT form FROM types WHERE id = ?", { id }) or "?"
      known[id] = form
    end
    return form
  end
end

local function form_of(cells, at, n, form)
  if n == 1 then return form(cells[at]) end
  local parts = {}
  for i = 1, n do parts[i] = form(cells[at + i - 1]) end
  return table.concat(parts, " ")
end

--- The flat cells of a count as a list, sorted by form so that nothing depends on how it was kept.
--- Shape: store, counts of conn:frequency or conn:around, n -> list of {form, a, b, documents_a,
---   documents_b}.
--- Units: occurrences in the first and the second group.
--- Errors: those of the store.
--- Source: none.
function frequencies.list(store, counts, n)
  local cells, width, list = counts.cells, n + 4, {}
  local form = frequencies.forms(store, #cells // width)
  for at = 1, #cells, width do
    list[#list + 1] = {
      form = form_of(cells, at, n, form), a = cells[at + n], b = cells[at + n + 1],
      documents_a = cells[at + n + 2], documents_b = cells[at + n + 3],
    }
  end
  table.sort(list, function(x, y) return x.form < y.form end)
  return list
end

--- Count the n-grams of a scope with two groups.
--- Shape: store, SQL giving (id, period, issued), parameters, period of the second group, n, least
---   count in both together, most n-grams to list -> list as frequencies.list, {totals, documents,
---   met = with the least count, least = that was listed: higher when there were too many}.
--- Units: totals in n-gram places of each group.
--- Errors: raises full when there are too many different n-grams; interrupted.
--- Source: host/frequency.c.
function frequencies.count(store, picked, params, second, n, least, most)
  local sql = ([[SELECT p.id, coalesce(p.period = %s, 0), t.units FROM (%s) AS p
    CROSS JOIN tokens AS t ON t.document_id = p.id]]):format(second
    and "'" .. second .. "'" or "NULL", picked)
  local counts = store.conn:frequency(sql, params, {
    n = n, least = least, most = most, skip = frequencies.skipped(store),
  })
  return frequencies.list(store, counts, n), counts
end

return frequencies
