-- Trust, lock, change a folder's files together and attach: for tests/alloc/alloc_main.c.  Whatever
-- is refused, what was there before stands, or what was to be.

local attached = require "vankien.recipe.attached"
local lock = require "vankien.recipe.lock"
local shelf = require "vankien.recipe.shelf"
local store = require "vankien.store"
local sys = require "vankien.host.sys"
local transaction = require "vankien.recipe.transaction"
local trust = require "vankien.recipe.trust"
local workplace = require "vankien.recipe.workplace"

local base = os.getenv "ALLOC_FOLDER" or ("/tmp/vankien-alloc-%d"):format(sys.pid())
local home, path = base .. "/life", base .. "/life.db"
local getenv = os.getenv
os.getenv = function(name)                                -- luacheck: ignore 122
  return name:find "^XDG_" and home or getenv(name)
end

local text = [[
recipe{ name = "one", version = "1.0.0", api = 1, title = { vi = "Một", en = "One" } }
function run() return {} end
]]
local entry = shelf.entry("one.lua", text, "file")
local pin = { name = "used", version = "1.0.0", hash = ("0"):rep(64) }
local section = { name = "one", version = "1.0.0", hash = entry.hash, uses = { pin } }

local function must(value, problem)
  return value or error(problem, 0)
end

local function open()
  return must(store.open(path))
end

local function prepare()
  workplace.remove(home)
  must(sys.mkdir_private(home))
  for _, ending in ipairs { "", "-wal", "-shm" } do os.remove(path .. ending) end
  must(store.open(path, { mode = "create" })):close()
  must(transaction.with(home .. "/shelf", function(commit)
    return commit { { name = "a", bytes = "old" }, { name = "b", bytes = "old" } }
  end))
end

-- Once by hand, so that modules which come late are there, and the files of before.
prepare()
must(trust.set(entry, "trusted"))
must(trust.set(entry, "forgotten"))
must(trust.list())

local function run()
  must(trust.set(entry, "trusted"))
  must(lock.save(home .. "/vankien.lock", section))
  must(transaction.with(home .. "/shelf", function(commit)
    return commit { { name = "a", bytes = "new" }, { name = "b" }, { name = "c", bytes = "new" } }
  end))
  local opened <close> = open()
  must(attached.attach(opened, entry))
end

local function content(name)
  return sys.read_file(home .. "/shelf/" .. name) or "none"
end

-- All or nothing in each, and the next run works.
local function is_whole()
  local records = must(trust.list())
  must(transaction.with(home .. "/shelf", function() return true end))
  local files = content "a" .. content "b" .. content "c"
  local opened <close> = open()
  local sound = #records <= 1 and (files == "oldoldnone" or files == "newnonenew")
  sound = sound and #must(lock.load(home .. "/vankien.lock")) <= 1
  for _, one in ipairs(attached.list(opened)) do sound = sound and one.hash == entry.hash end
  return sound
end

local function check()
  local sound = is_whole()
  run()
  sound = sound and is_whole() and content "c" == "new" and #must(trust.list()) == 1
    and trust.text(must(trust.list())[1]) == text
  local opened <close> = open()
  must(attached.detach(opened, "one"))
  must(trust.set(entry, "forgotten"))
  os.remove(home .. "/vankien.lock")
  must(transaction.with(home .. "/shelf", function(commit)
    return commit { { name = "a", bytes = "old" }, { name = "b", bytes = "old" }, { name = "c" } }
  end))
  return sound
end

return { run = run, check = check }
