-- What a query does besides being read: #q, pairs(q), q{…}, tostring(q), and what it refuses.
-- The functions of its metatable, without the two strokes of their names.

local lazy = require "vankien.util.lazy"

local aggregate = require "vankien.query.aggregate"
local err = require "vankien.util.err"
local filter = require "vankien.query.filter"
local iterate = require "vankien.query.iterate"
local methods = require "vankien.query.methods"
local nearby = lazy.module "vankien.query.nearby"
local object = require "vankien.query.object"

local inside = object.inside

local function refuse_write(self, key)
  local name = inside(self).def.name
  err.raise("refused", ("%s cannot be written to: [%s] = …"):format(name, tostring(key)), {
    hint = "store:edit(function(tx) … end) writes",
  })
end

local function length(self) return aggregate.count(inside(self)) end

-- Documents are named by number, else key; other rows by their first key column, else id.
local function name_of(state, row)
  if state.info.name == "documents" then return rawget(row, "number") or row.key end
  local first = state.def.keys[1]
  return first and rawget(row, first) or row.id
end

local function walk(self)
  local state = inside(self)
  local next_row = iterate.detached(state, object.shape_of(state))
  return function()
    local found = next_row()
    if found then return name_of(state, found), found end
  end, self, nil
end

-- resolutions{ number = "18-NQ/TW", congress = "XII" }: the one row, or nil.
local function one_of(self, conditions)
  local state = inside(self)
  if type(conditions) ~= "table" then
    err.raise("usage", state.def.name .. " is called with a table of conditions", {
      hint = ('%s{ number = "25-CT/TW" }, or %s:where"…"'):format(state.def.name,
        state.def.name),
    })
  end
  local found = methods.where(self, conditions)
  local n = found:count()
  if n < 2 then return found:first() end
  local asked = filter.words(inside(found))
  nearby.ambiguous(state, ("%d rows are %s"):format(n, asked), found:limit(12):list(), n)
end

local function words_and_count(self)
  local state = inside(self)
  local n = aggregate.count(state)
  return ("%s: %d %s"):format(filter.words(state), n, n == 1 and "row" or "rows")
end

local function refuse_concat()
  err.raise("usage", "a query is not text", { hint = "tostring(q), or q:list()" })
end

return {
  newindex = refuse_write, len = length, pairs = walk, call = one_of, tostring = words_and_count,
  concat = refuse_concat,
}
