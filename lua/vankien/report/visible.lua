-- What may never reach a terminal: control characters, bidi overrides and bytes that are not
-- UTF-8 are written out visibly.

local visible = {}

local NAMED = {["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r", ["\27"] = "\\e"}

local function escape_control(c)
  return NAMED[c] or string.format("\\x%02x", c:byte())
end

-- C1 controls, directional marks and overrides, line and paragraph separators.
local function is_hidden(point)
  return point >= 0x80 and point <= 0x9F or point == 0x061C
    or point >= 0x200E and point <= 0x200F or point >= 0x2028 and point <= 0x202E
    or point >= 0x2066 and point <= 0x2069
end

local function escape_hidden(s)
  return (s:gsub("[\194\216\226][\128-\191]+", function(sequence)
    return (sequence:gsub(utf8.charpattern, function(c)
      local point = utf8.len(c) == 1 and utf8.codepoint(c)
      if point and is_hidden(point) then return string.format("\\u{%x}", point) end
    end))
  end))
end

-- Each byte that is not part of a UTF-8 character, written as \xNN.
local function escape_broken(s)
  local out, from = {}, 1
  while true do
    local length, at_byte = utf8.len(s, from)
    if length then break end
    out[#out + 1] = s:sub(from, at_byte - 1)
    out[#out + 1] = escape_control(s:sub(at_byte, at_byte))
    from = at_byte + 1
  end
  out[#out + 1] = s:sub(from)
  return table.concat(out)
end

local function harmless(s, pattern)
  if not utf8.len(s) then s = escape_broken(s) end
  if s:find(pattern) then s = s:gsub(pattern, escape_control) end
  -- Plain searches for the lead bytes of hidden characters: a class is slow to match.
  if s:find("\194", 1, true) or s:find("\216", 1, true) or s:find("\226", 1, true) then
    s = escape_hidden(s)
  end
  return s
end

--- A string safe to print in one cell: every control character is written out.
--- Shape: string -> string on one line.
--- Units: none.
--- Errors: none; broken UTF-8 is written as \xNN.
--- Source: own.
---@param s string
---@return string
function visible.line(s)
  return harmless(s, "%c")
end

--- Text safe to print on a terminal: as visible, but line ends and tabs stay.
--- Shape: string -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param s string
---@return string
function visible.text(s)
  return harmless(s, "[^%C\n\t]")
end

return visible
