-- collection["25-CT/TW"]: from what a person writes to one row, to nil, or to an error that
-- lists the candidates.  Documents are found by key, number in any spelling, number@term
-- ("18-NQ/TW@XII"), short name ("Nghị quyết 59") and title; other rows by their key columns.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local host = require "vankien.host.rows"
local iterate = require "vankien.query.iterate"
local list = require "vankien.util.list"
local number = lazy.module "vankien.text.number"
local statement = require "vankien.query.statement"
local suggest = lazy.module "vankien.util.suggest"
local text = lazy.module "vankien.host.text"
local values = lazy.module "vankien.query.values"

local lookup = {}

local MOST = 12          -- candidates that an error lists

local function narrowed(state, sql, params)
  local part = setmetatable({}, { __index = state })
  part.where = list.concat(state.where, { { op = "subquery", sql = sql, params = params } })
  part.limit = state.limit and state.limit or MOST + 1
  return part
end

local function find(state, shape, sql, params)
  return iterate.list(narrowed(state, sql, params), shape)
end

local function hint_for(state, first)
  if state.info.name ~= "documents" then return "narrow it with where{…}" end
  local name, of = first.number or first.title, state.def.name
  local by = first.congress or (first.issued or ""):sub(1, 4)
  return ('choose by key or term: %s["%s"] or %s["%s@%s"]'):format(of, first.key, of, name, by)
end

--- Raise for a key or conditions that several rows meet.
--- Shape: state, what was asked, list of rows, how many there are -> never returns.
--- Units: at most 12 rows are listed.
--- Errors: always, ambiguous, at the caller's line.
--- Source: none.
function lookup.ambiguous(state, asked, rows, n)
  local lines = {}
  for i = 1, math.min(#rows, MOST) do
    local row = rows[i]
    lines[i] = ("  %s  %s"):format(tostring(rawget(row, "key") or row.id), tostring(row))
  end
  if n > #lines then lines[#lines + 1] = "  … and more" end
  err.raise("ambiguous", ("%s:\n%s"):format(asked, table.concat(lines, "\n")), {
    hint = hint_for(state, rows[1]),
  })
end

local function only_one(state, key, rows)
  if #rows > 1 then
    local n = #rows > MOST and "many" or #rows
    lookup.ambiguous(state, ("%q is %s rows of %s"):format(key, n, state.def.name), rows, #rows)
  end
  return rows[1]
end

-- A directive cannot be looked for under the number of a resolution.
local function check_type(state, parts)
  local allowed = state.def.only and state.def.only.type
  if not allowed or #parts.types == 0 then return end
  for _, name in ipairs(parts.types) do
    if list.index_of(allowed, name) then return end
  end
  err.raise("bad_input", ("%s is the number of a %s, and %s are not"):format(parts.text,
    table.concat(parts.types, " or "), state.def.name), {
    hint = ('documents["%s"]'):format(parts.text),
  })
end

-- "18-NQ/TW@XII", "18-NQ/TW@2017": the number, then a term, a year or date, or an issuer.
local function by_term(state, shape, key)
  local head, tail = key:match "^(.-)%s*@%s*(.+)$"
  if not head then return nil end
  local parts, problem = number.parse(head)
  if not parts then err.raise(problem.code, problem.message, { hint = problem.hint }) end
  local congress = values.read({ kind = "congress" }, tail)
  return find(state, shape,
    "t.number = ? AND (t.congress = ? OR t.issued LIKE ? || '%' OR vk_fold(t.issuer) = ?)",
    { parts.text, congress or "", tail:match "^[%d-]+$" or "-", text.fold(tail) })
end

local function by_columns(state, shape, key)
  local conditions, params = {}, {}
  for _, column in ipairs(state.def.keys) do
    local kind = state.info.kind[column]
    local value = values.read({ kind = kind, name = column }, key)
    if value and kind == "text" then
      conditions[#conditions + 1] = ("vk_fold(t.%s) = ?"):format(column)
      params[#params + 1] = text.fold(value)
    elseif value then
      conditions[#conditions + 1] = ("t.%s = ?"):format(column)
      params[#params + 1] = value
    end
  end
  if #conditions == 0 then return {} end
  return find(state, shape, "(" .. table.concat(conditions, " OR ") .. ")", params)
end

local function check_key(key)
  if not utf8.len(key) then err.raise("bad_input", "the key is not UTF-8") end
  if #key > 1000 then err.raise("bad_input", "the key is longer than 1000 bytes") end
end

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
    where == "" and " WHERE" or where .. " AND", table.concat(equals, " OR "), MOST + 1)
  state.exact = { sql = sql, params = params, keys = #columns }
  return host.finder(state.store.conn, sql, params, shape, #params + 1)
end

-- As stored: the common case.  The finder says when there are several; here they are listed.
local function exact(state, shape, key)
  if state.finder == nil then state.finder = prepare(state, shape) end
  if not state.finder then return nil end
  local found, several = state.finder(key)
  if not several then return found end
  local params = list.concat(state.exact.params, {})
  for _ = 1, state.exact.keys do params[#params + 1] = key end
  return only_one(state, key, host.list(state.store.conn, state.exact.sql, params, shape))
end

local short_sql = [[(t.number LIKE ? || '-' || ? || '/%' OR t.number LIKE ? || '/' || ? || '-%'
  OR t.number LIKE ? || '/____/' || ? || '-%')]]

local function by_number(state, shape, key)
  local parts = number.parse(key)
  if parts then
    check_type(state, parts)
    if state.finder then return { exact(state, shape, parts.text) } end
    return find(state, shape, "t.number = ?", { parts.text })
  end
  local short = number.short(key)
  if short then
    local s, c = short.serial, short.code
    return find(state, shape, short_sql, { s, c, s, c, s, c })
  end
  return {}
end

--- The row that a key names.
--- Shape: state, shape of the rows, key -> row | nil.
--- Units: none.
--- Errors: raises ambiguous with the candidates, bad_input for a number of another type.
--- Source: none.
function lookup.key(state, shape, key)
  local row = exact(state, shape, key)
  if row then return row end
  check_key(key)
  local rows = {}
  if state.info.name == "documents" then
    rows = by_term(state, shape, key) or by_number(state, shape, key)
  end
  if #rows == 0 then rows = by_columns(state, shape, key) end
  return only_one(state, key, rows)
end

--- Keys that look like the one that was not found.
--- Shape: state, key -> question | nil.
--- Units: at most 5,000 rows are compared.
--- Errors: those of the store.
--- Source: none.
function lookup.nearest(state, key)
  local names = {}
  for _, column in ipairs(state.def.keys) do
    local sql = ("SELECT %s FROM %s WHERE %s IS NOT NULL LIMIT 5000"):format(column,
      state.info.name, column)
    for _, name in state.store.conn:rows(sql) do names[#names + 1] = name end
  end
  return suggest.phrase(key, names)
end

--- How a row is named in pairs().
--- Shape: state, row -> key.
--- Units: documents by number, else key; other rows by their first key column, else id.
--- Errors: none.
--- Source: none.
function lookup.name_of(state, row)
  if state.info.name == "documents" then return rawget(row, "number") or row.key end
  local first = state.def.keys[1]
  return first and rawget(row, first) or row.id
end

return lookup
