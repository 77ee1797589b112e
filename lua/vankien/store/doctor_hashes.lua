-- Doctor, part: rows whose hash does not fit them, and what was altered as far as can be told.

local facts = require "vankien.store.facts"
local schema = require "vankien.store.schema"

local hashes = {}

local quoted = schema.quoted

-- The fact as it was shipped, when row `id` of the table was one.
local function shipped(name, id)
  local known = false
  for _, given in ipairs(facts.tables()) do known = known or given == name end
  if not known then return nil end
  local columns, rows = facts.read(name)
  return rows[id] and rows[id].values, columns
end

local function same(kind, stored, text)
  if stored == nil or text == nil then return stored == text end
  if kind == "TEXT" then return stored == text end
  return tonumber(stored) == tonumber(text)
end

local function show(value)
  if value == nil then return "nothing" end
  local text = tostring(value)
  if #text > 60 then text = text:sub(1, utf8.offset(text, 41) - 1) .. "…" end
  return '"' .. text .. '"'
end

local function show_safely(value)
  if type(value) == "string" and not utf8.len(value) then return "bytes that are no UTF-8" end
  return show(value)
end

local function differences(conn, name, id)
  local values, given = shipped(name, id)
  if not values then return nil end
  local columns, out = schema.columns(conn, name), {}
  for _, column in ipairs(given) do
    local info = columns[column]
    if info then  -- a reference stands under another name, by natural key: left out
      local stored = conn:first(("SELECT %s FROM %s WHERE rowid = ?"):format(
        quoted(column), quoted(name)), { id })
      if not same(info.type, stored, values[column]) then
        out[#out + 1] = ("%s is %s, the fact as shipped has %s"):format(
          column, show_safely(stored), show_safely(values[column]))
      end
    end
  end
  return #out > 0 and table.concat(out, "; ") or nil
end

local function describe(conn, name, id)
  local message = "the row was altered: its hash does not fit"
  local what = differences(conn, name, id)
  return what and message .. " (" .. what .. ")" or message
end

local function check_table(conn, add, name)
  for _, row in conn:rows(("SELECT rowid FROM %s WHERE hash IS NOT %s"):format(
    quoted(name), schema.rowhash(conn, name))) do
    add("hash", name, row, describe(conn, name, row))
  end
end

--- Compute the hash of every row of evidence again.
--- Shape: connection, function(check, table, id, message) -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param conn userdata
---@param add function
function hashes.check(conn, add)
  for _, name in ipairs(schema.evidence(conn)) do check_table(conn, add, name) end
end

return hashes
