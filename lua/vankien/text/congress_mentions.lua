-- Finder of Party congresses in running text.  The head noun decides: "khoá XIII" is the Central
-- Committee elected at congress XIII, "Quốc hội khoá XIV" a parliament, "Đại hội XIII Công đoàn"
-- the congress of another body.
--
--   finder   <- (body / mention / .)*             another body's term is read and left out
--   mention  <- (congress / session) numeral (("," / "và") numeral)* !other
--   congress <- "Đại hội" ("Đảng" / "đại biểu"? "toàn quốc" / "của Đảng")* ("lần thứ" / "thứ")?
--   session  <- "(" "khoá" / "khoá"
--   body     <- ("Quốc hội" / "Chính phủ" / "HĐND" / "Đảng bộ" / "Mặt trận Tổ quốc" / "học sinh" …)
--             ("nước" nation / word{0,3}) "các"? "("? "khoá" numeral ("," numeral)*
--   numeral  <- roman !letter / digit digit? / "nhất" … "mười bốn" after "lần thứ"
--   other    <- "của"? ("Công đoàn" / "Đoàn" / "Hội" / "Mặt trận" / "Đảng Cộng sản" !"Việt Nam" …)

local lpeg = require "lpeg"
local err = require "vankien.util.err"
local roman = require "vankien.util.roman"
local wording = require "vankien.text.wording"

local congress_mentions = {}

local MAX_BYTES = 16 << 20
local MAX_ORDINAL = 39

local P, R, S, C, Cg, Cp, Ct, Cmt = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cg, lpeg.Cp, lpeg.Ct,
  lpeg.Cmt
local sp = wording.space

local ordinals = {
  { "mười bốn", 14 }, { "mười ba", 13 }, { "mười hai", 12 }, { "mười một", 11 }, { "mười", 10 },
  { "nhất", 1 }, { "hai", 2 }, { "ba", 3 }, { "tư", 4 }, { "năm", 5 }, { "sáu", 6 },
  { "bảy", 7 }, { "bẩy", 7 }, { "tám", 8 }, { "chín", 9 },
}

-- What is elected, or enters a school, by terms of its own.
local bodies = {
  "Uỷ ban Thường vụ Quốc hội", "đại biểu Quốc hội", "Quốc hội", "Chính phủ", "Hội đồng nhân dân",
  "HĐND", "Hội đồng dân tộc", "Uỷ ban nhân dân", "UBND", "Đảng bộ", "Mặt trận Tổ quốc", "MTTQ",
  "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Hội Nhà báo", "Đoàn Thanh niên",
  "Đoàn", "Công đoàn", "học sinh", "sinh viên", "học viên",
}

-- Where one of these stands between, another body is meant.
local breaks = { "và", "của", "Trung ương", "Đảng", "Đại hội", "khoá", "các" }

local others = {
  "Công đoàn", "Đoàn Thanh niên", "Đoàn TNCS", "Đoàn", "Hội", "Mặt trận", "Liên đoàn", "Liên hiệp",
  "Đảng bộ", "Liên minh", "Quốc tế", "Đảng Nhân dân", "Đảng Lao động", "Liên Xô", "Trung Quốc",
}

local function in_range(_, at, n)
  n = tonumber(n) or roman.to_integer(n:lower()) or roman.to_integer(n)
  if n and n >= 1 and n <= MAX_ORDINAL then return at, roman.from_integer(n) end
  return false
end

--- A Roman numeral or one of at most two digits, as a pattern that captures the Roman ordinal.
--- Shape: nothing -> LPeg pattern.
--- Units: I to XXXIX.
--- Errors: none.
--- Source: none.
function congress_mentions.numeral()
  local none = -wording.letter - R "09"
  local letters = S "IVX" ^ 1 * none * -(sp * S "/" * R "09")
  local digits = R "09" * R "09" ^ -1 * none * -(S "/.," * R "09") * -(sp * "-" * sp * R "09")
  return Cmt(C(letters + digits), in_range)
end

--- An ordinal of a congress or a session: numeral, or a word after "lần thứ".
--- Shape: nothing -> LPeg pattern that captures an integer.
--- Units: 1 to 15.
--- Errors: none.
--- Source: none.
function congress_mentions.ordinal_word()
  return wording.one_of(ordinals)
end

--- "khoá XIII", with or without parentheses, as a pattern that captures the Roman ordinal.
--- Shape: nothing -> LPeg pattern.
--- Units: none.
--- Errors: none.
--- Source: none.
function congress_mentions.session()
  local khoa, numeral = wording.word "khoá", congress_mentions.numeral()
  return P "(" * sp * khoa * sp * numeral * sp * ")" + khoa * sp * numeral
end

--- A congress with its numeral: "Đại hội đại biểu toàn quốc lần thứ XIV", as a pattern.
--- Shape: nothing -> LPeg pattern that captures the Roman ordinal.
--- Units: none.
--- Errors: none.
--- Source: none.
function congress_mentions.congress()
  local word, numeral = wording.word, congress_mentions.numeral()
  local middle = (sp * (word "đại biểu toàn quốc" + word "toàn quốc" + word "của Đảng"
    + word "Đảng")) ^ 0
  local in_words = sp * (word "lần thứ" + word "thứ") * sp
    * (congress_mentions.ordinal_word() / roman.from_integer + numeral)
  local numbered = sp * (word "lần" * sp) ^ -1 * numeral
  local foreign = word "Đảng Cộng sản" * -(sp * word "Việt Nam")
  local other = sp * (word "của" * sp) ^ -1 * (wording.one_of(others) / 0 + foreign)
  return (word "Đại hội" + word "ĐH") * middle * (in_words + numbered) * -other
end

-- Further ordinals of the same head: "Đại hội XI, XII và XIII".
local function further(numeral)
  local comma = sp * (P "," + wording.word "và" + P ";") * sp
  return comma * Ct(Cg(Cp(), "from") * numeral * Cg(Cp(), "stop"))
end

--- Roman ordinals that follow a first one: each a table with from, stop and the ordinal.
--- Shape: nothing -> LPeg pattern.
--- Units: bytes.
--- Errors: none.
--- Source: none.
function congress_mentions.further()
  local letters = #S "IVX" * congress_mentions.numeral()
  return further(letters) ^ 0
end

local function grammar()
  local function placed(pattern)
    return Ct(Cg(Cp(), "from") * pattern * Cg(Cp(), "stop"))
  end
  local inner = sp * -(wording.one_of(breaks) / 0) * wording.letter ^ 1
  local nation = sp * wording.word "nước Cộng hoà xã hội chủ nghĩa Việt Nam"
  local several = (sp * wording.word "các") ^ -1 * sp * congress_mentions.session()
    * congress_mentions.further()
  local body = wording.one_of(bodies) / 0
    * (several + nation * several + inner * (several + inner * (several + inner * several))) / 0
  local term = (wording.word "nhiệm kỳ" * sp) ^ -1
  local one = placed(term * congress_mentions.congress()) + placed(congress_mentions.session())
  local mention = wording.start * (body + one * congress_mentions.further())
  return Ct((mention + wording.rest) ^ 0)
end

local shape                       -- built at first use

--- All Party congresses that a text names, parliaments left out.
--- Shape: string -> list of {from, to, text, congress (Roman)}.
--- Units: bytes from 1, inclusive, in the text as given (NFC or not).
--- Errors: raises bad_input for what is no UTF-8 text of at most 16 MiB.
--- Source: forms counted in official texts, congresses VI to XIV.
---@param s string
function congress_mentions.find(s)
  local clean, back = wording.readable(s, MAX_BYTES, function(reason)
    err.raise("bad_input", reason)
  end)
  shape = shape or grammar()
  local found = {}
  for i, match in ipairs(shape:match(clean)) do
    local from, to = back(match.from, match.stop - 1)
    found[i] = {
      from = from, to = to, text = clean:sub(match.from, match.stop - 1), congress = match[1],
    }
  end
  return found
end

return congress_mentions
