-- One file to the text that is read of it: what it holds is looked at, other formats are converted,
-- other encodings decoded (when named), and a text that is damaged beyond reading is refused.
--
-- Where the text is not the file's own bytes, `origin` says what the file was and what was done, so
-- that a hit leads to a place in the text that is kept, and from there to the file.

local sys = require "vankien.host.sys"
local text = require "vankien.host.text"
local content = require "vankien.import.content"
local convert = require "vankien.import.convert"
local encoding = require "vankien.import.encoding"
local garbled = require "vankien.import.garbled"
local html = require "vankien.import.html"
local markdown = require "vankien.import.markdown"
local rtf = require "vankien.import.rtf"
local text_file = require "vankien.import.text_file"
local err = require "vankien.util.err"

local load = {}

-- Converted texts are kept from the check to the writing, as long as they are not too many.
local KEPT_BYTES = 64 << 20

-- Columns side by side show in the beginning of a text, in so many lines at least.
local COLUMNS_BYTES, COLUMNS_LINES, COLUMN_BYTES = 65536, 20, 20

local by_name = { text = text_file, markdown = markdown }

local function read_file(source, options)
  local max = source.format.converted and convert.MAX_BYTES or options.max_bytes
  local bytes, problem = sys.read_file(source.path, max)
  if not bytes then return nil, problem end
  if bytes ~= "" then return bytes end
  return nil, err.new("bad_input", "the file is empty", { place = source.path })
end

local function note(loaded, message)
  if message then loaded.notes[#loaded.notes + 1] = message end
end

-- Small letters where capitals of another font stood: "ĐảNG".
local function note_lost_capitals(loaded)
  if not (loaded.encoding or ""):find "^TCVN3" then return end
  for word in loaded.text:gmatch "[%a\x80-\xFF]+" do
    local mixed = word:find "%u%u" and not word:find "%l" and word:find "[\xC3-\xE1]"
    if mixed and text.upper(word) ~= word then
      return note(loaded, ('capitals of a .VnTimeH font came as small letters ("%s"); counts do '
        .. "not mind"):format(word))
    end
  end
end

-- The text as a converter gives it; html is decoded first, Rich Text made plainer; the others hold
-- their own encoding.
local function converted(kind, bytes, source, options)
  local how = {}
  if kind == "html" then
    local page, problem = html.read(bytes, options.encoding, source.path)
    if not page then return nil, problem end
    bytes, how = page.text, page
  elseif kind == "rtf" then
    local rich, problem = rtf.read(bytes, source.path)
    if not rich then return nil, problem end
    bytes = rich
  end
  local converted_text, more = convert.text(kind, bytes, source.path, options)
  if not converted_text then return nil, more end
  local loaded = { text = converted_text, format = by_name[more.format], tool = more.tool,
    encoding = how.encoding, notes = {} }
  note(loaded, how.note)
  note(loaded, how.left_out)
  for _, message in ipairs(more.notes) do note(loaded, message) end
  return loaded
end

-- Lines in two halves with a wide gap between, in most of the beginning of a text.
local function is_side_by_side(s)
  local lines, parted = 0, 0
  for line in s:sub(1, COLUMNS_BYTES):gmatch "[^\n]+" do
    lines = lines + 1
    local left, right = line:match "^%s*(%S.-)   +(%S.*)$"
    if left and #left >= COLUMN_BYTES and #right >= COLUMN_BYTES then parted = parted + 1 end
  end
  return lines >= COLUMNS_LINES and 2 * parted >= lines
end

local function plain(bytes, source, options)
  local decoded, how = encoding.read(bytes, options.encoding, source.path)
  if not decoded then return nil, how end
  local loaded = { text = decoded, encoding = how.encoding, format = source.format, notes = {} }
  note(loaded, how.note)
  note_lost_capitals(loaded)
  if decoded:find("    ", 1, true) and is_side_by_side(decoded) then
    note(loaded, "wide gaps part its lines, as where columns stand side by side; each line is read "
      .. "through: import the PDF itself, or pdftotext -raw")
  end
  return loaded
end

-- Refuse what cannot be read, or say what is wrong with it.
local function judge(loaded, bytes, source, options)
  local judged = garbled.judge(loaded.text)
  if not judged then return true end
  local accepted = judged.kind == "swapped" or (judged.kind == "wrong table" and options.garbled)
  if accepted then
    note(loaded, garbled.note(judged))
    return true
  end
  local hint
  if not loaded.tool then
    local proposed = encoding.propose(bytes)[1]
    hint = proposed and proposed.name ~= loaded.encoding and encoding.hint(bytes) or nil
  elseif encoding.propose(loaded.text)[1] then
    hint = encoding.hint(loaded.text)
  end
  return nil, garbled.problem(judged, source.path, hint)
end

-- A file made of text in an old font: what was converted is taken back to bytes and decoded.
local function redecoded(loaded, source, options)
  local name = options.encoding
  if not (loaded.tool and name and name:find "as%-Latin%-1$") or not garbled.judge(loaded.text) then
    return loaded
  end
  local decoded, problem = encoding.decode(loaded.text, name, source.path)
  if not decoded then return nil, problem end
  loaded.text, loaded.encoding = decoded, name
  note_lost_capitals(loaded)
  return loaded
end

local function make(kind, bytes, source, options)
  local loaded, problem
  if convert.reads(kind) then
    loaded, problem = converted(kind, bytes, source, options)
    if loaded then loaded, problem = redecoded(loaded, source, options) end
  else
    loaded, problem = plain(bytes, source, options)
  end
  if not loaded then return nil, problem end
  local good, wrong = judge(loaded, bytes, source, options)
  if not good then return nil, wrong end
  if loaded.tool or loaded.encoding then
    loaded.origin = { tool = loaded.tool, encoding = loaded.encoding, bytes = #bytes,
      sha256 = sys.sha256(bytes) }
  end
  return loaded
end

-- What the check found good is not converted and judged again, unless the file has changed since.
local function known(source, bytes, options)
  local kept = options.kept and options.kept[source.locator]
  return kept and kept.sha256 == sys.sha256(bytes) and kept.loaded or nil
end

local function keep(source, bytes, loaded, options)
  local kept = options.kept
  if not kept then return end
  if loaded.origin then
    kept.bytes = (kept.bytes or 0) + #loaded.text
    if kept.bytes > KEPT_BYTES then return end
  end
  kept[source.locator] = { sha256 = loaded.origin and loaded.origin.sha256 or sys.sha256(bytes),
    loaded = loaded.origin and loaded or { notes = loaded.notes, format = loaded.format } }
end

--- The text of a file.
--- Shape: source of reader.lua, {max_bytes=, encoding=, garbled=, kept=, limits=} -> {text=,
---   format=, notes=, origin=} | nil, err.
--- Units: origin is {tool=, encoding=, bytes=, sha256=} of the file where the text is not its
--- bytes; kept is a table that both readings of an import share.
--- Errors: returns nil and what is wrong, with what helps.
--- Source: none.
---@param source table
---@param options table
function load.file(source, options)
  local bytes, problem = read_file(source, options)
  if not bytes then return nil, problem end
  local loaded = known(source, bytes, options)
  if loaded then
    loaded.text = loaded.text or bytes
    return loaded
  end
  local kind, wrong = content.check(source.path, bytes)
  if wrong then return nil, wrong end
  loaded, problem = make(kind, bytes, source, options)
  if loaded then keep(source, bytes, loaded, options) end
  return loaded, problem
end

return load
