-- Our matcher of patterns against Lua's own: the same answers and the same refusals.

local ours = require "vankien.host.luapattern"

-- Lua's own functions, whatever the string table holds by now.
local own = {find = string.find, match = string.match, gmatch = string.gmatch, gsub = string.gsub}

local TEXTS = {
  "", "a", "aaab", "hello world", "key = value", "  trim me  ", "f(a(b)c)d", "THE (quick) fox",
  "2018-08-08", "x\0y", "Đối ngoại đa phương", "a.b.c", "[[x]]", "aXbXc", "abcabc", "%d", "^a$",
}

local PATTERNS = {
  "", "a", "a*", "a+", "a-", "a?", "a-b", ".", ".*", ".-", "^a", "a$", "^$", "$", "^", "%a+",
  "%w+", "%s*", "^%s*(.-)%s*$", "(%w+)%s*=%s*(%w+)", "%b()", "%bxx", "%f[%w]%w+", "%f[%a]%a+%f[%A]",
  "()", "()a()", "(a*(.)%w(%s*))", "(.)%1", "[a-c]+", "[^a-c]+", "[]]", "[^]]", "[%]]", "[%a-]",
  "[a-]", "%d%d%d%d%-%d%d", "\0", "[%z\1-\127]", "[\194-\244][\128-\191]*", "%.", "%%", "x$y",
  "(a)(b)(c)", "((a)b)", "a$b", "[%w_]+", "%u%l*", "%x+", "%p", "%g+", "%c", "(()())", "-", "a--",
  -- what is wrong with a pattern
  "%", "[", "[a", "[^", "(", ")", "(a", "a)", "%1", "(%1)", "%b", "%bx", "%f", "%fa", "[%", "(()",
}

local function answer(fn, ...)
  local results = table.pack(pcall(fn, ...))
  if not results[1] then
    results[2] = tostring(results[2]):gsub("^.-:%d+: ", ""):sub(1, 15)    -- what kind of refusal
  end
  return results
end

local function all_of(gmatch, text, pattern)
  local found = {}
  for a, b, c in gmatch(text, pattern) do
    found[#found + 1] = table.pack(a, b, c)
    if #found > 50 then break end
  end
  return found
end

describe("patterns", function()
  it("find, match and gsub as Lua's own", function()
    for _, text in ipairs(TEXTS) do
      for _, pattern in ipairs(PATTERNS) do
        local said = ("%q with %q"):format(text, pattern)
        for _, init in ipairs {1, 2, -2, 0, 100} do
          assert.same(answer(own.find, text, pattern, init), answer(ours.find, text, pattern, init),
            said)
          assert.same(answer(own.match, text, pattern, init),
            answer(ours.match, text, pattern, init), said)
        end
        assert.same(answer(own.find, text, pattern, 1, true),
          answer(ours.find, text, pattern, 1, true), said)
        assert.same(answer(own.gsub, text, pattern, "<%0>"),
          answer(ours.gsub, text, pattern, "<%0>"), said)
        assert.same(answer(own.gsub, text, pattern, "%1", 2),
          answer(ours.gsub, text, pattern, "%1", 2), said)
        assert.same(answer(all_of, own.gmatch, text, pattern),
          answer(all_of, ours.gmatch, text, pattern), said)
      end
    end
  end)

  it("take tables and functions in gsub, and refuse the rest", function()
    local function upper(s) return s ~= "b" and s:upper() or nil end
    for _, with in ipairs {upper, {a = "1", b = false}, 7, "%%", "%2", "%", {a = {}}, print} do
      if with ~= print then
        assert.same(answer(own.gsub, "abc", "%w", with), answer(ours.gsub, "abc", "%w", with))
      end
    end
    assert.is_false(pcall(ours.gsub, "a", "a", nil))
    assert.is_false(pcall(ours.find, "a"))
  end)

  it("are as deep as Lua's own", function()
    for _, n in ipairs {100, 190, 250} do
      local text, pattern = ("a"):rep(n), ("a?"):rep(n)
      assert.equal((pcall(own.find, text, pattern)), (pcall(ours.find, text, pattern)))
    end
  end)
end)
