-- Whole small files, as an analyst has them: what they become.

local import = require "vankien.import"
local text = require "vankien.host.text"

local FOLDER = "tests/fixtures/import/"

local function records(paths, options)
  local found = import.sources(paths, options)
  assert.same({}, found.problems)
  local out, next_record = {}, import.read(found.sources, options)
  while true do
    local record, wrong = next_record()
    if not record then
      assert.is_nil(wrong)
      return out
    end
    out[#out + 1] = record
  end
end

local function passages(name)
  local record = records({ FOLDER .. name })[1]
  local out = {}
  for n, passage in ipairs(record.passages) do
    out[n] = ("%s|%s|%s"):format(passage.path, passage.kind,
      (text.clean(record.text, passage.fragments)))
  end
  return out, record
end

describe("an imported file", function()
  it("that was set in two columns has its sentences back", function()
    assert.same({
      "-1|item|● Từ khóa: đối ngoại đa phương, chủ động, dẫn dắt",
      "|paragraph|Đường lối đổi mới được khởi xướng năm 1986 đánh dấu một bước ngoặt trong tiến "
        .. "trình phát triển của đất nước. Những nguyên tắc từng định hình trật tự cũ đang đứng "
        .. "trước thách thức. Việt Nam chuyển từ “tham dự” sang “chủ động tham gia”, đóng góp và "
        .. "dẫn dắt trong các vấn đề quốc tế tại Liên hợp quốc. Trên nền đó Việt Nam giữ vai trò "
        .. "nòng cốt (các nhiệm kỳ 2008 - 2009 và 2020 - 2021), góp phần định hình luật lệ, "
        .. "phát triển kinh tế - xã hội.",
      "1|heading|1. Chủ trương nhất quán của Việt Nam về đối ngoại đa phương",
      "1 / Một là|item|Một là, tăng cường công tác nghiên cứu, dự báo chiến lược, tham mưu về "
        .. "đối ngoại.",
      "1 / Hai là|item|Hai là, tiếp tục đổi mới hơn nữa tư duy và phương thức tiếp cận.",
    }, (passages "two_columns_hard_wrapped.txt"))
  end)

  it("with a header, pages and ornaments keeps only the text", function()
    local found, record = passages "header_pages_and_ornaments.txt"
    assert.same({
      "|heading|ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIII",
      "|heading|QUYẾT NGHỊ",
      "I|heading|I- Tán thành những nội dung cơ bản của báo cáo",
      "I / 1|heading|1. Kết quả thực hiện",
      "I / 1|paragraph|Năm năm qua, đất nước đạt nhiều kết quả và tiếp tục đổi mới.",
      "I / 1 / -1|item|- Đến năm 2025, là nước đang phát triển.",
      "I / 1 / -2|item|- Đến năm 2030, là nước thu nhập trung bình cao.",
      "II|item|II- Thông qua Điều lệ Đảng.",
      "|paragraph|Đại hội kêu gọi toàn Đảng đoàn kết.",
    }, found)
    assert.same({ "XIII", "2021-02-01", "resolution" },
      { record.meta.congress, record.meta.issued, record.meta.attributes.kind })
    assert.same({ joined_line = 2, ornament = 2, page_mark = 2 }, record.repairs)
  end)

  it("in Markdown loses its markup", function()
    assert.same({
      "|heading|ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XI",
      "|paragraph|Hà Nội, ngày 19 tháng 01 năm 2011",
      "Chương I|heading|Chương I", "Chương I|heading|ĐẢNG VIÊN",
      "Chương I / Điều 1|heading|Điều 1.",
      "Chương I / Điều 1 / 1|item|1. Đảng viên phấn đấu cho mục đích, lý tưởng.",
      "Chương I / Điều 1 / 1 / a|item|a) Tuyệt đối trung thành;",
      "Chương I / Điều 1 / 1 / b|item|b) Không ngừng học tập.",
      "Chương I / Điều 2|heading|Điều 2.",
      "Chương I / Điều 2|paragraph|Đảng viên có nhiệm vụ:",
      "Chương I / Điều 2 / -1|item|- Tham gia xây dựng Đảng.",
    }, (passages "charter_with_markup.md"))
  end)

  it("of JSON Lines holds its documents", function()
    local found = records { FOLDER .. "two_documents.jsonl" }
    assert.same({ "98-NQ/TW", "Nghị quyết", "XIV", 2 }, { found[1].meta.number,
      found[1].meta.type, found[1].meta.congress, #found[1].passages })
    assert.same({ "2030-04", "month", "report" }, { found[2].meta.issued,
      found[2].meta.issued_precision, found[2].meta.attributes.genre })
  end)

  it("is described by the manifest before its own header", function()
    local found = records({}, { manifest = FOLDER .. "manifest.csv" })
    assert.same({ "Nghị quyết mẫu, bản thử", "Nghị quyết", "resolution" }, { found[1].meta.title,
      found[1].meta.type, found[1].meta.attributes.genre })
    assert.equal("XI", found[2].meta.congress)
  end)
end)
