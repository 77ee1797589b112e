-- Files, folders, manifests and JSON Lines: what is read, what is refused, and where.

local import = require "vankien.import"
local texts = dofile "tests/support/texts.lua"

local folder
local function read(paths, options)
  local found = import.sources(paths, options)
  local records, problems = {}, found.problems
  local next_record = import.read(found.sources, options)
  while true do
    local record, wrong = next_record()
    if not record and not wrong then break end
    records[#records + 1] = record
    table.move(wrong or {}, 1, #(wrong or {}), #problems + 1, problems)
  end
  return records, problems, found.notes
end

local function with(files) folder = texts.folder(files) end

describe("import", function()
  after_each(function()
    if folder then texts.clear(folder) end
    folder = nil
  end)

  it("walks a folder in order and says what it passed over", function()
    with { ["b.txt"] = "Hai.", ["a/c.md"] = "# Ba", ["a/x.bin"] = "x", [".giấu.txt"] = "x" }
    local records, problems, notes = read { folder }
    assert.same({}, problems)
    assert.same({ folder .. "/a/c.md", folder .. "/b.txt" }, { records[1].place, records[2].place })
    assert.equal(2, #notes)
  end)

  it("refuses a link that leads back into its own folder", function()
    with { ["a.txt"] = "Một." }
    assert(os.execute(("ln -s . '%s/vòng'"):format(folder)))
    local _, problems = read { folder }
    assert.equal(1, #problems)
    assert.truthy(problems[1].message:find("leads back", 1, true))
  end)

  it("reads a manifest: paths relative to it, further columns as attributes", function()
    with { ["t/a.txt"] = "Một.",
      ["m.csv"] = "file,number,issued,title,genre\nt/a.txt,25-CT/TW,2018-08-08,\"A, b\",speech\n" }
    local records, problems = read({}, { manifest = folder .. "/m.csv" })
    assert.same({}, problems)
    local meta = records[1].meta
    assert.same({ "25-CT/TW", "A, b", { genre = "speech" } }, { meta.number, meta.title,
      meta.attributes })
  end)

  it("reads JSON Lines, one document a line", function()
    with { ["d.jsonl"] = '{"title":"Một","congress":13,"text":"Đoạn.\\nHai.",'
      .. '"attributes":{"genre":"x"}}\n\n'
      .. '{"title":"Hai","number":null,"text":"Ba."}\n' }
    local records, problems = read { folder .. "/d.jsonl" }
    assert.same({}, problems)
    assert.equal(2, #records)
    assert.same({ "XIII", { genre = "x" }, 2 }, { records[1].meta.congress,
      records[1].meta.attributes, #records[1].passages })
    assert.truthy(records[2].locator:find "d%.jsonl#3$")
  end)

  it("goes on after a bad line of JSON Lines", function()
    with { ["d.jsonl"] = '{"text":"a"}\n{"text":\n{"text":"c","titel":"x"}\n{"text":"d"}' }
    local records, problems = read { folder .. "/d.jsonl" }
    assert.equal(2, #records)
    assert.truthy(problems[1].place:find "d%.jsonl:2$")
    assert.truthy(problems[1].message:find("not JSON", 1, true))
    assert.truthy(tostring(problems[2]):find('did you mean "title"', 1, true))
  end)

  it("reads a line that is longer than what is read at once", function()
    with { ["d.jsonl"] = '{"title":"Dài","text":"' .. ("một hai ba. "):rep(60000)
      .. '"}\n{"title":"b","text":"b"}' }
    local records = read { folder .. "/d.jsonl" }
    assert.same({ 840000, 1 }, { #records[1].bytes, #records[2].bytes })
  end)

  local bad = {
    { "a file that is not UTF-8", { ["a.txt"] = "một\nhai \xFF" }, "a.txt", "a.txt:2",
      "not UTF-8" },
    { "UTF-16", { ["a.txt"] = "\xFF\xFEa\0" }, "a.txt", "a.txt:1", "--encoding UTF-16" },
    { "a zero byte", { ["a.txt"] = "a\0b" }, "a.txt", "a.txt:1", "NUL" },
    { "an empty file", { ["a.txt"] = "" }, "a.txt", "a.txt", "empty" },
    { "a file without text", { ["a.txt"] = "# title: x\n \n" }, "a.txt", "a.txt", "no text" },
    { "Markdown that is only markup", { ["a.md"] = "|\n---\n" }, "a.md", "a.md", "no text" },
    { "a folder without readable files", { ["x.bin"] = "x" }, "", "", "no readable file" },
    { "a format that is not read", { ["a.doc"] = "x" }, "a.doc", "a.doc", "save it as .docx" },
    { "a file that is not there", {}, "nix.txt", "nix.txt", "no such file" },
    { "an unknown header key, near a known one", { ["a.txt"] = "# congres: X\nMột." }, "a.txt",
      "a.txt:1", 'did you mean "congress"' },
    { "a bad date in a header", { ["a.txt"] = "# title: a\n# issued: 30/02/2025\nMột." }, "a.txt",
      "a.txt:2", "28 days" },
    { "a JSON Lines file without lines", { ["a.jsonl"] = "\n" }, "a.jsonl", "a.jsonl", "empty" },
    { "a line that is no object", { ["a.jsonl"] = "[1]x" }, "a.jsonl", "a.jsonl:1", "not JSON" },
    { "a line without text", { ["a.jsonl"] = '{"title":"x"}' }, "a.jsonl", "a.jsonl:1",
      'no "text"' },
  }
  for _, case in ipairs(bad) do
    it("refuses " .. case[1] .. " and names the place", function()
      with(case[2])
      local path = case[3] == "" and folder or folder .. "/" .. case[3]
      local records, problems = read { path }
      assert.equal(0, #records)
      assert.equal(1, #problems)
      assert.equal(case[4] == "" and folder or folder .. "/" .. case[4], problems[1].place)
      assert.truthy(tostring(problems[1]):find(case[5], 1, true), tostring(problems[1]))
    end)
  end

  local manifests = {
    { "a column that stands twice", "file,title,title\na.txt,b,c\n", 1, "stands twice" },
    { "a ragged line", "file,title\na.txt\n", 2, "1 fields" },
    { "a file that is missing", "file\nb.txt\n", 2, "no file" },
    { "a file named twice", "file\na.txt\na.txt\n", 3, "already" },
    { "a slip in a column's name", "file,titel\na.txt,x\n", 1, 'did you mean "title"' },
    { "no column of files", "path,title\na.txt,x\n", 1, 'no column "file"' },
    { "an open quotation mark", 'file\n"a.txt\n', 2, "never closed" },
    { "a bad date", "file,issued\na.txt,2025-02-30\n", 2, "28 days" },
  }
  for _, case in ipairs(manifests) do
    it("refuses a manifest with " .. case[1], function()
      with { ["a.txt"] = "Một.", ["m.csv"] = case[2] }
      local _, problems = read({}, { manifest = folder .. "/m.csv" })
      assert.equal(folder .. "/m.csv:" .. case[3], problems[1].place)
      assert.truthy(tostring(problems[1]):find(case[4], 1, true), tostring(problems[1]))
    end)
  end

  it("refuses a file beyond the cap, and a line of JSON Lines", function()
    with { ["a.txt"] = ("a "):rep(600), ["b.jsonl"] = '{"text":"' .. ("a "):rep(600) .. '"}' }
    local records, problems = read({ folder }, { max_bytes = 1000 })
    assert.equal(0, #records)
    assert.equal(2, #problems)
    assert.truthy(problems[1].message:find("1000 bytes", 1, true))
    assert.truthy(problems[2].message:find("1000 bytes", 1, true))
  end)

  it("refuses a pipe without waiting for it", function()
    with { ["a.txt"] = "Một." }
    assert(os.execute(("mkfifo '%s/p.txt'"):format(folder)))
    local _, problems = read { folder .. "/p.txt" }
    assert.truthy(problems[1].message:find("not a regular file", 1, true))
  end)
end)
