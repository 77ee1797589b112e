-- The store file: made once and whole, refused when it is not ours, written in transactions.

local embed = require "vankien.host.embed"
local format = require "vankien.store.format"
local host = require "vankien.host.store"
local make = require "vankien.store.make"
local store_module = require "vankien.store"
local stores = dofile "tests/support/stores.lua"
local sys = require "vankien.host.sys"

local raised = dofile "tests/support/raised.lua"

local function count(conn, name)
  return (conn:first("SELECT count(*) FROM " .. name))
end

local function left_over(path)
  local folder, prefix = path:match "^(.*)/([^/]*)$"
  local names = {}
  for _, name in ipairs(sys.listdir(folder)) do
    if name:sub(1, #prefix) == prefix then names[#names + 1] = name:sub(#prefix + 1) end
  end
  return names
end

describe("making a store", function()
  local path
  before_each(function() path = stores.path() end)
  after_each(function() stores.clear(path) end)

  it("fills it, marks it as ours, and leaves one file", function()
    local store <close> = assert(store_module.open(path, { mode = "create" }))
    assert.is_true(store.made)
    assert.equal(format.application_id, (store.conn:first "PRAGMA application_id"))
    assert.equal(format.version(), (store.conn:first "PRAGMA user_version"))
    assert.equal(14, count(store.conn, "congresses"))
    store:close()
    assert.same({ "" }, left_over(path))
  end)

  it("happens once: the second opening finds the first", function()
    local first <close> = assert(store_module.open(path, { mode = "create" }))
    first:edit(function(tx) tx:insert("actors", {
      actor = "Quốc hội", kind = "state body", source = "article", level = "not checked" }) end)
    local second <close> = assert(store_module.open(path, { mode = "create" }))
    assert.is_false(second.made)
    assert.equal(5, count(second.conn, "actors"))
  end)

  it("leaves nothing when a fact is wrong, and says which line", function()
    local read = embed.read
    finally(function() embed.read = read end)
    embed.read = function(name)
      local bytes = read(name)
      if name == "db/facts/roles.tsv" then bytes = bytes:gsub("\t2008\t", "\thai nghìn\t", 1) end
      return bytes
    end
    local problem = raised(store_module.open, path, { mode = "create" })
    assert.equal("bad_input", problem.code)
    assert.equal("db/facts/roles.tsv:2", problem.place)
    assert.is_truthy(problem.message:find("hai nghìn", 1, true))
    assert.same({}, left_over(path))
  end)

  it("says what SQLite refuses with the line of the fact", function()
    local read = embed.read
    finally(function() embed.read = read end)
    embed.read = function(name)
      local bytes = read(name)
      if name == "db/facts/terms.tsv" then
        bytes = bytes:gsub("\tpassive\t0\t", "\tpassive\t9\t", 1)
      end
      return bytes
    end
    local problem = raised(store_module.open, path, { mode = "create" })
    assert.equal("db/facts/terms.tsv:2", problem.place)
  end)

  it("needs the folder of a named store", function()
    local store, problem = store_module.open("/tmp/no-such-folder/x.db", { mode = "create" })
    assert.is_nil(store)
    assert.equal("not_found", problem.code)
  end)

  it("clears away what a killed process left, not what a living one makes", function()
    local living = (".new-%d"):format(1)
    stores.write(path .. ".new-99999999", "x")
    stores.write(path .. ".new-99999999-wal", "x")
    stores.write(path .. living, "x")
    assert(make.store(path))
    assert.same({ "", living }, left_over(path))
  end)

  it("forgets the log of a store that is gone", function()
    stores.write(path .. "-wal", ("x"):rep(4096))
    local store <close> = assert(store_module.open(path, { mode = "create" }))
    assert.equal(14, count(store.conn, "congresses"))
  end)
end)

describe("opening", function()
  local path
  before_each(function() path = stores.path() end)
  after_each(function() stores.clear(path) end)

  local function refuses(code, pattern)
    local store, problem = store_module.open(path)
    assert.is_nil(store)
    assert.equal(code, problem.code)
    assert.is_truthy(problem.message:find(pattern), problem.message)
  end

  it("refuses a file that is not there, unless told to make it", function()
    refuses("not_found", "there is no store")
    assert.same({}, left_over(path))
  end)

  it("refuses an empty file", function()
    stores.write(path, "")
    refuses("not_found", "is empty")
  end)

  it("refuses a text", function()
    stores.write(path, ("Nghị quyết\n"):rep(100))
    refuses("bad_input", "no SQLite file")
  end)

  it("refuses another program's SQLite file, and leaves it as it was", function()
    local conn <close> = assert(host.open(path, { mode = "create" }))
    conn:exec "PRAGMA journal_mode = DELETE; CREATE TABLE t (a)"
    conn:close()
    local file <close> = assert(io.open(path, "rb"))
    local before = file:read "a"
    refuses("bad_input", "not a store of vankien")
    file:seek("set", 0)
    assert.equal(before, file:read "a")
  end)

  it("refuses a folder", function()
    assert(sys.mkdir_private(path))
    refuses("bad_input", "is a folder")
    os.remove(path)
  end)

  it("refuses a link that leads nowhere, and follows one that leads to a store", function()
    assert.is_true(os.execute(("ln -s %s.target %s"):format(path, path)))
    refuses("bad_input", "leads nowhere")
    stores.write(path .. ".target", stores.fresh_bytes())
    local store <close> = assert(store_module.open(path))
    assert.equal(14, count(store.conn, "congresses"))
  end)

  it("brings a store of an older program up to date: its index gathers more", function()
    stores.write(path, stores.fresh_bytes())
    local conn <close> = assert(host.open(path, { mode = "write" }))
    local gathers = "SELECT v FROM search_index_config WHERE k = 'hashsize'"
    local now = conn:first(gathers)
    conn:exec "INSERT INTO search_index(search_index, rank) VALUES ('hashsize', 1048576)"
    conn:exec "PRAGMA user_version = 8"
    conn:close()
    local store <close> = assert(store_module.open(path))
    assert.equal(4194304, now)
    assert.same({ now, format.version() },
      { store.conn:first(gathers), (store.conn:first "PRAGMA user_version") })
  end)

  it("refuses a store of a newer program", function()
    stores.write(path, stores.fresh_bytes())
    local conn <close> = assert(host.open(path, { mode = "write" }))
    conn:exec "PRAGMA user_version = 999"
    conn:close()
    refuses("refused", "newer vankien")
  end)

  it("raises for an option that there is not", function()
    assert.equal("unknown_name", raised(store_module.open, path, { mod = "read" }).code)
    assert.equal("unknown_name", raised(store_module.open, path, { mode = "reed" }).code)
  end)

  it("reads without writing when asked to", function()
    stores.write(path, stores.fresh_bytes())
    local store <close> = assert(store_module.open(path, { mode = "read" }))
    assert.equal(14, count(store.conn, "congresses"))
    raised(store.edit, store, function(tx) tx:delete("actors", 1) end)
    assert.equal(4, count(store.conn, "actors"))
  end)
end)

describe("reading with SQL", function()
  local store
  setup(function() store = stores.fresh() end)
  teardown(function() stores.drop(store) end)

  it("gives rows with columns by name, NULL as nil", function()
    local rows = store:sql("SELECT number, note FROM documents WHERE key = ?", { "kl125-2025" })
    assert.equal("125-KL/TW", rows[1].number)
    local npt = store:sql "SELECT issued FROM documents WHERE key = 'npt'"[1]
    assert.is_nil(npt.issued)
  end)

  it("raises for a column that was not selected", function()
    local row = store:sql "SELECT title FROM documents LIMIT 1"[1]
    local problem = raised(function() return row.titel end)
    assert.equal("unknown_name", problem.code)
    assert.is_truthy(problem.hint:find "title")
    assert.is_truthy(problem.place:find "store_spec")
  end)

  it("takes parameters by name", function()
    local rows = store:sql("SELECT count(*) AS n FROM roles WHERE body LIKE :body",
      { body = "%ILC%" })
    assert.equal(2, rows[1].n)
  end)

  local writing = {
    "DELETE FROM actors", "UPDATE actors SET kind = 'x'", "INSERT INTO actors DEFAULT VALUES",
    "DROP TABLE actors", "PRAGMA user_version = 7", "ATTACH ':memory:' AS other", "BEGIN", "VACUUM",
    "WITH x AS (SELECT 1) DELETE FROM actors RETURNING id", "DELETE FROM actors RETURNING id",
  }
  for _, sql in ipairs(writing) do
    it("refuses " .. sql, function()
      raised(store.sql, store, sql)
      assert.equal(4, count(store.conn, "actors"))
      assert.is_false(store.conn:in_transaction())
    end)
  end

  it("refuses a second statement", function()
    raised(store.sql, store, "SELECT 1; DELETE FROM actors")
    assert.equal(4, count(store.conn, "actors"))
  end)

  it("refuses two columns of one name", function()
    assert.equal("usage", raised(store.sql, store, "SELECT 1 AS a, 2 AS a").code)
  end)

  it("raises for a method that there is not", function()
    local problem = raised(function() return store.edti end)
    assert.is_truthy(problem.hint:find "edit")
  end)
end)

describe("editing", function()
  local store
  before_each(function() store = stores.fresh() end)
  after_each(function() stores.drop(store) end)

  local actor = {
    actor = "Quốc hội", kind = "state body", source = "article", level = "not checked",
  }

  it("keeps what it wrote, and gives back what the function gives", function()
    local id, word = store:edit(function(tx) return tx:insert("actors", actor), "xong" end)
    assert.equal("xong", word)
    assert.equal("Quốc hội", store:sql("SELECT actor FROM actors WHERE id = ?", { id })[1].actor)
    assert.same({}, store:doctor())
  end)

  it("rolls everything back when the function raises", function()
    local problem = { "mine" }
    local ok, got = pcall(store.edit, store, function(tx)
      tx:insert("actors", actor)
      tx:delete("pillars", 1)
      error(problem)
    end)
    assert.is_false(ok)
    assert.equal(problem, got)
    assert.equal(4, count(store.conn, "actors"))
    assert.equal(3, count(store.conn, "pillars"))
    assert.is_false(store.conn:in_transaction())
  end)

  it("rolls back when its coroutine is closed", function()
    local co = coroutine.create(function()
      store:edit(function(tx)
        tx:insert("actors", actor)
        coroutine.yield()
      end)
    end)
    assert(coroutine.resume(co))
    assert(coroutine.close(co))
    assert.equal(4, count(store.conn, "actors"))
  end)

  it("hashes what it changes", function()
    store:edit(function(tx) tx:update("metrics", 1, { value = 500, note = "một con số khác" }) end)
    assert.same({}, store:doctor())
  end)

  it("sets NULL with null", function()
    local id = store:edit(function(tx) return tx:update("pillars", 1, { note = host.null }) end)
    assert.is_nil(store:sql("SELECT note FROM pillars WHERE id = ?", { id })[1].note)
    assert.same({}, store:doctor())
  end)

  it("names the nearest table or column", function()
    local function try(fn) return raised(store.edit, store, fn) end
    assert.is_truthy(try(function(tx) tx:insert("rolse", {}) end).hint:find "roles")
    assert.is_truthy(try(function(tx) tx:insert("actors", { actro = "x" }) end).hint:find "actor")
    assert.is_truthy(try(function(tx) tx:updte("actors", 1, {}) end).hint:find "update")
    assert.equal("refused", try(function(tx) tx:update("actors", 1, { hash = "x" }) end).code)
    assert.equal("not_found", try(function(tx) tx:delete("actors", 99) end).code)
    assert.equal("usage", try(function(tx) tx:delete("actors", "1") end).code)
  end)

  it("refuses an edit inside an edit, and a transaction that has ended", function()
    local kept
    store:edit(function(tx)
      kept = tx
      assert.equal("refused", raised(store.edit, store, function() end).code)
    end)
    assert.equal("refused", raised(kept.insert, kept, "actors", actor).code)
  end)

  it("may write while rows are being read", function()
    local seen = 0
    for _, id in store.conn:rows "SELECT id FROM actors" do
      seen = seen + 1
      if seen == 2 then store:edit(function(tx) tx:insert("actors", actor) end) end
      assert.is_true(id >= 1)
    end
    assert.is_true(seen >= 4)
    assert.equal(5, count(store.conn, "actors"))
  end)

  it("takes the claims of a row away with it", function()
    store:edit(function(tx) tx:delete("pillars", 2) end)
    assert.equal(0, store:sql [[SELECT count(*) AS n FROM assertions
      WHERE subject = 'pillars' AND subject_id = 2]][1].n)
    assert.same({}, store:doctor())
  end)

  it("never overwrites a claim: the one accepted before stays", function()
    local id = store:sql "SELECT id FROM documents WHERE number = '125-KL/TW'"[1].id
    store:edit(function(tx)
      tx:claim("documents", id, "issued", { value = "2025-02-15", source = "guide", accepted = true,
        level = "single source", verdict = "for the test" })
      tx:claim("documents", id, "issued", { value = "2025-02-16", source = "guide" })
    end)
    local row = store:sql("SELECT issued FROM documents WHERE id = ?", { id })[1]
    assert.equal("2025-02-15", row.issued)
    local claims = store:sql([[SELECT value, accepted FROM assertions
      WHERE subject = 'documents' AND subject_id = ? AND field = 'issued' ORDER BY value]], { id })
    assert.same({ "2025-02-14", 0, "2025-02-15", 1, "2025-02-16", 0 }, {
      claims[1].value, claims[1].accepted, claims[2].value, claims[2].accepted,
      claims[3].value, claims[3].accepted })
    assert.same({}, store:doctor())
  end)
end)

describe("the fingerprint", function()
  it("is one for one content, and follows every change", function()
    local one, other = stores.fresh(), stores.fresh()
    finally(function()
      stores.drop(one)
      stores.drop(other)
    end)
    local before = one:fingerprint()
    assert.equal(64, #before)
    assert.equal(before, other:fingerprint())
    local note = one:sql "SELECT note FROM pillars WHERE id = 1"[1].note
    one:edit(function(tx) tx:update("pillars", 1, { note = note .. "." }) end)
    assert.not_equal(before, one:fingerprint())
    one:edit(function(tx) tx:update("pillars", 1, { note = note }) end)
    assert.equal(before, one:fingerprint())
  end)
end)
