-- What can be a Vietnamese syllable: the rule of host/syllable.c.

local text = require "vankien.host.text"
local texts = dofile "tests/support/texts.lua"

local valid = [[a ạ ai anh ấm ổn uỷ ủy ý yên yêu ước ương oan uất nghiêng nghĩa ngoại ngoài nguyên
  nguyễn quốc quyền quyết quỳ quy quân quê quơ gì gìn giữ giải giếng giết giêng gia gió gương ghi
  ghế kỷ kẽ
  kinh khuếch khuya khuỷu thuở huơ huỳnh hòa hoà hóa hoá thúy thuý toàn hoạt xoong boong tuyn
  được đường ĐẢNG Việt Nam thống triển tuổi rượu chuyển khoẻ khỏe loét vuông muôn phương
  pa pin póc voan phuy buýt vy thy sỹ mỹ lý kỹ tỷ]]
local invalid = [[đ n nh ng ngh th tr kh ph ển ội ện ời ệt đầ cầ nghiệ thốnn
  ka kông ce gha ghơ ngi ngê qa qan qu coa cyên moa phoa vuân byên iêng iên xuâ
  toanf hoat tich cac hop ngiêm nghà kuyên wto asean lênin campuchia thànhviên cộnghòa phổthông
  đ̃ hoá́ x2 2 ß œ]]

local function words(list)
  return list:gmatch "[^%s%p]+"
end

describe("valid_syllable", function()
  it("accepts every way a syllable is spelled", function()
    for word in words(valid) do assert.is_true(text.valid_syllable(word), word) end
  end)

  it("accepts them in NFD, in capitals and with either placement of the tone", function()
    assert.is_true(text.valid_syllable "đo\u{302}\u{301}i")
    assert.is_true(text.valid_syllable "đô\u{301}i")
    assert.is_true(text.valid_syllable "ĐỐI")
    assert.is_true(text.valid_syllable "hòa")
    assert.is_true(text.valid_syllable "hoà")
  end)

  it("refuses fragments, other languages, abbreviations, glued words", function()
    for word in words(invalid) do assert.is_false(text.valid_syllable(word), word) end
  end)

  it("refuses a stop without sắc or nặng, and two tones", function()
    for word in words "cách học lớp mót ích bật" do assert.is_true(text.valid_syllable(word)) end
    for word in words "cach hoc hòc lơp mot ich bât hoá\u{301} tốì" do
      assert.is_false(text.valid_syllable(word), word)
    end
  end)

  it("refuses what is no UTF-8, and nothing at all", function()
    assert.is_false(text.valid_syllable "")
    assert.is_false(text.valid_syllable "\xE1\xBB")
    assert.is_false(text.valid_syllable(("a"):rep(1000)))
  end)

  -- Names and abbreviations are 0.1 to 1 % of a sound text (1.06 % of the clean report, 76,253
  -- syllables); in its text layer with split syllables 10.5 % are refused.
  it("tells a damaged text layer from the same text repaired", function()
    local folder = texts.real()
    if not folder then return pending "the texts are not held here" end
    local function share_refused(name)
      local file <close> = assert(io.open(folder .. "/" .. name))
      local all, refused = 0, 0
      for _, token in ipairs(text.tokens(file:read "a")) do
        if token.kind == "syllable" then
          all = all + 1
          if not text.valid_syllable(token.form) then refused = refused + 1 end
        end
      end
      return refused / all
    end
    assert.is_true(share_refused "x/bcct_x.txt" < 0.003)
    assert.is_true(share_refused "xi/dieule_2011.md" < 0.003)
    assert.is_true(share_refused "xiv/bc_40nam_xiv.clean.md" < 0.012)
    assert.is_true(share_refused "xiv/bc_40nam_xiv.txt" > 0.1)
  end)
end)
