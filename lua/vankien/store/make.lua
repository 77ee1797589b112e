-- Making a store where there is none: filled with the facts, whole or not at all.

local err = require "vankien.util.err"
local facts = require "vankien.store.facts"
local format = require "vankien.store.format"
local host = require "vankien.host.store"
local schema = require "vankien.store.schema"
local sys = require "vankien.host.sys"

local make = {}

local function remove_files(path)
  for _, suffix in ipairs { "", "-wal", "-shm", "-journal" } do os.remove(path .. suffix) end
end

local function fill(path)
  local conn <close> = assert(host.open(path, { mode = "create" }))
  local transaction <close> = conn:begin()
  conn:exec(("PRAGMA application_id = %d"):format(format.application_id))
  schema.migrate(conn, 0)
  facts.load(conn)
  transaction:commit()
  -- closing would swallow a full disk here, and the file that is renamed must be whole
  conn:first "PRAGMA wal_checkpoint(TRUNCATE)"
end

--- The folder of a file.
--- Shape: path -> path.
--- Units: none.
--- Errors: none.
--- Source: none.
function make.folder_of(path)
  local folder = path:match "^(.*)/[^/]*$"
  if folder == "" then return "/" end
  return folder or "."
end

-- What was left when a process was killed while it made the store.
local function remove_stale(path)
  local folder, prefix = make.folder_of(path), path:match "[^/]*$" .. ".new-"
  for _, name in ipairs(sys.listdir(folder) or {}) do
    local pid = name:sub(1, #prefix) == prefix and name:match("^%d+", #prefix + 1)
    if pid and not sys.stat("/proc/" .. pid) then os.remove(folder .. "/" .. name) end
  end
end

-- A store that is there while we make ours wins; the rename makes ours appear whole or not at all.
local function make_file(path)
  local temporary = ("%s.new-%d"):format(path, sys.pid())
  remove_files(temporary)
  remove_stale(path)
  local _ <close> = setmetatable({}, { __close = function() remove_files(temporary) end })
  fill(temporary)
  local there = sys.stat(path)
  if there and there.size > 0 then return true end
  for _, suffix in ipairs { "-wal", "-shm", "-journal" } do os.remove(path .. suffix) end
  local ok, message = os.rename(temporary, path)
  if not ok then return nil, err.new("io", "cannot make the store: " .. message) end
  return true
end

local function no_folder(path, folder)
  return nil, err.new("not_found",
    ("cannot make the store %s: there is no folder %s"):format(path, folder))
end

--- Make a store, filled with the facts, where there is none.
--- Shape: path -> true | nil, err.
--- Units: none.
--- Errors: not_found when the folder is missing; raises bad_input for a wrong fact, io, full.
--- Source: none.
---@param path string
function make.store(path)
  local folder = make.folder_of(path)
  local there = sys.stat(folder)
  if not there or there.kind ~= "dir" then return no_folder(path, folder) end
  return make_file(path)
end

return make
