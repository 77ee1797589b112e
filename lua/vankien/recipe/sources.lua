-- Where recipes come from: a file, a bundle, a folder, a revision of a git repository.  What comes
-- is read and judged here; nothing is written.

local bundle = require "vankien.recipe.bundle"
local err = require "vankien.util.err"
local git = require "vankien.recipe.git"
local list = require "vankien.util.list"
local shelf = require "vankien.recipe.shelf"
local signature = require "vankien.recipe.signature"
local sys = require "vankien.host.sys"

local sources = {}

local MOST_RECIPE, MOST_SIGNATURE = 1 << 20, 64 << 10
local MOST_FILES = 256          -- of a folder

local kinds = { fifo = "a pipe", device = "a device", link = "a link that leads nowhere" }

local function read_plain(path, most)
  local there, problem = sys.stat(path)
  if not there then return nil, problem end
  if there.is_link then return nil, err.new("refused", path .. " is a symbolic link") end
  if there.kind ~= "file" then
    return nil, err.new("refused", ("%s is %s, not a file"):format(path,
      kinds[there.kind] or "something else"))
  end
  return sys.read_file(path, most)
end

-- The signature beside a file; false where it cannot be one.
local function signature_beside(path)
  if not sys.stat(path .. signature.ending) then return nil end
  return read_plain(path .. signature.ending, MOST_SIGNATURE)
end

local function candidate(name, bytes, signed, origin)
  local entry = shelf.entry(name, bytes, "file")
  entry.signature = signed
  entry.origin = { kind = origin.kind, where = origin.where, commit = origin.commit,
    file = name:match "[^/]*$" }
  return entry
end

local function from_bundle(path, bytes)
  local parts, problem = bundle.read(bytes)
  if not parts then
    problem.place = path
    return nil, { problem }
  end
  local out, wrong = {}, {}
  for i, part in ipairs(parts) do
    local entry = candidate(part.name .. ".lua", part.bytes, part.signature,
      { kind = "bundle", where = path })
    if entry.meta and (entry.name ~= part.name or entry.version ~= part.version) then
      wrong[#wrong + 1] = err.new("bad_input", ("the bundle says %s %s, the recipe in it %s %s")
        :format(part.name, part.version, entry.name, entry.version), { place = path })
    end
    out[i] = entry
  end
  if #wrong > 0 then return nil, wrong end
  return out
end

local function from_file(path)
  local bytes, problem = read_plain(path, bundle.max_bytes)
  if not bytes then return nil, { problem } end
  if bundle.is(bytes) then return from_bundle(path, bytes) end
  if #bytes > MOST_RECIPE then
    return nil, { err.new("refused", path .. " is longer than 1 MB") }
  end
  local signed, wrong = signature_beside(path)
  if wrong then return nil, { wrong } end
  return { candidate(path, bytes, signed, { kind = "file", where = path }) }
end

local function from_folder(path)
  local out, wrong = {}, {}
  for _, name in ipairs(sys.listdir(path) or {}) do
    local file = path .. "/" .. name
    if #out == MOST_FILES then
      return nil, { err.new("refused", path .. " holds more than 256 recipes") }
    end
    if name:find "^[^.].*%.lua$" then
      local found, problems = from_file(file)
      if found and found[1].origin.kind == "bundle" then
        found, problems = nil, { err.new("refused", file .. " is a bundle under a wrong name") }
      end
      if found then
        found[1].origin = { kind = "folder", where = path, file = name }
        out[#out + 1] = found[1]
      else
        wrong = list.concat(wrong, problems)
      end
    end
  end
  if #wrong > 0 then return nil, wrong end
  return out
end

local function from_git(text)
  local files, commit = git.files(text)
  if not files then return nil, { commit } end
  local out = {}
  for _, name in ipairs(list.sorted_keys(files)) do
    if name:find "%.lua$" then
      out[#out + 1] = candidate(name, files[name], files[name .. signature.ending],
        { kind = "git", where = text, commit = commit })
    end
  end
  return out
end

-- All that is wrong with any of them, and two of one name.
local function judge(found, where)
  local wrong, seen = {}, {}
  for _, entry in ipairs(found) do
    if entry.broken then
      wrong[#wrong + 1] = entry.broken
    elseif seen[entry.name] then
      wrong[#wrong + 1] = err.new("ambiguous", ("two recipes are named %s: %s and %s"):format(
        entry.name, seen[entry.name], entry.origin.file))
    end
    seen[entry.name] = seen[entry.name] or entry.origin.file
  end
  if #found == 0 then wrong[1] = err.new("not_found", "there is no recipe in " .. where) end
  if #wrong > 0 then return nil, wrong end
  return found
end

--- Read the recipes of a source.
--- Shape: path of a file, a bundle or a folder, or "git+URL@REV" -> list of entries (see
---   recipe/shelf.lua) with `signature` (bytes or nil) and `origin` {kind=, where=, file=, commit=}
---   | nil, list of err.
--- Units: none.
--- Errors: all at once: what is no readable recipe; refused for links, pipes, devices and what is
---   longer than 1 MB; not_found.
--- Source: own.
---@param where string
function sources.read(where)
  local found, wrong
  if where:find "^git%+" then
    found, wrong = from_git(where)
  else
    local there, problem = sys.stat(where)
    if not there then return nil, { problem } end
    local path = there.is_link and where or sys.realpath(where) or where
    if there.kind == "dir" then found, wrong = from_folder(path)
    else found, wrong = from_file(path) end
  end
  if not found then return nil, wrong end
  return judge(found, where)
end

return sources
