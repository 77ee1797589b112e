-- Open, write, query, iterate, fail, back up: for tests/alloc/alloc_main.c.

local store = require "vankien.host.store"
local sys = require "vankien.host.sys"
require "vankien.util.err"

local function fill(conn)
  conn:exec "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b BLOB, c REAL) STRICT"
  local tx <close> = conn:begin()
  local bulk <close> = conn:bulk "INSERT INTO t(a, b, c) VALUES (?, ?, ?)"
  for i = 1, 3 do bulk:run("chủ động " .. i, store.blob("\0" .. i), i / 2) end
  tx:commit()
end

-- Errors on purpose; one that is not the expected one is passed on.
local function refused(code, f, ...)
  local ok, problem = pcall(f, ...)
  if ok or type(problem) ~= "table" or problem.code ~= code then error(problem, 0) end
end

local path = os.tmpname()

local function open(mode)
  local conn, problem = store.open(path, {mode = mode, page_size = 4096})
  return conn or error(problem, 0)
end

local function remove()
  for _, ending in ipairs {"", "-wal", "-shm", ".copy", ".copy.partial"} do
    os.remove(path .. ending)
  end
end

local function run()
  local conn = open "create"
  fill(conn)
  conn:trace(function(sql) return #sql end)
  local seen = 0
  for i, a in conn:rows("SELECT a, b FROM t WHERE id > ? ORDER BY a COLLATE VIET", {0}) do
    seen = seen + i + #a
  end
  local cursor = conn:cursor("SELECT id, vk_fold(a) AS a FROM t WHERE id >= :low", {low = 2})
  while cursor:row() do seen = seen + 1 end
  cursor:columns()
  conn:first "SELECT hex(rowhash('t', 1, 'x')), vk_matches('Hòa bình', 'hoà')"
  conn:run("UPDATE t SET c = :c", {c = 1})
  refused("integrity", conn.run, conn, "INSERT INTO t(id) VALUES (1)")
  refused("bad_input", conn.first, conn, "SELECT nothing FROM t")
  refused("usage", conn.first, conn, "SELECT ?", {})
  local _, missing = sys.read_file "/none/none"
  assert(missing)
  assert(sys.read_file("Makefile"))
  assert(sys.listdir("tests"))
  assert(sys.stat("tests"))
  coroutine.wrap(function() return tostring(missing) end)()
  conn:backup(path .. ".copy")
  conn:close()
end

-- Whatever was refused: all rows or none, and a sound file.
local function check()
  local conn = open "create"
  local sound = conn:first "PRAGMA integrity_check" == "ok"
  if conn:first "SELECT count(*) FROM sqlite_schema WHERE name = 't'" == 1 then
    local rows = conn:first "SELECT count(*) FROM t"
    sound = sound and (rows == 0 or rows == 3)
  end
  conn:close()
  remove()
  return sound
end

remove()
return {run = run, check = check}
