-- Import into a store: what becomes of documents that are new, known, changed, wrong.

local err = require "vankien.util.err"
local ingest = require "vankien.corpus.ingest"
local text = require "vankien.host.text"
local stores = dofile "tests/support/stores.lua"
local texts = dofile "tests/support/texts.lua"

local store, folder

local function import(files, options)
  if folder then texts.clear(folder) end
  folder = texts.folder(files)
  return ingest.run(store, { folder }, options)
end

local function again(options) return ingest.run(store, { folder }, options) end

local function overwrite(name, bytes)
  local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(bytes)
end

local function value(sql, params) return (store.conn:first(sql, params)) end

local function totals()
  local out = {}
  for _, name in ipairs { "documents", "originals", "passages", "tokens", "texts", "types",
    "assertions" } do
    out[name] = value("SELECT count(*) FROM " .. name)
  end
  return out
end

local article = "# number: 99-NQ/TW\n# issued: 2030-05-01\n"
  .. "# title: Về đối ngoại\n# genre: resolution\n"
  .. "I- CHỦ TRƯƠNG\n1. Việt Nam chủ động tham\ngia các cơ chế đa phương.\n2. Việt Nam tích cực.\n"

describe("ingest.run", function()
  before_each(function() store = stores.fresh() end)
  after_each(function()
    stores.drop(store)
    if folder then texts.clear(folder) end
    folder = nil
  end)

  it("writes a document with its passages, tokens, sizes and original", function()
    local summary = assert(import { ["a.txt"] = article })
    assert.same({ 1, 3 }, { summary.added, summary.passages })
    local id = value "SELECT id FROM documents WHERE number = '99-NQ/TW'"
    assert.equal("Nghị quyết", value("SELECT type FROM documents WHERE id = ?", { id }))
    assert.equal("resolution",
      value("SELECT json_extract(attributes, '$.genre') FROM documents WHERE id = ?", { id }))
    assert.equal("1. Việt Nam chủ động tham gia các cơ chế đa phương.",
      value("SELECT text FROM passages WHERE document_id = ? AND ordinal = 2", { id }))
    assert.equal("I / 1", value("SELECT path FROM passages WHERE document_id = ? AND ordinal = 2",
      { id }))
    assert.equal(article, value("SELECT bytes FROM originals WHERE document_id = ?", { id }))
    assert.equal(1,
      value("SELECT json_extract(repairs, '$.joined_line') FROM texts WHERE document_id = ?", {
        id }))
    assert.equal(summary.syllables, value("SELECT syllables FROM texts WHERE document_id = ?", {
      id }))
  end)

  it("leaves a store that the doctor finds sound", function()
    assert(import { ["a.txt"] = article, ["b.md"] = "# Hai\n\n**Một là**, hoà\nbình.\n* Ðảng." })
    assert.equal(0, #store:doctor())
  end)

  it("changes nothing for the same file", function()
    assert(import { ["a.txt"] = article })
    local before = totals()
    local summary = assert(again())
    assert.same({ 1, 0 }, { summary.unchanged, summary.written })
    assert.same(before, totals())
  end)

  it("recognises the same bytes under another name", function()
    assert(import { ["a.txt"] = article })
    assert.equal(1, assert(import { ["b.txt"] = article }).unchanged)
  end)

  it("replaces a changed document and keeps the old original", function()
    assert(import { ["a.txt"] = article })
    overwrite("a.txt", article .. "3. Thêm một điểm.\n")
    local summary = assert(again())
    assert.same({ 1, 0 }, { summary.replaced, summary.added })
    assert.equal(2, value "SELECT count(*) FROM originals")
    assert.equal(4, value "SELECT count(*) FROM passages")
    assert.equal(0, #store:doctor())
  end)

  it("replaces by number and term when the file has another name", function()
    assert(import { ["a.txt"] = article })
    local summary = assert(import { ["new.txt"] = article .. "3. Thêm.\n" })
    assert.equal(1, summary.replaced)
  end)

  it("gives a known directive its text and lets what is known stand", function()
    local before = value "SELECT title FROM documents WHERE number = '25-CT/TW'"
    local summary = assert(import {
      ["ct25.txt"] = "# number: 25-CT/TW\n# issued: 2018-08-08\n# title: Tên khác\nMột đoạn.",
    })
    assert.same({ 1, 0 }, { summary.attached, summary.added })
    assert.equal(1, value "SELECT count(*) FROM documents WHERE number = '25-CT/TW'")
    assert.equal(before, value "SELECT title FROM documents WHERE number = '25-CT/TW'")
    assert.equal("Tên khác",
      value "SELECT value FROM assertions WHERE level = 'imported' AND field = 'title'")
    assert.equal(1, assert(again()).unchanged)
    assert.equal(0, #store:doctor())
  end)

  it("takes a date that differs within the term as a claim", function()
    assert(import {
      ["nq59.txt"] = "# number: 59-NQ/TW\n# issued: 2025-01-20\n# congress: XIII\nMột đoạn." })
    assert.equal("2025-01-24", value "SELECT issued FROM documents WHERE number = '59-NQ/TW'")
    assert.equal(1, value [[SELECT count(*) FROM assertions WHERE level = 'imported'
      AND field = 'issued' AND value = '2025-01-20' AND accepted = 0]])
  end)

  it("makes another document of the same number in another term", function()
    assert(import { ["a.txt"] = "# number: 25-CT/TW\n# issued: 1990-01-01\n# title: Khác\nMột." })
    assert.equal(2, value "SELECT count(*) FROM documents WHERE number = '25-CT/TW'")
  end)

  it("writes nothing when one of the files is bad, and lists every problem", function()
    local before = totals()
    local summary, problem = import {
      ["a.txt"] = article, ["b.txt"] = "một \xFF", ["c.txt"] = "# issued: 2025-02-30\nMột.",
    }
    assert.is_nil(summary)
    assert.equal(2, #problem.problems)
    assert.truthy(tostring(problem):find("b.txt:1", 1, true))
    assert.truthy(tostring(problem):find("c.txt:1", 1, true))
    assert.same(before, totals())
  end)

  it("imports what is good when it may keep going", function()
    local summary = assert(import({ ["a.txt"] = article, ["b.txt"] = "\xFF" }, {
      keep_going = true }))
    assert.same({ 1, 1 }, { summary.added, #summary.failed })
  end)

  it("refuses two files that are the same document", function()
    local summary, problem = import {
      ["a.txt"] = article, ["b.txt"] = article .. "Khác.",
    }
    assert.is_nil(summary)
    assert.equal("ambiguous", problem.code)
    assert.equal(0, value "SELECT count(*) FROM texts")
  end)

  it("keeps two files of one title and date apart", function()
    local head = "# title: Báo cáo\n# issued: 2030-05-01\n"
    assert.equal(2, assert(import { ["a.txt"] = head .. "Một.", ["b.txt"] = head .. "Hai." }).added)
    assert.equal(2, assert(again()).unchanged)
    overwrite("b.txt", head .. "Hai ba.")
    assert.same({ 1, 1 }, { again().replaced, again().unchanged - 1 })
  end)

  it("reads a copy once and says so", function()
    local summary = assert(import { ["a.txt"] = "Một hai ba.", ["b.txt"] = "Một hai ba." })
    assert.same({ 1, 1 }, { summary.added, summary.unchanged })
    assert.truthy(summary.notes[#summary.notes].message:find("the same text as", 1, true))
  end)

  it("refuses a title for many files", function()
    local _, problem = import({ ["a.txt"] = "Một.", ["b.txt"] = "Hai." }, { meta = {
      title = "x" } })
    assert.equal("usage", problem.code)
  end)

  it("refuses a congress beyond those of the store", function()
    local _, problem = import({ ["a.txt"] = "Một." }, { meta = { congress = "XXI" } })
    assert.truthy(tostring(problem):find("I to XIV", 1, true))
  end)

  it("notices a section that stands inside a report, whichever comes first", function()
    local words = {}
    for n = 1, 900 do words[n] = ("tieng%s"):format(string.char(97 + n % 26, 97 + n // 26 % 26)) end
    local report = table.concat(words, " ") .. "."
    local section = table.concat(words, " ", 300, 700) .. "."
    local first = assert(import { ["a.txt"] = report, ["b.txt"] = section })
    assert.equal(1, #first.contained)
    assert.is_true(first.contained[1].inner)
    assert.equal(1, value "SELECT count(*) FROM containments WHERE share > 0.8")
    overwrite("a.txt", report .. " Thêm.")
    assert.equal(1, #assert(again()).contained)
    assert.equal(1, value "SELECT count(*) FROM containments")
  end)

  it("keeps many documents of JSON Lines apart", function()
    local rows = {}
    for n = 1, 300 do
      rows[n] = ('{"title":"Văn bản %d","issued":"2024-01-%02d","text":"Đoạn số %d."}'):format(n,
        n % 28 + 1, n)
    end
    local summary = assert(import { ["d.jsonl"] = table.concat(rows, "\n") })
    assert.equal(300, summary.added)
    assert.equal(300, assert(again()).unchanged)
    table.insert(rows, 1, '{"title":"Đứng trước","issued":"2024-02-01","text":"Mới."}')
    overwrite("d.jsonl", table.concat(rows, "\n"))
    summary = assert(again())
    assert.same({ 1, 300 }, { summary.added, summary.unchanged })
  end)

  it("rolls back the document in which the store fails", function()
    store.conn:exec [[CREATE TRIGGER full BEFORE INSERT ON texts
      WHEN (SELECT count(*) FROM texts) >= 1 BEGIN SELECT raise(ABORT, 'no room'); END]]
    local ok, problem = pcall(import, { ["a.txt"] = "Một.", ["b.txt"] = "Hai ba bốn." })
    assert.is_false(ok)
    assert.is_true(err.is(problem))
    assert.truthy(problem.message:find("1 documents were imported before", 1, true))
    assert.equal(1, value "SELECT count(*) FROM texts")
    assert.equal(1, value "SELECT count(*) FROM originals")
    store.conn:exec "DROP TRIGGER full"
    assert.equal(1, assert(again()).added)
    assert.equal(0, #store:doctor())
  end)
end)

describe("the real texts", function()
  local real = texts.real()
  before_each(function() store = stores.fresh() end)
  after_each(function() stores.drop(store) end)

  it("come in by their manifest, every token at its place in the original", function()
    if not real then return pending "the real texts are not here (VANKIEN_TEXTS)" end
    local summary = assert(ingest.run(store, {}, { manifest = real .. "/manifest.csv" }))
    assert.equal(27, summary.documents)
    assert.equal(0, #store:doctor())
    local wrong = 0
    for _, start, map, passage, bytes in store.conn:rows [[SELECT p.start, p.map, p.text, o.bytes
      FROM passages p JOIN texts t USING (document_id) JOIN originals o ON o.id = t.original_id
      WHERE p.id % 7 = 0]] do
      for _, token in ipairs(text.tokens(passage)) do
        local from = text.original_offset(map, start, token.from - 1)
        local to = text.original_stop(map, start, token.to)
        local there = bytes:sub(from + 1, to):gsub(" +", "")        -- "địn h"
        local here = passage:sub(token.from, token.to)
        if text.fold(here) ~= text.fold(there) then wrong = wrong + 1 end
      end
    end
    assert.equal(0, wrong)
  end)

  it("are recognised as sections of the reports that hold them", function()
    if not real then return pending "the real texts are not here (VANKIEN_TEXTS)" end
    assert(ingest.run(store, { real .. "/x/bcct_x.txt", real .. "/x/bcct_x_doingoai_excerpt.txt" }))
    assert.equal(1.0, value "SELECT max(share) FROM containments")
  end)
end)
