-- Tables align for Vietnamese in NFC and NFD, fit the screen, say what they cut, and let
-- nothing dangerous through to a terminal or a spreadsheet.

local report = require "vankien.report"
local cell = require "vankien.report.cell"
local chart = require "vankien.report.chart"
local card = require "vankien.report.card"
local concordance = require "vankien.report.concordance"
local screen = require "vankien.report.screen"
local text = require "vankien.host.text"
local json = require "vankien.util.json"

local NFD_HOA = "ho\u{0300}a"                    -- hòa in two marks' form

local ROWS = {
  {number = "25-CT/TW", title = "Chỉ thị về đẩy mạnh và nâng tầm đối ngoại đa phương", n = 12},
  {number = "59-NQ/TW", title = "Nghị quyết về hội nhập quốc tế trong tình hình mới", n = 1200},
}

local function lines_of(s)
  local out = {}
  for line in s:gmatch "([^\n]*)\n" do out[#out + 1] = line end
  return out
end

describe("report.rows, table", function()
  it("aligns NFC, NFD and wide characters by terminal columns", function()
    local lines = lines_of(report.rows({
      {a = "hòa bình", b = "x"}, {a = NFD_HOA .. " bình", b = "x"}, {a = "日本", b = "x"},
    }, {"a", "b"}, "table"))
    for i = 3, 5 do
      assert.equal(text.width "hòa bình" + 2, text.width(lines[i]:match "^(.*)x$"))
    end
  end)

  it("puts numbers to the right", function()
    local lines = lines_of(report.rows(ROWS, {"number", "n"}, "table"))
    assert.equal("25-CT/TW    12", lines[3])
    assert.equal("59-NQ/TW  1200", lines[4])
  end)

  it("never shows a number that is not 0 as 0", function()
    local p = {name = "p", type = "number", digits = 4}
    assert.equal("<0.0001", cell.text(3.2e-05, p))
    assert.equal(">-0.0001", cell.text(-3.2e-05, p))
    assert.equal("0.0001", cell.text(7e-05, p))
    assert.equal("0.0000", cell.text(0.0, p))
  end)

  it("is never wider than the screen, and says what was cut", function()
    for _, width in ipairs {30, 40, 60} do
      local out = report.rows(ROWS, {"number", "title", "n"}, "table", {width = width})
      local lines = lines_of(out)
      for i = 1, 4 do assert.is_true(text.width(lines[i]) <= width) end
      assert.truthy(lines[5]:find "cut to fit" or lines[5]:find "not shown")
    end
  end)

  it("names the columns that do not fit at all", function()
    local out = report.rows(ROWS, {"number", "title", "n"}, "table", {width = 14})
    assert.truthy(out:gsub("%s+", " "):find("not shown for want of width: title, n", 1, true))
  end)

  it("cuts nothing when there is no screen", function()
    local out = report.rows(ROWS, {"number", "title", "n"}, "table")
    assert.truthy(out:find(ROWS[1].title, 1, true))
    assert.truthy(out:find("(2 rows)", 1, true))
  end)

  it("says how many rows there are when it shows some", function()
    local out = report.rows(ROWS, {"number"}, "table", {total = 1213})
    assert.truthy(out:find("(2 of 1 213 rows)", 1, true))
  end)

  it("makes columns of all keys, sorted, when none are given", function()
    assert.truthy(report.rows({{b = 1, a = 2}}, nil, "table"):find "^a  b\n")
  end)
end)

describe("what reaches a terminal", function()
  local hostile = {
    {"\27[31mđỏ\27[0m", "\\e[31mđỏ\\e[0m"}, {"a\0b", "a\\x00b"}, {"a\r\n\tb", "a\\r\\n\\tb"},
    {"a\u{9b}31mb", "a\\u{9b}31mb"}, {"a\u{202e}b", "a\\u{202e}b"}, {"\xff\xfeĐ", "\\xff\\xfeĐ"},
    {"\127", "\\x7f"}, {"a\u{2066}b", "a\\u{2066}b"},
  }
  it("has every control character written out", function()
    for _, case in ipairs(hostile) do assert.equal(case[2], cell.visible(case[1])) end
  end)

  it("is the same for every format", function()
    for _, format in ipairs(report.formats) do
      local out = report.rows({{a = "x\27[2Jy"}}, {"a"}, format, {terminal = true})
      assert.is_nil(out:find("\27", 1, true), format)
    end
  end)
end)

describe("report.rows, formats for programs", function()
  local rows = {
    {phrase = "chủ động, tích cực", n = 3, rate = 0.1}, {phrase = 'nói "sâu rộng"', n = 0},
  }
  local columns = {"phrase", "n", "rate"}

  it("gives JSON as an array of records in column order", function()
    local out = report.rows(rows, columns, "json")
    assert.truthy(out:find('{"phrase":"chủ động, tích cực","n":3,"rate":0.1}', 1, true))
    assert.equal(json.null, json.decode(out)[2].rate)
  end)

  it("gives JSON Lines one record a line, and [] for no rows in JSON", function()
    assert.equal(2, #lines_of(report.rows(rows, columns, "jsonl")))
    assert.equal("", report.rows({}, columns, "jsonl"))
    assert.equal("[]\n", report.rows({}, columns, "json"))
  end)

  it("quotes CSV where needed", function()
    assert.equal('phrase,n,rate\n"chủ động, tích cực",3,0.1\n"nói ""sâu rộng""",0,\n',
      report.rows(rows, columns, "csv"))
  end)

  local formulas = {
    {"=1+1", "'=1+1"}, {"+SUM(A1)", "'+SUM(A1)"}, {"-2+3", "'-2+3"}, {"@x", "'@x"},
    {"\tx", "'\tx"}, {"-5", "-5"}, {"+84.5", "+84.5"}, {-5, "-5"}, {"a=1", "a=1"},
  }
  it("keeps spreadsheets from running a cell of CSV", function()
    local csv = require "vankien.report.csv"
    for _, case in ipairs(formulas) do assert.equal(case[2], csv.field(case[1])) end
  end)

  it("escapes tabs, line ends and backslashes in TSV", function()
    assert.equal("a\nx\\ty\\nz\\\\\n", report.rows({{a = "x\ty\nz\\"}}, {"a"}, "tsv"))
  end)

  it("escapes bars in Markdown, and markup in HTML", function()
    assert.truthy(report.rows({{a = "x|y"}}, {"a"}, "markdown"):find("x\\|y", 1, true))
    assert.truthy(report.rows({{a = "<b>&"}}, {"a"}, "html"):find("&lt;b&gt;&amp;", 1, true))
  end)

  it("keeps full precision where the table rounds", function()
    local column = {{name = "x", digits = 2}}
    assert.truthy(report.rows({{x = 1 / 3}}, column, "table"):find "0%.33\n")
    assert.truthy(report.rows({{x = 1 / 3}}, column, "csv"):find("0.3333333333333333", 1, true))
  end)
end)

describe("report.format", function()
  it("names the nearest format for a typo", function()
    local format, problem = report.format "jsn"
    assert.is_nil(format)
    assert.equal("usage", problem.code)
    assert.truthy(problem.hint:find("json", 1, true))
  end)
end)

describe("chart.bar", function()
  it("is full at the scale, empty at nothing, and visible for the smallest value", function()
    assert.equal("████", chart.bar(8, 8, 4, true))
    assert.equal("██", chart.bar(4, 8, 4, true))
    assert.equal("", chart.bar(0, 8, 4, true))
    assert.equal("", chart.bar(nil, 8, 4, true))
    assert.equal("▏", chart.bar(0.0001, 8, 4, true))
    assert.equal("##", chart.bar(4, 8, 4, false))
  end)

  it("states its scale below the table", function()
    local out = report.result({rows = {{p = "XIII", r = 2.5}}, columns = {"p",
      {name = "r", digits = 1, chart = true}}}, "table", {terminal = true, width = 60})
    assert.truthy(out:find("bars: r, from 0 to 2.5", 1, true))
    assert.truthy(out:find("████", 1, true))
  end)
end)

describe("report.result", function()
  local result = {
    rows = {{period = "XIII", free = 2}}, columns = {"period", "free"},
    notes = {"4 congresses: no two-sided exact test can reach 0.05"},
    evidence = {{left = "Việt Nam ", hit = "chủ động tham gia", right = " các thể chế",
      number = "125-KL/TW", issued = "2025-02-14", section = "XI / 2", start = 10, stop = 29}},
    provenance = {store = "abc"},
  }

  it("keeps notes and evidence with a table", function()
    local data, talk = report.result(result, "table")
    assert.truthy(data:find("note: 4 congresses", 1, true))
    assert.truthy(data:find("chủ động tham gia các thể chế", 1, true))
    assert.truthy(data:find("125-KL/TW, 2025-02-14, section XI / 2, bytes 10-29", 1, true))
    assert.equal("", talk)
  end)

  it("says notes beside data for programs", function()
    local data, talk = report.result(result, "json")
    assert.equal("XIII", json.decode(data)[1].period)
    assert.truthy(talk:find("note: 4 congresses", 1, true))
  end)
end)

describe("card.render", function()
  it("puts a field on a line, wraps, and names what has no value", function()
    local out = card.render({{"number", "25-CT/TW"}, {"title", ROWS[1].title}, {"note", nil}},
      {width = 40})
    for _, line in ipairs(lines_of(out)) do assert.is_true(text.width(line) <= 40) end
    assert.truthy(out:find("(no value: note)", 1, true))
  end)
end)

describe("concordance.render", function()
  it("puts the phrase in one column whatever stands around it", function()
    local lines = lines_of(concordance.render({
      {left = "a", hit = "tham gia", right = "b"},
      {left = ("rất dài "):rep(20), hit = "tham gia", right = ("sau "):rep(40)},
      {left = NFD_HOA, hit = "chủ động tham gia", right = ""},
    }, {width = 70}))
    local at = {}
    for i, line in ipairs(lines) do
      assert.is_true(text.width(line) <= 70)
      at[i] = text.width(line:match(i == 3 and "^(.*)chủ động" or "^(.*)tham gia"))
    end
    assert.same({at[1], at[1], at[1]}, at)
  end)
end)

describe("screen.of", function()
  it("has no width and no colour when the output is a file", function()
    local file = io.popen("true")
    local s = screen.of(9)
    file:close()
    assert.is_false(s.terminal)
    assert.is_nil(s.width)
    assert.is_false(s.color)
  end)
end)
