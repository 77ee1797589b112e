-- Collocates: the same numbers as association gives one by one, ranked, corrected, cut.

local association = require "vankien.analysis.association"
local collocates = require "vankien.analysis.collocates"

local ROWS = {{form = "hội nhập", o = 8, f2 = 4675}, {form = "đa phương", o = 20, f2 = 44},
  {form = "hợp tác", o = 0, f2 = 300}}

describe("collocates.score", function()
  it("gives what association gives", function()
    local names = {"g2", "chi2", "mi", "mi3", "npmi", "t_score", "z_score", "dice", "log_dice",
      "delta_p", "min_sensitivity", "log_odds"}
    local r = collocates.score(ROWS, 15828, 14307668, {measures = names})
    for _, row in ipairs(r.rows) do
      for _, name in ipairs(names) do
        local value = association[name](row.o, 15828, row.f2, 14307668)
        if value then
          assert.is_true(math.abs(value - row[name]) <= 1e-12 * math.max(1, math.abs(value)), name)
        else
          assert.is_nil(row[name])
        end
      end
    end
  end)
  it("ranks by the first measure, or by another", function()
    local r = collocates.score(ROWS, 15828, 14307668, {least = 1})
    assert.are.equal("đa phương", r.rows[1].form)
    assert.are.equal(2, #r.rows)
    assert.are.equal("mi", collocates.score(ROWS, 15828, 14307668, {sort = "mi"}).sort)
  end)
  it("corrects over all collocates, also when few are shown", function()
    local all = collocates.score(ROWS, 15828, 14307668)
    local few = collocates.score(ROWS, 15828, 14307668, {limit = 1})
    assert.are.equal(1, #few.rows)
    assert.are.equal(all.rows[1].p_holm, few.rows[1].p_holm)
    assert.is_truthy(few.notes[2]:find("first 1 of 2"))
  end)
  it("names every measure it used", function()
    local r = collocates.score(ROWS, 15828, 14307668, {measures = {"log_dice"}})
    assert.are.equal("logDice", r.variant)
    assert.is_nil(r.rows[1].p)
    assert.are.equal("none", r.correction)
  end)
  it("says that nothing was often enough", function()
    assert.is_truthy(collocates.score(ROWS, 15828, 14307668, {least = 100}).reason)
  end)
end)
