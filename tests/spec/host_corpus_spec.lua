-- vankien.host.corpus: leftmost-longest counts, scans over a store, shingles.

local corpus = require "vankien.host.corpus"
local store = require "vankien.host.store"
local text = require "vankien.host.text"

local function failure(f, ...)
  local ok, problem = pcall(f, ...)
  assert.is_false(ok)
  return problem
end

-- Count phrases in one text: result, and the text's tokenizer.
local function count(phrases, s)
  local tk, units = text.tokenizer(), {}
  tk:add((text.clean(s, { 0, #s })))
  local stream = tk:finish()
  for i, phrase in ipairs(phrases) do units[i] = tk:encode(phrase) or "" end
  return corpus.lexicon(units):count(stream), tk
end

local function numbers(result)
  local out = {}
  for i = 1, #result.free do
    out[i] = ("%d %d %d"):format(result.free[i], result.nested[i], result.overlapped[i])
  end
  return out
end

describe("lexicon:count", function()
  it("gives the published numbers M1 to M9: free, nested, overlapped", function()
    for name, case in pairs {
      M1 = { { "New York Times", "New York" }, "The New York Times is a New York paper.",
        { "1 0 0", "1 1 0" } },
      M2 = { { "a b", "a b c" }, "a b c", { "0 1 0", "1 0 0" } },
      M3 = { { "b c", "c d" }, "a b c d e", { "1 0 0", "0 0 1" } },
      M4 = { { "a b", "b c", "a b c" }, "a b c . . a b c . . a b c . . . a b c and " ..
        "a b . . a b . . a b . . a b . a b", { "5 4 0", "0 4 0", "4 0 0" } },
      M5 = { { "a b", "b c", "c d", "a b c", "b c d", "a b c d" },
        ". . . . a b c d . . a b c . . .",
        { "0 2 0", "0 2 0", "0 1 0", "1 1 0", "0 1 0", "1 0 0" } },
      M6 = { { "love python", "python programming in ML" }, "I love python programming in ML",
        { "1 0 0", "0 0 1" } },
      M7 = { { "Petersburg Town", "Saint Petersburg", "Saint Petersburg Town" },
        "Saint Petersburg Town", { "0 1 0", "0 1 0", "1 0 0" } },
      M9 = { { "a a", "a b" }, "a a b", { "1 0 0", "0 0 1" } },
    } do
      assert.same(case[3], numbers((count(case[1], case[2]))), name)
    end
  end)

  it("says in which phrase another was nested", function()
    local result = count({ "tham gia", "chủ động tham gia", "tích cực tham gia" },
      "Tích cực tham gia và chủ động tham gia; chủ động tham gia, tham gia.")
    assert.same({ [1] = { [2] = 2, [3] = 1 } }, result.inside)
    assert.same({ "1 3 0", "2 0 0", "1 0 0" }, numbers(result))
  end)

  it("crosses no sentence end, and wants the comma where the phrase has it", function()
    local result = count({ "chủ động tham gia", "chủ động, tích cực", "chủ động tích cực" },
      "Cần chủ động. Tham gia. Chủ động, tích cực; chủ động tích cực")
    assert.same({ "0 0 0", "1 0 0", "1 0 0" }, numbers(result))
  end)

  it("finds either tone placement, case and normal form", function()
    local result = count({ "hoà bình", "Ủy ban" }, "HÒA BÌNH, hoà bình, ho\u{300}a bi\u{300}nh; " ..
      "uỷ ban, UỶ BAN, uy ban")
    assert.same({ "3 0 0", "2 0 0" }, numbers(result))
  end)

  it("keeps the place of phrases that cannot occur, and of doubles", function()
    local result = count({ "vắng mặt", "a b", "a b", "b" }, "a b b")
    assert.same({ "0 0 0", "1 0 0", "0 0 0", "1 1 0" }, numbers(result))
  end)

  it("counts phrases of one token, at both ends of the stream and at once", function()
    assert.same({ "3 0 0" }, numbers((count({ "a" }, "a a b a"))))
    local lexicon = corpus.lexicon { "\2\0", "\3\0\4\0" }
    assert.same({ "2 0 0", "1 0 0" }, numbers(lexicon:count "\2\0\3\0\4\0\2\0"))
    assert.same({ "0 0 0", "0 0 0" }, numbers(lexicon:count ""))
    assert.same({}, corpus.lexicon {}:count("\2\0").free)
  end)

  it("takes two units of a rare type for one token", function()
    local tk = text.tokenizer()
    tk:load("hiếm", 0xFA05, "syllable")
    tk:load("lạ", 0xFA05 + 1024, "syllable")
    tk:add "hiếm lạ, lạ hiếm lạ"
    local result = corpus.lexicon { tk:encode "hiếm lạ", tk:encode "lạ" }:count((tk:finish()))
    assert.same({ "2 0 0", "1 2 0" }, numbers(result))
  end)

  it("refuses units that no phrase has", function()
    for _, units in ipairs { "\0\0", "\1\0", "\2\0\1\0", "\2", "\0\252", "\0\250", "\0\250\2\0" } do
      assert.equal("bad_input", failure(corpus.lexicon, { units }).code)
    end
    assert.equal("bad_input", failure(corpus.lexicon, { {} }).code)
    assert.equal("refused", failure(corpus.lexicon, { ("\2\0"):rep(1025) }).code)
    assert.equal(2, #corpus.lexicon { "", "\2\0" })
  end)
end)

describe("connection:scan", function()
  local conn, tk

  -- documents: list of {id, group, text}
  local function fill(documents)
    conn = store.open(":memory:", { mode = "create" })
    conn:exec "CREATE TABLE d (id INTEGER, g ANY, units BLOB)"
    tk = text.tokenizer()
    for _, d in ipairs(documents) do
      tk:add(d[3])
      conn:run("INSERT INTO d VALUES (?, ?, ?)", { d[1], d[2] or store.null,
        store.blob((tk:finish())) })
    end
  end

  local function scan(phrases, options, sql)
    local units = {}
    for i, phrase in ipairs(phrases) do units[i] = tk:encode(phrase) or "" end
    return conn:scan(sql or "SELECT id, g, units FROM d ORDER BY id", nil, corpus.lexicon(units),
      options)
  end

  before_each(function()
    fill {
      { 1, "XIII", "chủ động tham gia. tham gia" }, { 2, "XIV", "tham gia chủ động" },
      { 3, "XIII", "không có gì" }, { 4, nil, "tham gia" }, { 5, 13, "chủ động tham gia tích cực" },
    }
  end)

  after_each(function() conn:close() end)

  local PHRASES = { "tham gia", "chủ động tham gia", "gia tích" }

  it("counts by group, in order of first appearance; NULL is false", function()
    local r = scan(PHRASES, { inside = true })
    assert.same({ "XIII", "XIV", false, 13 }, r.groups)
    assert.same({ { 1, 1, 0 }, { 1, 0, 0 }, { 1, 0, 0 }, { 0, 1, 0 } }, r.free)
    assert.same({ { 1, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 }, { 1, 0, 0 } }, r.nested)
    assert.same({ { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 1 } }, r.overlapped)
    assert.same({ { 1, 1, 0 }, { 1, 0, 0 }, { 1, 0, 0 }, { 1, 1, 1 } }, r.documents)
    assert.same({ { { 1, 2, 1 } }, {}, {}, { { 1, 2, 1 } } }, r.inside)
    assert.same({ 2, 1, 1, 1 }, r.documents_in)
    assert.equal(5, r.scanned)
    assert.same({}, r.hits)
    assert.is_false(r.cut)
  end)

  it("counts by document when asked", function()
    local r = scan(PHRASES, { per_document = true })
    assert.same({ 1, 2, 3, 4, 5 }, r.groups)
    assert.same({ 1, 1, 0 }, r.free[1])
    assert.same({ 0, 0, 0 }, r.free[3])
  end)

  it("keeps hits in order, with container and group", function()
    local r = scan(PHRASES, { hits = 100 })
    assert.same({
      1, 1, 4, 2, 0, 0, 1,   1, 3, 2, 1, 1, 2, 1,   1, 6, 2, 1, 0, 0, 1,
      2, 1, 2, 1, 0, 0, 2,   4, 1, 2, 1, 0, 0, 3,
      5, 1, 4, 2, 0, 0, 4,   5, 3, 2, 1, 1, 2, 4,   5, 4, 2, 3, 2, 2, 4,
    }, r.hits)
    assert.is_false(r.cut)
  end)

  it("says when hits are cut, and keeps the kinds that are asked for", function()
    local two = scan(PHRASES, { hits = 2 })
    assert.same({ true, 14 }, { two.cut, #two.hits })
    local per = scan(PHRASES, { hits = 100, hits_per = 1 })
    assert.same({ true, 7 * 7 }, { per.cut, #per.hits })
    local nested = scan(PHRASES, { hits = 100, kinds = { nested = true, free = false } })
    assert.same({ false, 14 }, { nested.cut, #nested.hits })
  end)

  it("adds numbers up by group, and then takes documents without units too", function()
    local sql = [[SELECT id, g, nullif(units, x''), units IS NOT NULL, 10 * id FROM
      (SELECT * FROM d UNION ALL SELECT 6, 'XIII', NULL) ORDER BY id]]
    local plain, r = scan(PHRASES), scan(PHRASES, nil, sql)
    assert.same({ { 2, 1, 1, 1 }, { 100, 20, 40, 50 } }, r.sums)
    assert.same({ 3, 1, 1, 1 }, r.documents_in)
    for _, name in ipairs { "groups", "free", "nested", "overlapped", "documents" } do
      assert.same(plain[name], r[name])
    end
    assert.is_nil(plain.sums)
    assert.equal("integrity", failure(scan, PHRASES, nil, "SELECT id, g, NULL FROM d").code)
    assert.equal("integrity", failure(scan, PHRASES, nil,
      "SELECT id, 1, units, 9223372036854775807 FROM d").code)
    assert.equal("usage", failure(scan, PHRASES, nil,
      "SELECT id, g, units, 1, 2, 3, 4, 5, 6, 7, 8, 9 FROM d").code)
  end)

  it("raises for what it does not understand", function()
    assert.equal("unknown_name", failure(scan, PHRASES, { hit = 1 }).code)
    assert.equal("usage", failure(scan, PHRASES, { hits = -1 }).code)
    assert.equal("usage", failure(scan, PHRASES, { kinds = { fre = true } }).code)
    assert.equal("usage", failure(scan, PHRASES, nil, "SELECT id, units FROM d").code)
    assert.equal("usage", failure(scan, PHRASES, nil, "SELECT g, id, units FROM d").code)
    assert.equal("usage", failure(scan, PHRASES, nil, "SELECT id, 1.5, units FROM d").code)
    assert.equal("integrity", failure(scan, PHRASES, nil, "SELECT id, g, x'010203' FROM d").code)
    assert.equal("integrity", failure(scan, PHRASES, nil, "SELECT id, g, 'text' FROM d").code)
    assert.has_error(function() conn:scan("SELECT 1, 2, 3", nil, {}) end)
  end)

  it("gives the statement back, also after an error", function()
    pcall(scan, PHRASES, nil, "SELECT id, g, x'010203' FROM d")
    scan(PHRASES)
    conn:exec "DROP TABLE d"
    conn:exec "CREATE TABLE d (id INTEGER, g ANY, units BLOB)"
    assert.equal(0, scan(PHRASES).scanned)
  end)
end)

describe("corpus.shingles and corpus.contained", function()
  local function words(from, to)
    local out = {}
    for i = from, to do
      out[#out + 1] = string.char(97 + i % 26, 97 + i // 26 % 26, 97 + i // 676 % 26) ..
        (i % 9 == 0 and ", 5 (x)." or "")
    end
    return table.concat(out, " ")
  end

  local tk = text.tokenizer()
  local function stream(s)
    tk:add(s)
    return (tk:finish())
  end

  it("find a document inside another, whatever its layout", function()
    local whole, part = stream(words(1, 3000)), stream(words(1000, 1400))
    assert.equal(1.0, (corpus.contained(part, whole, tk)))
    assert.is_true(corpus.contained(whole, part, tk) < 0.2)
    local plain = stream((words(1000, 1400):gsub("[,.()%d]", " ")))
    local bare = stream((words(1000, 1400):gsub(", 5 %(x%)%.", " x ")))
    assert.equal(1.0, (corpus.contained(bare, part, tk)))
    assert.equal(1.0, (corpus.contained(plain, bare, tk)))
    assert.equal(0.0, (corpus.contained(stream(words(5000, 6000)), whole, tk)))
  end)

  local function hashes_of(units)
    local packed, list = corpus.shingles(units, tk), {}
    for at = 1, #packed, 8 do list[#list + 1] = string.unpack("<i8", packed, at) end
    return list
  end

  it("share a hash when 128 runs are shared", function()
    local whole, seen = hashes_of(stream(words(1, 3000))), {}
    for i, hash in ipairs(whole) do
      assert.is_true(hash >= 0 and hash < 1 << 32)
      assert.is_true(i == 1 or whole[i - 1] < hash)
      seen[hash] = true
    end
    assert.is_true(#whole > 20 and #whole < 120)
    for from = 1, 2800, 97 do
      local shared = 0
      for _, hash in ipairs(hashes_of(stream(words(from, from + 140)))) do
        shared = shared + (seen[hash] and 1 or 0)
      end
      assert.is_true(shared > 0)
    end
  end)

  it("have nothing to say of less than eight syllables", function()
    local short = stream "một hai ba bốn năm sáu bảy"
    assert.equal("", corpus.shingles(short, tk))
    assert.equal(0.0, (corpus.contained(short, short, tk)))
    assert.equal("", corpus.shingles("", tk))
    assert.equal(1, #hashes_of(stream "một hai ba bốn năm sáu bảy tám"))
  end)
end)
