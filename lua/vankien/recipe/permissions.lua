-- What a recipe may do: the default, what one declares, and the least of two.
-- A permission is a ceiling (seconds, memory_mb, output_mb, rows), reading the store, or the list
-- of tables that a plan may write to.

local permissions = {}

--- What every recipe gets without being trusted.
permissions.default = { read = true, seconds = 10, memory_mb = 256, output_mb = 8, rows = 100000 }

local ceilings = { "seconds", "memory_mb", "output_mb", "rows" }
local units = { seconds = "s", memory_mb = "MB of memory", output_mb = "MB of output",
  rows = "rows" }

local function tables_of(write)
  if type(write) ~= "table" or #write == 0 then return nil end
  local copy = table.move(write, 1, #write, 1, {})
  table.sort(copy)
  return copy
end

--- What metadata declares, the default for what it leaves out.
--- Shape: metadata or nil -> {read=, write=, seconds=, memory_mb=, output_mb=, rows=}.
--- Units: seconds, MB, rows; write: sorted list of tables, or nil.
--- Errors: none.
--- Source: own.
---@param meta? table
function permissions.of(meta)
  local given, out = meta and meta.permissions or {}, {}
  for name, value in pairs(permissions.default) do
    out[name] = given[name]
    if out[name] == nil then out[name] = value end
  end
  out.write = tables_of(given.write)
  return out
end

local function common(a, b)
  local known, out = {}, {}
  for _, name in ipairs(a or {}) do known[name] = true end
  for _, name in ipairs(b or {}) do
    if known[name] then out[#out + 1] = name end
  end
  return tables_of(out)
end

--- What both allow: a dependency gets no more than its caller has.
--- Shape: two permissions -> permissions.
--- Units: as in permissions.of.
--- Errors: none.
--- Source: own.
---@param a table
---@param b table
function permissions.least(a, b)
  local out = { read = a.read and b.read, write = common(a.write, b.write) }
  for _, name in ipairs(ceilings) do out[name] = math.min(a[name], b[name]) end
  return out
end

local function written(value)
  local text = ("%g"):format(value)
  return math.type(value) == "integer" and tostring(value) or text
end

--- What goes beyond the default, one short phrase each.
--- Shape: permissions -> list of strings; empty: no more than the default.
--- Units: in the phrases.
--- Errors: none.
--- Source: own.
---@param given table
function permissions.beyond(given)
  local out = {}
  if given.write then out[1] = "propose rows for " .. table.concat(given.write, ", ") end
  for _, name in ipairs(ceilings) do
    if given[name] > permissions.default[name] then
      out[#out + 1] = ("%s %s (default %s)"):format(written(given[name]), units[name],
        written(permissions.default[name]))
    end
  end
  return out
end

--- All of it in one line.
--- Shape: permissions -> "read the store; 10 s, 256 MB of memory, …".
--- Units: in the line.
--- Errors: none.
--- Source: own.
---@param given table
function permissions.line(given)
  local first = { given.read and "read the store" or "read nothing" }
  if given.write then first[2] = "propose rows for " .. table.concat(given.write, ", ") end
  local limits = {}
  for i, name in ipairs(ceilings) do limits[i] = written(given[name]) .. " " .. units[name] end
  return table.concat(first, ", ") .. "; " .. table.concat(limits, ", ")
end

return permissions
