-- What documents say of themselves at their heads: read where it stands in the form that offices
-- use, and nowhere else.

local head = require "vankien.text.head"
local ingest = require "vankien.corpus.ingest"
local program = require "tests.support.program"
local stores = require "tests.support.stores"
local terminal = require "tests.support.terminal"
local texts = require "tests.support.texts"

local function read(s)
  local out = {}
  for _, entry in ipairs(head.read(s)) do out[entry.key] = entry.value end
  return out
end

local MOTTO = "ĐẢNG CỘNG SẢN VIỆT NAM"
local STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

local heads = {
  { "a directive, one line after the other", "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 25-CT/TW\n\n" .. MOTTO
    .. "\nHà Nội, ngày 08 tháng 8 năm 2018\n\nCHỈ THỊ\nCỦA BAN BÍ THƯ\nvề đẩy mạnh và nâng tầm đối "
    .. "ngoại đa phương\nđến năm 2030\n-----\nThực hiện đường lối đổi mới, …\n",
    { number = "25-CT/TW", type = "Chỉ thị", issued = "2018-08-08", issuer = "Ban Bí thư",
      title = "Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030" } },
  { "a resolution, two columns in one line", "BỘ CHÍNH TRỊ          " .. MOTTO .. "\n     *\n"
    .. "Số 59-NQ/TW     Hà Nội, ngày 24 tháng 01 năm 2025\n\nNGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\n"
    .. "về hội nhập quốc tế trong tình hình mới\n\nI- TÌNH HÌNH\n",
    { number = "59-NQ/TW", type = "Nghị quyết", issued = "2025-01-24", issuer = "Bộ Chính trị",
      title = "Về hội nhập quốc tế trong tình hình mới" } },
  { "columns run together, as PDF text has them", "BỘ CHÍNH TRỊ " .. MOTTO .. "\n*\n"
    .. "Số 59-NQ/TW Hà Nội, ngày 24 tháng 01 năm 2025\nNGHỊ QUYẾT CỦA BỘ CHÍNH TRỊ về hội nhập\n"
    .. "quốc tế\nNghị quyết số 22-NQ/TW đã tạo bước ngoặt.\n",
    { number = "59-NQ/TW", type = "Nghị quyết", issued = "2025-01-24", issuer = "Bộ Chính trị",
      title = "Về hội nhập quốc tế" } },
  { "a conclusion in capitals", MOTTO .. "\nHà Nội, ngày 14 tháng 2 năm 2025\nBAN CHẤP HÀNH "
    .. "TRUNG ƯƠNG"
    .. "\nSố: 125 - KL/TW\nKẾT LUẬN CỦA BAN BÍ THƯ\nVỀ ĐỐI NGOẠI ĐA PHƯƠNG\nBan Bí thư kết luận:\n",
    { number = "125-KL/TW", type = "Kết luận", issued = "2025-02-14", issuer = "Ban Bí thư",
      title = "VỀ ĐỐI NGOẠI ĐA PHƯƠNG" } },
  { "a plenum's resolution", "BAN CHẤP HÀNH TRUNG ƯƠNG\n" .. MOTTO .. "\nSố 18-NQ/TW\nHà Nội, "
    .. "ngày 25 "
    .. "tháng 10 năm 2017\nNGHỊ QUYẾT\nHỘI NGHỊ LẦN THỨ SÁU BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XII\n"
    .. "Một số vấn đề về tiếp tục đổi mới",
    { number = "18-NQ/TW", type = "Nghị quyết", issued = "2017-10-25", congress = "XII",
      issuer = "Ban Chấp hành Trung ương" } },
  { "a congress' resolution", "ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC\nLẦN THỨ XIII\n*\n" .. MOTTO
    .. "\nHà Nội, ngày 01-02-2021\nNGHỊ QUYẾT\nĐại hội đại biểu toàn quốc lần thứ XIII họp …",
    { type = "Nghị quyết", issued = "2021-02-01", issuer = "Đại hội đại biểu toàn quốc",
      congress = "XIII" } },
  { "a whole page in one line", "ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIV * " .. MOTTO .. " ____ "
    .. "Hà Nội, "
    .. "ngày 23 tháng 01 năm 2026 NGHỊ QUYẾT ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIV ----- Đại hội "
    .. "đại biểu toàn quốc lần thứ XIV diễn ra từ ngày 19/01/2026 đến ngày 23/01/2026.",
    { type = "Nghị quyết", issued = "2026-01-23", issuer = "Đại hội đại biểu toàn quốc",
      congress = "XIV" } },
  { "a political report", "BÁO CÁO CHÍNH TRỊ CỦA BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHOÁ XIII TẠI ĐẠI "
    .. "HỘI "
    .. "ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIV CỦA ĐẢNG\nDưới ánh sáng …",
    { type = "Báo cáo chính trị", issuer = "Ban Chấp hành Trung ương", congress = "XIV" } },
  { "a paper of the Government", "CHÍNH PHỦ\nSố: 71/NQ-CP\n" .. STATE .. "Hà Nội, ngày 22 tháng "
    .. "8 năm "
    .. "2025\nNGHỊ QUYẾT\nSửa đổi, bổ sung Chương trình hành động",
    { number = "71/NQ-CP", type = "Nghị quyết", issued = "2025-08-22", issuer = "Chính phủ" } },
  { "a decree, in Markdown", "| CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n"
    .. "| Số: 30/2020/NĐ-CP | *Hà Nội, ngày 05 tháng 3 năm 2020* |\n\n# **NGHỊ ĐỊNH**\n\n"
    .. "**Về công tác văn thư**\n\nCăn cứ Luật …",
    { number = "30/2020/NĐ-CP", type = "Nghị định", issued = "2020-03-05", issuer = "Chính phủ",
      title = "Về công tác văn thư" } },
  { "a law", "QUỐC HỘI\nLuật số: 59/2020/QH14\n" .. STATE .. "Hà Nội, ngày 17 tháng 6 năm "
    .. "2020\nLUẬT\n"
    .. "Doanh nghiệp\n",
    { number = "59/2020/QH14", type = "Luật", issued = "2020-06-17", issuer = "Quốc hội" } },
  { "a ministry's decision", "BỘ NGOẠI GIAO\nSố: 12/QĐ-BNG\n" .. STATE .. "Hà Nội, ngày 2 tháng "
    .. "1 năm "
    .. "2024\nQUYẾT ĐỊNH\nVề việc ban hành Quy chế",
    { number = "12/QĐ-BNG", type = "Quyết định", issued = "2024-01-02", issuer = "Bộ Ngoại giao",
      title = "Về việc ban hành Quy chế" } },
  { "a head in NFD", (MOTTO .. "\nHa\u{300} Nô\u{323}i, ngày 8 tháng 8 năm 2018\nCHI\u{309} "
    .. "THI\u{323}\n"),
    { type = "Chỉ thị", issued = "2018-08-08" } },
  { "another place than Hà Nội", MOTTO .. "\nThành phố Hồ Chí Minh, ngày 3/2/2020\nBÁO CÁO\n",
    { type = "Báo cáo", issued = "2020-02-03" } },
  { "a directive whose issuer only its signature names", "BAN CHẤP HÀNH TRUNG ƯƠNG\n" .. MOTTO
    .. "\nSố 01-CT/TW\nCHỈ THỊ\nvề công tác dân vận\n",
    { number = "01-CT/TW", type = "Chỉ thị", title = "Về công tác dân vận" } },
  { "a number not given yet", "BỘ CHÍNH TRỊ\n" .. MOTTO .. "\nSố    -NQ/TW\nHà Nội, ngày    "
    .. "tháng 8 năm "
    .. "2018\nNGHỊ QUYẾT\nvề hội nhập\n",
    { type = "Nghị quyết", issuer = "Bộ Chính trị", title = "Về hội nhập" } },
}

local none = {
  { "an article about a resolution", "Nghị quyết số 59-NQ/TW ngày 24/01/2025 của Bộ Chính trị về "
    .. "hội "
    .. "nhập quốc tế trong tình hình mới\nHà Nội là nơi …" },
  { "an article with a place and a date", "Hà Nội, ngày 8 tháng 8 năm 2018\nHội nghị đã bế mạc." },
  { "a heading in capitals", "NGHỊ QUYẾT\nVăn bản này nói về nhiều việc." },
  { "two headings", "BỘ CHÍNH TRỊ\nHọp phiên thường kỳ, bàn nhiều việc quan trọng.\n" },
  { "an annex", "PHỤ LỤC\n(Kèm theo Nghị quyết số 71/NQ-CP ngày 22 tháng 8 năm 2025 của Chính "
    .. "phủ)\n"
    .. STATE },
  { "a draft", "DỰ THẢO 2\nBỘ CHÍNH TRỊ\n" .. MOTTO .. "\nSố 60-NQ/TW\nNGHỊ QUYẾT\nvề …" },
  { "a head quoted after a page of text", ("Việt Nam chủ động hội nhập quốc tế. "):rep(8) .. "\n"
    .. "BỘ CHÍNH TRỊ\n" .. MOTTO .. "\nSố 59-NQ/TW\nNGHỊ QUYẾT\n" },
  { "a sentence with a number", "Thực hiện Chỉ thị\nSố 25-CT/TW được ban hành năm 2018.\n" },
  { "a sentence with a day", "Đảng ra đời tại Hồng Kông, ngày 3 tháng 2 năm 1930, trong …\nCHỈ "
    .. "THỊ\n" },
  { "a day that is none", "Hà Nội, ngày 31 tháng 2 năm 2020\nCHỈ THỊ\nMột.\n" },
  { "the motto alone", MOTTO .. " quang vinh muôn năm!\n" },
  { "a table of contents", "MỤC LỤC\nI. NGHỊ QUYẾT …… 3\nII. CHỈ THỊ …… 9\n" },
  { "a speech", "PHÁT BIỂU CỦA TỔNG BÍ THƯ\ntại Đại hội đại biểu toàn quốc lần thứ XIV\n" },
  { "a slogan of a congress", "CHÀO MỪNG ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIV CỦA ĐẢNG\n" },
  { "a letter that cites", "Kính gửi: Bộ Ngoại giao\nSố điện thoại: 04.3799/2000\n" },
  { "a section of a report", "XI- NÂNG CAO HIỆU QUẢ HOẠT ĐỘNG ĐỐI NGOẠI\nThực hiện …\n" },
  { "an excerpt", "7- Chính sách đối ngoại.\nNhiệm vụ đối ngoại bao trùm …\n" },
  { "a list of documents", "Nghị quyết số 18-NQ/TW\nChỉ thị số 25-CT/TW\nKết luận số 125-KL/TW\n" },
  { "English", "MINISTRY OF FOREIGN AFFAIRS\nHa Noi, 8 August 2018\nDIRECTIVE\n" },
  { "numbers of things", "SỐ 9 (2018)\nSố: 25/CP\n" },
  { "nothing", "" },
}

describe("head.read", function()
  for _, case in ipairs(heads) do
    it("reads " .. case[1], function() assert.same(case[3], read(case[2])) end)
  end
  for _, case in ipairs(none) do
    it("reads nothing from " .. case[1], function() assert.same({}, read(case[2])) end)
  end

  it("gives the line that each was read from, and its words", function()
    local found = {}
    for _, entry in ipairs(head.read("x: y\n" .. heads[1][2], 6)) do
      found[entry.key] = { entry.line, entry.words }
    end
    assert.same({ 4, "Số 25-CT/TW" }, found.number)
    assert.same({ 7, "Hà Nội, ngày 08 tháng 8 năm 2018" }, found.issued)
    assert.equal(11, found.title[1])
  end)

  it("says nothing of number and type when they contradict each other", function()
    local found = read(MOTTO .. "\nSố 59-NQ/TW\nHà Nội, ngày 24 tháng 1 năm 2025\nCHỈ THỊ\n")
    assert.same({ issued = "2025-01-24" }, found)
  end)

  it("reads a long line in little time", function()
    local sys = require "vankien.host.sys"
    for _, words in ipairs { "SỐ ", "Số 1-", "ĐẠI HỘI ", "về ", "| ", "Hà Nội, ngày " } do
      local from = sys.clock()
      head.read(words:rep(100000))
      assert.truthy(sys.clock() - from < 0.5, words)
    end
  end)
end)

describe("import of a document with a head", function()
  local store, folder
  local directive = heads[1][2]

  before_each(function()
    store = stores.fresh()
    folder = texts.folder { ["ct.txt"] = directive:gsub("25%-CT", "97-CT"):gsub("08 tháng 8", "9 "
      .. "tháng 9") }
  end)
  after_each(function()
    stores.drop(store)
    texts.clear(folder)
  end)

  local function row()
    local number, issued, title = store.conn:first(
      "SELECT number, issued, title FROM documents WHERE kind = 'imported'")
    return { number or "none", issued or "none", title }
  end

  it("says what it found, with the line, and takes nothing on its own", function()
    local summary = assert(ingest.run(store, { folder }))
    assert.same({ "none", "none", "ct" }, row())
    local said = summary.notes[1].message
    assert.truthy(said:find('number "97-CT/TW" (line 3)', 1, true), said)
    assert.truthy(said:find("--yes takes it", 1, true), said)
  end)

  it("takes it when told to, and says from which lines", function()
    local summary = assert(ingest.run(store, { folder }, { head = true }))
    assert.same({ "97-CT/TW", "2018-09-09",
      "Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030" }, row())
    assert.truthy(summary.notes[1].message:find('issued "2018-09-09" (line 6)', 1, true))
  end)

  it("gives way to what is given", function()
    assert(ingest.run(store, { folder }, { head = true, meta = { number = "96-CT/TW" } }))
    assert.equal("96-CT/TW", row()[1])
  end)

  it("asks once, about all that it found, and does as it is told", function()
    local asked = {}
    local function answer(yes)
      return function(proposed)
        asked[#asked + 1] = proposed
        return yes
      end
    end
    local summary = assert(ingest.run(store, { folder }, { confirm_head = answer(false) }))
    assert.same({ "none", "none", "ct" }, row())
    assert.is_nil(tostring(summary.notes[1] and summary.notes[1].message):find("head "
      .. "says", 1, true))
    assert(ingest.run(store, { folder }, { confirm_head = answer(true) }))
    assert.equal("97-CT/TW", row()[1])
    assert.equal(2, #asked)
    assert.equal(folder .. "/ct.txt", asked[1][1].place)
    assert.equal("number", asked[1][1].head[1].key)
  end)

  local at_terminal = terminal.available() and it or pending
  at_terminal("shows the fields at a terminal and waits for an answer", function()
    local own = program.folder()
    program.write(own .. "/ct.txt", directive)
    local words = { "--store", "s.db", "import", "ct.txt" }
    terminal.play({ folder = own, words = words, columns = 160 })
      :expect("ct.txt says of itself:"):expect("number"):expect("line 3: Số 25-CT/TW")
      :expect("title"):expect("take this as it stands? [y/N] "):send("y\n")
      :expect("texts of documents known before"):exit():run()
    local _, out = program.run({ "--store", "s.db", "-e",
      'directives["25-CT/TW"].syllables > 0' }, { folder = own })
    assert.equal("true\n", out)
    program.remove(own)
  end)
end)
