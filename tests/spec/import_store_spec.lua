-- A store from somebody else: its documents are taken as they came, through a process of its own;
-- one that is not what its hashes and our schema say is refused, and nothing of it is opened here.

local host = require "vankien.host.store"
local program = require "tests.support.program"
local sys = require "vankien.host.sys"

local excerpts = assert(sys.realpath "examples/excerpts.jsonl")

-- A folder with their store: documents of several kinds.
local function theirs()
  local folder = program.folder()
  program.write(folder .. "/ghi-chep.md", "---\ntitle: Ghi chép\nissued: 2026-03-01\n---\n\n"
    .. "## Mở đầu\n\nViệt Nam **chủ động tham gia** và định hình.\n")
  program.write(folder .. "/bai.txt", "# title: Bài viết\n# issued: 2020-05\n# genre: article\n\n"
    .. "Tích cực tham gia ho\u{300}a bình.\n")
  local code, _, talk = program.run({"--store", "theirs.db", "import", "--yes", excerpts,
    "ghi-chep.md", "bai.txt"}, {folder = folder})
  assert.equal(0, code, talk)
  return folder
end

local function alter(folder, sql)
  local conn <close> = assert(host.open(folder .. "/theirs.db", {mode = "write"}))
  conn:exec(sql)
end

local function import(folder)
  return program.run({"--store", "ours.db", "import", "--yes", "theirs.db"}, {folder = folder})
end

local function left_behind(folder)
  return sys.listdir(folder .. "/vankien") or {}
end

local COUNTS = {"--format", "csv", "--evidence", "0", "--phrase", "tham gia", "--phrase",
  "chủ động tham gia", "--by", "year"}

local function counts(folder, store)
  local _, out = program.run({"--store", store, "shift", table.unpack(COUNTS)}, {folder = folder})
  return out
end

describe("import of somebody else's store", function()
  local folder
  before_each(function() folder = theirs() end)
  after_each(function() program.remove(folder) end)

  it("takes every document with its metadata, read anew from its original", function()
    local code, out, talk = import(folder)
    assert.equal(0, code, talk)
    assert.truthy(out:find "documents read +11")
    assert.equal(counts(folder, "theirs.db"), counts(folder, "ours.db"))
    local _, rows = program.run({"--store", "ours.db", "-e", [[
      local d = documents:where{title = "Bài viết"}:one()
      print(d.issued, d.genre, kwic("tham gia", {over = documents:where{title = d.title}}).total)
    ]]}, {folder = folder})
    assert.equal("2020-05\tarticle\t1\n", rows)
    assert.same({}, left_behind(folder))
    code, out = import(folder)
    assert.equal(0, code)
    assert.truthy(out:find "unchanged +11")
  end)

  it("leaves their file as it was, and needs no right to write beside it", function()
    local before = program.read(folder .. "/theirs.db")
    import(folder)
    assert.equal(before, program.read(folder .. "/theirs.db"))
    assert.is_nil(sys.stat(folder .. "/theirs.db-journal"))
  end)

  local ALTERED = {
    {"a changed word", "UPDATE passages SET text = replace(text, 'Chủ động', 'Bị động')"},
    {"a changed date", "UPDATE documents SET issued = '1999-01-01' WHERE kind = 'imported'"},
    {"a changed original", "UPDATE originals SET bytes = CAST('khác' AS BLOB) WHERE id = 1"},
    {"a view", "CREATE VIEW mine AS SELECT 1"},
    {"a table", "CREATE TABLE mine (x)"},
    {"a trigger", "CREATE TRIGGER t AFTER DELETE ON documents BEGIN DELETE FROM texts; END"},
    {"an index of another kind", "DROP INDEX documents_issued; "
      .. "CREATE INDEX documents_issued ON documents(title)"},
    {"another version", "PRAGMA user_version = 999"},
    {"another program's mark", "PRAGMA application_id = 7"},
  }
  for _, case in ipairs(ALTERED) do
    it("refuses " .. case[1] .. ", and takes nothing", function()
      alter(folder, case[2])
      local code, _, talk = import(folder)
      assert.is_true(code == 5 or code == 3 or code == 2, code .. talk)
      assert.truthy(talk:find("theirs.db", 1, true))
      local _, n = program.run({"--store", "ours.db", "-e", "documents:where{has 'text'}:count()"},
        {folder = folder})
      assert.truthy(n == "0\n" or n == "")
      assert.same({}, left_behind(folder))
    end)
  end

  it("refuses a file that is cut off, a link that leads nowhere, a pipe", function()
    local bytes = program.read(folder .. "/theirs.db")
    program.write(folder .. "/theirs.db", bytes:sub(1, #bytes // 2))
    assert.is_true(import(folder) > 0)
    os.remove(folder .. "/theirs.db")
    os.execute("ln -s nowhere " .. program.quote(folder .. "/theirs.db"))
    assert.is_true(import(folder) > 0)
    os.remove(folder .. "/theirs.db")
    os.execute("mkfifo " .. program.quote(folder .. "/theirs.db"))
    assert.is_true(import(folder) > 0)
    assert.same({}, left_behind(folder))
  end)
end)
