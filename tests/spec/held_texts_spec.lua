-- Analysis on the held texts (VANKIEN_TEXTS, or ../shared/texts); pending where they are not there.

local corpora = dofile "tests/support/corpora.lua"

local store

setup(function() store = corpora.held() end)
teardown(function() if store then corpora.stores.drop(store) end end)

local function on_texts(name, fn)
  it(name, function()
    if not store then return pending "the texts are not held here" end
    fn()
  end)
end

describe("the held texts", function()
  on_texts("give keyness of the resolution of XIV against XIII in one line", function()
    local found = store:keyness("nq_dh_xiv", "nq_dh_xiii", { n = { 1, 2 }, limit = 100000 })
    local sum = { 0, 0 }
    local rows = {}
    for _, row in ipairs(found.rows) do rows[row.form] = row end
    for form, count in pairs(corpora.grams(store, 2, function(id)
      return id == store:collection "documents"["nq-dh14"].id
    end)) do
      if rows[form] then assert.equal(count, rows[form].a, form) end
      sum[1] = sum[1] + count
    end
    assert.is_true(sum[1] > 1000)
    assert.truthy(table.concat(found.notes, "\n"):find("one document on each side", 1, true))
    assert.equal("over", rows["chuyển đổi"].direction)
  end)

  on_texts("show the subject of “trọng yếu, thường xuyên” growing in the resolutions", function()
    local found = store:diff("trọng yếu, thường xuyên", { over = "type = 'Nghị quyết'" })
    assert.equal(1, #found.rows)
    assert.is_true(found.rows[1].grew)
    assert.truthy(found.rows[1].put_in:find("đẩy mạnh đối ngoại, hội nhập quốc tế", 1, true))
  end)

  on_texts("make no document-level test over nine sections, one a congress", function()
    local found = store:trend({ "tham gia" }, { over = "genre = 'foreign-policy section'" })
    assert.equal(9, #found.periods)
    assert.is_nil(found.rows[1].p_document)
    assert.truthy(table.concat(found.notes, "\n"):find("one document per period", 1, true))
  end)

  on_texts("attest “định hình” first in the section of XII", function()
    local found = store:trace("định hình", { over = "genre = 'foreign-policy section'" })
    assert.equal("XII", found.first.congress)
  end)

  on_texts("warn of what stands twice, and leave it out when asked", function()
    local twice = store:freq("tham gia", { over = "congress = 'X'" })
    local once = store:freq("tham gia", { over = "congress = 'X'", once = true })
    assert.is_true(twice.rows[1].n > once.rows[1].n)
    assert.truthy(table.concat(twice.notes, "\n"):find("counted twice", 1, true))
    assert.truthy(table.concat(once.notes, "\n"):find("left out", 1, true))
  end)
end)
