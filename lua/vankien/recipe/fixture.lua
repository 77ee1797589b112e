-- A store with the documents of a recipe's fixture, and the facts that every store has: what its
-- tests run on.  It stands in a private folder and is gone when it is closed.

local folders = require "vankien.util.folders"
local ingest = require "vankien.corpus.ingest"
local json = require "vankien.util.json"
local sys = require "vankien.host.sys"

local fixture = {}

local count = 0

-- Under the state folder: nobody else can put a file in its way there.
local function private_folder()
  local base, problem = folders.state()
  if not base then error(problem, 0) end
  count = count + 1
  local path = ("%s/fixtures/%d-%d"):format(base, sys.pid(), count)
  local ok, wrong = sys.mkdir_private(path)
  if not ok then error(wrong, 0) end
  return path
end

local function clear(folder)
  for _, name in ipairs(sys.listdir(folder) or {}) do os.remove(folder .. "/" .. name) end
  os.remove(folder)
end

local function lines_of(documents)
  local lines = {}
  for i, document in ipairs(documents) do lines[i] = json.encode(document) end
  return table.concat(lines, "\n") .. "\n"
end

local function fill(store, folder, documents)
  if #documents == 0 then return end
  local path = folder .. "/fixture.jsonl"
  local ok, problem = sys.write_file_atomic(path, lines_of(documents), tonumber("600", 8))
  if ok then ok, problem = ingest.run(store, {path}) end
  if not ok then error(problem, 0) end
end

--- Make the store of a fixture.
--- Shape: meta -> store, guard; the guard is a value to be closed, and takes the store with it:
---   local store, guard <close> = fixture.store(meta).
--- Units: none.
--- Errors: raises what importing the documents says.
--- Source: none.
---@param meta table
function fixture.store(meta)
  local folder = private_folder()
  local guard = setmetatable({}, {__close = function(self)
    if self.store then self.store:close() end
    clear(folder)
  end})
  local store, problem = require "vankien".open(folder .. "/store.db", {mode = "create"})
  if not store then
    clear(folder)
    error(problem, 0)
  end
  guard.store = store
  local ok, failure = require "vankien.runner".call(fill, store, folder,
    meta.fixture and meta.fixture.documents or {})
  if ok then return store, guard end
  store:close()
  clear(folder)
  error(failure.value, 0)
end

return fixture
