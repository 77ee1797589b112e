-- The doctor: what is broken, orphaned or altered in a store.  It reads and never mends.
-- Its parts: doctor_schema, doctor_facts, doctor_hashes, doctor_texts.

local facts = require "vankien.store.doctor_facts"
local hashes = require "vankien.store.doctor_hashes"
local schema = require "vankien.store.doctor_schema"
local strict = require "vankien.util.strict"

local doctor = {}

local most_shown = 100

-- Many findings of one check on one table are one illness: show some, count the rest.
local function collector()
  local findings, count = {}, {}
  local function add(check, name, id, message)
    local key = check .. "\0" .. (name or "")
    count[key] = (count[key] or 0) + 1
    if count[key] <= most_shown then
      findings[#findings + 1] = strict.object({
        check = check, table = name or "", id = id or false, message = message,
      }, "a finding")
    end
  end
  local function finish()
    for key, n in pairs(count) do
      if n > most_shown then
        local check, name = key:match "^(.-)%z(.*)$"
        findings[#findings + 1] = strict.object({ check = check, table = name, id = false,
          message = ("%d more of this kind"):format(n - most_shown) }, "a finding")
      end
    end
    return findings
  end
  return add, finish
end

local function check_file(conn, add, quick)
  local pragma = quick and "PRAGMA quick_check(100)" or "PRAGMA integrity_check(100)"
  for _, message in conn:rows(pragma) do
    if message ~= "ok" then add("file", nil, nil, message) end
  end
end

local function check_references(conn, add)
  for _, name, id, other in conn:rows "PRAGMA foreign_key_check" do
    add("reference", name, id, ("refers to a row of %s that is not there"):format(other))
  end
end

--- Examine a store.
--- Shape: connection, {quick = boolean, content = boolean} -> list of {check=, table=, id=,
---   message=}; empty: sound.
--- Units: id is the row's; false where the finding is on the whole file.
--- Errors: those of SQLite when the file cannot be read at all.
--- Source: none.
---@param conn userdata
---@param options? table quick: leave out hashes and texts; content: leave out what is no altered
--- content, references and facts without a source
function doctor.examine(conn, options)
  options = strict.options(options, { quick = "boolean", content = "boolean" }, "doctor")
  local add, finish = collector()
  check_file(conn, add, options.quick)
  schema.check(conn, add)
  if not options.content then
    check_references(conn, add)
    facts.check(conn, add)
  require "vankien.store.doctor_index".check(conn, add, options.quick)
  end
  if not options.quick then
    hashes.check(conn, add)
    require "vankien.store.doctor_texts".check(conn, add)
  end
  return finish()
end

return doctor
