-- What a value looks like at the prompt.

package.path = "tests/support/?.lua;" .. package.path
local chunk = require "vankien.runner"
local inspect = require "vankien.repl.inspect"
local print_value = require "vankien.repl.print"
local report = require "vankien.report"
local stores = require "stores"
local text = require "vankien.host.text"

require "vankien"

local SCREEN = {terminal = true, width = 80, height = 24, unicode = true, color = false}

local function with(options)
  return setmetatable(options or {}, {__index = SCREEN})
end

describe("inspect.text", function()
  local shared = {}
  local cases = {
    {nil, "nil"}, {true, "true"}, {0.1, "0.1"}, {2.0, "2.0"}, {3, "3"}, {1 / 0, "math.huge"},
    {"Đại hội", '"Đại hội"'}, {"a\n\"b\"\27", [["a\n\"b\"\e"]]}, {{}, "{}"},
    {{1, 2, "ba"}, '{ 1, 2, "ba" }'}, {{b = 1, a = 2, ["x y"] = 3, ["end"] = 4},
      '{ a = 2, b = 1, ["end"] = 4, ["x y"] = 3 }'},
    {{[10] = 1, [2.5] = 2, [true] = 3}, "{ [2.5] = 2, [10] = 1, [true] = 3 }"},
    {{{{{{1}}}}}, "{ { { { {…} } } } }"}, {{shared, shared}, "{ {}, {} }"},
  }
  it("writes values as a script would, keys sorted", function()
    for _, case in ipairs(cases) do assert.equal(case[2], inspect.text(case[1])) end
  end)

  it("marks cycles, and says what it leaves out", function()
    local cycle = {}
    cycle.self = cycle
    assert.equal("{ self = <cycle> }", inspect.text(cycle))
    local long = {}
    for i = 1, 1213 do long[i] = i end
    assert.truthy(inspect.text(long):find("… 1 163 more", 1, true))
  end)

  it("calls nothing of the value", function()
    local trap = setmetatable({}, {__index = error, __pairs = error, __len = error,
      __tostring = error, __name = "trap"})
    assert.equal("{}", inspect.text(trap))
  end)
end)

describe("print_value.text", function()
  local store
  setup(function() store = stores.fresh() end)
  teardown(function() stores.drop(store) end)

  it("prints a query as a table no wider than the screen, saying how much of it", function()
    local out = print_value.text(store:collection "documents", with {limit = 5})
    for line in out:gmatch "[^\n]+" do assert.is_true(text.width(line) <= 80, line) end
    local total = store:collection "documents":count()
    assert.truthy(out:find(("(5 of %d rows;"):format(total), 1, true), out)
  end)

  it("prints one row as a card with the claims of its sources", function()
    local out = print_value.text(store:collection "resolutions"["59-NQ/TW"], with())
    assert.truthy(out:find("issued  2025-01-24", 1, true), out)
    for _, claim in ipairs {"issued = 2025-01-24 (accepted)", "issued = 2025-01-20 (disagrees)",
      "issued = 2024-12-22 (disagrees)"} do
      assert.truthy(out:find(claim, 1, true), claim)
    end
  end)

  it("prints claims on their own, and as rows for programs", function()
    local claims = store:collection "resolutions"["59-NQ/TW"]:sources "issued"
    assert.truthy(print_value.text(claims, with()):find("issued = 2024-12-22 (disagrees)", 1, true))
    local out = print_value.text(claims, with {format = "jsonl"})
    assert.equal(3, select(2, out:gsub("\n", "\n")))
    assert.truthy(out:find('"value":"2025-01-24","accepted":true', 1, true), out)
  end)

  it("prints groups by what they are grouped by", function()
    local out = print_value.text(store:collection "documents":group "type", with())
    assert.truthy(out:find "^key +count\n", out)
  end)

  it("prints lists of rows, and of plain records, as tables", function()
    local rows = store:collection "pillars":list()
    assert.truthy(print_value.text(rows, with()):find("(3 rows", 1, true))
    local records = store:sql "SELECT ordinal, year FROM congresses WHERE n > 12 ORDER BY n"
    assert.equal("ordinal  year\n───────  ────\nXIII     2021\nXIV      2026\n(2 rows)\n",
      print_value.text(records, with()))
  end)

  it("prints an empty query", function()
    local empty = store:collection "documents":where {number = "1-XX/YY"}
    assert.equal("(0 rows)\n", print_value.text(empty, with()))
  end)

  it("gives every format for rows", function()
    for _, format in ipairs(report.formats) do
      local out = print_value.text(store:collection "pillars", with {format = format})
      assert.truthy(out:find("ngoại giao", 1, true), format)
    end
  end)

  it("prints text as it is, but for what a terminal would obey", function()
    assert.equal("a\\e[2Jb\n", print_value.text("a\27[2Jb", with()))
    assert.equal("a\27b\n", print_value.text("a\27b", {terminal = false}))
  end)
end)

describe("runner.load_line", function()
  it("takes an expression for one, also when it is a call", function()
    local fn, is_expression = chunk.load_line("1 + 1", "=x", {})
    assert.equal(2, fn())
    assert.is_true(is_expression)
    fn, is_expression = chunk.load_line("local x = 1", "=x", {})
    assert.is_function(fn)
    assert.is_false(is_expression)
  end)
end)
