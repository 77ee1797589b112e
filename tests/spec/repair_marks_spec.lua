-- Marks of tones that a text layer moved away from their vowels: given back where it is certain.

local text = require "vankien.host.text"

local function repaired(bytes)
  local found = text.repairs(bytes, 0)
  return text.nfc(found and found:text() or bytes), found and found:list() or {}
end

local TONES = { "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}" }
local WORDS = [[Phát triển nền kinh tế thị trường định hướng xã hội chủ nghĩa là nhiệm vụ trọng tâm
của toàn Đảng, toàn dân; giữ vững hoà bình, đẩy mạnh hội nhập quốc tế, nâng cao hiệu quả công tác
đối ngoại. Quyền làm chủ của nhân dân được bảo đảm, thống nhất ý chí và hành động. Phong trào thi
đua yêu nước nổi lên ở khắp các địa phương, đời sống vật chất và tinh thần của nhân dân được cải
thiện rõ rệt, khuyến khích sáng tạo trong lao động, khoa học và công nghệ ngày càng tiến bộ.]]

-- Letters with a tone -> {letter, tone}.
local toned = {}
for letter in ("a ă â e ê i o ô ơ u ư y A Ă Â E Ê I O Ô Ơ U Ư Y"):gmatch "%S+" do
  for _, tone in ipairs(TONES) do toned[text.nfc(letter .. tone)] = { letter, tone } end
end
local MARKED = { ["ă"] = "a\u{306}", ["â"] = "a\u{302}", ["ê"] = "e\u{302}", ["ô"] = "o\u{302}",
  ["ơ"] = "o\u{31B}", ["ư"] = "u\u{31B}" }

-- The letters of a composed word.
local function letters(word)
  local out = {}
  for _, c in utf8.codes(word) do out[#out + 1] = utf8.char(c) end
  return out
end

local function nfd(s)
  local out = {}
  for n, letter in ipairs(letters(s)) do
    local bare, tone = letter, ""
    if toned[letter] then bare, tone = table.unpack(toned[letter]) end
    out[n] = (MARKED[bare] or bare) .. tone
  end
  return table.concat(out)
end

-- A word without its tone, and the tone; or nil when it has none.
local function apart(word)
  local out, tone = letters(word), nil
  for n, letter in ipairs(out) do
    if toned[letter] then out[n], tone = table.unpack(toned[letter]) end
  end
  if tone then return table.concat(out), tone end
end

-- Where the vowel with the tone stands, from 1.
local function place_of_tone(word)
  for n, letter in ipairs(letters(word)) do
    if apart(letter) then return n end
  end
end

-- The tone moved `by` letters on; beyond the word it stands on the space behind it.
local function moved(word, by)
  local bare, tone = apart(word)
  if not bare then return word end
  local all, at = letters(bare), place_of_tone(word) + by
  if at > #all then return bare .. " " .. tone end
  all[at] = all[at] .. tone
  return table.concat(all)
end

local function damaged(by)
  return (WORDS:gsub("[%a\x80-\xFF]+", function(word) return moved(word, by) end))
end

local function folded(s) return (text.fold(s):gsub("%s+", " ")) end

describe("a tone that moved", function()
  for by = 1, 3 do
    it(("%d letters on comes back in every word"):format(by), function()
      assert.is_true(damaged(by) ~= WORDS)
      assert.equal(folded(WORDS), folded(repaired(damaged(by))))
      assert.equal(folded(WORDS), folded(repaired(text.nfc(damaged(by)))))
      assert.equal(folded(WORDS), folded(repaired(nfd(damaged(by)))))
    end)
  end

  local known = "Phát triên\u{309} quyên\u{300} lân\u{300} năng\u{323}. "
  local cases = {
    { "over the next line end", "năm\n\u{301} băt\u{301} thuận lợi", "nắm bắt thuận lợi" },
    { "behind a full stop", "đáng kê.\u{309} Công tác", "đáng kể. Công tác" },
    { "and parted its word", "đôn\u{300} g lòng", "đồng lòng" },
    { "and parted its word at a line end", "công bă \u{300}\nng và dân chủ",
      "công bằng và dân chủ" },
    { "to the middle of the next line", "uỷ kiêm\n        \u{309} tra lại", "uỷ kiểm tra lại" },
    { "where either word could bear it", "vê \u{300} quan hệ", "về quan hệ" },
    { "over another vowel", "biêu\u{309} nôi\u{309} câu\u{300}", "biểu nổi cầu" },
  }
  for _, case in ipairs(cases) do
    it(case[1], function()
      local out = repaired(known .. case[2] .. ".")
      assert.equal(text.nfc(case[3]) .. ".", out:sub(-#case[3] - 1))
    end)
  end
end)

describe("a tone that did not move", function()
  it("stays, in either placement and any normal form", function()
    local sound = WORDS .. " hòa hoà thủy thuỷ khỏe khoẻ giá quá quý gì của mía ngoài thuở già"
    for _, form in ipairs { sound, nfd(sound) } do
      local out, list = repaired(form)
      assert.equal(sound, out)
      assert.same({}, list)
    end
  end)

  it("stays among others that did", function()
    local sound = "hòa hoà thủy thuỷ khỏe khoẻ giá quá quý gì của mía ngoài thuở già giữa giêng"
    local out = repaired("triên\u{309} lân\u{300} đôn\u{301} " .. sound)
    assert.equal(sound, out:sub(-#sound))
  end)

  it("stays in names of other languages", function()
    local names = "José Martí, São Paulo, Champs-Élysées, Perú, Bogotá, Zürich."
    local out, list = repaired(names)
    assert.equal(names, out)
    assert.same({}, list)
  end)
end)
