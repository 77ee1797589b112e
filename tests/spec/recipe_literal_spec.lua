-- The reader of `recipe{ … }`: Lua's literals as Lua reads them, and nothing that would run.

local literal = require "vankien.host.literal"
local rng = require "vankien.analysis.rng"

local function read(text)
  return assert(literal.read(text, "x.lua"))
end

-- What Lua itself makes of the same table.
local function by_lua(body)
  return assert(load("return {" .. body .. "}", "=x", "t", {}))()
end

describe("literal.read", function()
  it("reads what Lua reads", function()
    for _, body in ipairs {
      "", "1", "-1", "- 5.5e-1", "0x10, -0xA.8p1, 1e3, 3., .5", "9223372036854775808",
      "-9223372036854775808, 0xffffffffffffffffff", "true, false, nil, 1",
      [["a\n\t\\\"\'\065\x41\u{1ED9}\z
        b"]], "'it''s'" and "'its'", "[[\nlong]]", "[==[a]]b]==]", "[[a\r\nb\n\rc\rd]]", "\"\\\n\"",
      "a = 1; b = 2,", "['k'] = 1, [10] = 2, [2.5] = 3, [-1] = 4", "{1, {2, {3}}}, x = { y = { } }",
      "--[[c]] a --[==[d]==] = -- e\n 1", "_a1 = 1, nilx = 2, trueish = 3",
    } do
      assert.same(by_lua(body), read("recipe{" .. body .. "}"), body)
    end
  end)

  it("agrees with Lua on tables made at random", function()
    local random = rng.new(7)
    local function pick(list) return list[random:below(#list)] end
    local function value(depth)
      local kind = random:below(depth > 0 and 8 or 6)
      if kind == 1 then return tostring(random:below(1000) - 500) end
      if kind == 2 then return ("%.3f"):format(random:float()) end
      if kind == 3 then return pick {"true", "false", "nil"} end
      if kind == 4 then return ("%q"):format(pick {"a", "Đại hội", "", "\n\"\\", "\1"}) end
      if kind == 5 then return "[=[" .. pick {"x", "\ny", "]]"} .. "]=]" end
      if kind == 6 then return "0x" .. pick {"ff", "1p4", "A.8"} end
      local parts = {}
      for i = 1, random:below(4) do
        local key = pick {"", "", ("k%d = "):format(i), ('["k %d"] = '):format(i)}
        parts[i] = key .. value(depth - 1)
      end
      return "{" .. table.concat(parts, pick {", ", "; ", " ,\n"}) .. "}"
    end
    for _ = 1, 500 do
      local body = value(4)
      assert.same(by_lua(body), read("recipe{" .. body .. "}"), body)
    end
  end)

  it("begins behind a byte order mark, a line for the shell and comments", function()
    local heads = {"\u{FEFF}", "#!/usr/bin/env vankien\n", "-- a\n--[[ b\n]]\n", "\u{FEFF}#!x\n"}
    for _, head in ipairs(heads) do
      assert.equal(1, read(head .. "recipe { a = 1 }\nfunction run() end").a)
      assert.equal(1, read(head .. "recipe({ a = 1 })").a)
    end
  end)

  it("says where the statement ends, so that the rest is the code", function()
    local text = "recipe{ a = 1 }\nlocal x = 1"
    local _, ends = literal.read(text, "x.lua")
    assert.equal("\nlocal x = 1", text:sub(ends + 1))
  end)

  it("refuses what would have to be run, with line, column and a hint", function()
    for _, case in ipairs {
      {"", "1:1", "first statement"}, {"local x = 1", "1:1", "first statement"},
      {"recipes{}", "1:1", "first statement"}, {"recipe", "1:7", "expected {"},
      {"recipe{", "1:8", "ends"}, {"recipe{ a = b }", "1:13", "a name where"},
      {"recipe{\n a = f() }", "2:6", "a name where"},
      {"recipe{ a = function() end }", "1:13", "a function among"},
      {"recipe{ a = 'x' .. 'y' }", "1:17", "joined"},
      {"recipe{ in = 1 }", "1:9", "a word of Lua"},
      {"recipe{ {end = 1} }", "1:10", "a word of Lua"},
      {"recipe{ a = 1 + 2 }", "1:15", "expected ,"},
      {"recipe{ a = #'x' }", "1:13", "no value"}, {"recipe{ a = -'x' }", "1:13", "minus"},
      {"recipe{ a = - }", "1:13", "minus"}, {"recipe{ a = 'x\n' }", "1:13", "does not end"},
      {"recipe{ a = [[x }", "1:13", "does not end"}, {"recipe{ --[[ x }", "1:9", "comment"},
      {"recipe{ a = '\\q' }", "1:14", "escape"}, {"recipe{ a = '\\300' }", "1:15", "255"},
      {"recipe{ a = '\\xg0' }", "1:16", "hexadecimal"},
      {"recipe{ a = '\\u{}' }", "1:16", "Unicode"},
      {"recipe{ a = '\\u{D800}' }", "1:16", "Unicode"},
      {"recipe{ a = '\\u{110000}' }", "1:16", "Unicode"}, {"recipe{ a = 1e }", "1", "cannot read"},
      {"recipe{ a = 0x }", "1", "cannot read"}, {"recipe{ [nil] = 1 }", "1:10", "no string"},
      {"recipe{ [{}] = 1 }", "1:10", "no value"}, {"recipe{ [1 = 2 }", "1:12", "expected ]"},
      {"recipe{ [1] 2 }", "1:13", "expected ="}, {"recipe{ a = 1, a = 2 }", "1", "already given"},
      {"recipe{\n 'x', [1] = 'y' }", "2", "already given"},
      {"recipe{ " .. ("k"):rep(65) .. " = 1 }", "1:9", "64 bytes"},
      {"recipe{ Đ = 1 }", "1:9", "no value"}, {"recipe{ 'Đ', x }", "1:14", "a name where"},
      {"recipe({ a = 1 }", "1:17", "expected )"}, {"recipe{ a = 1 }\n-- \xFF", "2:4", "UTF-8"},
      {"recipe" .. ("{"):rep(13), "1:19", "12 deep"},
      {"recipe{" .. ("1,"):rep(20001) .. "}", "1:20013" and "1", "20,000"},
      {"recipe{ a = " .. ("1"):rep(201) .. " }", "1:13", "200 digits"},
    } do
      local value, problem = literal.read(case[1], "x.lua")
      local label = case[1]:sub(1, 60)
      assert.is_nil(value, label)
      assert.equal("bad_input", problem.code, label)
      assert.equal("x.lua:" .. case[2], problem.place:sub(1, 6 + #case[2]), label)
      assert.truthy(problem.message:find(case[3], 1, true), label .. ": " .. problem.message)
    end
  end)

  it("refuses a file of more than 1 MB", function()
    local value, problem = literal.read("recipe{} --" .. ("x"):rep(1 << 20), "x.lua")
    assert.is_nil(value)
    assert.truthy(problem.message:find("1 MB", 1, true))
  end)
end)

describe("literal.places", function()
  it("gives the line of each key", function()
    local text = "\nrecipe{\n a = { 1,\n { b = 2 } },\n ['c d'] = 3 }"
    local places = assert(literal.places(text, "x"))
    assert.same({[""] = 2, a = 3, ["a[1]"] = 3, ["a[2]"] = 4, ["a[2].b"] = 4, ["c d"] = 5}, places)
  end)
end)
