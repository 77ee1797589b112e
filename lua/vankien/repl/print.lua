-- What a value looks like when the REPL, or `-e`, prints it: queries and lists of rows as tables,
-- one row as a card with its sources, results with their notes, Lua values readable.

local card = require "vankien.report.card"
local cell = require "vankien.report.cell"
local inspect = require "vankien.repl.inspect"
local json = require "vankien.util.json"
local query = require "vankien.query"
local report = require "vankien.report"

local print_value = {}

--- The modes of the prompt: the formats of the command line, a card a row, and Lua.
print_value.modes = {"table", "card", "lua"}
for _, name in ipairs(report.formats) do
  if name ~= "table" then print_value.modes[#print_value.modes + 1] = name end
end

-- Columns that say where a row comes from, or how it is filed: last in a table, and the first
-- to go when the screen is narrow.  A card and every other format have them in their place.
local BACKGROUND = {}
for name in ("id key issued_precision issued_end kind attributes source lines level note "
  .. "document_id from_id to_id subject_id"):gmatch "%S+" do BACKGROUND[name] = true end

local function values_in(rows, name)
  local n = 0
  for _, row in ipairs(rows) do
    if rawget(row, name) ~= nil then n = n + 1 end
  end
  return n
end

-- Columns that few rows have a value in stand behind, too.
local function for_people(rows, names)
  local front, back = {}, {}
  for _, name in ipairs(names) do
    local n = name ~= "id" and values_in(rows, name) or 0
    if n > 0 then
      local behind = BACKGROUND[name] or n * 3 < #rows
      local list = behind and back or front
      list[#list + 1] = {name = name, optional = behind}
    end
  end
  return #front > 0 and table.move(back, 1, #back, #front + 1, front) or back
end

local function names_of(rows)
  local names, seen = {}, {}
  for _, row in ipairs(rows) do
    if next(names) == nil then
      for i, name in ipairs(query.columns(row)) do names[i], seen[name] = name, true end
    end
    for name in next, row do
      if type(name) == "string" and not seen[name] and name ~= "attributes" then
        seen[name] = true
        names[#names + 1] = name
      end
    end
  end
  return names
end

local function with(options, extra)
  return setmetatable(extra, {__index = options})
end

-- What is left out is said beside data as it is said below a table.
local function cut_note(rows, options)
  if not options.total or options.total <= #rows then return nil end
  local footer = options.footer or require "vankien.report.table".footer
  return footer {shown = #rows, total = options.total, cut = 0, dropped = {}} .. "\n"
end

local function rows_text(rows, names, options)
  local format = options.format or "table"
  if #rows == 0 and format == "table" then
    local nothing = {shown = 0, cut = 0, dropped = {}}
    return (options.footer and options.footer(nothing) or "(0 rows)") .. "\n"
  end
  local columns = format == "table" and for_people(rows, names) or names
  local text = report.rows(rows, columns, format, options)
  return text, format ~= "table" and cut_note(rows, options) or nil
end

-- The rows of a query that are shown, and how many there are.
local function shown_rows(value, options)
  local limit = options.limit
  if not limit then return value:list() end
  local total = value:count()
  return (total > limit and value:limit(limit) or value):list(), total
end

local function query_text(value, options)
  local rows, total = shown_rows(value, options)
  local names = #rows > 0 and names_of(rows) or query.columns(value)
  return rows_text(rows, names, with(options, {total = total}))
end

local function cut_list(rows, options)
  local limit = options.limit
  if not limit or #rows <= limit then return rows, nil end
  return table.move(rows, 1, limit, 1, {}), #rows
end

local function list_text(rows, names, options)
  local shown, total = cut_list(rows, options)
  return rows_text(shown, names or names_of(shown), with(options, {total = total}))
end

local function origin_text(claim)
  return table.concat(claim.titles, "; ") .. (claim.lines and ", l. " .. claim.lines or "")
end

local CLAIM = {"field", "value", "accepted", "level", "source", "lines", "verdict"}

local function is_data(options)
  return options.format ~= nil and options.format ~= "table"
end

-- What each source says, every claim with its own.
local function claims_text(claims, options)
  if is_data(options) then return report.rows(claims, CLAIM, options.format, options) end
  local lines = {}
  local function add(indent, text)
    local width = options.width and math.max(options.width - indent, 20)
    for _, line in ipairs(cell.wrap(cell.visible(text), width)) do
      lines[#lines + 1] = (" "):rep(indent) .. line
    end
  end
  for _, claim in ipairs(claims) do
    local mark = claim.accepted and "accepted" or claim.level
    add(2, ("%s = %s (%s)"):format(claim.field, tostring(claim.value), mark))
    add(6, origin_text(claim))
    if claim.verdict then add(6, claim.verdict) end
  end
  if claims.own then
    add(2, "this row" .. (claims.own.level and " (" .. claims.own.level .. ")" or ""))
    add(6, origin_text(claims.own))
  end
  return table.concat(lines, "\n") .. "\n"
end

local function row_text(row, options)
  local names = query.columns(row)
  if is_data(options) then
    return report.rows({row}, names, options.format, options)
  end
  local fields = {}
  for i, name in ipairs(names) do fields[i] = {name, rawget(row, name)} end
  local has_sources = rawget(row, "id") ~= nil
  return card.render(fields, with(options, {title = tostring(row)}))
    .. (has_sources and "sources:\n" .. claims_text(row:sources(), options) or "")
end

-- A list of plain records (what group and store:sql give), all of scalars.
local function is_records(value)
  if rawlen(value) == 0 then return false end
  for i = 1, rawlen(value) do
    local record = rawget(value, i)
    if type(record) ~= "table" or rawlen(record) > 0 or next(record) == nil then return false end
    for key, field in next, record do
      if type(key) ~= "string" or type(field) == "table" or type(field) == "function" then
        return false
      end
    end
  end
  for key in next, value do
    if math.type(key) ~= "integer" then return false end
  end
  return true
end

local function record_names(value)
  local mt = debug.getmetatable(value[1])
  local columns = type(mt) == "table" and rawget(mt, "columns")
  return type(columns) == "table" and columns or nil
end

local function is_rows(value)
  for i = 1, rawlen(value) do
    if not query.is_row(rawget(value, i)) then return false end
  end
  return rawlen(value) > 0
end

local function is_result(value)
  local rows = rawget(value, "rows")
  local mt = debug.getmetatable(value)
  return type(rows) == "table" and (type(mt) == "table" and mt.__name ~= nil
    or rawget(value, "columns") ~= nil)
end

local function says_itself(value)
  local mt = debug.getmetatable(value)
  return type(mt) == "table" and rawget(mt, "__tostring") ~= nil
end

-- Keys of records without stated columns: what they are grouped by first, queries left out.
local function plain_names(records)
  local seen, names = {}, {}
  for _, record in ipairs(records) do
    for key, value in next, record do
      if not seen[key] and not query.is(value) then
        seen[key] = true
        names[#names + 1] = key
      end
    end
  end
  table.sort(names, function(a, b)
    if (a == "key") ~= (b == "key") then return a == "key" end
    return a < b
  end)
  return names
end

local function records_text(value, options)
  local shown, total = cut_list(value, options)
  options = with(options, {total = total})
  return report.rows(shown, record_names(value) or plain_names(shown), options.format, options),
    is_data(options) and cut_note(shown, options) or nil
end

local function is_claims(value)
  local mt = debug.getmetatable(value)
  return type(mt) == "table" and mt.__name == "vankien.claims"
end

local function is_json(options)
  return options.format == "json" or options.format == "jsonl"
end

local function table_text(value, options)
  if query.is_row(value) then return row_text(value, options) end
  if is_rows(value) then return list_text(value, nil, options) end
  if is_result(value) then return report.result(value, options.format, options) end
  if is_claims(value) then return claims_text(value, options) end
  if is_records(value) then return records_text(value, options) end
  if is_json(options) then return json.encode(value) .. "\n" end
  if says_itself(value) then return cell.harmless(tostring(value)) .. "\n" end
  return inspect.text(value) .. "\n"
end

local function scalar_text(value, options)
  if is_json(options) then return json.encode(value) .. "\n" end
  if type(value) == "string" then
    return (options.terminal and cell.harmless(value) or value) .. "\n"
  end
  if type(value) == "userdata" and says_itself(value) then
    return cell.harmless(tostring(value)) .. "\n"
  end
  return inspect.text(value) .. "\n"
end

-- Rows one below the other, each as a card.
local function cards_text(value, options)
  local rows, total
  if query.is(value) then rows, total = shown_rows(value, options)
  elseif query.is_row(value) then rows = {value}
  else rows, total = cut_list(value, options) end
  local out = {}
  for i, row in ipairs(rows) do out[i] = row_text(row, with(options, {format = "table"})) end
  out[#out + 1] = cut_note(rows, with(options, {total = total}))
  return table.concat(out, "\n")
end

local function lua_text(value, options)
  if not query.is(value) then return inspect.text(value) .. "\n" end
  local rows, total = shown_rows(value, options)
  return inspect.text(rows) .. "\n", cut_note(rows, with(options, {total = total}))
end

local function is_of_rows(value)
  return query.is(value) or type(value) == "table" and (query.is_row(value) or is_rows(value))
end

--- A value as the REPL prints it.
--- Shape: value, options (a screen, and format, limit) -> text, text to say beside it.
--- Units: limit in rows of a query or list.
--- Errors: raises what reading the store raises.
--- Source: own.
---@param value any
---@param options table format: one of report.formats, or "card" or "lua"
---@return string data
---@return string? talk
function print_value.text(value, options)
  if options.format == "lua" then return lua_text(value, options) end
  if options.format == "card" then
    if is_of_rows(value) then return cards_text(value, options) end
    options = with(options, {format = "table"})
  end
  if query.is(value) then return query_text(value, options) end
  if type(value) == "table" then return table_text(value, options) end
  return scalar_text(value, options)
end

return print_value
