-- Text that is not UTF-8: decoded when the encoding is named, and only then.  Where it is not, what
-- it may be is tried on the text, and the option to type is proposed.
--
-- A text of an old font that was taken for Latin-1 on the way ("§¹i héi") is UTF-8 without being
-- readable; the name with "as-Latin-1" goes back on that first.

local charset = require "vankien.host.charset"
local text = require "vankien.host.text"
local garbled = require "vankien.import.garbled"
local err = require "vankien.util.err"
local suggest = require "vankien.util.suggest"

local encoding = {}

-- As people write them -> iconv's name.
local known = {
  { "TCVN3", "TCVN5712-1", also = { "ABC", "TCVN", "TCVN-5712", "TCVN5712", "TCVN5712-1" } },
  { "VISCII", "VISCII", also = {} },
  { "CP1258", "CP1258", also = { "WINDOWS-1258", "WINDOWS1258" } },
  { "UTF-16", "UTF-16", also = { "UTF16", "UNICODE" } },
  { "UTF-16LE", "UTF-16LE", also = { "UTF16LE" } },
  { "UTF-16BE", "UTF-16BE", also = { "UTF16BE" } },
  { "TCVN3-as-Latin-1", "TCVN5712-1", back = true, also = { "ABC-AS-LATIN-1" } },
  { "VISCII-as-Latin-1", "VISCII", back = true, also = {} },
  { "UTF-8", "UTF-8", also = { "UTF8" } },
}

local by_name, names = {}, {}
for _, entry in ipairs(known) do
  names[#names + 1] = entry[1]
  by_name[entry[1]:upper()] = entry
  for _, other in ipairs(entry.also) do by_name[other] = entry end
end

-- Enough of a text to try encodings on.
local SAMPLE_BYTES = 65536
-- An encoding is proposed when so many of the marked words come out as syllables.
local PROPOSED_SHARE, PROPOSED_WORDS = 0.9, 2

--- The encodings that can be named.
--- Shape: nothing -> list of names.
--- Units: none.
--- Errors: none.
--- Source: none.
function encoding.names() return table.move(names, 1, #names, 1, {}) end

--- The encoding that a name means.
--- Shape: name -> name in its usual spelling | nil, err.
--- Units: none.
--- Errors: returns nil, unknown_name for a name that neither we nor iconv know.
--- Source: none.
---@param name string
function encoding.canonical(name)
  local entry = by_name[name:upper()]
  if entry then return entry[1] end
  if not name:find "[^%w%-_.:]" and charset.decode(name, "a") then return name end
  return nil, err.new("unknown_name", ('no encoding "%s"'):format(name), {
    hint = suggest.phrase(name, names) or "known: " .. table.concat(names, ", ") })
end

-- Text, or nil and where it went wrong.
local function decode(bytes, name)
  local entry = by_name[name:upper()] or { name, name }
  local at
  if entry.back then
    bytes, at = charset.back_to_bytes(bytes)
    if not bytes then return nil, at end
  end
  return charset.decode(entry[2], bytes)
end

local function line_of(bytes, offset)
  local _, feeds = bytes:sub(1, offset):gsub("\n", "")
  return feeds + 1
end

local function undecodable(bytes, name, at, place)
  if not at then
    return err.new("not_found", ("iconv of this system does not know %s"):format(name), {
      place = place, hint = "its tables are in the Debian package libc6" })
  end
  local message = ("not %s: byte %d does not belong there"):format(name, at)
  if at >= #bytes then message = ("not %s: it ends in mid-character, or holds NUL"):format(name) end
  return err.new("bad_input", message, { place = ("%s:%d"):format(place, line_of(bytes, at)),
    hint = encoding.hint(bytes) })
end

--- Text of a named encoding.
--- Shape: bytes, name, place -> text in UTF-8 and NFC | nil, err.
--- Units: place is the file's path.
--- Errors: returns nil, bad_input with the line where the bytes are not of that encoding.
--- Source: none.
---@param bytes string
---@param name string as encoding.canonical gives it
---@param place string
function encoding.decode(bytes, name, place)
  local decoded, at = decode(bytes, name)
  if decoded then return decoded end
  return nil, undecodable(bytes, name, at, place)
end

-- A whole number of characters of two bytes.
local function sample_of(bytes) return bytes:sub(1, math.min(#bytes, SAMPLE_BYTES) // 2 * 2) end

-- The first words that tell something, for a person to look at.
local function looks_like(decoded)
  for line in decoded:gmatch "[^\r\n]+" do
    local words = line:match "^%s*(.-)%s*$"
    if words:find "[\x80-\xFF].*[\x80-\xFF]" then return text.cut(words, 60) end
  end
end

local function candidate(bytes, name)
  local decoded = decode(bytes, name)
  if not decoded or decoded:find("\0", 1, true) then return nil end
  local measured = charset.measure(decoded)
  if measured.marked < PROPOSED_WORDS then return nil end
  local share = 1 - measured.impossible / measured.marked
  if share < PROPOSED_SHARE then return nil end
  return { name = name, share = share, shows = looks_like(decoded), words = measured.marked }
end

-- UTF-16 without a mark: every other byte of plain letters is zero.
local function utf16_candidates(bytes)
  local start = bytes:sub(1, 2)
  if start == "\xFF\xFE" or start == "\xFE\xFF" then return { "UTF-16" } end
  local even, odd = 0, 0
  for at in bytes:sub(1, 4096):gmatch "()\0" do
    if at % 2 == 1 then even = even + 1 else odd = odd + 1 end
  end
  if odd > 4 * even and odd > 0 then return { "UTF-16LE" } end
  if even > 4 * odd and even > 0 then return { "UTF-16BE" } end
end

--- What a text may be written in, the likeliest first.
--- Shape: bytes -> list of {name=, share=, words=, shows=}.
--- Units: share of the words with Vietnamese letters that can be syllables, 0 to 1, among
--- `words` of them; shows is the beginning as it would read.
--- Errors: none.
--- Source: none.
---@param bytes string
function encoding.propose(bytes)
  local found = {}
  local utf8 = text.check_utf8(bytes)
  local wide = utf16_candidates(bytes)
  local tried = wide or (utf8 and { "TCVN3-as-Latin-1", "VISCII-as-Latin-1" })
    or { "TCVN3", "VISCII", "CP1258" }
  for _, name in ipairs(tried) do found[#found + 1] = candidate(sample_of(bytes), name) end
  if wide and not found[1] and decode(sample_of(bytes), wide[1]) then
    found[1] = { name = wide[1], share = 0, words = 0 }
  end
  table.sort(found, function(a, b)
    if a.share * a.words ~= b.share * b.words then return a.share * a.words > b.share * b.words end
    return a.name < b.name
  end)
  return found
end

--- The option that would read a text, as a hint.
--- Shape: bytes -> string.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param bytes string
function encoding.hint(bytes)
  local best = encoding.propose(bytes)[1]
  if not best then
    return "name its encoding: --encoding TCVN3, VISCII, CP1258, UTF-16 or another that iconv knows"
  end
  if not best.shows then return ("it looks like %s: --encoding %s"):format(best.name, best.name) end
  return ('it reads as %s ("%s"; %.0f %% of %d words are Vietnamese syllables): --encoding %s')
    :format(best.name, best.shows, best.share * 100, best.words, best.name)
end

local function not_utf8(bytes, place)
  local _, offset, reason = text.check_utf8(bytes)
  return err.new("bad_input", ("not UTF-8: %s at byte %d"):format(reason, offset), {
    place = ("%s:%d"):format(place, line_of(bytes, offset)), hint = encoding.hint(bytes) })
end

local function already(name)
  return ("is UTF-8 already; --encoding %s was not needed"):format(name)
end

-- Read as UTF-8 where it is that, whatever was named: no text of an old encoding is.
local function is_utf8(bytes, name)
  if not text.check_utf8(bytes) then return false end
  local entry = by_name[(name or ""):upper()]
  if not name or name == "UTF-8" then return true end
  if entry and entry.back then return garbled.judge(bytes) == nil end
  return not bytes:find "[\x80-\xFF]" or garbled.judge(bytes) == nil
end

--- The text of a file.
--- Shape: bytes, name of the encoding or nil, place -> text, {encoding=, note=} | nil, err.
--- Units: encoding is nil where the bytes are the text.
--- Errors: returns nil, bad_input for what is not UTF-8 when nothing was named, with a proposal.
--- Source: none.
---@param bytes string
---@param name string|nil
---@param place string
function encoding.read(bytes, name, place)
  if is_utf8(bytes, name) then
    local other = name and name ~= "UTF-8" and bytes:find "[\x80-\xFF]"
    return bytes, { note = other and already(name) or nil }
  end
  if not name or name == "UTF-8" then return nil, not_utf8(bytes, place) end
  local decoded, problem = encoding.decode(bytes, name, place)
  if not decoded then return nil, problem end
  return decoded, { encoding = name }
end

return encoding
