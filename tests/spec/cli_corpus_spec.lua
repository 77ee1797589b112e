-- From files to counts on the command line: import, shift, kwic, run as a person runs them.

package.path = "tests/support/?.lua;" .. package.path
local json = require "vankien.util.json"
local program = require "program"

local REPORT_XII = [[
# title: Báo cáo thử XII
# congress: XII
# issued: 2016-01
# genre: report

XI- Nâng cao hiệu quả hoạt động đối ngoại

Việt Nam tham gia các cơ chế đa phương. Chủ động, tích cực tham gia các công việc chung của
cộng đồng quốc tế, góp phần gìn giữ hoà bình.
]]

local REPORT_XIII = [[
# title: Báo cáo thử XIII
# congress: XIII
# issued: 2021-01
# genre: report

Chủ động tham gia và phát huy vai trò của Việt Nam. Tích cực. Tham gia định hình trật tự.
Cu chủ động tham gia, chủ động tham gia xây dựng thể chế.
]]

local folder

local function vankien(...)
  return program.run({"--store", "mine.db", ...}, {folder = folder})
end

local function counts(out)
  local found = {}
  for line in out:gmatch "[^\n]+" do
    local row = json.decode(line)
    found[row.key] = row.n
  end
  return found
end

local function records(...)
  local code, out, problems = vankien(...)
  assert.equal(0, code, problems)
  local list = {}
  for line in out:gmatch "[^\n]+" do list[#list + 1] = json.decode(line) end
  return list, problems
end

local function find(rows, period, phrase)
  for _, row in ipairs(rows) do
    if row.period == period and row.phrase == phrase then return row end
  end
end

before_each(function()
  folder = program.folder()
  program.write(folder .. "/xii.txt", REPORT_XII)
  program.write(folder .. "/xiii.txt", REPORT_XIII)
end)

after_each(function() program.remove(folder) end)

describe("vankien import", function()
  it("says what it read and normalised, and changes nothing the second time", function()
    local code, out, problems = vankien("import", "xii.txt", "xiii.txt", "--format", "jsonl")
    assert.equal(0, code, problems)
    local first = counts(out)
    assert.equal(2, first.added)
    local _, again = vankien("import", "xii.txt", "xiii.txt", "--format", "jsonl")
    assert.equal(2, counts(again).unchanged)
    local _, n = vankien("-e", 'documents:where{ kind = "imported" }:count()')
    assert.equal("2\n", n)
  end)

  it("replaces a changed file and keeps the older original", function()
    vankien("import", "xii.txt")
    program.write(folder .. "/xii.txt", REPORT_XII .. "\nThêm một câu.\n")
    local _, out = vankien("import", "xii.txt", "--format", "jsonl")
    assert.equal(1, counts(out).replaced)
    local _, n = vankien("-e", 'store:sql("SELECT count(*) AS n FROM originals")[1].n')
    assert.equal("2\n", n)
  end)

  it("reads JSON Lines, and attributes from --set", function()
    program.write(folder .. "/two.jsonl", '{"title":"Một","issued":"2016","text":"Chủ động."}\n'
      .. '{"title":"Hai","issued":"2017","text":"Tích cực."}\n')
    assert.equal(0, (vankien("import", "two.jsonl", "--set", "genre=note")))
    local _, n = vankien("-e", 'documents:where{ genre = "note" }:count()')
    assert.equal("2\n", n)
  end)

  local function bad_input(name, text, words, expected)
    program.write(folder .. "/" .. name, text)
    local code, out, problems = vankien("import", table.unpack(words))
    assert.truthy(code == 2 or code == 4, problems)
    assert.equal("", out)
    for _, part in ipairs(expected) do
      assert.truthy(problems:find(part, 1, true), part .. " in: " .. problems)
    end
    local _, n = vankien("-e", 'documents:where{ kind = "imported" }:count()')
    assert.equal("0\n", n)
  end

  it("names the file, the line and what was meant, and leaves the store as it was", function()
    bad_input("bad.txt", "Câu một.\n\xff\xfe\n", {"xii.txt", "bad.txt"}, {"bad.txt:2", "UTF-8"})
    bad_input("empty.txt", "", {"empty.txt"}, {"empty.txt", "empty"})
    bad_input("date.txt", "# issued: 2018-13-01\n\nText.\n", {"date.txt"},
      {"date.txt:1", "2018-13"})
    bad_input("key.txt", "# titel: x\n\nText.\n", {"key.txt"}, {"key.txt:1", '"title"'})
    bad_input("type.txt", "# type: Nghị quyết\n# number: 25-CT/TW\n\nText.\n", {"type.txt"},
      {"type.txt:", "25-CT/TW"})
    bad_input("two.jsonl", '{"title":"a","text":"Một."}\n{"title":\n', {"two.jsonl"},
      {"two.jsonl:2"})
    bad_input("m.csv", "file,title\nxii.txt,a\nnone.txt,b\n", {"--manifest", "m.csv"},
      {"m.csv:3", "none.txt"})
    bad_input("x.txt", "Text.\n", {"x.txt", "--isued", "2018"}, {"--issued"})
    bad_input("x.txt", "Text.\n", {"x.txt", "--congress", "XX"}, {"XX"})
    bad_input("x.txt", "Text.\n", {"x.txt", "--set", "genre"}, {"KEY=VALUE"})
  end)

  it("imports what is good when told to keep going, and still says it failed", function()
    program.write(folder .. "/bad.txt", "\xff")
    local code, out, problems = vankien("import", "xii.txt", "bad.txt", "--keep-going", "--format",
      "jsonl")
    assert.equal(2, code)
    assert.equal(1, counts(out).added)
    assert.truthy(problems:find("bad.txt:1", 1, true))
  end)

  it("warns of a document that stands inside another", function()
    local words, sentences = {"hội", "nhập", "quốc", "tế", "hợp", "tác", "đối", "ngoại"}, {}
    for i = 1, 60 do
      local sentence = {"Câu"}
      for n = 1, 12 do sentence[n + 1] = words[(i * i * n + n * n * 5 + i // n) % 8 + 1] end
      sentences[i] = table.concat(sentence, " ") .. "."
    end
    program.write(folder .. "/part.txt", "# title: Phần\n\n" .. table.concat(sentences, " ", 1, 40))
    program.write(folder .. "/whole.txt", "# title: Toàn văn\n\n" .. table.concat(sentences, " "))
    local _, _, problems = vankien("import", "part.txt", "whole.txt")
    assert.truthy(problems:find("“Phần” stands in “Toàn văn”", 1, true), problems)
  end)
end)

describe("vankien shift", function()
  it("counts free-standing and nested occurrences, and never crosses a sentence end", function()
    vankien("import", "xii.txt", "xiii.txt")
    local rows = records("shift", "--phrase", "tham gia", "--phrase", "chủ động tham gia",
      "--phrase", "chủ động, tích cực tham gia", "--phrase", "tích cực tham gia",
      "--format", "jsonl")
    assert.equal(8, #rows)
    local cells = {
      {"XII", "tham gia", 1, 1}, {"XII", "chủ động, tích cực tham gia", 1, 0},
      {"XII", "tích cực tham gia", 0, 1}, {"XIII", "chủ động tham gia", 3, 0},
      {"XIII", "tham gia", 1, 3}, {"XIII", "tích cực tham gia", 0, 0},
    }
    for _, cell in ipairs(cells) do
      local row = find(rows, cell[1], cell[2])
      assert.same({cell[3], cell[4]}, {row.free, row.nested}, cell[1] .. " " .. cell[2])
    end
    for _, key in ipairs {"period", "phrase", "free", "nested", "overlapped", "syllables",
      "documents", "per_10k", "low", "high", "share"} do
      assert.is_not_nil(rows[1][key], key)
    end
  end)

  it("gives evidence with each record when asked", function()
    vankien("import", "xii.txt", "xiii.txt")
    local rows = records("shift", "--phrase", "chủ động tham gia", "--evidence", "2", "--format",
      "jsonl")
    local lines = find(rows, "XIII", "chủ động tham gia").evidence
    assert.equal(2, #lines)
    local first = lines[1]
    assert.equal("Chủ động tham gia", REPORT_XIII:sub(first.start + 1, first.stop))
  end)

  it("shows a chart on a terminal only, and its notes beside data", function()
    vankien("import", "xii.txt", "xiii.txt")
    local _, out = vankien("shift", "--phrase", "tham gia")
    assert.is_nil(out:find("█", 1, true))
    assert.truthy(out:find("note: rates", 1, true))
    local _, csv, talk = vankien("shift", "--phrase", "tham gia", "--format", "csv")
    assert.truthy(csv:find "^period,phrase,")
    assert.is_nil(csv:find("note:", 1, true))
    assert.truthy(talk:find("note: rates", 1, true))
    if not program.has_terminal() then return pending "no pseudo-terminal can be opened here" end
    local _, screen = program.shell("LANG=C.UTF-8 TERM=xterm script -qec 'stty cols 90; exec "
      .. program.path .. " --store mine.db shift --phrase \"tham gia\"' /dev/null",
      {folder = folder})
    assert.truthy(screen:find("█", 1, true), screen)
    assert.truthy(screen:find("bars: per 10k, from 0 to", 1, true), screen)
  end)

  it("groups by an attribute, filters, and takes lexicons from files", function()
    vankien("import", "xii.txt", "xiii.txt")
    program.write(folder .. "/l.csv", "phrase,rung,label\ntham gia,1,a\nchủ động tham gia,3,b\n")
    program.write(folder .. "/l.txt", "# ladder\ntham gia\nchủ động tham gia\n")
    program.write(folder .. "/l.lua",
      'return {{phrase = "tham gia", rung = 1}, "chủ động tham gia"}')
    program.write(folder .. "/l.tsv", "phrase\trung\ntham gia\t1\nchủ động tham gia\t3\n")
    for _, name in ipairs {"l.csv", "l.txt", "l.lua", "l.tsv"} do
      local rows = records("shift", "--lexicon", name, "--by", "genre", "--where",
        "congress = 'XIII'", "--format", "jsonl")
      assert.equal(2, #rows, name)
      assert.same({"report", 1, 3}, {rows[1].period, rows[1].free, rows[2].free}, name)
    end
  end)

  it("refuses what it cannot count", function()
    vankien("import", "xii.txt")
    local cases = {
      {2, {"--by", "congres"}, "congress"}, {2, {"--phrase", ""}, "empty"},
      {2, {"--phrase", "..."}, "no word"}, {2, {"--phrase", "a", "--phrase", "A"}, "one phrase"},
      {4, {"--where", "congress = 'I'"}, "no document"}, {4, {"--lexicon", "none.txt"}, "none.txt"},
      {2, {"--where", "congress ="}, "expected"}, {2, {"--evidence", "many"}, "whole number"},
      {2, {"--evidence", "2", "--format", "csv"}, "jsonl"},
    }
    for _, case in ipairs(cases) do
      local code, out, problems = vankien("shift", table.unpack(case[2]))
      assert.equal(case[1], code, problems)
      assert.equal("", out)
      assert.truthy(problems:find(case[3], 1, true), problems)
    end
  end)
end)

describe("vankien kwic", function()
  it("gives the place of each line in the original", function()
    vankien("import", "xii.txt", "xiii.txt")
    local rows = records("kwic", "hòa bình", "--format", "jsonl")
    assert.equal(1, #rows)
    assert.equal("hoà bình", rows[1].hit)
    assert.equal("hoà bình", REPORT_XII:sub(rows[1].start + 1, rows[1].stop))
  end)

  it("says that lines were left out, and gives 4 for none", function()
    vankien("import", "xii.txt", "xiii.txt")
    local _, out = vankien("kwic", "tham gia", "--limit", "1")
    assert.truthy(out:find("1 of 6 places shown", 1, true), out)
    assert.equal(4, (vankien("kwic", "không có ở đâu")))
  end)
end)
