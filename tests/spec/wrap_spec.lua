-- Which line ends are the page's: texts set in columns, as converters give them, and lines that
-- only look like that.

local set = dofile("tests/support/damage.lua").set
local texts = dofile "tests/support/texts.lua"

local function lines(...) return table.concat({ ... }, "\n") end

local SHORT = {
  "1. Ban Chấp hành Trung ương Đảng bầu Bộ Chính trị; bầu Tổng Bí thư trong số Uỷ viên Bộ Chính "
    .. "trị.",
  "2. Số lượng Uỷ viên Bộ Chính trị do Ban Chấp hành Trung ương quyết định.",
  "3. Ban Bí thư lãnh đạo công việc hằng ngày của Đảng: chỉ đạo công tác xây dựng Đảng và công "
    .. "tác quần chúng; kiểm tra việc thực hiện các nghị quyết của Ban Chấp hành Trung ương.",
  "4. Bộ Chính trị báo cáo công việc đã làm trước hội nghị Ban Chấp hành Trung ương.",
  "5. Đảng viên có quyền được thông tin và thảo luận các vấn đề về Cương lĩnh chính trị, Điều lệ.",
}

describe("lines of a column", function()
  for _, columns in ipairs { 40, 48, 56, 64, 72 } do
    it(("are joined where paragraphs are short, at %d columns"):format(columns), function()
      local page = {}
      for n, paragraph in ipairs(SHORT) do page[n] = set(paragraph, columns) end
      assert.same(SHORT, texts.column(table.concat(page, "\n"), 3))
    end)
  end

  it("are joined in a first paragraph of few lines, by what follows it", function()
    local first = "Đại hội lần thứ XIII của Đảng họp sau khi thảo luận các văn kiện do Ban Chấp "
      .. "hành Trung ương Đảng khoá XII trình,"
    local page = set(first, 60) .. "\n\n" .. set(table.concat(SHORT, " "):gsub("%d%. ", ""), 60)
    assert.equal(first, texts.column(page, 3)[1])
  end)

  it("are joined over a page where the line is full, not where a heading ends", function()
    local long = (table.concat(SHORT, " "):gsub("%d%. ", ""))
    local page = set(long, 46)
    assert.same({ long }, texts.column(page:gsub("\n(%u)", "\n\f%1", 1), 3))
    local heading = page .. "\n\nMột tiêu đề ngắn\n\f" .. page
    assert.same({ long, "Một tiêu đề ngắn", long }, texts.column(heading, 3))
  end)

  it("are joined although two of them came as one", function()
    local long = (table.concat(SHORT, " "):gsub("%d%. ", ""))
    local whole = long .. " " .. long .. " " .. long
    local page, n = set(whole, 50), 0
    page = page:gsub("\n", function()
      n = n + 1
      return n == 7 and " " or "\n"
    end)
    assert.same({ whole }, texts.column(page, 3))
  end)
end)

describe("lines of no column", function()
  it("stay apart: names, titles, rows", function()
    local list = {
      "Đồng chí Nguyễn Văn An, Uỷ viên Trung ương", "Đồng chí Trần Thị Bình",
      "Đồng chí Lê Văn Cường, Chủ nhiệm Uỷ ban Kiểm tra", "Đồng chí Phạm Dũng",
      "Đồng chí Hoàng Thị Em, Bí thư Tỉnh uỷ", "Đồng chí Vũ Gia",
    }
    assert.same(list, texts.column(lines(table.unpack(list)), 3))
  end)

  it("stay apart: sentences of one line each", function()
    local list = {
      "Đảng lãnh đạo Nhà nước và xã hội.", "Nhân dân làm chủ đất nước của mình.",
      "Nhà nước quản lý bằng pháp luật.", "Mặt trận tập hợp các tầng lớp nhân dân.",
      "Đoàn thể chăm lo đoàn viên, hội viên.",
    }
    assert.same(list, texts.column(lines(table.unpack(list)), 3))
  end)
end)
