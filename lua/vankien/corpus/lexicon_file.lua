-- Lexicons from files: one phrase a line, CSV or TSV with a header, or a Lua table.
-- Reads text only; checking the phrases is lexicon.lua's.

local csv = require "vankien.util.csv"
local err = require "vankien.util.err"
local lexicon = require "vankien.corpus.lexicon"
local suggest = require "vankien.util.suggest"
local lists = require "vankien.util.list"
local sys = require "vankien.host.sys"
local tsv = require "vankien.util.tsv"

local lexicon_file = {}

local max_bytes = 16 * 1024 * 1024
local known_columns = { "phrase", "rung", "label" }

local function refuse(path, line, message, hint)
  err.raise("bad_input", ("%s:%d: %s"):format(path, line, message), { hint = hint })
end

local function from_lines(source)
  local list = {}
  for line in (source .. "\n"):gmatch("(.-)\r?\n") do
    local phrase = line:match("^%s*(.-)%s*$")
    if phrase ~= "" and phrase:sub(1, 1) ~= "#" then list[#list + 1] = phrase end
  end
  return list
end

local function check_header(path, header)
  if #header > 0 and not lists.index_of(header, "phrase") then
    refuse(path, 1, "no column is called phrase", "the columns are phrase, rung, label")
  end
  for _, name in ipairs(header) do
    local known = false
    for _, column in ipairs(known_columns) do known = known or column == name end
    if not known then
      refuse(path, 1, ("unknown column “%s”"):format(name),
        suggest.phrase(name, known_columns) or "the columns are phrase, rung, label")
    end
  end
end

local function rung_of(path, line, written)
  if written == nil or written == "" then return nil end
  return math.tointeger(tonumber(written))
    or refuse(path, line, ("the rung “%s” is not a whole number"):format(written))
end

-- Header and rows of either kind of table: list of names, list of {line=, [name] = field}.
local function read_csv(path, source)
  local rows, problem = csv.parse(source, { name = path })
  if not rows then error(problem, 0) end
  local header, records = rows[1] or {}, {}
  for i = 2, #rows do
    local record = { line = rows[i].line }
    if #rows[i] > #header then refuse(path, record.line, "more fields than the header has") end
    for column, name in ipairs(header) do record[name] = rows[i][column] end
    records[#records + 1] = record
  end
  return header, records
end

local function read_tsv(path, source)
  local header, rows = tsv.parse(source, path)
  if not header then error(rows, 0) end
  local records = {}
  for i, row in ipairs(rows) do
    row.values.line = row.line
    records[i] = row.values
  end
  return header, records
end

local function from_table(path, source, read)
  local header, records = read(path, source)
  check_header(path, header)
  local list = {}
  for i, record in ipairs(records) do
    list[i] = {
      phrase = record.phrase, rung = rung_of(path, record.line, record.rung),
      label = record.label ~= "" and record.label or nil,
    }
  end
  return list
end

-- The file's chunk sees no globals: it can hold data, and call nothing.
local function from_lua(path, source)
  local chunk, message = load(source, "@" .. path, "t", {})
  if not chunk then err.raise("bad_input", message) end
  local list = chunk()
  if type(list) ~= "table" then
    refuse(path, 1, "the file returns no table", 'return { { phrase = "tham gia", rung = 1 }, … }')
  end
  return list
end

--- Read a lexicon from a file; the ending says the form (.lua, .csv, .tsv, else a phrase a line).
--- Shape: path -> lexicon.
--- Units: see lexicon.new.
--- Errors: raises when the file cannot be read, with file and line where its content is wrong.
--- Source: none.
---@param path string
function lexicon_file.read(path)
  local source, e = sys.read_file(path, max_bytes)
  if not source then error(e, 0) end
  local ending = (path:match("%.(%w+)$") or ""):lower()
  local list
  if ending == "lua" then list = from_lua(path, source)
  elseif ending == "csv" then list = from_table(path, source, read_csv)
  elseif ending == "tsv" then list = from_table(path, source, read_tsv)
  else list = from_lines(source) end
  return lexicon.new(list, path)
end

return lexicon_file
