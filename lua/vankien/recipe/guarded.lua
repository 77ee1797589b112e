-- A small file that several processes change: read, changed and replaced under a lock, so that
-- nobody's change is lost and a process that is killed leaves the old file or the new one.

local err = require "vankien.util.err"
local lock = require "vankien.host.lock"
local sys = require "vankien.host.sys"

local guarded = {}

local function parts_of(path)
  local folder, name = path:match "^(.*)/([^/]*)$"
  return folder or ".", name or path
end

-- What a process that was killed while writing left beside the file; the caller holds the lock.
local function remove_left(folder, name)
  for _, other in ipairs(sys.listdir(folder) or {}) do
    local ending = other:sub(1, #name + 1) == name .. "." and other:sub(#name + 2)
    if ending and ending:find "^%w%w%w%w%w%w$" then os.remove(folder .. "/" .. other) end
  end
end

--- Read a small file.
--- Shape: path, bytes at most, boolean: others may write to it -> bytes, "" where there is no file
---   | nil, err.
--- Units: bytes.
--- Errors: nil, integrity for a file that others can write to; bad_input when it is too long or
---   no regular file; io.
--- Source: own.
---@param path string
---@param max integer
---@param is_shared? boolean
function guarded.read(path, max, is_shared)
  local there, problem = sys.stat(path)
  if not there and problem.code == "not_found" then return "" end
  if not there then return nil, problem end
  if there.is_link or there.kind ~= "file" then
    return nil, err.new("integrity", path .. " is not a regular file")
  end
  if there.mode & 18 ~= 0 and not is_shared then      -- 022: group, others
    return nil, err.new("integrity", path .. " can be written to by others",
      { hint = "look through it, then: chmod go-w " .. path })
  end
  return sys.read_file(path, max)
end

--- Change a small file.
--- Shape: path, bytes at most, function(bytes) -> new bytes | nil, err, mode of the file or nil
---   -> true | nil, err.
--- Units: bytes.
--- Errors: nil and what the function returned, reading and writing say; busy when another process
---   holds it for ten seconds; what the function raises.
--- Source: own.
---@param path string
---@param max integer
---@param change fun(bytes: string): string?, table?
---@param mode? integer 0600 unless said, and then others may write to it
function guarded.change(path, max, change, mode)
  local folder, name = parts_of(path)
  local ok, problem = sys.mkdir_private(folder)
  if not ok then return nil, problem end
  local held <close>, busy = lock.take(("%s/.%s.lock"):format(folder, name))
  if not held then return nil, busy end
  remove_left(folder, name)
  local bytes, changed
  bytes, problem = guarded.read(path, max, mode ~= nil)
  if not bytes then return nil, problem end
  changed, problem = change(bytes)
  if not changed then return nil, problem end
  if changed == bytes then return true end
  if #changed > max then
    return nil, err.new("full", ("%s would be longer than %d bytes"):format(path, max))
  end
  return sys.write_file_atomic(path, changed, mode or tonumber("600", 8))
end

return guarded
