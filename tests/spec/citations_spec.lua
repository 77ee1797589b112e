-- Citations of documents in a store: resolved, ambiguous or not; proposed, and written when asked.

package.path = "tests/support/?.lua;" .. package.path
local program = require "program"
local stores = require "stores"
local texts = require "texts"

local REPORT = [[
# title: Báo cáo thử
# congress: XIV
# issued: 2026-01
# type: Báo cáo

Thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khoá XII và
Nghị quyết số 59-NQ/TW. Mục tiêu của Nghị quyết số 18-NQ/TW đã hoàn thành.

Theo Nghị quyết Trung ương 8 khóa IX, Chỉ thị số 25-CT/TW (2018), Văn kiện Đại hội XII, XIII, Hiến
pháp năm 2013, Cương lĩnh 2011 và Hiến chương Liên hợp quốc.
]]

local OTHER = [[
# title: Thông báo thử
# issued: 2026-02

Về Nghị quyết số 18-NQ/TW; Nghị quyết 18; Nghị quyết 18 (2022); Nghị quyết số 18 của khoá XII; Nghị
quyết 59; Nghị quyết số 7 của Chính phủ; Quốc hội khoá XIV.
]]

local EARLY = [[
# title: Bài thử sớm
# issued: 2018

Chỉ thị số 25-CT/TW; Nghị quyết số 18-NQ/TW; Nghị quyết 59.
]]

local folder, store

before_each(function()
  folder = texts.folder { ["a.txt"] = REPORT, ["b.txt"] = OTHER, ["c.txt"] = EARLY }
  store = stores.fresh()
  assert(require "vankien.corpus.ingest".run(store, { folder }, {}, function() end))
end)

after_each(function()
  stores.drop(store)
  texts.clear(folder)
end)

local function titled(title)
  return store:collection "documents":where { title = title }:one()
end

local function shown(rows)
  local out = {}
  for i, row in ipairs(rows) do
    out[i] = ("%s %s"):format(row.verdict, row.to or row.candidates or "-")
  end
  return out
end

describe("document:citations", function()
  it("resolves what is certain", function()
    assert.same({
      "resolved nq18-xii", "resolved nq59-2025", "resolved nq18-xii", "unresolved -",
      "resolved ct25-2018", "resolved vk-dh12", "resolved vk-dh13", "resolved hp2013",
      "resolved cl-2011", "resolved hc-lhq",
    }, shown(titled "Báo cáo thử":citations().rows))
  end)

  it("lists candidates where neither date nor term decides", function()
    assert.same({
      "ambiguous nq18-xii, nq18-xiii", "ambiguous nq18-xii, nq18-xiii", "resolved nq18-xiii",
      "resolved nq18-xii", "resolved nq59-2025", "unresolved -",
    }, shown(titled "Thông báo thử":citations().rows))
  end)

  it("cites nothing that is yet to come", function()
    assert.same({ "resolved ct25-2018", "resolved nq18-xii", "unresolved -" },
      shown(titled "Bài thử sớm":citations().rows))
  end)

  it("points into the original", function()
    local document = titled "Báo cáo thử"
    local row = document:citations().rows[4]
    assert.equal("Nghị quyết Trung ương 8 khóa IX",
      document.original:sub(row.start + 1, row.stop))
    assert.same({ "IX", 8, "plenum" }, { row.congress, row.session, row.form })
  end)

  it("writes nothing by looking or proposing", function()
    local before = store:fingerprint()
    local proposed = titled "Báo cáo thử":citations():proposals()
    assert.equal(before, store:fingerprint())
    assert.equal(8, #proposed.rows)
    assert.same({ "nq18-xii", 2, "dẫn chiếu" },
      { proposed.rows[1].to, proposed.rows[1].n, proposed.rows[1].relation })
  end)

  it("writes relations with their evidence when accepted, once", function()
    local written = titled "Báo cáo thử":citations():accept()
    assert.equal(8, written)
    local relation = store:sql([[SELECT r.*, o.key AS target FROM relations AS r
      JOIN documents AS o ON o.id = r.to_id WHERE r.from_id = ? ORDER BY r.id]],
      { titled "Báo cáo thử".id })[1]
    assert.equal("nq18-xii", relation.target)
    assert.truthy(relation.wording:find("Thực hiện Nghị quyết số 18-NQ/TW", 1, true))
    assert.equal("derived", relation.level)
    assert.truthy(relation.lines:find "^bytes %d+%-%d+$")
    assert.same({}, store:doctor())
    assert.equal(0, (titled "Báo cáo thử":citations():accept()))
    assert.equal(8, titled "Báo cáo thử":outgoing "dẫn chiếu":count())
  end)

  it("keeps what leads to no one document as claims, until the document is there", function()
    local _, _, claims = titled "Thông báo thử":citations():accept()
    assert.equal(3, claims)                       -- 18-NQ/TW and "18" may be two; "7" is nobody
    local rows = store:collection "unresolved_citations":list()
    local seen = {}
    for i, row in ipairs(rows) do
      seen[i] = ("%s %s %s %d"):format(row.verdict, row.number, row.candidates or "-", row.n)
      assert.equal(row.text, titled "Thông báo thử".original:sub(row.start + 1, row.stop))
      assert.truthy(row.wording:find(row.text, 1, true))
    end
    assert.same({ "ambiguous 18-NQ/TW nq18-xii, nq18-xiii 1", "ambiguous 18 nq18-xii, nq18-xiii 1",
      "unresolved 07 - 1" }, seen)
    assert.same({}, store:doctor())
    store:edit(function(tx)
      tx:insert("documents", { key = "nq7-cp", type = "Nghị quyết", number = "07/NQ-CP",
        issuer = "Chính phủ", title = "Nghị quyết 7", kind = "state", level = "confirmed",
        source = "x", issued = "2025", issued_precision = "year" })
    end)
    local written, _, left = titled "Thông báo thử":citations():accept()
    assert.same({ 1, 2 }, { written, left })
    assert.equal(2, store:collection "unresolved_citations":count())
  end)

  it("names what a session decided on as candidates", function()
    local own = texts.folder { ["p.txt"] = "# title: Hội nghị\n# issued: 2024\n\nNghị quyết số "
      .. "18-NQ/TW ngày 25/10/2017 của Hội nghị Trung ương 6 khoá XII. Nghị quyết Trung ương 6 "
      .. "khoá XII. Nghị quyết Trung ương 5 khoá XII.\n" }
    assert(require "vankien.corpus.ingest".run(store, { own }, {}, function() end))
    texts.clear(own)
    assert.same({ "resolved nq18-xii", "ambiguous nq18-xii", "unresolved -" },
      shown(titled "Hội nghị":citations().rows))
  end)

  it("refuses what it does not know", function()
    for _, case in ipairs {
      { "not_found", "no such one" }, { "not_found", "nq59-2025" },
      { "unknown_name", nil, { verdit = "resolved" } }, { "bad_input", nil, { verdict = "good" } },
    } do
      local ok, problem = pcall(store.citations, store, case[2], case[3])
      assert.is_false(ok)
      assert.equal(case[1], problem.code, tostring(problem))
    end
  end)
end)

describe("vankien citations", function()
  local function vankien(...)
    local own <const> = program.folder()
    local code, out, problems = program.run({ "--store", store:path(), ... }, { folder = own })
    program.remove(own)
    return code, out, problems
  end

  it("lists in every format, proposes, and accepts", function()
    for _, format in ipairs(require "vankien.report".formats) do
      local code, out = vankien("citations", "--format", format)
      assert.equal(0, code)
      assert.truthy(out:find("nq18-xii", 1, true), format)
    end
    local _, only = vankien("citations", "--verdict", "ambiguous", "--format", "csv")
    assert.equal(3, select(2, only:gsub("\n", "")))
    local code, _, talk = vankien("citations", "a", "--accept", "--format", "csv")
    assert.equal(0, code, talk)
    assert.truthy(talk:find("8 relations written", 1, true), talk)
    local _, _, again = vankien("citations", "a", "--accept", "--format", "csv")
    assert.truthy(again:find("0 relations written, 8 known before", 1, true), again)
  end)

  it("refuses options that do not go together, and names the nearest", function()
    for _, case in ipairs {
      { 2, { "--propose", "--accept" }, "together" }, { 2, { "--acept" }, "--accept" },
      { 2, { "--verdict", "ambigous" }, "ambiguous" }, { 4, { "no-such" }, "no-such" },
      { 2, { "--verdict", "resolved", "--propose" }, "list" },
    } do
      local code, _, problems = vankien("citations", table.unpack(case[2]))
      assert.equal(case[1], code, problems)
      assert.truthy(problems:find(case[3], 1, true), problems)
    end
  end)
end)
