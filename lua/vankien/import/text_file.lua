-- Plain text, UTF-8: an optional header of "# key: value" lines, then the text.  Drops page marks
-- ("# page 12") and ornaments ("* * *", "-----"); everything else is text.

local header = require "vankien.import.header"
local lines = require "vankien.import.lines"

local text_file = {
  name = "text",
  extensions = { "txt", "text" },
}

local function is_page_mark(bytes, from, to)
  if bytes:byte(from + 1) ~= 35 then return false end
  local stop = bytes:match("^#%s*page%s+%d+()", from + 1)
  return stop ~= nil and stop > to
end

local function count(repairs, kind) repairs[kind] = (repairs[kind] or 0) + 1 end

--- The lines of a plain text.
--- Shape: bytes, offset of the body, repairs (counted into) -> list of lines (see lines.lua).
--- Units: byte offsets.
--- Errors: none.
--- Source: none.
---@param bytes string
---@param at integer
---@param repairs table
function text_file.lines(bytes, at, repairs)
  local out, gap = {}, nil
  local decomposed = lines.decomposed(bytes, at)
  for from, to, indent in lines.each(bytes, at) do
    if from >= to then
      gap = gap or "blank"
    elseif lines.ornament(bytes, from, to) then
      gap = "break"
      count(repairs, "ornament")
    elseif is_page_mark(bytes, from, to) then
      gap = gap == "break" and gap or "page"
      count(repairs, "page_mark")
    else
      out[#out + 1] = lines.settle(bytes, lines.make(bytes, from, to, gap, indent), decomposed)
      gap = nil
    end
  end
  return out
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
