-- One hash for the content of a store.

local format = require "vankien.store.format"
local host = require "vankien.host.store"
local schema = require "vankien.store.schema"

local fingerprint = {}

local batch = 4096

local function order_of(conn, name)
  local keys = {}
  for _, column in ipairs(schema.columns(conn, name)) do
    if column.key > 0 then keys[column.key] = schema.quoted(column.name) end
  end
  return table.concat(keys, ", ")
end

--- A chain over the row hashes of all evidence, tables by name and rows by key.
--- Shape: connection -> 64 hexadecimal digits.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param conn userdata
function fingerprint.of(conn)
  local state = host.sha256(("schema %d"):format(format.version()))
  for _, name in ipairs(schema.evidence(conn)) do
    state = host.sha256(state .. name)
    local held = {}
    for _, hash in conn:rows(("SELECT hash FROM %s ORDER BY %s"):format(
      schema.quoted(name), order_of(conn, name))) do
      held[#held + 1] = hash
      if #held == batch then
        state, held = host.sha256(state .. table.concat(held)), {}
      end
    end
    state = host.sha256(state .. table.concat(held))
  end
  return state
end

return fingerprint
