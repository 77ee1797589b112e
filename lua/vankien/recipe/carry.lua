-- How rows travel from the worker: the names of the columns once, then each row as a list.  A
-- hundred thousand rows with a dozen columns are a tenth of what they are with a name at each cell.
--
-- A row: values in the order of the names; {} stands for nothing, {list} for a list.

local err = require "vankien.util.err"

local carry = {}

local MOST_COLUMNS = 1000

local function names_of(rows)
  local seen, names = {}, {}
  for _, row in ipairs(rows) do
    for name in next, row do
      if not seen[name] then
        seen[name] = true
        names[#names + 1] = name
      end
    end
  end
  table.sort(names)
  return names
end

local function pack_cell(value)
  if value == nil then return {} end
  if type(value) == "table" then return {value} end
  return value
end

--- A result as it travels.
--- Shape: result of contract.plain -> the same with `names`, and rows that are lists.
--- Units: 1,000 columns at most.
--- Errors: raises output for more columns.
--- Source: none.
---@param result table
function carry.packed(result)
  local names, rows = names_of(result.rows), {}
  if #names > MOST_COLUMNS then
    err.raise("output", ("%d columns; a result has at most %d"):format(#names, MOST_COLUMNS))
  end
  for n, row in ipairs(result.rows) do
    local cells = {}
    for i, name in ipairs(names) do cells[i] = pack_cell(row[name]) end
    rows[n] = cells
  end
  local out = {}
  for key, value in pairs(result) do out[key] = value end
  out.names, out.rows = names, rows
  return out
end

local function wrong(what)
  err.raise("bad_input", "the result came back damaged: " .. what)
end

local function unpack_row(cells, names)
  if type(cells) ~= "table" then wrong "a row is no list" end
  local row = {}
  for i, name in ipairs(names) do
    local value = cells[i]
    if type(value) == "table" then value = value[1] end
    row[name] = value
  end
  return row
end

--- A result as it was before it travelled.  What came is a stranger's: nothing is believed.
--- Shape: any value, most rows -> {rows, …}; the values in it are still to be checked.
--- Units: rows.
--- Errors: raises bad_input for what carry.packed cannot have made.
--- Source: none.
---@param given any
---@param most integer
function carry.unpacked(given, most)
  if type(given) ~= "table" or type(given.names) ~= "table" or type(given.rows) ~= "table" then
    wrong "no rows"
  end
  local names, rows = given.names, {}
  if #names > MOST_COLUMNS or #given.rows > most then wrong "too many rows or columns" end
  for _, name in ipairs(names) do
    if type(name) ~= "string" then wrong "a column without a name" end
  end
  for n, cells in ipairs(given.rows) do rows[n] = unpack_row(cells, names) end
  local out = {}
  for key, value in pairs(given) do out[key] = value end
  out.names, out.rows = nil, rows
  return out
end

return carry
