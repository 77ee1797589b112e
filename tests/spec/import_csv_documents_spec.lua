-- CSV and TSV with a document a row.

local csv = require "vankien.util.csv"
local imported = require "tests.support.imported"

local texts = imported.texts
local folder

local function read(name, bytes, options)
  local records, problems, notes
  records, problems, notes, folder = imported.files({ [name] = bytes }, options)
  return records, problems, notes
end

describe("import of CSV with a column of text", function()
  after_each(function()
    if folder then texts.clear(folder) end
    folder = nil
  end)

  it("reads a row a document: metadata, attributes, text with line ends", function()
    local records, problems = read("d.csv", 'Number,Issued,Title,Genre,Text\r\n'
      .. '25-CT/TW,08/8/2018,"Về đối ngoại, đa phương",speech,"Đoạn một.\r\nĐoạn ""hai""."\r\n'
      .. ',2020,Hai,,Ba.\r\n')
    assert.same({}, problems)
    assert.equal(2, #records)
    local meta = records[1].meta
    assert.same({ "25-CT/TW", "2018-08-08", "Về đối ngoại, đa phương", { genre = "speech" } },
      { meta.number, meta.issued, meta.title, meta.attributes })
    assert.same({ "Đoạn một.", 'Đoạn "hai".' }, imported.passages(records[1]))
    assert.equal(folder .. "/d.csv#2", records[1].locator)
    assert.equal(folder .. "/d.csv:4", records[2].place)
  end)

  it("reads tabs in .tsv, where commas are nothing", function()
    local records, problems = read("d.tsv", "title\ttext\nMột, hai\tBa, bốn.\n")
    assert.same({}, problems)
    assert.same({ "Một, hai", "Ba, bốn." }, { records[1].meta.title, records[1].bytes })
  end)

  it("reads what a spreadsheet writes as Unicode text, when UTF-16 is named", function()
    local bytes = "\xFF\xFE" .. ("title\ttext\r\nA\tNam.\r\n"):gsub(".", "%0\0")
    local _, problems = read("d.tsv", bytes)
    assert.truthy(problems[1].hint:find("--encoding UTF-16", 1, true), tostring(problems[1]))
    texts.clear(folder)
    local records = read("d.tsv", bytes, { encoding = "UTF-16" })
    assert.equal("Nam.", records[1].bytes)
  end)

  local bad = {
    { "a row with a field more", "title,text\na,b\nc,d,e\n", 3, "3 fields where the first line" },
    { "a row without text", "title,text\na,\n", 2, 'no "text"' },
    { "a bad date", "issued,text\n2025-02-30,b\n", 2, "28 days" },
    { "a quotation mark inside a field", 'title,text\na,b"c\n', 2, "inside an unquoted" },
    { "an open quotation mark", 'title,text\na,"b\n', 2, "never closed" },
    { "a column that stands twice", "title,text,title\na,b,c\n", 1, "stands twice" },
    { "a slip in a column's name", "titel,text\na,b\n", 1, 'did you mean "title"' },
    { "no column of text", "title,body\na,b\n", 1, 'no column "text"' },
    { "a manifest", "file,title\na.txt,b\n", 1, "--manifest" },
    { "another delimiter", "title;text\na;b\n", 1, "separated by commas" },
    { "a zero byte", "title,text\na,b\0c\n", 2, "NUL" },
    { "a text that is not UTF-8", "title,text\na,\xD0\xD5i h\xB5i\n", 2, "not UTF-8" },
    { "no row", "title,text\n", nil, "holds no document" },
  }
  for _, case in ipairs(bad) do
    it("refuses " .. case[1] .. ", with its line", function()
      folder = texts.folder { ["d.csv"] = case[2] }
      local records, problems = imported.paths { folder .. "/d.csv" }
      assert.equal(0, #records + (case[3] == 3 and -1 or 0))
      assert.equal(folder .. "/d.csv" .. (case[3] and ":" .. case[3] or ""), problems[1].place)
      assert.truthy(tostring(problems[1]):find(case[4], 1, true), tostring(problems[1]))
    end)
  end

  it("goes on behind a bad row", function()
    local records, problems = read("d.csv", "title,text\na,\nb,Hai.\nc\nd,Bốn.\n")
    assert.same({ 2, 2 }, { #records, #problems })
    assert.same({ "Hai.", "Bốn." }, { records[1].bytes, records[2].bytes })
  end)

  it("passes over a table without texts in a folder, and says so", function()
    folder = texts.folder { ["a.txt"] = "Một.", ["m.csv"] = "file,title\na.txt,A\n" }
    local records, problems, notes = imported.paths { folder }
    assert.same({ 1, 0, 1 }, { #records, #problems, #notes })
    assert.truthy(notes[1].message:find("--manifest", 1, true))
  end)

  it("refuses a row beyond the cap without reading all of it", function()
    local bytes = 'title,text\na,"' .. ("x "):rep(1 << 20)
    local _, problems = read("d.csv", bytes, { max_bytes = 300000 })
    assert.truthy(problems[1].message:find("longer than 300000 bytes", 1, true))
  end)
end)

describe("csv.rows", function()
  it("gives the same rows however the file comes in pieces", function()
    local whole = '\u{FEFF}a,b\r\n"1\r\n2",x\r\n\r\ny,"q""q"\nz,\n'
    local expected = assert(csv.parse(whole))
    for size = 1, 12 do
      local at, rows = 1, {}
      for row in csv.rows(function()
        if at > #whole then return nil end
        at = at + size
        return whole:sub(at - size, at - 1)
      end, {}) do rows[#rows + 1] = row end
      assert.same(expected, rows)
    end
  end)
end)
