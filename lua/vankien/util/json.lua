-- JSON with a stated key order: encode for output, decode for JSON Lines input.
-- Strings keep their UTF-8; integers stay whole; NaN and infinity are refused, because
-- JSON has no word for them and "null" would be a silent change.

local err = require "vankien.util.err"

local json = {}

--- Stands for JSON null inside tables, where nil would be a missing key.
json.null = setmetatable({}, {
  __name = "json.null",
  __tostring = function() return "null" end,
})

local array_mt = {__name = "json.array"}

--- Mark a table as an array, so that an empty one is written as [].
--- Shape: list -> the same list.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param list table
---@return table list
function json.array(list)
  return setmetatable(list, array_mt)
end

local ESCAPES = {
  ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
  ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

local function escape(c)
  return ESCAPES[c] or string.format("\\u%04x", c:byte())
end

--- A string as JSON; UTF-8 is kept, control characters are escaped.
--- Shape: string -> string with its quotation marks.
--- Units: none.
--- Errors: raises bad_input when the string is not UTF-8.
--- Source: RFC 8259, section 7.
---@param s string
---@return string
function json.string(s)
  local length, at_byte = utf8.len(s)
  if not length then
    err.raise("bad_input", "a string is not UTF-8 at byte " .. at_byte .. ": JSON cannot carry it")
  end
  -- Plain searches first: almost no string has anything to escape, and a class is slow to match.
  if s:find "%c" or s:find('"', 1, true) or s:find("\\", 1, true) then
    s = s:gsub('[%c"\\]', escape)
  end
  return '"' .. s .. '"'
end

--- A number as JSON: integers whole, floats in the shortest form that reads back the same.
--- Shape: number -> string.
--- Units: none.
--- Errors: raises bad_input for NaN and infinities.
--- Source: own.
---@param n number
---@return string
function json.number(n)
  if math.type(n) == "integer" then return string.format("%d", n) end
  if n ~= n or n == math.huge or n == -math.huge then
    err.raise("bad_input", "JSON has no " .. tostring(n), {hint = "leave the value out"})
  end
  for precision = 15, 17 do
    local text = string.format("%." .. precision .. "g", n)
    if tonumber(text) == n then
      return text:find "[.eE]" and text or text .. ".0"
    end
  end
end

local encode_value

local function is_array(t)
  local mt = getmetatable(t)
  if mt == array_mt then return true end
  return rawlen(t) > 0 and next(t, nil) ~= nil and t[1] ~= nil
end

local function sorted_keys(t)
  local keys = {}
  for key in next, t do
    if type(key) ~= "string" then
      err.raise("bad_input", "a key of a JSON object is a " .. type(key) .. ", not a string")
    end
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

local function encode_array(list, depth)
  local out = {}
  for i = 1, #list do out[i] = encode_value(list[i], depth) end
  for key in next, list do
    if math.type(key) ~= "integer" or key < 1 or key > #list then
      err.raise("bad_input", "a list has the extra key " .. tostring(key)
        .. ": JSON cannot carry both")
    end
  end
  return "[" .. table.concat(out, ",") .. "]"
end

local function encode_object(t, depth)
  local out = {}
  for i, key in ipairs(sorted_keys(t)) do
    out[i] = json.string(key) .. ":" .. encode_value(t[key], depth)
  end
  return "{" .. table.concat(out, ",") .. "}"
end

local SCALARS = {
  ["nil"] = function() return "null" end,
  boolean = tostring,
  number = json.number,
  string = json.string,
}

function encode_value(value, depth)
  if value == json.null then return "null" end
  local scalar = SCALARS[type(value)]
  if scalar then return scalar(value) end
  if type(value) ~= "table" then
    err.raise("bad_input", "JSON cannot carry a " .. type(value))
  end
  if depth > 100 then
    err.raise("bad_input", "a value is nested more than 100 deep, or contains itself")
  end
  if is_array(value) then return encode_array(value, depth + 1) end
  return encode_object(value, depth + 1)
end

--- A value as JSON text on one line; keys of objects in byte order.
--- Shape: value -> string.
--- Units: none.
--- Errors: raises bad_input for what JSON cannot carry.
--- Source: RFC 8259.
---@param value any
---@return string
function json.encode(value)
  return encode_value(value, 0)
end

--- One record as JSON, keys in the order given; a missing value is null.
--- Shape: table, list of keys -> string.
--- Units: none.
--- Errors: raises bad_input for what JSON cannot carry.
--- Source: own.
---@param row table
---@param keys string[]
---@return string
function json.record(row, keys)
  local out = {}
  for i, key in ipairs(keys) do
    out[i] = json.string(key) .. ":" .. encode_value(rawget(row, key), 1)
  end
  return "{" .. table.concat(out, ",") .. "}"
end

-- Decoding -----------------------------------------------------------------

local decode_value

-- Raised inside decode only, and caught by its caller: never leaves this file.
local function fail(state, at_byte, what)
  state.failed = {at_byte = at_byte, what = what}
  return nil, at_byte
end

local UNESCAPES = {
  ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t",
}

local function decode_unicode(state, at)
  local text = state.text
  local unit = tonumber(text:match("^u(%x%x%x%x)", at) or "", 16)
  if not unit then return fail(state, at, "a broken \\u escape") end
  if unit < 0xD800 or unit > 0xDFFF then return utf8.char(unit), at + 5 end
  local low = tonumber(text:match("^\\u(%x%x%x%x)", at + 5) or "", 16)
  if unit > 0xDBFF or not low or low < 0xDC00 or low > 0xDFFF then
    return fail(state, at, "half of a surrogate pair")
  end
  return utf8.char(0x10000 + (unit - 0xD800) * 0x400 + low - 0xDC00), at + 11
end

local function decode_escape(state, at)
  local c = state.text:sub(at, at)
  if c == "u" then return decode_unicode(state, at) end
  if not UNESCAPES[c] then return fail(state, at, "an unknown escape") end
  return UNESCAPES[c], at + 1
end

local function decode_string(state, at)
  local text, parts = state.text, {}
  at = at + 1
  while true do
    local stop = text:find('[%c"\\]', at)
    if not stop then return fail(state, #text + 1, "a string without its end") end
    parts[#parts + 1] = text:sub(at, stop - 1)
    local c = text:sub(stop, stop)
    if c == '"' then return table.concat(parts), stop + 1 end
    if c ~= "\\" and c ~= "\127" then
      return fail(state, stop, "a control character in a string")
    end
    if c == "\127" then parts[#parts + 1], at = c, stop + 1
    else
      parts[#parts + 1], at = decode_escape(state, stop + 1)
      if state.failed then return nil, at end
    end
  end
end

local function decode_number(state, at)
  local text = state.text
  local stop = text:match("^-?%d+()", at)
  if not stop or text:find("^-?0%d", at) then return fail(state, at, "a broken number") end
  stop = text:match("^%.%d+()", stop) or stop
  stop = text:match("^[eE][+-]?%d+()", stop) or stop
  local n = tonumber(text:sub(at, stop - 1))
  if n ~= n or n == math.huge or n == -math.huge then
    return fail(state, at, "a number out of range")
  end
  return n, stop
end

local function skip(state, at)
  return state.text:match("^[ \t\r\n]*()", at)
end

local function decode_array(state, at, depth)
  local list = json.array {}
  at = skip(state, at + 1)
  if state.text:sub(at, at) == "]" then return list, at + 1 end
  while true do
    local value
    value, at = decode_value(state, at, depth)
    if state.failed then return nil, at end
    list[#list + 1] = value
    at = skip(state, at)
    local c = state.text:sub(at, at)
    if c == "]" then return list, at + 1 end
    if c ~= "," then return fail(state, at, "a list without , or ]") end
    at = skip(state, at + 1)
  end
end

local function decode_member(state, object, at, depth)
  if state.text:sub(at, at) ~= '"' then return fail(state, at, "an object key without quotes") end
  local key
  key, at = decode_string(state, at)
  if state.failed then return nil, at end
  if object[key] ~= nil then return fail(state, at, "the key " .. key .. " twice") end
  at = skip(state, at)
  if state.text:sub(at, at) ~= ":" then return fail(state, at, "a key without :") end
  object[key], at = decode_value(state, skip(state, at + 1), depth)
  return true, at
end

local function decode_object(state, at, depth)
  local object = {}
  at = skip(state, at + 1)
  if state.text:sub(at, at) == "}" then return object, at + 1 end
  while true do
    local _
    _, at = decode_member(state, object, at, depth)
    if state.failed then return nil, at end
    at = skip(state, at)
    local c = state.text:sub(at, at)
    if c == "}" then return object, at + 1 end
    if c ~= "," then return fail(state, at, "an object without , or }") end
    at = skip(state, at + 1)
  end
end

local WORDS = {{"true", true}, {"false", false}, {"null", json.null}}

local function decode_word(state, at)
  for _, word in ipairs(WORDS) do
    if state.text:sub(at, at + #word[1] - 1) == word[1] then return word[2], at + #word[1] end
  end
  return fail(state, at, at > #state.text and "nothing where a value should be"
    or "something that is not JSON")
end

function decode_value(state, at, depth)
  local c = state.text:sub(at, at)
  if depth > 100 then return fail(state, at, "more than 100 levels") end
  if c == '"' then return decode_string(state, at) end
  if c == "{" then return decode_object(state, at, depth + 1) end
  if c == "[" then return decode_array(state, at, depth + 1) end
  if c:find "[%d-]" then return decode_number(state, at) end
  return decode_word(state, at)
end

--- Read one JSON value; null becomes json.null.
--- Shape: string -> value | nil, err.
--- Units: none; the message names the byte, from 1.
--- Errors: nil, bad_input when the text is not one JSON value.
--- Source: RFC 8259.
---@param text string
---@return any value
---@return table? err
function json.decode(text)
  local length, at_byte = utf8.len(text)
  if not length then return nil, err.new("bad_input", "not UTF-8 at byte " .. at_byte) end
  local state = {text = text}
  local value, at = decode_value(state, skip(state, 1), 0)
  if not state.failed and skip(state, at) <= #text then
    fail(state, skip(state, at), "something after the value")
  end
  if state.failed then
    local failed = state.failed
    return nil, err.new("bad_input", "not JSON at byte " .. failed.at_byte .. ": " .. failed.what)
  end
  return value
end

return json
