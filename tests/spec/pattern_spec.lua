-- The pattern language: what is a pattern, what it stands for, what is refused and where.

local compile = require "vankien.corpus.compile"
local corpus = require "vankien.host.corpus"
local ingest = require "vankien.corpus.ingest"
local kwic = require "vankien.corpus.kwic"
local lexicon_of = require "vankien.corpus.lexicon"
local pattern = require "vankien.corpus.pattern"
local program = require "vankien.corpus.pattern_program"
local shift = require "vankien.corpus.shift"
local stores = dofile "tests/support/stores.lua"
local text = require "vankien.host.text"
local texts = dofile "tests/support/texts.lua"
local vocabulary = require "vankien.corpus.vocabulary"

local function times(node)
  if node.most == math.huge then return ("{%d,}"):format(node.least) end
  return ("{%d,%d}"):format(node.least, node.most)
end

local function show(node)
  if node.op == "token" then return node.form end
  if node.op == "loose" then return "~" .. node.bare end
  if node.op == "any" then return "_" end
  if node.op == "gap" then return ".." .. node.n end
  local parts = {}
  for i, child in ipairs(node) do parts[i] = show(child) end
  if node.op == "alt" then return "(" .. table.concat(parts, "|") .. ")" end
  if node.op == "seq" then return table.concat(parts, " ") end
  return (parts[1]:find " " and "[" .. parts[1] .. "]" or parts[1]) .. times(node)
end

describe("pattern.is", function()
  it("leaves phrases what they were", function()
    for _, phrase in ipairs {
      "tham gia", "chủ động, tích cực", "25-CT/TW", "3.119", "ASEAN+3", "v.v.", "tham gia...",
      "đẩy mạnh … nâng cao", 'gọi là "hội nhập" quốc tế', "“hội nhập”", "2016..2020", "a; b: c!",
      "50%", "R&D", "[1]", "<b>", "'x'", "Côte d'Ivoire", "a – b", "G20", "Đ/c", "a=b", "gia..3",
    } do assert.is_false(pattern.is(phrase), phrase) end
  end)

  it("knows a pattern by its signs", function()
    for _, s in ipairs {
      "(a|b)", "a|b", "a?", "a*", "a+", "a+ b", "(a b)+", "a{2}", "a _ b", "~hoi", "hoi~",
      "a ..3 b", "..3", "\\(a\\)", '"(bổ sung, phát triển 2011)"', "làm gì?", "ASEAN+",
      "a (b ..2 c)",
    } do assert.is_true(pattern.is(s), s) end
  end)
end)

describe("pattern.read", function()
  local good = {
    { "chủ động (,|và)? (tích cực)? tham gia",
      "chủ động (,|và){0,1} [tích cực]{0,1} tham gia" },
    { "(tham dự|tham gia)", "(tham dự|tham gia)" }, { "a|b c", "(a|b c)" },
    { "tham gia?", "tham gia{0,1}" }, { "a,? b", "a ,{0,1} b" }, { "a*b", "a{0,} b" },
    { "a+ b", "a{1,} b" }, { "ASEAN+3 (a|b)", "asean + 3 (a|b)" }, { "a+", "a{1,}" },
    { "a{2}", "a{2,2}" }, { "a{1,3}", "a{1,3}" }, { "a{2,}", "a{2,}" }, { "b a{,2}", "b a{0,2}" },
    { "a{ 1,3 }", "a{1,3}" }, { "a _ b", "a _ b" }, { "a _{2} b", "a _{2,2} b" },
    { "_ a", "_ a" }, { "a ..3 b", "a ..3 b" }, { "a (..3 b)? c", "a [..3 b]{0,1} c" },
    { "~Hội ~nhập", "~hoi ~nhap" }, { "hoi~ nhap~", "~hoi ~nhap" },
    { "a ~đổi+ b", "a ~doi{1,} b" }, { "chủ động~ b", "chủ ~dong b" },
    { '"(bổ sung, phát triển 2011)"', "( bổ sung , phát triển 2011 )" },
    { '"a b"? c', "[a b]{0,1} c" }, { "\\(a\\) b", "( a ) b" }, { "a\\?", "a ?" },
    { "\\~a", "~ a" }, { "a \\\\ b", "a \\ b" }, { "((a|b)? c)+", "[(a|b){0,1} c]{1,}" },
    { " ( a | b ) ", "(a|b)" }, { "HÒA (BÌNH|bình)?", "hoà (bình|bình){0,1}" },
    { "ho\u{300}a b?", "hoà b{0,1}" }, { "3.119 (a|b)", "3.119 (a|b)" },
    { "25-CT/TW?", "25 - ct / tw{0,1}" }, { "“a” (b|c)", '" a " (b|c)' },
    { "làm gì?", "làm gì{0,1}" }, { "(a b){2} c", "[a b]{2,2} c" },
  }

  it("reads what is written", function()
    for _, case in ipairs(good) do
      local ok, tree = pcall(pattern.read, case[1])
      assert.equal(case[2], ok and show(tree) or tostring(tree), case[1])
    end
  end)

  -- pattern, what the message says, column of the caret
  local bad = {
    { "(a|b", '"|" or ")"', 5 }, { "a|b)", "the end", 4 }, { "a|", "a word", 3 },
    { "|a", "a word", 1 }, { "(a|)", "a word", 4 }, { "()", "a word", 2 }, { "( )", "a word", 3 },
    { "?", "a word", 1 }, { "? a", "a word", 1 }, { "a ?", "the end", 3 }, { "a??", "the end", 3 },
    { "a?*", "the end", 3 }, { "a |* b", "a word", 4 }, { "a (* b)", "a word", 4 },
    { "a{", "how often", 3 }, { "a{}", "how often", 3 }, { "a{,}", "how often", 3 },
    { "a{x}", "how often", 3 }, { "a{1", "the closing }", 4 }, { "a{1;2}", "the closing }", 4 },
    { "a{3,1}", "wrong way round", 2 }, { "a{0}", "wrong way round", 2 },
    { "a{101}", "100 times at most", 2 }, { "a{1,99999999999999999999}", "100 times", 2 },
    { '"a (b', 'the closing "', 6 }, { '""(a|b)', "what is quoted", 2 },
    { '" "(a|b)', "nothing is quoted", 1 },
    { "a (b) c", "needs no group", 3 }, { "(bổ sung, phát triển 2011)", "needs no group", 1 },
    { "((a|b))", "needs no group", 1 }, { "a ~", "one syllable|after", 4 },
    { "~~a", "a syllable after", 2 }, { "~,", "one syllable", 1 }, { "~25", "one syllable", 1 },
    { "~(a b)", "a syllable after", 2 }, { "a ~b-c", "one syllable", 3 }, { "a ~ b", "after", 4 },
    { "a ..0 b", "1 to 20", 3 }, { "a ..21 b", "1 to 20", 3 }, { "a ..3? b", "the end", 6 },
    { "..3 a", "between two words", 1 }, { "a ..3", "between two words", 3 },
    { "a (..3 b|c)", false }, { "a b? ..3", "between two words", 6 },
    { "(a ..2)+", "between two words", 4 }, { "a (b|c ..2)", "between two words", 8 },
    { "a?", "can match nothing", 1 }, { "(a|b)*", "can match nothing", 1 },
    { "a? ..2 b?", "can match nothing", 1 }, { "_", "no word", 1 }, { ",?", "no word", 1 },
    { "(,|;) _+", "no word", 1 }, { "tham gia. Chủ (b|c)", "end of a sentence", 1 },
    { "\u{15}* a", "holds no token", 1 }, { "a\\", "a character after", 3 },
    { "_{100} a{100} _{100}", "too large", 1 },
    { "((a{10}){10}){10}", "too large", 14 }, { ("("):rep(21) .. "a", "too deep", 21 },
    { ("a "):rep(1100) .. "?", "longer than 2048", 1 }, { "a\xff?", "not UTF-8" },
  }

  it("refuses what is none, with a caret where it ends", function()
    for _, case in ipairs(bad) do
      local ok, problem = pcall(pattern.read, case[1])
      if case[2] == false then
        assert.is_true(ok, case[1])
      else
        assert.is_false(ok, case[1])
        assert.equal("bad_input", problem.code, case[1])
        local said = false
        for words in case[2]:gmatch "[^|]+" do
          said = said or problem.message:find(words, 1, true)
        end
        if case[2] == '"|" or ")"' then said = problem.message:find(case[2], 1, true) end
        assert.truthy(said, case[1] .. "\n" .. tostring(problem))
        local caret = problem.message:match "\n  ( *)%^$"
        if case[3] and case[3] < 50 then
          assert.equal(case[3], caret and utf8.len(caret) + 1, case[1] .. "\n" .. tostring(problem))
        end
      end
    end
    assert.is_true(#bad > #good)
  end)

  it("is not asked where every phrase means itself", function()
    local lexicon = lexicon_of.new({ "Cương lĩnh (bổ sung, phát triển 2011)", "a*" }, "texts", true)
    assert.is_nil(lexicon[1].pattern or lexicon[2].pattern)
  end)

  it("says how to find brackets themselves", function()
    local _, problem = pcall(lexicon_of.new, { "Cương lĩnh (bổ sung, phát triển 2011)" })
    assert.matches('quote them: "(bổ sung)"', problem.hint, 1, true)
  end)
end)

-- Free, nested, overlapped of each entry in one text.
local function counts(entries, s)
  local tokenizer <close> = text.tokenizer()
  tokenizer:add((text.clean(s, { 0, #s })))
  local stream = tokenizer:finish()
  local result = compile.for_text(lexicon_of.new(entries), tokenizer):count(stream)
  local out = {}
  for i = 1, #entries do
    out[i] = ("%d %d %d"):format(result.free[i], result.nested[i], result.overlapped[i])
  end
  return out
end

describe("a pattern in a lexicon", function()
  it("finds its ways of saying it, and counts each place once, at its longest", function()
    local s = "Chủ động tham gia; chủ động, tích cực tham gia; CHỦ ĐỘNG VÀ TÍCH CỰC THAM GIA; " ..
      "chủ động tham dự; chủ động. Tham gia; tham gia tích cực"
    assert.same({ "3 0 0" }, counts({ "chủ động (,|và)? (tích cực)? tham gia" }, s))
    assert.same({ "5 0 0" }, counts({ "tham gia (tích cực)?" }, s))
    assert.same({ "3 0 0", "2 3 0" },
      counts({ "chủ động (,|và)? (tích cực)? tham gia", "tham gia" }, s))
  end)

  it("shares one span with an entry listed later, which is nested in it", function()
    assert.same({ "1 0 0", "0 1 0" }, counts({ "a b", "a (b|c)" }, "a b"))
    assert.same({ "1 0 0", "0 1 0" }, counts({ "a (b|c)", "a b" }, "a b"))
    assert.same({ "1 0 0", "0 1 0" }, counts({ "a (b|c)", "(a|x) b" }, "a b"))
    assert.same({ "1 0 0", "0 1 0" }, counts({ "a _", "a (b|c)" }, "a b"))
  end)

  it("counts its own later starts as nested in the chosen one", function()
    assert.same({ "1 2 0" }, counts({ "a+" }, "a a a"))
    assert.same({ "1 0 1" }, counts({ "a b a" }, "a b a b a"))
    assert.same({ "1 0 1" }, counts({ "a (b|c) a" }, "a b a c a"))
  end)

  it("crosses no sentence and no passage, whatever it may skip", function()
    assert.same({ "1 0 0" }, counts({ "a _* b" }, "a x. A b"))
    assert.same({ "0 0 0" }, counts({ "a ..20 b" }, "a x. B y"))
    local tokenizer <close> = text.tokenizer()
    tokenizer:add "a x"
    tokenizer:add "y b"
    local stream = tokenizer:finish()
    assert.same({ 0 }, compile.for_text(lexicon_of.new { "a _* b" }, tokenizer):count(stream).free)
  end)

  it("goes at most 256 tokens far", function()
    local function words(n) return "a" .. (" x"):rep(n - 2) .. " b" end
    assert.same({ "1 0 0" }, counts({ "a x* b" }, words(256)))
    assert.same({ "0 0 0" }, counts({ "a x* b" }, words(257)))
  end)

  it("ignores marks where told to, and only there", function()
    local s = "hội nhập; hoi nhap; hối nhập; hội nháp; ĐỔI MỚI; doi mới; đời mới"
    assert.same({ "4 0 0" }, counts({ "~hoi ~nhap" }, s))
    assert.same({ "2 0 0" }, counts({ "~hoi nhập" }, s))
    assert.same({ "3 0 0" }, counts({ "doi~ mới" }, s))
    assert.same({ "4 0 0" }, counts({ "~ho\u{323}\u{302}i ~NHẬP" }, s))
  end)

  it("finds either tone placement, case and normal form", function()
    local s = "HÒA BÌNH, hoà bình, ho\u{300}a bi\u{300}nh, hoa binh"
    assert.same({ "3 0 0" }, counts({ "hoà (bình|hợp)" }, s))
    assert.same({ "3 0 0" }, counts({ "hòa (bi\u{300}nh|hợp)" }, s))
    assert.same({ "3 0 0" }, counts({ "hòa x? bình" }, s))
  end)

  it("finds what is quoted as it stands", function()
    local s = "Cương lĩnh (bổ sung, phát triển 2011); bổ sung, phát triển 2011"
    assert.same({ "1 0 0" }, counts({ '"(bổ sung, phát triển 2011)"' }, s))
    assert.same({ "1 0 0" }, counts({ "\\(bổ sung, phát triển 2011\\)" }, s))
    assert.same({ "2 1 0" }, counts({ '"("? bổ sung, phát triển 2011 \\)?' }, s))
  end)

  it("cannot occur where the words are not", function()
    assert.same({ "0 0 0", "1 0 0" }, counts({ "vắng (mặt|bóng)", "a" }, "a"))
    assert.same({ "0 0 0" }, counts({ "vắng ..3 mặt" }, "a b"))
  end)

  it("is written out where it stands for few phrases, and a program where not", function()
    local v = vocabulary.of_types { { form = "a", id = 2, kind = "syllable" },
      { form = "b", id = 3, kind = "syllable" } }
    local function spellings(s) return program.spellings(pattern.read(s), v) end
    assert.same({ "\2\0\2\0", "\2\0\3\0\2\0" }, spellings "a b? a")
    assert.equal(2, #spellings "a (b|b|a)")
    assert.equal(64, #spellings "(a|b){6}")
    for _, s in ipairs { "(a|b){7}", "a b*", "a _ b", "a ..2 b", "~a", "a{65}" } do
      assert.is_nil(spellings(s), s)
    end
    assert.same({}, spellings "a (vắng|mặt) b")
  end)
end)

describe("corpus.lexicon", function()
  it("refuses programs and spellings that are none", function()
    local word = ("<i8"):pack(1)
    for _, item in ipairs {
      { program = "" }, { program = word }, { program = word:rep(2) }, { program = word:rep(7) },
      { program = 1 }, {}, { "\2\0", 1 }, { "\2\0", "\1\0" }, { "\2\0", "\2" },
      { program = ("<i8i8i8i8i8i8i8i8"):pack(1, 1, 1, 1, 0, 0, 1, 1) },
      { program = ("<i8"):pack(257) .. word:rep(3000) },
      { program = ("<i8i8"):pack(1, math.maxinteger) },
    } do
      local ok, problem = pcall(corpus.lexicon, { item })
      assert.is_false(ok)
      assert.equal("bad_input", problem.code)
    end
  end)
end)

describe("patterns in a store", function()
  local store

  setup(function()
    store = stores.fresh()
    local folder = texts.folder {
      ["a.txt"] = "# title: A\n# congress: XII\n# issued: 2016-01\n\n" ..
        "Chủ động và tích cực hội nhập. Chủ động, tích cực hội nhập quốc tế.\n",
      ["b.txt"] = "# title: B\n# congress: XIII\n# issued: 2021-01\n\n" ..
        "Tích cực, chủ động hội nhập. Chu\u{309} động hội nhập (bổ sung).\n",
    }
    assert(ingest.run(store, { folder .. "/a.txt", folder .. "/b.txt" }, {}))
    texts.clear(folder)
  end)

  teardown(function() stores.drop(store) end)

  local either = "(chủ động (,|và)? (tích cực)?|tích cực (,|và)? chủ động) hội nhập"

  it("count by kwic and shift alike", function()
    local lines = kwic.of(store, either)
    local hits = {}
    for i, line in ipairs(lines.rows) do hits[i] = line.hit .. " " .. line.kind end
    assert.same({ "Chủ động và tích cực hội nhập free", "Chủ động, tích cực hội nhập free",
      "Tích cực, chủ động hội nhập free", "chủ động hội nhập nested", "Chủ động hội nhập free" },
      hits)
    local rows = shift.of(store, { either, "hội nhập" }).rows
    assert.same({ 2, 0, 2, 0 }, { rows[1].free, rows[2].free, rows[3].free, rows[4].free })
    assert.same({ 0, 2, 1, 2 }, { rows[1].nested, rows[2].nested, rows[3].nested, rows[4].nested })
  end)

  it("give lines and their provenance under the pattern's name", function()
    local result = shift.of(store, { either })
    assert.equal(2, #result:lines { period = "XII", phrase = either })
    assert.same({ either }, result:provenance().lexicon)
  end)

  it("ask the store which syllables differ by marks alone", function()
    assert.equal(4, kwic.of(store, "~chu động ..3 hội nhập").total)
  end)
end)

-- The variants of one wording in the nine sections on foreign policy, against strings searched in
-- the passages by other means: folded text, boundaries looked at by hand.
describe("real texts", function()
  local variants = {
    "chủ động và tích cực hội nhập", "chủ động, tích cực hội nhập", "chủ động tích cực hội nhập",
    "tích cực và chủ động hội nhập", "tích cực, chủ động hội nhập", "tích cực chủ động hội nhập",
    "chủ động hội nhập", "tích cực hội nhập",
  }
  local whole = "(chủ động (,|và)? tích cực|tích cực (,|và)? chủ động|chủ động|tích cực) hội nhập"

  local passages_sql = "SELECT text FROM passages WHERE document_id = ?"

  -- Places of the longest variants from the left, in the folded text of a passage.
  local function brute(passage)
    local s, n, at = text.fold(passage), 0, 1
    while at <= #s do
      local longest
      for _, variant in ipairs(variants) do
        local folded = text.fold(variant)
        local before, after = (" " .. s):sub(at, at), s:sub(at + #folded)
        if s:sub(at, at + #folded - 1) == folded and not before:find "[%w\x80-\xff]"
          and not after:find "^[%w\x80-\xbf\xc3-\xe1]" then
          longest = math.max(longest or 0, #folded)
        end
      end
      n, at = n + (longest and 1 or 0), at + (longest or 1)
    end
    return n
  end

  it("hold what brute force finds, by one pattern", function()
    local real = texts.real()
    if not real then return pending "the texts are not held here" end
    local store <close> = setmetatable({ it = stores.fresh() }, {
      __close = function(self) stores.drop(self.it) end,
    })
    assert(ingest.run(store.it, { real }, { manifest = real .. "/manifest.csv" }))
    local over = store.it:collection "documents":where "genre = 'foreign-policy section'"
    local wanted, sections = 0, 0
    for _, id in store.it.conn:rows(("SELECT id FROM (%s)"):format((over:sql())),
      select(2, over:sql())) do
      sections = sections + 1
      for _, passage in store.it.conn:rows(passages_sql, { id }) do
        wanted = wanted + brute(passage)
      end
    end
    assert.equal(9, sections)
    local free = 0
    for _, row in ipairs(shift.of(store.it, { whole }, { over = over, test = false }).rows) do
      free = free + row.free
    end
    assert.is_true(free > 5)
    assert.equal(wanted, free)
  end)
end)
