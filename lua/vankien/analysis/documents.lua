-- Documents as the resampling takes them: counts and a size each, checked once.

local check = require "vankien.analysis.check"

local documents = {}

-- A document as a list of counts with its size last.
local function checked_row(document, name, columns)
  if type(document) ~= "table" then check.fail("%s must be a table {count =, size =}", name) end
  local size = check.size(document.size or document[2], name .. ".size")
  local counts = document.counts
  if not counts or (columns == 1 and document.count) then
    counts = {check.count(document.count or document[1], name .. ".count")}
  end
  counts = check.counts(counts, name .. ".counts", 1)
  if columns and #counts ~= columns then
    check.fail("%s has %d counts where %d is expected", name, #counts, columns)
  end
  for i, count in ipairs(counts) do
    check.at_most(count, ("%s.counts[%d]"):format(name, i), size, name .. ".size")
  end
  local columns_here = #counts
  counts[columns_here + 1] = size
  return counts, columns_here
end

--- Documents as rows of counts with the size last.
--- Shape: list of {count = or counts =, size =}, name, number of counts (nil: as the first has) ->
---   list of rows, number of counts.
--- Units: occurrences; syllables.
--- Errors: raises on an empty list, bad counts or sizes, counts above the size, unequal numbers.
--- Source: -
function documents.rows(list, name, columns)
  list = check.list(list, name, nil, 1)
  local rows = {}
  for i, document in ipairs(list) do
    rows[i], columns = checked_row(document, ("%s[%d]"):format(name, i), columns)
  end
  return rows, columns
end

return documents
