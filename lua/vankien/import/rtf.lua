-- Rich Text before pandoc reads it.  Letters beyond ASCII stand in it as numbers with a letter for
-- old readers behind each ("\u7843?"), or as bytes of a code page.  pandoc 2.17 drops the letter
-- that follows "?", and reads all bytes as the page 1252: both are written so that it does not.

local charset = require "vankien.host.charset"
local err = require "vankien.util.err"

local rtf = {}

-- Fonts of the Vietnamese code page, and files written in it.
local VIETNAMESE = { "\\fcharset163", "\\ansicpg1258" }

local function is_vietnamese(bytes)
  for _, mark in ipairs(VIETNAMESE) do
    if bytes:find(mark, 1, true) then return true end
  end
  return false
end

-- "\'e3" of the page 1258 -> "\u259\'3f"
local function by_number(hex)
  local byte = tonumber(hex, 16)
  if byte < 0x80 then return nil end
  local letter = charset.decode("CP1258", string.char(byte))
  local c = letter and utf8.codepoint(letter)
  return c and ("\\u%d\\'3f"):format(c) or nil
end

-- Numbers with their old letters, however written: "\u7843?", "\u7843 ?", "\u7843\'3f".
local function with_plain_letters(bytes)
  bytes = bytes:gsub("\\u(%-?%d+)%f[%D] ?\\'%x%x", "\\u%1\0")
  bytes = bytes:gsub("\\u(%-?%d+)%f[%D] ?[^\\{}\r\n\0]", "\\u%1\0")
  return bytes
end

--- A Rich Text file as pandoc reads it rightly.
--- Shape: bytes, place -> bytes | nil, err.
--- Units: none.
--- Errors: returns nil, bad_input where more than one letter, or none, stands behind each number.
--- Source: Rich Text Format 1.9.1, "Unicode RTF"; pandoc 2.17.
---@param bytes string
---@param place string
function rtf.read(bytes, place)
  for count in bytes:gmatch "\\uc(%d+)" do
    if count ~= "1" then
      return nil, err.new("bad_input", "its letters are written in a way that pandoc loses some of",
        { place = place, hint = "open it in LibreOffice or Word and save it as .docx or .odt" })
    end
  end
  local plain = with_plain_letters((bytes:gsub("\0", "")))
  if is_vietnamese(plain) then plain = plain:gsub("\\'([89a-fA-F]%x)", by_number) end
  return (plain:gsub("\0", "\\'3f"))
end

return rtf
