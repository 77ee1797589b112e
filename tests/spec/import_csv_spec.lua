-- Comma-separated values, RFC 4180.

local csv = require "vankien.util.csv"

local good = {
  { "plain fields", "a,b\n1,2\n", { { "a", "b" }, { "1", "2" } } },
  { "a quoted comma", 'a,b\n"1,5",2', { { "a", "b" }, { "1,5", "2" } } },
  { "a doubled quotation mark", '"nói ""có""",x', { { 'nói "có"', "x" } } },
  { "a line end inside quotes", 'a,"b\nc"\nd,e', { { "a", "b\nc" }, { "d", "e" } } },
  { "CRLF", "a,b\r\n1,2\r\n", { { "a", "b" }, { "1", "2" } } },
  { "a byte order mark", "\u{FEFF}a,b", { { "a", "b" } } },
  { "empty fields", ",\nx,", { { "", "" }, { "x", "" } } },
  { "blank lines left out", "a\n\nb", { { "a" }, { "b" } } },
  { "nothing", "", {} },
}

local bad = {
  { "an open quotation mark", 'a,b\n"c,d\n', 2, "never closed" },
  { "text behind a closing mark", 'a\nb\n"c"d', 3, "follows a closing" },
  { "a mark inside a plain field", 'a\nb"c', 2, "inside an unquoted" },
}

describe("csv.parse", function()
  for _, case in ipairs(good) do
    it("reads " .. case[1], function()
      local rows = assert(csv.parse(case[2]))
      for _, row in ipairs(rows) do row.line = nil end
      assert.same(case[3], rows)
    end)
  end
  for _, case in ipairs(bad) do
    it("refuses " .. case[1] .. " and names the line", function()
      local rows, problem = csv.parse(case[2], { name = "m.csv" })
      assert.is_nil(rows)
      assert.equal("bad_input", problem.code)
      assert.equal("m.csv:" .. case[3], problem.place)
      assert.truthy(problem.message:find(case[4], 1, true))
    end)
  end
  it("counts lines through quoted line ends", function()
    local rows = assert(csv.parse('a\n"b\nc"\nd'))
    assert.same({ 1, 2, 4 }, { rows[1].line, rows[2].line, rows[3].line })
  end)
end)

describe("csv.line", function()
  it("gives back what csv.parse reads", function()
    local fields = { "a", "1,5", 'nói "có"', "b\nc", "" }
    local row = assert(csv.parse(csv.line(fields)))[1]
    row.line = nil
    assert.same(fields, row)
  end)
end)
