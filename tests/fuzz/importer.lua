-- Fuzz target: a file of each format, from its bytes to passages.  The first byte chooses the
-- format.  Good or refused with a place; passages stay inside the original and in order.

local sys = require "vankien.host.sys"
local text = require "vankien.host.text"
local import = require "vankien.import"
local err = require "vankien.util.err"

local ENDINGS = { "txt", "md", "jsonl", "csv" }
local folder = os.getenv "TMPDIR" or "/tmp"

local function file_of(bytes)
  local ending = ENDINGS[(bytes:byte() or 0) % #ENDINGS + 1]
  local path = ("%s/fuzz-%d.%s"):format(folder, sys.pid(), ending)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes:sub(2)))
  return path
end

local function check_passage(record, passage, last)
  for i = 1, #passage.fragments, 2 do
    local from, to = passage.fragments[i], passage.fragments[i + 1]
    assert(from >= last and to >= from and to <= #record.text, "a fragment out of place")
    last = to
  end
  assert(text.clean(record.text, passage.fragments, record.repaired) ~= nil)
  return last
end

local function check_record(record)
  local last = 0
  for _, passage in ipairs(record.passages or {}) do
    last = check_passage(record, passage, last)
  end
  assert(type(record.meta) == "table")
end

return function(bytes)
  if #bytes < 2 then return end
  local path = file_of(bytes)
  local next_record = import.read(import.sources({ path }).sources)
  for _ = 1, 1000 do
    local record, problems = next_record()
    if not record and not problems then break end
    if record then check_record(record) end
    for _, problem in ipairs(problems or {}) do
      assert(err.is(problem), "an error without a value")
    end
  end
  os.remove(path)
end
