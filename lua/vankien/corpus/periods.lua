-- The periods of a count: their order in time, their sizes, and what stands outside them.

local periods = {}

local sizes_sql = [[SELECT p.period, count(*), count(x.document_id),
    coalesce(sum(x.syllables), 0), coalesce(sum(x.sentences), 0), coalesce(sum(x.passages), 0)
  FROM (%s) AS p LEFT JOIN texts AS x ON x.document_id = p.id GROUP BY p.period]]

-- Congresses follow each other by number, not by letter: IX after VIII, before X.
local function congress_order(store)
  local order = {}
  for _, ordinal, n in store.conn:rows("SELECT ordinal, n FROM congresses") do
    order[ordinal] = n
  end
  return order
end

local function before(order)
  return function(a, b)
    if (a.key == nil) ~= (b.key == nil) then return b.key == nil end
    local x, y = order[a.key] or a.key, order[b.key] or b.key
    if type(x) == type(y) then return x < y end
    return tostring(x) < tostring(y)
  end
end

-- A period by its key, which is nil where a document falls into none.
local function made(key, documents, texts, syllables, sentences, passages)
  return {
    key = key, name = key == nil and "(none)" or tostring(key), documents = documents,
    texts = texts, syllables = syllables, sentences = sentences, passages = passages,
  }
end

local function in_order(store, list, by)
  table.sort(list, before(by == "congress" and congress_order(store) or {}))
  return list
end

--- Sizes of the periods of a scope, in order.
--- Shape: store, SQL giving (id, period, issued), parameters, grouping
---   -> list of {key, name, documents, texts, syllables, sentences, passages}; key is nil and name
---   "(none)" where a document falls into no period, and that entry comes last.
--- Units: documents counts all, texts those with a text; syllables, sentences and passages of the
---   texts.
--- Errors: those of the store.
--- Source: none.
function periods.sizes(store, picked, params, by)
  local list = {}
  for _, key, documents, texts, syllables, sentences, passages in
    store.conn:rows(sizes_sql:format(picked), params) do
    list[#list + 1] = made(key, documents, texts, syllables, sentences, passages)
  end
  return in_order(store, list, by)
end

--- The same from the counts of a scope that was measured meanwhile.
--- Shape: store, result of conn:scan over scope.measured, grouping -> as periods.sizes.
--- Units: as periods.sizes.
--- Errors: those of the store.
--- Source: none.
function periods.measured(store, counts, by)
  local list, sums = {}, counts.sums
  for g, key in ipairs(counts.groups) do
    list[g] = made(key or nil, counts.documents_in[g], sums[1][g], sums[2][g], sums[3][g],
      sums[4][g])
  end
  return in_order(store, list, by)
end

--- Is a grouping a series in time, so that a trend means something?
--- Shape: grouping -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function periods.is_series(by)
  return by == "congress" or by == "year" or by == "issued"
end

-- "2016-01-28" -> 2016.07: the place of a month or day within its year.
local function year_of(key)
  local year, month, day = tostring(key):match "^(%d%d%d%d)%-?(%d?%d?)%-?(%d?%d?)"
  if not year then return nil end
  if month == "" then return tonumber(year) end
  return tonumber(year) + (tonumber(month) - 1) / 12 + ((tonumber(day) or 1) - 1) / 372
end

--- Points in time of a series, for slopes in real years.
--- Shape: store, list of periods, grouping -> list of years (numbers), or nil.
--- Units: years; a date stands at its month and day within the year (twelve months of 31 days).
--- Errors: those of the store.
--- Source: table congresses for congresses.
function periods.years(store, list, by)
  local years = {}
  for i, period in ipairs(list) do
    if by == "congress" then
      years[i] = store.conn:first("SELECT year FROM congresses WHERE ordinal = ?", { period.key })
    else
      years[i] = year_of(period.key)
    end
    if not years[i] then return nil end
  end
  return years
end

return periods
