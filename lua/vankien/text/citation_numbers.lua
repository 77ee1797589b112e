-- The numbers of documents as they stand in running text, as patterns; number.lua reads them.
--
--   number <- serial "-"? code "/" body / serial "/" (yyyy "/")? code "-" body
--           / serial "/" yyyy "/" ("QH" / "UBTVQH") dd          codes that are known, spaces free
--           / serial "/" yyyy "/" letters "-" body / serial ("-" / "/") old body
--           / serial "-" letters ("-" letters)* "/TTLT" / serial "/" (yyyy "/")? "NĐCP"
--   typed  <- number / serial "/" letters "-" body / serial "-" letters "/" body
--           / serial "/" letters dd                             after its type
--   law    <- serial "/" yyyy "/" ("QH" / "UBTVQH") dd
--           / serial "/" (yyyy "/")? ("L" / "PL") "-" body

local lpeg = require "lpeg"
local types = require "vankien.text.types"
local wording = require "vankien.text.wording"

local citation_numbers = {}

local P, R, S, C, Cg = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cg
local word, sp, letter = wording.word, wording.space, wording.letter
local digit = R "09"
local upper = R "AZ" + P "Đ" + P "Ư"

--- Longer ones first, so that none hides one that it begins.
--- Shape: list of words or of {word, value}, sorted in place -> the list.
--- Units: bytes.
--- Errors: none.
--- Source: none.
function citation_numbers.by_length(words)
  table.sort(words, function(a, b)
    a, b = type(a) == "table" and a[1] or a, type(b) == "table" and b[1] or b
    if #a ~= #b then return #a > #b end
    return a < b
  end)
  return words
end

local function known_codes()
  local codes = types.codes()
  codes[#codes + 1] = "QÐ"
  codes[#codes + 1] = "QD"
  local pattern = P(false)
  for _, code in ipairs(citation_numbers.by_length(codes)) do pattern = pattern + word(code) end
  return pattern
end

-- Who gave the number.  What follows may be glued to it ("QĐ/TWcủa", "TT-BTCNgày"), and the best
-- known may be written small.
local function body_of()
  local known, small = P(false), P(false)
  for _, name in ipairs { "TW", "TƯ", "TU", "TTg", "CP" } do
    known, small = known + P(name), small + word(name)
  end
  local any = upper * (upper + S ".&" * #upper + S "gri") ^ 0 * digit ^ -2 * -letter
  local small_letter = letter - wording.capital
  local glued = (upper - upper * small_letter) ^ 2 * #(wording.capital * small_letter)
  return any + known * -upper + small + glued
end

local function parts_of()
  local parts = {
    serial = digit * digit ^ -4 * (R("AZ", "az") * #S "-/") ^ -1, body = body_of(),
    dash = sp * (P "-" + "–" + "—" + "‑") * sp, slash = sp * "/" * sp,
  }
  parts.year = parts.slash * digit * digit * digit * digit
  parts.bodies = parts.body * ((P "-" + "‑" + "–") * parts.body) ^ 0
  parts.law = parts.serial * parts.year * parts.slash * (P "QH" + "UBTVQH") * digit * digit ^ -1
  return parts
end

local function captured(pattern)
  local clear = -lpeg.B(S "/-.") * wording.start
  return clear * Cg(C(pattern * -digit), "number")
end

--- Patterns that capture a number as it is written, as "number".
--- Shape: nothing -> pattern for any place, pattern for the place after a type, pattern of a law's.
--- Units: none.
--- Errors: none.
--- Source: Hướng dẫn 36-HD/VPTW; Nghị định 30/2020/NĐ-CP; forms counted in official texts.
function citation_numbers.patterns()
  local p, code = parts_of(), known_codes()
  local letters = upper * (upper + S "gri") ^ 1
  local party = p.serial * (p.dash + P " " ^ -2) * code * p.slash * p.bodies
    + p.serial * p.slash * code * p.slash * (P "TW" + "TƯ") * -letter
  local state = p.serial * p.year ^ -1 * p.slash * code * p.dash * p.bodies
  local other = p.serial * p.year * p.slash * letters * p.dash * p.bodies
  local old = p.serial * (p.dash + p.slash) * (P "HĐBT" + "HĐCP" + "HĐNN" + "TTg" + "CP") * -letter
    * -(S "-/" * (letter + digit))
  local joint = p.serial * p.dash * letters * (P "-" * letters) ^ 0 * p.slash * "TTL" * S "TN"
    * -letter
  local dashless = p.serial * p.year ^ -1 * p.slash * (P "NĐCP" + "NQCP" + "QĐTTg" + "CTTTg")
    * -letter
  local any = joint + party + state + p.law + other + old + dashless
  local unknown = p.serial * p.slash * letters * p.dash * p.bodies
    + p.serial * p.dash * letters * p.slash * p.body
    + p.serial * p.slash * upper * upper * upper ^ 1 * digit ^ -2 * -letter * -(S "/-")
  local law = p.law + p.serial * p.year ^ -1 * p.slash * (P "PL" + "L") * p.dash * p.body
  return captured(any), captured(any + unknown), captured(law)
end

return citation_numbers
