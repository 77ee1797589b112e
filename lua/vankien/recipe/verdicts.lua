-- The file of verdicts: JSON Lines, a head and one record a verdict, the newest last.
--
--   {"vankien":"trust","version":1}
--   {"name":…,"version":…,"hash":…,"verdict":…,"permissions":{…},"path":…,"on":…}
--
-- A run needs the few records about one recipe: of a file that stands as this program writes it, as
-- a grammar tells, only those are decoded.

local err = require "vankien.util.err"
local json = require "vankien.util.json"
local list = require "vankien.util.list"
local lpeg = require "lpeg"

local verdicts = {}

local HEAD = { vankien = "trust", version = 1 }
local KEYS = { "name", "version", "hash", "verdict", "permissions", "path", "on" }

--- The verdicts there are.
verdicts.known = { trusted = true, denied = true, yours = true }

local function damaged(path, n, what)
  return nil, err.new("integrity", what, { place = path .. ":" .. n,
    hint = "nothing is trusted while this file cannot be read; mend or remove the line" })
end

local function is_record(record)
  return type(record) == "table" and verdicts.known[record.verdict]
    and type(record.name) == "string" and type(record.hash) == "string"
    and #record.hash == 64 and not record.hash:find "[^%x]"
    and type(record.permissions) == "table"
    and (record.path == nil or type(record.path) == "string") and type(record.on) == "string"
end

local function is_head(head)
  return type(head) == "table" and head.vankien == HEAD.vankien and head.version == HEAD.version
end

local function check_line(value, n)
  if n == 1 then return is_head(value) or nil, "this is no trust file of ours" end
  return is_record(value) or nil, "this is no verdict"
end

--- Read the text of a trust file.
--- Shape: bytes, name for messages -> list of records, oldest first | nil, err.
--- Units: none.
--- Errors: nil, integrity with the line for anything that is not as this program writes it.
--- Source: own.
---@param bytes string
---@param path string
function verdicts.read(bytes, path)
  local records, n = {}, 0
  for line, ending in bytes:gmatch "([^\n]*)(\n?)" do
    if line == "" and ending == "" then break end
    n = n + 1
    local value, problem = json.decode(line)
    if value == nil then return damaged(path, n, problem.message) end
    local ok, wrong = check_line(value, n)
    if not ok or ending == "" then return damaged(path, n, wrong or "the line has no end") end
    records[n - 1] = n > 1 and value or nil
  end
  return records
end

--- The text of a trust file.
--- Shape: list of records -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param records table
function verdicts.text(records)
  local lines = { json.record(HEAD, { "vankien", "version" }) }
  for i, record in ipairs(records) do
    local keys = {}
    for _, key in ipairs(KEYS) do
      if record[key] ~= nil then keys[#keys + 1] = key end
    end
    lines[i + 1] = json.record(record, keys)
  end
  return table.concat(lines, "\n") .. "\n"
end

local P, R, S = lpeg.P, lpeg.R, lpeg.S

local hex = R("09", "af")
local hash = hex
for _ = 2, 64 do hash = hash * hex end
local escape = P "\\" * (S '"\\bfnrt' + P "u00" * hex * hex)
local text = P '"' * ((1 - S '"\\\127' - R "\0\31") + escape) ^ 0 * '"'
local digit = R "09"
local number = (R "19" * digit ^ -14 + P "0" * -digit) * (P "." * digit * digit ^ -14) ^ -1
local texts = P "[" * (text * (P "," * text) ^ 0) ^ -1 * "]"
local permissions = P '{"memory_mb":' * number * ',"output_mb":' * number * ',"read":'
  * (P "true" + "false") * ',"rows":' * number * ',"seconds":' * number
  * (P ',"write":' * texts) ^ -1 * "}"
local usual = P '{"name":' * text * ',"version":' * text * ',"hash":"' * hash * '","verdict":"'
  * (P "trusted" + "denied" + "yours") * '","permissions":' * permissions
  * (P ',"path":' * text) ^ -1 * ',"on":' * text * "}\n"
local usual_file = P(json.record(HEAD, { "vankien", "version" })) * "\n" * usual ^ 0 * -1

-- The line around a place.
local function line_at(bytes, at)
  local from, to = at, bytes:find("\n", at, true)
  while bytes:byte(from - 1) ~= 10 do from = from - 1 end
  return from, bytes:sub(from, to - 1)
end

-- Add the lines that hold a text which stands in no string; by where they begin.
local function add_lines(found, bytes, needle)
  local at = bytes:find(needle, 1, true)
  while at do
    local from, line = line_at(bytes, at)
    found[from] = line
    at = bytes:find(needle, from + #line, true)
  end
end

local function fits(record, entry, place)
  return record.hash == entry.hash or record.name == entry.name
    or (place ~= nil and record.path == place)
end

-- The records about a recipe in a file that stands wholly as usual; nil when it does not.
local function quickly(bytes, entry, place)
  if not usual_file:match(bytes) or not utf8.len(bytes) then return nil end
  local found, records = {}, {}
  add_lines(found, bytes, ('"hash":"%s"'):format(entry.hash))
  add_lines(found, bytes, '{"name":' .. json.string(entry.name) .. ",")
  if place then add_lines(found, bytes, '"path":' .. json.string(place)) end
  for _, from in ipairs(list.sorted_keys(found)) do
    local record = json.decode(found[from])
    if fits(record, entry, place) then records[#records + 1] = record end
  end
  return records
end

--- The verdicts about a recipe: on its text, its file, its name.
--- Shape: bytes of the file, its path, entry, real path of the entry or nil -> list of records,
---   oldest first | nil, err.
--- Units: none.
--- Errors: as verdicts.read, wherever in the file the damage is.
--- Source: own.
---@param bytes string
---@param path string
---@param entry table
---@param place? string
function verdicts.about(bytes, path, entry, place)
  if bytes == "" then return {} end
  local records = quickly(bytes, entry, place)
  if records then return records end
  local all, problem = verdicts.read(bytes, path)
  if not all then return nil, problem end
  return list.filter(all, function(record) return fits(record, entry, place) end)
end

return verdicts
