-- Texts are read ahead by a thread of their own.  What is written must be what is written without
-- it, to the last byte of the file.

local import = require "vankien.import"
local ingest = require "vankien.corpus.ingest"
local corpus_host = require "vankien.host.corpus"
local host = require "vankien.host.store"
local sys = require "vankien.host.sys"
local text = require "vankien.host.text"
local vankien = require "vankien"
local write = require "vankien.store.write"
local json = require "vankien.util.json"
local stores = dofile "tests/support/stores.lua"
local texts = dofile "tests/support/texts.lua"

local WORDS = {
  "Việt Nam", "chủ động", "tham gia", "hoà bình", "hòa bình", "thuỷ lợi", "Ðổi mới", "đa phương",
  "ủy ban", "uỷ ban", "3.119 tỷ đồng", "nòng cốt, dẫn dắt", "đối ngo ại", "năm 2030", "v.v.", "…",
}

-- Sentences that repeat themselves little; `seed` makes them another text.
local function body(seed, sentences)
  local out, at = {}, seed
  for n = 1, sentences do
    local words = {}
    for k = 1, 12 do
      at = (at * 1103515245 + 12345) % 2147483648
      words[k] = WORDS[at // 65536 % #WORDS + 1] .. (k == 7 and " từ" .. at % 977 or "")
    end
    out[n] = table.concat(words, " ") .. (n % 3 == 0 and ".\n\n" or ". ")
  end
  return table.concat(out)
end

local line = json.encode

local function decomposed(s)
  return (s:gsub("ệ", "e\u{323}\u{302}"):gsub("ộ", "o\u{323}\u{302}"):gsub("đ", "đ\u{300}"))
end

-- Documents that are long, short, damaged, decomposed, the same again, inside each other.
local function corpus()
  local lines = {}
  for n = 1, 60 do
    lines[n] = line { title = "Văn bản " .. n, number = n .. "-CT/TW", issued = "2031-05-02",
      text = body(n, n % 7 * 40 + 1) }
  end
  local apart = decomposed(body(7, 30))
  lines[11] = line { title = "Văn bản mười một", issued = "2031-01-01", text = apart }
  lines[12] = line { title = "Lại văn bản ấy", issued = "2031-01-02", text = apart }
  lines[13] = line { title = "Trong văn bản 20", issued = "2031-01-03", text = body(20, 100) }
  lines[14] = line { title = "Dài", issued = "2031-01-04", text = body(99, 9000) }
  lines[15] = line { title = "Dòng ngắn", issued = "2031-01-05",
    text = "1. Việt Nam chủ động tham\ngia các cơ chế đa phương.\n\n-----\n\n\u{200B}\n\n- 12 -\n" }
  lines[30] = line { title = "Cùng số", number = "29-CT/TW", issued = "2031-05-02", text = "Khác." }
  return table.concat(lines, "\n") .. "\n"
end

local function imported(path, files, options)
  local store = stores.fresh()
  local out = {}
  for n, file in ipairs(files) do
    local summary, problem, partly = ingest.run(store, { path .. "/" .. file }, options)
    out[n] = { summary = summary or partly, problem = problem and tostring(problem) }
  end
  local from = store:path()
  store:close()
  local bytes = assert(sys.read_file(from))
  stores.clear(from)
  return bytes, out
end

describe("what is read ahead", function()
  local folder
  setup(function()
    folder = texts.folder {
      ["a.jsonl"] = corpus(),
      ["b.jsonl"] = corpus():gsub("Văn bản 5\"", "Văn bản năm\"") .. line {
        title = "Sau cùng", text = body(1234, 50) } .. "\n",
      ["c.txt"] = "# title: Một tệp\n\n" .. body(77, 20),
    }
  end)
  teardown(function() texts.clear(folder) end)

  local function same_both_ways(files, options)
    local function with(thread)
      return setmetatable({ thread = thread }, { __index = options })
    end
    local ahead, said = imported(folder, files, with(true))
    local plain, said_plain = imported(folder, files, with(false))
    assert.same(said_plain, said)
    assert.equal(#plain, #ahead)
    assert.is_true(plain == ahead)
    return said
  end

  it("stops at the same document", function()
    local said = same_both_ways({ "a.jsonl" }, {})
    assert.matches("are the same document", said[1].problem)
  end)

  it("is written as without a thread, documents that fail left out", function()
    local said = same_both_ways({ "a.jsonl", "c.txt" }, { keep_going = true })
    assert.same({ 58, 1 }, { said[1].summary.added, said[1].summary.attached })
    assert.is_true(#said[1].summary.contained > 0)
  end)

  it("is written as without a thread into a store that has the texts already", function()
    local said = same_both_ways({ "a.jsonl", "b.jsonl", "a.jsonl" },
      { keep_going = true, index = false })
    assert.is_true(said[3].summary.unchanged > 0)
  end)
end)

describe("what stands inside what", function()
  local folder, store
  setup(function()
    local lines = {}
    for one in corpus():gmatch "[^\n]+" do lines[#lines + 1] = one end
    folder = texts.folder { ["all.jsonl"] = table.concat(lines, "\n"), ["first.jsonl"] = lines[1],
      ["whole.jsonl"] = lines[20], ["part.jsonl"] = lines[13] }
  end)
  teardown(function() texts.clear(folder) end)
  before_each(function() store = stores.fresh() end)
  after_each(function() stores.drop(store) end)

  -- Titles, since the ids differ where documents come in another order.
  local function found()
    local out = {}
    for _, inner, outer, share in store.conn:rows [[SELECT a.title, b.title, c.share
      FROM containments AS c JOIN documents AS a ON a.id = c.inner_id
      JOIN documents AS b ON b.id = c.outer_id ORDER BY 1, 2]] do
      out[#out + 1] = ("%s in %s: %.6f"):format(inner, outer, share)
    end
    return out
  end

  local function run(name)
    ingest.run(store, { folder .. "/" .. name }, { keep_going = true, index = false })
  end

  it("is the same, whether fingerprints were there before or not", function()
    run "all.jsonl"
    local at_once = found()
    assert.is_true(#at_once > 10)
    stores.drop(store)
    store = stores.fresh()
    run "first.jsonl"
    run "all.jsonl"
    assert.same(at_once, found())
  end)

  it("is found when another process has written meanwhile", function()
    local session <close> = write.session(store, { index = false })
    local function put(name)
      local outcome
      session:together(function()
        local record = import.read(import.sources({ folder .. "/" .. name }).sources)()
        assert(session:document(record, function(_, given) outcome = given end))
      end)
      return outcome
    end
    put "first.jsonl"
    local other <close> = vankien.open(store:path())
    ingest.run(other, { folder .. "/whole.jsonl" }, { index = false })
    assert.equal(1, #put "part.jsonl".contained)
  end)
end)

describe("corpus.seen", function()
  it("gives no hash that is new, and each that is not", function()
    local seen = corpus_host.seen()
    local some, more = string.pack("<jjj", 5, 7, 4294967295), string.pack("<jj", 7, 8)
    assert.equal("", seen:meet(some))
    assert.equal(string.pack("<j", 7), seen:meet(more))
    assert.equal(some, seen:meet(some))
    assert.equal("", seen:meet "")
  end)
end)

describe("store.ingest", function()
  local function passages(bytes)
    local out, all = text.passages(), text.lines(bytes, 0)
    all:read(0)
    out:begin ""
    for k = 1, #all do out:take(all, k) end
    return out
  end

  local function begun(tokenizer, bytes, first)
    return host.ingest(tokenizer, bytes, passages(bytes), 1, first)
  end

  it("numbers passages and types in the order of the texts", function()
    for _, threaded in ipairs { false, true } do
      local tokenizer <close> = text.tokenizer(threaded)
      local first <close> = begun(tokenizer, "Một hai.", 10)
      local second <close> = begun(tokenizer, "Hai ba.", first)
      assert.equal("\0\0\3\0\4\0\1\0\0\0", (second:units()))
      assert.equal("\0\0\2\0\3\0\1\0\0\0", (first:units()))
      assert.equal(5, tokenizer:next_id())
    end
  end)

  it("is waited for when its tokenizer is asked, closed, or nobody wants it", function()
    local tokenizer = text.tokenizer(true)
    for n = 1, 50 do begun(tokenizer, ("từ%d "):format(n):rep(200), 1) end
    collectgarbage()
    assert.is_true(tokenizer:next_id() >= 52)
    local last = begun(tokenizer, ("cuối "):rep(20000), 1)
    tokenizer:close()
    assert.equal(20000, select(2, last:units()))
    last:close()
    last:close()
  end)

  it("refuses a closed tokenizer and a closed ingest", function()
    local tokenizer = text.tokenizer()
    local made = begun(tokenizer, "Một.", 1)
    tokenizer:close()
    assert.has_error(function() begun(tokenizer, "Hai.", made) end)
    made:close()
    local conn <close> = assert(host.open(":memory:", { mode = "create" }))
    conn:exec "CREATE TABLE t (a)"
    local insert <close> = conn:bulk "INSERT INTO t SELECT c1 FROM incoming(?)"
    assert.has_error(function() insert:passages(made) end)
  end)
end)
