-- Plain text, UTF-8: an optional header of "# key: value" lines, then the text.  Drops page marks
-- ("# page 12") and ornaments ("* * *", "-----"); everything else is text.

local text = require "vankien.host.text"
local header = require "vankien.import.header"

local text_file = {
  name = "text",
  extensions = { "txt", "text" },
}

local function count(repairs, kind, n)
  if n > 0 then repairs[kind] = (repairs[kind] or 0) + n end
end

--- The lines of a plain text.
--- Shape: bytes, offset of the body, repairs (counted into) -> lines of vankien.host.text.
--- Units: byte offsets.
--- Errors: none.
--- Source: none.
---@param bytes string
---@param at integer
---@param repairs table
function text_file.lines(bytes, at, repairs)
  local all = text.lines(bytes, at)
  local ornaments, page_marks = all:read(at)
  count(repairs, "ornament", ornaments)
  count(repairs, "page_mark", page_marks)
  return all
end

--- The one document of a text file.
--- Shape: source, bytes -> list with one draft {locator=, place=, bytes=, body=, given=, format=}.
--- Units: body is a byte offset.
--- Errors: none.
--- Source: none.
---@param source table see reader.lua
---@param bytes string
function text_file.drafts(source, bytes)
  local given, body = header.read(bytes)
  for _, entry in ipairs(given) do
    entry.place = ("%s:%d"):format(source.path, entry.line)
  end
  return { {
    locator = source.locator, place = source.path, name = source.name, bytes = bytes, body = body,
    given = given, format = text_file,
  } }
end

return text_file
