-- The patterns of citation.lua: what a reference to another document looks like.
-- They find; what a match means is read in citation.lua.
--
--   citation <- numbered / plenum / congress / several / short / named
--   numbered <- (type "số"?)? number tail
--   number   <- serial "-"? code "/" body / serial "/" (yyyy "/")? code "-" body
--             / serial "/" yyyy "/" ("QH" / "UBTVQH") dd          codes that are known, spaces free
--             / serial "/" yyyy "/" letters "-" body / serial ("-" / "/") old body
--   plenum   <- decision ("số"? dd)? "của"? session ordinal committee? ("(lần" d ")")? tail
--               ("," "khoá" roman)*
--             / decision "Hội nghị"? "Trung ương" dd ("," dd)* "khoá" roman
--   session  <- "Hội nghị" "Trung ương" "lần thứ"? / "Hội nghị" committee? "lần thứ"
--             / "Trung ương"
--   congress <- ("Nghị quyết" / "Văn kiện" / "Báo cáo chính trị") of? congress further*
--             / "Báo cáo chính trị" "của" committee "khoá" roman (of? congress)?
--   several  <- "các" type "số"? serial ("," serial)* ("và" serial)?
--   short    <- type "số" serial ("/" yyyy)? tail / decision serial tail !counted
--   named    <- charter / platform yyyy? / constitution "năm"? yyyy (("," / "và") "năm"? yyyy)*
--             / law "năm"? yyyy / statutes of the Party term? yyyy / convention
--   tail     <- (","? date / ","? "của" issuer / "(khoá" roman ")" / ","? "(" date ")")*

local lpeg = require "lpeg"
local congress_mentions = require "vankien.text.congress_mentions"
local date_mentions = require "vankien.text.date_mentions"
local types = require "vankien.text.types"
local wording = require "vankien.text.wording"

local citation_grammar = {}

local P, R, S, C, Cc, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp,
  lpeg.Ct
local word, one_of, sp, letter = wording.word, wording.one_of, wording.space, wording.letter
local digit = R "09"

-- Types whose bare serial is a reference ("Nghị quyết 59"), with their short forms.
local decisions = {
  { "Nghị quyết", "Nghị quyết" }, { "Chỉ thị", "Chỉ thị" }, { "Kết luận", "Kết luận" },
}
local decision_codes = { { "NQ", "Nghị quyết" }, { "CT", "Chỉ thị" }, { "KL", "Kết luận" } }

local committee_names = {
  { "Ban Chấp hành Trung ương Đảng", "Ban Chấp hành Trung ương" },
  { "Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương" },
  { "BCH Trung ương Đảng", "Ban Chấp hành Trung ương" },
  { "BCH Trung ương", "Ban Chấp hành Trung ương" }, { "BCHTW", "Ban Chấp hành Trung ương" },
  { "Trung ương Đảng", "Ban Chấp hành Trung ương" },
}

local issuers = {
  { "Bộ Chính trị", "Bộ Chính trị" }, { "Ban Bí thư Trung ương Đảng", "Ban Bí thư" },
  { "Ban Bí thư Trung ương", "Ban Bí thư" }, { "Ban Bí thư", "Ban Bí thư" },
  { "Hội đồng Bộ trưởng", "Hội đồng Bộ trưởng" },
  { "Thủ tướng Chính phủ", "Thủ tướng Chính phủ" }, { "Thủ tướng", "Thủ tướng Chính phủ" },
  { "Chính phủ", "Chính phủ" }, { "Uỷ ban Thường vụ Quốc hội", "Uỷ ban Thường vụ Quốc hội" },
  { "Quốc hội", "Quốc hội" }, { "Chủ tịch nước", "Chủ tịch nước" },
  { "Ban Tổ chức Trung ương", "Ban Tổ chức Trung ương" },
  { "Ban Tuyên giáo Trung ương", "Ban Tuyên giáo Trung ương" },
  { "Uỷ ban Kiểm tra Trung ương", "Uỷ ban Kiểm tra Trung ương" },
  { "Văn phòng Trung ương", "Văn phòng Trung ương Đảng" },
  { "Trung ương", "Ban Chấp hành Trung ương" },
}

-- What is counted after a number that is no serial: "Kết luận 3 vấn đề".
local counted = {
  "năm", "tháng", "nhiệm vụ", "nội dung", "vấn đề", "điểm", "nhóm", "mục tiêu", "giải pháp",
  "người",
  "dự án", "lần", "loại", "tỷ", "triệu", "nghìn", "địa phương", "tỉnh", "cơ quan", "đảng viên",
  "trường hợp", "tổ chức", "cá nhân", "tập thể", "bài học", "phương hướng", "quan điểm", "vụ",
  "cuộc", "đồng", "ngày", "tuần", "bộ", "chương trình", "lĩnh vực", "mối quan hệ", "đặc trưng",
}

local function by_length(list)
  table.sort(list, function(a, b)
    a, b = type(a) == "table" and a[1] or a, type(b) == "table" and b[1] or b
    if #a ~= #b then return #a > #b end
    return a < b
  end)
  return list
end

local function capital(pattern)
  return #(R "AZ" + P "\196\144") * pattern
end

local function type_words()
  local list = { { "Văn bản", false } }
  for _, name in ipairs(types.names()) do list[#list + 1] = { name, name } end
  return Cg(one_of(by_length(list)), "type")
end

local function code_words()
  local list = P(false)
  for _, code in ipairs(types.codes()) do
    local of = types.of_code(code)
    list = P(code) * Cc(#of == 1 and of[1] or false) * -letter + list
  end
  return Cg(list, "type")
end

local so = word "số" * sp * (S ":." * sp) ^ -1

local function known_codes()
  local list = types.codes()
  list[#list + 1] = "QÐ"
  list[#list + 1] = "QD"
  local pattern = P(false)
  for _, code in ipairs(by_length(list)) do pattern = pattern + word(code) end
  return pattern
end

local function number()
  local upper = R "AZ" + P "Đ" + P "Ư"
  local body = upper * (upper + P "." * #upper + P "Tg" + P "g") ^ 0 * digit ^ -2 * -letter
  local serial = digit * digit ^ -4 * (R("AZ", "az") * #S "-/") ^ -1
  local dash = sp * (P "-" + "–" + "—" + "‑") * sp
  local code, slash = known_codes(), sp * "/" * sp
  local year = slash * digit * digit * digit * digit
  local party = serial * (dash + P " " ^ -2) * code * slash * body
  local state = serial * year ^ -1 * slash * code * dash * body * (P "-" * body) ^ 0
  local law = serial * year * slash * (P "QH" + "UBTVQH") * digit * digit ^ -1
  local other = serial * year * slash * upper * upper ^ 1 * dash * body * (P "-" * body) ^ 0
  local old = serial * (dash + slash) * (P "HĐBT" + "HĐCP" + "HĐNN" + "TTg" + "CP") * -letter
    * -(S "-/" * (letter + digit))
  local clear = -lpeg.B(S "/-.") * wording.start
  return clear * Cg(C((party + state + law + other + old) * -digit), "number")
end

-- "Trung ương Ba (khoá X)": an ordinal in words without "thứ", where a term follows; "năm" is
-- the year.
local function bare_ordinal(parts)
  local term = sp * P "(" ^ -1 * sp * word "khoá"
  return -word "năm" * parts.ordinal * #term
end

-- The session that a document is of: "Hội nghị Trung ương lần thứ sáu, khoá XII".
local function sitting_of(parts, committee)
  local plain = digit * digit ^ -1 * -digit / tonumber
  local worded = word "lần thứ" * sp * (Cg(parts.ordinal, "session") + Cg(plain, "session"))
  local central = word "Trung ương" * sp
    * (worded + Cg(plain, "session") + Cg(bare_ordinal(parts), "session"))
  local term = (sp * P "," * sp * Cg(parts.session, "congress")) ^ -1
  return word "Hội nghị" * sp * (central + (committee * sp) ^ -1 * worded * (sp * committee) ^ -1)
    * term
end

-- Date, issuer and term after a head, in any order.
local function tail(parts)
  local comma = sp * (P "," * sp) ^ -1
  local day, month, year, marked = date_mentions.patterns()
  local dated = word "ngày" * sp * Cg(C(day), "date")
  local within = P "(" * sp * (word "tháng" * sp * Cg(C(marked), "date")
    + ((word "ngày" + word "tháng" + word "năm") * sp) ^ -1
    * Cg(C(day + month + year), "date")) * sp * P ")"
  local in_month = word "tháng" * sp * Cg(C(month + marked), "date")
  local committee = Cg(one_of(committee_names), "issuer")
  local sitting = sitting_of(parts, committee)
  local issuer = (word "của" * sp) * (sitting + committee + Cg(one_of(issuers), "issuer"))
  local session = (word "của" * sp) ^ -1 * Cg(parts.session, "congress")
  local year_of = word "năm" * sp * Cg(C(year), "date")
  return (comma * (dated + within + issuer + in_month) + sp * (session + year_of)) ^ -5
end

local function committee_tail()
  return (sp * Cg(one_of(committee_names), "issuer")) ^ -1
end

local function plenum(parts)
  local first = Cg(one_of(decisions), "type") * (sp * so * Cg(C(digit * digit ^ -2), "serial")) ^ -1
    * sp * (word "của" * sp) ^ -1
  local plain = digit * digit ^ -1 * -digit * -(S "/.," * digit) / tonumber
  local worded = (word "lần thứ" + word "lần" + word "thứ") * sp * (plain + parts.ordinal)
  local middle = (word "Trung ương" + one_of(committee_names) / 0) * sp
  local sitting = word "Hội nghị" * sp * (middle ^ -1 * worded + middle * plain)
  local short = word "Trung ương" * (word "Đảng" * sp) ^ -1 * sp
    * (worded + plain + bare_ordinal(parts))
  local again = sp * P "(" * sp * word "lần" * sp * Cg(digit / tonumber, "part") * sp * P ")"
  local counts = -(sp * one_of(counted))
  return Cg(Cc "plenum", "form") * first * Cg(sitting + short, "session") * counts * again ^ -1
    * committee_tail() * parts.tail
end

-- What goes on from the reference before: the same head, another numeral.
local function going_on(pattern)
  local item = Ct(Cg(Cp(), "from") * pattern * Cg(Cp(), "stop") * Cg(Cc(true), "more"))
  return sp * (P "," + word "và") * sp * item
end

local function further_terms()
  return going_on(word "khoá" * sp * Cg(congress_mentions.numeral(), "congress")) ^ 0
end

-- "Nghị quyết Trung ương 5, 7, 8 khoá XII": the term that ends the list is that of all.
local function sessions(parts)
  local plain = Cg(digit * digit ^ -1 * -digit * -(S "/.," * digit) / tonumber, "session")
  local first = Cg(Cc "plenum", "form") * Cg(one_of(decisions), "type") * sp
    * (word "Hội nghị" * sp) ^ -1 * word "Trung ương" * sp * plain
  local last = going_on(plain * sp * Cg(parts.session, "congress") * Cg(Cc(true), "shared"))
  return first, (going_on(plain) - last) ^ 0 * last
end

local function congress()
  local heads = one_of {
    { "Nghị quyết", "Nghị quyết" }, { "Văn kiện", "Văn kiện Đại hội" },
    { "Báo cáo chính trị", "Báo cáo chính trị" },
  }
  local of = ((word "của" + word "tại" + word "trình") * sp) ^ -1
  local at_congress = of * Cg(congress_mentions.congress(), "congress")
  local report = Cg(word "Báo cáo chính trị" / "Báo cáo chính trị", "type") * sp * word "của" * sp
    * (one_of(committee_names) / 0) * sp * Cg(congress_mentions.session(), "outgoing")
    * (sp * at_congress) ^ -1
  return Cg(Cc "congress", "form") * (report + Cg(heads, "type") * sp * at_congress)
end

local function further_congresses()
  return going_on(Cg(#S "IVX" * congress_mentions.numeral(), "congress")) ^ 0
end

local function serial(most)
  return Cg(C(digit * digit ^ -(most - 1)), "serial") * -digit * -letter
    * -(sp * S "/%" + S ".," * digit + sp * S "-–" * sp * digit)
end

local function short(parts)
  local form = Cg(Cc "short", "form")
  local counts = -(sp * -((word "ngày" + word "năm") * sp * digit) * (one_of(counted) / 0))
  local _, _, year = date_mentions.patterns()
  local of_year = parts.types * sp * so * Cg(C(digit * digit ^ -3), "serial") * "/"
    * Cg(C(year), "date") * -(S "/-" * (letter + digit))
  local spelled = of_year + parts.types * sp * so * serial(4) * counts
  local bare = (capital(Cg(one_of(decisions), "type")) + Cg(one_of(decision_codes), "type"))
    * sp * so ^ -1 * serial(3) * counts
  local coded = parts.codes * sp * so * serial(4)
  return form * (spelled + bare + coded) * parts.tail
end

local function several()
  local form = Cg(Cc "short", "form")
  local counts = -(sp * (one_of(counted) / 0))
  local more = going_on(so ^ -1 * serial(3) * counts)
  local head = (word "các" + word "những" + word "hai" + word "ba" + word "bốn") * sp
  return head, form * Cg(one_of(decisions), "type") * sp * so ^ -1 * serial(3) * counts, more ^ 1
end

-- Laws whose names are often written with a small letter: "Luật tổ chức Toà án nhân dân năm 2014".
local law_words = {
  "tổ chức", "ban hành", "phòng, chống", "phòng chống", "bảo vệ", "giáo dục", "bầu cử", "hoạt động",
  "xử lý", "thi hành", "quản lý", "khiếu nại", "tố cáo", "thanh tra", "đất đai", "doanh nghiệp",
}

local function small_law(year)
  local one = (letter + digit) ^ 1 * (P "," ^ -1)
  local dated = sp * word "năm" * sp * year
  return (one_of(law_words) / 0) * (-dated * P " " * one) ^ -8 * dated
end

-- A name of capitals and small words, as short as can be, before its year.
local function law_name(year)
  local char = letter + digit
  local one = char ^ 1 * (P "," ^ -1)
  local upper = R "AZ" + P "Đ" + P "\195" * R "\128\158" + P "\196" * S "\130\144"
    + P "\225" * R "\186\187" * R "\128\191" + P "\198" * S "\160\175"
  local with_year = (word "năm" * sp) ^ -1 * year
  local dated = sp * (with_year + P "(" * sp * with_year * P ")")
  return #upper * one * (-dated * P " " * one) ^ -10 * dated
end

local function platform(year)
  local title = word "Cương lĩnh xây dựng đất nước" * sp * (word "trong" * sp) ^ -1
    * word "thời kỳ quá độ lên" * sp * (word "chủ nghĩa xã hội" + word "CNXH")
  local amended = P "(" * sp * word "bổ sung, phát triển" * sp * word "năm" * sp * year * sp * P ")"
  local within = P "(" * sp * (word "Cương lĩnh" * sp) ^ -1 * (word "năm" * sp) ^ -1 * year
    * sp * P ")"
  local plain = (word "năm" * sp) ^ -1 * year
  local dated = sp * ((plain * sp) ^ -1 * amended + within + plain)
  local first = word "Cương lĩnh chính trị"
  return title * dated ^ -1 + first * sp * word "đầu tiên" + (first + word "Cương lĩnh") * dated
end

local function named(parts)
  local _, _, plain = date_mentions.patterns()
  local year = Cg(C(plain), "date")
  local dated = sp * ((word "năm" * sp) ^ -1 * year + P "(" * sp * (word "năm" * sp) ^ -1 * year
    * P ")")
  local function of(kind, pattern)
    return Cg(Cc(kind), "type") * pattern
  end
  local nation = sp * word "nước" * sp * (word "Cộng hoà xã hội chủ nghĩa Việt Nam"
    + word "CHXHCN Việt Nam")
  local subjects = one_of { "Luật Biển", "chống tham nhũng", "quyền trẻ em", "biến đổi khí hậu",
    "quyền của người khuyết tật" } / 0
  local sea = word "Công ước" * (sp * word "khung") ^ -1
    * (sp * (word "của" * sp) ^ -1 * word "Liên hợp quốc") ^ -1
    * sp * word "về" * sp * subjects
    * (dated + sp * P "(" * sp * word "UNCLOS" * sp * year * sp * P ")") ^ -1
  local statute = (one_of { "Bộ luật", "Luật", "Pháp lệnh" } / 0) * sp
    * (law_name(year) + small_law(year))
  local charter = word "Điều lệ Đảng" * (sp * word "Cộng sản Việt Nam") ^ -1
    * (sp * Cg(parts.session, "congress") * dated ^ -1 + dated)
  return Cg(Cc "named", "form") * (of("Hiến chương", word "Hiến chương" * sp
      * (word "Liên hợp quốc" + word "ASEAN"))
    + of("Công ước", sea) + of("Cương lĩnh", platform(year)) + of("Điều lệ", charter)
    + of("Hiến pháp", word "Hiến pháp" * nation ^ -1 * dated) + of("Luật", capital(statute)))
end

-- "Hiến pháp năm 1946, 1959, 1980, 1992 và năm 2013"
local function further_years()
  local _, _, plain = date_mentions.patterns()
  return going_on((word "năm" * sp) ^ -1 * Cg(C(plain), "date")) ^ 0
end

local function parts_of()
  local parts = {
    types = type_words(), codes = code_words(),
    session = congress_mentions.session(), ordinal = congress_mentions.ordinal_word(),
  }
  parts.tail = tail(parts)
  return parts
end

--- The finder: matches a whole text and captures a list of tables.
--- Shape: nothing -> LPeg pattern; each table has from, stop, form, and what was written: type,
---   number, serial, session, part, congress, issuer, date; `more` continues the one before.
--- Units: bytes from 1, stop exclusive.
--- Errors: none.
--- Source: forms counted in official texts.
function citation_grammar.finder()
  local parts = parts_of()
  local from, stop = Cg(Cp(), "from"), Cg(Cp(), "stop")
  local numbered = Cg(Cc "number", "form") * ((parts.types + parts.codes) * sp * so ^ -1) ^ -1
    * number() * parts.tail
  local head, first, more = several()
  local sitting, sittings = sessions(parts)
  local citation = Ct(from * numbered * stop)
    + Ct(from * sitting * stop) * sittings
    + Ct(from * plenum(parts) * stop) * further_terms()
    + Ct(from * congress() * stop) * further_congresses()
    + head * Ct(from * first * stop) * more
    + Ct(from * short(parts) * stop)
    + #word "Hiến pháp" * Ct(from * named(parts) * stop) * further_years()
    + Ct(from * named(parts) * stop)
  return Ct((wording.start * citation + wording.rest) ^ 0)
end

return citation_grammar
