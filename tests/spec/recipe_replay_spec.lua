-- A run is recorded, and run again: the same, or which cells changed, because of what.

local content = require "vankien.recipe.content"
local entries = dofile "tests/support/entries.lua"
local fixture = require "vankien.recipe.fixture"
local job = require "vankien.recipe.job"
local json = require "vankien.util.json"
local program = dofile "tests/support/program.lua"
local provenance = require "vankien.recipe.provenance"
local record = require "vankien.recipe.record"
local replay = require "vankien.recipe.replay"
local shelf = require "vankien.recipe.shelf"
local stores = dofile "tests/support/stores.lua"

local function rows(columns, ...)
  local out = {}
  for i, cells in ipairs { ... } do
    out[i] = {}
    for n, name in ipairs(columns) do out[i][name] = cells[n] end
  end
  return record.rows { rows = out, columns = (function()
    local list = {}
    for i, name in ipairs(columns) do list[i] = { name = name } end
    return list
  end)() }
end

local function said(changes)
  local out = {}
  for i, c in ipairs(changes) do
    out[i] = table.concat({ c.change, c.row or "", c.of or "", c.column or "",
      ("%s>%s"):format(c.before, c.now) }, " ")
  end
  return table.concat(out, "; ")
end

describe("replay.changes", function()
  local names = { "period", "n" }
  local before = rows(names, { "X", 1 }, { "XI", 2 }, { "XII", 3 }, { "XIII", 4 })
  local cases = {
    { "nothing", rows(names, { "X", 1 }, { "XI", 2 }, { "XII", 3 }, { "XIII", 4 }), "" },
    { "a cell", rows(names, { "X", 1 }, { "XI", 2 }, { "XII", 5 }, { "XIII", 4 }),
      "cell 3 XII n 3>5" },
    { "a cell that is empty now", rows(names, { "X", 1 }, { "XI" }, { "XII", 3 }, { "XIII", 4 }),
      "cell 2 XI n 2>nil" },
    { "an integer that became a float", rows(names, { "X", 1.0 }, { "XI", 2 }, { "XII", 3 },
      { "XIII", 4 }), "cell 1 X n 1>1.0" },
    { "a row that is gone", rows(names, { "X", 1 }, { "XII", 3 }, { "XIII", 4 }),
      "row gone 2 XI  nil>nil" },
    { "a row that is new", rows(names, { "IX", 9 }, { "X", 1 }, { "XI", 2 }, { "XII", 3 },
      { "XIII", 4 }), "new row 1 IX  nil>nil" },
    { "a cell and a row", rows(names, { "X", 7 }, { "XI", 2 }, { "XII", 3 }),
      "cell 1 X n 1>7; row gone 4 XIII  nil>nil" },
    { "columns", rows({ "period", "count" }, { "X", 1 }, { "XI", 2 }, { "XII", 3 }, { "XIII", 4 }),
      "column gone   n nil>nil; new column   count nil>nil" },
    { "everything", rows(names), "row gone 1 X  nil>nil; row gone 2 XI  nil>nil; "
      .. "row gone 3 XII  nil>nil; row gone 4 XIII  nil>nil" },
  }
  for _, case in ipairs(cases) do
    it("names " .. case[1], function()
      assert.equal(case[3], said(replay.changes(before, case[2])))
    end)
  end

  it("compares what JSON has no word for", function()
    local function one(value) return rows({ "v" }, { value }) end
    local values = { 0 / 0, math.huge, -math.huge, "\xff", { 1, 2 }, { a = 1 }, {}, true, false,
      "1", 1, 1.5 }
    for i, a in ipairs(values) do
      for j, b in ipairs(values) do
        local text = record.text(provenance.of(entries.of {}, {}), { rows = { { v = a } } })
        local read = assert(record.read(text, "f"))
        assert.equal(i == j, #replay.changes(read, one(b)) == 0, i .. " " .. j)
      end
    end
  end)
end)

describe("content", function()
  local store
  before_each(function() store = stores.fresh() end)
  after_each(function() stores.drop(store) end)

  local function different(fn)
    local before = content.of(store)
    store:edit(fn)
    return table.concat(content.differences(before, content.of(store)), "; ")
  end

  it("names the document that changed, is new, is gone", function()
    local key = store.conn:first "SELECT key FROM documents WHERE id = 3"
    assert.equal("document " .. key .. " changed", different(function(tx)
      tx:update("documents", 3, { title = "Khác" })
    end))
    assert.equal("document thu is new", different(function(tx)
      tx:insert("documents", { key = "thu", title = "Thử", kind = "imported", source = "x",
        level = "imported" })
    end))
    local id = store.conn:first "SELECT id FROM documents WHERE key = 'thu'"
    assert.equal("document thu changed", different(function(tx)
      tx:insert("passages", { document_id = id, ordinal = 1, path = "", kind = "paragraph",
        text = "Chủ động.", start = 0, stop = 1, first_unit = 1, syllables = 2, sentences = 1 })
    end))
    assert.equal("document thu is gone", different(function(tx) tx:delete("documents", id) end))
  end)

  it("names the table that changed", function()
    assert.equal("table roles changed", different(function(tx)
      tx:update("roles", 1, { from_year = 1999 })
    end))
  end)

  it("does not know where a file lay, nor which recipes the store carries", function()
    store:edit(function(tx)
      tx:insert("documents", { key = "thu", title = "Thử", kind = "imported", source = "a/b.txt",
        level = "imported" })
    end)
    assert.equal("", different(function(tx)
      local id = tx.conn:first "SELECT id FROM documents WHERE key = 'thu'"
      tx:update("documents", id, { source = "c.txt" })
      tx:insert("recipes", { name = "a", version = "1.0.0", sha256 = "x", text = "x" })
    end))
  end)
end)

describe("record.read", function()
  local made = provenance.of(entries.of {}, { by = "congress", n = 3 })
  local text = record.text(made, { rows = { { a = "x", b = 1 } } })

  it("reads what record.text writes", function()
    local read = assert(record.read(text, "f"))
    assert.same({ "a", "b" }, read.columns)
    assert.same({ "x", 1 }, { read.rows[1][1], read.rows[1][2] })
    assert.equal("congress", read.params.by)
    assert.is_nil(read.store)
    assert.same({}, provenance.differences(made, read))
  end)

  it("refuses what is no whole record, and never raises", function()
    local value = json.decode(text)
    local wrongs = {
      recipe = { 1, {}, { name = "a", version = "1", hash = "x" } }, uses = { 1, { 1 } },
      params = { 1, "x" }, seed = { "1", 1.5 }, program = { 1, {} }, columns = { 1, { 1 } },
      rows = { 1, { 1 }, { { 1 } }, { { 1, 2, 3 } } }, store = { 1, {}, { fingerprint = "x" },
        { fingerprint = "x", documents = { a = 1 }, tables = {} } }, vankien = { "trust", 1 },
      version = { 2, "1" },
    }
    for key, list in pairs(wrongs) do
      for _, wrong in ipairs(list) do
        local kept = value[key]
        value[key] = wrong
        local read, problem = record.read(json.encode(value), "f")
        assert.is_nil(read, key)
        assert.equal("bad_input", problem.code)
        value[key] = kept
      end
    end
    for at = 1, #text - 2, 11 do assert.is_nil((record.read(text:sub(1, at), "f"))) end
    assert.is_nil((record.read("", "f")))
    assert.is_nil((record.read(("["):rep(100000), "f")))
    local before = os.clock()
    local read, problem = record.read("[" .. ("[],"):rep(5000000) .. "1]", "f")
    assert.is_nil(read)
    assert.matches("at most", problem.message, 1, true)
    assert.is_true(os.clock() - before < 2)
  end)
end)

describe("the recipes that come with the program", function()
  local function recorded(entry, params, store)
    local outcome = assert(job.run(entry, params, { store = store,
      permissions = entry.meta.permissions }))
    assert.is_nil(outcome.problem, tostring(outcome.problem))
    local made = provenance.of(entry, outcome.params, store, { seed = outcome.seed })
    return made, outcome.result
  end

  -- What their own tests ask, where an example asks for documents that the fixture has not.
  local asked = {
    ["guide-checklist"] = { document = "98-KH/TW" }, ["quotation-audit"] = { article = "01-BV/TW" },
    ["keyness-of-congresses"] = { length = 2, min = 3 }, ["task-groups-echo"] = {},
    ["principles-coverage"] = { document = "99-CT/TW" },
  }

  for _, entry in ipairs(shelf.list()) do
    if entry.shelf == "program" then
      it("give the same again: " .. entry.name, function()
        fixture.with(entry.meta, function(store)
          local example = entry.meta.examples[1]
          local params = asked[entry.name] or (example and example.params) or {}
          local made, result = recorded(entry, params, store)
          local of = assert(record.read(record.text(made, result), "f"))
          assert.equal(entry.hash, replay.find(of).hash)
          local again, now = recorded(entry, of.params, store)
          local judged = replay.judge(of, again, now)
          assert.same({ "same", {}, {} }, { judged.verdict, judged.changes, judged.because })
        end)
      end)
    end
  end
end)

describe("two people on two machines", function()
  local folder
  setup(function() folder = program.folder() end)
  teardown(function() program.remove(folder) end)

  local recipe = [[
recipe{
  name = "counting", version = "1.0.0", api = 1, title = { vi = "Đếm", en = "Counting" },
  authors = { "An <an@example.org>" }, license = "MIT", uses = { ["rounding"] = ">=1.0.0" },
  params = { { name = "phrase", type = "string", default = "tham gia" } },
}

function run(p, ctx)
  local rows = {}
  for _, d in ipairs(documents:where{ kind = "imported" }:order("key"):list()) do
    rows[#rows + 1] = { document = d.key, n = #kwic(p.phrase, { over = d }).rows }
  end
  return rows
end
]]

  local function person(name, line)
    return program.shell(([[
      export HOME=$PWD/%s XDG_DATA_HOME=$PWD/%s/data XDG_STATE_HOME=$PWD/%s/state
      mkdir -p %s; cd %s
      %s]]):format(name, name, name, name, name, line), { folder = folder })
  end

  local function texts(where, changed)
    for i, congress in ipairs { "X", "XI", "XII" } do
      program.write(("%s/%s-%d.txt"):format(folder, where, i), ("# title: Văn bản %d\n"
        .. "# congress: %s\n# issued: 20%02d-01-01\n\nViệt Nam %s.\n"):format(i, congress, i,
        i == changed and "chủ động tham gia, tích cực tham gia" or "tham gia"))
    end
  end

  it("get the same, and are told which cell and document changed when one does", function()
    program.write(folder .. "/counting.lua", recipe)
    program.write(folder .. "/rounding.lua", entries.text "rounding")
    texts "one"
    local code, out, problems = person("an", [[
      $VANKIEN import ../one-1.txt ../one-2.txt ../one-3.txt >/dev/null || exit
      $VANKIEN recipe install ../rounding.lua >/dev/null || exit
      $VANKIEN recipe run ../counting.lua --record ../run.json --format csv || exit
      $VANKIEN recipe pack ../counting.lua --output ../counting.recipes]])
    assert.equal(0, code, problems)
    assert.matches("document,n\n[^\n]+,1\n[^\n]+,1\n[^\n]+,1\n", out)
    texts "two"
    code, out, problems = person("binh", [[
      $VANKIEN --store other.db import ../two-3.txt ../two-1.txt ../two-2.txt >/dev/null || exit
      $VANKIEN recipe install ../counting.recipes >/dev/null || exit
      rm ../counting.lua ../rounding.lua
      $VANKIEN --store other.db recipe replay ../run.json]])
    assert.same({ 0, "same\n" }, { code, out }, problems)
    texts("two", 2)
    code, out = person("binh", [[
      $VANKIEN --store other.db import ../two-2.txt >/dev/null || exit
      $VANKIEN --store other.db recipe replay ../run.json]])
    assert.equal(5, code)
    assert.matches("^changed\n  because store: document van%-ban%-2%-2002 changed\n", out)
    assert.matches("cell +2 +van%-ban%-2%-2002 +n +1 +2", out)
    assert.is_nil(out:find("because.*because"))
  end)

  it("are told of another recipe, and of a damaged record", function()
    program.write(folder .. "/newer.lua", (recipe:gsub("1%.0%.0", "1.1.0", 1):gsub(
      "n = #kwic", "n = 1 + #kwic")))
    local code, out = person("binh", [[
      $VANKIEN --store other.db recipe replay ../run.json --recipe ../newer.lua --format json]])
    assert.equal(5, code)
    assert.equal("1", json.decode(out)[1].before)
    code, out = person("binh", [[
      $VANKIEN --store other.db recipe replay ../run.json --recipe ../newer.lua]])
    assert.equal(5, code)
    assert.matches("because recipe counting: 1.0.0 %x+ then, 1.1.0 %x+ now", out)
    program.write(folder .. "/half.json", program.read(folder .. "/run.json"):sub(1, 300))
    local problems
    code, out, problems = person("binh", "$VANKIEN recipe replay ../half.json")
    assert.same({ 2, "" }, { code, out })
    assert.matches("half.json: not JSON at byte", problems, 1, true)
  end)
end)
