-- Trace: a wording along the edges, with dates as vague as they are.

local trace = require "vankien.analysis.trace"

local DOCUMENTS = {
  {id = "CT25", date = "2018-08-08", count = 2},
  {id = "XII", date = "2016-01-28", count = 1},
  {id = "KL125", date = "2025", count = 0},
  {id = "XI", date = "2011-01-19"},
  {id = "press", date = "2020-01-01", count = 1},
}
local EDGES = {
  {from = "CT25", to = "XII", kind = "cu_the_hoa"},
  {from = "KL125", to = "CT25", kind = "tang_cuong_thuc_hien"},
  {from = "XII", to = "XI", kind = "ke_thua"},
}

describe("trace.follow", function()
  local r = trace.follow(DOCUMENTS, EDGES)
  it("knows where the wording first stands", function()
    assert.are.same({document = "XII", date = "2016-01-28", count = 1}, r.first)
  end)
  it("knows who took it up, after how many days, along which edge", function()
    assert.are.equal("CT25", r.taken_up[1].document)
    assert.are.equal(923, r.taken_up[1].days)
    assert.are.equal("cu_the_hoa", r.taken_up[1].via[1].kind)
    assert.is_true(r.taken_up[1].via[1].from_first)
    assert.are.equal("no edge from an earlier document that has it", r.taken_up[2].way)
  end)
  it("knows where it stops, and bounds the days of a vague date", function()
    assert.are.equal(1, #r.stops)
    assert.are.equal("KL125", r.stops[1].document)
    local via = r.stops[1].via[1]
    assert.is_nil(via.days)
    assert.are.same({2338, 2702}, {via.least, via.greatest})
    assert.is_truthy(table.concat(r.notes, " "):find("months or years"))
  end)
  it("follows only the kinds of edge asked for", function()
    local other = trace.follow(DOCUMENTS, EDGES, {kinds = {"ke_thua"}})
    assert.are.equal(0, #other.taken_up[1].via)
    assert.are.equal(0, #other.stops)
  end)
  it("counts the documents on the edges that were not searched", function()
    assert.are.equal(1, trace.follow(DOCUMENTS, {{from = "far", to = "XII"}}).unread)
  end)
  it("says that the wording stands nowhere", function()
    assert.is_truthy(trace.follow({{id = 1, date = "2000"}}, {}).reason)
    assert.is_truthy(trace.follow({}, {}).reason)
  end)
  it("refuses bad dates and double documents", function()
    for _, date in ipairs{"2018-13", "2018-02-30", "08/08/2018", ""} do
      assert.has_error(function() trace.follow({{id = 1, date = date}}, {}) end)
    end
    local twice = {{id = 1, date = "2000"}, {id = 1, date = "2001"}}
    assert.has_error(function() trace.follow(twice, {}) end)
  end)
end)

describe("trace.reach", function()
  it("finds what refers to a root, by depth", function()
    local found, set = trace.reach(EDGES, {"XI"})
    assert.are.same({"XII", "CT25", "KL125"},
      {found[1].document, found[2].document, found[3].document})
    assert.are.equal(3, found[3].depth)
    assert.is_true(set.CT25)
  end)
  it("stops at a depth and at other kinds", function()
    assert.are.equal(1, #trace.reach(EDGES, {"XI"}, {depth = 1}))
    assert.are.equal(0, #trace.reach(EDGES, {"XI"}, {kinds = {"cu_the_hoa"}}))
  end)
  it("goes the other way when asked, and ends on a circle", function()
    assert.are.equal(2, #trace.reach(EDGES, {"CT25"}, {direction = "referred"}))
    assert.are.equal(1, #trace.reach({{from = 1, to = 2}, {from = 2, to = 1}}, {1}))
  end)
end)
