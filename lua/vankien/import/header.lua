-- What stands at the top of a text file about the document: lines "# key: value", or front matter
-- between two lines "---".  Gives keys and values with the line they stand on, and where the body
-- begins; which keys there are is metadata.lua's business.
--
--   header <- ("#" sp key sp ":" value line_end)+        value may hold "; key: value" once more
--   front  <- "---" line_end (key ":" value line_end)* "---" line_end
--   key    <- [A-Za-z_] [A-Za-z0-9_-]*

local header = {}

local BOM = "\u{FEFF}"
local KEY = "[%a_][%w_%-]*"
local MAX_LINES = 200

local function unquoted(value)
  value = value:match "^%s*(.-)%s*$"
  return value:match '^"(.*)"$' or value:match "^'(.*)'$" or value
end

local function add(found, key, value, line)
  value = unquoted(value)
  if value == "" then return end
  found[#found + 1] = { key = key:lower():gsub("-", "_"), value = value, line = line }
end

-- "kind: report; congress: XIV; doc_date: 2026-01" holds three pairs.
local function add_pairs(found, key, rest, line)
  while true do
    local value, next_key, after = rest:match("^(.-);%s*(" .. KEY .. ")%s*:%s(.*)$")
    if not value then break end
    add(found, key, value, line)
    key, rest = next_key, after
  end
  add(found, key, rest, line)
end

local function line_at(bytes, pos)
  local feed = bytes:find("\n", pos, true)
  local stop = feed or #bytes + 1
  return bytes:sub(pos, stop - 1):gsub("\r$", ""), stop + 1
end

local function comment_lines(bytes, pos)
  local found, n = {}, 0
  while pos <= #bytes and n < MAX_LINES do
    local line, after = line_at(bytes, pos)
    local key, rest = line:match("^#%s*(" .. KEY .. ")%s*:%s(.*)$")
    if not key then break end
    n, pos = n + 1, after
    add_pairs(found, key, rest, n)
  end
  return found, pos
end

local function front_matter(bytes, pos)
  local found, n = {}, 1
  local line
  local _, at = line_at(bytes, pos)
  while at <= #bytes and n < MAX_LINES do
    line, at = line_at(bytes, at)
    n = n + 1
    if line:find "^%-%-%-%s*$" then return found, at end
    local key, value = line:match("^(" .. KEY .. ")%s*:%s*(.*)$")
    if key then
      add(found, key, value, n)
    elseif not line:find "^%s*$" and not line:find "^%s*#" then
      return nil                    -- a rule, not front matter
    end
  end
  return nil
end

--- Read the header of a text.
--- Shape: string -> list of {key=, value=, line=}, offset of the body.
--- Units: offset in bytes, 0-based; line is the line of the file.
--- Errors: none: what is no header is body.
--- Source: none.
---@param bytes string
function header.read(bytes)
  local pos = bytes:sub(1, #BOM) == BOM and #BOM + 1 or 1
  local found, after
  if bytes:find("^%-%-%-[ \t]*\r?\n", pos) then found, after = front_matter(bytes, pos) end
  if not found then found, after = comment_lines(bytes, pos) end
  return found, math.min(after, #bytes + 1) - 1
end

return header
