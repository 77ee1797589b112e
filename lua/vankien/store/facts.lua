-- The facts that every store begins with: db/facts/*.tsv, one file a table.
-- References stand there by natural key (a document by `key`, a congress by its roman ordinal).

local embed = require "vankien.host.embed"
local err = require "vankien.util.err"
local schema = require "vankien.store.schema"
local strict = require "vankien.util.strict"
local tsv = require "vankien.util.tsv"

local facts = {}

local folder = "db/facts/"

-- Tables that others refer to come first, claims last; the rest in any order.
local first = { "sources", "congresses", "documents" }
local last = { "assertions" }

-- Columns of the files that stand for another row: header name -> column.
local references = { document = "document_id", from = "from_id", to = "to_id" }

local function fail(name, line, message, hint)
  err.raise("bad_input", message, { place = name .. ":" .. line, hint = hint })
end

--- The tables that facts are given for, in the order they are loaded.
--- Shape: nothing -> list of names.
--- Units: none.
--- Errors: none.
--- Source: none.
function facts.tables()
  local given, out, special = {}, {}, {}
  for _, path in ipairs(embed.list(folder)) do given[path:match "([^/]+)%.tsv$" or ""] = true end
  for _, list in ipairs { first, last } do
    for _, name in ipairs(list) do special[name] = true end
  end
  local function take(name)
    if given[name] then out[#out + 1] = name end
  end
  for _, name in ipairs(first) do take(name) end
  local rest = {}
  for name in pairs(given) do
    if name ~= "" and not special[name] then rest[#rest + 1] = name end
  end
  table.sort(rest)
  for _, name in ipairs(rest) do take(name) end
  for _, name in ipairs(last) do take(name) end
  return out
end

--- Read one file of facts.
--- Shape: table -> list of columns, list of {line=, values=}, name of the file.
--- Units: none.
--- Errors: raises bad_input placed at file:line.
--- Source: none.
---@param name string
function facts.read(name)
  local path = folder .. name .. ".tsv"
  local columns, rows = tsv.parse(embed.read(path) or "", path)
  if not columns then error(rows, 0) end
  return columns, rows, path
end

local converters = {
  INTEGER = function(text) return math.tointeger(tonumber(text)) end,
  REAL = function(text)
    local number = tonumber(text)
    return number and number + 0.0
  end,
  TEXT = function(text) return text end,
}

local function column_names(columns)
  local out = {}
  for _, column in ipairs(columns) do out[#out + 1] = column.name end
  return out
end

-- For each column of the file: the column of the table, and how a value is made.
local function plan_columns(conn, name, header, path)
  local columns, plan = schema.columns(conn, name), {}
  if not columns then fail(path, 1, "there is no table " .. name) end
  for _, given in ipairs(header) do
    local column = references[given] or given
    if name == "assertions" and given == "key" then column = "subject_id" end
    if not columns[column] then
      strict.unknown("column", given, column_names(columns), path)
    end
    plan[#plan + 1] = { given = given, column = column, convert = converters[columns[column].type] }
  end
  return plan
end

local function key_text(values)
  for i = 1, values.n do values[i] = values[i] == nil and "" or tostring(values[i]) end
  return table.concat(values, "|", 1, values.n)
end

-- Loaded rows by natural key: keys[table]["VI"] = id.
local function remember(keys, name, plan, row, id)
  local by_column, values = {}, { n = 0 }
  for i, item in ipairs(plan) do by_column[item.column] = item.given ~= item.column
    and row.values[item.given] or row.made[i] end
  for _, column in ipairs(schema.natural_key(name)) do
    values.n = values.n + 1
    values[values.n] = by_column[column]
  end
  keys[name] = keys[name] or {}
  local key = key_text(values)
  if name ~= "assertions" and keys[name][key] then
    return nil, ("a second row %q"):format(key)
  end
  keys[name][key] = id
  return true
end

local function refer(keys, name, key)
  local id = keys[name] and keys[name][key]
  if id then return id end
  return nil, ("%s has no row %q"):format(name, key)
end

local function make_value(keys, item, row, path)
  local text = row.values[item.given]
  if text == nil then return nil end
  local value, problem
  if references[item.given] then
    value, problem = refer(keys, "documents", text)
  elseif item.given == "key" and item.column == "subject_id" then
    value, problem = refer(keys, row.values.subject, text)
  else
    value = item.convert(text)
    problem = value == nil and ("%s: %q is not a number"):format(item.given, text)
  end
  if problem then fail(path, row.line, problem) end
  return value
end

local function insert_sql(conn, name, plan)
  local position, columns, marks = { id = 1 }, { "id" }, { "?1" }
  for i, item in ipairs(plan) do
    position[item.column] = i + 1
    columns[#columns + 1] = schema.quoted(item.column)
    marks[#marks + 1] = "?" .. i + 1
  end
  local hashed, table_columns = { "'" .. name .. "'" }, schema.columns(conn, name)
  for _, column in ipairs(schema.hashed(conn, name)) do
    hashed[#hashed + 1] = position[column] and "?" .. position[column]
      or table_columns[column].default or "NULL"
  end
  return ("INSERT INTO %s (%s, hash) VALUES (%s, rowhash(%s))"):format(schema.quoted(name),
    table.concat(columns, ", "), table.concat(marks, ", "), table.concat(hashed, ", "))
end

-- Whatever goes wrong with a row is said of its line.
local placed = {
  __close = function(at, problem)
    if err.is(problem) then problem.place = at.path .. ":" .. at.line end
  end,
}

local function load_table(conn, name, keys)
  local header, rows, path = facts.read(name)
  local at <close> = setmetatable({ path = path, line = 1 }, placed)
  local plan = plan_columns(conn, name, header, path)
  local statement <close> = conn:bulk(insert_sql(conn, name, plan))
  for id, row in ipairs(rows) do
    row.made, at.line = {}, row.line
    for i, item in ipairs(plan) do row.made[i] = make_value(keys, item, row, path) end
    local ok, problem = remember(keys, name, plan, row, id)
    if not ok then fail(path, row.line, problem) end
    statement:run(id, table.unpack(row.made, 1, #plan))
  end
  return #rows
end

--- Load every file of facts into an empty store.  The caller holds the transaction.
--- Shape: connection -> number of rows.
--- Units: rows.
--- Errors: raises bad_input placed at file:line; what SQLite says of a row.
--- Source: none.
---@param conn userdata
function facts.load(conn)
  local keys, count = {}, 0
  for _, name in ipairs(facts.tables()) do count = count + load_table(conn, name, keys) end
  return count
end

return facts
