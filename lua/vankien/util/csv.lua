-- Comma-separated values as RFC 4180 has them: quoted fields may hold commas, quotes
-- (doubled) and line ends.  Knows nothing of columns' meaning, and never guesses a delimiter.
--
--   file   <- row (line_end row)*             row <- field ("," field)*
--   field  <- '"' (!'"' . / '""')* '"' / (![,"\r\n] .)*

local err = require "vankien.util.err"

local csv = {}

local BOM = "\u{FEFF}"

local function lines_in(s, from, to)
  local n = 0
  for _ in s:sub(from, to):gmatch "\n" do n = n + 1 end
  return n
end

-- A quoted field that begins at `pos`: its value and the place after it.
local function quoted(s, pos)
  local at = pos + 1
  while true do
    local quote = s:find('"', at, true)
    if not quote then return nil, "a quotation mark is opened and never closed" end
    if s:byte(quote + 1) ~= 34 then
      local after = s:match("^[,\r\n]()", quote + 1)
      if not after and quote < #s then return nil, "text follows a closing quotation mark" end
      return s:sub(pos + 1, quote - 1):gsub('""', '"'), quote + 1
    end
    at = quote + 2
  end
end

local function plain(s, pos)
  local value, after = s:match("^([^,\r\n]*)()", pos)
  if value:find('"', 1, true) then return nil,
    "a quotation mark stands inside an unquoted field" end
  return value, after
end

-- One row from `pos`: list of fields, place of the next row, or nil and the reason.
local function row_at(s, pos)
  local row = {}
  while true do
    local value, after
    if s:byte(pos) == 34 then value, after = quoted(s, pos) else value, after = plain(s, pos) end
    if not value then return nil, after end
    row[#row + 1] = value
    if s:byte(after) == 44 then
      pos = after + 1
    else
      return row, s:match("^\r?\n()", after) or s:match("^\r()", after) or after
    end
  end
end

--- Read every row.
--- Shape: string, {name=} -> list of {line=, field, field, …} | nil, err.
--- Units: line is the number of the line on which the row begins; blank lines are left out.
--- Errors: returns nil, bad_input with the line when a quotation mark stands wrong.
--- Source: RFC 4180, section 2.
---@param s string
---@param options? table name: of the file, for messages
function csv.parse(s, options)
  local rows, line = {}, 1
  local pos = s:sub(1, #BOM) == BOM and #BOM + 1 or 1
  while pos <= #s do
    local row, after = row_at(s, pos)
    if not row then
      local name = options and options.name
      local place = name and ("%s:%d"):format(name, line) or "line " .. line
      return nil, err.new("bad_input", after, {
        place = place, hint = 'a field with a comma or a quotation mark is written "like ""this"""',
      })
    end
    if #row > 1 or row[1] ~= "" then
      row.line = line
      rows[#rows + 1] = row
    end
    line = line + lines_in(s, pos, after - 1)
    pos = after
  end
  return rows
end

--- Write one row, quoting where it must.
--- Shape: list of strings -> string without a line end.
--- Units: none.
--- Errors: none.
--- Source: RFC 4180, section 2.
---@param fields string[]
function csv.line(fields)
  local out = {}
  for i, value in ipairs(fields) do
    value = tostring(value)
    if value:find '[",\r\n]' then value = '"' .. value:gsub('"', '""') .. '"' end
    out[i] = value
  end
  return table.concat(out, ",")
end

return csv
