-- Files of one folder that change together: all of them, or none, also when the process is killed.
-- New files are staged in a folder beside; renaming it is the moment of decision; after that the
-- files are put in their places, by this process or by the next one that comes.

local err = require "vankien.util.err"
local host = require "vankien.host.store"
local lock = require "vankien.host.lock"
local sys = require "vankien.host.sys"
local workplace = require "vankien.recipe.workplace"

local transaction = {}

local STAGING, DECIDED, LIST = ".staging", ".decided", ".changes"

local function is_name(name)
  return name:find "^%w[%w._-]*$" ~= nil
end

local function rename(from, to)
  local ok, message = os.rename(from, to)
  if not ok then return nil, err.new("io", message) end
  return true
end

local function read_changes(folder)
  local bytes, problem = sys.read_file(folder .. "/" .. LIST, 1 << 20)
  if not bytes then return nil, problem end
  local changes = {}
  for verb, name in bytes:gmatch "(%l+) ([^\n]+)\n" do
    if not is_name(name) then return nil, err.new("integrity", folder .. " is damaged") end
    changes[#changes + 1] = { verb = verb, name = name }
  end
  return changes
end

-- What was decided is put in place; what is there already was done before.
local function finish(folder)
  local decided = folder .. "/" .. DECIDED
  if not sys.stat(decided) then return true end
  local changes, problem = read_changes(decided)
  if not changes and problem.code ~= "not_found" then return nil, problem end
  for _, change in ipairs(changes or {}) do
    local from, to = decided .. "/" .. change.name, folder .. "/" .. change.name
    if change.verb == "remove" then
      os.remove(to)
    elseif sys.stat(from) then
      local ok
      ok, problem = rename(from, to)
      if not ok then return nil, problem end
    end
  end
  os.remove(decided .. "/" .. LIST)
  workplace.remove(decided)
  return true
end

local function stage(folder, changes)
  local staging, lines = folder .. "/" .. STAGING, {}
  workplace.remove(staging)
  local ok, problem = sys.mkdir_private(staging)
  for i, change in ipairs(changes) do
    if not ok then return nil, problem end
    lines[i] = ("%s %s\n"):format(change.bytes and "put" or "remove", change.name)
    if change.bytes then
      ok, problem = sys.write_file_atomic(staging .. "/" .. change.name, change.bytes)
    end
  end
  if ok then ok, problem = sys.write_file_atomic(staging .. "/" .. LIST, table.concat(lines)) end
  return ok, problem
end

local function check_names(changes)
  for _, change in ipairs(changes) do
    if not is_name(change.name) then err.raise("usage", "no name of a file: " .. change.name) end
  end
end

--- Do something to a folder while no other process does; what a killed one left is settled first.
--- Shape: folder, function(commit) -> what the function returns | nil, err; commit is a
---   function(list of {name=, bytes=}) -> true | nil, err; without bytes the file is removed.
--- Units: none.
--- Errors: nil, busy when another process holds the folder for ten seconds; io, full; integrity.
--- Source: own; a redo log.
---@param folder string made when it is missing
---@param work function
function transaction.with(folder, work)
  local ok, problem = sys.mkdir_private(folder)
  if not ok then return nil, problem end
  local held <close>, busy = lock.take(folder .. "/.lock")
  if not held then return nil, busy end
  ok, problem = finish(folder)
  if not ok then return nil, problem end
  workplace.remove(folder .. "/" .. STAGING)
  return work(function(changes)
    check_names(changes)
    local done, wrong = stage(folder, changes)
    if done then done, wrong = rename(folder .. "/" .. STAGING, folder .. "/" .. DECIDED) end
    if not done then return nil, wrong end
    return finish(folder)
  end)
end

--- The hash of a file as it stands.
--- Shape: path -> SHA-256 in hex | nil where there is none.
--- Units: none.
--- Errors: none; a file that cannot be read has none.
--- Source: own.
---@param path string
function transaction.hash(path)
  local bytes = sys.read_file(path, 1 << 20)
  return bytes and host.sha256(bytes)
end

return transaction
