-- collection["25-CT/TW"]: a key as it is stored, to its row.  What else a person may write is in
-- query/nearby.lua.

local lazy = require "vankien.util.lazy"

local host = require "vankien.host.rows"
local list = require "vankien.util.list"
local nearby = lazy.module "vankien.query.nearby"
local statement = require "vankien.query.statement"

local lookup = {}

lookup.MOST = 12         -- candidates that an error lists

local function plain_key(info)
  return function(column)
    local kind = info.kind[column]
    return kind == "exact" or kind == "number" or kind == "congress"
  end
end

-- What looks a key up as it is stored: one prepared statement, no parsing.  Made once a state,
-- which keeps it as `finder`: the host asks it before it asks us; false where there is none.
local function prepare(state, shape)
  local columns = list.filter(state.def.keys, plain_key(state.info))
  local whole = not (state.limit or state.offset or state.selected)
  if #columns == 0 or not whole then return false end
  local params = {}
  local where = statement.where(state, params)
  local equals = list.map(columns, function(column) return ("t.%s = ?"):format(column) end)
  local sql = ("SELECT t.%s FROM %s AS t%s (%s) LIMIT %d"):format(
    table.concat(state.info.columns, ", t."), state.info.name,
    where == "" and " WHERE" or where .. " AND", table.concat(equals, " OR "), lookup.MOST + 1)
  state.exact = { sql = sql, params = params, keys = #columns }
  return host.finder(state.store.conn, sql, params, shape, #params + 1)
end

--- The row whose key stands in the store as it is written: the common case.
--- Shape: state, shape of the rows, key -> row | nil.
--- Units: none.
--- Errors: raises ambiguous with the candidates.
--- Source: none.
function lookup.exact(state, shape, key)
  if state.finder == nil then state.finder = prepare(state, shape) end
  if not state.finder then return nil end
  local found, several = state.finder(key)
  if not several then return found end
  local params = list.concat(state.exact.params, {})
  for _ = 1, state.exact.keys do params[#params + 1] = key end
  return nearby.only_one(state, key, host.list(state.store.conn, state.exact.sql, params, shape))
end

--- The row that a key names.
--- Shape: state, shape of the rows, key -> row | nil.
--- Units: none.
--- Errors: raises ambiguous with the candidates, bad_input for a number of another type.
--- Source: none.
function lookup.key(state, shape, key)
  return lookup.exact(state, shape, key) or nearby.find(state, shape, key)
end

return lookup
