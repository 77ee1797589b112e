-- Putting recipes on the person's own shelf.  Beside NAME.lua stand NAME.origin (where it came
-- from, and its hash then) and NAME.lua.sig.  What is there already is recipe/installed.lua's.

local compare = require "vankien.recipe.compare"
local err = require "vankien.util.err"
local json = require "vankien.util.json"
local list = require "vankien.util.list"
local shelf = require "vankien.recipe.shelf"
local signature = require "vankien.recipe.signature"
local sources = require "vankien.recipe.sources"
local transaction = require "vankien.recipe.transaction"

local install = {}

--- The ending of the file that says where a recipe came from.
install.ending = ".origin"

local KEYS = { "vankien", "kind", "where", "file", "commit", "name", "version", "hash", "on" }

local function own_entries()
  return list.filter(shelf.list(), function(entry) return entry.shelf == "own" end)
end

local function file_of(entry) return entry.path:match "[^/]*$" end

-- What stands on the own shelf under this name, and whether it stands in its own file.
local function standing(name, entries)
  for _, entry in ipairs(entries) do
    if entry.name == name or file_of(entry) == name .. ".lua" then return entry end
  end
end

local function decide(step, replace)
  local there = step.before
  if not there then return "install" end
  if file_of(there) ~= step.entry.name .. ".lua" or there.name ~= step.entry.name then
    return nil, err.new("refused", ("%s holds the recipe %s already"):format(there.path,
      there.name))
  end
  if there.hash == step.entry.hash then return "unchanged" end
  if replace then return "replace" end
  return nil, err.new("refused", ("there is another recipe %s %s already"):format(there.name,
    there.version or "(broken)"), { hint = ("vankien recipe diff %s %s; install --replace puts "
    .. "the new one in its place"):format(there.name, step.entry.path) })
end

local function check_signature(step)
  local entry = step.entry
  if not entry.signature then
    step.signature = { state = "none" }
    return true
  end
  local found, problem = signature.check(entry, entry.signature)
  step.signature, step.signature_problem = found, problem
  if found and found.state == "bad" then
    return nil, err.new("integrity", entry.name .. ": the signature does not fit the recipe")
  end
  return true
end

--- What installing a source would do; nothing is written.
--- Shape: source (recipe/sources.lua), {replace=, only = set of names} -> list of {entry=, action =
---   "install" | "replace" | "unchanged", before=, signature=, changes=} | nil, list of err.
--- Units: changes: what recipe/compare.lua says, for "replace".
--- Errors: all at once: those of sources.read; refused for a name that another file has; integrity
---   for a signature that does not fit.
--- Source: own.
---@param where string
---@param options? table
function install.plan(where, options)
  options = options or {}
  local found, wrong = sources.read(where)
  if not found then return nil, wrong end
  local steps, here = {}, own_entries()
  wrong = {}
  for _, entry in ipairs(found) do
    if not options.only or options.only[entry.name] then
      local step = { entry = entry, before = standing(entry.name, here) }
      local action, problem = decide(step, options.replace)
      local signed, damage = check_signature(step)
      wrong[#wrong + 1] = not action and problem or nil
      wrong[#wrong + 1] = not signed and damage or nil
      step.action = action
      local has_text = action == "replace" and step.before.bytes
      step.changes = has_text and compare.of(step.before, entry) or nil
      steps[#steps + 1] = step
    end
  end
  if #wrong > 0 then return nil, wrong end
  return steps
end

local function origin_text(entry)
  local record = { vankien = "origin", name = entry.name, version = entry.version,
    hash = entry.hash, on = os.date "!%Y-%m-%d" }
  for key, value in pairs(entry.origin) do record[key] = value end
  local keys = list.filter(KEYS, function(key) return record[key] ~= nil end)
  return json.record(record, keys) .. "\n"
end

-- The shelf as it was when the plan was made?
local function still_fits(step, folder)
  local now = transaction.hash(folder .. "/" .. step.entry.name .. ".lua")
  return now == (step.before and step.before.hash)
end

local function changes_of(steps, folder)
  local changes = {}
  for _, step in ipairs(steps) do
    local name = step.entry.name
    if not still_fits(step, folder) then
      return nil, err.new("busy", ("%s.lua changed in the meantime"):format(name),
        { hint = "try again" })
    end
    changes = list.concat(changes, {
      { name = name .. ".lua", bytes = step.entry.bytes },
      { name = name .. install.ending, bytes = origin_text(step.entry) },
      { name = name .. ".lua" .. signature.ending, bytes = step.entry.signature },
    })
  end
  return changes
end

--- What is written beside a recipe on where it came from.
--- Shape: bytes of NAME.origin -> {kind=, where=, file=, commit=, name=, version=, hash=, on=}
---   | nil, err.
--- Units: none.
--- Errors: nil, integrity when it is not as this program writes it.
--- Source: own.
---@param bytes string
---@param path string for messages
function install.read_origin(bytes, path)
  local origin = json.decode(bytes)
  local good = type(origin) == "table" and origin.vankien == "origin"
  for _, key in ipairs { "kind", "where", "file", "name", "version", "hash", "on" } do
    good = good and type(origin[key]) == "string"
  end
  if good then return origin end
  return nil, err.new("integrity", path .. " does not say where the recipe came from")
end

--- Do what a plan says: all of it, or nothing.
--- Shape: plan -> true | nil, err.
--- Units: none.
--- Errors: nil, busy when another process changed the shelf; io, full.
--- Source: own.
---@param steps table what install.plan gave
function install.apply(steps)
  local folder, problem = shelf.own_folder()
  if not folder then return nil, problem end
  return transaction.with(folder, function(commit)
    local changes, wrong = changes_of(steps, folder)
    if not changes then return nil, wrong end
    return commit(changes)
  end)
end

return install
