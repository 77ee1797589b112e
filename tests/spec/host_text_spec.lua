-- vankien.host.text: forms, cleaning, width, order, tokens, sentences, tokenizers.

local text = require "vankien.host.text"

local function failure(f, ...)
  local ok, problem = pcall(f, ...)
  assert.is_false(ok)
  return problem
end

describe("text.fold", function()
  it("gives one form to both tone placements, of open syllables only", function()
    local cases = {
      { "hòa", "hoà" }, { "hóa", "hoá" }, { "hỏa", "hoả" }, { "hõa", "hoã" }, { "họa", "hoạ" },
      { "hòe", "hoè" }, { "khóe", "khoé" }, { "khỏe", "khoẻ" }, { "hõe", "hoẽ" }, { "họe", "hoẹ" },
      { "tùy", "tuỳ" }, { "thúy", "thuý" }, { "ủy", "uỷ" }, { "hũy", "huỹ" }, { "lụy", "luỵ" },
      { "hoàn", "hoàn" }, { "toàn", "toàn" }, { "hoạt", "hoạt" }, { "thuyền", "thuyền" },
      { "của", "của" }, { "mùa", "mùa" }, { "búa", "búa" }, { "khoái", "khoái" },
    }
    for _, case in ipairs(cases) do
      assert.equal(case[2], text.fold(case[1]))
      assert.equal(case[2], text.fold(case[2]))
      assert.equal(case[2], text.fold(text.upper(case[1])))
    end
  end)

  it("leaves the tone of quý where it is, and mends the slip qúy", function()
    assert.equal("quý quỳ quỷ quỵ", text.fold "quý Quỳ QUỶ quỵ")
    assert.equal("quý", text.fold "qúy")
  end)

  it("folds NFD, look-alikes of Đ, of ư, white space and what nobody sees", function()
    local cases = {
      { "ho\u{300}a bi\u{300}nh", "hoà bình" }, { "Bi\u{301} thu\u{31B}", "bí thư" },
      { "Ðảng Ɖảng Đảng ð", "đảng đảng đảng đ" }, { "BÐBP, “Ðại", "bđbp, “đại" },
    { "Guðmundsson", "guðmundsson" }, { "đƣờng nƣớc", "đường nước" },
      { "  tham\u{A0}dự \t\n chủ  động ", "tham dự chủ động" },
      { "tham\u{AD} gia\u{200B}", "tham gia" }, { "\u{FEFF}Hội", "hội" }, { "", "" },
      { "ĐỐI NGOẠI ĐA PHƯƠNG", "đối ngoại đa phương" },
    }
    for _, case in ipairs(cases) do assert.equal(case[2], text.fold(case[1])) end
  end)

  it("never drops a mark", function()
    assert.not_equal(text.fold "tham dự", text.fold "tham du")
    assert.not_equal(text.fold "thấm", text.fold "tham")
  end)

  it("is the same the second time", function()
    for _, s in ipairs {
      "Qúy  HÒA\u{300}", "Ðu\u{31B}o\u{31B}\u{301}c", "a\u{301}\u{323}b", "¼ Ⅷ ½",
    } do
      assert.equal(text.fold(s), text.fold(text.fold(s)))
    end
  end)
end)

describe("text.bare", function()
  it("drops every mark, and makes đ d", function()
    assert.equal("doi ngoai dang uy ban hoa binh", text.bare "Đối ngoại ĐẢNG Ủy ban hòa bình")
    assert.equal("a a a e o o u y", text.bare "ă â ấ ế ổ ợ ự ỵ")
    assert.equal("nghien", text.bare "nghie\u{302}n")
    assert.equal("hop tac", text.bare "hợp \u{323} tác \u{301}")  -- marks that stand alone
  end)
end)

describe("text.nfc", function()
  it("says whether anything changed", function()
    assert.same({ "Bí thư", false }, { text.nfc "Bí thư" })
    assert.same({ "Bí thư", true }, { text.nfc "Bi\u{301} thư" })
    assert.same({ "", false }, { text.nfc "" })
  end)

  it("puts marks in order and composes beyond Vietnamese", function()
    assert.equal("ậ", (text.nfc "a\u{302}\u{323}"))
    assert.equal("ậ", (text.nfc "a\u{323}\u{302}"))
    assert.equal("ợ", (text.nfc "o\u{323}\u{31B}"))
    assert.equal("Å", (text.nfc "\u{212B}"))
    assert.equal("가", (text.nfc "\u{1100}\u{1161}"))
    assert.equal("각", (text.nfc "가\u{11A8}"))
  end)

  it("keeps white space and what it may not compose", function()
    assert.same({ " a  b\t\n", false }, { text.nfc " a  b\t\n" })
    assert.same({ "\u{301}x \u{301}", false }, { text.nfc "\u{301}x \u{301}" })
  end)

  it("names the offset of what is not UTF-8", function()
    local problem = failure(text.nfc, "abc\xFF")
    assert.equal("bad_input", problem.code)
    assert.matches("byte 3", problem.message)
  end)
end)

describe("text.check_utf8", function()
  it("gives offset and reason of the first wrong byte", function()
    assert.is_true(text.check_utf8 "Đối ngoại đa phương, hội nhập")
    assert.same({ n = 3, nil, 3, "NUL byte" }, table.pack(text.check_utf8 "abc\0d"))
    for bytes, at in pairs {
      ["\x80"] = 0, ["a\xC0\x80"] = 1, ["ab\xED\xA0\x80"] = 2, ["abcdefghij\xE1\xBB"] = 10,
      ["\xF4\x90\x80\x80"] = 0, ["đối\xE0\x80\x80"] = 6, ["\xC3("] = 0,
    } do
      local ok, offset, reason = text.check_utf8(bytes)
      assert.is_nil(ok)
      assert.equal(at, offset)
      assert.is_string(reason)
    end
  end)
end)

describe("text.matches", function()
  it("finds folded text between borders of syllables and numbers", function()
    for _, case in ipairs {
      { "Chủ động THAM GIA tích cực", "tham gia", true }, { "uỷ ban", "Ủy", true },
      { "tham giao", "tham gia", false }, { "hợp tham", "am", false }, { "25-CT/TW", "ct", true },
      { "năm 2025", "2", false }, { "3.119 lần", "119", false }, { "vực3 xa", "vực", true },
      { "hoà bình", "hoa binh", false }, { "bất kỳ", "", true }, { "", "a", false },
    } do
      assert.equal(case[3], text.matches(case[1], case[2]))
    end
    assert.is_true(text.matches("hòa bình", "hoa binh", true))
    assert.is_false(text.matches("hòa bình", "hoa bin", true))
  end)
end)

describe("text.width, cut, pad", function()
  it("count columns, not bytes, in NFC and NFD", function()
    assert.equal(9, text.width "Đối ngoại")
    assert.equal(9, text.width "Đo\u{302}\u{301}i ngoa\u{323}i")
    assert.equal(4, text.width "日本")
    assert.equal(2, text.width "a\tb\27")
  end)

  it("cut between graphemes and say so", function()
    assert.equal("Đối ngo…", text.cut("Đối ngoại", 8))
    assert.equal("Đối ngoại", text.cut("Đối ngoại", 9))
    assert.equal("Đo\u{302}\u{301}..", text.cut("Đo\u{302}\u{301}i ngoại", 4, ".."))
    assert.equal("日…", text.cut("日本語", 4))
    assert.equal("", text.cut("abc", 0))
  end)

  it("pad on any side, and never shorten", function()
    assert.equal("Đối  ", text.pad("Đối", 5))
    assert.equal("  Đối", text.pad("Đối", 5, "right"))
    assert.equal(" Đối ", text.pad("Đối", 5, "center"))
    assert.equal("Đối ngoại", text.pad("Đối ngoại", 3))
    assert.has_error(function() text.pad("a", 3, "middle") end)
  end)
end)

describe("text.collate_key", function()
  it("orders as a Vietnamese dictionary does", function()
    local ordered = {
      "a", "an", "ăn", "ân", "ba", "ba hoa", "bà", "bà con", "bả", "bã", "bá", "bạ", "bạn", "bao",
      "da", "dã", "đa", "đã", "Điều 9", "Điều 10", "e", "ê", "o", "ô", "ơ", "u", "ư", "y",
    }
    local sorted = {}
    for i, word in ipairs(ordered) do sorted[#ordered + 1 - i] = word end
    table.sort(sorted, function(a, b) return text.collate_key(a) < text.collate_key(b) end)
    assert.same(ordered, sorted)
  end)

  it("is equal only for equal texts", function()
    assert.equal(text.collate_key "Bi\u{301}", text.collate_key "Bí")
    assert.not_equal(text.collate_key "hòa", text.collate_key "hoà")
    assert.not_equal(text.collate_key "a b", text.collate_key "a, b")
  end)
end)

describe("text.clean", function()
  it("gives no map for text that needs nothing, and counts nothing", function()
    local s = "Chủ động, tích cực hội nhập."
    assert.same({ n = 3, s, nil, {} }, table.pack(text.clean(s, { 0, #s })))
  end)

  it("counts what it did, by kind", function()
    local s = "\u{FEFF}Ðại  hội\nĐảng\u{A0}toa\u{300}n\u{AD} quốc\1"
    local out, map, counts = text.clean(s, { 0, #s })
    assert.equal("Đại hội Đảng toàn quốc", out)
    assert.is_string(map)
    assert.same({
      zero_width = 2, eth = 1, white_space = 2, nbsp = 1, nfc = 1, control = 1,
    }, counts)
  end)

  it("joins fragments by one space", function()
    local s = "tham \n12\n dự hội"
    local out, map, counts = text.clean(s, { 0, 5, 9, #s })
    assert.equal("tham dự hội", out)
    assert.equal(1, counts.joined)
    assert.equal(10, text.original_offset(map, 0, 5))
    assert.equal(4, text.original_offset(map, 0, 4))
    assert.equal("", (text.clean(s, {})))
    assert.equal("", (text.clean(" \n ", { 0, 1, 1, 3 })))
  end)

  it("recomposes a mark with what stands before it, over what nobody sees", function()
    local s = "xa\u{200B}\u{301}c"
    local out, map = text.clean(s, { 0, #s })
    assert.equal("xác", out)
    assert.equal(7, text.original_offset(map, 0, 3))
    assert.equal(1, text.original_offset(map, 0, 1))
  end)

  it("leaves a mark alone that stands on a space", function()
    local s = "đ \u{303} à"
    assert.equal(s, (text.clean(s, { 0, #s })))
  end)

  it("survives absurdly many marks", function()
    local s = "a" .. ("\u{301}"):rep(300) .. " b"
    local out, map = text.clean(s, { 0, #s })
    assert.equal(#s, text.original_offset(map, 0, #out))
    assert.equal(out, (text.clean(out, { 0, #out })))
  end)

  it("refuses fragments that do not ascend, and bytes that are not UTF-8", function()
    assert.equal("usage", failure(text.clean, "abc", { 2, 1 }).code)
    assert.equal("usage", failure(text.clean, "abc", { 0, 4 }).code)
    assert.equal("usage", failure(text.clean, "abcdef", { 3, 4, 0, 1 }).code)
    local problem = failure(text.clean, "xx abc\xFFd", { 3, 8 })
    assert.equal("bad_input", problem.code)
    assert.matches("byte 6", problem.message)
  end)

  it("refuses a damaged map", function()
    assert.equal("integrity", failure(text.original_offset, "\1\200", 0, 1).code)
    assert.equal("integrity", failure(text.original_offset, "\7\1\1", 0, 1).code)
  end)
end)

describe("text.tokens", function()
  local function forms(s)
    local out = {}
    for i, token in ipairs(text.tokens(s)) do
      out[i] = token.form .. (token.sentence_end and "#" or "")
    end
    return table.concat(out, " ")
  end

  it("cuts syllables, numbers and marks", function()
    assert.equal("cầu 2 g 20 3.119 6,5 1 , 2", forms "cầu2 G20 3.119 6,5 1, 2")
    assert.equal("25 - ct / tw", forms "25–CT/TW")
    assert.equal([[" a " ' b ' - - - … và … . c]], forms "“a” ‘b’ – — ‐ … và .... c")
    assert.equal("m ² vực ³ ¼", forms "m² vực³ ¼")
    assert.equal("…#", forms "...")
  end)

  it("gives kind and byte positions", function()
    assert.same({
      { form = "hoà", kind = "syllable", from = 1, to = 4, sentence_end = false },
      { form = "12", kind = "number", from = 6, to = 7, sentence_end = false },
      { form = "%", kind = "mark", from = 8, to = 8, sentence_end = false },
    }, text.tokens "Hòa 12%")
    assert.same({}, text.tokens " \n")
  end)

  it("sees where sentences end, and where they do not", function()
    for s, wanted in pairs {
      ["Xong. Tiếp tục."] = "xong .# tiếp tục .#",
      ["xong. tiếp tục"] = "xong . tiếp tục",
      ["Xong! 5 việc? (Hết)… - Rồi"] = "xong !# 5 việc ?# ( hết ) …# - rồi",
      ["“Xong.” Tiếp"] = "\" xong .# \" tiếp",
      ["TS. Nguyễn, PGS. Trần, TP. Huế, tr. 5"] =
        "ts . nguyễn , pgs . trần , tp . huế , tr . 5",
      ["C. Mác và V.I. Lênin"] = "c . mác và v . i . lênin",
      ["Ban T.Ư. Đảng"] = "ban t . ư . đảng",
      ["Đại hội X. Đảng ta khóa V. Nay"] = "đại hội x .# đảng ta khoá v .# nay",
      ["1. Mục tiêu. 2. Nhiệm vụ"] = "1 . mục tiêu .# 2 .# nhiệm vụ",
      ["IV. Tổ chức"] = "iv . tổ chức", ["Điều 5. Đảng viên"] = "điều 5 . đảng viên",
      ["2.4. Đối ngoại"] = "2.4 . đối ngoại", ["a. Một"] = "a . một",
      ["sách, báo v.v. và phim"] = "sách , báo v . v . và phim",
      ["sách, báo v.v. Phim"] = "sách , báo v . v .# phim",
      ["web vnexpress.net Hà Nội"] = "web vnexpress . net hà nội",
      ["cụ thể...”1. Điều này"] = "cụ thể … \" 1 .# điều này",
    } do
      assert.equal(wanted, forms(s))
    end
  end)
end)

describe("text.syllables", function()
  it("counts syllables, and sentences that have one", function()
    assert.same({ 4, 2 }, { text.syllables "Một hai. 12. Ba bốn" })
    assert.same({ 0, 0 }, { text.syllables "12 - 13." })
    assert.same({ 0, 0 }, { text.syllables "" })
  end)
end)

describe("text.tokenizer", function()
  local function units(s)
    return { string.unpack(("<I2"):rep(#s // 2), s) }
  end

  it("makes a stream with boundaries and sentence ends", function()
    local tk = text.tokenizer()
    assert.same({ 1, 3, 1 }, { tk:add "Chủ động tham." })
    assert.same({ 6, 2, 1 }, { tk:add "tham DỰ" })
    local stream, syllables, sentences = tk:finish()
    local got = units(stream)
    got[#got] = nil
    assert.same({ 0, 2, 3, 4, 1, 0, 4, 5, 0 }, got)
    assert.same({ 5, 2 }, { syllables, sentences })
    local empty = units(tk:finish())
    assert.equal(0, empty[1])
    assert.equal(2, #empty)
  end)

  it("tells new types once", function()
    local tk = text.tokenizer()
    tk:load("đối", 7, "syllable")
    tk:add "Đối ngoại 5,"
    assert.same({
      { id = 8, form = "ngoại", kind = "syllable" }, { id = 9, form = "5", kind = "number" },
      { id = 10, form = ",", kind = "mark" },
    }, tk:new_types())
    assert.same({}, tk:new_types())
    assert.equal(11, tk:next_id())
  end)

  it("forgets types and stream on rollback", function()
    local tk = text.tokenizer()
    tk:add "một hai, ba"
    tk:new_types()
    tk:rollback(4)
    assert.equal(4, tk:next_id())
    assert.same({ 1, 2, 1 }, { tk:add "hai, ba" })
    assert.same({
      { id = 4, form = ",", kind = "mark" }, { id = 5, form = "ba", kind = "syllable" },
    }, tk:new_types())
    assert.equal(string.pack("<I2I2I2I2I2", 0, 3, 4, 5, 0), (tk:finish()))
  end)

  it("encodes phrases as it encodes texts, and adds nothing", function()
    local tk = text.tokenizer()
    tk:add "hoà bình, hợp tác. Xong."
    tk:new_types()
    assert.equal(tk:encode "hoà bình, hợp tác", tk:encode "HÒA  bi\u{300}nh , hợp\ntác")
    assert.same({ nil, "chiến" }, { tk:encode "chiến tranh" })
    assert.equal("", tk:encode " ")
    assert.same({}, tk:new_types())
  end)

  it("gives rare types two units, and finds their bytes", function()
    local tk = text.tokenizer()
    tk:load("tham", 2, "syllable")
    tk:load("hiếm", 0xFA00, "syllable")
    tk:load("lạ", 0xFA00 + 1024 + 3, "syllable")
    tk:add "tham hiếm lạ tham"
    assert.equal(string.pack("<I2I2I2I2I2I2I2I2", 0, 2, 0xFA00, 0xFC00, 0xFA01, 0xFC03, 2, 0),
      (tk:finish()))
    assert.equal(string.pack("<I2I2I2", 0xFA01, 0xFC03, 2), tk:encode "LẠ tham")
    local s = "tham hiếm lạ tham"
    local at = tk:locate(s, { 1, 2, 3, 3, 0, 6 })
    assert.equal("hiếm", s:sub(at[1], at[2]))
    assert.equal("lạ tham", s:sub(at[3], at[4]))
    assert.same({ 1, #s }, { at[5], at[6] })
    assert.equal("usage", failure(tk.locate, tk, s, { 5, 2 }).code)
    assert.equal("integrity", failure(tk.locate, tk, "chưa có", { 0, 1 }).code)
  end)

  it("is full after the last id, and stays whole", function()
    local tk = text.tokenizer()
    tk:load("cuối", 0xFA00 + 512 * 1024 - 1, "syllable")
    local problem = failure(tk.add, tk, "cuối cùng")
    assert.equal("full", problem.code)
    assert.is_string(problem.hint)
    assert.same({ 1, 1, 1 }, { tk:add "cuối" })
  end)

  it("refuses types twice and reserved ids", function()
    local tk = text.tokenizer()
    tk:load("một", 2, "syllable")
    assert.equal("usage", failure(tk.load, tk, "một", 3, "syllable").code)
    assert.equal("usage", failure(tk.load, tk, "hai", 2, "syllable").code)
    assert.equal("usage", failure(tk.load, tk, "hai", 1, "syllable").code)
    assert.has_error(function() tk:load("hai", 3, "word") end)
    tk:close()
    assert.equal("usage", failure(tk.add, tk, "a").code)
  end)

  it("knows spellings apart whatever their length", function()
    local tk = text.tokenizer()
    local long = ("nghiêng"):rep(8)
    local s = ("a ab %s %sx %sX abcdefghijklmno abcdefghijklmnop"):format(long, long, long)
    for _ = 1, 2 do tk:add(s) end
    local forms = {}
    for i, type in ipairs(tk:new_types()) do forms[i] = type.form end
    assert.same({ "a", "ab", long, long .. "x", "abcdefghijklmno", "abcdefghijklmnop" }, forms)
    local passage = string.pack("<I2I2I2I2I2I2I2I2", 2, 3, 4, 5, 5, 6, 7, 0)
    assert.equal("\0\0" .. passage .. passage, (tk:finish()))
  end)
end)

describe("letters that are known by their first bytes", function()
  it("are the same tokens as letters that are looked up", function()
    local function shape(s)
      local list = {}
      for i, token in ipairs(text.tokens(s)) do list[i] = { token.kind, token.from, token.to } end
      return list
    end
    for point = 0x80, 0x7FF do
      local c = utf8.char(point)
      if text.nfc(c) == c then          -- at the end of a text nothing is known by two bytes
        assert.same(shape("a" .. c), shape("a" .. c .. "  "), ("U+%04X"):format(point))
        assert.same(shape("." .. c), shape("." .. c .. "  "), ("U+%04X"):format(point))
      end
    end
    for point = 0x1E00, 0x1EFF do
      assert.same({ { "syllable", 1, 5 } }, shape("a" .. utf8.char(point) .. "b"))
    end
  end)

  it("do not hide what is no UTF-8", function()
    for _, broken in ipairs { "a\xC3", "a\xC3a", "\xC4\xC4\xA0", "\xE1\xBAa ", "\xE1\xBA",
      "\xC6" } do
      assert.equal("bad_input", failure(text.tokens, broken).code)
    end
  end)
end)

describe("text.json_records", function()
  local json = require "vankien.util.json"

  local function both(rows, keys)
    local out = {}
    for i, row in ipairs(rows) do out[i] = json.record(row, keys) end
    assert.equal(table.concat(out, ";\n"), text.json_records(rows, keys, ";\n", json.record))
  end

  it("writes what json.record writes, or leaves it to that", function()
    local keys = { "a", "b", "c" }
    both({ {}, { a = "Đại hội", b = 7, c = true }, { b = "", c = "x" },
      { a = 'q"\\\n\t\27\127/', b = math.mininteger, c = false }, { a = { 1 }, c = json.null },
      { a = 1.5, b = -0.0, c = 1e300 }, { a = 0.1, b = 1 / 3, c = 5e-324 } }, keys)
    both({}, keys)
    both({ { a = 1 } }, {})
    for at = 0, 40 do
      for _, sign in ipairs { '"', "\\", "\31", "\32", "\127", "\128", "ế" } do
        local s = ("x"):rep(at) .. sign .. ("y"):rep(40 - at)
        if utf8.len(s) then both({ { [s] = s, a = s } }, { s, "a" }) end
      end
    end
  end)

  it("refuses what JSON cannot carry, as json.record does", function()
    for _, value in ipairs { 0 / 0, math.huge, -math.huge, print, "\xff" } do
      assert.equal("bad_input",
        failure(text.json_records, { { a = 1 }, { a = value } }, { "a" }, "", json.record).code)
    end
    assert.has_error(function() text.json_records({ 1 }, { "a" }, "", json.record) end)
    assert.has_error(function() text.json_records({}, { 1 }, "", json.record) end)
  end)
end)

describe("text.check_utf8 over long texts", function()
  it("agrees with Lua whatever stands where", function()
    local random, pieces = math.random, { "a", "ế", "đ", "…", "\u{1F600}", " ", "Ộ" }
    math.randomseed(20260123)
    local bad = { "\xff", "\xc3", "\x80", "\xe1\xba", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80",
      "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf0\x9f\x98",
      "\xe1\xba\xbf\xbf" }
    for n = 1, 4000 do
      local parts = {}
      for i = 1, random(20, 120) do parts[i] = pieces[random(#pieces)] end
      if n % 4 > 0 then table.insert(parts, random(#parts + 1), bad[random(#bad)]) end
      local s = table.concat(parts)
      local length, at = utf8.len(s)
      local good, offset = text.check_utf8(s)
      assert.equal(length ~= nil, good == true)
      if not good then assert.equal(at - 1, offset) end
    end
    local zero = ("ế"):rep(100) .. "\0" .. ("ế"):rep(100)
    assert.same({ n = 3, nil, 300, "NUL byte" }, table.pack(text.check_utf8(zero)))
  end)
end)
