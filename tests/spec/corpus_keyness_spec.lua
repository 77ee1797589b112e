-- Keyness of two sets, trends and the tests over documents: numbers against the pure functions on
-- counts made from the tokens, and what few documents cannot show.

local corpora = dofile "tests/support/corpora.lua"
local keyness = require "vankien.analysis.keyness"
local resample = require "vankien.analysis.resample"
local trend = require "vankien.analysis.trend"

local store
local LATE, EARLY = "year >= 2016", "year < 2016"

setup(function() store = corpora.excerpts() end)
teardown(function() corpora.stores.drop(store) end)

local problem_of = dofile "tests/support/raised.lua"

local function ids_of(filter)
  local set = {}
  for _, id in ipairs(store:collection "documents":where(filter):pluck "id") do set[id] = true end
  return function(id) return set[id] or false end
end

local function size_of(filter)
  local sum = 0
  for _, n in pairs(corpora.grams(store, 1, ids_of(filter))) do sum = sum + n end
  return sum
end

local function notes_of(result) return table.concat(result.notes, "\n") end

describe("keyness", function()
  it("has the counts of the tokens and the scores of the pure functions", function()
    local n1, n2 = size_of(LATE), size_of(EARLY)
    for n = 1, 3 do
      local a, b = corpora.grams(store, n, ids_of(LATE)), corpora.grams(store, n, ids_of(EARLY))
      local found = store:keyness(LATE, EARLY, { n = n, min = 1, limit = 100000, test = false })
      local family = 0
      for form in pairs(a) do family = family + 1 b[form] = b[form] or 0 end
      for form, count in pairs(b) do if not a[form] and count > 0 then family = family + 1 end end
      assert.equal(family, found.family)
      for _, row in ipairs(found.rows) do
        assert.same({ a[row.form] or 0, b[row.form] or 0 }, { row.a, row.b }, row.form)
        assert.near(keyness.g2(row.a, row.b, n1, n2, { cells = 4 }), row.g2, 1e-9)
        assert.near(row.a / n1 * 10000, row.per_10k_a, 1e-9)
      end
    end
  end)

  it("corrects over everything that was compared, not over what is shown", function()
    local all = store:keyness(LATE, EARLY, { min = 1, limit = 100000, test = false })
    local few = store:keyness(LATE, EARLY, { min = 1, limit = 3, test = false })
    for i = 1, 3 do assert.equal(all.rows[i].p_token_holm, few.rows[i].p_token_holm) end
    assert.equal(all.family, few.family)
    assert.truthy(notes_of(few):find(("the first 3 of %d rows"):format(all.total), 1, true))
  end)

  it("tests over documents, labelled, with its seed, beside the test over tokens", function()
    local one = store:keyness(LATE, EARLY, { min = 3, limit = 5, seed = 3, rounds = 500 })
    local again = store:keyness(LATE, EARLY, { min = 3, limit = 5, seed = 3, rounds = 500 })
    assert.truthy(notes_of(one):find("seed 3", 1, true))
    assert.truthy(notes_of(one):find("documents change sides (3 and 6)", 1, true))
    for i, row in ipairs(one.rows) do
      assert.is_number(row.p_document)
      assert.is_true(row.p_document >= 1 / 84 - 1e-12)       -- 84 splits of 3 among 9
      assert.is_true(row.p_document_holm >= row.p_document)
      assert.equal(row.p_document, again.rows[i].p_document)
    end
  end)

  it("has the document-level p of the pure permutation", function()
    local row = store:keyness(LATE, EARLY, { lexicon = { "tham gia" } }).rows[1]
    local sides = { {}, {} }
    for _, part in ipairs(store:dispersion("tham gia").parts) do
      local late = ids_of(LATE)(part.document_id)
      table.insert(sides[late and 1 or 2], { count = part.counts[1], size = part.size })
    end
    assert.near(resample.permutation(sides[1], sides[2]).p, row.p_document, 1e-12)
  end)

  it("says when there is one document on each side", function()
    local found = store:keyness("congress = 'XIV'", "congress = 'XIII'", { min = 1 })
    assert.truthy(notes_of(found):find("one document on each side: no document-level", 1, true))
    assert.is_nil(found.rows[1].p_document)
    assert.is_number(found.rows[1].p_token)
  end)

  it("takes documents of both sets out of the second, and all others without one", function()
    local found = store:keyness(LATE, nil, { min = 1, test = false })
    local same = store:keyness(LATE, store:collection "documents", { min = 1, test = false })
    assert.same(found.sizes, same.sizes)
    assert.equal(size_of(EARLY), found.sizes.b.syllables)
  end)

  it("knows sets by query, row, key, file name, filter and list", function()
    local documents = store:collection "documents"
    local has = require "vankien.query.operators".has
    local row = documents:where { has "text", congress = "XIV" }:first()
    local expected = store:keyness(row, EARLY, { min = 1, test = false }).sizes
    for _, set in ipairs { row.key, documents:where { id = row.id }, { row }, { row.key } } do
      assert.same(expected, store:keyness(set, EARLY, { min = 1, test = false }).sizes)
    end
    local problem = problem_of(store.keyness, store, row.key:sub(1, -2), EARLY)
    assert.equal("not_found", problem.code)
  end)

  it("ranks by every measure it names", function()
    local corpus = require "vankien.corpus.keyness"
    for _, measure in ipairs(corpus.measures) do
      local found = store:keyness(LATE, EARLY, { measure = measure, test = false })
      assert.is_number(found.rows[1][measure], measure)
      assert.truthy(notes_of(found):find("ranked by", 1, true))
    end
    assert.equal('did you mean "log_ratio"?',
      problem_of(store.keyness, store, LATE, EARLY, { measure = "logratio" }).hint)
  end)

  it("refuses empty sets and options that are none", function()
    assert.equal("not_found", problem_of(store.keyness, store, "year = 1950", EARLY).code)
    assert.equal("bad_input", problem_of(store.keyness, store, nil, EARLY).code)
    for _, options in ipairs { { n = 6 }, { n = {} }, { min = 0 }, { cells = 3 }, { alpha = 0 / 0 },
      { limit = 0 }, { rounds = -1 }, { direction = "up" }, { n = 1, lexicon = { "a" } },
      { lexicon = {} }, { tset = true } } do
      problem_of(store.keyness, store, LATE, EARLY, options)
    end
  end)

  it("takes no rows of other tables for documents, and no set against itself", function()
    local terms = store:collection "terms"
    assert.truthy(problem_of(store.keyness, store, terms, EARLY).message:find("terms", 1, true))
    assert.equal("bad_input", problem_of(store.shift, store, { "tham gia" }, { over = terms }).code)
    assert.equal("bad_input", problem_of(store.keyness, store, LATE, LATE).code)
    local counted = store:shift({ "tham gia" }, { over = LATE })
    assert.equal(3, #counted.periods)
  end)

  it("shows where a form stands, and prints in every format", function()
    local found = store:keyness(LATE, EARLY, { min = 3, limit = 4 })
    assert.equal(found.rows[1].a + found.rows[1].b, #found:lines(found.rows[1].form))
    for _, format in ipairs(require "vankien.report".formats) do
      assert.truthy(found:as(format):find(found.rows[1].form, 1, true), format)
    end
    assert.truthy(found:provenance().program:find "^vankien")
  end)
end)

describe("trend", function()
  it("gives the tests of the pure functions, over real years", function()
    local found = store:trend("tham gia", { by = "congress" })
    local row, years = found.rows[1], {}
    for i, period in ipairs(found.periods) do years[i] = period.year end
    assert.same({ 1986, 1991, 1996, 2001, 2006, 2011, 2016, 2021, 2026 }, years)
    local test = trend.mann_kendall(row.values)
    assert.same({ test.s, test.p, test.tau_b }, { row.s, row.p, row.tau_b })
    local sen = trend.theil_sen(years, row.values)
    assert.same({ sen.slope, sen.low, sen.high }, { row.slope, row.low, row.high })
    assert.equal(trend.pettitt(row.values).p, row.p_pettitt)
  end)

  it("says that one document per period makes no test over documents", function()
    local found = store:trend { "tham gia", "hội nhập" }
    assert.truthy(notes_of(found):find("one document per period: no document-level test", 1, true))
    assert.is_nil(found.rows[1].p_document)
  end)

  it("says what four periods cannot show", function()
    local found = store:trend("tham gia", { over = "year >= 2011" })
    assert.equal(4, #found.periods)
    assert.truthy(notes_of(found):find("no two-sided exact Mann–Kendall result below 0.05 is "
      .. "possible with 4 periods", 1, true))
  end)

  it("keeps what never occurs, and refuses what is no series", function()
    local found = store:trend { "tham gia", "không có đâu" }
    assert.equal("no occurrence in any period", found.rows[2].reason)
    assert.is_nil(found.rows[2].p)
    assert.equal("bad_input", problem_of(store.trend, store, "tham gia", { by = "title" }).code)
    assert.equal("bad_input", problem_of(store.trend, store, "tham gia", { level = 0 / 0 }).code)
  end)
end)

describe("the test of a shift over documents", function()
  local several

  setup(function()
    local documents = {}
    for i = 1, 12 do
      local late = i > 6
      documents[i] = { title = "Văn bản " .. i, issued = late and "2021" or "2016",
        congress = late and "XIII" or "XII", type = "Báo cáo",
        text = "Nước ta " .. (late and "chủ động tham gia" or "tham dự")
          .. " các diễn đàn, " .. ("bàn việc chung "):rep(i) .. "." }
    end
    several = corpora.store(documents)
  end)
  teardown(function() corpora.stores.drop(several) end)

  it("is made by itself when there are few documents, with its seed", function()
    local found = several:shift({ "tham dự", "chủ động tham gia" }, { seed = 5 })
    assert.truthy(notes_of(found):find("12 documents dealt anew among 2 periods", 1, true))
    assert.truthy(notes_of(found):find("seed 5", 1, true))
    local again = several:shift({ "tham dự", "chủ động tham gia" }, { seed = 5 })
    assert.equal(found.trends[1].p_document, again.trends[1].p_document)
    assert.is_true(found.trends[1].p_document < 0.05)
    assert.is_true(found.trends[1].p_document_holm >= found.trends[1].p_document)
  end)

  it("can be left out, and is in a list of its own where periods are no series", function()
    local without = several:shift({ "tham dự" }, { test = false })
    assert.is_nil(without.test)
    assert.is_nil(without.trends[1].p_document)
    local by_type = several:shift({ "tham dự" }, { by = "issued" })
    assert.is_number(by_type.trends[1].p_document)
    local by_title = several:shift({ "tham dự" }, { by = "title", test = true })
    assert.equal("one document per period: no document-level test is possible",
      by_title.test.reason)
    problem_of(several.shift, several, { "tham dự" }, { test = "yes" })
  end)
end)

describe("a scan", function()
  it("meets documents in order of date, whatever the order they came in", function()
    local newer_first = corpora.store {
      { title = "Mới", issued = "2021", congress = "XIII", text = "Ta tham gia." },
      { title = "Cũ", issued = "1996", congress = "VIII", text = "Ta tham gia." },
    }
    local found = newer_first:shift { "tham gia" }
    assert.equal("Cũ", found.first[1].title)
    assert.equal("Cũ", newer_first:kwic("tham gia").rows[1].title)
    corpora.stores.drop(newer_first)
  end)
end)
