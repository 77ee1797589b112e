-- Lexical diversity: extremes and texts that are too short.

local lexdiv = require "vankien.analysis.lexdiv"

local function words(text)
  local list = {}
  for word in text:gmatch("%S+") do list[#list + 1] = word end
  return list
end

local function close(expected, value)
  assert.is_true(value ~= nil and math.abs(value - expected) <= 1e-9,
    ("expected %.12g, got %s"):format(expected, value))
end

describe("lexdiv", function()
  it("is 1 for words that never recur", function()
    local list = words("một hai ba bốn")
    close(1, (lexdiv.ttr(list)))
    close(1, (lexdiv.herdan_c(list)))
    close(2, (lexdiv.guiraud_r(list)))
    close(0, (lexdiv.yule_k(list)))
  end)
  it("gives Yule's K its top for one word over and over", function()
    close(1e4 * (16 - 4) / 16, (lexdiv.yule_k(words("a a a a"))))
  end)
  it("is undefined without tokens, and says so", function()
    for _, name in ipairs{"ttr", "cttr", "guiraud_r", "yule_k", "herdan_c"} do
      local value, info = lexdiv[name]{}
      assert.is_nil(value)
      assert.is_truthy(info.reason)
    end
  end)
  it("notes that ratios fall with length", function()
    local _, info = lexdiv.ttr(words("a b a"))
    assert.is_truthy(info.notes[1]:find("one length"))
  end)
end)

describe("lexdiv.mattr", function()
  it("is the mean over all windows", function()
    close((1 + 2 / 3 + 2 / 3) / 3, (lexdiv.mattr(words("a b c b b"), {window = 3})))
  end)
  it("is the plain ratio with a window of the whole text", function()
    local list = words("a b a c a d")
    close((lexdiv.ttr(list)), (lexdiv.mattr(list, {window = 6})))
  end)
  it("is undefined for a text shorter than the window", function()
    local value, info = lexdiv.mattr(words("a b"), {window = 3})
    assert.is_nil(value)
    assert.is_truthy(info.reason:find("fewer than the window"))
  end)
end)

describe("lexdiv.mtld", function()
  it("counts whole factors in both directions", function()
    close(2, (lexdiv.mtld(words("a a a a a a"))))
  end)
  it("is undefined when no word recurs", function()
    local value, info = lexdiv.mtld(words("a b c d"))
    assert.is_nil(value)
    assert.is_truthy(info.reason)
  end)
end)
