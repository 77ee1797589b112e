-- The CSV manifest: one line a file, paths relative to the manifest.  The column "file" is needed;
-- the reserved columns are metadata, every other column is an attribute of the document.

local csv = require "vankien.util.csv"
local err = require "vankien.util.err"
local metadata = require "vankien.import.metadata"
local suggest = require "vankien.util.suggest"

local manifest = {}

local function problem_at(name, line, message, hint)
  return err.new("bad_input", message, { place = ("%s:%d"):format(name, line), hint = hint })
end

local function check_columns(columns, name)
  local problems, seen = {}, {}
  for n, column in ipairs(columns) do
    if column == "" then
      problems[#problems + 1] = problem_at(name, columns.line,
        ("column %d has no name"):format(n))
    elseif seen[column] then
      problems[#problems + 1] = problem_at(name, columns.line,
        ('the column "%s" stands twice'):format(column))
    end
    seen[column] = true
    local _, near = metadata.key(column)
    if near and column ~= "file" then
      near.place = ("%s:%d"):format(name, columns.line)
      problems[#problems + 1] = near
    end
  end
  if not seen.file then
    problems[#problems + 1] = problem_at(name, columns.line, 'no column "file"',
      suggest.phrase("file", columns) or "the first line names the columns: file,type,number,…")
  end
  return problems
end

local function header_row(rows, name)
  local columns = rows[1]
  if not columns then
    return nil, { err.new("bad_input", "the manifest is empty", { place = name }) }
  end
  for n, column in ipairs(columns) do
    columns[n] = column:match "^%s*(.-)%s*$":lower():gsub("[ -]", "_")
  end
  local problems = check_columns(columns, name)
  if problems[1] then return nil, problems end
  return columns
end

local function folder_of(path) return path:match "^(.*/)[^/]*$" or "" end

local function entry_of(row, columns, path)
  local place = ("%s:%d"):format(path, row.line)
  if #row ~= #columns then
    return nil, problem_at(path, row.line, ("%d fields where the first line names %d columns")
      :format(#row, #columns), "a title with a comma needs quotation marks")
  end
  local entry = { place = place, values = {} }
  for n, column in ipairs(columns) do
    local value = row[n]:match "^%s*(.-)%s*$"
    if column == "file" then
      entry.file = value
    elseif value ~= "" then
      table.insert(entry.values, { key = column, value = value, place = place })
    end
  end
  if entry.file == "" then return nil, problem_at(path, row.line, "the file is not named") end
  if entry.file:sub(1, 1) ~= "/" then entry.file = folder_of(path) .. entry.file end
  return entry
end

local function check_twice(entries, problems, path)
  local seen = {}
  for _, entry in ipairs(entries) do
    local first = seen[entry.file]
    if first then
      problems[#problems + 1] = problem_at(path, tonumber(entry.place:match "(%d+)$"),
        ('the file "%s" stands in line %s already'):format(entry.file, first))
    end
    seen[entry.file] = seen[entry.file] or entry.place:match "(%d+)$"
  end
end

--- Read a manifest.
--- Shape: text, path of the manifest -> list of {file=, place=, values={{key=, value=, place=}}}
---   | nil, list of err.
--- Units: file is a path as the program can open it; place is "manifest:line".
--- Errors: returns nil and every problem: quotation marks, columns, ragged lines, a file twice.
--- Source: none.
---@param bytes string
---@param path string
function manifest.parse(bytes, path)
  local rows, problem = csv.parse(bytes, { name = path })
  if not rows then return nil, { problem } end
  local columns, problems = header_row(rows, path)
  if not columns then return nil, problems end
  local entries
  entries, problems = {}, {}
  for n = 2, #rows do
    local entry, wrong = entry_of(rows[n], columns, path)
    if entry then entries[#entries + 1] = entry else problems[#problems + 1] = wrong end
  end
  check_twice(entries, problems, path)
  if not entries[1] and not problems[1] then
    problems[1] = err.new("bad_input", "the manifest names no file", { place = path })
  end
  if problems[1] then return nil, problems end
  return entries
end

return manifest
