-- search: which passages are found, in which order, where their hits stand; and that the index only
-- makes it faster.

package.path = "tests/support/?.lua;" .. package.path
local bm25 = require "vankien.analysis.bm25"
local ingest = require "vankien.corpus.ingest"
local kwic = require "vankien.corpus.kwic"
local program = require "program"
local query = require "vankien.corpus.search_query"
local search = require "vankien.corpus.search"
local stores = require "stores"
local text = require "vankien.host.text"
local texts = require "texts"
local vankien = require "vankien"

local A = [[
# title: A
# congress: XII
# issued: 2016-01

Chủ động, tích cực hội nhập quốc tế.

Chủ động tích cực tham gia ASEAN. Dẫn dắt đối ngoại đa phương.

Hồi nhập viện, người hỏi nhập khẩu; tham gia.
]]

local B = [[
# title: B
# congress: XIII
# issued: 2021-01

Hòa bình và hội nhập, hội nhập sâu rộng; HỘI NHẬP toàn diện.

Thăm gia đình. Thám giả định.

Nòng cốt và dẫn dắt, định hình luật chơi chung.
]]

local function made(options)
  local store = stores.fresh()
  local folder = texts.folder { ["a.txt"] = A, ["b.txt"] = B }
  assert(ingest.run(store, { folder .. "/a.txt", folder .. "/b.txt" }, options or {}))
  texts.clear(folder)
  return store
end

local store

setup(function() store = made() end)
teardown(function() stores.drop(store) end)

-- Passages as "A1", sorted: what is found, whatever its rank.
local function found(words, options, within)
  local list = {}
  for i, row in ipairs(search.of(within or store, words, options).rows) do
    list[i] = row.title .. row.passage
  end
  table.sort(list)
  return table.concat(list, " ")
end

local function refusal(words, options)
  local ok, problem = pcall(search.of, store, words, options)
  assert.is_false(ok, words)
  return problem
end

describe("a search", function()
  it("finds words that stand together, and what operators ask for", function()
    for _, case in ipairs {
      { "hội nhập", "A1 B1" }, { '"hội nhập"', "A1 B1" }, { "HỘI NHẬP quốc tế", "A1" },
      { "chủ động tích cực", "A2" }, { '"chủ động, tích cực"', "A1" },
      { "tích cực AND tham gia", "A2" }, { "tham gia", "A2 A3 B2" }, { "=tham gia", "A2 A3" },
      { '="tham gia" NOT ASEAN', "A3" }, { "hội nhập OR nòng cốt", "A1 B1 B3" },
      { "(hội nhập OR nòng cốt) AND định hình", "B3" }, { "hòa bình", "B1" }, { "hoà bình", "B1" },
      { "hội nhập OR nòng cốt NOT dẫn dắt", "A1 B1" }, { '"hội nhập" "hòa bình"', "B1" },
      { "NEAR(tích cực, ASEAN, 2)", "A2" }, { "NEAR(ASEAN, tích cực, 2)", "A2" },
      { "NEAR(tích cực, ASEAN, 1)", "" }, { "NEAR(tham gia, dẫn dắt, 20)", "" },
      { "and or not", "" }, { "định hình luật chơi chung.", "B3" },
    } do
      assert.equal(case[2], found(case[1]), case[1])
    end
  end)

  it("takes a syllable without marks for any marking, one with marks for itself", function()
    assert.equal("A1 A3 B1", found "hoi nhap")
    assert.equal("A1 B1", found "hội nhap")
    assert.equal("A3", found "hỏi nhap")
    assert.equal("", found "hoị nhập")
    assert.equal("A2 A3 B2", found "tham gia")
  end)

  it("puts passages with the words as typed first", function()
    local rows = search.of(store, "tham gia").rows
    assert.same({ "A", "A", "B" }, { rows[1].title, rows[2].title, rows[3].title })
    assert.same({ true, true, false }, { rows[1].as_typed, rows[2].as_typed, rows[3].as_typed })
  end)

  it("finds what begins so", function()
    assert.equal("A1 B1", found "hội nh*")
    assert.equal("A1 A3 B1", found "hoi nh*")
    assert.equal("B2", found "gia đ*")
    assert.equal("A2 B3", found "dẫn*")
  end)

  it("finds patterns, when they have their signs or are asked for", function()
    assert.equal("A1 A2", found "chủ động ,? tích cực")
    assert.equal("A2 A3", found "(tích cực)? tham gia")
    assert.equal("A1 A3 B1", found "~hoi ~nhap")
    assert.equal("A2 A3", found("(tích cực)* tham gia", { pattern = true }))
    assert.truthy(refusal "(tích cực)* tham gia".hint:find("pattern = true", 1, true))
    assert.equal("", found("hoi nhap", { pattern = true }))
  end)

  it("ranks by BM25 as it is written down", function()
    local result = search.of(store, "hội nhập")
    assert.equal("B", result.rows[1].title)
    -- two documents, three passages each; two passages have it
    local units = store.conn:first "SELECT sum(length(units)) / 2 FROM tokens"
    local length = #text.tokens "Hòa bình và hội nhập, hội nhập sâu rộng; HỘI NHẬP toàn diện."
    local weight = bm25.weight(3, bm25.idf(6, 2), length, units / 6)
    assert.near(weight, result.rows[1].score, 1e-12)
    assert.near(math.log(1 + 4.5 / 2.5), bm25.idf(6, 2), 1e-12)
    assert.same({ 2, 2 }, { result.total, result.documents })
  end)

  it("looks only where it is told to, and cuts aloud", function()
    assert.equal("B1", found("hội nhập", { over = "congress = 'XIII'" }))
    local only = store:collection "documents":where { title = "A" }
    assert.equal("A1", found("hội nhập", { over = only }))
    local result = search.of(store, "hội nhập", { limit = 1 })
    assert.same({ 1, 2 }, { #result.rows, result.total })
    assert.truthy(result.notes[1]:find("1 of 2 passages shown", 1, true))
    assert.equal("A", search.of(store, "hội nhập", { sort = "date" }).rows[1].title)
  end)

  it("says which word no text holds, with the nearest", function()
    local result = search.of(store, "hội nhậpp")
    assert.equal(0, result.total)
    assert.truthy(result.notes[1]:find("“nhậpp”; did you mean \"nhập\"?", 1, true), result.notes[1])
  end)
end)

describe("a place of a search", function()
  it("is the hit, in the original", function()
    for _, words in ipairs { "hoi nhap", "tham gia", "dẫn dắt OR nòng cốt", "hòa bình" } do
      for _, row in ipairs(search.of(store, words).rows) do
        local original = store:collection "documents"[row.document].original
        for _, place in ipairs(row.places) do
          assert.equal(place.hit, original:sub(place.start + 1, place.stop))
          assert.truthy(row.snippet:find("[" .. place.hit .. "]", 1, true))
        end
        assert.equal(row.hit, original:sub(row.start + 1, row.stop))
        assert.equal(#row.places, row.hits)
      end
    end
  end)

  it("agrees with kwic: the same passages, the same number of hits", function()
    for _, phrase in ipairs { "hội nhập", "tích cực", "dẫn dắt", "và", "chủ động tích cực" } do
      local hits, passages = 0, {}
      for _, line in ipairs(kwic.of(store, phrase).rows) do
        hits, passages[line.document .. line.passage] = hits + 1, true
      end
      local n, sum = 0, 0
      for _ in pairs(passages) do n = n + 1 end
      local result = search.of(store, "=" .. phrase)
      for _, row in ipairs(result.rows) do sum = sum + row.hits end
      assert.same({ n, hits }, { result.total, sum }, phrase)
    end
  end)

  it("has an excerpt of a sentence when asked", function()
    assert.equal("[Dẫn dắt] đối ngoại đa phương.",
      search.of(store, "dẫn dắt", { window = "sentence", over = "title = 'A'" }).rows[1].snippet)
  end)
end)

describe("a search that is none", function()
  it("is told with a caret, in no words of SQLite's", function()
    for _, case in ipairs {
      { "hội (nhập", 'expected ")"' }, { "hội nhập)", "expected AND" }, { "AND hội", "a word" },
      { "hội OR", "a word" }, { '"hội', 'the closing "' }, { "NEAR(hội)", '","' },
      { "NEAR(hội, nhập, 99)", "NEAR is of 1 to 20" }, { "hội*nhập", 'a "*" stands at the end' },
      { "", "nothing is searched" }, { "   ", "nothing is searched" }, { ", ;", "no word" },
      { "một. Hai", "over the end of a sentence" }, { "NOT hội", "a word" }, { "*", 'a "*"' },
      { ("("):rep(30) .. "a", "too deep" }, { ("a "):rep(1500), "longer than" },
      { ("a OR "):rep(40) .. "a", "more than 32 phrases" }, { "a\xFF", "not UTF-8" },
      { "hội (nhập|", "expected" }, { '""', "what is quoted" }, { "= ", "a word" },
    } do
      local problem = refusal(case[1])
      assert.equal("bad_input", problem.code, case[1])
      assert.truthy(problem.message:find(case[2], 1, true), problem.message)
      assert.is_nil(tostring(problem):lower():find "fts5")
    end
    assert.equal("bad_input", refusal(5).code)
    assert.equal("unknown_name", refusal("hội", { limt = 3 }).code)
    assert.equal("bad_input", refusal("hội", { window = "sentense" }).code)
  end)

  it("never breaks, whatever bytes it has", function()
    local random = require "vankien.analysis.rng".new(7)
    local pieces = { "(", ")", '"', "*", "=", "AND", "OR", "NOT", "NEAR(", ",", " ", "hội", "nhap",
      "|", "?", "5", ".", "-", "đ", "{", "\\", "'", ";", "%", "\0" }
    for _ = 1, 2000 do
      local parts = {}
      for i = 1, random:below(8) do parts[i] = pieces[random:below(#pieces)] end
      local words = table.concat(parts, random:below(2) == 1 and " " or "")
      local ok, problem = pcall(search.of, store, words)
      if not ok then
        assert.equal("bad_input", type(problem) == "table" and problem.code, tostring(problem))
        assert.is_nil(tostring(problem):lower():find "fts5")
      end
    end
    assert.is_true(query.is_pattern "a|b")
    assert.is_false(query.is_pattern 'ASEAN+3 "a|b" (a OR b*)')
  end)
end)

describe("the search index", function()
  local cases = { "hoi nhap", "tham gia", "dẫn* OR hòa bình", "tích cực NOT quốc tế" }

  local function everything(within)
    local out = {}
    for _, words in ipairs(cases) do
      for _, row in ipairs(search.of(within, words).rows) do
        out[#out + 1] = ("%s%d %.9f %s"):format(row.title, row.passage, row.score, row.snippet)
      end
    end
    return out
  end

  it("changes nothing but the time: without it, and on a read-only connection, all is the same",
    function()
      local without = made { index = false }
      finally(function() stores.drop(without) end)
      assert.equal(2, without.conn:first(
        "SELECT (SELECT count(*) FROM texts) - (SELECT count(*) FROM indexed_texts)"))
      assert.same(everything(store), everything(without))
      local notes = table.concat(search.of(without, "hội").notes, "\n")
      assert.truthy(notes:find("not in the search index yet", 1, true))
      assert.equal(2, without:reindex())
      assert.same(everything(store), everything(without))
      assert.same({}, without:doctor())
      local reader <close> = assert(vankien.open(store:path(), { mode = "read" }))
      assert.same(everything(store), everything(reader))
    end)

  it("follows a document that is replaced, and one that is removed", function()
    local own = made()
    finally(function() stores.drop(own) end)
    local folder = texts.folder { ["a.txt"] = (A:gsub("hội nhập quốc tế", "liên kết khu vực")) }
    assert(ingest.run(own, { folder .. "/a.txt" }, {}))
    texts.clear(folder)
    assert.equal("B1", found("hội nhập", nil, own))
    assert.equal("A1", found("liên kết", nil, own))
    assert.same({}, own:doctor())
    local id = own:collection "documents":where { title = "B" }:one().id
    own:edit(function(tx) tx:delete("documents", id) end)
    assert.equal("", found("hội nhập", nil, own))
    assert.is_nil(own.conn:first("SELECT 1 FROM search_index_docsize WHERE id = ?", { id }))
    assert.same({}, own:doctor())
  end)

  it("is examined by the doctor, who finds what it lost and what it should not have", function()
    local own = made()
    finally(function() stores.drop(own) end)
    local units = own.conn:first "SELECT units FROM tokens ORDER BY document_id"
    own.conn:run("INSERT INTO search_index(rowid, units) VALUES (999999, ?)",
      { require "vankien.host.store".blob(units) })
    local function checks()
      local set = {}
      for _, item in ipairs(own:doctor()) do set[item.check .. " " .. item.table] = true end
      return set
    end
    assert.same({ ["index search_index"] = true, ["index types"] = true }, checks())
    own:reindex()
    assert.same({}, checks())
    own.conn:run "INSERT INTO search_index(search_index) VALUES ('delete-all')"
    assert.is_true(checks()["index search_index"])
    own:reindex()
    own.conn:run "UPDATE indexed_texts SET stream = x'00'"
    assert.same({ ["index indexed_texts"] = true }, checks())
    own:reindex()
    assert.same({}, checks())
  end)

  it("never changes a count", function()
    local before = kwic.of(store, "hội nhập").total
    search.of(store, "hoi nhap")
    assert.equal(before, kwic.of(store, "hội nhập").total)
    assert.equal(0, kwic.of(store, "hoi nhap").total)
  end)
end)

describe("vankien search", function()
  local function run(...)
    local folder <const> = program.folder()
    local code, out, talk = program.run({ "--store", store:path(), ... }, { folder = folder })
    program.remove(folder)
    return code, out, talk
  end

  it("prints in every format, and says when nothing is found", function()
    for _, format in ipairs(require "vankien.report".formats) do
      local code, out = run("search", "hoi nhap", "--format", format)
      assert.equal(0, code)
      assert.truthy(out:find("hội nhập", 1, true), format)
    end
    local code, out = run("search", "xyz")
    assert.equal(4, code)
    assert.truthy(out:find("(no passage)", 1, true))
    assert.equal(2, (run("search", "hội (")))
  end)

  it("takes words one by one, and options", function()
    local code, out = run("search", "chủ", "động", "--where", "congress = 'XII'", "--limit", "1",
      "--sort", "date", "--window", "sentence", "--format", "csv")
    assert.equal(0, code)
    assert.truthy(out:find("[Chủ động], tích cực hội nhập quốc tế.", 1, true), out)
    assert.equal(0, (run("search", "(chủ động|tích cực)", "--pattern")))
  end)
end)
