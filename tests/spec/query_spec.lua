-- Collections and queries, on the facts that every store has.

require "vankien"
local host = require "vankien.host.store"
local operators = require "vankien.query.operators"
local query = require "vankien.query"
local stores = dofile "tests/support/stores.lua"

local store, documents, directives, resolutions, congresses

local raised = dofile "tests/support/raised.lua"

-- Bytes that SQLite holds: each open statement would keep some.
local function memory_of_sqlite()
  collectgarbage()
  collectgarbage()
  return host.memory()
end

setup(function()
  store = stores.fresh()
  documents, directives = store:collection "documents", store:collection "directives"
  resolutions, congresses = store:collection "resolutions", store:collection "congresses"
end)

teardown(function() stores.drop(store) end)

describe("a key", function()
  it("is never taken for a method by find and get", function()
    assert.is_nil(documents:find "nowhere")
    assert.equal("ct25-2018", documents:find("25-CT/TW").key)
    assert.equal("not_found", raised(documents.get, documents, "nowhere").code)
  end)

  local spellings = {
    "25-CT/TW", "25 – CT/TW", "Số: 25-CT/TW", "25-ct/tw", "Chỉ thị số 25-CT/TW", "ct25-2018",
    "25-CT/TW@XII", "25-CT/TW@2018", "25-CT/TW@Ban Bí thư", "Chỉ thị 25",
    "Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030",
    "VỀ ĐẨY MẠNH VÀ NÂNG TẦM ĐỐI NGOẠI ĐA PHƯƠNG ĐẾN NĂM 2030",
  }
  it("finds a document by number, term, short name, key or title", function()
    for _, key in ipairs(spellings) do
      local row = directives[key]
      assert.equal("ct25-2018", row and row.key, key)
    end
  end)

  it("is nil where nothing has it", function()
    assert.is_nil(directives["99-CT/TW"])
    assert.is_nil(documents["không có"])
    assert.is_nil(resolutions["18-NQ/TW@IX"])
  end)

  it("that several documents share raises and lists them", function()
    local problem = raised(function() return resolutions["18-NQ/TW"].key end)
    assert.equal("ambiguous", problem.code)
    assert.matches('"18%-NQ/TW" is 2 rows of resolutions', problem.message)
    assert.matches("2017%-10%-25", problem.message)
    assert.matches("2022%-06%-16", problem.message)
    assert.matches('resolutions%["18%-NQ/TW@XII"%]', problem.hint)
    assert.matches("query_spec.lua:%d+$", problem.place)
  end)

  it("with a term chooses one of them", function()
    assert.equal("2017-10-25", resolutions["18-NQ/TW@XII"].issued)
    assert.equal("2022-06-16", resolutions["18-NQ/TW@2022"].issued)
    assert.equal("2017-10-25", resolutions { number = "18-NQ/TW", congress = "XII" }.issued)
    assert.equal("ambiguous", raised(resolutions, { number = "18-NQ/TW" }).code)
  end)

  it("of another type raises", function()
    local problem = raised(function() return directives["59-NQ/TW"].key end)
    assert.equal("59-NQ/TW is the number of a Nghị quyết, and directives are not", problem.message)
  end)

  it("finds congresses by ordinal and by number", function()
    for _, key in ipairs { "XII", "xii", "12", 12, "Đại hội XII", "Đại hội lần thứ XII" } do
      assert.equal(2016, congresses[key].year, key)
    end
  end)

  it("finds facts by their name in any case", function()
    assert.equal(0, store:collection "terms"["Tham dự"].rung)
    assert.equal("Liên hợp quốc", store:collection "forums"["LIÊN HỢP QUỐC"].name)
  end)
end)

describe("an integer", function()
  it("counts rows from the front and from the end", function()
    local q = documents:order "id"
    assert.equal(q:list()[3].key, q[3].key)
    assert.equal(q:list()[#q].key, q[-1].key)
    assert.is_nil(q[0])
    assert.is_nil(q[#q + 1])
    assert.is_nil(q[-#q - 1])
    assert.is_nil(q:limit(2)[3])
    assert.equal(q[2].key, q:limit(2)[-1].key)
    assert.equal(q[4].key, q:offset(3)[1].key)
  end)
end)

describe("a query", function()
  it("is userdata that never changes", function()
    local q = documents:where { congress = "XII" }
    local n = #q
    local narrow = q:limit(1):order "-issued"
    assert.equal("userdata", type(q))
    assert.equal(n, #q)
    assert.equal(1, #narrow)
    assert.equal("refused", raised(function() q.x = 1 end).code)
  end)

  it("filters after a limit within the limit", function()
    local first = documents:order "issued":limit(5)
    assert.equal(5, first:where { key = operators.not_nil() }:count())
    assert.equal(0, first:where { congress = "XIV" }:count())
    assert.same({ first[5].key, first[4].key }, first:order "-issued":limit(2):pluck "key")
  end)

  it("adds up limits and offsets", function()
    local keys = documents:order "id":pluck "key"
    assert.same({ keys[3], keys[4] }, documents:order "id":limit(4):offset(2):pluck "key")
    assert.same({ keys[6] }, documents:order "id":offset(2):offset(3):limit(1):pluck "key")
    assert.equal(2, documents:limit(2):limit(5):count())
  end)

  it("sorts congresses and numbers by value, words by the Vietnamese dictionary", function()
    local ordinals = congresses:order "-ordinal":pluck "ordinal"
    assert.same({ "XIV", "XIII", "XII", "XI", "X", "IX" }, table.move(ordinals, 1, 6, 1, {}))
    local numbers = resolutions:where "number ~ 'TW'":order "number":pluck "number"
    for i = 2, #numbers do
      local before, after = numbers[i - 1]:match "^%d+", numbers[i]:match "^%d+"
      assert.is_true(tonumber(before) <= tonumber(after))
    end
    store:edit(function(tx)
      for _, name in ipairs { "đa phương", "dẫn dắt", "ăn", "an", "ân" } do
        tx:insert("actors", { actor = name, kind = "test", source = "article", level = "test" })
      end
    end)
    local actors = store:collection "actors":where { kind = "test" }:order "actor":pluck "actor"
    assert.same({ "an", "ăn", "ân", "dẫn dắt", "đa phương" }, actors)
    store:edit(function(tx)
      for _, id in ipairs(store:collection "actors":where { kind = "test" }:pluck "id") do
        tx:delete("actors", id)
      end
    end)
  end)

  it("puts rows without a value last in either direction", function()
    assert.is_nil(documents:order "issued"[-1].issued)
    assert.is_nil(documents:order "-issued"[-1].issued)
  end)

  it("counts, plucks, groups and adds up", function()
    local q = documents:where { type = "Chỉ thị" }
    assert.equal(#q, q:count())
    assert.equal(#q, #q:list())
    assert.is_true(q:exists())
    assert.is_false(q:where { key = "none" }:exists())
    assert.equal(#q, #q:pluck "number")
    assert.equal(27858, congresses:sum "year")
    assert.equal("integer", math.type(congresses:sum "year"))
    assert.equal(1935, congresses:min "year")
    assert.equal("XIV", congresses:max "ordinal")
    assert.equal(0, q:where { key = "none" }:sum "id")
    assert.is_nil(q:where { key = "none" }:max "id")
  end)

  it("groups by a column in its order, with a query for each", function()
    local groups, total = documents:group "congress", 0
    for _, group in ipairs(groups) do
      total = total + group.count
      assert.equal(group.count, #group.rows)
    end
    assert.equal(#documents, total)
    assert.equal("VI", groups[1].key)
    assert.is_nil(groups[#groups].key)
  end)

  it("groups by a function in order of appearance", function()
    local groups = congresses:group(function(c) return c.year // 50 * 50 end)
    assert.same({ 1900, 1950, 2000 }, { groups[1].key, groups[2].key, groups[3].key })
    assert.equal(14, groups[1].count + groups[2].count + groups[3].count)
    assert.equal("I", groups[1].rows[1].ordinal)
  end)

  it("gives one, or says how many there are", function()
    assert.equal("ct25-2018", documents:where { number = "25-CT/TW" }:one().key)
    local many = raised(function() documents:where { congress = "XII" }:one() end)
    assert.equal("ambiguous", many.code)
    assert.equal("not_found", raised(function() documents:where { key = "x" }:one() end).code)
  end)

  it("shows its SQL, with every value bound", function()
    local sql, params = documents:where { title = "x' OR '1'='1" }:sql()
    assert.is_nil(sql:find("OR '1'", 1, true))
    assert.same({ "x' or '1'='1" }, params)
    assert.equal(0, documents:where { title = "x' OR '1'='1" }:count())
  end)

  it("says what it is", function()
    assert.equal("congresses: 14 rows", tostring(congresses))
    assert.equal("documents where number = '25-CT/TW': 1 row",
      tostring(documents:where { number = "25-CT/TW" }))
    assert.is_true(query.is(documents))
    assert.is_false(query.is(documents[1]))
  end)

  it("sees what was written after it was made", function()
    local q = store:collection "actors":where { kind = "new" }
    assert.equal(0, #q)
    local id = store:edit(function(tx)
      return tx:insert("actors", { actor = "Tân", kind = "new", source = "article",
        level = "test" })
    end)
    assert.equal(1, #q)
    store:edit(function(tx) tx:delete("actors", id) end)
    assert.equal(0, #q)
  end)
end)

describe("walking", function()
  local function keys_of(walk)
    local keys = {}
    for row in walk do keys[#keys + 1] = row.key end
    return keys
  end

  it("gives the same rows by each, list, ipairs, pairs and index", function()
    local q = documents:order "-id"
    local expected = q:pluck "key"
    assert.same(expected, keys_of(q:each()))
    local by_list, by_ipairs, by_pairs = {}, {}, {}
    for i, row in ipairs(q:list()) do by_list[i] = row.key end
    for i, row in ipairs(q) do by_ipairs[i] = row.key end
    for name, row in pairs(q) do
      by_pairs[#by_pairs + 1] = row.key
      assert.equal(row.number or row.key, name)
    end
    assert.same(expected, by_list)
    assert.same(expected, by_ipairs)
    assert.same(expected, by_pairs)
  end)

  it("goes on over the rows as they were while the store is written", function()
    local n = #documents
    local seen = 0
    for row in documents:order "id":each() do
      seen = seen + 1
      store:edit(function(tx)
        tx:insert("documents", { key = "w" .. seen, title = "t", kind = "test", attributes = "{}",
          source = "article", level = "test" })
      end)
      assert.is_nil(row.key:match "^w%d")
    end
    assert.equal(n, seen)
    assert.equal(2 * n, #documents)
    store:edit(function(tx)
      for _, id in ipairs(documents:where { kind = "test" }:pluck "id") do
        tx:delete("documents", id)
      end
    end)
    assert.equal(n, #documents)
  end)

  local function stop_at_first(...)
    local n = 0
    for _ in ... do
      n = n + 1
      if n > 0 then break end
    end
  end

  it("leaves no statement open on break, error and close of a coroutine", function()
    for _ = 1, 200 do
      stop_at_first(documents:each())
      pcall(function() for _ in documents:each() do error "stop" end end)
      local co = coroutine.wrap(function()
        for row in documents:each() do coroutine.yield(row) end
      end)
      co()
      stop_at_first(pairs(documents))
    end
    local before = memory_of_sqlite()
    for _ = 1, 2000 do
      stop_at_first(documents:each())
      local co = coroutine.create(function()
        for row in documents:each() do coroutine.yield(row) end
      end)
      coroutine.resume(co)
      coroutine.close(co)
    end
    assert.is_true(memory_of_sqlite() <= before + 65536)
    store:edit(function(tx) tx:update("documents", 1, { note = documents[1].note }) end)
  end)

  it("nested in each other keeps each its place", function()
    local pairs_seen = 0
    for _ in congresses:each() do
      for _ in congresses:each() do pairs_seen = pairs_seen + 1 end
    end
    assert.equal(14 * 14, pairs_seen)
  end)

  it("ends where it was stopped, again and again", function()
    local step = congresses:limit(1):each()
    assert.equal("I", step().ordinal)
    assert.is_nil(step())
    assert.is_nil(step())
  end)

  it("works over more rows than one batch", function()
    store:edit(function(tx)
      for i = 1, 1300 do
        tx:insert("actors", { actor = "a" .. i, kind = "many", source = "article", level = "test" })
      end
    end)
    local q, seen = store:collection "actors":where { kind = "many" }:order "id", {}
    for name, row in pairs(q) do
      seen[#seen + 1] = name
      if #seen == 10 then
        store:edit(function(tx) tx:delete("actors", q[1200].id) end)
      end
      assert.equal(row.actor, name)
    end
    assert.equal(1299, #seen)
    assert.equal("a1300", seen[1299])
    local n = 0
    for i, row in ipairs(q) do
      n = i
      assert.is_string(row.actor)
    end
    assert.equal(1299, n)
    store:edit(function(tx)
      for _, id in ipairs(q:pluck "id") do tx:delete("actors", id) end
    end)
  end)

  it("raises, and does not crash, when the store is closed meanwhile", function()
    local other = stores.fresh()
    local step = other:collection "documents":each()
    step()
    other:close()
    assert.equal("usage", raised(step).code)
    assert.equal("usage", raised(function() return #other:collection "documents" end).code)
    stores.clear(other.file)
  end)
end)

describe("what would be silently empty", function()
  it("raises instead", function()
    assert.has_error(function() next(documents) end)
    assert.has_error(function() rawset(documents, 1, 1) end)
    assert.has_error(function() table.insert(documents, 1) end)
    assert.has_error(function() table.concat(documents) end)
    assert.has_error(function() rawlen(documents) end)
    local found, cjson = pcall(require, "cjson")
    if found then assert.has_error(function() cjson.encode(documents) end) end
  end)
end)

describe("store:collection", function()
  it("is the same object each time", function()
    assert.equal(store:collection "documents", documents)
    assert.not_equal(directives, documents)
  end)

  it("knows every table of facts", function()
    for _, name in ipairs(query.names(store)) do
      assert.is_true(#store:collection(name) >= 0, name)
    end
  end)

  it("names the nearest collection", function()
    local problem = raised(store.collection, store, "direktives")
    assert.equal('did you mean "directives"?', problem.hint)
  end)
end)
