-- Comma-separated values as RFC 4180 has them: quoted fields may hold commas, quotes
-- (doubled) and line ends.  Another delimiter (a tab) can be named, and is never guessed.  Knows
-- nothing of columns' meaning.
--
--   file   <- row (line_end row)*             row <- field ("," field)*
--   field  <- '"' (!'"' . / '""')* '"' / (![,"\r\n] .)*

local err = require "vankien.util.err"

local csv = {}

local BOM = "\u{FEFF}"

local CHUNK_BYTES = 1 << 18
-- A field without quotation marks that goes on and on: this is no CSV.
local PLAIN_BYTES = 1 << 20
local QUOTE_HINT = 'a field with a comma or a quotation mark is written "like ""this"""'

local patterns = {}
for _, delimiter in ipairs { ",", "\t" } do
  patterns[delimiter] = {
    byte = delimiter:byte(), plain = "^([^" .. delimiter .. "\r\n]*)()",
    closed = "^[" .. delimiter .. "\r\n]()",
  }
end

local function lines_in(s, from, to)
  local n, at = 0, from - 1
  while true do
    at = s:find("\n", at + 1, true)
    if not at or at > to then return n end
    n = n + 1
  end
end

-- A quoted field that begins at `pos`: its value and the place after it; nil, reason and whether
-- more text could mend it.
local function quoted(s, pos, form)
  local at = pos + 1
  while true do
    local quote = s:find('"', at, true)
    if not quote then return nil, "a quotation mark is opened and never closed", true end
    if s:byte(quote + 1) ~= 34 then
      local after = s:match(form.closed, quote + 1)
      if not after and quote < #s then return nil, "text follows a closing quotation mark" end
      return s:sub(pos + 1, quote - 1):gsub('""', '"'), quote + 1
    end
    at = quote + 2
  end
end

local function plain(s, pos, form)
  local value, after = s:match(form.plain, pos)
  if value:find('"', 1, true) then return nil,
    "a quotation mark stands inside an unquoted field" end
  if #value > PLAIN_BYTES then return nil,
    ("an unquoted field is longer than %d bytes"):format(PLAIN_BYTES) end
  return value, after
end

-- One row from `pos`: list of fields, place of the next row; or nil, the reason, and whether more
-- text could mend it.
local function row_at(s, pos, form)
  local row = {}
  while true do
    local value, after, open
    if s:byte(pos) == 34 then value, after, open = quoted(s, pos, form)
    else value, after, open = plain(s, pos, form) end
    if not value then return nil, after, open end
    row[#row + 1] = value
    if s:byte(after) == form.byte then
      pos = after + 1
    else
      return row, s:match("^\r?\n()", after) or s:match("^\r()", after) or after
    end
  end
end

local function problem_at(options, line, message, hint)
  local name = options.name
  return err.new("bad_input", message, {
    place = name and ("%s:%d"):format(name, line) or "line " .. line, hint = hint })
end

-- Bring more of the file behind what is not yet read.
local function read_more(file)
  local chunk = file.read(math.max(CHUNK_BYTES, #file.s - file.at + 1))
  if not chunk then file.ended = true end
  file.s, file.at = file.s:sub(file.at) .. (chunk or ""), 1
end

local function stop(file, message, hint)
  file.ended, file.s, file.at = true, "", 1
  return nil, problem_at(file.options, file.line, message, hint)
end

local function begin(file)
  while #file.s < #BOM and not file.ended do read_more(file) end
  if file.s:sub(1, #BOM) == BOM then file.at = #BOM + 1 end
  file.begun = true
end

local function next_row(file)
  if not file.begun then begin(file) end
  while true do
    while file.at > #file.s and not file.ended do read_more(file) end
    if file.at > #file.s then return nil end
    local row, after, open = row_at(file.s, file.at, file.form)
    -- what reaches to the end of the piece may go on behind it
    if not file.ended and ((row and after > #file.s) or open) then
      if #file.s - file.at > file.max then
        return stop(file, ("the row is longer than %d bytes"):format(file.max))
      end
      read_more(file)
    elseif not row then
      return stop(file, after, QUOTE_HINT)
    else
      row.line = file.line
      file.line = file.line + lines_in(file.s, file.at, after - 1)
      file.at = after
      if #row > 1 or row[1] ~= "" then return row end
    end
  end
end

--- Iterate over the rows of a file that may be larger than memory.
--- Shape: function(bytes) giving the next piece or nil, {name=, delimiter=, max_bytes=} -> function
---   giving row {line=, field, field, …} | nil, err | nil at the end.
--- Units: line is that on which the row begins; blank lines are left out; max_bytes: longest row.
--- Errors: nil, bad_input with the line when a quotation mark stands wrong or a row is too long; it
--- cannot be told where the next row would begin, so that nothing comes after.
--- Source: RFC 4180, section 2.
---@param read function
---@param options table
function csv.rows(read, options)
  local file = {
    read = read, options = options, form = patterns[options.delimiter or ","],
    max = options.max_bytes or math.huge, s = "", at = 1, line = 1,
  }
  return function() return next_row(file) end
end

--- Read every row.
--- Shape: string, {name=, delimiter=} -> list of {line=, field, field, …} | nil, err.
--- Units: line is the number of the line on which the row begins; blank lines are left out.
--- Errors: returns nil, bad_input with the line when a quotation mark stands wrong.
--- Source: RFC 4180, section 2.
---@param s string
---@param options? table name: of the file, for messages
function csv.parse(s, options)
  local rows, given = {}, false
  local read_row = csv.rows(function()
    if given then return nil end
    given = true
    return s
  end, options or {})
  while true do
    local row, problem = read_row()
    if problem then return nil, problem end
    if not row then return rows end
    rows[#rows + 1] = row
  end
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
