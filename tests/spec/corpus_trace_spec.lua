-- Wordings along the relations of documents, counts restricted to what can be reached, and word
-- diffs of formulas along the congresses.

local corpora = dofile "tests/support/corpora.lua"
local stores = corpora.stores

local store

setup(function()
  store = corpora.store {
    { number = "25-CT/TW", type = "Chỉ thị", issued = "2018-08-08", issuer = "Ban Bí thư",
      congress = "XII", title = "Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030",
      text = "Nâng tầm đối ngoại; chung tay kiến tạo." },
    { number = "125-KL/TW", type = "Kết luận", issued = "2025-02-14", issuer = "Ban Bí thư",
      congress = "XIII", title = "Về tăng cường thực hiện Chỉ thị 25-CT/TW về đẩy mạnh và nâng tầm "
        .. "đối ngoại đa phương đến năm 2030", text = "Chung tay kiến tạo, chung tay kiến tạo." },
    { type = "Nghị quyết", issued = "2016-01-28", issuer = "Đại hội đại biểu toàn quốc",
      congress = "XII", title = "Nghị quyết Đại hội XII", text = "Chung tay kiến tạo hoà bình." },
    { number = "59-NQ/TW", type = "Nghị quyết", issued = "2025-01-24", issuer = "Bộ Chính trị",
      congress = "XIII", title = "Về hội nhập quốc tế trong tình hình mới",
      text = "Hội nhập sâu." },
  }
end)
teardown(function() stores.drop(store) end)

local problem_of = dofile "tests/support/raised.lua"

describe("trace", function()
  it("says where a wording stands first, who takes it up, when and along which edge", function()
    local found = store:trace "chung tay kiến tạo"
    local seen = {}
    for i, row in ipairs(found.rows) do
      seen[i] = { row.status, row.number or row.title, row.days, row.relation }
    end
    assert.same({
      { "first", "Nghị quyết Đại hội XII", 0, nil },
      { "taken up", "25-CT/TW", 923, seen[2][4] },
      { "taken up", "125-KL/TW", 3305, "tăng cường thực hiện" },
    }, seen)
    assert.truthy(seen[2][4] == "cụ thể hóa" or seen[2][4] == "bổ sung")
    assert.equal(2, found.rows[3].count)
    assert.equal(3305 - 923, found.rows[3].days_from)
    assert.truthy(table.concat(found.notes, "\n"):find("edges are derived", 1, true))
    assert.equal(2, #found.rows[2].ways)
  end)

  it("follows only the relations that are asked for", function()
    local found = store:trace("chung tay kiến tạo", { kinds = "tăng cường thực hiện" })
    assert.equal("stands, no edge", found.rows[2].status)
    assert.equal("taken up", found.rows[3].status)
    assert.equal('did you mean "cụ thể hóa"?',
      problem_of(store.trace, store, "a", { kinds = "cụ thê hóa" }).hint)
  end)

  it("says where it stops", function()
    local found = store:trace("nâng tầm đối ngoại", { over = "type != 'Nghị quyết'" })
    local last = found.rows[#found.rows]
    assert.same({ "stops", "125-KL/TW" }, { last.status, last.number })
  end)

  it("reads quotations where there is no text, and never denies by them", function()
    local found = store:trace "thành viên có trách nhiệm"
    assert.equal("bcct-dh11", found.first.document)
    assert.equal("quotation", found.first.read)
    assert.truthy(found.first.quote:find("thành viên có trách nhiệm", 1, true))
    for _, row in ipairs(found.rows) do
      assert.is_false(row.status == "stops" and row.read == "quotation")
    end
  end)

  it("bounds the days where a date is a month", function()
    local row = store:trace "thành viên có trách nhiệm".rows[2]
    assert.is_nil(row.days)
    assert.is_true(row.days_least < row.days_most)
  end)

  it("says that a wording stands nowhere", function()
    local found = store:trace "không có đâu"
    assert.equal(0, #found.rows)
    assert.truthy(found.reason:find("in none of the documents", 1, true))
    assert.equal("bad_input", problem_of(store.trace, store, nil).code)
  end)
end)

describe("reach", function()
  it("gives what refers to a document, as a scope for counts", function()
    local concrete = store:reach("vk-dh12", { kinds = "cụ thể hoá" })
    assert.same({ "ct25-2018" }, concrete:pluck "key")
    local counted = store:freq("chung tay kiến tạo", { over = concrete })
    assert.equal(1, counted.rows[1].n)
    local further = store:reach("vk-dh12", { kinds = { "cụ thể hóa", "tăng cường thực hiện" } })
    assert.same({ "ct25-2018", "kl125-2025" }, further:pluck "key")
    assert.equal(3, store:shift({ "chung tay kiến tạo" }, { over = further }).rows[1].free
      + store:shift({ "chung tay kiến tạo" }, { over = further }).rows[2].free)
  end)

  it("stops at a depth, goes the other way, and may be empty", function()
    local kinds = { "cụ thể hóa", "tăng cường thực hiện" }
    assert.equal(1, #store:reach("vk-dh12", { kinds = kinds, depth = 1 }))
    assert.same({ "vk-dh12", "ct25-2018" }, store:reach("125-KL/TW",
      { kinds = kinds, direction = "referred" }):pluck "key")
    assert.equal(0, #store:reach("59-NQ/TW", { kinds = kinds }))
    problem_of(store.reach, store, nil)
    problem_of(store.reach, store, "vk-dh12", { direction = "up" })
  end)
end)

describe("diff", function()
  it("shows that the subject of “trọng yếu, thường xuyên” grew", function()
    local found = store:diff "trọng yếu, thường xuyên"
    assert.equal(1, #found.rows)
    local row = found.rows[1]
    assert.is_true(row.grew)
    assert.truthy(row.put_in:find("đẩy mạnh đối ngoại, hội nhập quốc tế", 1, true))
    assert.equal("[-bảo đảm-] {+tăng cường+} quốc phòng, an ninh {+và đẩy mạnh đối ngoại, hội nhập "
      .. "quốc tế+} là trọng yếu, thường xuyên", row.diff)
    assert.same({ 7, 16 }, { row.words_before, row.words_after })
    assert.truthy(table.concat(found.notes, "\n"):find("left out, not from a Party", 1, true))
  end)

  it("takes in what others quote when asked", function()
    assert.equal(2, #store:diff("trọng yếu, thường xuyên", { evidence = "any" }).rows)
  end)

  it("compares the clauses of texts in order of time", function()
    local found = store:diff("chung tay kiến tạo", { from = "texts" })
    assert.equal("Chung tay kiến tạo hoà bình", found.wordings[1].text)
    assert.equal("chung tay kiến tạo", found.wordings[2].text)
    assert.equal(2, found.rows[1].deleted)
  end)

  it("compares any two wordings, as data too", function()
    local row = store:diff("muốn là bạn của tất cả", "sẵn sàng là bạn của tất cả").rows[1]
    assert.same({ "-muốn", "+sẵn sàng", "=là bạn của tất cả" }, row.edits)
    assert.same({ 5, 2, 1 }, { row.kept, row.inserted, row.deleted })
  end)

  it("says when there is nothing to compare, and refuses what is no text", function()
    local none = store:diff "không có đâu"
    assert.equal(0, #none.rows)
    assert.truthy(table.concat(none.notes, "\n"):find("nothing to compare", 1, true))
    problem_of(store.diff, store, 3)
    problem_of(store.diff, store, "a b", { form = "texts" })
    problem_of(store.diff, store, "bạn", { from = "formulas", over = "year = 2021" })
  end)
end)
