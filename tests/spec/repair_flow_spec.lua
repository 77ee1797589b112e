-- Units that begin in mid-line, as text layers of one line a page have them: where the line is
-- broken, and where it must not be.

local text = require "vankien.host.text"
local texts = dofile "tests/support/texts.lua"

-- Words enough to make a line that is a page.
local FILLER = ("Toàn Đảng, toàn dân, toàn quân đoàn kết, thống nhất, đổi mới. "):rep(12)

-- The lines of a page that holds `line`, without the filler.
local function lines_of(line)
  local bytes = "# page 1\n" .. FILLER .. "\n# page 2\n" .. FILLER .. line
  local found = text.repairs(bytes, 0)
  local out = found and found:text() or bytes
  local at = select(2, out:find("page 2\n" .. FILLER:sub(1, -2), 1, true))
  local list = {}
  for part in (out:sub(at + 1)):gmatch "[^\n]+" do list[#list + 1] = part:match "^ *(.-) *$" end
  if list[1] == "" then table.remove(list, 1) end
  return list
end

local breaks = {
  { "Câu trước. 1. Tiếp tục đổi mới. 2. Phát triển đất nước.",
    "Câu trước.|1. Tiếp tục đổi mới.|2. Phát triển đất nước." },
  { "Gồm: a) Một việc; b) Hai việc; c) Ba việc.", "Gồm:|a) Một việc;|b) Hai việc;|c) Ba việc." },
  { "Gồm: d) X." , "Gồm: d) X." },
  { "Cụ thể là: (1) Bối cảnh; (2) Vấn đề.", "Cụ thể là:|(1) Bối cảnh;|(2) Vấn đề." },
  { "Kết quả đạt được (1) Kinh tế phát triển. (2) Văn hoá tiến bộ.",
    "Kết quả đạt được|(1) Kinh tế phát triển.|(2) Văn hoá tiến bộ." },
  { "Kết thúc. I- Đánh giá chung. II- Phương hướng.",
    "Kết thúc.|I- Đánh giá chung.|II- Phương hướng." },
  { "Hết. I- BỐI CẢNH THẾ GIỚI 1.1. TRONG KHU VỰC Những năm qua. 1.2. TRONG NƯỚC Ta đã.",
    "Hết.|I- BỐI CẢNH THẾ GIỚI|1.1. TRONG KHU VỰC|Những năm qua.|1.2. TRONG NƯỚC|Ta đã." },
  { "Bài học. Một là, nắm vững. Hai là, phát huy.",
    "Bài học.|Một là, nắm vững.|Hai là, phát huy." },
  { "Bài học: Thứ nhất, nắm vững. Thứ hai, phát huy.",
    "Bài học:|Thứ nhất, nắm vững.|Thứ hai, phát huy." },
  { "Xong. Điều 1. Đảng viên. Điều 2. Nhiệm vụ.", "Xong.|Điều 1. Đảng viên.|Điều 2. Nhiệm vụ." },
  { "Xong. Chương I ĐẢNG VIÊN Điều 1. Đảng viên.", "Xong.|Chương I ĐẢNG VIÊN|Điều 1. Đảng viên." },
  { "Như sau: - Hoà bình; - Hợp tác.", "Như sau:|- Hoà bình;|- Hợp tác." },
  { "Hết. 2.1. Một. 2.1.1. Nhỏ. 2.1.2. Nữa. 2.2. Hai.",
    "Hết.|2.1. Một.|2.1.1. Nhỏ.|2.1.2. Nữa.|2.2. Hai." },
}

local traps = {
  "Năm là năm bản lề. Năm là, tăng trưởng cao.",           -- without Bốn là
  "Họp vào. Thứ hai, ngày 5 tháng 2.",                      -- Monday, without Thứ nhất
  "của khoá XIV. Kết quả", "Đại hội XIII. Kết quả", "Đại hội lần thứ V. Nghị quyết",
  "tăng 2.5 lần. Đạt 6.5 điểm.", "năm 2025. 30 tỉnh, thành. 15 nước", "đạt 7. 8 và 9 không đạt",
  "theo Điều 5 của Hiến chương. Điều 5 quy định", "tại khoản 2. Điều 7 nêu",
  "trang 12. Xem mục 3. Kết",
  "tr. 147. Nxb. Chính trị", "kinh tế - xã hội, châu Á - Thái Bình Dương - Ấn Độ", "2021 - 2025",
  "Hội nghị lần 3. Bộ Chính trị đã họp", "chữ a) hay chữ b) trong bài", "số (2) và số (3)",
  "gồm phần a; phần b) đã bỏ. c) Không rõ", "Nghị quyết 36-NQ/TW. 59-NQ/TW cũng vậy",
  "ngày 23. 01. 2026", "thế kỷ XX. XXI là thế kỷ", "Chương trình mục tiêu. Mục tiêu là",
  "hai. Ba là số lẻ.",
}

describe("units in mid-line", function()
  for _, case in ipairs(breaks) do
    it(("begin anew: “%s”"):format(case[1]), function()
      assert.equal(case[2], table.concat(lines_of(case[1]), "|"))
    end)
  end

  for _, trap in ipairs(traps) do
    it(("do not begin in “%s”"):format(trap), function()
      assert.equal(trap, table.concat(lines_of(trap), "|"))
    end)
  end

  it("are not looked for where a line is a paragraph", function()
    assert.is_nil(text.repairs("Câu trước. 1. Tiếp tục đổi mới. 2. Phát triển đất nước.\n", 0))
  end)

  it("lie in the path of the units above them", function()
    local bytes = "# page 1\nBÁO CÁO. " .. FILLER .. "\n# page 2\n" .. FILLER
      .. "I- Đánh giá. 1. Kết quả: a) Một việc; b) Hai việc. 2. Hạn chế. II- Phương hướng. "
      .. "1. Mục tiêu. " .. FILLER
    local repaired = text.repairs(bytes, 0):text()
    local paths = texts.column(repaired, 1)
    while paths[1] == "" do table.remove(paths, 1) end
    assert.same({ "I", "I / 1", "I / 1 / a", "I / 1 / b", "I / 2", "II", "II / 1" }, paths)
  end)
end)

describe("the political report of XIV, one line a page", function()
  it("has its fifteen sections, in order", function()
    local folder = texts.real()
    if not folder then return pending "the texts are not held here (VANKIEN_TEXTS)" end
    local file <close> = assert(io.open(folder .. "/xiv/bcct_xiv.txt"))
    local seen, order = {}, {}
    for _, path in ipairs(texts.column(text.repairs(file:read "a", 0):text(), 1)) do
      local section = path:match "^[IVX]+"
      if section and not seen[section] then
        seen[section] = true
        order[#order + 1] = section
      end
    end
    assert.equal("I II III IV V VI VII VIII IX X XI XII XIII XIV XV", table.concat(order, " "))
  end)
end)
