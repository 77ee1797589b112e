-- What is known of a document: headers, layers, checks.

local header = require "vankien.import.header"
local metadata = require "vankien.import.metadata"

local function settle(values, options)
  local layer = {}
  for _, pair in ipairs(values) do
    layer[#layer + 1] = { key = pair[1], value = pair[2], place = "f.txt:" .. #layer + 1 }
  end
  return metadata.settle({ layer }, "f", options)
end

local headers = {
  { "key lines", "# title: Một\n# source: nơi\nThân.", { { "title", "Một" }, { "source", "nơi" } },
    "Thân." },
  { "several pairs on a line", "# kind: report; congress: XIV; doc_date: 2026-01\nThân.",
    { { "kind", "report" }, { "congress", "XIV" }, { "doc_date", "2026-01" } }, "Thân." },
  { "a semicolon inside a value", "# note: web text; one typo kept\nThân.", { { "note",
    "web text; one typo kept" } }, "Thân." },
  { "front matter", '---\ntitle: "Một: hai"\npage_count: 3\n---\n\nThân.',
    { { "title", "Một: hai" }, { "page_count", "3" } }, "\nThân." },
  { "a byte order mark", "\u{FEFF}# title: Một\nThân.", { { "title", "Một" } }, "Thân." },
  { "no page mark", "# page 1\nThân.", {}, "# page 1\nThân." },
  { "no Markdown heading", "# Nghị quyết: mở đầu\nThân.", {}, "# Nghị quyết: mở đầu\nThân." },
  { "no rule", "---\nThân.", {}, "---\nThân." },
  { "no header", "Thân.", {}, "Thân." },
}

describe("header.read", function()
  for _, case in ipairs(headers) do
    it("reads " .. case[1], function()
      local found, body = header.read(case[2])
      local pairs_found = {}
      for n, entry in ipairs(found) do pairs_found[n] = { entry.key, entry.value } end
      assert.same(case[3], pairs_found)
      assert.equal(case[4], case[2]:sub(body + 1))
    end)
  end
end)

describe("metadata.settle", function()
  it("brings values to one form", function()
    local meta = assert(settle { { "number", "Số: 25 – CT/TW" }, { "type", "chi thi" }, { "issued",
      "08/8/2018" },
      { "congress", "khóa XII" }, { "issuer", "Ban  Bí thư" }, { "title", "Về đối ngoại" } })
    assert.same({ "25-CT/TW", "Chỉ thị", "2018-08-08", "day", "XII", "Ban Bí thư", "Về đối ngoại" },
      { meta.number, meta.type, meta.issued, meta.issued_precision, meta.congress, meta.issuer,
        meta.title })
  end)

  it("reads doc_date as issued, and keeps other keys as attributes", function()
    local meta = assert(settle { { "doc_date", "2026-01" }, { "genre", "report" } })
    assert.equal("2026-01", meta.issued)
    assert.same({ genre = "report" }, meta.attributes)
  end)

  it("lets the first layer win", function()
    local meta = assert(metadata.settle({ { { key = "title", value = "Lệnh" } },
      { { key = "title", value = "Bảng" }, { key = "congress", value = "XI" } } }, "f"))
    assert.same({ "Lệnh", "XI" }, { meta.title, meta.congress })
  end)

  it("says when a weaker layer differs", function()
    local _, notes = metadata.settle({ { { key = "title", value = "a" },
      { key = "congress", value = "XIII", place = "m.csv:2" } },
      { { key = "congress", value = "XII" }, { key = "title", value = "b" } } }, "f")
    assert.same({ 'congress "XII" gives way to "XIII" of m.csv:2' }, notes)
  end)

  it("falls back to the file's name and says so", function()
    local meta, notes = assert(settle {})
    assert.equal("f", meta.title)
    assert.is_true(meta.title_assumed)
    assert.truthy(notes[1]:find("no title", 1, true))
  end)

  it("takes the type from the number where the code has one meaning", function()
    local meta, notes = assert(settle { { "number", "59-NQ/TW" }, { "title", "x" } })
    assert.equal("Nghị quyết", meta.type)
    assert.equal(1, #notes)
    assert.is_nil(assert(settle { { "number", "58-QĐ/TW" }, { "title", "x" } }).type)
  end)

  local wrong = {
    { "a slip in a reserved key", { { "titel", "x" } }, 'did you mean "title"' },
    { "a slip in another", { { "isued", "2025" } }, 'did you mean "issued"' },
    { "a day that is none", { { "issued", "2025-02-30" } }, "28 days" },
    { "a number that contradicts its type", { { "type", "Nghị quyết" }, { "number", "25-CT/TW" } },
      "contradicts" },
    { "what is no number", { { "number", "hai lăm" } }, "not a document number" },
    { "a congress that is none", { { "congress", "Quốc hội khóa XIV" } }, "no congress" },
  }
  for _, case in ipairs(wrong) do
    it("refuses " .. case[1] .. " with its place", function()
      local meta, problems = settle(case[2])
      assert.is_nil(meta)
      assert.truthy(tostring(problems[1]):find(case[3], 1, true))
      assert.truthy(problems[1].place:find("^f%.txt:%d$"))
    end)
  end

  it("refuses a congress that the store does not know", function()
    local meta, problems = settle({ { "congress", "XXX" } }, {
      congresses = { XIV = true }, congress_range = "congresses I to XIV",
    })
    assert.is_nil(meta)
    assert.truthy(tostring(problems[1]):find("I to XIV", 1, true))
  end)

  it("lists every problem, not the first", function()
    local _, problems = settle { { "issued", "2025-02-30" }, { "congress", "y" }, { "titel", "z" } }
    assert.equal(3, #problems)
  end)

  it("keeps attributes that are not near a reserved key", function()
    for _, name in ipairs { "state", "genre", "note", "kind", "course", "year", "subject",
      "language" } do
      assert.same({ [name] = "x" }, assert(settle { { name, "x" } }).attributes)
    end
  end)
end)
