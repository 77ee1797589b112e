-- Word diff: formulas along the congresses, moves, and scripts that are shortest.

local diff = require "vankien.analysis.diff"
local edits = require "vankien.analysis.edits"
local rng = require "vankien.analysis.rng"

local XIII = "bảo đảm quốc phòng, an ninh là trọng yếu, thường xuyên"
local XIV = "tăng cường quốc phòng, an ninh và đẩy mạnh đối ngoại, hội nhập quốc tế "
  .. "là trọng yếu, thường xuyên"

describe("diff.split", function()
  local TABLE = {
    {"quốc phòng, an ninh", "quốc|phòng|,|an|ninh"},
    {"Chỉ thị 25-CT/TW (2018).", "Chỉ|thị|25-CT/TW|(|2018|)|."},
    {"“nòng cốt”, dẫn dắt…", "“|nòng|cốt|”|,|dẫn|dắt|…"},
    {"3.119 lần\u{A0}– 6,5 %", "3.119|lần|–|6,5|%"},
    {"", ""},
  }
  for _, row in ipairs(TABLE) do
    it(("takes %q apart"):format(row[1]), function()
      assert.are.equal(row[2], table.concat(diff.split(row[1]), "|"))
    end)
  end
  it("is undone by join", function()
    for _, text in ipairs{XIII, XIV, "(“nòng cốt”, dẫn dắt)…"} do
      assert.are.equal(text, diff.join(diff.split(text)))
    end
  end)
end)

describe("diff.words", function()
  it("shows that the subject of trọng yếu, thường xuyên grew", function()
    local r = diff.words(XIII, XIV)
    assert.are.equal("[-bảo đảm-] {+tăng cường+} quốc phòng, an ninh {+và đẩy mạnh đối ngoại, "
      .. "hội nhập quốc tế+} là trọng yếu, thường xuyên", diff.text(r))
    assert.are.equal(2, r.deleted)
    assert.are.equal(11, r.inserted)
    assert.are.equal(9, r.kept)
  end)
  it("sees a swap as a move", function()
    local r = diff.words("cơ sở luật pháp quốc tế và Hiến chương Liên hợp quốc",
      "cơ sở Hiến chương Liên hợp quốc và luật pháp quốc tế")
    assert.are.equal(4, r.moved)
    assert.is_truthy(diff.text(r):find("[1> luật pháp quốc tế]", 1, true))
    assert.is_truthy(diff.text(r):find("{>1 luật pháp quốc tế}", 1, true))
    assert.are.equal(0, diff.words("a b c d", "c d a b", {moves = false}).moved)
  end)
  it("does not see case, nor capitals with marks", function()
    assert.is_true(diff.words("Đối ngoại ĐA PHƯƠNG ẤN Ý", "đối ngoại đa phương ấn ý").same)
  end)
  it("folds as it is told", function()
    assert.is_true(diff.words("hòa", "hoà", {fold = function() return "x" end}).same)
    assert.is_false(diff.words("hòa", "hoà").same)
  end)
  it("takes lists of words, and empty texts", function()
    assert.is_true(diff.words({}, {}).same)
    assert.are.equal("{+a b+}", diff.text(diff.words("", {"a", "b"})))
    assert.are.equal("[-a b-]", diff.text(diff.words("a b", "")))
  end)
  it("has the shortest script of random lists, and loses no word", function()
    local g = rng.new(3)
    for _ = 1, 500 do
      local a, b = {}, {}
      for i = 1, g:below(12) - 1 do a[i] = string.char(96 + g:below(4)) end
      for i = 1, g:below(12) - 1 do b[i] = string.char(96 + g:below(4)) end
      local length = {[0] = {}}
      for j = 0, #b do length[0][j] = 0 end
      for i = 1, #a do
        length[i] = {[0] = 0}
        for j = 1, #b do
          length[i][j] = a[i] == b[j] and length[i - 1][j - 1] + 1
            or math.max(length[i - 1][j], length[i][j - 1])
        end
      end
      local kept, from_a, from_b = 0, {}, {}
      for _, op in ipairs(edits.script(a, b)) do
        if op.kind == "same" then kept = kept + op.a_to - op.a_from + 1 end
        table.move(a, op.a_from, op.a_to, #from_a + 1, from_a)
        table.move(b, op.b_from, op.b_to, #from_b + 1, from_b)
      end
      assert.are.equal(length[#a][#b], kept)
      assert.are.same(a, from_a)
      assert.are.same(b, from_b)
    end
  end)
  it("gives up on long texts with nothing in common, and says so", function()
    local a, b = {}, {}
    for i = 1, 1500 do a[i], b[i] = "a" .. i, "b" .. i end
    local r = diff.words(a, b)
    assert.is_truthy(r.notes[1]:find("one replacement"))
    assert.are.equal(1500, r.deleted)
  end)
end)

describe("diff.align", function()
  it("sets what replaces beside what is replaced", function()
    local rows = diff.align(diff.words(XIII, XIV))
    assert.are.same({"replace", "same", "insert", "same"},
      {rows[1].kind, rows[2].kind, rows[3].kind, rows[4].kind})
    assert.are.equal("bảo đảm", rows[1].a)
    assert.are.equal("tăng cường", rows[1].b)
    assert.are.equal("", rows[3].a)
  end)
end)

describe("diff.chain", function()
  it("compares each wording with the one before", function()
    local r = diff.chain{{label = "VI", text = "thêm bạn bớt thù"}, {label = "VII",
      text = "muốn là bạn"}, {label = "IX", text = "là bạn, là đối tác tin cậy"}}
    assert.are.equal(2, #r.steps)
    assert.are.equal("VII", r.steps[2].from)
    assert.are.equal("[-muốn-] là bạn {+, là đối tác tin cậy+}", r.steps[2].text)
  end)
end)

describe("diff.around", function()
  it("says that what stands before the phrase grew, and by what", function()
    local r = diff.around(XIII, XIV, "là trọng yếu, thường xuyên")
    assert.is_true(r.grew)
    assert.are.same({"tăng cường", "và đẩy mạnh đối ngoại, hội nhập quốc tế"}, r.added)
    assert.are.same({"bảo đảm"}, r.removed)
    assert.is_true(r.after.same)
  end)
  it("says which text lacks the phrase", function()
    local r, info = diff.around(XIII, "khác hẳn", "là trọng yếu")
    assert.is_nil(r)
    assert.are.equal("the phrase is not in the second text", info.reason)
  end)
end)
