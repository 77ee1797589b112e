-- The titles of tables and columns, in Vietnamese and English: db/titles.tsv.

local embed = require "vankien.host.embed"
local tsv = require "vankien.util.tsv"

local titles = {}

local PATH = "db/titles.tsv"
local known

local function read()
  if known then return known end
  known = {}
  local columns, rows = tsv.parse(embed.read(PATH), PATH)
  if not columns then error(rows, 0) end
  for _, row in ipairs(rows) do
    local v = row.values
    known[v.table .. "." .. (v.column or "")] = {vi = v.vi, en = v.en}
  end
  return known
end

--- The title of a table.
--- Shape: name -> {vi =, en =}, empty for a table that has none.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param name string
---@return table
function titles.table(name)
  return read()[name .. "."] or {}
end

--- The title of a column.
--- Shape: name of the table, name of the column -> {vi =, en =}, empty where there is none.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param name string
---@param column string
---@return table
function titles.column(name, column)
  return read()[name .. "." .. column] or read()["*." .. column] or {}
end

--- The columns of a collection with their kinds and titles.
--- Shape: store, name of the collection -> list of {column =, kind =, title =, meaning =}.
--- Units: none.
--- Errors: raises unknown_name for an unknown collection.
--- Source: own.
---@param store table
---@param name string
---@return table[]
function titles.columns(store, name)
  local def = require "vankien.query.collections".find(name)
  local base = def and def.table or name
  local info = require "vankien.query.schema".table(store, base)
  local rows = {}
  for i, column in ipairs(store:collection(name):columns()) do
    local title = titles.column(base, column)
    rows[i] = {column = column, kind = info.kind[column], title = title.vi, meaning = title.en}
  end
  return rows
end

return titles
