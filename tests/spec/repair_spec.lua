-- Repairs, kind by kind: what is repaired, what is only reported, what is left alone; and where
-- each stood.  Encodings and fonts have specs of their own (import_encoding, import_garbled).

local text = require "vankien.host.text"

-- Text with its repairs made; what was done and what reported, as "kind:before>after".
local function repaired(bytes, without)
  local found = text.repairs(bytes, 0, without)
  if not found then return bytes, {} end
  local list = {}
  for n, one in ipairs(found:list()) do
    assert.equal(bytes:sub(one.from + 1, one.to), one.before)
    list[n] = ("%s:%s>%s"):format(one.kind, one.before, one.after or "?")
  end
  return found:text(), list
end

local function gives(wanted, bytes)
  assert.equal(wanted, (repaired(bytes)))
end

local function leaves(bytes)
  local out, list = repaired(bytes)
  assert.equal(bytes, out)
  assert.same({}, list)
end

-- Running text in which the syllables of a case stand whole, so that they are known.
local KNOWN = ("Đại hội xác định đường lối đối ngoại, thống nhất nhận thức, phát triển kinh tế, "
  .. "hội nhập quốc tế; hoạt động của Đảng và Nhà nước được tăng cường, tích cực. "):rep(4)
-- The same, and some of it damaged: fragments show that syllables are split.
local DAMAGED = KNOWN .. "Th ống nhấ t nh ận th ức. "
local SOUND = KNOWN .. "Thống nhất nhận thức. "

local function ends_with(ending, bytes)
  local out = repaired(bytes)
  assert.equal(ending, out:sub(-#ending))
end

describe("split syllables", function()
  local cases = {
    { "xác địn h", "xác định" }, { "phát tr iển", "phát triển" }, { "thốn g nhất", "thống nhất" },
    { "đ ối ngo ại", "đối ngoại" }, { "Đ ại h ội", "Đại hội" }, { "đư ờng lối", "đường lối" },
    { "qu ốc t ế", "quốc tế" }, { "ĐỐI NGO ẠI", "ĐỐI NGOẠI" }, { "tăng cư ờ ng", "tăng cường" },
    { "nh ận th ức", "nhận thức" }, { "Đ ẢNG", "ĐẢNG" }, { "c ủa Đ ảng", "của Đảng" },
    { "đ ươ\u{300}ng l ô\u{301}i", "đươ\u{300}ng lô\u{301}i" },         -- NFD
  }
  for _, case in ipairs(cases) do
    it(("joins “%s”"):format(case[1]), function()
      ends_with(" " .. case[2] .. ".", DAMAGED .. case[1] .. ".")
    end)
  end

  it("joins the only one of a document, when the whole stands there often", function()
    ends_with("Lại xác định.", KNOWN .. "Lại xác địn h.")
    ends_with("Lại đối ngoại.", KNOWN .. "Lại đ ối ngoại.")
  end)

  it("joins what the document never writes whole, where a piece can be nothing else", function()
    ends_with(" Nghiêm túc kiểm điểm.", DAMAGED .. "Ngh iêm túc ki ểm điể m.")
  end)

  it("joins what the document never writes whole, where a letter stands alone", function()
    for split, whole in pairs { ["phức tạ p"] = "phức tạp", ["cú s ốc"] = "cú sốc",
      ["thầy giá o"] = "thầy giáo", ["vớ i nhau"] = "với nhau" } do
      ends_with(" " .. whole .. ".", DAMAGED .. split .. ".")
      ends_with(" " .. split .. ".", SOUND .. split .. ".")
    end
  end)

  it("are looked for where vowels alone show them", function()
    ends_with("lối đối ngoại.", KNOWN .. "đường lố i đố i ngoại.")
    ends_with("Lại nghiêm.", KNOWN:gsub("xác", "nghiêm") .. "Lại ngh iêm.")
  end)

  -- Two syllables that both stand alone stay two, however well they would go together.
  local traps = {
    "chăm lo an sinh xã hội", "chăm lo an ninh", "do anh em", "khu y tế", "cho anh", "điểm c anh",
    "các điểm a, b và c ở trên", "Nguyễn Văn A nói", "vitamin C và D",
    "10 m ở dưới", "5 km an toàn",
    "Đại hội X ủy quyền", "nhóm G và H", "từ a đến b", "xã, hội", "phát. Triển", "t\nế",
    "thi ân", "tư duy y học",
  }
  for _, trap in ipairs(traps) do
    it(("leaves “%s”"):format((trap:gsub("\n", "\\n"))), function()
      leaves(SOUND .. trap .. ".")
      ends_with(" " .. trap .. ".", DAMAGED .. trap .. ".")
    end)
  end

  it("joins the letters of a heading set wide", function()
    ends_with("\nVIII - ĐƯỜNG LỐI ĐỐI NGOẠI, HỘI NHẬP", KNOWN
      .. "\nV I I I - Đ Ư Ờ N G L Ố I Đ Ố I N G O Ạ I , H Ộ I N H Ậ P")
    ends_with(" ĐƯỜNG   LỐI   ĐẠI HỘI", KNOWN .. "Đ Ư Ờ N G   L Ố I   ĐẠI HỘI")
    leaves(KNOWN .. "Các nhóm A B C D E G H I K")
  end)

  it("joins over a line end in a text that is set in lines", function()
    local words = (KNOWN .. KNOWN):gsub("(" .. ("[^ ]+ "):rep(8) .. ")", "%1\n")
    ends_with("Lại thống nhất đối ngoại\nsâu rộng.", words .. "Th ống nhấ t nh ận th ức.\n"
      .. "Lại thống nhất đối ng\noại sâu rộng.")
  end)

  it("never joins over a line end or a mark", function()
    ends_with(" đ\nối ngoại, tr, iển.", DAMAGED .. "đ\nối ngoại, tr, iển.")
  end)
end)

describe("split numbers", function()
  local cases = {
    { "đến năm 20 20 nước ta", "đến năm 2020 nước ta" }, { "năm 2 024 chiếm", "năm 2024 chiếm" },
    { "nă m 202 2.", "năm 2022." }, { "1986 - 20 25, đạt", "1986 - 2025, đạt" },
    { "khoá XI V căn cứ", "khoá XIV căn cứ" }, { "khóa X III trình", "khóa XIII trình" },
    { "Đại hội XI V. Giao", "Đại hội XIV. Giao" }, { "lần thứ X II I của", "lần thứ XIII của" },
  }
  for _, case in ipairs(cases) do
    it(("joins “%s”"):format(case[1]), function() ends_with(case[2], DAMAGED .. case[1]) end)
    it(("leaves “%s” in a sound document"):format(case[1]), function()
      local _, list = repaired(SOUND .. case[1]:gsub("nă m", "năm"))
      assert.same({}, list)
    end)
  end

  local unsure = { "với 19 4 quốc gia", "có 1 6 ban", "Đại hội X I- TÌNH HÌNH" }
  for _, case in ipairs(unsure) do
    it(("only reports “%s”"):format(case), function()
      local out, list = repaired(DAMAGED .. case)
      assert.equal(case, out:sub(-#case))
      assert.truthy(list[#list]:find("^split_number:.*%?$"))
    end)
  end

  for _, trap in ipairs { "2021 2022 2023", "năm 20 25,5 %", "từ 2024 2025", "Đại hội X, XI, XII",
    "I V X", "phần X V", "mức 1.200 500" } do
    it(("leaves “%s”"):format(trap), function() ends_with(" " .. trap, DAMAGED .. trap) end)
  end
end)

describe("glued words", function()
  local known = "Các thành viên của nước Cộng hòa. Ngôn ngữ phổ thông. Việc tham gia. "
  local cases = {
    { "thànhviên", "thành viên" }, { "Cộnghòa", "Cộng hòa" }, { "phổthông", "phổ thông" },
    { "phổthông, thamgia", "phổ thông, tham gia" },
  }
  for _, case in ipairs(cases) do
    it(("parts “%s”"):format(case[1]), function()
      gives(known .. case[2] .. ".", known .. case[1] .. ".")
    end)
  end
  for _, trap in ipairs { "Cuba", "Lênin", "nghiêng", "mácxít", "Campuchia", "mưuốn",
    "Hồchíminh" } do
    it(("leaves “%s”"):format(trap), function() leaves(known .. trap .. " đấu tranh.") end)
  end
end)

describe("page headers and numbers", function()
  local function pages(header, mark)
    local out = {}
    for n = 1, 6 do
      out[n] = mark(n) .. header(n) .. ("Nội dung của trang %s, không lặp lại."):format(
        ({ "một", "hai", "ba", "bốn", "năm", "sáu" })[n]) .. "\n"
    end
    return table.concat(out)
  end
  local function form_feed(n) return n > 1 and "\f" or "" end
  local function page_mark(n) return ("# page %d\n"):format(n) end

  it("go where every page begins with the same words and its number, in one line", function()
    local wanted = pages(function() return " " end, page_mark)
    gives(wanted, pages(function(n) return "16.bao_cao(CT).doc " .. n .. " " end, page_mark))
    gives(wanted, pages(function(n) return n .. " " end, page_mark))
  end)

  it("go where they are lines of their own, left pages and right pages apart", function()
    local out = repaired(pages(function(n)
      return (n % 2 == 0 and "TẠP CHÍ CỘNG SẢN\n" or "Số 5 năm 2025\n")
    end, form_feed))
    assert.is_nil(out:find "TẠP CHÍ")
    assert.is_nil(out:find "Số 5")
    assert.truthy(out:find("Nội dung của trang sáu", 1, true))
  end)

  it("go at the foot of pages as well", function()
    local out = repaired(pages(function(n) return ("Văn bản %d\n"):format(n * n) end, form_feed)
      :gsub("lại%.\n()", function(n) return "lại.\n- " .. n % 2 .. " -\n" end), nil)
    assert.is_nil(out:find("- 1 -", 1, true))
  end)

  it("go without page marks where their number counts up at a distance", function()
    local lines = {}
    for n = 1, 4 do
      for k = 1, 12 do
        lines[#lines + 1] = ("Dòng %s%s của văn bản"):format(("x"):rep(n), ("y"):rep(k))
      end
      lines[#lines + 1] = "Trang " .. n
    end
    local out = repaired(table.concat(lines, "\n"))
    assert.is_nil(out:find "Trang")
  end)

  it("stay where lines only look alike", function()
    leaves(pages(function(n) return ("%d. Nhiệm vụ "):format(7 - n) end, page_mark))
    leaves("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n")
    leaves(pages(function(n) return n % 3 == 0 and "Trong " or "Ngoài " end, page_mark))
  end)
end)

describe("marks of footnotes", function()
  it("are taken from the words they are glued to, and kept as repairs", function()
    local out, list = repaired "toàn cầu1 và khu vực2; “điều kiện cụ thể...”3. Điều này đổi mới4."
    assert.equal("toàn cầu và khu vực; “điều kiện cụ thể...”. Điều này đổi mới.", out)
    assert.same({ "note_mark:1>", "note_mark:2>", "note_mark:3>", "note_mark:4>" }, list)
  end)

  local traps = {
    "CO2 và H2O, G7 và G20", "điều1, điều2, điều3", "chỉ một chú thích ở đây7.", "Covid19, Covid20",
    "năm2024, năm2025", "km2, m2, m3", "số1 và số2", "mức2,5 và mức3,5", "2024 và 2025",
  }
  for _, trap in ipairs(traps) do
    it(("leave “%s”"):format(trap), function() leaves(trap) end)
  end

  it("the footnotes inside the text are reported with their place, and stay", function()
    local page = "# page 1\nTổng kết trước1, đổi mới2 là cần thiết, "
      .. "1 Nguyễn Phú Trọng: Một số vấn đề. 2 Gần đây nhất.\n# page 2\nĐoạn sau.\n"
    local out, list = repaired(page)
    assert.truthy(out:find("1 Nguyễn Phú Trọng", 1, true))
    assert.equal("note_body:1 Nguyễn Phú Trọng: Một số vấn đề. 2 Gần đây nhất.>?", list[3])
  end)
end)

describe("words broken at a line end", function()
  it("lose the line end, and the hyphen where it broke a syllable", function()
    gives("Chỉ thị 25-CT/TW về Covid-19, 2020-2021, quốc tế, Lê-nin.",
      "Chỉ thị 25-\nCT/TW về Covid-  \n19, 2020-\n2021, quố-\nc tế, Lê-\n  nin.")
  end)

  it("stay where the hyphen is a dash or opens a list", function()
    leaves "Kinh tế -\nxã hội; Mỹ-\nTrung\n-\nmột"
  end)
end)

describe("small damage", function()
  it("a space before a mark goes", function()
    gives("tư duy, tầm nhìn; kỷ nguyên mới: một. Hai",
      "tư duy , tầm nhìn ; kỷ nguyên mới : một . Hai")
    leaves "giá là .5 và ... hay :nhãn"
  end)

  it("two dots behind a comma go, three stay", function()
    gives("(UNDP), Việt Nam", "(UNDP), .. Việt Nam")
    leaves "v.v.. Và sau đó... hết. ../tệp"
  end)

  it("the letter of an ornament goes from the very end, nowhere else", function()
    gives("dân chủ, công bằng, văn minh.\n ", "dân chủ, công bằng, văn minh. n\n ")
    leaves "số n. Tiếp theo n"
    leaves "bằng n"
  end)

  it("detached marks go back where only one reading makes syllables", function()
    gives("diê\u{303}n đàn hơ\u{323}p tác", "diên đ \u{303} àn hơp t \u{323} ác")
    local out, list = repaired "ma \u{301} ma"
    assert.equal("ma \u{301} ma", out)
    assert.same({ "detached_mark:\u{301}>?" }, list)
  end)

  it("lines of a web page are reported", function()
    local page = "Loading Now\n\nTham gia và kiến tạo\n[[sơ đồ]]\nYou May Have Missed\n"
    local out, list = repaired(page)
    assert.equal(page, out)
    assert.same({ "web_chrome:Loading Now>?", "web_chrome:[[sơ đồ]]>?",
      "web_chrome:You May Have Missed>?" }, list)
  end)
end)

describe("repairs", function()
  it("find nothing in sound text", function()
    leaves(KNOWN)
    leaves "I- Mục tiêu\n\n1. Tham gia (2021 - 2025), đạt 6,5%/năm.\n\na) Một là, đổi mới;\n"
    leaves ""
    leaves "n"
  end)

  it("can be left one by one", function()
    local bytes = KNOWN .. "địn h , xong"
    assert.equal(KNOWN .. "định , xong", (repaired(bytes, { "space_before_mark" })))
    assert.equal(KNOWN .. "địn h, xong", (repaired(bytes, { "split_syllable" })))
    assert.has_error(function() text.repairs(bytes, 0, { "split" }) end)
  end)

  it("leave what stands before the body", function()
    local head = "# title: địn h , x\n"
    assert.equal(head .. KNOWN .. "định, xong",
      text.repairs(head .. KNOWN .. "địn h , xong", #head):text())
  end)

  it("lead every byte back to the original", function()
    local bytes = KNOWN .. "Xác địn h đư ờ ng l ối , cầu1 và t ế2 thành  viên."
    local found = text.repairs(bytes, 0)
    local out = found:text()
    for _, token in ipairs(text.tokens(out)) do
      local there = bytes:sub(found:start(token.from - 1) + 1, found:stop(token.to))
      assert.equal(out:sub(token.from, token.to), (there:gsub(" ", "")))
    end
  end)
end)
