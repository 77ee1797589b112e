-- How the coverage of a codebook is laid out for people: the matrix, what its columns stand for,
-- and
-- the passages category by category.

local cell = require "vankien.report.cell"
local concordance = require "vankien.report.concordance"
local table_format = require "vankien.report.table"

local coverage = {}

local CATEGORIES = {
  {name = "category"}, {name = "title"}, {name = "n", type = "integer"},
  {name = "units", type = "integer"},
}

local function with(options, extra)
  return setmetatable(extra, {__index = options})
end

-- Lines of one category, with the count that they are a part of.
local function category_part(category, lines, options)
  local title = category.title == category.category and category.category
    or category.category .. ": " .. category.title
  local head = ("%s (%d of %d)"):format(cell.visible(title), #lines, category.n)
  for i, line in ipairs(lines) do
    lines[i] = setmetatable({period = line.unit}, {__index = line})
  end
  return "\n" .. head .. "\n\n" .. concordance.render(lines, options)
end

local function evidence_part(result, options)
  local by_category, parts = {}, {"\npassages\n"}
  for _, line in ipairs(result.evidence) do
    by_category[line.category] = by_category[line.category] or {}
    table.insert(by_category[line.category], line)
  end
  for _, category in ipairs(result.categories) do
    local lines = by_category[category.category]
    if lines then parts[#parts + 1] = category_part(category, lines, options) end
  end
  return table.concat(parts)
end

--- Coverage as text, without its notes.
--- Shape: result of codebook, options as for tables -> string.
--- Units: those of the result.
--- Errors: none.
--- Source: own.
---@param result table rows, columns, categories, evidence
---@param options table
---@return string
function coverage.render(result, options)
  local parts = {table_format.render(result.rows, result.columns, options)}
  parts[2] = "\ncategories\n\n" .. table_format.render(result.categories, CATEGORIES,
    with(options, {footer = false}))
  if result.evidence and #result.evidence > 0 then parts[3] = evidence_part(result, options) end
  return table.concat(parts)
end

return coverage
