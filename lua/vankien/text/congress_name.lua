-- Names of Party congresses in all their written forms, read to the Roman ordinal.
-- The head noun decides: "khoá XIII" is the Central Committee elected at congress XIII, but
-- "Quốc hội khoá XIV" is a parliament and names no congress.
--
--   name    <- "(" name ")" / (term? congress / session) ordinal tail / numeral tail
--   term    <- "nhiệm kỳ"
--   congress<- ("Đại hội" / "ĐH") ("Đảng" / "đại biểu" "toàn quốc")? "của Đảng"?
--              ("lần thứ" / "thứ")?
--   session <- term? (("Ban Chấp hành" / "BCH") "Trung ương" "Đảng"? / "Trung ương")? "khoá"
--   ordinal <- numeral / "nhất" … "mười bốn"     numeral <- roman / digits     tail <- "(" year
--             ")" / "của Đảng" / year

local lpeg = require "lpeg"
local text = require "vankien.host.text"
local roman = require "vankien.util.roman"

local congress_name = {}

local MAX_BYTES = 120
local MAX_ORDINAL = 39

local P, R, S, C = lpeg.P, lpeg.R, lpeg.S, lpeg.C

-- Longest first where one begins another; folded spelling.
local words = {
  { "mười bốn", 14 }, { "mười ba", 13 }, { "mười hai", 12 }, { "mười một", 11 }, { "mười lăm", 15 },
  { "mười", 10 }, { "nhất", 1 }, { "hai", 2 }, { "ba", 3 }, { "tư", 4 }, { "năm", 5 }, { "sáu", 6 },
  { "bảy", 7 }, { "bẩy", 7 }, { "tám", 8 }, { "chín", 9 },
}

local function ordinal_pattern()
  local letters = C(S "ivxlc" ^ 1) * -R "az" / roman.to_integer
  local digits = C(R "09" * R "09" ^ -1) * -R "09" / math.tointeger
  local word = P(false)
  for _, entry in ipairs(words) do word = word + P(text.fold(entry[1])) * lpeg.Cc(entry[2]) end
  return word, letters + digits
end

local function grammar()
  local sp = P " " ^ 0
  local function w(s) return P(text.fold(s)) * sp end
  local year = R "09" * R "09" * R "09" * R "09"
  local year_tail = P "năm " ^ -1 * (P "(" * year * ")" + year) * sp
  local tail = (w "của Đảng" + w "Đảng Cộng sản Việt Nam" + year_tail) ^ 0
  local kind = w "đại biểu toàn quốc" + w "toàn quốc" + w "đại biểu"
  local middle = (kind + w "của Đảng" + w "Đảng") ^ 0 * (w "lần thứ" + w "thứ" + w "lần") ^ -1
  local congress = (w "nhiệm kỳ") ^ -1 * (w "Đại hội" + w "ĐH") * middle
  local committee = w "Ban Chấp hành Trung ương" + w "BCH Trung ương" + w "Trung ương" + w "Đảng"
  local session = (w "nhiệm kỳ") ^ -1 * committee ^ 0 * w "khoá"
  local word, numeral = ordinal_pattern()
  local name = ((congress + session) * (word + numeral) + numeral) * sp * tail
  return sp * (P "(" * sp * name * P ")" * sp + name) * -1
end

local shape                       -- built at first use: it folds its own words

-- A corpus names the same few congresses in every document.
local MOST_KNOWN = 256
local known, n_known = {}, 0

local function read(s)
  shape = shape or grammar()
  local n = shape:match(text.fold(s))
  return n and n >= 1 and n <= MAX_ORDINAL and roman.from_integer(n)
end

--- The congress that a name stands for.
--- Shape: string -> Roman ordinal | nil when it names no congress.
--- Units: I to XXXIX; whether that congress is known to the store is the store's to say.
--- Errors: none.
--- Source: forms counted in official texts, congresses VI to XIV.
---@param s string "XIII", "13", "Đại hội XIII", "khóa XIII", "Đại hội đại biểu toàn quốc lần thứ
--- XIII"
function congress_name.ordinal(s)
  if type(s) ~= "string" or #s > MAX_BYTES or not utf8.len(s) then return nil end
  local ordinal = known[s]
  if ordinal == nil then
    ordinal = read(s) or false
    if n_known == MOST_KNOWN then known, n_known = {}, 0 end
    known[s], n_known = ordinal, n_known + 1
  end
  return ordinal or nil
end

return congress_name
