-- Import: files to records.  A record is one document as it came, with what is known of it and its
-- passages as byte ranges of the original.  Nothing here knows the store (see store/write.lua), and
-- nothing is guessed in silence: what was assumed stands in the record's notes.
--
--   reader ──► text_file / markdown / jsonl ──► metadata ──► lines (in C) ──► marks ──► structure

local sys = require "vankien.host.sys"
local text = require "vankien.host.text"
local err = require "vankien.util.err"
local metadata = require "vankien.import.metadata"
local reader = require "vankien.import.reader"
local structure = require "vankien.import.structure"

local import = {}

--- The largest document that is read without being asked for.
import.MAX_BYTES = 32 << 20

import.formats = reader.formats
import.sources = reader.sources

local function line_of(bytes, offset)
  local n = 1
  for _ in bytes:sub(1, offset):gmatch "\n" do n = n + 1 end
  return n
end

local function encoding_hint(bytes)
  local start = bytes:sub(1, 2)
  if start == "\xFF\xFE" or start == "\xFE\xFF" then
    return "it looks like UTF-16: iconv -f UTF-16 -t UTF-8 FILE"
  end
  return "if it is an older encoding: iconv -f CP1258 (or TCVN) -t UTF-8 FILE"
end

local function check_bytes(bytes, place)
  local good, offset, reason = text.check_utf8(bytes)
  if good then return true end
  return nil, { err.new("bad_input", ("not UTF-8: %s at byte %d"):format(reason, offset), {
    place = ("%s:%d"):format(place, line_of(bytes, offset)), hint = encoding_hint(bytes),
  }) }
end

-- Drafts of one source, one after the other.
local function drafts_of(source, options)
  if source.format.each then return source.format.each(source, options) end
  local done = false
  return function()
    if done then return nil end
    done = true
    local bytes, problem = sys.read_file(source.path, options.max_bytes)
    if not bytes then return nil, { problem } end
    if bytes == "" then
      return nil, { err.new("bad_input", "the file is empty", { place = source.path }) }
    end
    local good, problems = check_bytes(bytes, source.path)
    if not good then return nil, problems end
    return source.format.drafts(source, bytes)[1]
  end
end

local function option_layer(meta)
  local layer = {}
  for key, value in pairs(meta or {}) do
    layer[#layer + 1] = { key = key, value = value, place = "--" .. key }
  end
  table.sort(layer, function(a, b) return a.key < b.key end)
  return layer
end

-- A draft becomes a record: metadata settled, text found, passages made when they are wanted.
local function record_of(draft, source, options)
  local layers = { option_layer(options.meta), source.values, draft.given }
  local meta, notes = metadata.settle(layers, draft.name, options)
  if not meta then return nil, notes end
  local record = {
    locator = draft.locator, place = draft.place, bytes = draft.bytes, meta = meta, notes = notes,
    repairs = {},
  }
  if options.without_text and draft.bytes:find("%S", draft.body + 1) then return record end
  local all <close> = draft.format.lines(draft.bytes, draft.body, record.repairs)
  if #all == 0 then
    return nil, { err.new("bad_input", "no text in it", { place = draft.place }) }
  end
  local joined
  record.passages, joined = structure.passages(all)
  if joined > 0 then record.repairs.joined_line = joined end
  return record
end

--- Iterate over the documents of sources.
--- Shape: sources of import.sources, {max_bytes=, meta=, congresses=, without_text=}
---   -> function giving record | nil, list of err | nil at the end.
--- Units: a record is {locator=, place=, bytes=, meta=, notes=, repairs=, passages=}; passages are
--- {path=, kind=, fragments={from, to, …}} in byte offsets; without_text leaves them out.
--- Errors: a bad document gives nil and its problems; the next call goes on.
--- Source: none.
---@param sources table
---@param options? table meta: {key = value} of the command line, which wins over all
function import.read(sources, options)
  options = setmetatable({ max_bytes = options and options.max_bytes or import.MAX_BYTES },
    { __index = options })
  local n, source, drafts = 0, nil, nil
  return function()
    while true do
      if not drafts then
        n = n + 1
        source = sources[n]
        if not source then return nil end
        drafts = drafts_of(source, options)
      end
      local draft, problems = drafts()
      if draft then return record_of(draft, source, options) end
      if problems then return nil, problems end
      drafts = nil
    end
  end
end

return import
