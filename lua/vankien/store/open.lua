-- Where the store is, and opening it: made at first use, refused when it is not ours.
-- Opening an existing store reads one page; what may be wrong inside is the doctor's business.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local folders = require "vankien.util.folders"
local format = require "vankien.store.format"
local host = require "vankien.host.store"
local make = lazy.module "vankien.store.make"
local schema = lazy.module "vankien.store.schema"
local strict = require "vankien.util.strict"
local sys = require "vankien.host.sys"

local open = {}

local magic = "SQLite format 3\0"
local modes = { read = true, write = true, create = true }

--- Where the store is when nobody names one.
--- Shape: nothing -> path, "environment" | "default"  or  nil, err.
--- Units: none.
--- Errors: not_found when there is no home folder.
--- Source: XDG Base Directory Specification: XDG_DATA_HOME counts only when absolute.
function open.default_path()
  local named = os.getenv "VANKIEN_STORE"
  if named and named ~= "" then return named, "environment" end
  local folder = folders.data()
  if not folder then
    return nil, err.new("not_found", "no place for the store: HOME is not set",
      { hint = "set HOME or XDG_DATA_HOME, or name a file with --store or VANKIEN_STORE" })
  end
  return folder .. "/store.db", "default"
end

-- Nothing is written before we know that the file is ours: even opening would alter a stranger's.
local function check_header(path)
  local file, message = io.open(path, "rb")
  if not file then return nil, err.new("io", "cannot read the store " .. message) end
  local header = file:read(100) or ""
  file:close()
  if header:sub(1, #magic) ~= magic or #header < 100 then
    return nil, err.new("bad_input", path .. " is not a store: it is no SQLite file",
      { hint = "texts come in through `vankien import`" })
  end
  if (">I4"):unpack(header, 69) ~= format.application_id then
    return nil, err.new("bad_input", path .. " is an SQLite file, but not a store of vankien")
  end
  return true
end

local function check_kind(path, there)
  if there.kind == "file" then return true end
  local names = {
    dir = "a folder", fifo = "a pipe", device = "a device", link = "a link that leads nowhere",
  }
  return nil, err.new("bad_input",
    ("%s is %s, not a store"):format(path, names[there.kind] or "no file"))
end

-- true when a store is there; otherwise why not.
local function prepare(path, origin, mode)
  local there = sys.stat(path)
  if there and there.kind ~= "file" then return check_kind(path, there) end
  if there and there.size > 0 then return check_header(path) end
  if origin == "named" and mode ~= "create" then
    return nil, err.new("not_found", there and path .. " is empty" or "there is no store " .. path,
      { hint = "import makes one: vankien --store " .. path .. " import …" })
  end
  if origin == "default" then
    local ok, problem = sys.mkdir_private(make.folder_of(path))
    if not ok then return nil, problem end
  end
  local ok, problem = make.store(path)
  if not ok then return nil, problem end
  return "made"
end

local function upgrade(path, mode)
  local conn <close> = assert(host.open(path, { mode = "write" }))
  local transaction <close> = conn:begin()
  local version = conn:first "PRAGMA user_version"
  if version < format.version() then schema.migrate(conn, version) end
  transaction:commit()
  conn:close()
  return host.open(path, { mode = mode })
end

local function check_version(conn, path, mode)
  local version, newest = conn:first "PRAGMA user_version", format.version()
  if version == newest then return conn end
  conn:close()
  if version > newest then
    return nil, err.new("refused",
      ("%s was made by a newer vankien: schema %d, ours is %d"):format(path, version, newest),
      { hint = "update vankien" })
  end
  return upgrade(path, mode)
end

--- Open a store.
--- Shape: path or nil, {mode = "read" | "write" | "create"} -> connection, path, made | nil, err.
--- Units: made is true when the store was made just now.
--- Errors: not_found, bad_input (no store), refused (newer), io; raises for a wrong option.
--- Source: none.
---@param path? string
---@param options? table mode: "write" unless said; "create" makes a named store
function open.connect(path, options)
  options = strict.options(options, { mode = "string" }, "store.open")
  local mode = options.mode or "write"
  if not modes[mode] then
    strict.unknown("mode", mode, { "read", "write", "create" }, "store.open")
  end
  local origin = "named"
  if path == nil then
    path, origin = open.default_path()
    if not path then return nil, origin end
  end
  local ready, problem = prepare(path, origin, mode)
  if not ready then return nil, problem end
  mode = mode == "create" and "write" or mode
  local conn
  conn, problem = host.open(path, { mode = mode })
  if not conn then return nil, problem end
  conn, problem = check_version(conn, path, mode)
  if not conn then return nil, problem end
  return conn, path, ready == "made"
end

return open
