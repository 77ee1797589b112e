-- The 23 kinds of damage seen in public copies of official texts, each imported as a file: what is
-- repaired (the words come out as they were meant), what is only reported, what is refused.

local stores = dofile "tests/support/stores.lua"
local texts = dofile "tests/support/texts.lua"

local ingest = require "vankien.corpus.ingest"

-- Import one text; its passages joined by "|", and the summary or the error.
local function imported(bytes)
  local folder = texts.folder { ["t.txt"] = bytes }
  local store = stores.fresh()
  finally(function() stores.drop(store) texts.clear(folder) end)
  local summary, problem = ingest.run(store, { folder .. "/t.txt" })
  if not summary then return nil, problem end
  local out = store.conn:first [[SELECT group_concat(text, '|') FROM (SELECT text FROM passages
    ORDER BY id)]]
  return out, summary
end

local KNOWN = ("Đại hội xác định đường lối đối ngoại, thống nhất nhận thức, phát triển kinh tế. ")
  :rep(4)

local repaired = {
  { "hard wrap in the middle of a phrase", "Việt Nam chủ động tham\ngia các cơ chế.",
    "Việt Nam chủ động tham gia các cơ chế." },
  { "trailing space before a line end", "chủ động tham  \ngia các cơ chế.",
    "chủ động tham gia các cơ chế." },
  { "column or page break inside a sentence", "phát huy vai trò tại các cơ chế\n\nđa phương.",
    "phát huy vai trò tại các cơ chế đa phương." },
  { "footnote mark glued to a word", "toàn cầu1 và khu vực2 đổi mới.",
    "toàn cầu và khu vực đổi mới." },
  { "space inside a syllable", KNOWN .. "Xác địn h đ ối ngo ại.", KNOWN .. "Xác định đối ngoại." },
  { "space before a comma", "tư duy , tầm nhìn ; kỷ nguyên.", "tư duy, tầm nhìn; kỷ nguyên." },
  { "page header and number in the text", "# page 1\nbc.doc 1 ASEAN,\n# page 2\nbc.doc 2 Liên hợp "
    .. "quốc,\n# page 3\nbc.doc 3 và các nước.", "ASEAN,|Liên hợp quốc, và các nước." },
  { "syllables glued", "Các thành viên. Nước Cộng hòa. Mọi thànhviên, nước Cộnghòa.",
    "Các thành viên. Nước Cộng hòa. Mọi thành viên, nước Cộng hòa." },
  { "detached combining marks", "diên đ \u{303} àn hơp t \u{323} ác", "diễn đàn hợp tác" },
  { "ƣ for ư", "đƣờng lối của nƣớc ta", "đường lối của nước ta" },
  { "Ð (Eth) for Đ", "Ðại hội của Ðảng", "Đại hội của Đảng" },
  { "NFC and NFD mixed", "Bi\u{301} thư và Bí thư", "Bí thư và Bí thư" },
  { "a file in NFD", "tuye\u{302}n ngo\u{302}n nha\u{302}n quye\u{302}\u{300}n",
    "tuyên ngôn nhân quyền" },
  { "ornament at the end", "dân chủ, công bằng, văn minh. n\n", "dân chủ, công bằng, văn minh." },
  { "two-dot ellipsis", "Phát triển (UNDP), .. Việt Nam đã nâng cao.",
    "Phát triển (UNDP), Việt Nam đã nâng cao." },
  { "no-break space", "đối\u{A0}ngoại", "đối ngoại" },
}

local reported = {
  { "footnote inside running text", "note_body", "# page 1\nĐổi mới1, hội nhập2 là cần thiết. "
    .. "1 Thể hiện qua nghị quyết. 2 Xem trang 5.\n# page 2\nTiếp theo là phần sau.\n" },
  { "web chrome", "web_chrome", "Loading Now\n\nViệt Nam tham gia.\n\nYou May Have Missed\n" },
}

local refused = {
  { "TCVN3 decoded with the wrong table",
    ("xõy dựng Đảng tớch cực xó hội thỏng năm khụng "):rep(8) },
  { "scrambled text layer of a font",
    ("Ph·n thì nhµt NHëNG V©N ĐÅ CHUNG vÒ ®¹i hói "):rep(8) },
}

describe("damage that is repaired:", function()
  for _, case in ipairs(repaired) do
    it(case[1], function() assert.equal(case[3], (imported(case[2]))) end)
  end
end)

describe("damage that is only reported:", function()
  for _, case in ipairs(reported) do
    it(case[1], function()
      local _, summary = imported(case[3])
      assert.is_true(summary.reported[case[2]] >= 1)
    end)
  end

  it("ô and oà swapped: right syllables, wrong words", function()
    local words = "Bảo vệ mơi trường hồ bình, hợp tác tồn diện với Đơng Dương. "
    local out, summary = imported(words)
    assert.equal(words:sub(1, -2), out)
    assert.truthy(summary.notes[1].message:find "cannot be repaired by rule")
  end)
end)

describe("damage that is refused:", function()
  for _, case in ipairs(refused) do
    it(case[1], function()
      local out, problem = imported(case[2])
      assert.is_nil(out)
      assert.equal("refused", problem.code)
      assert.truthy(problem.hint)
    end)
  end
end)

describe("sentences end", function()
  local text = require "vankien.host.text"

  local function sentences(s) return select(2, text.syllables(s)) end

  it("behind ellipsis, quote and mark", function()
    assert.equal(2, sentences(assert(imported "điều kiện cụ thể...”1. Điều này đổi mới2 rõ.")))
    assert.equal(2, sentences "cụ thể...” Điều này cho thấy.")
  end)

  it("not behind an abbreviation", function()
    for _, s in ipairs { "PGS, TS. Nguyễn Văn An nói.", "Xem tr.147 của sách.",
      "Ban T.Ư Đảng họp." } do
      assert.equal(1, sentences(s), s)
    end
  end)
end)
