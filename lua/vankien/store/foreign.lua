-- A store that somebody else made, read in a worker process (host/worker.c): the file may be made
-- to harm, so nothing of it is believed before it was compared with what a store of ours is, and
-- nothing but documents as they came leaves this process.  The parent side is
-- import/store_file.lua; it works on a copy that nobody else can change.

local doctor = require "vankien.store.doctor"
local doctor_schema = require "vankien.store.doctor_schema"
local err = require "vankien.util.err"
local format = require "vankien.store.format"
local host = require "vankien.host.store"

local foreign = {}

local SHOWN = 10                  -- findings that are told

local documents_sql = [[SELECT d.id, d.key, d.number, d.type, d.issued, d.issued_end, d.issuer,
    d.congress, d.title, d.attributes, o.locator, o.bytes, c.tool, c.encoding, c.file_bytes,
    c.file_sha256
  FROM texts AS t JOIN documents AS d ON d.id = t.document_id
    JOIN originals AS o ON o.id = t.original_id
    LEFT JOIN conversions AS c ON c.original_id = o.id
  WHERE d.id > ? ORDER BY d.id]]

local function check_kind(conn)
  if conn:first "PRAGMA application_id" ~= format.application_id then
    err.raise("bad_input", "an SQLite file, but not a store of vankien")
  end
  local version = conn:first "PRAGMA user_version"
  if version == format.version() then return end
  err.raise("refused", ("a store of schema %d; this program reads %d from others"):format(
    version, format.version()), { hint = version > format.version() and "update vankien"
      or "its owner's newer vankien brings it up to date when it opens it" })
end

-- Objects that no store of ours has; FTS5 keeps its index in tables that it makes itself.
local function check_objects(conn)
  local ours = doctor_schema.objects()
  for _, kind, name in conn:rows "SELECT type, name FROM sqlite_schema" do
    local known = ours[name] or name:find "^sqlite_" or name:find "^search_index_"
    if not known then
      err.raise("integrity", ("a %s named %q, which no store has"):format(kind, name))
    end
  end
end

local function check_content(conn)
  local findings = doctor.examine(conn, { content = true })
  if #findings == 0 then return end
  local lines = {}
  for i = 1, math.min(#findings, SHOWN) do
    local f = findings[i]
    lines[i] = ("  %s %s: %s"):format(f.table, f.id or "", f.message)
  end
  if #findings > SHOWN then lines[#lines + 1] = ("  … and %d more"):format(#findings - SHOWN) end
  err.raise("integrity", "its content is not what its hashes say\n" .. table.concat(lines, "\n"))
end

local actions = {}

-- Everything that is looked at before a row is believed; how many documents there are.
function actions.check(job)
  check_kind(job.conn)
  check_objects(job.conn)
  check_content(job.conn)
  return { documents = job.conn:first "SELECT count(*) FROM texts",
    relations = job.conn:first "SELECT count(*) FROM relations" }
end

local NAMES = {
  "id", "key", "number", "type", "issued", "issued_end", "issuer", "congress", "title",
  "attributes", "locator", "bytes", "tool", "encoding", "file_bytes", "file_sha256",
}

-- Documents with their originals, from one id on, until there are so many bytes.
function actions.documents(job)
  local list, bytes = {}, 0
  local cursor <close> = job.conn:cursor(documents_sql, { job.after })
  while bytes < job.most_bytes do
    local values = table.pack(cursor())
    if values.n == 0 then break end
    local document = {}
    for i, name in ipairs(NAMES) do document[name] = values[i] end
    list[#list + 1], bytes = document, bytes + #document.bytes
  end
  return list
end

--- Open the copy, while files can still be opened.
--- Shape: job {store =, action = "check" | "documents", after =, most_bytes =} -> nothing.
--- Units: none.
--- Errors: raises what opening says.
--- Source: own.
---@param job table
function foreign.prepare(job)
  local conn, problem = host.open(job.store, { mode = "read" })
  if not conn then error(problem, 0) end
  job.conn = conn
  require "vankien.store.doctor_texts"
end

--- Do what the job asks for.
--- Shape: job -> {documents =, relations =}, or a list of documents with their originals.
--- Units: after is an id; most_bytes of originals, the last document whole.
--- Errors: raises refused, integrity, bad_input, and what SQLite says.
--- Source: own.
---@param job table
function foreign.run(job)
  return actions[job.action](job)
end

return foreign
