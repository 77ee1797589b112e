-- Walking over the rows of a query.
--
-- each() reads from one open statement, which closes at the end, on break, on an error, and
-- when it is forgotten.  Before the store is written, what such a walk has still to give is read
-- into memory: it goes on over the rows as they were.  pairs() cannot close anything on
-- break (Lua drops the closing value), so nothing stays open behind it: a short result is read
-- at once, of a long one the ids, and then the rows in batches.

local lazy = require "vankien.util.lazy"

local aggregate = lazy.module "vankien.query.aggregate"
local err = require "vankien.util.err"
local host = require "vankien.host.rows"
local list = require "vankien.util.list"
local statement = require "vankien.query.statement"

local iterate = {}

local SHORT, BATCH = 1000, 250

-- store -> set of walks that hold an open statement
local walks = setmetatable({}, { __mode = "k" })

-- Called by the store before it writes.
local function settle(store)
  for walk in pairs(walks[store] or {}) do
    walk:settle()
    walks[store][walk] = nil
  end
end

local function register(store, walk)
  local open = walks[store]
  if not open then
    open = setmetatable({}, { __mode = "k" })
    walks[store] = open
    store.before_write = settle
  end
  open[walk] = true
end

--- Walk over the rows, one statement, closed by itself.
--- Shape: state, shape of the rows -> iterator, nil, nil, closing value for `for`.
--- Units: none.
--- Errors: the iterator raises what the store raises, and closes.
--- Source: none.
function iterate.each(state, shape)
  local store = state.store
  local sql, params = statement.rows(state)
  local step, walk = host.walk(store.conn, sql, params, shape)
  register(store, walk)
  return step, nil, nil, walk
end

--- All rows of a state in a list.
--- Shape: state, shape of the rows -> list of rows.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function iterate.list(state, shape)
  local sql, params = statement.rows(state)
  return host.list(state.store.conn, sql, params, shape)
end

local function ids_of(state)
  local sql, params = statement.rows(state, "t.id")
  local ids, n = {}, 0
  for _, id in state.store.conn:rows(sql, params) do
    n = n + 1
    ids[n] = id
  end
  return ids
end

local function rows_by_id(state, ids, from, shape)
  local columns = "t." .. table.concat(state.info.columns, ", t.")
  local sql = ("SELECT %s FROM %s AS t WHERE t.id IN (SELECT value FROM json_each(?))")
    :format(columns, state.info.name)
  local wanted = table.concat(ids, ",", from, math.min(from + BATCH - 1, #ids))
  local found = {}
  for _, row in ipairs(host.list(state.store.conn, sql, { "[" .. wanted .. "]" }, shape)) do
    found[row.id] = row
  end
  return found
end

local function in_batches(state, shape)
  local ids, found = ids_of(state), nil
  local at, loaded = 0, 0
  return function()
    while at < #ids do
      at = at + 1
      if at > loaded then
        found = rows_by_id(state, ids, at, shape)
        loaded = at + BATCH - 1
      end
      local row = found[ids[at]]
      if row then return row end          -- deleted since: not there any more
    end
  end
end

--- Walk over the rows with nothing open between two of them.
--- Shape: state, shape of the rows -> function that gives the next row or nil.
--- Units: up to 1,000 rows are read at once; more, in batches of 250.
--- Errors: those of the store.
--- Source: none.
function iterate.detached(state, shape)
  local all = iterate.list(statement.part(state, 0, SHORT + 1), shape)
  if #all > SHORT and not state.selected then return in_batches(state, shape) end
  if #all > SHORT then all = iterate.list(state, shape) end
  local at = 0
  return function()
    at = at + 1
    return all[at]
  end
end

--- The row at a place.
--- Shape: state, integer, shape of the rows -> row | nil.
--- Units: 1 is the first row, -1 the last.
--- Errors: those of the store.
--- Source: none.
function iterate.at(state, i, shape)
  if i < 0 then i = aggregate.count(state) + i + 1 end
  if i < 1 then return nil end
  return iterate.list(statement.part(state, i - 1, 1), shape)[1]
end

-- ipairs(q) asks for 1, 2, 3, …: after the second step in a row the rows come in batches.
local function in_turn(state, i, shape)
  local batch = state.batch
  if batch and i == batch.last + 1 and i > 1 then
    batch.last = i
    local found = batch[i]
    if found == nil and i > batch.stop then
      batch = iterate.list(statement.part(state, i - 1, 200), shape)
      local moved = { last = i, stop = i - 1 + #batch }
      table.move(batch, 1, #batch, i, moved)
      state.batch, found = moved, moved[i]
    end
    if found ~= nil then batch[i] = nil end
    if found == nil then state.batch = nil end
    return found
  end
  state.batch = { last = i, stop = i }
  return iterate.at(state, i, shape)
end

local function by_column(state, column, i, shape)
  local wanted = { op = "=", field = column, i }
  local part = setmetatable({ where = list.concat(state.where, { wanted }) }, { __index = state })
  return iterate.at(part, 1, shape)
end

--- What q[7] is: the row at that place, or the one that bears the number.
--- Shape: state, key that is no string, shape of the rows -> row | nil.
--- Units: as iterate.at; a congress is meant by its number.
--- Errors: raises usage for what is no whole number, at the caller's line.
--- Source: none.
function iterate.numbered(state, key, shape)
  local i = math.tointeger(key)
  if type(key) ~= "number" or not i then
    err.raise("usage", ("%s is read by a key or a whole number, not by %s"):format(
      state.def.name, type(key) == "number" and tostring(key) or "a " .. type(key)))
  end
  if i < 1 then return iterate.at(state, i, shape) end
  local column = state.def.number_key
  if column then return by_column(state, column, i, shape) end
  return in_turn(state, i, shape)
end

return iterate
