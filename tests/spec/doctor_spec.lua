-- The doctor: any altered value is found, in any column of any table of evidence.

local hashes = require "vankien.store.doctor_hashes"
local host = require "vankien.host.store"
local schema = require "vankien.store.schema"
local store_module = require "vankien.store"
local stores = dofile "tests/support/stores.lua"

local quoted = schema.quoted

-- One imported document, so that the tables of texts have rows.
local function add_text(tx)
  local original = "Chủ động tham gia.\n\nTích cực  tham gia.\n"
  local id = tx:insert("documents", {
    key = "thu", title = "Văn bản thử", kind = "imported", source = "thu.txt", level = "imported" })
  local from = tx:insert("originals", {
    document_id = id, locator = "thu.txt", sha256 = host.sha256(original),
    bytes = host.blob(original) })
  tx:insert("conversions", { original_id = from, encoding = "TCVN3", tool = "thu 1.0: -x",
    file_bytes = 40, file_sha256 = host.sha256 "thu" })
  tx:insert("texts", { document_id = id, original_id = from, passages = 2, syllables = 8,
    sentences = 2, repairs = "{}" })
  local function passage(n, text, start, stop, map)
    tx:insert("passages", { document_id = id, ordinal = n, path = "", kind = "paragraph",
      text = text, start = start, stop = stop, map = map, first_unit = 5 * n - 4,
      syllables = 4, sentences = 1 })
  end
  local second = original:find("Tích", 1, true) - 1
  passage(1, "Chủ động tham gia.", 0, #"Chủ động tham gia.")
  passage(2, "Tích cực tham gia.", second, second + #"Tích cực  tham gia.", host.blob "x")
  tx:insert("tokens", { document_id = id, units = host.blob(("\2\0"):rep(12)) })
  tx:insert("types", { id = 2, form = "chủ", kind = "syllable" })
  tx:insert("sources", { key = "import-thu", title = "thu.txt", kind = "imported" })
  tx:insert("unresolved_citations", { document_id = id, verdict = "unresolved",
    text = "Nghị quyết 7", n = 1, form = "short", number = "07", section = "", start = 0,
    stop = 5, wording = "Chủ", source = "import-thu", level = "proposed" })
  tx:insert("containments", { inner_id = id, outer_id = 1, share = 0.5 })
  tx:insert("repairs", { document_id = id, kind = "split_syllable", start = 0, stop = 5,
    before = "Ch ủ", after = "Chủ" })
  tx:insert("recipes", { name = "thu", version = "1.0.0", sha256 = host.sha256 "x", text = "x" })
end

local function with_text()
  local store = stores.fresh()
  store:edit(add_text)
  return store
end

local function messages(findings)
  local out = {}
  for i, finding in ipairs(findings) do
    out[i] = ("%s %s %s: %s"):format(
      finding.check, finding.table, tostring(finding.id), finding.message)
  end
  return table.concat(out, "\n")
end

-- SQL for another value of the column.
local function other_value(column)
  local name = quoted(column.name)
  if column.type == "INTEGER" then return ("ifnull(%s, 0) + 1000003"):format(name) end
  if column.type == "REAL" then return ("%s + 0.25"):format(name) end
  if column.type == "BLOB" then return "x'00'" end
  return ("CASE WHEN %s IS NULL THEN 'x' ELSE substr(%s, 2) || 'ệ' END"):format(name, name)
end

describe("a sound store", function()
  it("has no findings, empty or with a text", function()
    local store = stores.fresh()
    finally(function() stores.drop(store) end)
    assert.equal("", messages(store:doctor()))
    store:edit(add_text)
    assert.equal("", messages(store:doctor()))
    assert.equal("", messages(store:doctor { quick = true }))
  end)
end)

describe("a hash", function()
  local store
  setup(function() store = with_text() end)
  teardown(function() stores.drop(store) end)

  local function found_after(name, sql)
    local conn = store.conn
    local _ <close> = conn:begin()
    conn:exec "PRAGMA defer_foreign_keys = ON; PRAGMA ignore_check_constraints = ON"
    local changed = conn:run(sql)
    conn:exec "PRAGMA ignore_check_constraints = OFF"
    assert.is_true(changed > 0, sql)
    local n = 0
    hashes.check(conn, function(check, where)
      if check == "hash" and where == name then n = n + 1 end
    end)
    return n, changed
  end

  it("catches another value in every column of every table of evidence", function()
    local tried = 0
    for _, name in ipairs(schema.evidence(store.conn)) do
      local columns = schema.columns(store.conn, name)
      for _, column_name in ipairs(schema.hashed(store.conn, name)) do
        local key = columns[1].name
        local sql = "UPDATE %s SET %s = %s WHERE %s = (SELECT %s FROM %s LIMIT 1)"
        local n, changed = found_after(name, sql:format(
          quoted(name), quoted(column_name), other_value(columns[column_name]),
          quoted(key), quoted(key), quoted(name)))
        assert.equal(changed, n, name .. "." .. column_name)
        tried = tried + 1
      end
    end
    assert.is_true(tried > 200, tried .. " columns")
  end)

  it("catches a hash that is altered, or taken from another row", function()
    assert.equal(1, (found_after("roles", "UPDATE roles SET hash = zeroblob(32) WHERE id = 3")))
    assert.equal(2, (found_after("roles", [[UPDATE roles SET hash =
      (SELECT o.hash FROM roles o WHERE o.id = 9) WHERE id IN (2, 3)]])))
  end)

  it("catches a value that moves from one column to the next", function()
    assert.equal(1, (found_after("documents", [[UPDATE documents SET
      kind = substr(title, -1) || kind,
      title = substr(title, 1, length(title) - 1) WHERE id = 1]])))
  end)

  it("tells a number from its digits, and NULL from nothing", function()
    assert.equal(1, (found_after("roles",
      "UPDATE roles SET occurrence = '' WHERE occurrence IS NULL AND id = 8")))
  end)

  it("says what was altered in a fact that was shipped", function()
    local _ <close> = store.conn:begin()
    store.conn:run "UPDATE roles SET from_year = 2009 WHERE id = 1"
    local findings = store:doctor()
    assert.is_truthy(messages(findings):find('hash roles 1: .*from_year is "2009", .*has "2008"'))
  end)
end)

describe("the doctor", function()
  local store
  before_each(function() store = with_text() end)
  after_each(function() stores.drop(store) end)

  local cases = {
    { "a claim on a row that is gone", "claim assertions",
      "UPDATE assertions SET subject_id = 4711 WHERE id = 1" },
    { "a claim on a table that is not there", "speaks of a table",
      "UPDATE assertions SET subject = 'rolse' WHERE id = 1" },
    { "a claim on a field that is not there", "speaks of congresses.openned",
      "UPDATE assertions SET field = 'openned' WHERE id = 1" },
    { "a claim without a known source", 'did you mean "article"',
      "UPDATE assertions SET source = 'artcle' WHERE id = 1" },
    { "a row without a source", "it names no source",
      "UPDATE roles SET source = '' WHERE id = 1" },
    { "an unknown level", "level roles 1",
      "UPDATE roles SET level = 'sure' WHERE id = 1" },
    { "an accepted claim that contradicts its row", "is accepted and says issued",
      "UPDATE documents SET issued = '2025-01-20' WHERE number = '59-NQ/TW'" },
    { "an accepted claim on an attribute", "is accepted and says task_groups",
      "UPDATE documents SET attributes = '{\"task_groups\":7}' WHERE number = '25-CT/TW'" },
    { "two rows that say the same", "duplicate roles",
      "UPDATE roles SET role = 'Thành viên', body = 'ILC', from_year = 2000 WHERE id IN (1, 2)" },
    { "two documents of one number, term and date", "duplicate documents",
      "UPDATE documents SET number = '18-NQ/TW' WHERE number = '19-NQ/TW'" },
    { "an original that was altered", "original originals",
      "UPDATE originals SET bytes = CAST(CAST(bytes AS TEXT) || '!' AS BLOB)" },
    { "a passage that does not stand in the original", "passage passages",
      "UPDATE passages SET text = 'Chủ động tham dự.' WHERE ordinal = 1" },
    { "a mapped passage that does not stand in the original", "passage passages",
      "UPDATE passages SET text = 'Tích cực tham dự.' WHERE ordinal = 2" },
    { "a passage out of its original", "it stands at",
      "UPDATE passages SET stop = 10000 WHERE ordinal = 2" },
    { "sizes that do not add up", "syllables is 9, its passages make 8",
      "UPDATE texts SET syllables = 9" },
    { "a text without tokens", "it has no tokens", "DELETE FROM tokens" },
    { "a passage beyond its tokens", "it begins at unit 99 of 12",
      "UPDATE passages SET first_unit = 99 WHERE ordinal = 1" },
    { "attributes that are no JSON", "json documents",
      "UPDATE documents SET attributes = '{x}' WHERE id = 1" },
  }
  for _, case in ipairs(cases) do
    it("finds " .. case[1], function()
      assert.is_true(store.conn:run(case[3]) > 0)
      local found = messages(store:doctor())
      assert.is_truthy(found:find(case[2], 1, true), found)
    end)
  end

  it("finds a reference to a row that is gone", function()
    store.conn:exec "PRAGMA foreign_keys = OFF; DELETE FROM documents WHERE number = '25-CT/TW'"
    assert.is_truthy(messages(store:doctor { quick = true }):find "refers to a row of documents")
  end)

  local schemas = {
    { "CREATE VIEW v AS SELECT 1", "schema v .*view is none of ours" },
    { "CREATE TRIGGER t AFTER INSERT ON actors BEGIN DELETE FROM roles; END",
      "schema t .*trigger is none of ours" },
    { "DROP INDEX documents_number", "schema documents_number .*index is missing" },
    { "DROP INDEX documents_issued; CREATE INDEX documents_issued ON documents(title)",
      "schema documents_issued .*another way" },
    { "ALTER TABLE roles ADD COLUMN more TEXT", "schema roles .*another way" },
  }
  for _, case in ipairs(schemas) do
    it("finds " .. case[1], function()
      store.conn:exec(case[1])
      local found = messages(store:doctor { quick = true })
      assert.is_truthy(found:find(case[2]), found)
    end)
  end

  it("lets a table of somebody's own be", function()
    store.conn:exec "CREATE TABLE mine (a)"
    assert.equal("", messages(store:doctor()))
  end)

  it("says how many when there are many", function()
    store.conn:exec "UPDATE assertions SET level = 'sure'"
    local findings = store:doctor()
    assert.is_truthy(messages(findings):find "level assertions false: %d+ more of this kind")
  end)
end)

-- All content, independent of how it lies in the file.
local function content(conn)
  local parts = {}
  for _, name in ipairs(schema.evidence(conn)) do
    local columns = {}
    for i, column in ipairs(schema.columns(conn, name)) do columns[i] = quoted(column.name) end
    local list = table.concat(columns, ", ")
    for _, hash in conn:rows(("SELECT rowhash('', %s) FROM %s"):format(list, quoted(name))) do
      parts[#parts + 1] = hash
    end
  end
  return host.sha256(table.concat(parts))
end

local function noticed(path, before)
  local ok, problem = pcall(function()
    local store <close> = assert(store_module.open(path, { mode = "read" }))
    if #store:doctor() > 0 then return "found" end
    return content(store.conn) == before and "same" or "missed"
  end)
  return ok and problem or "found"
end

describe("a flipped bit anywhere in the file", function()
  it("is found when it changes content", function()
    local store = with_text()
    local path, before = store:path(), content(store.conn)
    store:close()
    finally(function() stores.clear(path) end)
    local file <close> = assert(io.open(path, "rb"))
    local bytes = file:read "a"
    local state, outcome = 20250124, { found = 0, same = 0, missed = 0 }
    for _ = 1, tonumber(os.getenv "VANKIEN_FLIPS") or 40 do
      state = (state * 6364136223846793005 + 1442695040888963407)
      local at = (state >> 33) % #bytes + 1
      local byte = bytes:byte(at) ~ (1 << ((state >> 29) & 7))
      stores.write(path, bytes:sub(1, at - 1) .. string.char(byte) .. bytes:sub(at + 1))
      local result = noticed(path, before)
      outcome[result] = outcome[result] + 1
    end
    assert.equal(0, outcome.missed)
  end)
end)
