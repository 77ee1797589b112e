-- What a person may have written for a key: documents by number in any spelling, by number@term
-- ("18-NQ/TW@XII"), by short name ("Nghị quyết 59") and title; other rows by their key columns.
-- Several rows that fit are an error that lists them; none, and the nearest keys can be named.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local iterate = require "vankien.query.iterate"
local list = require "vankien.util.list"
local lookup = require "vankien.query.lookup"
local number = require "vankien.text.number"
local suggest = lazy.module "vankien.util.suggest"
local text = require "vankien.host.text"
local values = require "vankien.query.values"

local nearby = {}

local MOST = lookup.MOST

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
function nearby.ambiguous(state, asked, rows, n)
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

--- The one row of a list, or nil.
--- Shape: state, key, list of rows -> row | nil.
--- Units: none.
--- Errors: raises ambiguous when there are several.
--- Source: none.
function nearby.only_one(state, key, rows)
  if #rows > 1 then
    local n = #rows > MOST and "many" or #rows
    nearby.ambiguous(state, ("%q is %s rows of %s"):format(key, n, state.def.name), rows, #rows)
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

local short_sql = [[(t.number LIKE ? || '-' || ? || '/%' OR t.number LIKE ? || '/' || ? || '-%'
  OR t.number LIKE ? || '/____/' || ? || '-%')]]

local function by_number(state, shape, key)
  local parts = number.parse(key)
  if parts then
    check_type(state, parts)
    if state.finder then return { lookup.exact(state, shape, parts.text) } end
    return find(state, shape, "t.number = ?", { parts.text })
  end
  local short = number.short(key)
  if short then
    local s, c = short.serial, short.code
    return find(state, shape, short_sql, { s, c, s, c, s, c })
  end
  return {}
end

--- The row that is meant by what is no key as it is stored.
--- Shape: state, shape of the rows, key -> row | nil.
--- Units: none.
--- Errors: raises ambiguous with the candidates, bad_input for a number of another type.
--- Source: none.
function nearby.find(state, shape, key)
  check_key(key)
  local rows = {}
  if state.info.name == "documents" then
    rows = by_term(state, shape, key) or by_number(state, shape, key)
  end
  if #rows == 0 then rows = by_columns(state, shape, key) end
  return nearby.only_one(state, key, rows)
end

--- Keys that look like the one that was not found.
--- Shape: state, key -> question | nil.
--- Units: at most 5,000 rows are compared.
--- Errors: those of the store.
--- Source: none.
function nearby.keys(state, key)
  local names = {}
  for _, column in ipairs(state.def.keys) do
    local sql = ("SELECT %s FROM %s WHERE %s IS NOT NULL LIMIT 5000"):format(column,
      state.info.name, column)
    for _, name in state.store.conn:rows(sql) do names[#names + 1] = name end
  end
  return suggest.phrase(key, names)
end

return nearby
