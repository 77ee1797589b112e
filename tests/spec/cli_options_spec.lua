-- A command line is read against a description; what is wrong in it is named, with what was meant.

local err = require "vankien.util.err"
local options = require "vankien.cli.options"

local COMMAND = {
  name = "shift", operands = {min = 0, max = 1, what = "a phrase"},
  options = {
    {name = "phrase", value = "P", many = true}, {name = "limit", value = "N", type = "integer"},
    {name = "format", short = "f", value = "F", choices = {"table", "json"}, default = "table"},
    {name = "once"},
  },
}

describe("options.parse", function()
  local good = {
    {{}, {format = "table"}, {}},
    {{"--limit", "5"}, {limit = 5, format = "table"}, {}},
    {{"--limit=5", "tham gia"}, {limit = 5, format = "table"}, {"tham gia"}},
    {{"-f", "json"}, {format = "json"}, {}},
    {{"-fjson"}, {format = "json"}, {}},
    {{"--phrase", "a", "--phrase=b=c"}, {phrase = {"a", "b=c"}, format = "table"}, {}},
    {{"--once", "--", "--phrase"}, {once = true, format = "table"}, {"--phrase"}},
    {{"-"}, {format = "table"}, {"-"}},
    {{"--help", "a", "b"}, {help = true, format = "table"}, {"a", "b"}},
    {{"--phrase", "-x"}, {phrase = {"-x"}, format = "table"}, {}},
  }
  it("reads long and short options, values, flags and operands", function()
    for _, case in ipairs(good) do
      local given, operands = options.parse(COMMAND, case[1])
      assert.same(case[2], given)
      assert.same(case[3], operands)
    end
  end)

  local bad = {
    {{"--fromat", "json"}, "no option %-%-fromat", "%-%-format"},
    {{"--format", "jsn"}, 'cannot be "jsn"', "json"},
    {{"--format"}, "wants a value"},
    {{"--limit", "five"}, "whole number"},
    {{"--limit", "-5"}, "whole number"},
    {{"--limit", "5", "--limit", "6"}, "given twice"},
    {{"--once=1"}, "takes no value"},
    {{"--phrase="}, "empty value"},
    {{"a", "b"}, 'does not take "b"'},
    {{"-x"}, "no option %-x"},
  }
  it("refuses what it does not know, and says what was meant", function()
    for _, case in ipairs(bad) do
      local given, problem = options.parse(COMMAND, case[1])
      assert.is_nil(given)
      assert.is_true(err.is(problem))
      assert.equal("usage", problem.code)
      assert.truthy(problem.message:find(case[2]), problem.message)
      if case[3] then assert.truthy(problem.hint:find(case[3]), problem.hint) end
    end
  end)

  it("leaves everything after the first operand to a script", function()
    local command = {name = "run", stops = true, operands = {min = 1}, options = {}}
    local _, operands = options.parse(command, {"file.lua", "--format", "-x"})
    assert.same({"file.lua", "--format", "-x"}, operands)
  end)
end)
