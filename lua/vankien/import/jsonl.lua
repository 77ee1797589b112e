-- JSON Lines: one document a line, {"number":, "type":, "issued":, "issuer":, "congress":,
-- "title":,
-- "text":}.  Every other key is an error, except "attributes", an object of the document's own
-- attributes, and "source".  The file is read piece by piece: it may be larger than memory.

local text = require "vankien.host.text"
local err = require "vankien.util.err"
local metadata = require "vankien.import.metadata"
local once = require "vankien.import.once"
local suggest = require "vankien.util.suggest"
local text_file = require "vankien.import.text_file"

local jsonl = {
  name = "JSON Lines",
  extensions = { "jsonl", "ndjson" },
}

local CHUNK_BYTES = 1 << 18

local allowed = { text = true, attributes = true }
local allowed_list = { "text", "attributes" }
for _, key in ipairs(metadata.keys) do
  allowed[key] = true
  allowed_list[#allowed_list + 1] = key
end

local decoder                      -- made at first use

local function decode(line)
  if not decoder then
    decoder = require "cjson.safe".new()
    decoder.decode_invalid_numbers(false)
    decoder.decode_max_depth(8)
  end
  -- the decoder reads byte by byte: long texts pass it by
  local short, long = text.json_cut(line)
  local object = short and decoder.decode(short)
  if type(object) ~= "table" then return decoder.decode(line) end
  for key, value in pairs(object) do
    local cut = type(value) == "string" and value:match "^%z(%d)$"
    if cut then object[key] = long[tonumber(cut)] end
  end
  return object
end

local function bad(place, message, hint)
  return nil, { err.new("bad_input", message, { place = place, hint = hint }) }
end

-- Lines of a file, none longer than the cap: line, or nil and true when one is.
local function capped_lines(file, max_bytes)
  local rest, at = "", 1
  return function()
    local parts, size = {}, 0
    while true do
      local feed = rest:find("\n", at, true)
      if feed and size == 0 and feed - at <= max_bytes then         -- whole, as most are
        local from = at
        at = feed + 1
        return rest:sub(from, feed - 1)
      end
      parts[#parts + 1] = rest:sub(at, (feed or #rest + 1) - 1)
      size = size + #parts[#parts]
      if size > max_bytes then return nil, true end
      if feed then
        at = feed + 1
        return table.concat(parts)
      end
      rest, at = file:read(CHUNK_BYTES), 1
      if not rest then
        rest = ""
        return size > 0 and table.concat(parts) or nil
      end
    end
  end
end

local function scalar(value)
  if type(value) == "string" then return value end
  if math.type(value) == "integer" then return tostring(value) end
  if math.type(value) == "float" then return ("%.14g"):format(value) end
  if type(value) == "boolean" then return tostring(value) end
end

local function add_value(given, key, value, place)
  if type(value) == "userdata" then return true end         -- null
  value = scalar(value)
  if not value then return nil end
  given[#given + 1] = { key = key, value = value, place = place }
  return true
end

local function read_attributes(given, object, place)
  local keys = {}
  for key in pairs(object) do keys[#keys + 1] = tostring(key) end
  table.sort(keys)
  for _, key in ipairs(keys) do
    if not add_value(given, key, object[key], place) then
      return bad(place, ('the attribute "%s" is neither text nor number'):format(key))
    end
  end
  return true
end

local function check_keys(object, place)
  for key in pairs(object) do
    if not allowed[key] then
      return bad(place, ('unknown key "%s"'):format(tostring(key)),
        suggest.phrase(tostring(key), allowed_list)
          or 'keys of your own go into "attributes": {…}')
    end
  end
  return true
end

-- The metadata of one decoded line.
local function given_of(object, place)
  local good, problems = check_keys(object, place)
  if not good then return nil, problems end
  local given = {}
  for _, key in ipairs(metadata.keys) do
    if object[key] ~= nil and not add_value(given, key, object[key], place) then
      return bad(place, ('"%s" is neither text nor number'):format(key))
    end
  end
  local attributes = object.attributes
  if type(attributes) == "table" then
    good, problems = read_attributes(given, attributes, place)
    if not good then return nil, problems end
  elseif attributes ~= nil and type(attributes) ~= "userdata" then
    return bad(place, '"attributes" is no object')
  end
  return given
end

local function draft_of(source, line, n)
  local place = ("%s:%d"):format(source.path, n)
  local good, offset, reason = text.check_utf8(line)
  if not good then
    return bad(place, ("not UTF-8: %s at byte %d of the line"):format(reason, offset))
  end
  local object, problem = decode(line)
  if type(object) ~= "table" then
    return bad(place, problem and "not JSON: " .. problem or "not a JSON object",
      'one document a line: {"title": "…", "text": "…"}')
  end
  local given, problems = given_of(object, place)
  if not given then return nil, problems end
  local body = object.text
  if type(body) ~= "string" then return bad(place, 'no "text"') end
  if body:find("\0", 1, true) then return bad(place, "the text holds a NUL character") end
  return {
    locator = source.locator .. "#" .. n, place = place, name = source.name .. "#" .. n,
    bytes = body, body = 0, given = given, format = text_file,
  }
end

--- Iterate over the documents of a JSON Lines file.
--- Shape: source, {max_bytes=} -> function giving draft | nil, list of err | nil at the end.
--- Units: max_bytes is the longest line that is read.
--- Errors: each bad line gives nil and its problems; the next call goes on.
--- Source: jsonlines.org.
---@param source table see reader.lua
---@param options table
function jsonl.each(source, options)
  local file, reason = io.open(source.path, "rb")
  if not file then return once.problems { err.new("io", reason, { place = source.path }) } end
  local next_line, n, any = capped_lines(file, options.max_bytes), 0, false
  return function()
    while file do
      local line, too_long = next_line()
      n = n + 1
      if line and line:find "%S" then
        any = true
        return draft_of(source, n == 1 and line:gsub("^\u{FEFF}", "") or line, n)
      elseif not line then
        file:close()
        file = nil
        local place = ("%s:%d"):format(source.path, n)
        if too_long then
          return bad(place, ("the line is longer than %d bytes"):format(options.max_bytes),
            "one document a line; split what is larger")
        end
        if not any then return bad(source.path, "the file is empty") end
      end
    end
  end
end

return jsonl
