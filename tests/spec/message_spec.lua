-- vankien.host.message: values as bytes, and bytes that lie.

local message = require "vankien.host.message"

-- A message with that value, its length as it should be.
local function framed(value)
  return "VKm1" .. ("<I8"):pack(#value) .. value
end

local function list(n, members) return "l" .. ("<I4"):pack(n) .. (members or "") end
local function map(n, pairs_of) return "m" .. ("<I4"):pack(n) .. (pairs_of or "") end
local function text(s) return "s" .. ("<I4"):pack(#s) .. s end

local function problem(bytes, limits)
  local value, why = message.decode(bytes, limits)
  assert.is_nil(value)
  assert.equal("bad_input", why.code)
  return why.message
end

describe("message.encode and decode", function()
  it("give every plain value back, with its type", function()
    local values = {
      true, false, 0, -1, math.maxinteger, math.mininteger, 0.5, -0.0, 1e308, 1 / 0, -1 / 0, 3.0,
      "", "Đối ngoại\0đa phương", ("x"):rep(100000),
    }
    for _, value in ipairs(values) do
      local back = message.decode(assert(message.encode(value)))
      assert.equal(value, back)
      assert.equal(math.type(value), math.type(back))
    end
    assert.is_nil(message.decode(message.encode(nil)))
    assert.equal("-0.0", tostring(message.decode(message.encode(-0.0))))
    local nan = message.decode(message.encode(0 / 0))
    assert.is_true(nan ~= nan)
  end)

  it("give lists, maps and what is in them back", function()
    local value = {
      rows = {{term = "tham gia", n = 3, rate = 0.5}, {}, {term = "chủ động", ok = false}},
      [1] = "a", [true] = 1, [2.5] = "x", [-3] = {{{}}}, empty = {},
    }
    assert.same(value, message.decode(message.encode(value)))
  end)

  it("keep a list a list, and make a table with holes a map", function()
    assert.equal(framed(list(2, "tf")), message.encode {true, false})
    assert.equal(framed(list(0)), message.encode {})
    assert.equal("m", message.encode({1, nil, 3}):sub(13, 13))
    assert.same({1, nil, 3}, message.decode(message.encode {1, nil, 3}))
    assert.equal("m", message.encode({1, 2, x = 3}):sub(13, 13))
  end)

  it("read tables raw: no metamethod runs", function()
    local t = setmetatable({1}, {__index = error, __len = error, __pairs = error})
    assert.same({1}, message.decode(message.encode(t)))
  end)

  it("give random values back", function()
    local rng = require "vankien.analysis.rng".new(7)
    local function below(n) return math.floor(rng:float() * n) end
    local function random(depth)
      local kind = below(depth > 0 and 6 or 4)
      if kind == 0 then return below(1000000) - 500000 end
      if kind == 1 then return rng:float() end
      if kind == 2 then return ("ệ\0"):rep(below(5)) end
      if kind == 3 then return below(2) == 1 end
      local t = {}
      for i = 1, below(5) do
        t[kind == 4 and i or (below(2) == 1 and "k" .. below(100) or below(100))] =
          random(depth - 1)
      end
      return t
    end
    for _ = 1, 300 do
      local value = random(5)
      assert.same(value, message.decode(message.encode(value)))
    end
  end)
end)

describe("message.encode", function()
  local deep = {}
  for _ = 1, 99 do deep = {deep} end

  it("says where a value is no data", function()
    local cases = {
      {print, "value is a function, which is no data"},
      {{rows = {{}, {n = print}}}, "value.rows[2].n is a function, which is no data"},
      {{[1] = 1, [{}] = 2}, "value[a table] is a key that is no plain value"},
      {{[print] = 2}, "value[a function] is a function, which is no data"},
      {{a = coroutine.create(print)}, "value.a is a thread, which is no data"},
      {io.stderr, "value is a userdata, which is no data"},
      {{[true] = print}, "value[a boolean] is a function, which is no data"},
    }
    for _, case in ipairs(cases) do
      local bytes, why = message.encode(case[1])
      assert.is_nil(bytes)
      assert.same({"bad_input", case[2]}, {why.code, why.message})
    end
  end)

  it("refuses a table that is too deep or holds itself", function()
    local round = {}
    round.round = round
    for _, value in ipairs {round, {deep}, {{{deep}}}} do
      local bytes, why = message.encode(value)
      assert.is_nil(bytes)
      assert.equal("bad_input", why.code)
      assert.matches("is too deep, or a table that holds itself", why.message, 1, true)
    end
    assert.same(deep, message.decode(message.encode(deep)))
    assert.is_nil((message.encode({{{}}}, {depth = 2})))
    assert.truthy((message.encode({{{}}}, {depth = 3})))
  end)

  it("refuses more bytes and values than may be handed over", function()
    local cases = {{("x"):rep(100), {bytes = 116}}, {{1, 2, 3}, {nodes = 3}},
      {{1, 2}, {bytes = 34}}}
    for i, case in ipairs(cases) do
      local bytes, why = message.encode(case[1], case[2])
      assert.is_nil(bytes, "case " .. i)
      assert.equal("full", why.code)
    end
    assert.truthy(message.encode(("x"):rep(100), {bytes = 117}))
    assert.truthy(message.encode({1, 2, 3}, {nodes = 4}))
    assert.truthy(message.encode({1, 2}, {bytes = 35}))
  end)

  it("raises for limits that are none", function()
    for _, limits in ipairs {{bytes = 0}, {depth = -1}, {nodes = "x"}} do
      assert.has_error(function() message.encode(1, limits) end)
    end
    assert.has_error(function() message.encode() end)
    assert.has_error(function() message.decode(1 == 1) end)
  end)
end)

describe("message.decode", function()
  it("refuses what lies about its length", function()
    local cases = {
      [""] = "cut short", ["VKm1"] = "cut short", ["XXXX" .. ("\0"):rep(8) .. "t"] = "no message",
      ["VKm1" .. ("<I8"):pack(2) .. "t"] = "not as long", [framed ""] = "cut short",
      ["VKm1" .. ("\xff"):rep(8) .. "t"] = "not as long",
      [framed "tt"] = "more behind", [framed "i\0"] = "a number is cut short",
      [framed "s\xff\xff\xff\xff"] = "a text is cut short", [framed "s\1\0\0"] = "a text is cut",
      [framed(list(0xffffffff))] = "a list is cut short", [framed(list(2, "t"))] = "a list is cut",
      [framed(map(0xffffffff))] = "a map is cut short", [framed(map(1, "t"))] = "a map is cut",
      [framed(list(1, list(0)) .. "t")] = "more behind", [framed "x"] = "no known kind",
      [framed "\0"] = "no known kind", [framed(list(2, list(1, "t")))] = "cut short",
    }
    for bytes, words in pairs(cases) do assert.matches(words, problem(bytes), 1, true) end
  end)

  it("refuses keys that cannot be", function()
    local nan = "d" .. ("<d"):pack(0 / 0)
    for _, key in ipairs {"n", list(0), map(0), nan} do
      assert.matches("key", problem(framed(map(1, key .. "t"))))
    end
    assert.matches("twice", problem(framed(map(2, text "a" .. "t" .. text "a" .. "f"))))
    assert.matches("twice", problem(framed(map(2, "i" .. ("<i8"):pack(3) .. "t" .. "d" ..
      ("<d"):pack(3.0) .. "t"))))
  end)

  it("holds its limits of bytes, values and depth", function()
    assert.matches("too long", problem(framed "t", {bytes = 12}))
    assert.matches("too many", problem(framed(list(3, "ttt")), {nodes = 3}))
    assert.matches("too deep", problem(framed(list(1, list(1, list(0)))), {depth = 2}))
    assert.matches("too deep", problem(framed(list(1):rep(200000) .. "t")))
  end)

  it("reserves nothing because a message says so", function()
    local bytes = framed(list(90000, ("t"):rep(89999) .. "x"))
    collectgarbage()
    collectgarbage "stop"
    local before = collectgarbage "count"
    problem(bytes, {nodes = 10})
    local grown = collectgarbage "count" - before
    collectgarbage "restart"
    assert.is_true(grown < 64, grown)             -- KB; the list would be more than a thousand
  end)

  it("never fails but with an error value, whatever byte is altered", function()
    local value = {rows = {{"tham gia", 3, 0.5, true}, {x = {}}}, notes = {"một"}}
    local bytes = message.encode(value)
    for at = 1, #bytes do
      for _, byte in ipairs {"\0", "\1", "\xff", "m", "l", "s"} do
        local altered = bytes:sub(1, at - 1) .. byte .. bytes:sub(at + 1)
        local back, why = message.decode(altered)
        assert.is_true(back ~= nil or why.code == "bad_input")
      end
      problem(bytes:sub(1, at - 1))
    end
  end)
end)
