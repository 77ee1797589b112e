-- A run in a file: what it was made from, and its rows.  JSON in one object, a line a part, so that
-- two records differ by what changed; read back as hostile input.

local err = require "vankien.util.err"
local json = require "vankien.util.json"
local list = require "vankien.util.list"
local sys = require "vankien.host.sys"

local record = {}

local MAX_BYTES, MOST_VALUES = 64 << 20, 2000000
local VERSION = 1

local function hex(bytes)
  return (bytes:gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end

local function is_list(value)
  return rawlen(value) > 0 or next(value) == nil
end

local encode_cell

local function encode_table(value)
  if is_list(value) then return { list = json.array(list.map(value, encode_cell)) } end
  local map = {}
  for _, key in ipairs(list.sorted_keys(value)) do map[tostring(key)] = encode_cell(value[key]) end
  return { map = map }
end

-- What JSON has no word for is an object of one key.
function encode_cell(value)
  if value == nil then return json.null end
  if type(value) == "table" then return encode_table(value) end
  if type(value) == "string" and not utf8.len(value) then return { bytes = hex(value) } end
  if math.type(value) == "float" and (value ~= value or value - value ~= 0) then
    return { float = ("%f"):format(value):gsub("%-?nan", "nan") }
  end
  return value
end

local function column_names(result)
  if result.columns then
    return list.map(result.columns, function(column) return column.name end)
  end
  local names = {}
  for _, row in ipairs(result.rows) do
    for name in pairs(row) do names[name] = true end
  end
  return list.sorted_keys(names)
end

--- The rows of a result as a record keeps them.
--- Shape: result of job.run -> {columns = names, rows = list of lists of cells}.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param result table
function record.rows(result)
  local columns = column_names(result)
  local rows = list.map(result.rows, function(row)
    local cells = {}
    for i, name in ipairs(columns) do cells[i] = encode_cell(row[name]) end
    return json.array(cells)
  end)
  return { columns = columns, rows = rows }
end

local function lines(name, values)
  if #values == 0 then return ('"%s":[]'):format(name) end
  return ('"%s":[\n%s\n]'):format(name, table.concat(list.map(values, json.encode), ",\n"))
end

local function map_lines(name, map)
  local parts = list.map(list.sorted_keys(map), function(key)
    return json.string(key) .. ":" .. json.string(map[key])
  end)
  return ('"%s":{\n%s\n}'):format(name, table.concat(parts, ",\n"))
end

local function object(map)
  return next(map) == nil and "{}" or json.encode(map)
end

local function store_text(store)
  if not store then return '"store":null' end
  return ('"store":{"fingerprint":"%s",\n%s,\n%s}'):format(store.fingerprint,
    map_lines("documents", store.documents), map_lines("tables", store.tables))
end

--- The text of a record.
--- Shape: provenance (recipe/provenance.lua), result of job.run -> string.
--- Units: none.
--- Errors: raises bad_input for parameters that JSON cannot carry.
--- Source: own.
---@param made table
---@param result table
function record.text(made, result)
  local kept = record.rows(result)
  local parts = {
    ('"vankien":"record","version":%d'):format(VERSION),
    '"recipe":' .. json.encode(made.recipe), lines("uses", made.uses),
    '"params":' .. object(made.params), '"seed":' .. json.encode(made.seed),
    '"program":' .. json.string(made.program), store_text(made.store),
    lines("columns", kept.columns), lines("rows", kept.rows),
  }
  return "{" .. table.concat(parts, ",\n") .. "}\n"
end

local checks = {}

function checks.pin(value)
  return type(value) == "table" and type(value.name) == "string"
    and type(value.version) == "string" and type(value.hash) == "string"
    and #value.hash == 64 and not value.hash:find "[^%x]"
end

function checks.list_of(value, check)
  if type(value) ~= "table" or not is_list(value) then return false end
  for _, one in ipairs(value) do
    if not check(one) then return false end
  end
  return true
end

function checks.text(value) return type(value) == "string" end

function checks.hashes(value)
  if type(value) ~= "table" then return false end
  for key, hash in pairs(value) do
    if type(key) ~= "string" or type(hash) ~= "string" then return false end
  end
  return true
end

function checks.store(value)
  return value == nil or type(value) == "table" and type(value.fingerprint) == "string"
    and checks.hashes(value.documents) and checks.hashes(value.tables)
end

local function without_null(value)
  if value == json.null then return nil end
  return value
end

local function check_rows(value, width)
  return checks.list_of(value, function(row)
    return type(row) == "table" and rawlen(row) == width
  end)
end

-- What is wrong with the shape of a record, or nil.
local function wrong(value)
  if type(value) ~= "table" or value.vankien ~= "record" then
    return "this is no record of a run"
  end
  if value.version ~= VERSION then return "a record of another version" end
  value.store = without_null(value.store)
  local good = {
    recipe = checks.pin(value.recipe), uses = checks.list_of(value.uses, checks.pin),
    params = type(value.params) == "table", seed = math.type(value.seed) == "integer",
    program = checks.text(value.program), store = checks.store(value.store),
    columns = checks.list_of(value.columns, checks.text),
  }
  good.rows = good.columns and check_rows(value.rows, #value.columns)
  for _, name in ipairs(list.sorted_keys(good)) do
    if not good[name] then return ("its %s is damaged"):format(name) end
  end
end

-- Values cost many times their bytes once they are read: they are counted before.
local function is_small(bytes)
  if #bytes > MAX_BYTES then return false end
  local n, at = 0, 0
  repeat
    at = bytes:find("[%[{,]", at + 1)
    n = n + 1
  until not at or n > MOST_VALUES
  return n <= MOST_VALUES
end

local function too_much(path)
  return err.new("bad_input", ("a record holds at most %d values in %d MB"):format(MOST_VALUES,
    MAX_BYTES >> 20), { place = path })
end

--- Read the text of a record.
--- Shape: bytes, name for messages -> {recipe=, uses=, params=, seed=, program=, store=, columns=,
---   rows=} | nil, err.
--- Units: none.
--- Errors: nil, bad_input for what is no whole record.
--- Source: own.
---@param bytes string
---@param path string
function record.read(bytes, path)
  if not is_small(bytes) then return nil, too_much(path) end
  local value, problem = json.decode(bytes)
  local what = value == nil and problem.message or wrong(value)
  if not what then return value end
  return nil, err.new("bad_input", what, { place = path })
end

--- Read a record.
--- Shape: path -> as record.read | nil, err.
--- Units: none.
--- Errors: nil, not_found, io, bad_input.
--- Source: own.
---@param path string
function record.load(path)
  local bytes, problem = sys.read_file(path, MAX_BYTES)
  if not bytes then return nil, problem end
  return record.read(bytes, path)
end

--- Write a record.
--- Shape: path, text of record.text -> true | nil, err.
--- Units: none.
--- Errors: nil, bad_input for one that would not be read again; io, full.
--- Source: own.
---@param path string
---@param text string
function record.save(path, text)
  if not is_small(text) then return nil, too_much(path) end
  return sys.write_file_atomic(path, text)
end

return record
