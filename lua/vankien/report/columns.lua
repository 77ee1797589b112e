-- What the columns of some rows are: given by the caller, or read off the rows.
-- A column: {name, title, type = text|integer|number|boolean, align = left|right, digits, chart}.

local columns = {}

local RIGHT = {integer = true, number = true}

local function type_of(rows, name)
  local found
  for _, row in ipairs(rows) do
    local value = rawget(row, name)
    if value ~= nil then
      local kind = math.type(value) == "integer" and "integer"
        or type(value) == "number" and "number"
        or type(value) == "boolean" and "boolean" or "text"
      if found and found ~= kind then
        if not (RIGHT[found] and RIGHT[kind]) then return "text" end
        kind = "number"
      end
      found = kind
    end
  end
  return found or "text"
end

local function names_in(rows)
  local seen, names = {}, {}
  for _, row in ipairs(rows) do
    for key in next, row do
      if type(key) == "string" and not seen[key] then
        seen[key] = true
        names[#names + 1] = key
      end
    end
  end
  table.sort(names)
  return names
end

--- Complete columns: names may stand alone; titles, types and alignment are filled in.
--- Shape: rows, list of names or columns (or nil: all keys, sorted) -> list of columns, new.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param rows table[]
---@param given? (string|table)[]
---@return table[]
function columns.complete(rows, given)
  local out = {}
  for i, column in ipairs(given or names_in(rows)) do
    if type(column) == "string" then column = {name = column} end
    local copy = {}
    for key, value in pairs(column) do copy[key] = value end
    copy.title = copy.title or copy.name
    copy.type = copy.type or type_of(rows, copy.name)
    copy.align = copy.align or (RIGHT[copy.type] and "right" or "left")
    out[i] = copy
  end
  return out
end

--- The names of the columns alone, in order.
--- Shape: as columns.complete -> list of strings.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param rows table[]
---@param given? (string|table)[]
---@return string[]
function columns.names(rows, given)
  local names = {}
  for i, column in ipairs(given or names_in(rows)) do
    names[i] = type(column) == "string" and column or column.name
  end
  return names
end

return columns
