-- first, reuse, align, and the counts that leave self-quotation out or are divided by another base.

package.path = "tests/support/?.lua;" .. package.path
local corpus = require "vankien.host.corpus"
local ingest = require "vankien.corpus.ingest"
local pure = require "vankien.analysis.align"
local interval = require "vankien.analysis.interval"
local program = require "program"
local stores = require "stores"
local texts = require "texts"

-- A repeats two sentences of FIRST (one with other marks); C is of the same month as A, D undated.
local FIRST = [[
# title: First
# congress: XII
# issued: 2016

Kiên quyết, kiên trì đấu tranh bảo vệ vững chắc độc lập, chủ quyền, thống nhất, toàn vẹn lãnh thổ.

Chủ động hội nhập quốc tế.
]]

local A = [[
# title: A
# congress: XIII
# issued: 2021-01

Kiên quyết kiên trì đấu tranh (1) bảo vệ vững chắc độc lập, chủ quyền; thống nhất, toàn vẹn
lãnh thổ.

Chủ động hội nhập quốc tế. Bảo vệ độc lập là việc của mọi người. Tích cực tham gia ASEAN.
]]

local C = [[
# title: C
# congress: XIII
# issued: 2021-01-31

Tích cực tham gia ASEAN là chủ trương lớn của nước ta trong thời kỳ mới này.
]]

local D = [[
# title: D

Tích cực tham gia ASEAN và định hình.
]]

local store

setup(function()
  store = stores.fresh()
  local folder = texts.folder { ["first.txt"] = FIRST, ["a.txt"] = A, ["c.txt"] = C, ["d.txt"] = D }
  assert(ingest.run(store, { folder }, {}))
  texts.clear(folder)
end)

teardown(function() stores.drop(store) end)

local function original(key, from, to)
  return store:collection "documents"[key].original:sub(from + 1, to)
end

-- Token units of numbers: 0 is a boundary, 9 is no syllable.
local function units(list)
  local out = {}
  for i, id in ipairs(list) do out[i] = ("<I2"):pack(id) end
  return table.concat(out)
end

local function runs(least, target, text)
  local set = corpus.repeats(least, { 9 })
  set:add(units(target))
  local flat, list = set:find(units(text)), {}
  for at = 1, #flat, 7 do
    list[#list + 1] = ("%d+%d %d-%d %d-%d"):format(flat[at + 1], flat[at + 2], flat[at + 3],
      flat[at + 4], flat[at + 5], flat[at + 6])
  end
  return list
end

describe("runs of the same syllables", function()
  it("are the longest on both sides, whatever stands between the syllables", function()
    assert.same({ "1+4 2-6 2-7" }, runs(4, { 0, 11, 12, 13, 14, 15, 16, 0 },
      { 0, 31, 12, 13, 9, 14, 15, 32, 0 }))
    assert.same({}, runs(5, { 0, 11, 12, 13, 14, 15, 16, 0 }, { 0, 31, 12, 13, 9, 14, 15, 32, 0 }))
    assert.same({ "0+4 1-5 1-5", "0+4 1-5 6-10" },
      runs(4, { 0, 2, 3, 4, 5, 0 }, { 0, 2, 3, 4, 5, 7, 2, 3, 4, 5, 0 }))
  end)

  it("agree with a search that compares everything", function()
    local random = require "vankien.analysis.rng".new(3)
    for _ = 1, 300 do
      local a, b, least = {}, {}, 3 + random:below(3)
      for i = 1, random:below(40) do a[i] = 1 + random:below(3) end
      for i = 1, random:below(40) do b[i] = 1 + random:below(3) end
      local expected = {}
      for i = 1, #a do
        for j = 1, #b do
          local n = 0
          while a[i + n] and a[i + n] == b[j + n] do n = n + 1 end
          local starts = i == 1 or j == 1 or a[i - 1] ~= b[j - 1]
          if starts and n >= least and a[i] ~= 1 then
            expected[#expected + 1] = ("%d+%d"):format(i - 1, n)
          end
        end
      end
      local set, met = corpus.repeats(least, {}), {}
      for i = 1, #a do a[i] = a[i] + 1 end          -- 2 is the least id
      for i = 1, #b do b[i] = b[i] + 1 end
      set:add(units(a))
      local flat = set:find(units(b))
      for at = 1, #flat, 7 do met[#met + 1] = ("%d+%d"):format(flat[at + 1], flat[at + 2]) end
      table.sort(met)
      local all = {}
      for i = 1, #a do
        for j = 1, #b do
          local n = 0
          while a[i + n] and a[i + n] == b[j + n] do n = n + 1 end
          if n >= least and (i == 1 or j == 1 or a[i - 1] ~= b[j - 1]) then
            all[#all + 1] = ("%d+%d"):format(i - 1, n)
          end
        end
      end
      table.sort(all)
      assert.same(all, met)
    end
  end)

  it("refuse what is no length and no stream", function()
    assert.has_error(function() corpus.repeats(3, {}) end)
    assert.has_error(function() corpus.repeats(300, {}) end)
    assert.has_error(function() corpus.repeats(5, {}):add "odd" end)
  end)
end)

describe("reuse", function()
  it("finds what an earlier document says, with its place on both sides", function()
    local result = store:reuse("A", {})
    assert.equal(1, #result.rows)
    local row = result.rows[1]
    assert.same({ "A", "First", 26 }, { row.title, row.from_title, row.syllables })
    assert.equal("Kiên quyết kiên trì đấu tranh (1) bảo vệ vững chắc độc lập, chủ quyền; "
      .. "thống nhất, toàn vẹn\nlãnh thổ.\n\nChủ động hội nhập quốc tế",
      original(row.document, row.start, row.stop))
    assert.equal(row.from_text,
      (original(row.from, row.from_start, row.from_stop):gsub("\n\n", " ")))
    local of_a = result.documents[1]
    assert.equal(of_a.repeated / of_a.syllables, of_a.share)
    assert.equal(26, of_a.repeated)
  end)

  it("asks for runs as long as it is told to", function()
    assert.equal(1, #store:reuse("A", { least = 26 }).rows)
    assert.equal(0, #store:reuse("A", { least = 27 }).rows)
    assert.equal(0, #store:reuse("A", { over = "title = 'C'", least = 4 }).rows)
  end)

  it("takes nobody for earlier whose date does not say so", function()
    assert.same({}, store:reuse("First", { least = 4 }).rows)
    local result = store:reuse("C", { least = 4 })
    assert.same({}, result.rows)
    local notes = table.concat(result.notes, "\n")
    assert.truthy(notes:find("nobody can tell who repeats whom: a", 1, true))
    assert.same({}, store:reuse("D", { least = 4 }).rows)
  end)

  it("refuses what it cannot read", function()
    for _, case in ipairs {
      { "bad_input", nil }, { "not_found", "no such" }, { "bad_input", "A", { least = 2 } },
      { "unknown_name", "A", { leest = 5 } }, { "not_found", "nq59-2025" },
    } do
      local ok, problem = pcall(store.reuse, store, case[2], case[3])
      assert.is_false(ok)
      assert.equal(case[1], problem.code, tostring(problem))
    end
  end)
end)

describe("shift without reuse", function()
  local function free(options)
    local cells = {}
    for _, row in ipairs(store:shift({ "độc lập", "hội nhập" }, options).rows) do
      cells[#cells + 1] = ("%s %s %d/%d"):format(row.period, row.phrase, row.free,
        row.documents_with)
    end
    return cells
  end

  it("leaves out what stands in repeated wording, and says how many", function()
    assert.same({ "XII độc lập 1/1", "XII hội nhập 1/1", "XIII độc lập 2/1", "XIII hội nhập 1/1",
      "(none) độc lập 0/0", "(none) hội nhập 0/0" }, free())
    -- the second "hội nhập" belongs to a run over two sentences; the second "độc lập" to none
    assert.same({ "XII độc lập 1/1", "XII hội nhập 1/1", "XIII độc lập 1/1", "XIII hội nhập 0/0",
      "(none) độc lập 0/0", "(none) hội nhập 0/0" }, free { reuse = "without" })
    local result = store:shift({ "độc lập", "hội nhập" }, { reuse = "without" })
    assert.truthy(table.concat(result.notes, "\n"):find("left out: 2 occurrences", 1, true))
    assert.equal(0, #result:lines { period = "XIII", phrase = "hội nhập" })
    assert.equal(1, #result:lines { period = "XIII", phrase = "độc lập" })
    for _, line in ipairs(result.evidence) do
      assert.is_false(line.period == "XIII" and line.phrase == "hội nhập")
    end
  end)

  it("counts documents and passages without them too", function()
    local of = {}
    local options = { reuse = "without", per = "passages" }
    for _, row in ipairs(store:shift({ "hội nhập" }, options).rows) do
      of[row.period] = row.passages_with
    end
    assert.same({ XII = 1, XIII = 0, ["(none)"] = 0 }, of)
  end)
end)

describe("shift per", function()
  local function row_of(per)
    for _, row in ipairs(store:shift({ "hội nhập", "tham gia" }, { per = per }).rows) do
      if row.period == "XIII" and row.phrase == "tham gia" then return row end
    end
  end

  it("divides by what it says, with the interval that belongs to it", function()
    local row = row_of "sentences"                -- A: 4 sentences, C: 1; two occurrences
    local rate = interval.poisson(2, 5, { per = 1000 })
    assert.same({ 400, rate.low, rate.high }, { row.per_1k_sentences, row.low, row.high })
    row = row_of "passages"                       -- A: 2 passages, C: 1
    local share = interval.wilson(2, 3)
    assert.same({ 2, 3, 2 / 3, share.low, share.high },
      { row.passages_with, row.passages, row.share_of_passages, row.low, row.high })
    row = row_of "documents"
    share = interval.wilson(2, 2)
    assert.same({ 1, share.low, share.high }, { row.share_of_documents, row.low, row.high })
    row = row_of "family"
    share = interval.wilson(2, 3)
    assert.same({ 2 / 3, share.low, share.high }, { row.share, row.low, row.high })
    row = row_of()
    rate = interval.poisson(2, row.syllables, { per = 10000 })
    assert.same({ rate.estimate, rate.low, rate.high }, { row.per_10k, row.low, row.high })
  end)

  it("names the column, and says in the notes what it is", function()
    for per, column in pairs { sentences = "per_1k_sentences", passages = "share_of_passages",
      documents = "share_of_documents", family = "share", syllables = "per_10k" } do
      local result = store:shift({ "tham gia" }, { per = per })
      local names = {}
      for _, c in ipairs(result.columns) do names[c.name] = true end
      assert.is_true(names[column], per)
      assert.equal(per == "syllables", names.per_10k == true)
      assert.truthy(table.concat(result.notes, "\n"):find(per == "syllables" and "10,000 syllables"
        or per == "sentences" and "1,000 sentences" or "shares are", 1, true), per)
      assert.truthy(tostring(result):find("tham gia", 1, true))
    end
    local ok, problem = pcall(store.shift, store, { "tham gia" }, { per = "sentence" })
    assert.is_false(ok)
    assert.truthy(problem.hint:find("sentences", 1, true))
  end)
end)

describe("first", function()
  local function seen(...)
    local list = {}
    for i, row in ipairs(store:first(...).rows) do
      list[i] = ("%s%s %s %d"):format(row.period and row.period .. " " or "", row.phrase, row.title,
        row.tied)
    end
    return list
  end

  it("gives the earliest document, and all that may be it", function()
    assert.same({ "hội nhập First 1" }, seen "hội nhập")
    assert.same({ "tham gia A 2", "tham gia C 2" }, seen "tham gia")
    assert.same({ "XII hội nhập First 1", "XIII hội nhập A 1" },
      seen("hội nhập", { by = "congress" }))
    assert.same({ "tham gia C 1" }, seen("tham gia", { over = "title = 'C'" }))
    assert.same({ "(kiên trì|toàn vẹn) First 1" }, seen "(kiên trì|toàn vẹn)")
  end)

  it("shows the place, and says what has no date and what stands nowhere", function()
    local result = store:first { "tham gia", "định hình", "nòng cốt ảo" }
    local row = result.rows[1]
    assert.equal("tham gia", original(row.document, row.start, row.stop))
    local notes = table.concat(result.notes, "\n")
    assert.truthy(notes:find("“tham gia” stands in documents without a date too: d", 1, true))
    assert.truthy(notes:find("“định hình” stands in documents without a date too: d", 1, true))
    assert.truthy(notes:find("in no text of the scope: nòng cốt ảo", 1, true))
    assert.truthy(notes:find("“tham gia”: a quotation of the store attests it in", 1, true))
  end)
end)

describe("align", function()
  it("matches passages whatever their order, and marks what moved", function()
    local function words(s)
      local list = {}
      for word in s:gmatch "%S+" do list[#list + 1] = word end
      return list
    end
    local a = { words "một hai ba bốn năm", words "sáu bảy tám chín", words "x y z t u v w" }
    local b = { words "x y z t u v", words "một hai ba bốn sáu", words "hoàn toàn khác hẳn" }
    local found = {}
    for i, match in ipairs(pure.match(a, b, 0.25)) do
      found[i] = ("%d-%d %.2f %s"):format(match.a, match.b, match.similarity, match.moved)
    end
    assert.same({ "1-2 0.60 true", "3-1 0.83 false" }, found)
    assert.equal(1, pure.similarity(a[1], a[1]))
    assert.equal(0, pure.similarity({}, {}))
    assert.equal(1, pure.similarity({ "a" }, { "a" }))
  end)

  it("takes every passage of both sides once, with places and word diffs", function()
    local result = store:align("First", "A")
    assert.same({ same = 0, changed = 2, moved = 0, ["only in a"] = 0, ["only in b"] = 0 },
      result.counts)
    local key = {}
    for d in store:collection "documents":where { kind = "imported" }:each() do
      key[d.title] = d.key
    end
    for _, row in ipairs(result.rows) do
      assert.equal(row.a_text, original(key.First, row.a_start, row.a_stop))
      assert.equal(row.b_text, (original(key.A, row.b_start, row.b_stop):gsub("\n", " ")))
    end
    assert.truthy(result.rows[2].diff:find("{+", 1, true))
  end)

  it("goes by sentences when asked", function()
    local verdicts = {}
    for i, row in ipairs(store:align("First", "A", { unit = "sentence" }).rows) do
      verdicts[i] = row.verdict
    end
    assert.same({ "changed", "same", "only in b", "only in b" }, verdicts)
  end)

  it("refuses what is not two documents", function()
    for _, case in ipairs {
      { "bad_input", nil, "A" }, { "bad_input", "kind = 'imported'", "A" },
      { "not_found", "A", "nq59-2025" }, { "bad_input", "A", "C", { least = 2 } },
      { "bad_input", "A", "C", { unit = "word" } },
    } do
      local ok, problem = pcall(store.align, store, case[2], case[3], case[4])
      assert.is_false(ok)
      assert.equal(case[1], problem.code, tostring(problem))
    end
  end)
end)

describe("the commands first, reuse and align", function()
  it("print in every format", function()
    local folder <const> = program.folder()
    local lines = { { "first", "tham gia" }, { "reuse", "A" }, { "align", "First", "A" } }
    for _, words in ipairs(lines) do
      for _, format in ipairs(require "vankien.report".formats) do
        local line = { "--store", store:path() }
        table.move(words, 1, #words, 3, line)
        line[#line + 1], line[#line + 2] = "--format", format
        local code, out, talk = program.run(line, { folder = folder })
        assert.equal(0, code, talk)
        assert.truthy(#out > 40, format)
      end
    end
    assert.equal(4, (program.run({ "--store", store:path(), "first", "xyz" }, { folder = folder })))
    assert.equal(2, (program.run({ "--store", store:path(), "reuse" }, { folder = folder })))
    assert.equal(2, (program.run({ "--store", store:path(), "align", "A" }, { folder = folder })))
    program.remove(folder)
  end)
end)
