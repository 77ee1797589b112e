-- Rows: real tables, photocopies of what the store held, with strict reading.
-- A column without a value is nil; a name that is no column, relation or method raises.
-- A changed photocopy changes nothing: store:edit does.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local host = require "vankien.host.rows"
local list = require "vankien.util.list"
local row_label = lazy.module "vankien.query.row_label"
local row_methods = lazy.module "vankien.query.row_methods"

local row = {}

local function metatable_of(value)
  local mt = type(value) == "table" and debug.getmetatable(value)
  return mt and rawget(mt, "row_info") and mt or nil
end

--- The metatable of a row that a method is called on.
--- Shape: row, name of the method -> metatable.
--- Units: none.
--- Errors: raises usage when it is no row.
--- Source: none.
function row.own_metatable(self, name)
  local mt = metatable_of(self)
  if not mt then
    err.raise("usage", name .. " is called on a row", { hint = ("row:%s()"):format(name) })
  end
  return mt
end

local function label(self) return row_label.of(self) end

local function refuse(_, name)
  err.raise("refused", ("rows are photocopies: %s cannot be set here"):format(tostring(name)), {
    hint = "store:edit(function(tx) … end) writes",
  })
end

local function same(a, b)
  local one, other = metatable_of(a), metatable_of(b)
  if not one or not other then return false end
  return one.store == other.store and one.row_info == other.row_info
    and rawget(a, "id") ~= nil and rawget(a, "id") == rawget(b, "id")
end

local function new_metatable(store, info, selected, open)
  local known = selected and list.set(selected) or info.kind
  local mt = {
    __name = "vankien.row", __metatable = "vankien.row", __tostring = label, __eq = same,
    __newindex = refuse, store = store, row_info = info, selected = selected, open = open,
  }
  function mt.__index(self, name)
    if known[name] and name ~= "attributes" then return nil end
    return row_methods.find(mt, self, name)
  end
  return mt
end

-- Attributes of imported documents become fields; a column of the same name wins.
local function spread(json) return require("vankien.util.json").decode(json) end

--- What the host makes rows of: their columns, and how they behave.
--- Shape: store, table info, list of selected columns or nil, open(table, sql, params)
---   -> shape for vankien.host.rows.
--- Units: none.
--- Errors: none.
--- Source: none.
function row.shape(store, info, selected, open)
  local columns = selected or info.columns
  return host.shape {
    columns = columns, metatable = new_metatable(store, info, selected, open),
    hidden = not selected and list.index_of(columns, "attributes") or nil, spread = spread,
    year = not selected and info.has_year and list.index_of(columns, "issued") or nil,
  }
end

--- Is this a row of a collection?
--- Shape: anything -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function row.is(value) return metatable_of(value) ~= nil end

--- The columns of a row in their order, also those without a value.
--- Shape: row -> list of names.
--- Units: none.
--- Errors: raises usage when it is no row.
--- Source: none.
function row.columns(self)
  local mt = row.own_metatable(self, "columns")
  local names = list.filter(mt.selected or mt.row_info.columns, function(name)
    return name ~= "attributes"
  end)
  local known, extra = list.set(names), {}
  for name in pairs(self) do
    if not known[name] then extra[#extra + 1] = name end
  end
  table.sort(extra)
  return list.concat(names, extra)
end

--- The table a row comes from.
--- Shape: row -> name.
--- Units: none.
--- Errors: raises usage when it is no row.
--- Source: none.
function row.table(self) return row.own_metatable(self, "table").row_info.name end

return row
