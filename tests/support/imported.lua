-- What an import reads, without a store: records and problems of files in a folder of their own.

local import = require "vankien.import"
local texts = dofile "tests/support/texts.lua"
local text = require "vankien.host.text"

local imported = { texts = texts }

--- Records, problems and notes of paths.
function imported.paths(paths, options)
  local found = import.sources(paths, options)
  local records, problems = {}, found.problems
  local next_record = import.read(found.sources, options)
  while true do
    local record, wrong = next_record()
    if not record and not wrong then break end
    records[#records + 1] = record
    table.move(wrong or {}, 1, #(wrong or {}), #problems + 1, problems)
  end
  return records, problems, found.notes
end

--- The same of files {["a.txt"] = bytes}; the folder, which the caller clears, comes last.
function imported.files(files, options)
  local folder = texts.folder(files)
  local records, problems, notes = imported.paths({ folder }, options)
  return records, problems, notes, folder
end

--- The passages of a record as texts.
function imported.passages(record)
  local out = {}
  for n, passage in ipairs(record.passages) do
    out[n] = (text.clean(record.bytes, passage.fragments))
  end
  return out
end

return imported
