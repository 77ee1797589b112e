-- JSON: what is written is read back the same, and what JSON cannot carry is refused.

local json = require "vankien.util.json"
local err = require "vankien.util.err"

describe("json.encode", function()
  it("keeps Vietnamese as it is", function()
    assert.equal('"Đại hội XIII, chủ động"', json.encode "Đại hội XIII, chủ động")
  end)

  it("escapes control characters, quotes and DEL", function()
    assert.equal([["a\"b\\c\n\t\u001b\u007f"]], json.encode 'a"b\\c\n\t\27\127')
  end)

  local numbers = {
    {0, "0"}, {-7, "-7"}, {math.maxinteger, "9223372036854775807"}, {2.0, "2.0"}, {0.1, "0.1"},
    {1 / 3, "0.3333333333333333"}, {1e300, "1e+300"}, {-0.5, "-0.5"},
  }
  it("writes integers whole and floats so that they read back the same", function()
    for _, case in ipairs(numbers) do
      assert.equal(case[2], json.encode(case[1]))
      assert.equal(case[1], json.decode(case[2]))
    end
  end)

  it("refuses NaN, infinity, functions, cycles, mixed tables and broken UTF-8", function()
    local cycle = {}
    cycle.self = cycle
    for _, value in ipairs {0 / 0, math.huge, -math.huge, print, cycle, {1, 2, a = 3}, "\xff"} do
      local ok, problem = pcall(json.encode, value)
      assert.is_false(ok)
      assert.is_true(err.is(problem))
    end
  end)

  it("sorts the keys of objects, and keeps the stated order of records", function()
    assert.equal('{"a":1,"b":2}', json.encode {b = 2, a = 1})
    assert.equal('{"b":2,"c":null,"a":1}', json.record({a = 1, b = 2}, {"b", "c", "a"}))
  end)

  it("tells an empty list from an empty object", function()
    assert.equal("[]", json.encode(json.array {}))
    assert.equal("{}", json.encode {})
  end)
end)

describe("json.decode", function()
  it("reads nested values, escapes and surrogate pairs", function()
    local value = json.decode ' {"a": [1, 2.5, "\\u0110\\ud83d\\ude00"], "b": null, "c": {}} '
    assert.equal("Đ😀", value.a[3])
    assert.equal("integer", math.type(value.a[1]))
    assert.equal(json.null, value.b)
    assert.equal('{"a":[1,2.5,"Đ😀"],"b":null,"c":{}}', json.encode(value))
  end)

  local broken = {
    "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "nul", "tru", "'a'", "{a:1}", "1 2", '"a',
    '"a\nb"', '"\\x"', '"\\ud800"', '"\\ud800\\u0041"', '{"a":1,"a":2}', "\xff", "NaN", "1e999",
    ("["):rep(200) .. ("]"):rep(200),
  }
  it("refuses what is not JSON, naming the byte", function()
    for _, text in ipairs(broken) do
      local value, problem = json.decode(text)
      assert.is_nil(value, text)
      assert.equal("bad_input", problem.code)
      assert.truthy(problem.message:find "at byte %d+", text)
    end
  end)
end)
