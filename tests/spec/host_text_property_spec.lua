-- Cleaning and the way back, on random originals whose clean text is known by construction, and on
-- the real texts.  Seeded: the same cases each time.

local text = require "vankien.host.text"
local texts = require "tests.support.texts"

-- Letters as they may stand in an original, what a clean text has for them, and how many bytes
-- before and after are dropped.
local LETTERS = {
  { "a", "a" }, { "b", "b" }, { "đ", "đ" }, { "Ƣ", "Ư" }, { "ế", "ế" }, { "e\u{302}\u{301}", "ế" },
  { "o\u{31B}\u{323}", "ợ" }, { "u\u{31B}", "ư" }, { "ứ", "ứ" }, { "i\u{301}", "í" },
  { "a\u{323}\u{302}", "ậ" }, { "a\u{302}\u{323}", "ậ" }, { "ọ", "ọ" }, { "y", "y" },
  { "x\u{AD}", "x", 0, 2 }, { "t\u{200B}", "t", 0, 3 }, { "u\u{200D}\u{301}", "ú" },
  { "ƣ", "ư" }, { "5", "5" }, { "\u{FEFF}k", "k", 3 }, { "…", "…" }, { "“", "“" }, { "日", "日" },
  { "\1m", "m", 1 },
}
local SPACES = { " ", "\n", "  ", " \n ", "\u{A0}", "\t", " \u{200B} ", "\r\n" }

-- An original under construction.
local function original_maker(random)
  local maker = { bytes = {}, out = {}, places = {}, fragments = {}, at = 0, to = 0 }

  function maker.raw(s)
    maker.bytes[#maker.bytes + 1], maker.at = s, maker.at + #s
  end

  -- `out` is written for the bytes [from, stop) of the original.
  local function put(out, from, stop)
    maker.places[#maker.places + 1] = { at = maker.to, from = from, stop = stop, size = #out }
    maker.out[#maker.out + 1], maker.to = out, maker.to + #out
  end

  function maker.letter()
    if maker.owed and maker.to > 0 then put(" ", maker.owed, maker.at) end
    maker.owed = nil
    local pick = LETTERS[random(#LETTERS)]
    put(pick[2], maker.at + (pick[3] or 0), maker.at + #pick[1] - (pick[4] or 0))
    maker.raw(pick[1])
  end

  function maker.space()
    maker.owed = maker.owed or maker.at
    maker.raw(SPACES[random(#SPACES)])
  end

  return maker
end

-- One original of a few fragments, apart by nothing, by a line end, or by markup ("#").
local function random_original(random)
  local maker = original_maker(random)
  for n = 1, random(4) do
    if n > 1 then
      local gap = ({ "", "\n", "##" })[random(3)]
      if gap ~= "##" then maker.owed = maker.owed or maker.at end
      maker.raw(gap)
    end
    maker.fragments[#maker.fragments + 1] = maker.at
    for _ = 1, random(0, 12) do
      if random(4) == 1 then maker.space() else maker.letter() end
    end
    maker.fragments[#maker.fragments + 1] = maker.at
  end
  return table.concat(maker.bytes), maker.fragments, table.concat(maker.out), maker.places
end

describe("text.clean and the way back", function()
  it("give what was put in, and the place of every character", function()
    math.randomseed(20250125)
    for case = 1, 5000 do
      local original, fragments, wanted, places = random_original(math.random)
      local out, map = text.clean(original, fragments)
      local name = ("case %d: %q"):format(case, original)
      if out ~= wanted then assert.equal(wanted, out, name) end
      for _, place in ipairs(places) do
        local from = text.original_offset(map, fragments[1], place.at)
        if from ~= place.from then
          assert.same({ place.at, place.from }, { place.at, from }, name)
        end
        local stop = text.original_stop(map, fragments[1], place.at + place.size)
        if stop ~= place.stop and out:sub(place.at + 1, place.at + 1) ~= " " then
          assert.same({ place.at, place.stop }, { place.at, stop }, name)
        end
      end
    end
  end)

  it("find each token of an original again by cleaning its place alone", function()
    math.randomseed(59)
    for _ = 1, 1000 do
      local original, fragments = random_original(math.random)
      local whole = { fragments[1], fragments[#fragments] }
      local out, map = text.clean(original, whole)
      for _, token in ipairs(text.tokens(out)) do
        local from = text.original_offset(map, whole[1], token.from - 1)
        local stop = text.original_stop(map, whole[1], token.to)
        local again = text.clean(original, { from, stop })
        if again ~= out:sub(token.from, token.to) then
          assert.equal(out:sub(token.from, token.to), again, ("%q"):format(original))
        end
      end
    end
  end)
end)

describe("any bytes", function()
  it("are either refused or handled, by every function", function()
    math.randomseed(25)
    local parts = {
      "\xCC\x81", "\xE1\xBB", "a", " ", "\xC3", "đ", "\0", "\xF0\x9F\x98\x80", "\xED\xA0\x80",
      "\xE2\x80\x8B", "1.", ".", "Ð", "\xFF", "\xEF\xBB\xBF", "\n", "가\u{11A8}", "\u{1E9B}\u{323}",
    }
    local functions = {
      "nfc", "fold", "bare", "lower", "upper", "collate_key", "tokens", "syllables",
    }
    for _ = 1, 3000 do
      local pieces = {}
      for i = 1, math.random(0, 12) do pieces[i] = parts[math.random(#parts)] end
      local s = table.concat(pieces)
      local valid = utf8.len(s) ~= nil
      for _, name in ipairs(functions) do assert.equal(valid, (pcall(text[name], s)), name) end
      assert.equal(valid and not s:find("\0", 1, true), text.check_utf8(s) == true)
      text.width(text.cut(s, 3))
      if valid then
        assert.equal(text.nfc(s), (text.nfc((text.nfc(s)))))
        assert.equal(text.fold(s), text.fold(text.fold(s)))
        assert.is_true(text.width(text.cut(s, 5)) <= 5)
      end
    end
  end)
end)

-- An independent count: runs of letters of NFC text, by code point ranges that Vietnamese uses.
local function is_letter(c)
  return c >= 65 and c <= 90 or c >= 97 and c <= 122 or c >= 0x1E00 and c <= 0x1EFF or
    c >= 0xC0 and c <= 0x24F and c ~= 0xD7 and c ~= 0xF7 or c == 0xBC
end

local function runs_of_letters(s)
  local n, inside = 0, false
  for _, c in utf8.codes(s) do
    local letter = is_letter(c)
    if letter and not inside then n = n + 1 end
    inside = letter
  end
  return n
end

describe("the real texts", function()
  local folder = texts.real()
  local check = folder and it or pending

  local function read(name)
    local file <close> = io.open(folder .. "/" .. name, "rb")
    return file and file:read "a"
  end

  check("have as many syllables as two other programs count", function()
    for line in io.lines "tests/fixtures/text_syllables.tsv" do
      local name, n = line:match "^([^#\t]+)\t(%d+)$"
      local s = name and read(name)
      if s then
        assert.equal(tonumber(n), (text.syllables(s)), name)
        assert.equal(tonumber(n), runs_of_letters((text.nfc(s))), name)
        local tokenizer = text.tokenizer()
        assert.equal(tonumber(n), select(2, tokenizer:add((text.clean(s, { 0, #s })))), name)
      end
    end
  end)

  check("lead back from each token to the original, also when joined from lines", function()
    for line in io.lines "tests/fixtures/text_syllables.tsv" do
      local name = line:match "^([^#\t]+)\t%d+$"
      local s = name and read(name)
      if s and #s < 100000 then
        local fragments = {}
        for from, to in s:gmatch "()[^\n]*()" do
          if to > from then table.move({ from - 1, to - 1 }, 1, 2, #fragments + 1, fragments) end
        end
        local out, map = text.clean(s, fragments)
        for _, token in ipairs(text.tokens(out)) do
          local from = text.original_offset(map, fragments[1], token.from - 1)
          local stop = text.original_stop(map, fragments[1], token.to)
          local form = out:sub(token.from, token.to)
          if s:sub(from + 1, stop) ~= form then
            assert.equal(form, (text.clean(s, { from, stop })), name)
          end
        end
      end
    end
  end)
end)
