-- Words as LPeg patterns for finders in running text: any case, either tone placement, and the
-- spaces that PDF text leaves inside words ("Ngh ị quyết").  The subject is NFC.
--
--   word   <- char (" "* char)* !letter       char <- its small or its capital form

local lpeg = require "lpeg"
local text = require "vankien.host.text"

local wording = {}

local P, R, S, B = lpeg.P, lpeg.R, lpeg.S, lpeg.B

-- Where the tone stands in open syllables: on the last vowel, or on the first.
local placements = {
  ["oà"] = "òa", ["oá"] = "óa", ["oả"] = "ỏa", ["oã"] = "õa", ["oạ"] = "ọa",
  ["uỳ"] = "ùy", ["uý"] = "úy", ["uỷ"] = "ủy", ["uỹ"] = "ũy", ["uỵ"] = "ụy",
}

local continuation = R "\128\191"
local letter = R("az", "AZ") + R "\195\198" * continuation + P "\225" * R "\184\187" * continuation

-- In U+1EA0 to U+1EF9 capitals are even, small letters odd, and so are their last bytes.
local function every_second(first)
  local bytes = {}
  for byte = first, 191, 2 do bytes[#bytes + 1] = string.char(byte) end
  return S(table.concat(bytes))
end

local capital = R "AZ" + P "\195" * R "\128\158" + P "\196" * S "\130\144\168" + P "\197\168"
  + P "\198" * S "\160\175" + P "\225" * R "\186\187" * every_second(128)
local after_small = B(R "az") + B(P "\195" * R "\159\191") + B(P "\196" * S "\131\145\169")
  + B(P "\197\169") + B(P "\198" * S "\161\176") + B(P "\225" * R "\186\187" * every_second(129))

--- A letter of Vietnamese in NFC.
wording.letter = letter

--- A capital letter of Vietnamese in NFC.
wording.capital = capital

--- Any white space, or none.
wording.space = P " " ^ 0

--- The place does not stand after a letter or a digit.
wording.start = -(lpeg.B(R("az", "AZ", "09")) + lpeg.B(R "\195\198" * continuation)
  + lpeg.B(P "\225" * R "\184\187" * continuation))

--- The place stands where a word was glued to what comes before: "hiệnNghị quyết", "1Nghị quyết".
wording.seam = (after_small + B(R "09")) * #capital

--- What is stepped over where nothing is found: nothing begins inside a word or a number.
wording.rest = letter ^ 1 + R "09" ^ 1 + 1

--- The same, but for words that may be glued: it ends at a seam.
wording.rest_of_glued = capital ^ 1 * (letter - capital) ^ 0 + (letter - capital) ^ 1
  + R "09" ^ 1 + 1

local function character(char)
  local small, large = text.lower(char), text.upper(char)
  return small == large and P(char) or P(small) + P(large)
end

local function spelled(s)
  local pattern
  for _, code in utf8.codes((s:gsub(" ", ""))) do
    local one = character(utf8.char(code))
    pattern = pattern and pattern * wording.space * one or one
  end
  return pattern
end

--- A word or several as a pattern that ends where the word ends.
--- Shape: string -> LPeg pattern.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param s string in NFC, the tone on the last vowel of open syllables ("khoá", "Uỷ ban")
function wording.word(s)
  local other = s
  for last, first in pairs(placements) do other = other:gsub(last, first) end
  local pattern = spelled(s)
  if other ~= s then pattern = pattern + spelled(other) end
  return pattern * -letter
end

--- One of several words; captures what the word stands for.
--- Shape: list of {word, value} or of words, the longer ones first -> LPeg pattern.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param words table
function wording.one_of(words)
  local pattern = P(false)
  for _, entry in ipairs(words) do
    local word, value = entry, entry
    if type(entry) == "table" then word, value = entry[1], entry[2] end
    pattern = pattern + wording.word(word) * lpeg.Cc(value)
  end
  return pattern
end

--- A text as finders read it, with the way back to the bytes that were given.
--- Shape: string, most bytes -> clean text, function(first, last) -> first, last in what was given.
--- Units: bytes from 1, both inclusive.
--- Errors: raises what `raise` is called with: a reason, when it is no text, not UTF-8 or too long.
--- Source: none.
---@param s string
---@param most integer
---@param raise fun(reason: string)
function wording.readable(s, most, raise)
  if type(s) ~= "string" then return raise("a text is wanted, not a " .. type(s)) end
  if #s > most then return raise(("the text is longer than %d bytes"):format(most)) end
  local valid, offset, reason = text.check_utf8(s)
  if not valid then return raise(("not UTF-8 (byte %d: %s)"):format(offset, reason)) end
  if s == "" then return "", function(first, last) return first, last end end
  local clean, map = text.clean(s, { 0, #s })
  return clean, function(first, last)
    return text.original_offset(map, 0, first - 1) + 1, text.original_stop(map, 0, last)
  end
end

return wording
