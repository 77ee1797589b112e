-- vankien.host.store: connections, statements, transactions, SQL functions.

local store = require "vankien.host.store"

local folder, paths = nil, 0

local function path()
  paths = paths + 1
  return ("%s/%d.db"):format(folder, paths)
end

local function memory()
  return assert(store.open(":memory:", {mode = "create"}))
end

-- A store with t(id, a, b): rows (1, 'một', 1.5), (2, NULL, 2), (3, 'ba', NULL).
local function sample(where)
  local conn = assert(store.open(where or ":memory:", {mode = "create"}))
  conn:exec [[CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b ANY) STRICT;
    INSERT INTO t VALUES (1, 'một', 1.5), (2, NULL, 2), (3, 'ba', NULL)]]
  return conn
end

local function failure(f, ...)
  local ok, problem = pcall(f, ...)
  assert.is_false(ok)
  return problem
end

-- Can the log be emptied?  Not while a statement still reads.
local function nobody_reads(conn)
  return conn:first "PRAGMA wal_checkpoint(TRUNCATE)" == 0
end

setup(function()
  folder = os.tmpname()
  os.remove(folder)
  assert(os.execute("mkdir " .. folder))
end)

teardown(function() os.execute("rm -rf " .. folder) end)

describe("store.open", function()
  it("makes a store with large pages, a log, and every safety on", function()
    local conn = sample(path())
    local cases = {
      page_size = 65536, journal_mode = "wal", synchronous = 2, foreign_keys = 1,
      trusted_schema = 0, temp_store = 2, cell_size_check = 1, cache_size = -2000,
    }
    for pragma, value in pairs(cases) do
      assert.equal(value, (conn:first("PRAGMA " .. pragma)), pragma)
    end
  end)

  it("refuses what a hostile file would use", function()
    local conn = sample()
    for sql, words in pairs {
      ["SELECT load_extension('x')"] = "not authorized",
      ["SELECT \"no column\" FROM t"] = "no such column",
      ["SELECT fts3_tokenizer('simple', x'00')"] = "disabled",
      ["UPDATE sqlite_schema SET sql = ''"] = "may not be modified",
    } do
      assert.matches(words, tostring(failure(conn.exec, conn, sql)), 1, true)
    end
  end)

  it("says what is wrong with a path", function()
    local text = path()
    local f = assert(io.open(text, "w"))
    f:write(("không phải kho "):rep(100))
    f:close()
    for where, code in pairs {
      [folder .. "/none.db"] = "not_found", [folder] = "bad_input", [""] = "bad_input",
      ["/dev/null"] = "bad_input", [text] = "integrity",
    } do
      local conn, problem = store.open(where, {mode = "read"})
      assert.is_nil(conn)
      assert.equal(code, problem.code, where)
    end
    local _, problem = store.open(folder .. "/none/x.db", {mode = "create"})
    assert.equal("io", problem.code)
  end)

  it("raises for options it does not know", function()
    assert.equal("unknown_name", failure(store.open, "x", {mod = "read"}).code)
    assert.equal("usage", failure(store.open, "x", {mode = "rw"}).code)
    assert.equal("usage", failure(store.open, "x", {busy_ms = "long"}).code)
    assert.equal("bad_input", failure(store.open, "a\0b").code)
  end)

  it("writes nothing when opened for reading", function()
    local where = path()
    sample(where):close()
    local conn = assert(store.open(where, {mode = "read"}))
    assert.equal(3, (conn:first "SELECT count(*) FROM t"))
    assert.equal("refused", failure(conn.run, conn, "DELETE FROM t").code)
  end)
end)

describe("parameters", function()
  it("go in by place and by name", function()
    local conn = sample()
    assert.equal(3, (conn:first("SELECT ? + ?", {1, 2})))
    assert.equal(3, (conn:first("SELECT :x + :y", {x = 1, y = 2})))
    assert.equal("ba", (conn:first("SELECT a FROM t WHERE id = ?1 OR id = ?1", {3})))
    assert.equal(nil, (conn:first("SELECT ?", table.pack(nil))))
  end)

  it("raise when they are not exactly those of the statement", function()
    local conn = sample()
    local cases = {
      {"SELECT ?", nil, "1 parameter, 0 are given"}, {"SELECT ?", {1, 2}, "2 are given"},
      {"SELECT 1", {1}, "0 parameters, 1 is given"},
      {"SELECT :a", {}, "parameter :a is missing"},
      {"SELECT :a", {a = 1, b = 2}, 'no parameter "b"'},
      {"SELECT :a", {1}, "names"}, {"SELECT :a, ?", {a = 1}, "mixes"},
      {"SELECT ?", {{}}, "parameter 1 is a table"}, {"SELECT ?", {print}, "a function"},
      {"SELECT :n", {n = 0 / 0}, "NaN"}, {"SELECT ?", {1 / 0}, "infinite"},
    }
    for _, case in ipairs(cases) do
      local problem = failure(conn.first, conn, case[1], case[2])
      assert.matches(case[3], tostring(problem), 1, true)
      assert.matches("host_store_spec.lua:%d+$", problem.place)
    end
    assert.equal("unknown_name", failure(conn.first, conn, "SELECT :a", {a = 1, c = 1}).code)
  end)

  it("come back as what they were", function()
    local conn = memory()
    local cases = {
      {math.maxinteger, "integer"}, {math.mininteger, "integer"}, {0, "integer"},
      {1.0, "real"}, {-0.5, "real"}, {1e300, "real"}, {"", "text"}, {"hòa\0bình", "text"},
      {"Đổi mới", "text"},
    }
    for _, case in ipairs(cases) do
      local value, kind = conn:first("SELECT ?1, typeof(?1)", {case[1]})
      assert.equal(case[1], value)
      assert.equal(math.type(case[1]), math.type(value))
      assert.equal(case[2], kind)
    end
    assert.same({1, 0, "null"}, {conn:first("SELECT ?, ?, typeof(?)", {true, false, store.null})})
  end)

  it("are BLOB only when asked", function()
    local conn = memory()
    local bytes = "\0\1\255"
    assert.same({bytes, "blob"}, {conn:first("SELECT ?1, typeof(?1)", {store.blob(bytes)})})
    assert.same({"", "blob"}, {conn:first("SELECT ?1, typeof(?1)", {store.blob ""})})
    assert.is_false(getmetatable(store.blob ""))
  end)
end)

describe("statements", function()
  it("raise with the cause and the SQL", function()
    local conn = sample()
    local problem = failure(conn.first, conn, "SELECT x FROM t")
    assert.equal("bad_input", problem.code)
    assert.matches("no such column: x, in: SELECT x FROM t", problem.message, 1, true)
    assert.equal("integrity", failure(conn.run, conn, "INSERT INTO t(id) VALUES (1)").code)
  end)

  it("that failed half-way leave nothing open", function()
    local conn = sample(path())
    for _ = 1, 3 do
      failure(conn.first, conn, "SELECT ?", {{}})
      failure(conn.run, conn, "INSERT INTO t(id) VALUES (1)")
    end
    assert.equal(3, (conn:first "SELECT count(*) FROM t"))
    assert.is_true(nobody_reads(conn))
  end)

  it("may run inside what traces them", function()
    local conn, inner = sample(), nil
    conn:trace(function(sql)
      if sql == "SELECT 7" then inner = conn:first "SELECT 8" end
    end)
    assert.equal(7, (conn:first "SELECT 7"))
    assert.equal(8, inner)
  end)

  it("are one at a time, but may end in a comment", function()
    local conn = sample()
    assert.equal("bad_input", failure(conn.first, conn, "SELECT 1; DELETE FROM t").code)
    assert.equal("bad_input", failure(conn.first, conn, " -- nothing").code)
    assert.equal("bad_input", failure(conn.first, conn, "SELECT 1\0; DELETE FROM t").code)
    assert.equal(1, (conn:first "SELECT 1; -- and no more"))
    assert.equal(3, (conn:first "SELECT count(*) FROM t"))
  end)

  it("refuse a query where a change is meant", function()
    local conn = sample()
    assert.equal("usage", failure(conn.run, conn, "SELECT 1").code)
    assert.equal("usage", failure(conn.bulk, conn, "SELECT 1").code)
  end)

  it("tell what only reads", function()
    local conn = sample()
    for sql, expected in pairs {
      ["SELECT 1"] = true, ["-- x\n /* y */ with a as (select 1) select * from a"] = true,
      ["VALUES (1)"] = true, ["EXPLAIN SELECT 1"] = true, ["DELETE FROM t"] = false,
      ["PRAGMA page_size"] = false, ["ATTACH 'x' AS y"] = false, ["BEGIN"] = false,
      ["INSERT INTO t(a) VALUES ('x') RETURNING id"] = false,
    } do
      assert.equal(expected, conn:reads_only(sql), sql)
    end
  end)

  it("say how many rows changed, and the last row's id", function()
    local conn = sample()
    assert.same({1, 4}, {conn:run("INSERT INTO t(a) VALUES (?)", {"bốn"})})
    assert.equal(4, (conn:run "UPDATE t SET b = NULL"))
    assert.equal(4, conn:changes())
  end)

  it("are prepared once, and still may run inside one another", function()
    local conn, pairs_seen = sample(), 0
    for _ in conn:rows "SELECT id FROM t" do
      for _ in conn:rows "SELECT id FROM t" do pairs_seen = pairs_seen + 1 end
    end
    assert.equal(9, pairs_seen)
    for i = 1, 100 do assert.equal(i, (conn:first("SELECT " .. i))) end
  end)
end)

describe("rows", function()
  it("count turns, so that NULL in the first column ends nothing", function()
    local seen = {}
    for i, a in sample():rows "SELECT a FROM t ORDER BY id" do seen[i] = a or "NULL" end
    assert.same({"một", "NULL", "ba"}, seen)
  end)

  it("give four values, the last one to be closed", function()
    local pack = table.pack(sample():rows "SELECT 1")
    assert.equal(4, pack.n)
    assert.equal(pack[2], pack[4])
  end)

  it("leave no statement behind after break, error and coroutine.close", function()
    local conn = sample(path())
    for i in conn:rows "SELECT * FROM t" do if i == 2 then break end end
    assert.is_true(nobody_reads(conn))
    pcall(function() for _ in conn:rows "SELECT * FROM t" do error "x" end end)
    assert.is_true(nobody_reads(conn))
    local co = coroutine.create(function()
      for _ in conn:rows "SELECT * FROM t" do coroutine.yield() end
    end)
    coroutine.resume(co)
    assert.is_true(coroutine.close(co))
    assert.is_true(nobody_reads(conn))
  end)

  it("may write while they read", function()
    local conn, n = sample(), 0
    for _, id in conn:rows "SELECT id FROM t WHERE id <= 3" do
      conn:run("UPDATE t SET b = ? WHERE id = ?", {id * 10, id})
      n = n + 1
    end
    assert.same({3, 60}, {n, (conn:first "SELECT sum(b) FROM t")})
  end)
end)

describe("cursor", function()
  it("gives values by step and by call, and nothing at the end, however often asked", function()
    local cursor = sample():cursor "SELECT a, id FROM t ORDER BY id"
    assert.same({"một", 1}, {cursor:step()})
    assert.equal(2, select("#", cursor()))
    cursor()
    assert.equal(0, select("#", cursor()))
    assert.equal(0, select("#", cursor()))
  end)

  it("gives rows keyed by name, and the names", function()
    local cursor = sample():cursor("SELECT id, a, b FROM t WHERE id = :id", {id = 1})
    assert.same({"id", "a", "b"}, cursor:columns())
    assert.same({id = 1, a = "một", b = 1.5}, cursor:row())
    assert.is_nil(cursor:row())
  end)

  it("raises when two columns share a name", function()
    local cursor = sample():cursor "SELECT 1 AS a, 2 AS b, 3 AS a"
    local problem = failure(cursor.row, cursor)
    assert.matches('two columns are called "a"', problem.message, 1, true)
    assert.equal("name one of them with AS", problem.hint)
  end)

  it("raises after it is closed, and closing twice is nothing", function()
    local cursor = sample():cursor "SELECT 1"
    cursor:close()
    cursor:close()
    assert.equal("usage", failure(cursor.step, cursor).code)
  end)

  it("outlives its store as an object that says so", function()
    local conn = sample()
    local cursor, bulk = conn:cursor "SELECT * FROM t", conn:bulk "DELETE FROM t"
    cursor()
    conn:close()
    conn:close()
    for _, f in ipairs {function() cursor() end, function() cursor:row() end,
        function() bulk:run() end, function() conn:first "SELECT 1" end} do
      local problem = failure(f)
      assert.equal("usage", problem.code)
      assert.matches("closed", problem.message)
    end
    cursor:close()
    bulk:close()
  end)

  it("holds its connection while it lives", function()
    local cursor = sample():cursor "SELECT id FROM t"
    collectgarbage()
    collectgarbage()
    assert.equal(1, (cursor()))
  end)

  it("keeps its parameters although their table is gone", function()
    local conn = sample()
    local cursor = conn:cursor("SELECT ? FROM t", {("đối"):rep(1000)})
    cursor()
    collectgarbage()
    assert.equal(("đối"):rep(1000), (cursor()))
  end)
end)

describe("bulk", function()
  it("runs one statement many times", function()
    local conn = sample()
    local bulk <close> = conn:bulk "INSERT INTO t(a, b) VALUES (?, ?)"
    for i = 1, 499 do bulk:run("x" .. i, i) end
    assert.same({1, 503}, {bulk:run("cuối", 500)})
    assert.equal(503, (conn:first "SELECT count(*) FROM t"))
  end)

  it("raises on a wrong count, and goes on after a refused row", function()
    local conn = sample()
    local bulk = conn:bulk "INSERT INTO t(id, a) VALUES (?, ?)"
    assert.equal("usage", failure(bulk.run, bulk, 9).code)
    assert.equal("integrity", failure(bulk.run, bulk, 1, "x").code)
    assert.same({1, 9}, {bulk:run(9, nil)})
  end)
end)

describe("transaction", function()
  it("keeps what is committed", function()
    local conn = sample()
    local tx <close> = conn:begin()
    assert.is_true(conn:in_transaction())
    conn:run "DELETE FROM t"
    tx:commit()
    assert.is_false(conn:in_transaction())
    assert.equal(0, (conn:first "SELECT count(*) FROM t"))
  end)

  it("takes back everything when its scope ends without commit", function()
    local conn = sample()
    pcall(function()
      local _ <close> = conn:begin()
      conn:run "DELETE FROM t"
      error "no"
    end)
    assert.equal(3, (conn:first "SELECT count(*) FROM t"))
  end)

  it("is taken back by the collector too, but never another one's", function()
    local conn = sample()
    conn:begin():rollback()
    local old = conn:begin()
    old:rollback()
    local held = {conn:begin()}
    old:rollback()
    assert.is_true(conn:in_transaction())
    table.remove(held)
    collectgarbage()
    assert.is_false(conn:in_transaction())
  end)

  it("is one at a time, and over when it is over", function()
    local conn = sample()
    local tx <close> = conn:begin()
    assert.equal("usage", failure(conn.begin, conn).code)
    tx:commit()
    assert.equal("usage", failure(tx.commit, tx).code)
  end)

  it("waits for another writer no longer than asked", function()
    local where = path()
    local one = sample(where)
    local two = assert(store.open(where, {mode = "write", busy_ms = 30}))
    local tx <close> = one:begin()
    local problem = failure(two.begin, two)
    assert.equal("busy", problem.code)
    assert.matches("another program", problem.hint)
    tx:rollback()
    two:begin():rollback()
  end)

  it("leaves the store as it was when the disk is full", function()
    local conn = sample(path())
    conn:exec "PRAGMA max_page_count = 3"
    local problem = failure(function()
      local _ <close> = conn:begin() -- luacheck: ignore
      for _ = 1, 10 do conn:run("INSERT INTO t(a) VALUES (?)", {("x"):rep(65536)}) end
    end)
    assert.equal("full", problem.code)
    assert.matches("free some space", problem.hint)
    assert.equal(3, (conn:first "SELECT count(*) FROM t"))
    assert.equal("ok", (conn:first "PRAGMA integrity_check"))
  end)
end)

describe("backup", function()
  it("copies a store that is in use, and overwrites nothing", function()
    local conn, copy = sample(path()), path()
    local tx <close> = conn:begin()
    tx:commit()
    assert.is_true(conn:backup(copy))
    local other = assert(store.open(copy, {mode = "read"}))
    assert.equal("một", (other:first "SELECT a FROM t"))
    assert.equal("refused", failure(conn.backup, conn, copy).code)
    assert.equal("io", failure(conn.backup, conn, folder .. "/none/x.db").code)
  end)
end)

describe("trace", function()
  it("hears every statement with its values", function()
    local conn, heard = sample(), {}
    conn:trace(function(sql) heard[#heard + 1] = sql end)
    conn:first("SELECT ?", {"hòa"})
    for i in conn:rows "SELECT id FROM t" do if i == 1 then break end end
    conn:trace(nil)
    conn:first "SELECT 3"
    assert.same({"SELECT 'hòa'", "SELECT id FROM t"}, heard)
  end)
end)

describe("SQL functions", function()
  local conn = memory()

  it("hash rows so that no two different rows read alike", function()
    local seen = {}
    for _, values in ipairs {"'t'", "'t', 1", "'t', 1.0", "'t', '1'", "'t', x'31'", "'t', NULL",
        "'t', ''", "'t', x''", "'t', 'ab', 'c'", "'t', 'a', 'bc'", "'u', 1", "'t', 0"} do
      local hash = conn:first("SELECT rowhash(" .. values .. ")")
      assert.equal(32, #hash)
      assert.is_nil(seen[hash], values .. " hashes as " .. tostring(seen[hash]))
      seen[hash] = values
    end
    assert.equal(conn:first "SELECT hex(rowhash('t', 'hòa', 5, NULL))",
      conn:first("SELECT hex(rowhash(?, ?, ?, ?))", {"t", "hòa", 5, store.null}))
  end)

  it("give SHA-256", function()
    local abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert.equal(abc, store.sha256 "abc")
    assert.equal(abc, (conn:first "SELECT sha256('abc')"))
    assert.equal(abc, (conn:first "SELECT sha256(x'616263')"))
    assert.is_nil((conn:first "SELECT sha256(NULL)"))
  end)

  it("fold and match Vietnamese", function()
    assert.same({"hoà bình", "doi ngoai", 1, 0, 1},
      {conn:first [[SELECT vk_fold('Hòa  BÌNH'), vk_bare('Đối ngoại'),
        vk_matches('Chủ động hội nhập', 'HỘI NHẬP'), vk_matches('Chủ động hội nhập', 'ội'),
        vk_matches_bare('Chủ động hội nhập', 'hoi nhap')]]})
    assert.same({}, {(conn:first "SELECT vk_fold(NULL)")})
    assert.matches("not UTF%-8", tostring(failure(conn.first, conn, "SELECT vk_fold(x'ff')")))
  end)

  it("sort as a Vietnamese dictionary does", function()
    local words = {}
    for i, word in conn:rows [[SELECT column1 FROM (VALUES ('đa'), ('dạ'), ('da'), ('ăn'), ('an'),
        ('ân'), ('án'), ('ê'), ('e')) ORDER BY column1 COLLATE VIET]] do
      words[i] = word
    end
    assert.equal("an án ăn ân da dạ đa e ê", table.concat(words, " "))
  end)
end)

describe("memory", function()
  it("goes back when connections close", function()
    collectgarbage()
    collectgarbage()
    local before = store.memory()
    for _ = 1, 20 do
      local conn = sample()
      conn:cursor "SELECT * FROM t"()
      conn:close()
    end
    collectgarbage()
    assert.is_true(store.memory() <= before)
  end)
end)
