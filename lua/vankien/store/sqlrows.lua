-- Rows of plain SQL: read-only, and strict about the names of their columns.

local err = require "vankien.util.err"
local strict = require "vankien.util.strict"

local sqlrows = {}

-- Two columns of one name would hide one another in silence.
local function check_columns(columns)
  local seen = {}
  for _, name in ipairs(columns) do
    if seen[name] then
      err.raise("usage", ("two columns are called %q"):format(name),
        { hint = "name them apart with AS" })
    end
    seen[name] = true
  end
  return seen
end

local function row_metatable(columns)
  local known = check_columns(columns)
  return {
    __name = "vankien.row",
    columns = columns,
    __index = function(_, name)
      if not known[name] then strict.unknown("column", name, columns, "this result") end
    end,
  }
end

--- Run one reading statement.
--- Shape: connection, SQL, parameters -> list of rows; NULL reads as nil, no such column raises.
--- Units: none.
--- Errors: raises refused for a statement that writes, usage for two columns of one name.
--- Source: none.
---@param conn userdata
---@param sql string
---@param params? table
function sqlrows.list(conn, sql, params)
  if type(sql) ~= "string" then err.raise("usage", "sql takes the text of a statement") end
  if not conn:reads_only(sql) then
    err.raise("refused", "this statement is no query",
      { hint = "write inside store:edit(function(tx) … end)" })
  end
  local cursor <close> = conn:cursor(sql, params)
  local metatable, rows = row_metatable(cursor:columns()), {}
  for row in function() return cursor:row() end do
    rows[#rows + 1] = setmetatable(row, metatable)
  end
  return rows
end

return sqlrows
