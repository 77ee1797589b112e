-- Rows get their fields when somebody looks, and nobody can tell: whatever reads a table raw
-- meets a full one.  And look-ups that share a read transaction hide nothing from anybody.

require "vankien"
local query = require "vankien.query"
local raised = dofile "tests/support/raised.lua"
local stores = dofile "tests/support/stores.lua"
local sys = require "vankien.host.sys"
local vankien = require "vankien"

local MANY = 3000

local store, documents, actors

setup(function()
  store = stores.fresh()
  documents, actors = store:collection "documents", store:collection "actors"
  store:edit(function(tx)
    for i = 1, MANY do
      tx:insert("actors", { actor = "a" .. i, kind = "many", source = "article", level = "test" })
    end
    tx:insert("documents", { key = "late", title = "t", kind = "imported", source = "article",
      level = "test", attributes = '{"genre":"report","note":"of the file","pages":12}' })
  end)
end)

teardown(function() stores.drop(store) end)

-- A row that nobody has looked into yet: by look-up, by a walk, in a list.
local function fresh()
  return documents["ct25-2018"]
end

local function expected()
  local number, issued = store.conn:first(
    "SELECT number, issued FROM documents WHERE key = 'ct25-2018'")
  return { number = number, issued = issued, key = "ct25-2018" }
end

describe("a row that nobody has read", function()
  it("is full for next, pairs, rawget and rawequal", function()
    assert.is_string((next(fresh())))
    for name, value in pairs(expected()) do
      assert.equal(value, rawget(fresh(), name))
      local seen
      for key, found in pairs(fresh()) do
        if key == name then seen = found end
      end
      assert.equal(value, seen)
    end
    assert.is_nil(rawget(fresh(), "issued_end"))
    local row = fresh()
    assert.is_true(rawequal(row, row))
  end)

  it("is full for rawset, which is not undone later", function()
    local row = fresh()
    rawset(row, "title", "mine")
    assert.equal("mine", row.title)
    assert.equal("25-CT/TW", row.number)
    assert.equal("mine", row.title)
  end)

  it("is full for an encoder written in C", function()
    local found, cjson = pcall(require, "cjson")
    if not found then return pending "lua-cjson is not installed" end
    local decoded = cjson.decode(cjson.encode(fresh()))
    for name, value in pairs(expected()) do assert.equal(value, decoded[name]) end
    local list = cjson.decode(cjson.encode(documents:limit(3):list()))
    for i, row in ipairs(documents:limit(3):list()) do assert.equal(row.key, list[i].key) end
  end)

  it("is full when its metatable is taken away", function()
    local row = fresh()
    assert.has_error(function() setmetatable(row, nil) end)
    assert.equal("ct25-2018", debug.setmetatable(row, nil).key)
  end)

  it("takes a new value for a field it has, and no other", function()
    local row = fresh()
    row.title = "another"
    assert.equal("another", row.title)
    assert.equal("refused", raised(function() fresh().issued_end = "x" end).code)
    assert.equal("refused", raised(function() fresh()[1] = "x" end).code)
  end)

  it("gives one field, a second, and all the others", function()
    local row = fresh()
    assert.equal("25-CT/TW", row.number)
    assert.is_nil(row.issued_end)
    assert.equal("ct25-2018", row.key)
    assert.equal("2018-08-08", row.issued)
    assert.equal(2018, row.year)
    assert.equal(2018, fresh().year)
    assert.equal("integer", math.type(fresh().year))
    assert.is_nil(documents["vk-dh12"].number)
  end)

  it("knows relations, methods and what it has not", function()
    assert.equal(6, #fresh().tasks)
    assert.is_function(fresh().sources)
    assert.equal("unknown_name", raised(function() return fresh().titel end).code)
    assert.equal("unknown_name", raised(function() return fresh()[1] end).code)
    assert.matches("late_row_spec.lua:%d+$", raised(function() return fresh().titel end).place)
    assert.is_true(query.is_row(fresh()))
    assert.is_true(fresh() == fresh())
    assert.equal(0, #fresh())
  end)

  it("has the attributes of its document, but for names of columns with a value", function()
    assert.equal("report", documents.late.genre)
    assert.equal(12, documents.late.pages)
    assert.equal("of the file", documents.late.note)
    assert.equal("report", rawget(documents.late, "genre"))
    assert.is_nil(documents.late.number)
    assert.is_nil(rawget(documents.late, "attributes"))
    assert.same({ genre = "report", note = "of the file", pages = 12 }, documents.late.attributes)
  end)
end)

describe("rows kept from a walk", function()
  it("are what they were, however many died beside them", function()
    local kept, n = {}, 0
    for row in actors:where { kind = "many" }:order "id":each() do
      n = n + 1
      if n % 7 == 0 then kept[n] = row end
      if n % 500 == 0 then collectgarbage() end
    end
    assert.equal(MANY, n)
    collectgarbage()
    for i, row in pairs(kept) do
      assert.equal("a" .. i, row.actor)
      assert.equal("many", rawget(row, "kind"))
    end
  end)

  it("are the same whether fields were read one by one or all", function()
    local few, all = {}, {}
    for row in actors:where { kind = "many" }:order "id":each() do few[#few + 1] = row.actor end
    for row in actors:where { kind = "many" }:order "id":each() do
      local copy = {}
      for name, value in pairs(row) do copy[name] = value end
      all[#all + 1] = copy.actor
    end
    assert.same(few, all)
  end)

  it("cost no memory once they are gone", function()
    local q = actors:where { kind = "many" }
    local function walk() for row in q:each() do assert(row.actor) end end
    -- what has a finalizer goes in the second collection; other specs may have left some
    local function collect() return collectgarbage(), collectgarbage() end
    walk()
    collect()
    local before, most = collectgarbage "count", 0
    for _ = 1, 20 do
      walk()
      most = math.max(most, collectgarbage "count")
    end
    assert.is_true(most < 2 * before + 4000, most - before)
    collect()
    assert.is_true(collectgarbage "count" < before + 100, collectgarbage "count" - before)
  end)

  it("outlive their store", function()
    local other = stores.fresh()
    local row = other:collection "documents"["ct25-2018"]
    other:close()
    assert.equal("25-CT/TW", row.number)
    assert.equal("2018-08-08", rawget(row, "issued"))
    assert.equal("usage", raised(function() return other:collection "documents".late end).code)
    stores.clear(other.file)
  end)
end)

describe("look-ups in a row", function()
  local function rename(through, title)
    through:edit(function(tx)
      tx:update("documents", documents.late.id, { title = title })
    end)
  end

  it("see what this program wrote at once", function()
    assert.equal("t", documents.late.title)
    rename(store, "u")
    assert.equal("u", documents.late.title)
    rename(store, "t")
  end)

  it("see within a moment what another wrote, and every other query at once", function()
    local other = assert(vankien.open(store.file))
    assert.equal("t", documents.late.title)
    rename(other, "v")
    assert.equal(1, documents:where { title = "v" }:count())
    assert.equal("v", documents.late.title)
    rename(other, "w")
    local until_then = sys.clock() + 5
    while documents.late.title ~= "w" and sys.clock() < until_then do collectgarbage "step" end
    assert.equal("w", documents.late.title)
    other:close()
    rename(store, "t")
  end)

  it("do not stand in the way of a write after another program's", function()
    local other = assert(vankien.open(store.file))
    for _ = 1, 3 do
      assert.is_string(documents.late.title)
      rename(other, "x")
      rename(store, "t")
      assert.equal("t", documents.late.title)
    end
    other:close()
  end)

  it("may stand inside a transaction, and see what it wrote", function()
    store:edit(function(tx)
      tx:update("documents", documents.late.id, { title = "inside" })
      assert.equal("inside", documents.late.title)
      tx:update("documents", documents.late.id, { title = "t" })
    end)
    assert.equal("t", documents.late.title)
  end)
end)
