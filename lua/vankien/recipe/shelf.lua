-- Where recipes are: the person's own folder, shared folders, the store, the program.  An earlier
-- shelf hides a recipe of the same name on a later one, and that is said.  No file is run, and
-- one that is broken is an entry that says so: it never takes the others with it.

local embed = require "vankien.host.embed"
local err = require "vankien.util.err"
local folders = require "vankien.util.folders"
local host_store = require "vankien.host.store"
local list = require "vankien.util.list"
local metadata = require "vankien.recipe.metadata"
local problems = require "vankien.recipe.problems"
local suggest = require "vankien.util.suggest"
local sys = require "vankien.host.sys"

local shelf = {}

local MOST_BYTES = 1 << 20
local EMBEDDED = "lua/recipes/"

--- The shelves in the order in which they are looked through.
shelf.names = {"own", "shared", "store", "program"}

local function stem_of(path)
  return (path:match "([^/]*)$":gsub("%.lua$", ""))
end

--- An entry out of the bytes of a file.
--- Shape: path, bytes, shelf -> {name, version, path, shelf, bytes, hash, meta | broken = err}.
---   `name` of a broken one is that of its file; `hash` is SHA-256 in hexadecimal digits.
--- Units: none.
--- Errors: none; what is wrong is in `broken`, its `problems` when there are several.
--- Source: none.
---@param path string
---@param bytes string
---@param where string "own", "shared", "store", "program" or "file"
function shelf.entry(path, bytes, where)
  local entry = {path = path, shelf = where, bytes = bytes, hash = host_store.sha256(bytes)}
  local meta, wrong = metadata.read(bytes, path)
  entry.meta = meta
  entry.name, entry.version = meta and meta.name or stem_of(path), meta and meta.version
  if wrong then entry.broken = problems.together(wrong, "the recipe " .. path) end
  return entry
end

local function unreadable(path, where, problem)
  return {name = stem_of(path), path = path, shelf = where, broken = problem}
end

local function read_file(path, where)
  local bytes, problem = sys.read_file(path, MOST_BYTES)
  if not bytes then return unreadable(path, where, problem) end
  return shelf.entry(path, bytes, where)
end

local function add_folder(entries, folder, where)
  for _, name in ipairs(sys.listdir(folder) or {}) do
    if name:find "^[^.].*%.lua$" then
      entries[#entries + 1] = read_file(folder .. "/" .. name, where)
    end
  end
end

--- The folder of a person's own recipes.
--- Shape: nothing -> path | nil, err; the folder may not be there yet.
--- Units: none.
--- Errors: not_found when there is no home folder.
--- Source: XDG Base Directory Specification.
function shelf.own_folder()
  local data, problem = folders.data()
  if not data then return nil, problem end
  return data .. "/recipes"
end

local readers = {}

function readers.own(entries)
  local folder = shelf.own_folder()
  if folder then add_folder(entries, folder, "own") end
end

-- $VANKIEN_RECIPES names folders as $PATH does.
function readers.shared(entries)
  for folder in (os.getenv "VANKIEN_RECIPES" or ""):gmatch "[^:]+" do
    local stat = sys.stat(folder)
    if stat and stat.kind == "dir" then
      add_folder(entries, folder, "shared")
    else
      entries[#entries + 1] = unreadable(folder, "shared", err.new("not_found",
        ("%s: VANKIEN_RECIPES names a folder that is not there"):format(folder)))
    end
  end
end

function readers.store(entries, options)
  if not options.store then return end
  for _, entry in ipairs(require "vankien.recipe.attached".list(options.store)) do
    entries[#entries + 1] = entry
  end
end

function readers.program(entries)
  for _, path in ipairs(embed.list(EMBEDDED)) do
    if path:find "%.lua$" then
      if not path:find("^" .. EMBEDDED) then path = EMBEDDED .. path end
      entries[#entries + 1] = shelf.entry(path, embed.read(path), "program")
    end
  end
end

-- The first good one of a name hides the later ones.
local function mark_hidden(entries)
  local first = {}
  for _, entry in ipairs(entries) do
    if entry.meta then
      entry.hidden_by = first[entry.name]
      first[entry.name] = first[entry.name] or entry
    end
  end
end

--- All recipes that can be found.
--- Shape: {store = store or nil} -> list of entries, in the order of shelves and files; one that is
---   hidden has `hidden_by`, the entry before it.
--- Units: none.
--- Errors: none; a file that cannot be read is a broken entry.
--- Source: none.
---@param options? table
function shelf.list(options)
  local entries = {}
  for _, name in ipairs(shelf.names) do
    if readers[name] then readers[name](entries, options or {}) end
  end
  mark_hidden(entries)
  return entries
end

--- Does a word name a file, and not a recipe on a shelf?
--- Shape: word -> boolean: it holds a slash or ends in .lua.
--- Units: none.
--- Errors: none.
--- Source: none.
function shelf.is_file_name(given)
  return given:find("/", 1, true) ~= nil or given:find "%.lua$" ~= nil
end

local function find_file(path)
  local entry = read_file(path, "file")
  if entry.broken then return nil, entry.broken end
  return entry
end

local function not_found(name, entries)
  local names = {}
  for _, entry in ipairs(entries) do
    if entry.meta then names[#names + 1] = entry.name end
  end
  return nil, err.new("not_found", ("no recipe %q"):format(name), {
    hint = suggest.phrase(name, list.unique(names))
      or "vankien recipe list names them; a file is given with its path: ./" .. stem_of(name)
        .. ".lua",
  })
end

--- Find one recipe, by its name or by its file.
--- Shape: name, or a path (it holds a slash or ends in .lua); {store =} or nil -> entry | nil, err.
--- Units: none.
--- Errors: not_found with the nearest name; what is wrong with the file when it is broken.
--- Source: none.
---@param given string
---@param options? table
function shelf.find(given, options)
  if shelf.is_file_name(given) then return find_file(given) end
  local entries, broken = shelf.list(options), nil
  for _, entry in ipairs(entries) do
    if entry.name == given then
      if entry.meta then return entry end
      broken = broken or entry.broken
    end
  end
  if broken then return nil, broken end
  return not_found(given, entries)
end

return shelf
