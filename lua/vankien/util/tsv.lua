-- Tab-separated values as our facts are kept: a header line, one row a line, no quoting.
-- An empty field is NULL; tabs and line ends cannot stand in a value.

local err = require "vankien.util.err"

local tsv = {}

local function split(line)
  local fields, n = {}, 0
  for field in (line .. "\t"):gmatch "([^\t]*)\t" do
    n = n + 1
    if field ~= "" then fields[n] = field end
  end
  return fields, n
end

local function bad(name, line, message, hint)
  return nil, err.new("bad_input", message, { place = name .. ":" .. line, hint = hint })
end

local function read_header(text, name)
  local columns, n = split(text)
  local seen = {}
  for i = 1, n do
    local column = columns[i]
    if not column then return bad(name, 1, ("column %d has no name"):format(i)) end
    if seen[column] then return bad(name, 1, ("column %q stands twice"):format(column)) end
    seen[column] = true
  end
  return columns
end

local function read_row(text, columns, name, line)
  local values, n = split(text)
  if n ~= #columns then
    return bad(name, line, ("%d fields where the header has %d"):format(n, #columns),
      "fields are separated by single tabs; an empty field is NULL")
  end
  local row = { line = line, values = {} }
  for i, column in ipairs(columns) do row.values[column] = values[i] end
  return row
end

--- Read a table.
--- Shape: text, name for messages -> columns, list of {line=, values={column = string}}
---   | nil, err.
--- Units: line counts from 1, the header is line 1.
--- Errors: bad_input, placed at name:line.
--- Source: none.
---@param text string
---@param name string
function tsv.parse(text, name)
  if text == "" then return bad(name, 1, "the file is empty") end
  local columns, rows, line = nil, {}, 0
  for content in (text:sub(-1) == "\n" and text or text .. "\n"):gmatch "([^\n]*)\n" do
    line = line + 1
    content = content:gsub("\r$", "")
    local problem
    if not columns then
      columns, problem = read_header(content, name)
      if not columns then return nil, problem end
    elseif content ~= "" then
      rows[#rows + 1], problem = read_row(content, columns, name, line)
      if problem then return nil, problem end
    end
  end
  return columns, rows
end

return tsv
