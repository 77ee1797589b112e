-- Stores for specs: made in a folder of their own, removed when the variable goes out of scope.

local open_store = require "vankien".open   -- with what the layers above add to a store
local sys = require "vankien.host.sys"

local stores = {}

local count = 0

--- A path for a file that is not there yet; files with this path as prefix are removed by `clear`.
function stores.path()
  count = count + 1
  local name = os.tmpname()
  os.remove(name)
  return ("%s-%d.db"):format(name, count)
end

function stores.clear(path)
  local folder, prefix = path:match "^(.*)/([^/]*)$"
  for _, name in ipairs(sys.listdir(folder)) do
    if name:sub(1, #prefix) == prefix then os.remove(folder .. "/" .. name) end
  end
end

local kept

-- The bytes of a fresh store, made once: copying is cheaper than making.
local function fresh_bytes()
  if not kept then
    local path = stores.path()
    assert(open_store(path, { mode = "create" })):close()
    local file <close> = assert(io.open(path, "rb"))
    kept = file:read "a"
    stores.clear(path)
  end
  return kept
end

function stores.write(path, bytes)
  local file <close> = assert(io.open(path, "wb"))
  file:write(bytes)
end

--- A fresh store: the object has `file`; close it with `stores.drop`.
function stores.fresh()
  local path = stores.path()
  stores.write(path, fresh_bytes())
  return assert(open_store(path))
end

stores.fresh_bytes = fresh_bytes

function stores.drop(store)
  local path = store:path()
  store:close()
  stores.clear(path)
end

return stores
