-- Codebooks over a store: patterns that come from its rows, a matrix that agrees with the tokens,
-- and the passages behind each cell.

local codebooks = require "vankien.corpus.codebooks"
local codebook = require "vankien.corpus.codebook"
local corpora = dofile "tests/support/corpora.lua"
local stores = corpora.stores
local text = require "vankien.host.text"

local store

local DIRECTIVE = [[I- Mục tiêu

Tăng cường lòng tin và hiểu biết lẫn nhau, tìm lợi ích chung.

II- Nhiệm vụ

Nâng cao năng lực. Tăng cường năng lực nội tại; xây dựng lòng tin. Nghiên cứu khung pháp lý.]]

setup(function()
  store = corpora.store {
    { number = "25-CT/TW", type = "Chỉ thị", issued = "2018-08-08", issuer = "Ban Bí thư",
      congress = "XII", title = "Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030",
      text = DIRECTIVE },
    { title = "Báo cáo", issued = "2021-02", congress = "XIII",
      text = "Giữ lòng tin của nhân dân." },
  }
end)
teardown(function() stores.drop(store) end)

local problem_of = dofile "tests/support/raised.lua"

-- The syllables of a pattern stand in the row's text in that order, with others between at most.
local function made_of(pattern, source)
  local at, forms = 1, {}
  for _, token in ipairs(text.tokens(source)) do forms[#forms + 1] = token.form end
  for _, token in ipairs(text.tokens(pattern)) do
    if token.kind == "syllable" then
      while forms[at] and forms[at] ~= token.form do at = at + 1 end
      if not forms[at] then return false end
      at = at + 1
    end
  end
  return true
end

describe("the codebooks of the store", function()
  it("have patterns that are words of their rows, for every row", function()
    for name, definition in pairs(codebooks.list) do
      local book = codebook.of(store, name)
      local rows = store:sql("SELECT * FROM " .. definition.table)
      for _, row in ipairs(rows) do
        local parts = {}
        for i, column in ipairs(definition.text) do parts[i] = row[column] or "" end
        local category = book.by_path[tostring(row[definition.id])]
        assert.is_true(#category.patterns > 0, name .. " " .. tostring(row[definition.id]))
        if not definition.grouped then
          for _, pattern in ipairs(category.patterns) do
            local source = table.concat(parts, " … ")
            assert.is_true(made_of(pattern, source) or made_of(pattern, parts[1])
              or made_of(pattern, parts[2] or ""), pattern .. " is not of " .. source)
          end
        end
      end
      for id in pairs(definition.patterns or {}) do assert.truthy(book.by_path[id], name .. id) end
    end
  end)

  it("hold the whole ladder, rung by rung", function()
    local book = codebook.of(store, "terms")
    assert.equal(#store:sql "SELECT id FROM terms", #book.patterns)
    assert.equal(6, #book.categories)
  end)

  it("take the title for a row that nobody chose patterns for", function()
    store:edit(function(tx)
      tx:insert("guide_strategies", { n = 6, title = "Kiên trì đối thoại", source = "guide",
        level = "proposed" })
    end)
    local book = codebook.of(store, "strategies")
    assert.same({ "Kiên trì đối thoại" }, book.by_path["6"].patterns)
    local id = store:collection "guide_strategies":where { n = 6 }:first().id
    store:edit(function(tx) tx:delete("guide_strategies", id) end)
  end)

  it("are known by name, and nearly", function()
    local hint = problem_of(codebook.of, store, "strategie").hint
    assert.equal('did you mean "strategies"?', hint)
    assert.same(codebook.names(), codebooks.names())
  end)
end)

describe("coverage", function()
  it("says which strategies a directive addresses, and in which passages, in one call", function()
    local found = store:codebook("strategies", { over = "25-CT/TW" })
    local row = found.rows[1]
    assert.equal(1, #found.rows)
    -- lòng tin, hiểu biết lẫn nhau, xây dựng lòng tin | lợi ích chung | năng lực, tăng cường năng
    -- lực (longest match: "nội tại" is left alone) | khung pháp lý
    assert.same({ 3, 1, 0, 2, 1 }, { row["1"], row["2"], row["3"], row["4"], row["5"] })
    assert.equal(7, row.total)
    assert.equal(4, row.present)
    local sections = {}
    for _, line in ipairs(found:passages { category = "1" }) do
      sections[#sections + 1] = line.section .. ": " .. line.hit
    end
    assert.same({ "I: lòng tin", "I: hiểu biết lẫn nhau", "II: xây dựng lòng tin" }, sections)
    assert.equal(7, #found.evidence)
  end)

  it("counts by passage and by period what it counts by document", function()
    local by_document = store:codebook("strategies", { evidence = 0 })
    local by_passage = store:codebook("strategies", { by = "passage", evidence = 0 })
    local by_congress = store:codebook("strategies", { by = "congress", evidence = 0 })
    for i in ipairs(by_document.categories) do
      local n = by_document.categories[i].n
      assert.same({ n, n }, { by_passage.categories[i].n, by_congress.categories[i].n })
    end
    assert.equal("XIII", by_congress.rows[2].unit)
    assert.equal(1, by_congress.rows[2]["1"])
  end)

  it("has as many lines of evidence as hits", function()
    for _, by in ipairs { "document", "passage", "congress" } do
      local found = store:codebook("strategies", { by = by })
      for _, category in ipairs(found.categories) do
        assert.equal(category.n, #found:passages { category = category.category })
      end
      assert.equal(1, #found:passages { category = "1", limit = 1 })
      assert.is_true(found:passages { category = "1", limit = 1 }.cut)
    end
  end)

  it("says what patterns cannot show", function()
    local notes = table.concat(store:codebook("mistakes").notes, "\n")
    assert.truthy(notes:find("not that its idea is meant", 1, true))
    assert.truthy(notes:find("longest match over the whole book", 1, true))
  end)

  it("takes codebooks of people, from tables and files, and gives them back", function()
    local given = { name = "own", version = "3", categories = {
      { id = "tin", title = "Lòng tin", categories = {
        { id = "chung", patterns = { "lòng tin" } },
        { id = "xây", patterns = { "xây dựng lòng tin" } },
      } },
      { id = "total", patterns = { "năng lực" } },
    } }
    local found = store:codebook(given, { over = "25-CT/TW", evidence = 0 })
    local row = found.rows[1]
    assert.same({ 2, 1, 1 }, { row.tin, row["tin/chung"], row["tin/xây"] })
    assert.equal(2, row["total (category)"])
    local path = stores.path()
    for format, ending in pairs { csv = ".csv", lua = ".lua" } do
      stores.write(path .. ending, codebook.export(store, given, format))
      local read = codebook.read(store, path .. ending)
      assert.is_true(codebook.diff(store, given, read).same, format)
      local again = store:codebook(path .. ending, { over = "25-CT/TW", evidence = 0 })
      assert.equal(2, again.rows[1].tin)
    end
    stores.clear(path)
  end)

  it("compares codebooks", function()
    local a = { name = "a", categories = { { id = "x", patterns = { "một", "hai" } } } }
    local b = { name = "b", categories = { { id = "x", patterns = { "một" } },
      { id = "y", patterns = { "hai", "ba" } } } }
    local changes = {}
    for i, row in ipairs(codebook.diff(store, a, b).rows) do changes[i] = row.change end
    assert.same({ "category added", "pattern added", "pattern moved" }, changes)
  end)

  it("refuses what it does not know", function()
    assert.equal("not_found", problem_of(store.codebook, store, "strategies",
      { over = "59-NQ/TW" }).code)
    problem_of(store.codebook, store, "strategies", { by = "congres" })
    problem_of(store.codebook, store, "strategies", { evidence = -1 })
    problem_of(store.codebook, store, { name = "a", categories = {} })
    problem_of(store.codebook, store, "none.csv")
    local found = store:codebook "strategies"
    assert.equal("unknown_name", problem_of(found.passages, found, { category = "9" }).code)
    assert.equal("unknown_name", problem_of(found.passages, found, { unit = "9" }).code)
  end)

  it("prints in every format", function()
    local found = store:codebook("strategies", { over = "25-CT/TW" })
    for _, format in ipairs(require "vankien.report".formats) do
      assert.truthy(found:as(format):find("ct25-2018", 1, true), format)
    end
    assert.truthy(found:as "table":find("Linh Hoạt", 1, true))
  end)
end)
