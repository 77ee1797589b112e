-- What a recipe gives back: rows of plain values, and the promise of its metadata that they are
-- held to.  Used in the worker, where values may still be objects of the library, and again by
-- the host, which believes nothing of what came over the pipe.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local problems = require "vankien.recipe.problems"
local shown = require "vankien.recipe.look"
local suggest = require "vankien.util.suggest"

local contract = {}

local MOST_PROBLEMS = 10
local MOST_NOTES, NOTE_BYTES = 200, 2000
local DEEPEST = 4

local plain

-- A list of plain values; an object of the library that is none gives its text.
local function plain_table(value, depth)
  local mt = debug.getmetatable(value)
  if mt and mt.__tostring then return tostring(value) end
  if depth > DEEPEST then err.raise("bad_input", "tables more than 4 deep in a cell") end
  local out = {}
  for key, inner in next, value do
    if type(key) == "string" or math.type(key) == "integer" then
      out[key] = plain(inner, depth + 1)
    end
  end
  return out
end

-- A value that can leave the process: text, number, boolean, list of them.
function plain(value, depth)
  local kind = type(value)
  if value == nil or kind == "boolean" or kind == "number" or kind == "string" then return value end
  if kind == "table" then return plain_table(value, depth or 1) end
  if kind == "userdata" then return tostring(value) end
  err.raise("bad_input", ("a %s cannot be a cell of a result"):format(kind))
end

local function plain_row(row, n)
  if type(row) ~= "table" then
    err.raise("bad_input", ("row %d is %s, not a table of columns"):format(n,
      problems.said(row)), {hint = "return { { congress = \"XII\", n = 3 }, … }"})
  end
  local out = {}
  for key, value in next, row do
    if type(key) == "string" then out[key] = plain(value) end
  end
  return out
end

local function plain_notes(given)
  local out = {}
  for i, note in ipairs(type(given) == "table" and given or {}) do
    if i > MOST_NOTES then break end
    out[i] = tostring(note):sub(1, NOTE_BYTES)
  end
  return out
end

local function wrong_value(value)
  err.raise("bad_input", ("run returned %s"):format(problems.said(value)), {
    hint = "return a list of rows, or a result of the library",
  })
end

-- Rows, and the table that they stood in: run may return a list, a query, or a result.
local function rows_of(value)
  if type(value) == "userdata" and require "vankien.query".is(value) then
    return value:list(), {columns = require "vankien.query".columns(value)}
  end
  if type(value) ~= "table" then wrong_value(value) end
  local rows = value.rows
  if rows == nil then return value, {} end
  if type(rows) ~= "table" then wrong_value(rows) end
  return rows, value
end

--- What `run` returned, as plain values.
--- Shape: value, most rows -> {rows, columns or nil, notes, title, evidence, plan, is_library}.
--- Units: rows.
--- Errors: raises bad_input for what is no result, output for too many rows.
--- Source: none.
---@param value any
---@param most integer
function contract.plain(value, most)
  local rows, holder = rows_of(value)
  if #rows > most then
    err.raise("output", ("%d rows; the recipe may return %d"):format(#rows, most),
      {hint = "permissions = { rows = … } asks for more"})
  end
  local out = {columns = shown.columns(holder.columns), notes = plain_notes(holder.notes),
    rows = {}, title = holder.title and tostring(holder.title) or nil,
    is_library = debug.getmetatable(holder) ~= nil}
  for n, row in ipairs(rows) do out.rows[n] = plain_row(row, n) end
  if #out.rows == 0 and next(rows) ~= nil then wrong_value(value) end
  for _, name in ipairs {"evidence", "plan"} do
    if type(holder[name]) == "table" then out[name] = list.map(holder[name], plain_row) end
  end
  if out.evidence then shown.evidence(out.evidence) end
  return out
end

local checks = {}

function checks.string(value) return type(value) == "string" end
function checks.integer(value) return math.type(value) == "integer" end
function checks.number(value) return math.type(value) ~= nil end
function checks.boolean(value) return type(value) == "boolean" end

function checks.date(value)
  return type(value) == "string"
    and (value:find "^%d%d%d%d%-%d%d%-%d%d$" or value:find "^%d%d%d%d%-%d%d$"
      or value:find "^%d%d%d%d$") ~= nil
end

function checks.list(value)
  if type(value) ~= "table" then return false end
  local n = 0
  for _ in next, value do n = n + 1 end
  return n == #value
end

local function check_cell(found, n, column, value)
  if value == nil then
    if column.null then return end
    found[#found + 1] = ("row %d, column %s: %s expected, got nothing"):format(n, column.name,
      column.type)
  elseif not checks[column.type](value) then
    found[#found + 1] = ("row %d, column %s: %s expected, got %s"):format(n, column.name,
      column.type, problems.said(value))
  end
end

local function check_names(found, n, row, names)
  for _, name in ipairs(list.sorted_keys(row)) do
    if not names.set[name] then
      local near = suggest.phrase(name, names)
      found[#found + 1] = ("row %d: column %s is not among those that `returns` promises%s"):format(
        n, name, near and "; " .. near or "")
    end
  end
end

local function raise(found)
  local message = #found == 1 and found[1]
    or "the result breaks its contract\n  " .. table.concat(found, "\n  ")
  err.raise("bad_input", message, {
    hint = "returns = { … } says what each column holds; null = true allows nothing",
  })
end

local function projected(row, columns)
  local out = {}
  for _, column in ipairs(columns) do out[column.name] = row[column.name] end
  return out
end

local DIGITS = 3                  -- of a number in a table, when nobody says

-- How the library shows a column goes with its promise.
local function with_look(columns, given)
  local look = {}
  for _, column in ipairs(given or {}) do look[column.name] = column end
  return list.map(columns, function(column)
    local of = look[column.name] or {}
    local digits = column.digits or of.digits or column.type == "number" and DIGITS or nil
    return {name = column.name, type = column.type, title = of.title, digits = digits,
      align = of.align}
  end)
end

--- Hold a result to the columns that the metadata promises.  Of a result of the library only the
--- promised columns are kept; in rows of the recipe's own every other column is a mistake.
--- Shape: result of contract.plain, `returns` or nil -> the same result, with `columns`.
--- Units: none.
--- Errors: raises bad_input that names row, column, expected and got, for ten of them.
--- Source: none.
---@param result table
---@param returns? table[]
function contract.check(result, returns)
  if not returns then return result end
  local names = problems.names(list.map(returns, function(column) return column.name end))
  local found = {}
  for n, row in ipairs(result.rows) do
    if result.is_library then row = projected(row, returns) end
    result.rows[n] = row
    check_names(found, n, row, names)
    for _, column in ipairs(returns) do check_cell(found, n, column, row[column.name]) end
    if #found >= MOST_PROBLEMS then break end
  end
  if #found > 0 then raise(found) end
  result.columns = with_look(returns, result.columns)
  return result
end

return contract
