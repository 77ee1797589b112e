-- Lines to passages: marks and their paths, wrapped lines, traps.

local texts = dofile "tests/support/texts.lua"

local paths = {
  { "parts, articles and points of a law",
    "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Luật này quy định việc ký kết.\na) Điều ước;\n"
    .. "b) Thoả thuận.\nđ) Khác.\nĐiều 2. Nguyên tắc\nChương II\n",
    { "Chương I", "Chương I", "Chương I / Điều 1", "Chương I / Điều 1 / 1",
      "Chương I / Điều 1 / 1 / a",
      "Chương I / Điều 1 / 1 / b", "Chương I / Điều 1 / 1 / đ", "Chương I / Điều 2",
        "Chương II" } },
  { "roman, arabic and letters of a resolution",
    "I- TÌNH HÌNH\n1- Kết quả\nMột đoạn.\na) Về kinh tế.\nII. MỤC TIÊU\n1. Chung",
    { "I", "I / 1", "I / 1", "I / 1 / a", "II", "II / 1" } },
  { "decimals below their number", "2. Nội dung\n2.1. Kinh tế\n2.4.2. Xã hội\n3. Kết luận", { "2",
    "2 / 2.1", "2 / 2.4.2", "3" } },
  { "numbers in parentheses, small roman", "(1) Một.\n(2) Hai.\n(i) a.\n(ii) b.\n(3) Ba.",
    { "(1)", "(2)", "(2) / (i)", "(2) / (ii)", "(3)" } },
  { "cardinals and ordinals", "Một là, a.\nHai là, b.\nBa là: c.\nThứ nhất, d.\nThứ hai, đ.",
    { "Một là", "Hai là", "Ba là", "Ba là / Thứ nhất", "Ba là / Thứ hai" } },
  { "bullets, which hold only their own paragraph",
    "1. Mục tiêu:\n- Một.\n- Hai.\n+ Hai một.\nĐoạn sau.\n- Ba.",
    { "1", "1 / -1", "1 / -2", "1 / -2 / +1", "1", "1 / -3" } },
  { "a new list after a colon", "Quan điểm:\n- Một.\n- Hai.\nMục tiêu:\n- Một.", { "", "-1", "-2",
    "", "-1" } },
  { "a part and an excerpt that begins in the middle", "Phần thứ ba\nCHÍNH SÁCH\nMột đoạn.", {
    "Phần thứ ba", "Phần thứ ba", "Phần thứ ba" } },
  { "an excerpt that begins with a high number", "7- Chính sách đối ngoại.\nMột đoạn.", { "7",
    "7" } },
  { "what stands behind an ornament", "I- MỘT\nĐoạn.\n* * *\nĐại hội kêu gọi.", { "I", "I", "" } },
  { "a capital that the roman numeral lacks a mark for", "I. MỘT\nĐoạn.\nII HAI BA\nĐoạn.", { "I",
    "I", "II", "II" } },
  { "marks in letters with detached accents",
    "Đie\u{302}\u{300}u 1:\nMo\u{323}\u{302}t đoạn.\nĐie\u{302}\u{300}u 2:\nHai.",
    { "Điều 1", "Điều 1", "Điều 2", "Điều 2" } },
}

describe("the path of a passage", function()
  for _, case in ipairs(paths) do
    it("follows " .. case[1], function()
      assert.same(case[3], texts.column(case[2], 1))
    end)
  end
end)

local traps = {
  { "“Năm là” without “Bốn là” before it", "Năm là một khoảng thời gian.\nĐoạn khác." },
  { "“Thứ hai”, a Monday", "Thứ hai, Quốc hội họp phiên đầu.\nĐoạn khác." },
  { "“Hai là” with no first", "Hai là, còn thiếu.\nĐoạn." },
  { "a date", "19-5-1890 là ngày sinh.\n01/7/2025 là ngày có hiệu lực." },
  { "a decimal number", "6,5% là mức tăng.\n6.5 triệu người.\n5.026 USD một người." },
  { "a year with a full stop", "2025. Trong năm đó." },
  { "initials", "V.I. Lênin nói.\nC. Mác viết.\nD. Smith đáp." },
  { "a year in parentheses", "(2017) là năm đầu." },
  { "khóa XIV at the beginning of a line", "XIV là khóa sau." },
  { "letters that no list has", "j) Đoạn.\nw) Đoạn khác.\n(f) Đoạn sau." },
  { "the year 1990", "Năm 1990 là năm kỷ niệm." },
}

describe("what is no mark", function()
  for _, case in ipairs(traps) do
    it("leaves alone " .. case[1], function()
      for _, path in ipairs(texts.column(case[2], 1)) do assert.equal("", path) end
    end)
  end
end)

local column = table.concat({
  "Đối ngoại đa phương là bộ phận quan trọng", "trong tổng thể chính sách đối ngoại và hội nhập",
  "quốc tế của Việt Nam. Đây là phương tiện hữu", "hiệu để nước ta triển khai đường lối đối ngoại",
  "độc lập, tự chủ, đa phương hóa, đa dạng hóa,", "hội nhập quốc tế của Đảng và Nhà nước ta tại\n",
}, "\n")

local wraps = {
  { "small letters on the next line", "Cần chủ động tham\ngia xây dựng thể chế.", 1 },
  { "a full line before a capital", column .. "Việt Nam trong thời kỳ đổi mới này.", 1 },
  { "a full line before a number", column .. "2021), thành viên Hội đồng Nhân quyền.", 1 },
  { "a full line that looks like a mark out of sequence", column .. "35. Thông qua hợp tác.", 1 },
  { "“kinh tế\\n- xã hội” in a column", column
    .. "các nước phát triển kinh tế với khoa học kinh tế\n- xã hội.", 1 },
  { "a blank line inside a sentence", "Những nguyên tắc từng \n\nđịnh hình trật tự.", 1 },
  { "a blank line after a word that ends nothing", "bình thường hóa quan hệ với \n\nTrung Quốc.",
    1 },
  { "a page mark inside a sentence", "nội dung và\n# page 2\ngiải pháp.", 1 },
  { "a heading in capitals over two lines", "ĐẠI HỘI ĐẠI BIỂU\nTOÀN QUỐC", 1 },
  { "an indented line behind a sentence", column .. "mọi nơi.\n    Đoạn hai bắt đầu.", 2 },
  { "a hanging indent below a bullet", column .. "mọi nơi.\n- Quan hệ với các nước bạn bè anh em\n"
    .. "  Việt Nam.", 2 },
  { "a number that goes on in the next part", "I. MỘT\n1- Một.\nII. HAI\n2- Hai.", 4 },
  { "two sentences on two lines", "Câu một.\nCâu hai.", 2 },
  { "a blank line between sentences", "Câu một.\n\ncâu hai.", 2 },
  { "a heading before its text", "QUYẾT NGHỊ\nĐại hội nhất trí.", 2 },
  { "paragraphs that end in a comma", "Nhân quyền được bảo vệ,\nCần khuyến khích quan hệ.", 2 },
  { "a list without marks after a colon", "Chúng ta:\nỦng hộ hòa bình.\nỦng hộ hợp tác.", 3 },
  { "an article's number before its text", "Điều 2.\nĐảng viên có nhiệm vụ:", 2 },
}

describe("lines that were wrapped", function()
  for _, case in ipairs(wraps) do
    it(("gives %d for %s"):format(case[3], case[1]), function()
      assert.equal(case[3], #texts.passages(case[2]))
    end)
  end
  it("joins a phrase that the line end cut", function()
    assert.same({ "Cần chủ động tham gia xây dựng." },
      texts.column("Cần chủ động tham\ngia xây dựng.", 3))
  end)
  it("counts joined lines, page marks and ornaments", function()
    local _, repairs = texts.passages "Một câu và\nnửa câu.\n# page 2\n*  *\n*\nCâu khác."
    assert.same({ joined_line = 1, page_mark = 1, ornament = 2 }, repairs)
  end)
end)

describe("the kind of a passage", function()
  it("tells headings, items and paragraphs", function()
    local bytes = "QUYẾT NGHỊ\nI- Tán thành báo cáo.\n1. Kết quả thực hiện\nMột đoạn.\n- Một gạch."
    local kinds = texts.column(bytes, 2)
    assert.same({ "heading", "item", "heading", "paragraph", "item" }, kinds)
  end)
end)
