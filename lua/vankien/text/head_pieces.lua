-- The top of a document cut into pieces: lines, columns side by side, runs of capitals and what is
-- no capitals.  Office documents print their head in two columns, which PDF text runs together, and
-- some copies have a whole page in one line, so that a line is too much to read at once.
--
--   piece <- run of capitals ("BAN BÍ THƯ") / run of other words; numbers go with their neighbours
--   cut   <- three spaces / tab / rule ("____", "----", "* * *") / the change of a run

local text = require "vankien.host.text"

local head_pieces = {}

local MAX_LINES, MAX_BYTES = 60, 4000
-- Two long lines in small letters: the text has begun (one may be a title).
local LONG_BYTES, MAX_LONG = 120, 2

-- Markup that a line may carry around its words.
local function bare_line(line)
  return (line:gsub("\\([%p])", "%1"):gsub("[|*#>]+", "   "):gsub("[_%-=~.]" .. ("[_%-=~.]"):rep(2)
    .. "+", "   "):gsub("\u{A0}", " "):gsub("–––+", "   "):gsub("———*", "   "))
end

-- "caps", "other", or nil for what has too few letters to tell.
local function kind_of(word)
  if word:find "%l" then return "other" end
  if word:find "%d" then return nil end
  local upper = text.upper(word)
  if upper ~= word then return "other" end
  return text.lower(word) ~= word and "caps" or nil
end

-- Runs of one kind: {words, kind}.  What cannot be told goes with the run before it.
local function runs_of(segment)
  local runs = {}
  for word in segment:gmatch "%S+" do
    local kind, last = kind_of(word), runs[#runs]
    if last and (not kind or kind == last.kind or not last.kind) then
      last[#last + 1] = word
      last.kind = last.kind or kind
    else
      runs[#runs + 1] = { word, kind = kind }
    end
  end
  return runs
end

-- One word in capitals among others is an abbreviation, or a Roman numeral.
local function merged(runs)
  local out = {}
  for _, run in ipairs(runs) do
    local last = out[#out]
    local lone = run.kind == "caps" and #run == 1 and #runs > 1
    if last and (lone or run.kind == last.kind) then
      table.move(run, 1, #run, #last + 1, last)
    else
      out[#out + 1] = run
    end
  end
  return out
end

-- Adds to `pieces.long` what is too long to belong to a head.
local function add_segment(pieces, segment, line)
  for _, run in ipairs(merged(runs_of(segment))) do
    local words = table.concat(run, " ")
    if #words > LONG_BYTES and run.kind ~= "caps" then pieces.long = pieces.long + 1 end
    if words:find "[%w\x80-\xFF]" then
      pieces[#pieces + 1] = { words = words, folded = text.fold(words), caps = run.kind == "caps",
        line = line }
    end
  end
end

--- The pieces of the top of a text.
--- Shape: text in UTF-8, place of the first byte (from 1) -> list of {words=, folded=, caps=,
---   line=, blank=}.
--- Units: line of the text, from 1; blank: a line without words stands here.
--- Errors: raises when the text is not UTF-8.
--- Source: none.
---@param s string
---@param from integer
function head_pieces.of(s, from)
  local pieces, line = { long = 0 }, 1
  for _ in s:sub(1, from - 1):gmatch "\n" do line = line + 1 end
  local stop = math.min(#s, from + MAX_BYTES)
  while stop < #s and s:byte(stop + 1) & 0xC0 == 0x80 do stop = stop + 1 end
  local last = line + MAX_LINES
  for words in s:sub(from, stop):gmatch "([^\n]*)\n?" do
    if line > last or pieces.long >= MAX_LONG then break end
    local before = #pieces
    words = text.nfc(words:gsub("[\r\f]", ""))
    if not words:find "^#%s*page%s+%d+%s*$" then
      for segment in (bare_line(words):gsub("   +", "\t") .. "\t"):gmatch "([^\t]*)\t" do
        add_segment(pieces, segment, line)
      end
      if #pieces == before then pieces[#pieces + 1] = { blank = true, line = line } end
    end
    line = line + 1
  end
  return pieces
end

return head_pieces
