-- Markdown: markup goes, text and offsets stay.

local text = require "vankien.host.text"
local markdown = require "vankien.import.markdown"
local texts = dofile "tests/support/texts.lua"

local cases = {
  { "headings", "## Mở đầu ##\nMột đoạn.", { "Mở đầu", "Một đoạn." } },
  { "emphasis", "**Một là**, *chủ động* và ***tích cực***.", { "Một là, chủ động và tích cực." } },
  { "emphasis inside a word", "chủ**động**", { "chủđộng" } },
  { "a mark of emphasis before a full stop", "**Điều 30**.", { "Điều 30." } },
  { "table bars", "| Năm | Số |\n|-----|----|\n| 2020 | 5 |", { "Năm Số", "2020 5" } },
  { "a lone bar and a star in a bar", "|\n* |\nMột.", { "Một." } },
  { "rules and comments", "Một.\n\n---\n\n<!-- ghi chú -->\nHai.", { "Một.", "Hai." } },
  { "a comment over several lines", "Một.\n<!-- a\nb\n-->\nHai.", { "Một.", "Hai." } },
  { "links", "Xem [Nghị quyết 59](https://x.vn/a_b) nhé.", { "Xem Nghị quyết 59 nhé." } },
  { "quotes", "> Trích *dẫn*.", { "Trích dẫn." } },
  { "tags", "Một<br> hai.", { "Một hai." } },
  { "bullets of stars", "* Một.\n* Hai.", { "* Một.", "* Hai." } },
  { "underscores inside names", "tệp a_b_c.txt ở đây", { "tệp a_b_c.txt ở đây" } },
  { "escapes", "5 \\* 3", { "5 * 3" } },
  { "a star between spaces", "5 * 3", { "5 * 3" } },
}

describe("a Markdown text", function()
  for _, case in ipairs(cases) do
    it("loses " .. case[1], function()
      assert.same(case[3], texts.column(case[2], 3, "markdown"))
    end)
  end
  it("keeps the sentence that a page comment cuts", function()
    local found, repairs = texts.passages("quan điểm,\n\n<!-- page: 2 -->\n\nnội dung.", "markdown")
    assert.equal("quan điểm, nội dung.", found[1][3])
    assert.equal(1, repairs.page_mark)
  end)
  it("counts what it left out, by kind", function()
    local _, repairs = texts.passages("# Một\n**hai** | ba\n", "markdown")
    assert.same({ heading_mark = 1, emphasis = 2, table_bar = 1 }, repairs)
  end)
  it("knows where every character stood", function()
    local bytes = "a **Một là**, [chủ động](x) tham\ngia"
    local all = markdown.lines(bytes, 0, {})
    local fragments = {}
    for _, line in ipairs(all) do
      local pieces = line.pieces or { line.from, line.to }
      table.move(pieces, 1, #pieces, #fragments + 1, fragments)
    end
    local clean, map = text.clean(bytes, fragments)
    for _, token in ipairs(text.tokens(clean)) do
      local from = text.original_offset(map, fragments[1], token.from - 1)
      local to = text.original_offset(map, fragments[1], token.to - 1) + 1
      assert.equal(clean:sub(token.from, token.to), bytes:sub(from + 1, to))
    end
  end)
end)
