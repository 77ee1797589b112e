-- CSV and TSV of documents: one row a document, its text in the column "text".  The columns that
-- metadata.lua knows are metadata, every other one is an attribute, as in a manifest.  The file is
-- read piece by piece: it may be larger than memory.

local sys = require "vankien.host.sys"
local text = require "vankien.host.text"
local encoding = require "vankien.import.encoding"
local metadata = require "vankien.import.metadata"
local text_file = require "vankien.import.text_file"
local once = require "vankien.import.once"
local csv = require "vankien.util.csv"
local err = require "vankien.util.err"
local suggest = require "vankien.util.suggest"

local csv_documents = {
  name = "CSV",
  extensions = { "csv", "tsv" },
}

-- Where the names of the columns must have come to an end.
local HEADER_BYTES = 65536

local function problem_at(place, message, hint)
  return err.new("bad_input", message, { place = place, hint = hint })
end

local function delimiter_of(path) return path:lower():find "%.tsv$" and "\t" or "," end

local function tidy(name) return (name:match "^%s*(.-)%s*$":lower():gsub("[ -]", "_")) end

-- Why there is no column "text", as far as it can be told.
local function no_text(columns, path)
  local known = {}
  for _, column in ipairs(columns) do known[column] = true end
  if known.file then return "it names files, so it is a manifest: --manifest " .. path end
  if #columns == 1 and columns[1]:find "[;\t]" then
    return "fields are separated by commas in .csv, by tabs in .tsv: save it so"
  end
  return suggest.phrase("text", columns)
    or "the first line names the columns: number,type,issued,issuer,congress,title,text"
end

local function check_columns(columns, path)
  local place, problems, seen = ("%s:%d"):format(path, columns.line), {}, {}
  for n, column in ipairs(columns) do
    local message, hint
    if column == "" then message = ("column %d has no name"):format(n)
    elseif seen[column] then message = ('the column "%s" stands twice'):format(column) end
    local _, near = metadata.key(column)
    if near and column ~= "text" then message, hint = near.message, near.hint end
    if message then problems[#problems + 1] = problem_at(place, message, hint) end
    seen[column] = true
  end
  if not seen.text then
    problems[#problems + 1] = problem_at(place, 'no column "text"', no_text(columns, path))
  end
  return problems
end

-- The first bytes of the file, to say what it may be written in.
local function start_of(path)
  local file <close> = io.open(path, "rb")
  return file and file:read(HEADER_BYTES) or ""
end

local function header_of(row, path)
  if not row then return nil, { problem_at(path, "the file is empty") } end
  if not text.check_utf8(table.concat(row, ",")) then
    return nil, { problem_at(path .. ":1", "not UTF-8", encoding.hint(start_of(path))) }
  end
  local columns = { line = row.line }
  for n, column in ipairs(row) do columns[n] = tidy(column) end
  local problems = check_columns(columns, path)
  if problems[1] then return nil, problems end
  return columns
end

local function check_body(body, place)
  if not body or not body:find "%S" then return nil, problem_at(place, 'no "text"') end
  local good, offset, reason = text.check_utf8(body)
  if good then return true end
  return nil, problem_at(place, ("not UTF-8: %s at byte %d of the text"):format(reason, offset),
    encoding.hint(body))
end

-- A field that is not UTF-8 is told of by its column.
local function given_of(row, columns, place)
  local given, body = {}, nil
  for n, column in ipairs(columns) do
    local value = row[n]
    if column == "text" then
      body = value
    elseif value:find "%S" then
      if not text.check_utf8(value) then
        return nil, nil, problem_at(place, ('not UTF-8 in the column "%s"'):format(column))
      end
      given[#given + 1] = { key = column, value = value, place = place }
    end
  end
  return given, body
end

local function draft_of(source, row, columns)
  local place = ("%s:%d"):format(source.path, row.line)
  if #row ~= #columns then
    return nil, { problem_at(place, ("%d fields where the first line names %d columns"):format(#row,
      #columns), "a field with a comma or a line end needs quotation marks") }
  end
  local given, body, problem = given_of(row, columns, place)
  if not given then return nil, { problem } end
  local good, wrong = check_body(body, place)
  if not good then return nil, { wrong } end
  return {
    locator = ("%s#%d"):format(source.locator, row.line), place = place,
    name = ("%s#%d"):format(source.name, row.line), bytes = body, body = 0, given = given,
    format = text_file,
  }
end

-- A function that gives the file piece by piece, in UTF-8; and what closes it.
local function pieces_of(source, options)
  if options.encoding and options.encoding ~= "UTF-8" then
    local bytes, problem = sys.read_file(source.path)
    if not bytes then return nil, problem end
    local decoded, how = encoding.read(bytes, options.encoding, source.path)
    if not decoded then return nil, how end
    local given = false
    return function()
      if given then return nil end
      given = true
      return decoded
    end, function() end
  end
  local file, reason = io.open(source.path, "rb")
  if not file then return nil, err.new("io", reason, { place = source.path }) end
  return function(bytes) return file:read(bytes) end, function() file:close() end
end

local function rows_of(source, options)
  local read, close = pieces_of(source, options)
  if not read then return nil, close end
  return csv.rows(read, {
    name = source.path, delimiter = delimiter_of(source.path), max_bytes = options.max_bytes,
  }), close
end

--- Does a file look like documents: has its first line a column "text"?
--- Shape: path -> boolean.
--- Units: true as well for what is not UTF-8, which cannot be told yet.
--- Errors: none.
--- Source: none.
---@param path string
function csv_documents.has_text(path)
  local start = start_of(path)
  local row = csv.rows(function()
    local piece = start
    start = nil
    return piece
  end, { delimiter = delimiter_of(path) })()
  if not row then return false end
  if not text.check_utf8(table.concat(row)) then return true end
  for _, column in ipairs(row) do
    if tidy(column) == "text" then return true end
  end
  return false
end

--- Iterate over the documents of a CSV or TSV file.
--- Shape: source, {max_bytes=, encoding=} -> function giving draft | nil, list of err | nil at the
---   end.
--- Units: max_bytes is the longest row that is read.
--- Errors: each bad row gives nil and its problems, with its line; the next call goes on.
--- Source: RFC 4180.
---@param source table see reader.lua
---@param options table
function csv_documents.each(source, options)
  local next_row, close = rows_of(source, options)
  if not next_row then return once.problems { close } end
  local first, problem = next_row()
  local columns, problems = header_of(first, source.path)
  if problem then problems = { problem } end
  if problems then
    close()
    return once.problems(problems)
  end
  local any = false
  return function()
    if not next_row then return nil end
    local row, wrong = next_row()
    if row then
      any = true
      return draft_of(source, row, columns)
    end
    close()
    next_row = nil
    if wrong then return nil, { wrong } end
    if any then return nil end
    return nil, { problem_at(source.path, "names columns, but holds no document") }
  end
end

return csv_documents
