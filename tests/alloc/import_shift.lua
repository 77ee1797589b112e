-- Import a document, count a ladder in it, look rows up: for tests/alloc/alloc_main.c.
-- Each life works on a fresh copy of one store that is made once.

local sys = require "vankien.host.sys"
local vankien = require "vankien"

-- Required here, so that what fails later is the work and not the loading.
local ingest = require "vankien.corpus.ingest"
require "vankien.corpus.kwic"
require "vankien.corpus.search"
require "vankien.corpus.shift"
require "vankien.query"

local folder = os.getenv "ALLOC_FOLDER" or ("/tmp/vankien-alloc-%d"):format(sys.pid())
local template, work = folder .. "/template.db", folder .. "/work.db"
local text = folder .. "/congress.txt"

local TEXT = [[
# title: Văn kiện thử
# congress: XIII
# issued: 2021-02-01

I. ĐỐI NGOẠI

Việt Nam chủ động tham gia, tích cực tham gia các cơ chế đa phương. Trước đây ta tham dự.

1. Vai trò

Phát huy vai trò nòng cốt, dẫn dắt; tham gia định hình các thể chế; Ðổi mới toàn diện.
]]

if not sys.stat(template) then
  assert(sys.mkdir_private(folder))
  assert(sys.write_file_atomic(text, TEXT))
  assert(vankien.open(template, {mode = "create"})):close()
end
for _, ending in ipairs {"", "-wal", "-shm"} do os.remove(work .. ending) end
assert(sys.write_file_atomic(work, assert(sys.read_file(template))))

local function good(value, problem)
  if value == nil then error(problem, 0) end
  return value
end

local LADDER = {
  {phrase = "tham dự", rung = 1}, {phrase = "tham gia", rung = 2},
  {phrase = "tích cực tham gia", rung = 2}, {phrase = "chủ động tham gia", rung = 3},
  {phrase = "nòng cốt, dẫn dắt", rung = 4}, {phrase = "định hình", rung = 5},
}

local function run()
  local store = good(vankien.open(work, {mode = "write"}))
  good(ingest.run(store, {text}, {thread = false}))   -- allocations are counted in one order
  local result = store:shift(LADDER, {by = "congress"})
  assert(#result.rows > 0 and #result.evidence > 0)
  local lines = store:kwic("tham gia", {sort = "right", window = "sentence"})
  assert(#lines:as "jsonl" > 0 and #lines.rows[1].hit > 0)
  assert(#store:search("vai tro").rows == 2)
  local documents = store:collection "documents"
  assert(documents:where {title = "Văn kiện thử"}:first().congress == "XIII")
  local n = 0
  for _, row in pairs(store:collection "congresses") do n = n + #row.ordinal end
  store:close()
end

-- Whatever was refused: the document with all that belongs to it, or nothing of it.
local function check()
  local conn <close> = good(require "vankien.host.store".open(work, {mode = "read"}))
  local whole = conn:first [[
    SELECT count(*) FROM documents AS d WHERE d.kind = 'imported' AND NOT EXISTS
      (SELECT 1 FROM texts AS t WHERE t.document_id = d.id AND t.passages =
        (SELECT count(*) FROM passages AS p WHERE p.document_id = d.id)
        AND EXISTS (SELECT 1 FROM tokens AS k WHERE k.document_id = d.id))]]
  return whole == 0 and conn:first "PRAGMA integrity_check" == "ok"
    and conn:first "PRAGMA foreign_key_check" == nil
end

return {run = run, check = check}
