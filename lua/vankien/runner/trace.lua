-- Explaining a failure of a person's code: message, hint, the line itself, and the frames that
-- are theirs.  Frames of this program and of C never appear.

local err = require "vankien.util.err"

local trace = {}

local DEEPEST = 10           -- frames shown at most, from each end half

local own_prefix = debug.getinfo(1, "S").source:gsub("runner/trace%.lua$", "")

local function is_theirs(info)
  return info.currentline > 0 and info.source:sub(1, #own_prefix) ~= own_prefix
end

local function describe(info)
  local place = info.short_src .. ":" .. info.currentline
  if info.what == "main" then return place .. ": in the main chunk" end
  if info.name and info.name ~= "?" then
    local kind = info.namewhat == "method" and "method" or "function"
    return ("%s: in %s '%s'"):format(place, kind, info.name)
  end
  return ("%s: in the function of line %d"):format(place, info.linedefined)
end

--- The frames on the stack that belong to the person's code, the innermost first.
--- Shape: level -> list of {place, text, source}.
--- Units: level as in debug.getinfo, 1 = the caller.
--- Errors: none.
--- Source: own.
---@param level integer
---@return table[]
function trace.frames(level)
  local list, at = {}, level + 1
  while at < 200000 do
    local info = debug.getinfo(at, "Slnt")
    if not info then break end
    if is_theirs(info) then
      list[#list + 1] = {
        place = info.short_src .. ":" .. info.currentline, text = describe(info),
        source = info.source, line = info.currentline,
      }
    end
    at = at + 1
    if #list > 1000 then break end
  end
  return list
end

local function line_of_text(text, wanted)
  local n = 0
  for line in (text .. "\n"):gmatch "(.-)\r?\n" do
    n = n + 1
    if n == wanted then return line end
  end
end

local function line_of_file(path, wanted)
  local file = io.open(path, "r")
  if not file then return nil end
  local n = 0
  for line in file:lines() do
    n = n + 1
    if n == wanted then
      file:close()
      return line
    end
  end
  file:close()
end

-- The source line a place names: from the code in hand, else from the file.
local function source_line(failure, place)
  local name, n = place:match "^(.*):(%d+)$"
  if not name then return nil end
  n = math.tointeger(tonumber(n))
  if failure.code and failure.code_name == name then return line_of_text(failure.code, n), n end
  for _, frame in ipairs(failure.frames) do
    if frame.place == place and frame.source:sub(1, 1) == "@" then
      return line_of_file(frame.source:sub(2), n), n
    end
  end
  if not failure.frames[1] then return line_of_file(name, n), n end
end

local function message_of(value)
  if err.is(value) then return value.message, value.hint, value.place end
  if type(value) == "string" then
    local place, message = value:match "^([^\n]-:%d+): (.*)$"
    return message or value, nil, place
  end
  local mt = getmetatable(value)
  if mt and type(mt) == "table" and mt.__tostring then return tostring(value) end
  return ("an error value that is no text: %s"):format(type(value))
end

local function shown_frames(frames)
  local out = {}
  for i, frame in ipairs(frames) do
    if i <= DEEPEST // 2 or i > #frames - DEEPEST // 2 then
      out[#out + 1] = "    " .. frame.text
    elseif i == DEEPEST // 2 + 1 then
      out[#out + 1] = ("    … %d more"):format(#frames - DEEPEST)
    end
  end
  return out
end

-- The first or last place of a word in a line, standing alone where it can.
local function place_of(line, word, want_last)
  local found
  local at = 1
  while true do
    local from, to = line:find(word, at, true)
    if not from then return found end
    local alone = not (line:sub(from - 1, from - 1) .. line:sub(to + 1, to + 1)):find "[%w_]"
    if alone and not want_last then return from end
    if alone or not found then found = from end
    at = to + 1
  end
end

-- The byte of the line that the message speaks of.
local function culprit(line, message)
  if message:find "near <eof>" then return #line + 1 end
  local near = message:match "near '(.-)'$"
  if near then return place_of(line, near, true) end
  for _, pattern in ipairs {'"(.-)"', "“(.-)”", "'(.-)'"} do
    for word in message:gmatch(pattern) do
      local at = word ~= "" and place_of(line, word)
      if at then return at end
    end
  end
end

local function caret_line(line, message)
  local at = culprit(line, message) or line:find "%S" or 1
  return (" "):rep(require "vankien.host.text".width((line:sub(1, at - 1):gsub("\t", " ")))) .. "^"
end

-- A short question belongs to its message; other hints stand below.
local function head_lines(place, message, hint, options)
  local head = (place and place .. ": " or "") .. message
  if not hint then return {head} end
  if options.brief and hint:find "^did you mean" and not message:find "\n" then
    return {head .. "; " .. hint}
  end
  return {head, "  hint: " .. hint}
end

--- A failure as text: "place: message", hint, source line, and the frames when there are several.
--- Shape: {value, frames, code, code_name}, {brief = true: a question in the same line, a caret
---   below the source} -> string that ends in a line end.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param failure table
---@param options? table
---@return string
function trace.explain(failure, options)
  options = options or {}
  local message, hint, place = message_of(failure.value)
  place = place or failure.frames[1] and failure.frames[1].place
  local lines = head_lines(place, message, hint, options)
  local line, n = nil, nil
  if place then line, n = source_line(failure, place) end
  if line then
    lines[#lines + 1] = ("  %4d | %s"):format(n, (line:gsub("\t", " ")))
    if options.brief then lines[#lines + 1] = "       | " .. caret_line(line, message) end
  end
  if #failure.frames > 1 then
    lines[#lines + 1] = "  called from:"
    for _, frame in ipairs(shown_frames(failure.frames)) do lines[#lines + 1] = frame end
  end
  return table.concat(lines, "\n") .. "\n"
end

return trace
