-- Legacy encodings into UTF-8, and whether what came out can be Vietnamese.

local charset = require "vankien.host.charset"
local raised = require "tests.support.raised"

describe("charset.decode", function()
  -- bytes as fonts and systems of their time wrote them
  local good = {
    { "TCVN5712-1", "\xA7\xB9i h\xE9i l\xC7n th\xF8 XIV", "Đại hội lần thứ XIV" },
    { "VISCII", "\xD0\xD5i h\xB5i l\xA5n th\xD1 XIV", "Đại hội lần thứ XIV" },
    { "CP1258", "\xD0a\xF2i h\xF4\xF2i l\xE2\xCCn th\xFD\xEC XIV", "Đại hội lần thứ XIV" },
    { "UTF-16LE", "\x10\x01\xA1\x1E\x69\x00", "Đại" },
    { "UTF-16BE", "\x01\x10\x1E\xA1\x00\x69", "Đại" },
    { "UTF-16", "\xFF\xFE\x10\x01\xA1\x1E\x69\x00", "Đại" },
    { "UTF-16", "\xFE\xFF\x01\x10\x1E\xA1\x00\x69", "Đại" },
    { "UTF-8", "\xEF\xBB\xBFĐa\u{323}i", "Đại" },
    { "CP1258", "", "" },
  }
  for _, case in ipairs(good) do
    it(("reads %s (%d bytes) as “%s”"):format(case[1], #case[2], case[3]), function()
      assert.equal(case[3], charset.decode(case[1], case[2]))
    end)
  end

  it("gives the place of a byte that the encoding has not", function()
    assert.same({ nil, 2 }, { charset.decode("CP1258", "ab\x81c") })
    assert.same({ nil, 2 }, { charset.decode("UTF-16LE", "a\0b") })
  end)

  it("gives nothing but nil for an encoding that there is not", function()
    assert.same({ n = 1 }, table.pack(charset.decode("no such", "a")))
  end)

  it("refuses zero characters, as all texts here", function()
    assert.same({ nil, 4 }, { charset.decode("UTF-16LE", "a\0\0\0") })
  end)

  it("composes texts longer than its buffer, letters at the seam too", function()
    for shift = 0, 2 do
      local bytes = ("a"):rep(65534 + shift) .. "\xD0a\xF2i"
      assert.equal(("a"):rep(65534 + shift) .. "Đại", charset.decode("CP1258", bytes))
    end
  end)

  -- Any bytes at all: text or nil with a place inside, never a raise, and what comes is UTF-8.
  it("takes random bytes in every encoding without failing", function()
    math.randomseed(5712)
    for _ = 1, 3000 do
      local bytes = {}
      for n = 1, math.random(0, 40) do bytes[n] = string.char(math.random(0, 255)) end
      bytes = table.concat(bytes)
      for _, name in ipairs { "TCVN5712-1", "VISCII", "CP1258", "UTF-16", "UTF-16LE", "UTF-8" } do
        local decoded, at = charset.decode(name, bytes)
        if decoded then assert.truthy(utf8.len(decoded), name)
        else assert.truthy(at >= 0 and at <= #bytes, name) end
      end
    end
  end)
end)

describe("charset.back_to_bytes", function()
  it("undoes the reading of an old encoding as Latin-1 or Windows 1252", function()
    assert.equal("\xA7\xB9i h\xE9i", charset.back_to_bytes "§¹i héi")
    assert.equal("\x80\x9C\x85", charset.back_to_bytes "€\u{153}\u{85}")
  end)

  it("gives the place of a character that neither has", function()
    assert.same({ nil, 2 }, { charset.back_to_bytes "abộc" })
  end)
end)

describe("charset.measure", function()
  local cases = {
    { "Đại hội đại biểu toàn quốc lần thứ XIV", 9, 8, 0, 0 },
    { "xõy dựng, tớch cực, xó hội, thỏng", 7, 7, 2, 0 },
    { "Ph·n thì nhµt NHëNG V©N ĐÅ CHUNG", 7, 6, 5, 3 },
    { "ASEAN and the United Nations", 5, 0, 0, 0 },
    { "«Việt» ·Nam 5 km² §3", 3, 1, 0, 0 },
    { "Bi\u{301} thư", 2, 2, 0, 0 },
    { "", 0, 0, 0, 0 },
  }
  for _, case in ipairs(cases) do
    it("counts words, marked, impossible and with signs in “" .. case[1] .. "”", function()
      assert.same({ words = case[2], marked = case[3], impossible = case[4], signs = case[5] },
        charset.measure(case[1]))
    end)
  end

  it("refuses what is no UTF-8", function()
    assert.equal("bad_input", raised(charset.measure, "a\xFF").code)
  end)
end)
