-- The patterns of citation.lua: what a reference to another document looks like.
-- They find; what a match means is read in citation.lua.
--
--   citation <- numbers / numbered / plenum / congress / several / short / named
--   numbered <- ((type / code) ("của" issuer)? "("? "số"?)? number tail further*
--   further  <- ("," / "và") "số"? number tail
--   numbers  <- "các"? type "số"? serial ("," "số"? serial)* ("," / "và") "số"? number tail
--   plenum   <- decision ("số"? dd)? "của"? session ordinal committee? ("(lần" d ")")? tail
--               (("," "khoá" roman)* / "(khoá" roman (("," / "và") "khoá"? roman)+ ")")
--             / decision "Hội nghị"? central dd ("," dd)* "khoá" roman
--   session  <- "Hội nghị" central "lần thứ"? / "Hội nghị" committee? "lần thứ" / central
--   central  <- "Trung ương" / "TW" / "TƯ" / "T.Ư"
--   congress <- ("Nghị quyết" / "Văn kiện" / "Báo cáo chính trị") of? congress further*
--             / "Báo cáo chính trị" "của" committee "khoá" roman (of? congress)?
--   several  <- "các" type "số"? serial ("," serial)* ("và" serial)?
--   short    <- type "số" serial tail / (type / code) "số"? serial "/" yyyy tail
--             / decision serial tail !counted / norm dd !counted tail
--             / ordering dd tail &(what goes on after a name)
--   tail     <- (","? date / ","? "của" issuer / "(" date ")" / "năm" yyyy)* (","? "khoá" roman …)?
--
-- Numbers stand in citation_numbers.lua, what is cited by name in citation_names.lua.

local lpeg = require "lpeg"
local citation_names = require "vankien.text.citation_names"
local citation_numbers = require "vankien.text.citation_numbers"
local congress_mentions = require "vankien.text.congress_mentions"
local date_mentions = require "vankien.text.date_mentions"
local roman = require "vankien.util.roman"
local types = require "vankien.text.types"
local wording = require "vankien.text.wording"

local citation_grammar = {}

local P, R, S, C, Cc, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp,
  lpeg.Ct
local word, one_of, sp, letter = wording.word, wording.one_of, wording.space, wording.letter
local digit = R "09"

-- LPeg copies a pattern into each that it is a part of; what is a part of many is a rule instead.
local rule = lpeg.V
local central, another, committee_name = rule "central", rule "another", rule "committee"
local decision, issuer_name, counted_thing = rule "decision", rule "issuer", rule "counted"

-- Types whose bare serial is a reference ("Nghị quyết 59"), with their short forms.
local decisions = {
  { "Nghị quyết", "Nghị quyết" }, { "Chỉ thị", "Chỉ thị" }, { "Kết luận", "Kết luận" },
}
-- Types that are no verbs, and those that are: "Quy định 30 ngày".
local norms = {
  { "Nghị định", "Nghị định" }, { "Thông tư", "Thông tư" }, { "Sắc lệnh", "Sắc lệnh" },
}
local ordering = { { "Quyết định", "Quyết định" }, { "Quy định", "Quy định" } }
local decision_codes = { { "NQ", "Nghị quyết" }, { "CT", "Chỉ thị" }, { "KL", "Kết luận" } }

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
  { "BCT", "Bộ Chính trị" }, { "BBT", "Ban Bí thư" }, { "UBTVQH", "Uỷ ban Thường vụ Quốc hội" },
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

local by_length = citation_numbers.by_length

local function capital(pattern)
  return #wording.capital * pattern
end

local function type_words()
  local list = { { "Văn bản", false }, { "Thông báo kết luận", "Thông báo" } }
  for _, name in ipairs(types.names()) do list[#list + 1] = { name, name } end
  return one_of(by_length(list))
end

local function code_words()
  local list = P(false)
  for _, code in ipairs(types.codes()) do
    local of = types.of_code(code)
    list = P(code) * Cc(#of == 1 and of[1] or false) * -letter + list
  end
  return Cg(list, "type")
end

local so = rule "so"

-- "Trung ương Ba (khoá X)": an ordinal in words without "thứ", where a term follows; "năm" is
-- the year.
local function bare_ordinal(parts)
  local term = sp * P "(" ^ -1 * sp * word "khoá"
  return -word "năm" * parts.ordinal * #term
end

-- A session that there has been: "Trung ương 45-CV" is none.
local function plain_session()
  local one = P "20" + P "1" * digit + P "0" ^ -1 * R "19"
  return one * -digit * -(S "/.," * digit) * -(sp * S "-–" * sp * wording.capital) / tonumber
end

-- "Hội nghị lần thứ VI"
local function roman_session()
  return lpeg.Cmt(C(S "IVX" ^ 1) * -letter, function(_, at, numeral)
    local n = roman.to_integer(numeral)
    return n and n <= 20 and at, n
  end)
end

local function issued_by(pattern)
  return Cg(pattern, "issuer")
end

-- The session that a document is of: "Hội nghị Trung ương lần thứ sáu, khoá XII".  Without "của"
-- it is said only where the sentence does not go on about the session itself.
local function sitting_of(parts)
  local comma = sp * (P "," * sp) ^ -1
  local worded = word "lần thứ" * sp * Cg(parts.ordinal + parts.plain + parts.roman, "session")
  local at_centre = central * sp
    * (worded + Cg(parts.plain, "session") + Cg(bare_ordinal(parts), "session"))
  local committee = issued_by(committee_name)
  local term = comma * Cg(parts.session, "congress")
  local sitting = word "Hội nghị" * sp * (at_centre
    + (committee * sp) ^ -1 * worded * (comma * committee) ^ -1)
  local goes_on = sp * (one_of { "đã", "ban hành", "thông qua", "khẳng định", "nhấn mạnh" } / 0)
  return word "của" * sp * sitting * term ^ -1 + sitting * term * -goes_on
end

-- Date and issuer after a head, in any order, then the term and what may follow it.
local function tail(parts)
  local comma = sp * (P "," * sp) ^ -1
  local day, month, year, marked = date_mentions.patterns()
  local spaced = digit * digit ^ -1 * "." * sp * digit * digit ^ -1 * "." * sp * year
  local dated = (one_of { "ban hành", "ký" } / 0 * sp) ^ -1 * word "ngày" * sp
    * Cg(C(day + spaced), "date")
  local within = P "(" * sp * ((word "tháng" * sp) ^ -1 * Cg(C(marked), "date")
    + ((word "ngày" + word "tháng" + word "năm") * sp) ^ -1
    * Cg(C(day + month + year), "date")) * sp * (P ")" + #P ",")
  local in_month = word "tháng" * sp * Cg(C(month + marked), "date")
  local issuer = word "của" * sp * (issued_by(committee_name) + issued_by(issuer_name))
  local year_of = word "năm" * sp * Cg(C(year), "date")
  local when = comma * (dated + within + in_month)
  local item = when + comma * (sitting_of(parts) + issuer) + sp * year_of
  local term = comma * (word "của" * sp) ^ -1 * Cg(parts.session, "congress")
  return item ^ -5 * (term * item ^ -3) ^ -1, when
end

local function committee_tail()
  return (sp * (P "," * sp) ^ -1 * issued_by(committee_name)) ^ -1
end

-- "Nghị quyết Hội nghị lần thứ 6 Ban Chấp hành Đảng bộ tỉnh"
local of_others = sp * (P "," * sp) ^ -1 * ((word "Ban Chấp hành" + word "BCH") * sp
    * (-central + central * another)
  + one_of { "Tỉnh uỷ", "Thành uỷ", "Huyện uỷ", "Đảng uỷ", "Đảng bộ" } / 0)

local function plenum_head(parts)
  local first = Cg(decision, "type") * (sp * so * Cg(C(digit * digit ^ -2), "serial")) ^ -1
    * sp * (word "của" * sp) ^ -1
  local worded = (word "lần thứ" + word "lần" + word "thứ") * sp
    * (parts.plain + parts.ordinal + parts.roman)
  local middle = (committee_name / 0 + central) * sp
  local sitting = word "Hội nghị" * sp * (middle ^ -1 * worded + middle * parts.plain)
  local short = central * (sp * word "Đảng") ^ -1 * sp
    * (worded + parts.plain + bare_ordinal(parts))
  local unheld = worded * #(sp * committee_name)
  local glued = P "NQ" * Cg(Cc "Nghị quyết", "type") * sp * central * sp
    * Cg(parts.plain, "session")
  local papers = word "Văn kiện" * sp * Cg(sitting, "session")
  local again = sp * P "(" * sp * word "lần" * sp * Cg(digit / tonumber, "part") * sp * P ")"
  local counts = -(sp * counted_thing)
  return Cg(Cc "plenum", "form") * (first * Cg(sitting + short + unheld, "session") + papers
    + glued) * counts * -of_others * again ^ -1
end

-- What goes on from the reference before: the same head, another numeral.
local function going_on(pattern, lead)
  local item = Ct(Cg(Cp(), "from") * pattern * Cg(Cp(), "stop") * Cg(Cc(true), "more"))
  return sp * (S ",;" + word "và") * sp * (lead or P(true)) * item
end

local function further_terms()
  return going_on(word "khoá" * sp * Cg(congress_mentions.numeral(), "congress")) ^ 0
end

-- "(khoá XI và XII)": one reference each.
local function terms_within()
  local numeral = Cg(congress_mentions.numeral(), "congress")
  local more = going_on((word "khoá" * sp) ^ -1 * numeral) ^ 1 * sp * P ")"
  return sp * P "(" * sp * word "khoá" * sp * numeral * #(more / 0), more
end

-- "Nghị quyết Trung ương 5, 7, 8 khoá XII": the term that ends the list is that of all.
local function sessions(parts)
  local plain = Cg(parts.plain, "session")
  local first = Cg(Cc "plenum", "form") * Cg(decision, "type") * sp
    * (word "Hội nghị" * sp) ^ -1 * central * sp * plain
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
    * (committee_name / 0) * sp * Cg(congress_mentions.session(), "outgoing")
    * (sp * at_congress) ^ -1
  return Cg(Cc "congress", "form") * (report + Cg(heads, "type") * sp * at_congress)
end

local function further_congresses()
  return going_on(Cg(#S "IVX" * congress_mentions.numeral(), "congress")) ^ 0
end

local function serial(most)
  return Cg(C(digit * digit ^ -(most - 1)), "serial") * -digit * -letter
    * -(sp * S "/%" + S ".," * digit + sp * S "-–" * sp * (digit + R "AZ" * R "AZ"))
end

-- "Quy định 37 của Bộ Chính trị": a word that is a verb too names a document only where something
-- follows that does not follow what is counted.
local function after_name()
  local words = one_of { "của", "về", "đã", "được", "và", "là", "có hiệu lực", "quy định" } / 0
    + (word "ngày" + word "năm") * sp * digit
  return #(sp * (words + S ".,;:()" + P "”" + P "\"" + -1))
end

local function short(parts)
  local form = Cg(Cc "short", "form")
  local counts = -(sp * -((word "ngày" + word "năm") * sp * digit) * counted_thing)
  local _, _, year = date_mentions.patterns()
  local of_year = (parts.types * sp * so + parts.codes * sp * so ^ -1
      + capital(Cg(decision + one_of(norms) + one_of(ordering), "type")) * sp)
    * Cg(C(digit * digit ^ -3), "serial") * S "/_" * Cg(C(year), "date")
    * -(S "/-" * (letter + digit))
  local of = (word "của" * sp * issued_by(issuer_name) * sp) ^ -1
  local spelled = of_year + parts.types * sp * of * so * serial(4) * counts
  local bare = (capital(Cg(decision, "type")) + Cg(one_of(decision_codes), "type")) * sp * so ^ -1
    * serial(3) * counts
  local long = sp * #(digit * digit) * serial(4)
  local verbal = capital(Cg(one_of(norms), "type")) * long * counts
    + capital(Cg(one_of(ordering), "type")) * long * after_name()
  local coded = parts.codes * sp * so * serial(4)
  return form * (spelled + bare + verbal + coded) * parts.tail
end

local function several()
  local form = Cg(Cc "short", "form")
  local counts = -(sp * counted_thing)
  local more = going_on(serial(3) * counts, so ^ -1)
  local first = form * Cg(decision, "type") * sp
  local head = (word "các" + word "những" + word "hai" + word "ba" + word "bốn") * sp
  local plain = first * so ^ -1 * serial(3) * counts
  return head, plain, more ^ 1, first * so * serial(3) * counts,
    going_on(#(digit * digit) * serial(3) * counts, so ^ -1) ^ 1
end

-- "Nghị quyết số 18, 19-NQ/TW": the code that ends the list is that of all.
local function numbers(parts)
  local plain = serial(4)
  local first = Cg(Cc "number", "form") * parts.types * sp * so ^ -1 * plain
  local last = going_on(parts.typed_number * Cg(Cc(true), "shared") * parts.tail, so ^ -1)
  return first, (going_on(plain, so ^ -1) - last) ^ 0 * last
end

-- "HIẾN PHÁP năm 1946, 1959, 1980, 1992 và năm 2013"
local function further_years()
  local _, _, plain = date_mentions.patterns()
  return going_on((word "năm" * sp) ^ -1 * Cg(C(plain), "date")) ^ 0
end

-- "Kết luận của Bộ Chính trị khoá V (tháng 8-1986)": no number, but one day or month.
local function dated(parts)
  return Cg(Cc "named", "form") * Cg(decision, "type") * sp * word "của" * sp
    * (issued_by(committee_name) + issued_by(issuer_name))
    * (sp * Cg(parts.session, "congress")) ^ -1 * parts.when
end

local function numbered(parts)
  local issuer = issued_by(issuer_name) * sp
  local of = issuer * so + (word "của" * sp * issuer) ^ -1 * so ^ -1
  local apart = (P "(" * sp * (parts.codes / 0) * sp * ")" * sp) ^ -1
  -- "công văn hướng dẫn số", "hướng dẫn Nghị định số": the code says which of the two it is
  local second = (Cg(Cp(), "second_from") * Cg(parts.type_name, "second") * sp * #so) ^ -1
  local typed = (parts.types * sp * second * (P "(" * sp * so + apart * of)
    + parts.codes * sp * of) * parts.typed_number
  local day, _, year = date_mentions.patterns()
  local of_year = (P " " * Cg(C(day + year), "date") * -(sp * S "-–" * sp * digit)) ^ -1
  return Cg(Cc "number", "form") * (typed + parts.number) * of_year * parts.tail,
    going_on(parts.number * parts.tail, so ^ -1) ^ 0
end

-- "Luật Đất đai 1993, 2003 và 2013"
local function further_editions()
  local _, _, plain = date_mentions.patterns()
  return going_on(Cg(C(plain), "date") * -(sp * S "-–" * sp * digit)) ^ 0
end

-- The words and numbers that are parts of many forms, as rules.
local function vocabulary()
  local number, typed_number, law_number = citation_numbers.patterns()
  local party = (sp * word "Đảng") ^ -1
  return {
    type_name = type_words(), types = Cg(rule "type_name", "type"), codes = code_words(),
    plain = plain_session(), roman = roman_session(),
    session = congress_mentions.session(), ordinal = congress_mentions.ordinal_word(),
    so = word "số" * sp * (S ":." * sp) ^ -1,
    number = number, typed_number = typed_number, law_number = law_number,
    decision = one_of(decisions), issuer = one_of(issuers), counted = one_of(counted) / 0,
    -- "Trung ương" and its short forms
    central = word "Trung ương" + word "TW" + word "TƯ" + (P "T.Ư" + "T.W") * -letter,
    -- Youth League and mass organisations have a centre and a committee too
    another = sp * (one_of { "Đoàn", "Hội", "Mặt trận", "Liên đoàn", "Liên minh" } / 0),
    committee = ((word "Ban Chấp hành" + word "BCH") * sp * central * party
      + (word "BCHTW" + word "BCHTƯ") * party + central * sp * word "Đảng") * -another
      / "Ban Chấp hành Trung ương",
  }
end

-- Every rule by its name, and the references to them.
local function rules_of()
  local rules, parts = vocabulary(), { tail = rule "tail", when = rule "when" }
  for name in pairs(rules) do parts[name] = rule(name) end
  rules.tail, rules.when = tail(parts)
  rules.name = citation_names.pattern(rules)
  return rules, parts
end

local function all_forms(parts)
  local from, stop = Cg(Cp(), "from"), Cg(Cp(), "stop")
  local head, first, more, with_so, others_with_so = several()
  local sitting, sittings = sessions(parts)
  local within, terms = terms_within()
  local plenum, number, numerals = plenum_head(parts), numbers(parts)
  local one, others = numbered(parts)
  local name = rule "name"
  return Ct(from * number * stop) * numerals
    + Ct(from * one * stop) * others
    + Ct(from * sitting * stop) * sittings
    + Ct(from * plenum * committee_tail() * within * stop) * terms
    + Ct(from * plenum * committee_tail() * parts.tail * stop) * further_terms()
    + Ct(from * congress() * stop) * further_congresses()
    + head * Ct(from * first * stop) * more
    + Ct(from * with_so * stop) * others_with_so
    + Ct(from * short(parts) * stop)
    + #word "Hiến pháp" * Ct(from * name * stop) * further_years()
    + Ct(from * name * stop) * further_editions() + Ct(from * dated(parts) * stop)
end

-- The words that a reference begins with: most words of a text are none, and are passed at once.
local function heads()
  local words = types.names()
  for _, word_ in ipairs { "Văn bản", "Văn kiện", "Bộ luật", "các", "những", "hai", "ba", "bốn" } do
    words[#words + 1] = word_
  end
  local pattern = P "NQ" + "BL"
  for _, code in ipairs(types.codes()) do pattern = P(code) * -letter + pattern end
  return one_of(words) / 0 + pattern
end

--- The finder: matches a whole text and captures a list of tables.
--- Shape: nothing -> LPeg pattern; each table has from, stop, form, and what was written: type,
---   number, serial, session, part, congress, issuer, date; `more` continues the one before.
--- Units: bytes from 1, stop exclusive.
--- Errors: none.
--- Source: forms counted in official texts.
function citation_grammar.finder()
  local rules, parts = rules_of()
  rules.forms = all_forms(parts)
  rules[1] = Ct(((wording.start + wording.seam) * #(digit + heads()) * rule "forms"
    + wording.rest_of_glued) ^ 0)
  return P(rules)
end

return citation_grammar
