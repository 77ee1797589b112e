-- remove: a document goes with all that hangs on it, the facts of the framework stay.

local ingest = require "vankien.corpus.ingest"
local kwic = require "vankien.corpus.kwic"
local program = require "tests.support.program"
local stores = dofile "tests/support/stores.lua"
local sys = require "vankien.host.sys"
local texts = dofile "tests/support/texts.lua"
local write = require "vankien.store.write"

local A = "# title: A\n# issued: 2016-01-02\n\n" ..
  ("Chủ động tham gia các cơ chế đa phương ở khu vực và thế giới. "):rep(4) .. "\n"
local DIRECTIVE = "# number: 25-CT/TW\n# issued: 2018-08-08\n# issuer: Ban Bí thư\n"
  .. "# title: Chỉ thị\n\nNâng tầm đối ngoại đa phương.\n"

local store

before_each(function() store = stores.fresh() end)
after_each(function() stores.drop(store) end)

local function import(files)
  local folder = texts.folder(files)
  local paths = {}
  for name in pairs(files) do paths[#paths + 1] = folder .. "/" .. name end
  table.sort(paths)
  assert(ingest.run(store, paths, {}))
  texts.clear(folder)
end

local function take_out(condition)
  local outcomes = {}
  local session <close> = write.session(store)
  session:together(function()
    for _, row in ipairs(store:collection "documents":where(condition):list()) do
      outcomes[#outcomes + 1] = session:remove(row.id)
    end
  end)
  return outcomes
end

local function rows_of(name)
  return (store.conn:first(("SELECT count(*) FROM %s"):format(name)))
end

local TABLES = { "documents", "originals", "texts", "passages", "tokens", "fingerprints",
  "containments", "indexed_texts", "conversions", "assertions", "relations" }

local function sizes()
  local out = {}
  for _, name in ipairs(TABLES) do out[name] = rows_of(name) end
  return out
end

describe("remove", function()
  it("leaves nothing of an imported document behind", function()
    local before = sizes()
    import { ["a.txt"] = A, ["b.txt"] = A:gsub("title: A", "title: B") .. "\nThêm một câu nữa.\n" }
    assert.is_true(rows_of "containments" > 0)
    local a = store:collection "documents":where { title = "A" }:one()
    store:edit(function(tx)
      tx:insert("relations", { from_id = a.id, relation = "dẫn chiếu", to_id = 1, source = "a.txt",
        level = "imported" })
    end)
    assert.same({ "removed", "removed" }, take_out { kind = "imported" })
    assert.same(before, sizes())
    assert.same({}, store:doctor())
    assert.equal(0, kwic.of(store, "tham gia").total)
  end)

  it("takes the text of a document of the framework, and keeps what is known of it", function()
    import { ["ct25.txt"] = DIRECTIVE }
    local directive = store:collection "directives":get "25-CT/TW"
    local claims = rows_of "assertions"
    assert.is_string(directive.text)
    assert.same({ "text removed" }, take_out { number = "25-CT/TW" })
    directive = store:collection "directives":get "25-CT/TW"
    assert.is_nil(directive.text)
    assert.equal("2018-08-08", directive.issued)
    assert.equal(claims, rows_of "assertions")
    assert.same({}, store:doctor())
    import { ["ct25.txt"] = DIRECTIVE }
    assert.is_string(store:collection "directives":get "25-CT/TW".text)
  end)

  it("removes nothing when a row that may not go refers to one of them", function()
    import { ["a.txt"] = A }
    local a = store:collection "documents":where { title = "A" }:one()
    store:edit(function(tx)
      tx:insert("formulas", { key = "f-a", document_id = a.id, quote = "q", year = 2016,
        evidence = "primary", source = "a.txt", level = "imported" })
    end)
    local before = sizes()
    local ok, problem = pcall(take_out, { kind = "imported" })
    assert.is_false(ok)
    assert.equal("refused", problem.code)
    assert.same(before, sizes())
  end)

  it("asks first, and wants --yes where nobody can answer", function()
    local folder <const> = program.folder()
    local closing <close> = setmetatable({}, { __close = function() program.remove(folder) end })
    program.run({ "--store", "s.db", "import", sys.realpath "examples/excerpts.jsonl" },
      { folder = folder })
    local of_xiv = "congress = 'XIV' and kind = 'imported'"
    local code, _, talk = program.run({ "--store", "s.db", "remove", of_xiv }, { folder = folder })
    assert.equal(3, code)
    assert.truthy(talk:find "Đại hội XIV" and talk:find "%-%-yes")
    code, _, talk = program.run({ "--store", "s.db", "remove", "--yes", of_xiv },
      { folder = folder })
    assert.equal(0, code)
    assert.truthy(talk:find "1 documents removed, 0 lost their text")
    code, _, talk = program.run({ "--store", "s.db", "remove", "--yes", "25-CT/TWW" },
      { folder = folder })
    assert.equal(4, code, talk)
  end)
end)
