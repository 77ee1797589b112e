-- PDF, Word, OpenDocument, e-books, web pages: what is read, what is refused, what a
-- hostile file cannot do.  Needs pdftotext (poppler-utils) and pandoc.

local imported = require "tests.support.imported"
local ingest = require "vankien.corpus.ingest"
local pandoc = require "vankien.import.pandoc"
local pdf = require "tests.support.pdf"
local process = require "vankien.host.process"
local program = require "tests.support.program"
local stores = require "tests.support.stores"
local sys = require "vankien.host.sys"

local texts = imported.texts

local has_pandoc, has_pdftotext = process.find "pandoc", process.find "pdftotext"
local with_pandoc = has_pandoc and it or pending
local with_pdf = has_pdftotext and it or pending

local page = [[
# CHỈ THỊ về đối ngoại đa phương

Việt Nam **chủ động** tham gia, phát huy *vai trò*[^1] nòng cốt; xem [Hiến chương](http://un.org).

[^1]: Theo Nghị quyết 22.

I- Quan điểm

a) hội nhập quốc tế sâu rộng;
b) độc lập, tự chủ.

| Cơ quan | Việc |
|---|---|
| Bộ Ngoại giao | chủ trì, phối hợp |
| Bộ Công Thương | đàm phán |
]]

-- A file as pandoc itself writes it.
local function written(format)
  local ended = assert(process.run { file = "pandoc", input = page,
    args = { "-s", "--metadata", "title=x", "-f", "markdown+hard_line_breaks", "-t", format,
      "-o", "-" } })
  assert(ended.exit == 0, ended.err)
  return ended.out
end

local folder
local function read(name, bytes, options)
  if folder then texts.clear(folder) end
  folder = texts.folder { [name] = bytes }
  local records, problems = imported.paths({ folder .. "/" .. name }, options)
  return records[1], problems[1]
end

local function holds(list, wanted)
  for _, item in ipairs(list) do if item == wanted then return true end end
  return false
end

local paragraphs = {
  "BỘ CHÍNH TRỊ", "NGHỊ QUYẾT",
  "Thực hiện kế hoạch 5 năm 2011 - 2015 về phát triển kinh tế - xã hội, "
    .. "toàn Đảng, toàn dân, toàn quân ta đã nỗ lực phấn đấu, đạt được những thành tựu quan trọng.",
  "1. Chủ động và tích cực hội nhập quốc tế, nâng cao vị thế của đất nước trong các cơ chế.",
}

describe("import of other formats", function()
  after_each(function()
    if folder then texts.clear(folder) end
    folder = nil
  end)

  for _, format in ipairs { "docx", "odt", "html", "epub" } do
    with_pandoc("reads the text of " .. format .. " in order, without its markup", function()
      local bytes = written(format)
      local record, problem = read("a." .. format, bytes)
      assert.is_nil(problem)
      local passages = imported.passages(record)
      assert.truthy(holds(passages, "CHỈ THỊ về đối ngoại đa phương"), record.bytes)
      assert.truthy(record.bytes:find("Việt Nam chủ động tham gia, phát huy vai trò", 1, true))
      assert.truthy(record.bytes:find("nòng cốt; xem Hiến chương.", 1, true))
      assert.truthy(record.bytes:find("\n\nBộ Công Thương\n\nđàm phán\n", 1, true))
      assert.same({ #bytes, sys.sha256(bytes) }, { record.origin.bytes, record.origin.sha256 })
      assert.truthy(record.origin.tool:find("^pandoc %d.*%-f " .. format))
    end)
  end

  with_pandoc("reads the structure of Word: headings, marks, notes beside their words", function()
    local record = read("a.docx", written "docx")
    local kinds, paths = {}, {}
    for n, passage in ipairs(record.passages) do
      local words = imported.passages(record)[n]
      kinds[words], paths[words] = passage.kind, passage.path
    end
    assert.equal("heading", kinds["CHỈ THỊ về đối ngoại đa phương"])
    assert.equal("I / a", paths["a) hội nhập quốc tế sâu rộng;"])
    assert.truthy(record.bytes:find("vai trò\\[1\\] nòng cốt", 1, true), record.bytes)
    assert.truthy(record.bytes:find("\\[1\\] Theo Nghị quyết 22.", 1, true))
  end)

  with_pdf("reads PDF word for word, dashes at line ends too, with its pages", function()
    local bytes = pdf.set(paragraphs, { columns = 36 })
    local record, problem = read("a.pdf", bytes)
    assert.is_nil(problem)
    local found = {}
    for word in record.bytes:gsub("# page %d+\n", ""):gmatch "%S+" do found[#found + 1] = word end
    assert.equal(table.concat(paragraphs, " "), table.concat(found, " "))
    assert.truthy(record.bytes:find "^# page 1\n")
    assert.equal("1", record.passages[#record.passages].path)
    assert.truthy(record.origin.tool:find "^pdftotext %d.*%-raw")
  end)

  with_pdf("reads by their places letters that were drawn behind the others", function()
    local lines, behind = {}, {}
    for n, paragraph in ipairs { "Đại hội nhất trí thông qua Nghị quyết về đường lối đối ngoại",
      "độc lập, tự chủ, chủ động và tích cực hội nhập quốc tế toàn diện,",
      "bảo đảm lợi ích quốc gia của dân tộc, đưa đất nước phát triển bền vững." } do
      local x, y = 70, 780 - 18 * n
      local shown = {}
      for _, c in utf8.codes(paragraph) do
        if c >= 0x1EA0 then
          behind[#behind + 1] = { text = utf8.char(c), x = x, y = y }
          c = 32
        end
        shown[#shown + 1], x = utf8.char(c), x + 6
      end
      lines[n] = { text = table.concat(shown), x = 70, y = y }
    end
    table.move(behind, 1, #behind, #lines + 1, lines)
    local record, problem = read("a.pdf", pdf.of { lines })
    assert.is_nil(problem)
    assert.truthy(record.bytes:find("Nghị quyết về đường lối đối ngoại\nđộc lập", 1, true),
      record.bytes)
    assert.truthy(record.notes[1]:find("read by their places", 1, true))
    assert.is_nil(record.origin.tool:find("-raw", 1, true))
  end)

  with_pandoc("reads Rich Text, however its letters are written", function()
    local head = "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset163 Times;}}\\f0 "
    local written_as = {
      "\\u272?\\u7841?i h\\u7897?i \\u273?\\u7891?ng \\u253?",
      "\\u272 ?\\u7841 ?i h\\u7897 ?i \\u273 ?\\u7891 ?ng \\u253 ?",
      "\\u272\\'d0\\u7841\\'3fi h\\u7897\\'3fi \\u273\\'f0\\u7891\\'3fng \\u253\\'fd",
      "\\'d0a\\'f2i h\\'f4\\'f2i \\'f0\\'f4\\'ccng y\\'ec",
    }
    for _, letters in ipairs(written_as) do
      local record, problem = read("a.rtf", head .. letters .. ".}")
      assert.is_nil(problem)
      assert.same({ "Đại hội đồng ý." }, imported.passages(record))
    end
    local _, problem = read("a.rtf", head .. "\\uc2 \\u272??\\u7841??i.}")
    assert.truthy(problem.message:find("pandoc loses", 1, true))
  end)

  with_pdf("notes pages without text, and refuses a scan with the way to read it", function()
    local line = { text = "Việt Nam chủ động tham gia.", x = 70, y = 700 }
    local record = read("a.pdf", pdf.of { { line }, {}, { line } })
    assert.truthy(record.notes[1]:find("1 of 3 pages (2)", 1, true), record.notes[1])
    local none, problem = read("a.pdf", pdf.of { {}, {} })
    assert.is_nil(none)
    assert.equal("refused", problem.code)
    assert.truthy(problem.message:find("2 pages", 1, true))
    assert.truthy(problem.hint:find("tesseract-ocr-vie", 1, true))
  end)

  with_pdf("refuses a PDF whose font numbers its letters as it likes", function()
    local shown = { [0xE0] = 0xB7, [0xE1] = 0xB5, [0x1EA3] = 0xA9, [0x1ED9] = 0xD9 }
    local bytes = pdf.set(paragraphs, { means = function(c)
      return shown[c] or (c >= 0x1EA0 and 0xA1 + c % 30) or c
    end })
    local record, problem = read("a.pdf", bytes)
    assert.is_nil(record)
    assert.equal("refused", problem.code)
    assert.truthy(problem.message:find("a font numbers them", 1, true), problem.message)
    assert.truthy(problem.hint:find("ocrmypdf -l vie", 1, true))
  end)

  with_pandoc("leaves menus, forms and scripts of a web page out, and says so", function()
    local record = read("a.html", "<html><head><title>T</title><style>p{}</style></head><body>"
      .. "<nav><a href=x>Trang chủ</a></nav><p>Việt Nam chủ động <b>hội nhập</b>.</p>"
      .. "<script>let a = '<p>x</p>'</script><FORM>Tìm</FORM><navy>Hai.</navy>"
      .. "<footer>Bản quyền</footer></body></html>")
    assert.same({ "Việt Nam chủ động hội nhập. Hai." }, { (table.concat(imported.passages(record),
      " ")) })
    assert.equal("left out of the page: 1 menus, 1 page footers, 1 forms", record.notes[1])
  end)

  with_pandoc("reads a web page in the encoding that it declares, and notes that", function()
    local record = read("a.html", "<html><head><meta charset='windows-1258'></head><body><p>\xD0a"
      .. "\xF2i h\xF4\xF2i</p></body></html>")
    assert.truthy(record.bytes:find("Đại hội", 1, true))
    assert.equal("CP1258", record.origin.encoding)
    assert.equal("read as CP1258, as the page says", record.notes[1])
  end)

  with_pandoc("takes text of an old font out of Word when the encoding is named", function()
    local ended = process.run { file = "pandoc", args = { "-f", "html", "-t", "docx", "-o", "-" },
      input = "<p>§¹i héi lÇn thø XIV cña §¶ng céng s¶n ViÖt Nam</p>" }
    local _, problem = read("a.docx", ended.out)
    assert.truthy(problem.hint:find("--encoding TCVN3-as-Latin-1", 1, true), tostring(problem))
    local record = read("a.docx", ended.out, { encoding = "TCVN3-as-Latin-1" })
    assert.same({ "Đại hội lần thứ XIV của Đảng cộng sản Việt Nam" }, imported.passages(record))
  end)

  with_pdf("keeps what file a text came from, in the store", function()
    local store <close> = setmetatable({ of = stores.fresh() }, { __close = function(s)
      stores.drop(s.of)
    end })
    local bytes = pdf.set(paragraphs)
    folder = texts.folder { ["a.pdf"] = bytes }
    assert(ingest.run(store.of, { folder }))
    local tool, size, sha256 = store.of.conn:first(
      "SELECT tool, file_bytes, file_sha256 FROM conversions")
    assert.truthy(tool:find("^pdftotext"))
    assert.same({ #bytes, sys.sha256(bytes) }, { size, sha256 })
    assert.equal(1, assert(ingest.run(store.of, { folder })).unchanged)
    local origin = require "vankien.query".collection(store.of, "documents"):where "title = 'a'"
      :first().origin
    assert.same({ file = folder .. "/a.pdf", bytes = #bytes, sha256 = sys.sha256(bytes),
      tool = tool }, origin)
  end)
end)

describe("a file that lies, is damaged or hostile", function()
  after_each(function()
    if folder then texts.clear(folder) end
    folder = nil
  end)

  local lying = {
    { "PDF named .txt", "a.txt", "%PDF-1.4\n…", "this is PDF" },
    { "a ZIP archive named .pdf", "a.pdf", "PK\3\4xxxx", "this is an archive" },
    { "Word named .odt", "a.odt", "PK\3\4 word/document.xml", "this is a Word file" },
    { "Rich Text named .txt", "a.txt", "{\\rtf1 x}", "this is Rich Text" },
    { "an old Word file named .docx", "a.docx", "\xD0\xCF\x11\xE0xxx", "the old kind" },
    { "a picture named .txt", "a.txt", "\x89PNG\r\n\26\n", "this is a picture" },
    { "a web page named .md", "a.md", "\n<!DOCTYPE html><p>x", "this is a web page" },
    { "text named .pdf", "a.pdf", "Việt Nam", "this is not PDF" },
    { "text named .docx", "a.docx", "Việt Nam", "this is not a Word file" },
    { "a program named .html", "a.html", "\x7FELF", "this is a program" },
  }
  for _, case in ipairs(lying) do
    it("is told of by what it is: " .. case[1], function()
      local record, problem = read(case[2], case[3])
      assert.is_nil(record)
      assert.equal("bad_input", problem.code)
      assert.equal(folder .. "/" .. case[2], problem.place)
      assert.truthy(problem.message:find(case[4], 1, true), problem.message)
    end)
  end

  with_pdf("is no PDF after all, or one with a password", function()
    local whole = pdf.set(paragraphs)
    local _, cut = read("a.pdf", whole:sub(1, 900))
    assert.truthy(cut.message:find("damaged: Syntax Error", 1, true), cut.message)
    local key = ("11"):rep(32)
    local _, locked = read("a.pdf", pdf.of({ {} }, { trailer = ("/Encrypt << /Filter /Standard "
      .. "/V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>] "):format(key, key) }))
    assert.truthy(locked.message:find("encrypted", 1, true), locked.message)
    assert.truthy(locked.hint:find("qpdf", 1, true))
  end)

  with_pandoc("is a broken archive", function()
    local _, problem = read("a.docx", written "docx":sub(1, 4000) .. "word/document.xml")
    assert.truthy(problem.message:find("damaged", 1, true), problem.message)
  end)

  with_pandoc("is ended when it takes too long, too much memory, or gives too much", function()
    local many = "<p>" .. ("<b>a</b> "):rep(100000)
    local _, late = read("a.html", many, { limits = { seconds = 0.02 } })
    assert.truthy(late.message:find("took longer", 1, true), late.message)
    local _, large = read("a.html", many, { limits = { heap_mb = 16 } })
    assert.truthy(large.message:find("out of memory", 1, true), large.message)
    local _, much = read("a.html", many, { limits = { output_bytes = 5000 } })
    assert.truthy(much.message:find("more text than is read", 1, true), much.message)
  end)

  with_pandoc("reads no other file of the machine", function()
    folder = texts.folder { ["secret.txt"] = "BÍ MẬT" }
    local at = folder .. "/secret.txt"
    local page_bytes = ("<p>Việt Nam</p><iframe src='%s'></iframe><object data='%s'></object>"
      .. "<img src='%s'>"):format(at, at, at)
    local record = imported.paths { texts.folder { ["a.html"] = page_bytes } .. "/a.html" }
    assert.truthy(record[1].bytes:find("Việt Nam", 1, true))
    assert.is_nil(record[1].bytes:find("BÍ MẬT", 1, true))
  end)

  it("nests without end, and is refused, not followed", function()
    local deep = ('{"t":"Div","c":[["",[],[]],['):rep(500)
    local _, reason = pandoc.markdown('{"blocks":[' .. deep .. ("]]}"):rep(500) .. "]}")
    assert.truthy(reason:find("nested", 1, true))
  end)

  it("makes no page slow whose tags nothing closes", function()
    local html = require "vankien.import.html"
    for _, tag in ipairs { "<nav ", "<nav>", "<nav>x</", "<script><", "</nav>" } do
      local from = sys.clock()
      assert(html.read(tag:rep(200000), nil, "a.html"))
      assert.truthy(sys.clock() - from < 2, tag)
    end
  end)

  it("needs a converter that is not there: its package is named", function()
    local _, pdf_problem = read("a.pdf", "%PDF-1.4", { limits = { pdftotext = "/no/pdftotext" } })
    assert.equal("not_found", pdf_problem.code)
    assert.equal("sudo apt install poppler-utils", pdf_problem.hint)
    local _, html_problem = read("a.html", "<p>x", { limits = { pandoc = "/no/pandoc" } })
    assert.equal("sudo apt install pandoc", html_problem.hint)
  end)

  -- whatever waits or has no end: told at once
  local hostile = {
    { "a pipe", "mkfifo a.pdf" }, { "a device", "ln -s /dev/zero a.pdf" },
    { "a link to itself", "ln -s a.pdf a.pdf" }, { "a file of 1 TB", "truncate -s 1T a.pdf" },
    { "a text of 1 TB", "truncate -s 1T a.txt" }, { "a CSV of 1 TB", "truncate -s 1T a.csv" },
    { "a line of 1 GB", "truncate -s 1G a.jsonl" },
  }
  for _, case in ipairs(hostile) do
    it("is refused within a second: " .. case[1], function()
      folder = program.folder()
      assert.equal(0, program.shell(case[2], { folder = folder }))
      local name = case[2]:match "(%S+)$"
      local from = sys.clock()
      local code, _, said = program.run({ "--store", "s.db", "import", name }, { folder = folder })
      assert.truthy(code == 2 or code == 4, said)
      assert.truthy(said:find(name, 1, true), said)
      assert.truthy(sys.clock() - from < 1, sys.clock() - from)
    end)
  end
end)
