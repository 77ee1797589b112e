-- collection["25-CT/TW"]: from what a person writes to one row, to nil, or to an error that
-- lists the candidates.  Documents are found by key, number in any spelling, number@term
-- ("18-NQ/TW@XII"), short name ("Nghị quyết 59") and title; other rows by their key columns.

local err = require "vankien.util.err"
local iterate = require "vankien.query.iterate"
local list = require "vankien.util.list"
local number = require "vankien.text.number"
local suggest = require "vankien.util.suggest"
local text = require "vankien.host.text"
local values = require "vankien.query.values"

local lookup = {}

local MOST = 12          -- candidates that an error lists

local function narrowed(state, sql, params)
  local part = setmetatable({}, { __index = state })
  part.where = list.concat(state.where, { { op = "subquery", sql = sql, params = params } })
  part.limit = state.limit and state.limit or MOST + 1
  return part
end

local function find(state, make, sql, params)
  return iterate.list(narrowed(state, sql, params), make)
end

--- Raise for a key or conditions that several rows meet.
--- Shape: state, key, list of rows -> never returns.
--- Units: at most 12 rows are listed.
--- Errors: always, ambiguous, at the caller's line.
--- Source: none.
function lookup.ambiguous(state, key, rows)
  local lines = {}
  for i = 1, math.min(#rows, MOST) do
    local row = rows[i]
    local name = rawget(row, "key") or rawget(row, "id")
    lines[i] = ("  %s  %s"):format(tostring(name), tostring(row))
  end
  if #rows > MOST then lines[#lines + 1] = "  … and more" end
  local first, hint = rows[1], "narrow it with where{…}"
  if state.info.name == "documents" then
    local by = rawget(first, "congress") or (rawget(first, "issued") or ""):sub(1, 4)
    hint = ('choose by key or term: %s["%s"] or %s["%s@%s"]'):format(state.def.name,
      first.key, state.def.name, rawget(first, "number") or key, by)
  end
  err.raise("ambiguous", ("%q is %d rows of %s:\n%s"):format(key,
    #rows, state.def.name, table.concat(lines, "\n")), { hint = hint })
end

local function only_one(state, key, rows)
  if #rows > 1 then lookup.ambiguous(state, key, rows) end
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

local short_sql = [[(t.number LIKE ? || '-' || ? || '/%' OR t.number LIKE ? || '/' || ? || '-%'
  OR t.number LIKE ? || '/____/' || ? || '-%')]]

local function by_number(state, make, key)
  local parts = number.parse(key)
  if parts then
    check_type(state, parts)
    return find(state, make, "t.number = ?", { parts.text })
  end
  local short = number.short(key)
  if short then
    local s, c = short.serial, short.code
    return find(state, make, short_sql, { s, c, s, c, s, c })
  end
  return {}
end

-- "18-NQ/TW@XII", "18-NQ/TW@2017": the number, then a term, a year or date, or an issuer.
local function by_term(state, make, key)
  local head, tail = key:match "^(.-)%s*@%s*(.+)$"
  if not head then return nil end
  local parts, problem = number.parse(head)
  if not parts then err.raise(problem.code, problem.message, { hint = problem.hint }) end
  local congress = values.read({ kind = "congress" }, tail)
  return find(state, make,
    "t.number = ? AND (t.congress = ? OR t.issued LIKE ? || '%' OR vk_fold(t.issuer) = ?)",
    { parts.text, congress or "", tail:match "^[%d-]+$" or "-", text.fold(tail) })
end

local function by_columns(state, make, key)
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
  return find(state, make, "(" .. table.concat(conditions, " OR ") .. ")", params)
end

local function check_key(key)
  if not utf8.len(key) then err.raise("bad_input", "the key is not UTF-8") end
  if #key > 1000 then err.raise("bad_input", "the key is longer than 1000 bytes") end
end

-- As stored: the common case, with one prepared statement and no parsing.
local function exact(state, make, key)
  if state.exact == nil then
    local columns = list.filter(state.def.keys, function(column)
      local kind = state.info.kind[column]
      return kind == "exact" or kind == "number" or kind == "congress"
    end)
    state.exact = #columns > 0 and list.map(columns, function(column)
      return ("t.%s = ?"):format(column)
    end) or false
  end
  if not state.exact then return {} end
  local params = {}
  for i = 1, #state.exact do params[i] = key end
  return find(state, make, "(" .. table.concat(state.exact, " OR ") .. ")", params)
end

--- The row that a key names.
--- Shape: state, make(record), key -> row | nil.
--- Units: none.
--- Errors: raises ambiguous with the candidates; bad_input when a number contradicts the collection.
--- Source: none.
function lookup.key(state, make, key)
  local rows = exact(state, make, key)
  if #rows == 0 then
    check_key(key)
    if state.info.name == "documents" then
      rows = by_term(state, make, key) or by_number(state, make, key)
    end
  end
  if #rows == 0 then rows = by_columns(state, make, key) end
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
