-- A private folder for the files of one job, gone when the job is over.  It stands under the state
-- folder of the account, where nobody else can put anything in its way.

local folders = require "vankien.util.folders"
local sys = require "vankien.host.sys"

local workplace = {}

local count = 0

local function remove(path)
  local there = sys.stat(path)
  if there and there.kind == "dir" and not there.is_link then
    for _, name in ipairs(sys.listdir(path) or {}) do remove(path .. "/" .. name) end
  end
  return os.remove(path)
end

--- Remove a file or a folder with all that is in it; links are removed, not followed.
--- Shape: path -> true | nil, message.
--- Units: none.
--- Errors: nil and the system's message.
--- Source: own.
---@param path string
workplace.remove = remove

-- What a process that was killed left behind.
local function remove_stale(base)
  for _, name in ipairs(sys.listdir(base) or {}) do
    local pid = name:match "^(%d+)%-%d+$"
    if pid and not sys.stat("/proc/" .. pid) then remove(base .. "/" .. name) end
  end
end

--- Make a folder for one job.
--- Shape: nothing -> {path=}, to be closed | nil, err.
--- Units: none.
--- Errors: nil, not_found without a home folder; io, full.
--- Source: own.
function workplace.new()
  local state, problem = folders.state()
  if not state then return nil, problem end
  local base = state .. "/work"
  count = count + 1
  local path = ("%s/%d-%d"):format(base, sys.pid(), count)
  remove_stale(base)
  local ok
  ok, problem = sys.mkdir_private(path)
  if not ok then return nil, problem end
  return setmetatable({ path = path }, { __close = function() remove(path) end })
end

return workplace
