-- How a shift is laid out for people: the ladder period by period, the periods beside each
-- other, trends, first attestations.  Rows without any occurrence are named, not listed.

local cell = require "vankien.report.cell"
local concordance = require "vankien.report.concordance"
local table_format = require "vankien.report.table"

local ladder = {}

local COLUMNS = {
  {name = "period"}, {name = "rung", type = "integer"}, {name = "phrase"},
  {name = "free", type = "integer"}, {name = "nested", type = "integer"},
  {name = "overlapped", type = "integer"}, {name = "doubled", type = "integer"},
  {name = "value", title = "per 10k", type = "number", digits = 2, chart = true},
  {name = "interval", title = "95 %", align = "right", whole = true},
  {name = "share", title = "share %", type = "number", digits = 1, optional = true},
}

-- The columns with the name of what the counts are divided by; shares are shown in per cent.
local function columns_for(measure)
  local list = {}
  for _, column in ipairs(COLUMNS) do
    if column.name == "value" and measure then
      column = {name = "value", title = measure.title .. (measure.per and "" or " %"),
        type = "number", digits = measure.per and 2 or 1, chart = true}
    end
    if not (column.name == "share" and measure and measure.column == "share") then
      list[#list + 1] = column
    end
  end
  return list
end

local PERIODS = {
  {name = "period"}, {name = "documents", type = "integer"},
  {name = "syllables", type = "integer"}, {name = "free", type = "integer"},
  {name = "per_10k", title = "per 10k", type = "number", digits = 2},
  {name = "highest", title = "highest rung", type = "integer"},
  {name = "strength", type = "number", digits = 2, chart = true},
}

local TRENDS = {
  {name = "phrase"}, {name = "total", type = "integer"}, {name = "n", type = "integer"},
  {name = "s", title = "S", type = "integer"},
  {name = "tau_b", title = "tau b", type = "number", digits = 2},
  {name = "p", type = "number", digits = 4},
  {name = "p_holm", title = "p (Holm)", type = "number", digits = 4},
  {name = "p_document", title = "p document", type = "number", digits = 4},
  {name = "p_document_holm", title = "(Holm)", type = "number", digits = 4}, {name = "reason"},
}

local TESTS = {
  {name = "phrase"}, {name = "observed", title = "G²", type = "number", digits = 2},
  {name = "p", type = "number", digits = 4},
  {name = "p_holm", title = "p (Holm)", type = "number", digits = 4}, {name = "reason"},
}

local function occurs(row)
  return row.free + row.nested + row.overlapped + (row.doubled or 0) > 0
end

local function shown(row, period_before, measure)
  local times = (not measure or measure.per) and 1 or 100
  local value = row[measure and measure.column or "per_10k"]
  local interval = row.low and ("%.1f-%.1f"):format(row.low * times, row.high * times) or nil
  return {
    period = row.period ~= period_before and row.period or nil, rung = row.rung,
    phrase = row.phrase, free = row.free, nested = row.nested, overlapped = row.overlapped,
    doubled = row.doubled, value = value and value * times, interval = interval,
    share = row.share and row.share * 100,
  }
end

-- Rows that hold something, and the phrases that stand nowhere at all.
local function split(rows, measure)
  local list, met, order, before = {}, {}, {}, nil
  for _, row in ipairs(rows) do
    if met[row.phrase] == nil then
      met[row.phrase], order[#order + 1] = false, row.phrase
    end
    if occurs(row) then
      met[row.phrase] = true
      list[#list + 1], before = shown(row, before, measure), row.period
    end
  end
  local never = {}
  for _, phrase in ipairs(order) do
    if not met[phrase] then never[#never + 1] = phrase end
  end
  return list, never
end

-- Columns that hold nothing but 0 or nothing at all say nothing.
local function useful(columns, rows, always)
  local out = {}
  for _, column in ipairs(columns) do
    local used = always[column.name]
    for _, row in ipairs(rows) do
      local value = rawget(row, column.name)
      used = used or value ~= nil and value ~= 0
    end
    if used then out[#out + 1] = column end
  end
  return out
end

local ALWAYS = {period = true, phrase = true, free = true, per_10k = true, value = true}

local function section(title, body)
  return "\n" .. title .. "\n\n" .. body
end

local function with(options, extra)
  return setmetatable(extra, {__index = options})
end

local function quiet(options)
  return with(options, {footer = false})
end

local function main_part(result, options)
  local rows, never = split(result.rows, result.measure)
  local more = #rows < #result.rows and "the others have no occurrence" or nil
  local out = {table_format.render(rows, useful(columns_for(result.measure), rows, ALWAYS),
    with(options, {total = #result.rows, more = more}))}
  if #never > 0 then
    local names = "never: " .. cell.visible(table.concat(never, ", "))
    out[2] = table.concat(cell.wrap(names, options.width, "  "), "\n") .. "\n"
  end
  return table.concat(out)
end

--- A shift as text, without its notes.
--- Shape: result of shift, options as for tables -> string.
--- Units: those of the result; share in per cent.
--- Errors: none.
--- Source: own.
---@param result table rows, periods, trends, first, evidence
---@param options table
---@return string
function ladder.render(result, options)
  local parts = {main_part(result, options)}
  if result.periods and #result.periods > 0 then
    parts[#parts + 1] = section("by period",
      table_format.render(result.periods, useful(PERIODS, result.periods, ALWAYS), quiet(options)))
  end
  if result.trends and #result.trends > 0 then
    parts[#parts + 1] = section("trend (Mann-Kendall)",
      table_format.render(result.trends, useful(TRENDS, result.trends, ALWAYS), quiet(options)))
  end
  if not result.trends and result.test and result.test.rows then
    parts[#parts + 1] = section("difference of the periods, over documents",
      table_format.render(result.test.rows, useful(TESTS, result.test.rows, ALWAYS),
        quiet(options)))
  end
  if result.first and #result.first > 0 then
    parts[#parts + 1] = section("first attestation", concordance.render(result.first, options))
  end
  if result.evidence and #result.evidence > 0 then
    parts[#parts + 1] = section("evidence", concordance.render(result.evidence, options))
  end
  return table.concat(parts)
end

return ladder
