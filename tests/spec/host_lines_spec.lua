-- Lines and passages of the host: what can be told of a line, what is refused.

local store = require "vankien.host.store"
local text = require "vankien.host.text"

local function lines(s)
  local all = text.lines(s, 0)
  all:read(0)
  all:measure()
  return all
end

local endings = {
  { "Hết câu.", "sentence" }, { "“Hết câu.”", "sentence" }, { "Còn nữa…", "sentence" },
  { "như sau:", "clause" }, { "một là;", "clause" }, { "kinh tế,", "comma" },
  { "phát triển kinh tế và", "hanging" }, { "giai đoạn 2021 –", "hanging" }, { "(", "hanging" },
  { "phát triển kinh tế", "open" }, { "\"", "open" },
}

describe("lines:ends", function()
  for _, case in ipairs(endings) do
    it(("calls %q %s"):format(case[1], case[2]), function()
      assert.equal(case[2], lines(case[1]):ends(1))
    end)
  end
end)

describe("lines:begins", function()
  for _, case in ipairs {
    { "a", "lower" }, { "ế", "lower" }, { "Đ", "upper" }, { "Z", "upper" }, { "1", "digit" },
    { "–", "other" }, { "e\u{302}\u{301}", "lower" },
  } do
    it(("calls %q %s"):format(case[1], case[2]), function()
      assert.equal(case[2], lines(case[1]):begins(1))
    end)
  end
end)

describe("lines:plain", function()
  it("is false for every mark of structure", function()
    for _, mark in ipairs {
      "PHẦN THỨ NHẤT", "Chương I", "Mục 2", "Điều 3. A", "Một là, a", "Thứ hai, b", "I- A",
      "X. B", "V KINH TẾ", "B- C", "12. d", "2.4 e", "(1) f", "(ii) g", "a) h", "đ) i", "- k",
      "• l", "+ m", "· n",
    } do
      assert.is_false(lines(mark):plain(1), mark)
    end
  end)

  it("is true for most of what is written", function()
    for _, line in ipairs { "Đảng ta", "kinh tế", "Việt Nam", "Đại hội", "Ấn Độ", "a b" } do
      assert.is_true(lines(line):plain(1), line)
    end
  end)
end)

describe("passages", function()
  it("read as tables, counted from 1", function()
    local all, out = lines "Một câu.\nHai câu.", text.passages()
    out:begin "I"
    out:take(all, 1)
    out:take(all, 2)
    out:kind "item"
    assert.equal(1, #out)
    assert.same({ path = "I", kind = "item", fragments = { 0, 11, 12, 21 } }, out[1])
    assert.is_nil(out[2])
  end)

  it("refuse lines that are not there", function()
    local all, out = lines "Một câu.", text.passages()
    assert.has_error(function() out:take(all, 2) end)
    assert.has_error(function() out:run(all, 2, 1) end)
    assert.has_error(function() all:add({ 5, 3 }) end)
    assert.has_error(function() all:add({ 0, 99 }) end)
  end)

  it("go only into a statement that takes them as one parameter", function()
    local conn <close> = assert(store.open(":memory:", { mode = "create" }))
    conn:exec "CREATE TABLE t (a, b)"
    local insert <close> = conn:bulk "INSERT INTO t VALUES (?, ?)"
    local made <close> = store.ingest(text.tokenizer(), "a", text.passages(), 1, 1)
    local ok, problem = pcall(insert.passages, insert, made)
    assert.is_false(ok)
    assert.equal("usage", problem.code)
  end)
end)
