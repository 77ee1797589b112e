-- Documents that are cited by name: laws, constitutions, the Party's charter and platforms, the
-- United Nations' charter and conventions.  Patterns only; citation.lua reads them.
--
--   named     <- law / constitution / charter / platform / convention
--   law       <- ("Bộ luật" / "Luật" / "Pháp lệnh") (amending / title) (numbered / when)
--   numbered  <- ","? "("? "số" number ")"? tail
--   title     <- (capital word / small first word) (!stop word){0,24}        before a bare year 10
--   amending  <- "sửa đổi" (word / "Luật" …){0,40}
--   when      <- ","? "ngày" day / "năm"? yyyy / "(" "năm"? yyyy ")"
--   constitution <- "Hiến pháp" nation? when
--   charter   <- "Điều lệ Đảng" (term yyyy? / yyyy / adopted)       platform <- … yyyy / adopted
--   adopted   <- ("được" / "do")? ("thông qua" ("tại" / "từ") congress / congress "thông qua")

local lpeg = require "lpeg"
local citation_numbers = require "vankien.text.citation_numbers"
local congress_mentions = require "vankien.text.congress_mentions"
local date_mentions = require "vankien.text.date_mentions"
local types = require "vankien.text.types"
local wording = require "vankien.text.wording"

local citation_names = {}

local P, R, S, B, C, Cc, Cg = lpeg.P, lpeg.R, lpeg.S, lpeg.B, lpeg.C, lpeg.Cc, lpeg.Cg
local word, one_of, sp, letter = wording.word, wording.one_of, wording.space, wording.letter
local rule = lpeg.V
local capital = wording.capital

local WORDS_BEFORE_YEAR, WORDS_BEFORE_DAY, WORDS_OF_AMENDING = 10, 24, 40
local SMALL_WORDS_BEFORE_YEAR = 8

-- Names of laws are often written small ("Luật nhà ở năm 2005"), but never begin with these.
local no_first_words = {
  "pháp", "sư", "lệ", "gia", "tục", "chơi", "quốc tế", "hiện hành", "mới", "cũ", "chung", "riêng",
  "và", "về", "của", "do", "cho", "theo", "tại", "trong", "ở", "để", "với", "có", "không", "năm",
  "thì", "mà", "nhân quả", "hoặc", "nào", "đó", "bất thành văn",
}

-- Where laws are taught: "Trường Đại học Luật Hà Nội (2008)".
local teaching = B "học " + B "Khoa " + B "khoa " + B "ngành " + B "Viện " + B "Trường "
  + B "trường " + B "trình "

-- What no name of a law goes on with: the sentence does.
local stops = {
  "được", "đã", "đang", "sẽ", "phải", "này", "nêu", "quy định", "có hiệu lực", "thông qua", "khi",
  "là", "kể từ", "nhưng", "ngày", "các", "những", "một số", "Luật", "Bộ luật", "Pháp lệnh",
  "Hiến pháp",
}

local function breaks()
  local words = table.move(stops, 1, #stops, 1, {})
  for _, name in ipairs(types.names()) do
    if name ~= "Đề án" and name ~= "Thông báo" and name ~= "Kế hoạch" then
      words[#words + 1] = name
    end
  end
  return one_of(citation_numbers.by_length(words)) / 0
    + (word "số" + word "Điều" + word "khoản") * sp * R "09"
end

local function dates_of()
  local day, _, year = date_mentions.patterns()
  local plain = (word "năm" * sp) ^ -1 * Cg(C(year), "date")
  return {
    day = sp * (P "," * sp) ^ -1 * (word "ban hành" * sp) ^ -1 * word "ngày" * sp
      * Cg(C(day), "date"),
    year = sp * (plain + P "(" * sp * plain * sp * P ")"),
    plain = plain,
  }
end

-- "điều chỉnh đến năm 2020": the date is another one.
local of_time = one_of {
  "đến", "tới", "vào", "trong", "từ", "trước", "sau", "tháng", "giai đoạn",
} / 0

-- A name as short as can be before what dates or numbers it.
local function name_before(rules, key, first, stop, most, last)
  local step, ending = key .. "_step", key .. "_end"
  local one = (word "pháp luật" + (letter + R "09") ^ 1) * P "," ^ -1
  local goes_on = (-stop + #word "pháp luật") * -(rule "law_time" * rule(ending))
  rules[ending] = last
  rules[step] = -rule(ending) * P " " * (S "-–" * P " ") ^ -1 * goes_on * one
  return first * rule(step) ^ -most * rule(ending)
end

local function titles(rules, dates, numbered)
  local capital_word = #capital * (letter + R "09") ^ 1 * P "," ^ -1
  local amended = sp * P "(" * sp * word "sửa đổi" * (sp * P "," * sp * word "bổ sung") ^ -1
    * sp * P ")"
  local stop = rule "law_stop"
  rules.law_stop, rules.law_time = breaks(), of_time
  local exact, dated = amended ^ -1 * (numbered + dates.day), amended ^ -1 * dates.year
  local small = -stop * -(one_of(no_first_words) / 0) * letter ^ 1 * P "," ^ -1
  local amending = #word "sửa đổi" * letter ^ 1
  local free = one_of { "thông qua", "có hiệu lực", "ngày" } / 0
  return name_before(rules, "amending", amending, free, WORDS_OF_AMENDING,
      numbered + dates.day + dates.year)
    + name_before(rules, "title", capital_word, stop, WORDS_BEFORE_YEAR, dated)
    + name_before(rules, "small", small, stop, SMALL_WORDS_BEFORE_YEAR, dated)
    + name_before(rules, "exact", capital_word + small, stop, WORDS_BEFORE_DAY, exact)
end

local function law(rules, dates)
  local so, number = rule "so", rule "law_number"
  local kinds = one_of { { "Bộ luật", "Luật" }, { "Luật", "Luật" }, { "Pháp lệnh", "Pháp lệnh" } }
  local plain = sp * (P "," * sp) ^ -1 * so * number
  local numbered = (plain + sp * P "(" * sp * so * number * sp * P ")")
    * Cg(Cc "number", "form") * rule "tail"
  local short_name = P "BL" * (P "HS" + "DS" + "TTHS" + "TTDS" + "LĐ" + "HH") * -letter
    * Cg(Cc "Luật", "type") * dates.year
  return -teaching * #capital * Cg(kinds, "type") * sp * titles(rules, dates, numbered) + short_name
end

local function adopted()
  local congress = Cg(congress_mentions.congress(), "congress")
  local party = (sp * word "của Đảng") ^ -1
  return sp * ((word "đã" * sp) ^ -1 * (word "được" * sp) ^ -1 * word "thông qua" * sp
      * (word "tại" + word "từ") * sp * congress
    + (word "được" + word "do") * sp * congress * party * sp * word "thông qua")
end

local function platform(dates)
  local title = word "Cương lĩnh xây dựng đất nước" * sp * (word "trong" * sp) ^ -1
    * word "thời kỳ quá độ lên" * sp * (word "chủ nghĩa xã hội" + word "CNXH")
  local year = dates.plain
  local amended = P "(" * sp * word "bổ sung, phát triển" * sp * year * sp * P ")"
  local within = P "(" * sp * (word "Cương lĩnh" * sp) ^ -1 * year * sp * P ")"
  local change = (word "sửa đổi" + word "bổ sung" + word "phát triển") * sp
    * ((P "," + word "và") * sp) ^ -1
  local dated = sp * ((year * sp) ^ -1 * amended + within + change ^ -3 * year)
  local first = word "Cương lĩnh chính trị"
  return title * (dated + adopted()) ^ -1 + first * sp * word "đầu tiên"
    + (first + word "Cương lĩnh") * dated
end

local function charter(dates)
  local session = Cg(congress_mentions.session(), "congress")
  return word "Điều lệ Đảng" * (sp * word "Cộng sản Việt Nam") ^ -1
    * (sp * session * dates.year ^ -1 + dates.year + adopted())
end

local function convention(dates)
  local subjects = one_of { "Luật Biển", "chống tham nhũng", "quyền trẻ em", "biến đổi khí hậu",
    "quyền của người khuyết tật" } / 0
  return word "Công ước" * (sp * word "khung") ^ -1
    * (sp * (word "của" * sp) ^ -1 * word "Liên hợp quốc") ^ -1
    * sp * word "về" * sp * subjects
    * (dates.year + sp * P "(" * sp * word "UNCLOS" * sp * dates.plain * sp * P ")") ^ -1
end

local function constitution(dates)
  local nation = sp * word "nước" * sp * (word "Cộng hoà xã hội chủ nghĩa Việt Nam"
    + word "CHXHCN Việt Nam" + word "Việt Nam Dân chủ Cộng hoà")
  return word "Hiến pháp" * nation ^ -1 * (sp * P ",") ^ -1 * (dates.day + dates.year)
end

--- A document that is cited by its name.
--- Shape: rules of the grammar, to which it adds its own -> pattern with captures form, type, date,
---   congress, number.
--- Units: none.
--- Errors: none.
--- Source: forms counted in official texts.
function citation_names.pattern(rules)
  local dates = dates_of()
  rules.law_day, rules.law_year, rules.law_plain = dates.day, dates.year, dates.plain
  dates = { day = rule "law_day", year = rule "law_year", plain = rule "law_plain" }
  local function of(kind, pattern)
    return Cg(Cc(kind), "type") * pattern
  end
  return Cg(Cc "named", "form") * (of("Hiến chương", word "Hiến chương" * sp
      * (word "Liên hợp quốc" + word "ASEAN"))
    + of("Công ước", convention(dates)) + of("Cương lĩnh", platform(dates))
    + of("Điều lệ", charter(dates)) + of("Hiến pháp", constitution(dates)) + law(rules, dates))
end

return citation_names
