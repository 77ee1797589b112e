-- Is a text damaged beyond reading?  Told by its words: those with Vietnamese letters that no
-- syllable is spelled with.  Measured in 28 official texts: at most 1 in 100, and 6 in 100 where a
-- PDF split syllables; the same texts decoded by the wrong table: 13 to 20; of a scrambled font: 60
-- and more.
--
-- Nothing is repaired here: what a wrong table made of a letter cannot be told back for certain.

local charset = require "vankien.host.charset"
local text = require "vankien.host.text"
local content = require "vankien.import.content"
local err = require "vankien.util.err"

local garbled = {}

-- Of the marked words, impossible: refused from here on.  In a few words two names from abroad are
-- as many, so that short texts are judged by more.
local REFUSED_SHARE, REFUSED_WORDS = 0.10, 4
local SHORT_WORDS, SHORT_SHARE = 40, 0.25
-- Of the marked words, with a sign between letters: no table does that, a font does.
local SCRAMBLED_SHARE = 0.05
-- A long text is measured at its beginning, in its middle and at its end.
local WHOLE_BYTES, SLICE_BYTES = 262144, 65536
local SHOWN = 6

-- ô read as ơ and oà as ồ: right syllables, wrong words.  Pairs that no text has rightly.
local swapped = {
  "mơi trường", "hồ bình", "Đơng Dương", "cơng nghiệp", "cơng tác", "cơng nhân", "thơng qua",
  "nơng nghiệp", "nơng dân", "khơng ngừng", "hồn thiện", "hồn thành", "đồn kết", "văn hố",
  "hợp tác tồn diện", "phát triển tồn diện", "hội nhập tồn cầu",
}
local SWAPPED_KINDS = 2

local function slice(s, from, to)
  from = s:find("[ \n]", from) or from
  return s:sub(from, s:find("[ \n]", to) or #s)
end

-- What is measured of a text.
local function sample_of(s)
  if #s <= WHOLE_BYTES then return s end
  local middle = #s // 2
  return slice(s, 1, SLICE_BYTES) .. slice(s, middle, middle + SLICE_BYTES)
    .. slice(s, #s - SLICE_BYTES, #s)
end

-- The first words that are none, each once.
local function samples_of(sample)
  local found, seen = {}, {}
  for word in sample:gmatch "[%a\x80-\xFF]+" do
    local marked = word:find "[\xC2-\xF4]" and not word:find "\xE2\x80" and utf8.len(word)
    if marked and not seen[word] and charset.measure(word).impossible > 0 then
      seen[word] = true
      found[#found + 1] = word
      if #found == SHOWN then break end
    end
  end
  return found
end

local function swapped_in(sample)
  local found, lower = {}, text.lower(sample)
  for _, words in ipairs(swapped) do
    if lower:find(text.lower(words), 1, true) then found[#found + 1] = words end
  end
  return #found >= SWAPPED_KINDS and found or nil
end

local function is_garbled(measured, share)
  if measured.marked < SHORT_WORDS then return measured.impossible > 1 and share >= SHORT_SHARE end
  return measured.impossible >= REFUSED_WORDS and share >= REFUSED_SHARE
end

-- Words and the share that is impossible.  Split syllables can be repaired: a text that is full
-- of them is measured as it will be read.
local function measure(sample)
  local measured = charset.measure(sample)
  local share = measured.impossible / math.max(measured.marked, 1)
  if not is_garbled(measured, share) then return measured, share end
  local repaired = text.repairs(sample, 0)
  if not repaired then return measured, share end
  measured = charset.measure(repaired:text())
  return measured, measured.impossible / math.max(measured.marked, 1)
end

--- Judge a text.
--- Shape: text -> nil where it can be read | {kind=, share=, words=, samples=}.
--- Units: kind is "scrambled" (signs stand between letters), "wrong table" or "swapped" (words that
--- are possible, but wrong); share of the marked words that are impossible, 0 to 1.
--- Errors: raises when the text is not UTF-8.
--- Source: kinds of damage seen in public copies of official texts.
---@param s string
function garbled.judge(s)
  local sample = sample_of(s)
  local measured, share = measure(sample)
  if not is_garbled(measured, share) then
    local words = swapped_in(sample)
    return words and { kind = "swapped", share = share, words = measured.marked, samples = words }
  end
  local scrambled = measured.signs / measured.marked >= SCRAMBLED_SHARE
  return {
    kind = scrambled and "scrambled" or "wrong table", share = share, words = measured.marked,
    samples = samples_of(sample),
  }
end

local function quoted(samples) return '"' .. table.concat(samples, '", "') .. '"' end

local says = {
  scrambled = "the letters are not those that are seen (a font numbers them its own way)",
  ["wrong table"] = "the words are none (decoded by a wrong table, or not Vietnamese)",
}

--- The error that refuses a garbled text.
--- Shape: judgement, place, hint or nil -> err.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param judged table of garbled.judge
---@param place string
---@param hint string|nil what helps instead of reading the pages anew
function garbled.problem(judged, place, hint)
  local anyway = judged.kind == "wrong table" and "; --garbled imports it as it is" or ""
  return err.new("refused", ("%s: %.0f %% of %d words are no syllables: %s"):format(
    says[judged.kind], judged.share * 100, judged.words, quoted(judged.samples)), {
    place = place, hint = (hint or content.OCR) .. anyway })
end

--- What is said of a text that is imported although it is damaged.
--- Shape: judgement -> string.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param judged table
function garbled.note(judged)
  if judged.kind == "swapped" then
    return ("wrong words that cannot be repaired by rule: %s; ô reads as ơ, oà as ồ there; counts "
      .. "of such words are too low"):format(quoted(judged.samples))
  end
  return ("imported as it is, though %.0f %% of its words are no syllables: %s"):format(
    judged.share * 100, quoted(judged.samples))
end

return garbled
