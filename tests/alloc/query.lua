-- Look up, filter, walk, group and fail over the facts: for tests/alloc/alloc_main.c.
-- The store is made once and only read; the spec takes its folder away.

local vankien = require "vankien"
local operators = require "vankien.query.operators"
local store = require "vankien.store"
local sys = require "vankien.host.sys"

local folder = os.getenv "ALLOC_FOLDER" or ("/tmp/vankien-alloc-%d"):format(sys.pid())
local path = folder .. "/query.db"

local function open()
  local opened, problem = store.open(path, { mode = "read" })
  return opened or error(problem, 0)
end

sys.mkdir_private(folder)
if not sys.stat(path) then assert(store.open(path, { mode = "create" })):close() end

local function refused(code, f, ...)
  local ok, problem = pcall(f, ...)
  if ok or type(problem) ~= "table" or problem.code ~= code then error(problem, 0) end
end

local function walk(documents)
  local n = 0
  for row in documents:where "year >= 2016 and title ~ 'hội nhập'":each() do n = n + #row.title end
  for _ in documents:limit(3):each() do
    n = n + 1
    if n > 2 then break end
  end
  for name, row in pairs(documents:limit(4)) do n = n + #name + #tostring(row) end
  for i in ipairs(documents:order("-issued", "title"):limit(3)) do n = n + i end
  return n
end

local function run()
  local opened = open()
  local documents = vankien.query.collection(opened, "documents")
  local directives = vankien.query.collection(opened, "directives")
  local row = directives["25 – ct/tw"]
  assert(row.key == "ct25-2018" and #row.tasks == 6 and row.cites[1].congress == "XII")
  assert(#tostring(row:sources()) > 100)
  walk(documents)
  assert(#documents:where { type = operators.one_of { "Chỉ thị", "Kết luận" } } > 2)
  assert(documents:group "congress"[1].rows:exists())
  assert(documents:select("title", "year"):first().title)
  assert(#documents:where { number = operators.like "ct" }:sql() > 10)
  refused("unknown_name", function() return row.titel end)
  refused("bad_input", function() return directives["59-NQ/TW"].key end)
  refused("ambiguous", function() return documents["18-NQ/TW"].key end)
  refused("unknown_name", documents.where, documents, "titel = 'x'")
  opened:close()
end

-- Nothing is half-known afterwards: the same questions have the same answers.
local function check()
  local opened = open()
  local directives = vankien.query.collection(opened, "directives")
  local sound = directives["Chỉ thị số 25-CT/TW"].key == "ct25-2018"
    and #vankien.query.collection(opened, "congresses") == 14
  opened:close()
  return sound
end

return { run = run, check = check }
