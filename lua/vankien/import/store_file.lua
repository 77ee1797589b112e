-- A store that somebody else made, as a source of documents.  Opening such a file is dangerous
-- already, so it is never opened in this process or in place: a private copy is read by a worker
-- process (vankien.store.foreign), which checks it and hands over documents as they came.  They are
-- then read as files are, so that nothing that was derived from them is taken over.

local folders = require "vankien.util.folders"
local json = require "vankien.util.json"
local markdown = require "vankien.import.markdown"
local metadata = require "vankien.import.metadata"
local once = require "vankien.import.once"
local sys = require "vankien.host.sys"
local text_file = require "vankien.import.text_file"
local worker = require "vankien.host.worker"
local err = require "vankien.util.err"

local store_file = {
  name = "store", extensions = { "db", "vankien" },
}

--- The largest store that is read.
store_file.MAX_BYTES = 4 << 30

local CHUNK_BYTES = 1 << 20
local BATCH_BYTES = 8 << 20
local LIMITS = { seconds = 600, memory_bytes = 512 << 20, output_bytes = 64 << 20 }

local function problem_of(place, message, hint, code)
  return err.new(code or "bad_input", message, { place = place, hint = hint })
end

local function check_file(path)
  local stat, problem = sys.stat(path)
  if not stat then return nil, problem end
  if stat.kind ~= "file" then return nil, problem_of(path, "not a regular file") end
  if stat.size > store_file.MAX_BYTES then
    return nil, problem_of(path, ("a store of more than %d GB is not read"):format(
      store_file.MAX_BYTES >> 30))
  end
  return true
end

local function copy_bytes(from, to)
  local size = 0
  while true do
    local bytes = from:read(CHUNK_BYTES)
    if not bytes then return true end
    size = size + #bytes
    if size > store_file.MAX_BYTES then return nil, "it grows while it is read" end
    local ok, reason = to:write(bytes)
    if not ok then return nil, reason end
  end
end

local copies = 0

-- A folder that nobody else can write to, removed with the copy in it when the value is closed.
local function private_folder()
  local state, problem = folders.state()
  if not state then return nil, problem end
  copies = copies + 1
  local path = ("%s/received-%d-%d"):format(state, sys.pid(), copies)
  local made
  made, problem = sys.mkdir_private(path)
  if not made then return nil, problem end
  local function remove()
    for _, name in ipairs(sys.listdir(path) or {}) do os.remove(path .. "/" .. name) end
    os.remove(path)
  end
  return setmetatable({ file = path .. "/store.db" }, { __close = remove, __gc = remove })
end

local function copy(path)
  local good, problem = check_file(path)
  if not good then return nil, problem end
  local folder
  folder, problem = private_folder()
  if not folder then return nil, problem end
  local from <close>, unreadable = io.open(path, "rb")
  if not from then return nil, problem_of(path, unreadable, nil, "io") end
  local to <close>, unwritable = io.open(folder.file, "wb")
  if not to then return nil, problem_of(path, unwritable, nil, "io") end
  local ok, reason = copy_bytes(from, to)
  if not ok then return nil, problem_of(path, reason, nil, "io") end
  return folder
end

-- What a worker ended with, as an error; what it says is a stranger's, and bounded.
local function failure(place, outcome)
  local said = type(outcome.message) == "string" and outcome.message:sub(1, 4000) or outcome.ended
  local codes = { refused = "refused", permission = "refused", time = "time", memory = "memory" }
  local code = codes[outcome.ended] or outcome.code == "refused" and "refused"
    or outcome.code == "integrity" and "integrity" or "bad_input"
  return problem_of(place, "this store is not taken: " .. said, outcome.hint, code)
end

local function ask(folder, place, job)
  job.module = "vankien.store.foreign"
  local outcome, problem = worker.run(job, { store = sys.realpath(folder.file),
    seconds = LIMITS.seconds, memory_bytes = LIMITS.memory_bytes,
    output_bytes = LIMITS.output_bytes })
  if not outcome then return nil, problem end
  if outcome.ended ~= "finished" or type(outcome.value) ~= "table" then
    return nil, failure(place, outcome)
  end
  return outcome.value
end

local TYPES = { id = "integer", bytes = "string", locator = "string", title = "string" }

local function is_whole(document)
  if type(document) ~= "table" then return false end
  for name, kind in pairs(TYPES) do
    local value = document[name]
    if (math.type(value) or type(value)) ~= kind then return false end
  end
  return true
end

local function add(given, key, value, place)
  if type(value) == "string" or type(value) == "number" then
    given[#given + 1] = { key = key, value = tostring(value), place = place }
  end
end

-- The metadata as a header would say it.
local function given_of(document, place)
  local given = {}
  for _, key in ipairs(metadata.keys) do
    if key ~= "source" and key ~= "issued" then add(given, key, document[key], place) end
  end
  local issued = document.issued
  if issued and document.issued_end then issued = issued .. "/" .. document.issued_end end
  add(given, "issued", issued, place)
  local attributes = json.decode(document.attributes or "{}") or {}
  local keys = {}
  for key in pairs(attributes) do keys[#keys + 1] = tostring(key) end
  table.sort(keys)
  for _, key in ipairs(keys) do add(given, key, attributes[key], place) end
  return given
end

-- How the text was read where it came from: the last part of its locator names the file.
local function format_of(document)
  local file, part = document.locator:match "([^/#]*)(#?[^/]*)$"
  local ending = (file:match "%.(%w+)$" or ""):lower()
  local converted = type(document.tool) == "string" and document.tool:find "^pandoc"
  local is_markdown = converted or ending == "md" or ending == "markdown"
  return is_markdown and markdown or text_file, part ~= ""
end

local function origin_of(document)
  if not document.file_sha256 then return nil end
  return { tool = document.tool, encoding = document.encoding, bytes = document.file_bytes,
    sha256 = document.file_sha256 }
end

-- Texts that were a field of a file have no header of their own.
local function body_of(format, document, is_field)
  if is_field then return 0 end
  return format.drafts({ locator = "", path = "", name = "" }, document.bytes)[1].body
end

local function draft_of(source, document)
  local name = document.key or tostring(document.id)
  local place, format, is_field = ("%s#%s"):format(source.path, name), format_of(document)
  return {
    locator = ("%s#%s/%s"):format(source.locator, name, document.locator:match "[^/]*$"),
    place = place, name = document.title, bytes = document.bytes,
    body = body_of(format, document, is_field), given = given_of(document, place),
    format = format, origin = origin_of(document),
  }
end

-- Drafts of all documents, a batch of them at a time.
local function drafts_of(source, folder)
  local batch, at, after = {}, 0, 0
  return function()
    at = at + 1
    if not batch[at] then
      local problem
      batch, problem = ask(folder, source.path, { action = "documents", after = after,
        most_bytes = BATCH_BYTES })
      at = 1
      if not batch then
        batch = {}
        return nil, { problem }
      end
      if not batch[1] then return nil end
    end
    local document = batch[at]
    if not is_whole(document) then
      return nil, { problem_of(source.path, "a document of it has no title, place or text") }
    end
    after = document.id
    return draft_of(source, document)
  end
end

--- Iterate over the documents of somebody else's store.
--- Shape: source -> function giving draft | nil, list of err | nil at the end.
--- Units: the file is at most MAX_BYTES.
--- Errors: gives nil and what is wrong with the store, once, before any document.
--- Source: own.
---@param source table see reader.lua
function store_file.each(source)
  local folder, problem = copy(source.path)
  if not folder then return once.problems { problem } end
  local checked
  checked, problem = ask(folder, source.path, { action = "check" })
  if not checked then return once.problems { problem } end
  if checked.documents == 0 then
    return once.problems {
      problem_of(source.path, "this store holds no text", nil, "not_found") }
  end
  return drafts_of(source, folder)
end

return store_file
