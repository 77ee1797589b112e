-- The filter language and conditions in tables: one meaning, bound values, helpful refusals.

require "vankien"
local err = require "vankien.util.err"
local grammar = require "vankien.query.filter_grammar"
local operators = require "vankien.query.operators"
local stores = dofile "tests/support/stores.lua"

local store, documents

setup(function()
  store = stores.fresh()
  documents = store:collection "documents"
end)

teardown(function() stores.drop(store) end)

local function show(tree)
  if type(tree) ~= "table" then return tostring(tree) end
  local parts = { tree.op, tree.field }
  for _, child in ipairs(tree) do parts[#parts + 1] = show(child) end
  return "(" .. table.concat(parts, " ") .. ")"
end

describe("grammar.parse", function()
  local good = {
    { "year >= 2016 and title ~ 'hội nhập'", "(and (>= year 2016) (~ title hội nhập))" },
    { "a=1 or b=2 and not c=3", "(or (= a 1) (and (= b 2) (not (= c 3))))" },
    { "not not a = 1", "(= a 1)" }, { "a == 1", "(= a 1)" }, { "a <> 1", "(not (= a 1))" },
    { "a != 1", "(not (= a 1))" }, { "a !~ 'b'", "(not (~ a b))" },
    { "a !~~ 'b'", "(not (~~ a b))" }, { "a ~~ \"hoi nhap\"", "(~~ a hoi nhap)" },
    { "a in ('x', 3)", "(in a x 3)" }, { "a not in (1)", "(not (in a 1))" },
    { "issued between 2013-01-01 and 2025", "(between issued 2013-01-01 2025)" },
    { "a is null", "(null a)" }, { "a IS NOT NULL", "(not (null a))" },
    { "(a=1 OR b=2) AND c='x''y'", "(and (or (= a 1) (= b 2)) (= c x'y))" },
    { "a = “x y”", "(= a x y)" }, { "document.congress = 'XII'", "(= document.congress XII)" },
    { "`số trang` > 3", "(> số trang 3)" }, { "tác_giả = 'x'", "(= tác_giả x)" },
    { "a = -2.5", "(= a -2.5)" }, { "ordered = 1", "(= ordered 1)" }, { " a\n=\t1 ", "(= a 1)" },
  }
  it("reads what is written", function()
    for _, case in ipairs(good) do
      local tree, message = grammar.parse(case[1])
      assert.equal(case[2], tree and show(tree) or message, case[1])
    end
  end)

  local bad = {
    { "", "a column name", 1 }, { "a", "=, !=", 2 }, { "a =", "a value", 4 },
    { "a = XII", "a value", 5 }, { "a = 'x", "the closing '", 7 }, { "(a=1", '")"', 5 },
    { "a=1)", "the end", 4 }, { "a=1 b=2", "the end", 5 }, { "a=1 and", "a column name", 8 },
    { "a in 1", '"("', 6 }, { "a in (1", '"," or ")"', 8 }, { "a between 1", '"and"', 12 },
    { "a is 3", '"null"', 6 }, { "= 1", "a column name", 1 }, { "and", "a column name", 1 },
    { "1 < a", "a column name", 1 }, { "a => 1", "a value", 4 }, { "not", "a column name", 4 },
    { "a not 3", "=, !=", 3 }, { "a = 1;", "the end", 6 }, { "a = 1 -- x", "the end", 7 },
    { "a = 2016x", "a value", 5 }, { "a = 'x' 'y'", "the end", 9 }, { "a like 'x'", "=, !=", 3 },
    { "a = (1)", "a value", 5 }, { "`a = 1", "the closing `", 7 },
    { ("("):rep(41) .. "a=1", "too many brackets", 1 }, { ("x"):rep(5000), "longer", 1 },
    { "a = '\xff'", "not UTF-8", 6 },
  }
  it("says what was expected, and where", function()
    for _, case in ipairs(bad) do
      local tree, message, at = grammar.parse(case[1])
      assert.is_nil(tree, case[1])
      assert.is_truthy(message:find(case[2], 1, true), case[1] .. ": " .. message)
      assert.equal(case[3], at, case[1])
    end
  end)

  it("answers at once on long input", function()
    local long = ("a=1 and "):rep(500)
    assert.is_nil((grammar.parse(long)))
    assert.is_table((grammar.parse(long .. "a=1")))
    assert.is_table((grammar.parse(("not "):rep(1000) .. "a=1")))
  end)
end)

describe("conditions", function()
  local o = operators
  local function same(text, conditions)
    local by_text = documents:where(text):pluck "key"
    local by_table = documents:where(conditions):pluck "key"
    assert.same(by_table, by_text, text)
    return #by_text
  end

  local pairs_of = {
    { "congress = 'XII'", { congress = "XII" } },
    { "congress = 12", { congress = 12 } },
    { "congress in ('XII', 'xiii')", { congress = o.one_of { "XII", "XIII" } } },
    { "congress between 'XI' and 'XIII'", { congress = o.between("XI", "XIII") } },
    { "congress > 'IX'", { congress = o.above "IX" } },
    { "year >= 2016", { year = o.at_least(2016) } },
    { "year < 2016", { year = o.below(2016) } },
    { "issued >= 2016", { issued = o.at_least "2016" } },
    { "issued <= 2016", { issued = o.at_most "2016" } },
    { "issued = 2025-01", { issued = "2025-01" } },
    { "issued = '24/01/2025'", { issued = "2025-01-24" } },
    { "issued between 2013 and 2018", { issued = o.between("2013", "2018") } },
    { "title ~ 'hội nhập'", { title = o.contains "HỘI NHẬP" } },
    { "title ~~ 'hoi nhap'", { title = o.like "hội nhap" } },
    { "title !~ 'hội nhập'", { title = o.negate(o.contains "hội nhập") } },
    { "number is null", { number = o.is_nil() } },
    { "number is not null", { number = o.not_nil() } },
    { "number != '25-CT/TW'", { number = o.negate "25-CT/TW" } },
    { "number = '25 – ct/tw'", { number = "25-CT/TW" } },
    { "issuer = 'bộ chính trị' and year > 2013",
      { issuer = "Bộ Chính trị", year = o.above(2013) } },
    { "type = 'Chỉ thị' or type = 'Kết luận'", { type = o.one_of("Chỉ thị", "kết luận") } },
  }
  it("mean the same in a table and in a text, and find something", function()
    for _, case in ipairs(pairs_of) do assert.is_true(same(case[1], case[2]) > 0, case[1]) end
  end)

  it("compare dates by prefix", function()
    assert.equal(documents:where "issued = '2025'":count(), documents:where "year = 2025":count())
    assert.equal(documents:where "issued > '2025'":count(), documents:where "year > 2025":count())
    assert.equal(documents:where "issued <= '2025'":count(), documents:where "year <= 2025":count())
    assert.equal(documents:where "issued < '2025'":count(), documents:where "year < 2025":count())
  end)

  it("split all rows: what meets a condition and what does not", function()
    for _, text in ipairs { "number = '25-CT/TW'", "congress > 'X'", "issued >= 2016",
      "title ~ 'về'", "issuer = 'Bộ Chính trị'", "number is null" } do
      local with, without = documents:where(text), documents:where("not (" .. text .. ")")
      assert.equal(#documents, #with + #without, text)
    end
  end)

  it("do not care for NFC or NFD, case, tone placement or Đ and Ð", function()
    local relations = store:collection "relations"
    local decomposed = "cu\u{323} the\u{302}\u{309} ho\u{301}a"
    for _, word in ipairs { "cụ thể hóa", "cụ thể hoá", "CỤ THỂ HÓA", decomposed } do
      assert.equal(1, relations:where { relation = word }:count(), word)
    end
    local congresses = documents:where { issuer = "Đại hội đại biểu toàn quốc" }:count()
    assert.equal(congresses, documents:where { issuer = "Ðại hội ÐẠI biểu toàn quốc" }:count())
    assert.equal(0, relations:where { relation = "cu the hoa" }:count())
  end)

  it("find whole syllables only", function()
    assert.equal(0, documents:where { title = o.contains "hộ" }:count())
  end)

  it("stand side by side with texts and has", function()
    local q = documents:where { "year >= 2016", o.has "tasks", congress = "XII" }
    assert.same({ "ct25-2018" }, q:pluck "key")
  end)

  it("reach across links", function()
    local formulas = store:collection "formulas"
    assert.equal("f-1988", formulas:where "document.number = '13-NQ/TW'":one().key)
    assert.equal("f-1988", formulas:where { ["document.number"] = "13-NQ/TW" }:one().key)
  end)

  it("take long lists of values", function()
    local numbers, ids, dates = {}, {}, {}
    for i = 1, 5000 do
      numbers[i], ids[i] = i .. "-CT/TW", i
      dates[i] = ("%d-%02d"):format(1900 + i // 12 % 130, i % 12 + 1)
    end
    assert.equal(#documents, documents:where { id = o.one_of(ids) }:count())
    assert.equal(documents:where { type = "Chỉ thị" }:count(),
      documents:where { number = o.one_of(numbers) }:count())
    assert.is_true(documents:where { issued = o.one_of(dates) }:count() > 50)
    assert.is_true(documents:where { type = o.one_of { "CHỈ THỊ", "x" } }:count() > 0)
  end)

  it("find nothing for an empty choice", function()
    assert.equal(0, documents:where { congress = o.one_of {} }:count())
  end)

  it("are bound, whatever they hold", function()
    for _, value in ipairs { "'", '"', "');drop table documents;--", "?", "%", "\\", "\0" } do
      assert.equal(0, documents:where { title = value }:count())
    end
    assert.is_true(#documents > 0)
  end)
end)

describe("a wrong filter", function()
  local function complaint(given)
    local ok, problem = pcall(function() local q = documents:where(given) return q end)
    assert.is_false(ok)
    assert.is_true(err.is(problem), tostring(problem))
    assert.matches("filter_spec.lua:%d+$", problem.place)
    return problem
  end

  it("shows a caret under the mistake, also after Vietnamese", function()
    local problem = complaint "title ~ 'đối ngoại' and titel = 'x'"
    assert.equal(table.concat({
      'unknown column "titel" in documents',
      "  title ~ 'đối ngoại' and titel = 'x'",
      (" "):rep(2 + 24) .. "^",
    }, "\n"), problem.message)
    assert.equal('did you mean "title"?', problem.hint)
  end)

  local cases = {
    { "title = hội", "text goes in quotes: 'hội'" },
    { "issued = '2013 - 2018'", "between(first, last) covers a range" },
    { "congress = 'XXL'", 'congresses are "I" to "XIV"' },
    { { type = { "a" } }, "type = one_of{ … } for any of several values" },
    { { congres = "XII" }, 'did you mean "congress"?' },
    { { [1] = 5 }, 'where{ column = value }, where{ has "passages" } or where"column = value"' },
    { 5, 'where{ congress = "XII" } or where"congress = \'XII\'"' },
  }
  it("says what was meant", function()
    for _, case in ipairs(cases) do assert.equal(case[2], complaint(case[1]).hint) end
  end)

  it("refuses words that are none", function()
    local problem = complaint { title = operators.contains " " }
    assert.equal("there are no words to look for", problem.message)
  end)
end)
