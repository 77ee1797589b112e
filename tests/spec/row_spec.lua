-- Rows: photocopies with strict reading, what they lead to, and what sources say of them.

require "vankien"
local query = require "vankien.query"
local stores = dofile "tests/support/stores.lua"

local store, documents

local raised = dofile "tests/support/raised.lua"

setup(function()
  store = stores.fresh()
  documents = store:collection "documents"
end)

teardown(function() stores.drop(store) end)

describe("a row", function()
  it("is a table with its columns as fields", function()
    local row, seen = documents["ct25-2018"], {}
    assert.equal("table", type(row))
    for name, value in pairs(row) do seen[name] = value end
    assert.equal("25-CT/TW", seen.number)
    assert.equal("2018-08-08", rawget(row, "issued"))
    assert.equal("integer", math.type(row.id))
    assert.is_true(query.is_row(row))
  end)

  it("reads a column without a value as nil", function()
    assert.is_nil(documents["vk-dh12"].number)
    assert.is_nil(documents["ct25-2018"].issued_end)
  end)

  it("raises for a field that does not exist, at the caller's line", function()
    local row = documents["ct25-2018"]
    local problem = raised(function() return row.titel end)
    assert.equal('unknown field "titel" in documents', problem.message)
    assert.equal('did you mean "title"?', problem.hint)
    assert.matches("row_spec.lua:%d+$", problem.place)
    assert.equal("unknown_name", raised(function() return row[1] end).code)
    assert.equal("unknown_name", raised(function() return row.hash end).code)
  end)

  it("refuses new fields", function()
    local problem = raised(function() documents["ct25-2018"].subject = "x" end)
    assert.equal("rows are photocopies: subject cannot be set here", problem.message)
  end)

  it("is a photocopy: changing it changes nothing", function()
    local row = documents["ct25-2018"]
    row.title = "another"
    assert.not_equal("another", documents["ct25-2018"].title)
  end)

  it("equals another copy of the same row", function()
    assert.is_true(documents["ct25-2018"] == documents["25-CT/TW"])
    assert.is_false(documents["ct25-2018"] == documents["vk-dh12"])
    assert.is_true(documents["ct25-2018"] == store:collection "directives"["25-CT/TW"])
  end)

  it("prints as a person would name it", function()
    local name = "Chỉ thị 25-CT/TW (Ban Bí thư, 2018-08-08): "
      .. "Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030"
    assert.equal(name, tostring(documents["ct25-2018"]))
    assert.equal("Đại hội XII (2016)", tostring(store:collection "congresses".XII))
  end)

  it("lists its columns in order, without hash and attributes", function()
    local columns = query.columns(documents[1])
    assert.equal("id", columns[1])
    for _, name in ipairs(columns) do
      assert.is_true(name ~= "hash" and name ~= "attributes")
    end
  end)

  it("of selected columns raises for the others", function()
    local row = documents:select("title", "year"):first()
    assert.is_string(row.title)
    local problem = raised(function() return row.number end)
    assert.equal("number was not selected", problem.message)
    assert.equal("selected: title, year", problem.hint)
  end)
end)

describe("what a row leads to", function()
  it("are queries over links and foreign keys", function()
    local ct25 = documents["ct25-2018"]
    assert.same({ "vk-dh12" }, ct25.cites:pluck "key")
    assert.same({ "kl125-2025" }, ct25.cited_by:pluck "key")
    assert.equal(6, #ct25.tasks)
    assert.equal(4, #documents["kl125-2025"].points)
    assert.equal(3, ct25.relations:count())
    assert.equal("f-ct25", ct25.formulas:one().key)
    assert.equal("ct25-2018", ct25.tasks[1].document.key)
    assert.equal(2018, ct25.year)
  end)

  it("says how, when a relation is named in any spelling", function()
    local congress = documents["vk-dh12"]
    assert.same({ "ct25-2018" }, congress:incoming "cụ thể hóa":pluck "key")
    assert.same({ "ct25-2018" }, congress:incoming "cụ thể hoá":pluck "key")
    assert.equal(2, congress:incoming():count())
    assert.equal(0, congress:outgoing "cụ thể hóa":count())
    local problem = raised(function() congress:incoming "cu the hoa" end)
    assert.equal('did you mean "cụ thể hóa"?', problem.hint)
  end)

  it("from a relation are its two documents", function()
    local relation = store:collection "relations":where { relation = "cụ thể hóa" }:one()
    assert.equal("ct25-2018", relation.from.key)
    assert.equal("vk-dh12", relation.to.key)
  end)

  it("from a congress are its documents, formulas and principles", function()
    local xii = store:collection "congresses".XII
    assert.equal(documents:where { congress = "XII" }:count(), #xii.documents)
    assert.is_true(#xii.formulas > 0)
    assert.equal("XII", documents["ct25-2018"].at_congress.ordinal)
  end)

  it("is nil where a document has no text", function()
    assert.is_nil(documents["ct25-2018"].text)
    assert.is_nil(documents["ct25-2018"].original)
    assert.equal(0, #documents["ct25-2018"].passages)
  end)
end)

describe("row:sources", function()
  it("gives the three dates of Resolution 59 and the accepted one", function()
    local claims = store:collection "resolutions"["59-NQ/TW"]:sources()
    local dates, accepted = {}, {}
    for i, claim in ipairs(claims) do
      dates[i] = claim.value
      if claim.accepted then accepted[#accepted + 1] = claim.value end
      assert.equal("issued", claim.field)
      assert.is_true(#claim.titles > 0)
      assert.is_string(claim.level)
    end
    table.sort(dates)
    assert.same({ "2024-12-22", "2025-01-20", "2025-01-24" }, dates)
    assert.same({ "2025-01-24" }, accepted)
    assert.equal("2025-01-24", store:collection "resolutions"["59-NQ/TW"].issued)
  end)

  it("gives the row's own source beside them, and prints", function()
    local claims = documents["nq59-2025"]:sources "issued"
    assert.is_string(claims.own.source)
    local shown = tostring(claims)
    assert.matches("2025%-01%-24  accepted", shown)
    assert.matches("2025%-01%-20  disagrees", shown)
    assert.matches("the row: ", shown)
  end)

  it("is empty, but names its source, where sources agree", function()
    local claims = store:collection "guide_mistakes"[1]:sources()
    assert.equal(0, #claims)
    assert.is_string(claims.own.source)
  end)

  it("called on no row says so", function()
    local row = documents[1]
    assert.equal("usage", raised(function() row.sources() end).code)
  end)
end)

describe("attributes of imported documents", function()
  setup(function()
    store:edit(function(tx)
      tx:insert("documents", { key = "im-1", title = "t", kind = "imported", source = "article",
        level = "test", attributes = '{"genre":"report","pages":12}' })
      tx:insert("documents", { key = "im-2", title = "t", kind = "imported", source = "article",
        level = "test", attributes = '{"genre":"Báo cáo"}' })
    end)
  end)

  teardown(function()
    store:edit(function(tx)
      for _, id in ipairs(documents:where { kind = "imported" }:pluck "id") do
        tx:delete("documents", id)
      end
    end)
  end)

  it("are fields of the row, nil on the others", function()
    assert.equal("report", documents["im-1"].genre)
    assert.equal(12, documents["im-1"].pages)
    assert.is_nil(documents["im-2"].pages)
    assert.is_nil(documents["ct25-2018"].genre)
    assert.same({ genre = "report", pages = 12 }, documents["im-1"].attributes)
    assert.equal("unknown_name", raised(function() return documents["im-1"].gnre end).code)
  end)

  it("are columns in conditions, orders and groups", function()
    assert.same({ "im-2" }, documents:where { genre = "báo cáo" }:pluck "key")
    assert.same({ "im-1" }, documents:where "pages > 9":pluck "key")
    assert.same({ "im-1" }, documents:where "pages = 12 and genre ~ 'report'":pluck "key")
    assert.same({ "im-2", "im-1" }, documents:where "genre is not null":order "genre":pluck "key")
    assert.equal("Báo cáo", documents:group "genre"[1].key)
    local problem = raised(documents.where, documents, { gnre = "x" })
    assert.equal('did you mean "genre"?', problem.hint)
  end)
end)
