-- Errors, suggestions, option tables, lists and Roman numerals.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local roman = require "vankien.util.roman"
local strict = require "vankien.util.strict"
local suggest = require "vankien.util.suggest"

local raised = dofile "tests/support/raised.lua"

describe("err", function()
  it("places an error at the line of the caller outside the program's own files", function()
    local problem = raised(function() strict.options({ a = 1 }, { b = true }, "x") end)
    assert.matches("util_spec%.lua:%d+$", problem.place)
  end)

  it("prints place, message and hint", function()
    local e = err.new("bad_input", "wrong", { place = "f:1", hint = "do it right" })
    assert.equal("f:1: wrong\n  hint: do it right", tostring(e))
    assert.equal("wrong", tostring(err.new("bad_input", "wrong")))
  end)

  it("knows its own values from others", function()
    assert.is_true(err.is(err.new("usage", "m")))
    assert.is_false(err.is({ code = "usage", message = "m" }))
    assert.is_false(err.is("text"))
  end)

  it("refuses a code that is not one of ours", function()
    assert.has_error(function() err.new("oops", "m") end)
  end)
end)

describe("suggest.nearest", function()
  local columns = { "title", "number", "issued", "issuer", "congress", "key" }
  local cases = {
    { "titel", "title" }, { "isued", "issued" }, { "Title", "title" }, { "congres", "congress" },
    { "numbre", "number" }, { "kye", "key" },
  }
  it("finds the name that was meant", function()
    for _, case in ipairs(cases) do
      assert.equal(case[2], suggest.nearest(case[1], columns)[1], case[1])
    end
  end)

  it("ignores Vietnamese marks", function()
    assert.equal("nghị quyết", suggest.nearest("nghi quyet", { "chỉ thị", "nghị quyết" })[1])
  end)

  it("names nothing when nothing is near", function()
    assert.same({}, suggest.nearest("xylophone", columns))
    assert.is_nil(suggest.phrase("xylophone", columns))
  end)

  it("gives the nearest first and at most the limit", function()
    assert.same({ "issued", "issuer" }, suggest.nearest("issueed", columns, 2))
  end)

  it("does not fail on bytes that are not UTF-8", function()
    assert.is_table(suggest.nearest("\xff\xfe", columns))
  end)
end)

describe("strict.options", function()
  it("names the option that was meant", function()
    local problem = raised(strict.options, { fomat = 1 }, { format = "string" }, "shift")
    assert.equal('unknown option "fomat" in shift', problem.message)
    assert.equal('did you mean "format"?', problem.hint)
  end)

  it("checks types", function()
    local problem = raised(strict.options, { by = 1 }, { by = "string|function" }, "shift")
    assert.equal("shift: by must be string or function, not number", problem.message)
  end)

  it("takes nil for no options", function()
    assert.same({}, strict.options(nil, { by = "string" }, "shift"))
  end)
end)

describe("strict.object", function()
  it("raises for a field that is not there", function()
    local object = strict.object({ total = 1 }, "a result")
    assert.equal(1, object.total)
    local problem = raised(function() return object.totl end)
    assert.equal('unknown field "totl" in a result', problem.message)
  end)
end)

describe("list", function()
  it("maps, filters and keeps order", function()
    assert.same({ 2, 4 }, list.map({ 1, 2 }, function(n) return n * 2 end))
    assert.same({ 3 }, list.filter({ 1, 3 }, function(n) return n > 1 end))
    assert.same({ "b", "a" }, list.unique { "b", "a", "b" })
    assert.same({ 2, 3 }, list.slice({ 1, 2, 3 }, 2))
    assert.same({ 1, 2, 3 }, list.concat({ 1 }, { 2, 3 }))
    assert.equal(2, list.index_of({ "x", "y" }, "y"))
  end)

  it("sorts keys of every kind the same way each time", function()
    assert.same({ 1, 2, "a", "b" }, list.sorted_keys { b = 1, a = 1, [2] = 1, [1] = 1 })
  end)

  it("sorts so that equal elements keep their order", function()
    local given = {}
    for i = 1, 60 do given[i] = { key = i % 3, i = i } end
    local sorted = list.stable_sort(given, function(a, b) return a.key < b.key end)
    for i = 2, 60 do
      assert.is_true(sorted[i - 1].key < sorted[i].key or sorted[i - 1].i < sorted[i].i)
    end
  end)
end)

describe("roman", function()
  it("reads what it writes, from 1 to 3999", function()
    for n = 1, 3999 do assert.equal(n, roman.to_integer(roman.from_integer(n))) end
  end)

  it("takes either case", function() assert.equal(14, roman.to_integer "xiv") end)

  it("refuses what is no numeral in its usual form", function()
    for _, text in ipairs { "IIII", "VX", "IC", "", "XIVX", "12", "đ", "IVI", "XXL" } do
      assert.equal(1, select("#", roman.to_integer(text)))
      assert.is_nil(roman.to_integer(text), text)
    end
    for _, n in ipairs { 0, -1, 4000, 1.5 } do assert.is_nil(roman.from_integer(n)) end
  end)
end)
