-- Walking over the rows of a query.
--
-- each() reads from one open statement, which closes at the end, on break, on an error, and
-- when it is forgotten.  Before the store is written, what such a walk has still to give is read
-- into memory: it goes on over the rows as they were.  pairs() cannot close anything on
-- break (Lua drops the closing value), so nothing stays open behind it: a short result is read
-- at once, of a long one the ids, and then the rows in batches.

local statement = require "vankien.query.statement"

local iterate = {}

local SHORT, BATCH = 1000, 250

-- store -> set of walks that hold an open statement
local walks = setmetatable({}, { __mode = "k" })

local function drain(walk)
  local rest = {}
  for record in walk.next_record do rest[#rest + 1] = walk.make(record) end
  walk.rest, walk.at = rest, 0
  walk.cursor:close()
  walk.cursor = nil
end

-- Called by the store before it writes.
local function settle(store)
  for walk in pairs(walks[store] or {}) do
    if walk.cursor then drain(walk) end
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

local function finish(store, walk)
  if walk.cursor then walk.cursor:close() end
  walk.cursor, walk.rest = nil, nil
  walk.done = true
  if walks[store] then walks[store][walk] = nil end
end

local function from_memory(walk)
  walk.at = walk.at + 1
  return walk.rest[walk.at]
end

--- Walk over the rows, one statement, closed by itself.
--- Shape: state, make(record) -> iterator, nil, nil, closing value for `for`.
--- Units: none.
--- Errors: the iterator raises what the store raises, and closes.
--- Source: none.
function iterate.each(state, make)
  local store = state.store
  local sql, params = statement.rows(state)
  local cursor = store.conn:cursor(sql, params)
  local record_of = cursor.row
  local walk = { cursor = cursor, make = make }
  function walk.next_record() return record_of(cursor) end
  register(store, walk)
  local closing = setmetatable({}, { __close = function() finish(store, walk) end })
  local function step()
    if walk.cursor then
      local record = record_of(cursor)
      if record then return make(record) end
      finish(store, walk)
    elseif walk.rest then
      return from_memory(walk)
    end
    return nil
  end
  return step, nil, nil, closing
end

--- All rows of a state in a list.
--- Shape: state, make(record) -> list of rows.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function iterate.list(state, make)
  local sql, params = statement.rows(state)
  local cursor <close> = state.store.conn:cursor(sql, params)
  local next_record, rows, n = cursor.row, {}, 0
  for record in next_record, cursor do
    n = n + 1
    rows[n] = make(record)
  end
  return rows
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

local function rows_by_id(state, ids, from, make)
  local columns = "t." .. table.concat(state.info.columns, ", t.")
  local sql = ("SELECT %s FROM %s AS t WHERE t.id IN (SELECT value FROM json_each(?))")
    :format(columns, state.info.name)
  local wanted = table.concat(ids, ",", from, math.min(from + BATCH - 1, #ids))
  local cursor <close> = state.store.conn:cursor(sql, { "[" .. wanted .. "]" })
  local found = {}
  for record in cursor.row, cursor do
    local id = record.id
    found[id] = make(record)
  end
  return found
end

local function in_batches(state, make)
  local ids, found = ids_of(state), nil
  local at, loaded = 0, 0
  return function()
    while at < #ids do
      at = at + 1
      if at > loaded then
        found = rows_by_id(state, ids, at, make)
        loaded = at + BATCH - 1
      end
      local row = found[ids[at]]
      if row then return row end          -- deleted since: not there any more
    end
  end
end

--- Walk over the rows with nothing open between two of them.
--- Shape: state, make(record) -> function that gives the next row or nil.
--- Units: up to 1,000 rows are read at once; more, in batches of 250.
--- Errors: those of the store.
--- Source: none.
function iterate.detached(state, make)
  local rows = iterate.list(statement.part(state, 0, SHORT + 1), make)
  if #rows > SHORT and not state.selected then return in_batches(state, make) end
  if #rows > SHORT then rows = iterate.list(state, make) end
  local at = 0
  return function()
    at = at + 1
    return rows[at]
  end
end

return iterate
