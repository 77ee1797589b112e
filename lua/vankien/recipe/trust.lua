-- Which recipes a person trusts, by the hash of their content.  Trust grants what a recipe declares
-- beyond the default; everything runs in the jail all the same.
--
-- $XDG_STATE_HOME/vankien/trust holds the verdicts (recipe/verdicts.lua); beside it, in `seen`, are
-- the texts that they were about, so that a later version can be compared with them.

local consent = require "vankien.recipe.consent"
local err = require "vankien.util.err"
local folders = require "vankien.util.folders"
local guarded = require "vankien.recipe.guarded"
local host = require "vankien.host.store"
local json = require "vankien.util.json"
local list = require "vankien.util.list"
local permissions = require "vankien.recipe.permissions"
local sys = require "vankien.host.sys"
local verdicts = require "vankien.recipe.verdicts"

local trust = {}

local MAX_BYTES = 16 << 20

--- Where the verdicts are kept.
--- Shape: nothing -> path | nil, err.
--- Units: none.
--- Errors: not_found when there is no home folder.
--- Source: own.
function trust.path()
  local folder, problem = folders.state()
  if not folder then return nil, problem end
  return folder .. "/trust"
end

-- The bytes of the file and its path | nil, err.
local function read_file()
  local path, problem = trust.path()
  if not path then return nil, problem end
  local bytes
  bytes, problem = guarded.read(path, MAX_BYTES)
  if not bytes then return nil, problem end
  return bytes, path
end

--- All verdicts.
--- Shape: nothing -> list of {name=, version=, hash=, verdict=, permissions=, path=, on=}
---   | nil, err.
--- Units: on is a day, UTC.
--- Errors: nil, integrity when the file is damaged or others can write to it.
--- Source: own.
function trust.list()
  local bytes, path = read_file()
  if not bytes then return nil, path end
  return verdicts.read(bytes, path)
end

local function place_of(entry)
  return entry.path and sys.realpath(entry.path) or nil
end

local function same(a, b)
  return json.encode(a) == json.encode(b)
end

local function of_record(record, wanted)
  if record.verdict == "denied" then return "denied", record end
  if same(record.permissions, wanted) then return record.verdict, record end
  return "changed", record
end

-- The newest record on each text, file of one's own, and name.
local function newest_of(records)
  local out = { hash = {}, yours = {}, name = {} }
  for _, record in ipairs(records) do
    out.hash[record.hash], out.name[record.name] = record, record
    if record.verdict == "yours" and record.path then out.yours[record.path] = record end
  end
  return out
end

local function judge(entry, newest, place)
  if entry.shelf == "program" then return "program" end
  local record = newest.hash[entry.hash] or (place and newest.yours[place])
  if record then return of_record(record, permissions.of(entry.meta)) end
  record = newest.name[entry.name]
  return record and "changed" or "unknown", record
end

--- What was decided on a recipe.
--- Shape: entry -> "program" | "yours" | "trusted" | "denied" | "changed" | "unknown", record
---   | nil, err.
--- Units: none.
--- Errors: nil, integrity when the trust file is damaged; what is wrong with a broken entry.
--- Source: own.
---@param entry table see recipe/shelf.lua
function trust.status(entry)
  if entry.broken then return nil, entry.broken end
  if entry.shelf == "program" then return "program" end
  local bytes, path = read_file()
  if not bytes then return nil, path end
  local place = place_of(entry)
  local records, problem = verdicts.about(bytes, path, entry, place)
  if not records then return nil, problem end
  return judge(entry, newest_of(records), place)
end

--- What was decided on many recipes, at the price of reading the verdicts once.
--- Shape: list of entries -> list of statuses as trust.status gives them, false for a broken entry
---   | nil, err.
--- Units: none.
--- Errors: nil, integrity when the trust file is damaged.
--- Source: own.
---@param entries table
function trust.statuses(entries)
  local records, problem = trust.list()
  if not records then return nil, problem end
  local newest = newest_of(records)
  local has_own = next(newest.yours) ~= nil
  return list.map(entries, function(entry)
    if entry.broken then return false end
    return (judge(entry, newest, has_own and place_of(entry)))
  end)
end

local function seen_path(hash)
  local folder = folders.state()
  return folder and folder .. "/seen/" .. hash
end

local function keep(entry)
  local path = assert(seen_path(entry.hash))
  local ok, problem = sys.mkdir_private(path:match "^(.*)/")
  if ok then ok, problem = sys.write_file_atomic(path, entry.bytes, tonumber("600", 8)) end
  return ok, problem
end

--- The text that a verdict was about.
--- Shape: record -> bytes | nil when it is not kept any more.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param record table
function trust.text(record)
  local path = seen_path(record.hash)
  local bytes = path and sys.read_file(path, 1 << 20)
  return bytes and host.sha256(bytes) == record.hash and bytes or nil
end

local function without(records, entry, place)
  local out = {}
  for _, record in ipairs(records) do
    local gone = record.hash == entry.hash or (place and record.path == place)
    if not gone then out[#out + 1] = record end
  end
  return out
end

local function record_of(entry, verdict, place)
  return {
    name = entry.name, version = entry.version, hash = entry.hash, verdict = verdict,
    permissions = permissions.of(entry.meta), path = verdict == "yours" and place or nil,
    on = os.date "!%Y-%m-%d",
  }
end

local function check_verdict(entry, verdict)
  if verdict ~= "forgotten" and not verdicts.known[verdict] then
    err.raise("usage", "no such verdict: " .. tostring(verdict))
  end
  if verdict == "yours" and not place_of(entry) then
    return nil, err.new("refused", ("%s is no file of yours"):format(entry.name))
  end
  return true
end

--- Decide on a recipe; what was decided on this text before is replaced.
--- Shape: entry, "trusted" | "denied" | "yours" | "forgotten" -> true | nil, err.
--- Units: none.
--- Errors: nil, integrity when the trust file is damaged; io, full, busy; raises usage for another
---   verdict.
--- Source: own.
---@param entry table
---@param verdict string yours: whatever stands in this file, as long as it wants the same
function trust.set(entry, verdict)
  local ok, problem = check_verdict(entry, verdict)
  if not ok then return nil, problem end
  local path
  path, problem = trust.path()
  if not path then return nil, problem end
  if verdict ~= "forgotten" then
    ok, problem = keep(entry)
    if not ok then return nil, problem end
  end
  local place = place_of(entry)
  return guarded.change(path, MAX_BYTES, function(bytes)
    local records, damage = verdicts.read(bytes, path)
    if not records then return nil, damage end
    records = without(records, entry, verdict == "yours" and place)
    if verdict ~= "forgotten" then records[#records + 1] = record_of(entry, verdict, place) end
    return verdicts.text(records)
  end)
end

local function refused(entry, message, hint)
  return nil, err.new("refused", ("%s: %s"):format(entry.name, message), { hint = hint })
end

local function how_to_trust(entry)
  return ("vankien recipe trust %s %s"):format(
    entry.shelf == "file" and entry.path or entry.name, entry.hash:sub(1, 8))
end

-- Without somebody to ask: the jail and the default, or nothing.
local function unattended(entry, status, record)
  local wanted = permissions.of(entry.meta)
  if record and record.verdict == "denied" then
    return refused(entry, "an earlier version of it was denied", how_to_trust(entry))
  end
  local beyond = permissions.beyond(wanted)
  if #beyond > 0 then
    return refused(entry, ("it wants more than the default and is not trusted: %s"):format(
      table.concat(beyond, "; ")), "after reading it: " .. how_to_trust(entry))
  end
  return { status = status, permissions = permissions.least(permissions.default, wanted) }
end

local function denied_part(depends)
  for _, entry in ipairs(depends or {}) do
    local status, problem = trust.status(entry)
    if not status then return nil, problem end
    if status == "denied" then return nil, select(2, refused(entry, "it was denied", nil)) end
  end
  return true
end

--- May a recipe run, and with what?  Asks where somebody can be asked.
--- Shape: entry, {terminal = true or a console, depends = list of entries}
---   -> {status=, trusted=, permissions=} | nil, err.
--- Units: as in recipe/permissions.lua; trusted: it gets all that it asks for.
--- Errors: nil, refused when it was denied, was not agreed to, or wants more than the default while
---   nobody can be asked; integrity when the trust file is damaged.
--- Source: own.
---@param entry table
---@param options? table console: {say=function(text), ask=function(prompt), show=function(text)}
function trust.consent(entry, options)
  options = options or {}
  local status, record = trust.status(entry)
  if not status then return nil, record end
  if status == "denied" then
    return refused(entry, "it was denied on " .. record.on, how_to_trust(entry) .. " takes it back")
  end
  local ok, problem = denied_part(options.depends)
  if not ok then return nil, problem end
  if status == "program" or status == "yours" or status == "trusted" then
    return { status = status, trusted = true, permissions = permissions.of(entry.meta) }
  end
  if not options.terminal then return unattended(entry, status, record) end
  local console = options.terminal == true and consent.console() or options.terminal
  local before = record and { record = record, bytes = trust.text(record) }
  local answer
  answer, problem = consent.ask(entry, before, options.depends, console)
  if not answer then return nil, problem end
  if answer == "trust" then
    ok, problem = trust.set(entry, "trusted")
    if not ok then return nil, problem end
    return { status = "trusted", trusted = true, permissions = permissions.of(entry.meta) }
  end
  return { status = status, permissions = permissions.least(permissions.default,
    permissions.of(entry.meta)) }
end

return trust
