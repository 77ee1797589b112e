-- What stands on the person's own shelf: brought up to date, removed, verified against what was
-- written down when it was installed.

local err = require "vankien.util.err"
local install = require "vankien.recipe.install"
local list = require "vankien.util.list"
local shelf = require "vankien.recipe.shelf"
local signature = require "vankien.recipe.signature"
local suggest = require "vankien.util.suggest"
local sys = require "vankien.host.sys"
local transaction = require "vankien.recipe.transaction"

local installed = {}

local function own_entries()
  return list.filter(shelf.list(), function(entry) return entry.shelf == "own" end)
end

--- Where a recipe of the own shelf came from.
--- Shape: name -> origin (see install.read_origin) | nil, err.
--- Units: none.
--- Errors: nil, not_found where nothing is written down; integrity when it is damaged.
--- Source: own.
---@param name string
function installed.origin(name)
  local folder, problem = shelf.own_folder()
  if not folder then return nil, problem end
  local path = folder .. "/" .. name .. install.ending
  local bytes = sys.read_file(path, 1 << 16)
  if bytes then return install.read_origin(bytes, path) end
  return nil, err.new("not_found", ("where %s came from is not written down"):format(name),
    { hint = "vankien recipe install puts recipes on the shelf and notes it" })
end

local function source_of(origin)
  return origin.kind == "folder" and origin.where .. "/" .. origin.file or origin.where
end

--- What bringing a recipe up to date would do; nothing is written.
--- Shape: name -> plan as install.plan gives it, of one step | nil, list of err.
--- Units: none.
--- Errors: not_found where its origin is not written down or has it no more; those of install.plan.
--- Source: own.
---@param name string
function installed.update_plan(name)
  local origin, problem = installed.origin(name)
  if not origin then return nil, { problem } end
  local steps, wrong = install.plan(source_of(origin), { replace = true, only = { [name] = true } })
  if not steps then return nil, wrong end
  if #steps == 1 then return steps end
  return nil, { err.new("not_found", ("%s has no recipe %s any more"):format(source_of(origin),
    name)) }
end

--- The names of recipes of the own shelf whose origin is known.
--- Shape: nothing -> sorted list of names.
--- Units: none.
--- Errors: none.
--- Source: own.
function installed.names()
  local names, folder = {}, shelf.own_folder()
  for _, file in ipairs(folder and sys.listdir(folder) or {}) do
    names[#names + 1] = file:match "^(%l[%l%d-]*)%.origin$"
  end
  return names
end

local function files_of(folder, entry, name)
  local changes = {}
  local file = entry and entry.path:match "[^/]*$" or name .. ".lua"
  for _, other in ipairs { file, file .. signature.ending, name .. install.ending } do
    if sys.stat(folder .. "/" .. other) then changes[#changes + 1] = { name = other } end
  end
  return changes
end

local function users_of(name, entries)
  local users = {}
  for _, entry in ipairs(entries) do
    if entry.meta and entry.meta.uses[name] then users[#users + 1] = entry.name end
  end
  return users
end

local function unknown(name, entries)
  local names = list.map(entries, function(entry) return entry.name end)
  return nil, err.new("not_found", ("there is no recipe %q of your own"):format(name),
    { hint = suggest.phrase(name, names) })
end

--- Remove a recipe from the own shelf, with what is written beside it.
--- Shape: name, {force=} -> true | nil, err.
--- Units: none.
--- Errors: nil, not_found with the nearest name; refused when others of the shelf use it, unless
---   forced; busy, io.
--- Source: own.
---@param name string
---@param options? table
function installed.remove(name, options)
  local folder, problem = shelf.own_folder()
  if not folder then return nil, problem end
  return transaction.with(folder, function(commit)
    local entries = own_entries()
    local entry = list.filter(entries, function(one) return one.name == name end)[1]
    local changes = files_of(folder, entry, name)
    if #changes == 0 then return unknown(name, entries) end
    local users = users_of(name, entries)
    if #users > 0 and not (options and options.force) then
      return nil, err.new("refused", ("%s is used by %s"):format(name, table.concat(users, ", ")),
        { hint = "--force removes it all the same" })
    end
    return commit(changes)
  end)
end

local function state_of(entry, origin, problem)
  if entry.broken then return "broken", tostring(entry.broken.message) end
  if not origin and problem.code == "not_found" then return "not installed", nil end
  if not origin then return "damaged record", problem.message end
  if origin.hash ~= entry.hash then
    return "changed", ("installed as %s %s on %s"):format(origin.version, origin.hash:sub(1, 8),
      origin.on)
  end
  return "as installed", ("from %s"):format(source_of(origin))
end

local good_states = { ["as installed"] = true, ["not installed"] = true }

local function verified(entry)
  local origin, problem = installed.origin(entry.name)
  local row = { name = entry.name, version = entry.version, hash = entry.hash }
  row.state, row.detail = state_of(entry, origin, problem)
  local found, wrong
  if entry.meta then found, wrong = signature.of(entry) end
  if entry.meta then row.signature = signature.sentence(found, wrong) end
  row.good = good_states[row.state] == true and not (found and found.state == "bad")
  return row
end

-- Records of recipes whose file is gone.
local function missing(entries)
  local there = list.set(list.map(entries, function(entry) return entry.name end))
  local rows = {}
  for _, name in ipairs(installed.names()) do
    if not there[name] then
      rows[#rows + 1] = { name = name, state = "missing", good = false,
        detail = "what was installed is gone" }
    end
  end
  return rows
end

--- Compare what stands on the own shelf with what was written down, and check signatures.
--- Shape: list of names or nil for all -> list of {name=, version=, hash=, state=, detail=,
---   signature=, good=} | nil, err.
--- Units: state: as installed, not installed (put there by hand), changed, broken, missing,
---   damaged record; good: nothing speaks against it.
--- Errors: nil, not_found for a name that is not there.
--- Source: own.
---@param names? string[]
function installed.verify(names)
  local folder, problem = shelf.own_folder()
  if not folder then return nil, problem end
  return transaction.with(folder, function()
    local entries = own_entries()
    local rows = list.concat(list.map(entries, verified), missing(entries))
    if not names or #names == 0 then return rows end
    local wanted = list.set(names)
    for _, row in ipairs(rows) do wanted[row.name] = nil end
    local left = list.sorted_keys(wanted)
    if left[1] then return unknown(left[1], entries) end
    wanted = list.set(names)
    return list.filter(rows, function(row) return wanted[row.name] end)
  end)
end

return installed
