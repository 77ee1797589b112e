-- Codebooks: checked as a whole, counted with roll-up, compared, and written and read back.

local codebook = require "vankien.analysis.codebook"

local function stance()
  return codebook.new{name = "stance", version = "1.2", categories = {
    {id = "active", title = "Chủ động", patterns = {"chủ động", "tham gia"}, categories = {
      {id = "shaping", title = "Định hình", patterns = {"chủ động tham gia", "định hình"}}}},
    {id = "passive", patterns = {"tham dự"}}}}
end

describe("codebook.new", function()
  it("lays the tree flat, in order, with paths", function()
    local book = stance()
    assert.are.equal("active/shaping", book.categories[2].path)
    assert.are.equal(2, book.categories[2].depth)
    assert.are.same({"chủ động", "tham gia", "chủ động tham gia", "định hình", "tham dự"},
      codebook.lexicon(book))
  end)
  local BAD = {
    {"stands in a already", {{id = "a", patterns = {"x"}}, {id = "b", patterns = {"x"}}}},
    {"stands twice", {{id = "a", patterns = {"x"}}, {id = "a", patterns = {"y"}}}},
    {"neither patterns nor categories", {{id = "a"}}},
    {'did you mean "patterns"', {{id = "a", pattern = {"x"}}}},
    {"must not hold a slash", {{id = "a/b", patterns = {"x"}}}},
    {"must not be empty", {{id = "a", patterns = {" "}}}},
    {"no patterns", {}},
  }
  for _, row in ipairs(BAD) do
    it("refuses: " .. row[1], function()
      local ok, problem = pcall(codebook.new, {name = "n", categories = row[2]})
      assert.is_false(ok)
      assert.is_truthy(tostring(problem):find(row[1], 1, true), tostring(problem))
    end)
  end
end)

describe("codebook.coverage", function()
  it("adds sub-categories up, and names what is missing", function()
    local r = codebook.coverage(stance(), {
      {unit = "XIII", pattern = "chủ động tham gia", n = 3}, {unit = "XIII", pattern = 1},
      {unit = "VI", pattern = "tham dự", n = 2}}, {"VI", "VII", "XIII"})
    assert.are.same({"VI", "VII", "XIII"}, {r.rows[1].unit, r.rows[2].unit, r.rows[3].unit})
    assert.are.equal(4, r.by_unit.XIII.cells.active)
    assert.are.equal(3, r.by_unit.XIII.cells["active/shaping"])
    assert.are.same({"passive"}, r.by_unit.XIII.missing)
    assert.are.equal(0, r.by_unit.VII.total)
    assert.are.equal(1 / 3, r.columns[1].share)
    assert.are.same({codebook = "stance", version = "1.2"}, r.provenance)
  end)
  it("takes the units from the hits when none are given", function()
    local r = codebook.coverage(stance(), {{unit = "a", pattern = 1}, {unit = "b", pattern = 2}})
    assert.are.equal(2, r.n)
  end)
  it("refuses hits that it cannot place", function()
    assert.has_error(function() codebook.coverage(stance(), {{unit = "a", pattern = "lạ"}}) end)
    assert.has_error(function() codebook.coverage(stance(), {{pattern = 1}}) end)
    assert.has_error(function() codebook.coverage(stance(), {{unit = "a", pattern = 1}}, {"b"}) end)
  end)
  it("says that nothing was there to cover", function()
    assert.is_truthy(codebook.coverage(stance(), {}).reason)
  end)
end)

describe("codebook.diff", function()
  it("lists what came, went, moved and was renamed", function()
    local new = codebook.new{name = "stance", version = "2", categories = {
      {id = "active", title = "Tích cực", patterns = {"tham gia", "định hình"}, categories = {
        {id = "shaping", title = "Định hình", patterns = {"chủ động tham gia"}}}},
      {id = "leading", patterns = {"dẫn dắt"}}}}
    local r = codebook.diff(stance(), new)
    assert.is_false(r.same)
    assert.are.same({"leading"}, r.categories.added)
    assert.are.same({"passive"}, r.categories.removed)
    assert.are.same({{path = "active", from = "Chủ động", to = "Tích cực"}}, r.categories.renamed)
    assert.are.same({{pattern = "định hình", from = "active/shaping", to = "active"}},
      r.patterns.moved)
    assert.are.equal("dẫn dắt", r.patterns.added[1].pattern)
    assert.are.equal(2, #r.patterns.removed)
  end)
end)

describe("codebook forms", function()
  it("come back from CSV as they went", function()
    local book = stance()
    assert.is_true(codebook.diff(book, codebook.from_csv(codebook.to_csv(book))).same)
  end)
  it("come back from Lua as they went", function()
    local book = stance()
    local chunk = load(codebook.to_lua(book), "book", "t", {})
    assert.is_true(codebook.diff(book, codebook.new(chunk())).same)
  end)
  it("quote commas", function()
    local book = codebook.new{name = "n",
      categories = {{id = "a", patterns = {"là bạn, là đối tác"}}}}
    assert.is_true(codebook.diff(book, codebook.from_csv(codebook.to_csv(book))).same)
  end)
  it("say what a broken file lacks", function()
    local book, problem = codebook.from_csv("a,b\n")
    assert.is_nil(book)
    assert.are.equal("bad_input", problem.code)
  end)
end)
