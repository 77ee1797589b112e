-- kwic: windows of tokens and of sentences, the order of lines, samples that can be drawn again.

local ingest = require "vankien.corpus.ingest"
local kwic = require "vankien.corpus.kwic"
local stores = dofile "tests/support/stores.lua"
local texts = dofile "tests/support/texts.lua"

local A = [[
# title: A
# congress: XII
# issued: 2016-01

Câu đầu không có gì. Ta nói: “Chủ động tham gia các cơ chế.” Rồi tích cực tham gia ASEAN! Hết.

Tham gia
]]

local B = [[
# title: B
# congress: XIII
# issued: 2021-01

Đã tham gia ban đầu; và đã tham gia bàn bạc. Không tham gia: đã tham gia Á-Âu.
]]

local store

setup(function()
  store = stores.fresh()
  local folder = texts.folder { ["a.txt"] = A, ["b.txt"] = B }
  assert(ingest.run(store, { folder .. "/a.txt", folder .. "/b.txt" }, {}))
  texts.clear(folder)
end)

teardown(function() stores.drop(store) end)

local function column(rows, field)
  local list = {}
  for i, row in ipairs(rows) do list[i] = row[field] end
  return list
end

local function places(rows)
  local list = {}
  for i, row in ipairs(rows) do list[i] = row.title .. row.start end
  return list
end

local function refusal(options)
  local ok, problem = pcall(kwic.of, store, "tham gia", options)
  assert.is_false(ok)
  return problem
end

describe("kwic", function()
  it("reads no further than its lines go when nobody asks for the total", function()
    local all = kwic.of(store, "tham gia")
    for limit = 1, #all.rows do
      local some = kwic.of(store, "tham gia", { limit = limit, total = false })
      assert.same({ table.unpack(places(all.rows), 1, limit) }, places(some.rows))
      -- the last text was read, or what is beyond the lines is not known
      assert.is_true(some.total == all.total or some.total == nil)
      assert.equal(some.total == limit and 0 or 1, #some.notes)
    end
    local first = kwic.of(store, "tham gia", { limit = 1, total = false })
    assert.is_nil(first.total)
    assert.same({ "the first 1 shown; places beyond are not counted" }, first.notes)
    assert.equal(all.total, kwic.of(store, "tham gia", { limit = 1 }).total)
    assert.equal("usage", refusal({ total = false, sample = 2 }).code)
  end)

  it("shows the same words whether tokens are cut here or in the host", function()
    local rows = kwic.of(store, "tham gia", { window = 2 }).rows
    assert.same({ "… Chủ động ", "… tích cực ", "", "Đã ", "… và đã ", "… . Không ", "… : đã " },
      column(rows, "left"))
  end)

  it("shows whole sentences, and not the mark that closes the one before", function()
    local rows = kwic.of(store, "tham gia", { window = "sentence" }).rows
    assert.same({ "Ta nói: “Chủ động ", "Rồi tích cực ", "", "Đã ",
      "Đã tham gia ban đầu; và đã ", "Không ", "Không tham gia: đã " }, column(rows, "left"))
    assert.same({ " các cơ chế.”", " ASEAN!", "" }, { rows[1].right, rows[2].right, rows[3].right })
    assert.equal(" bàn bạc.", rows[5].right)
  end)

  it("sorts by the words on the right, in the order of the alphabet", function()
    local rows = kwic.of(store, "tham gia", { sort = "right" }).rows
    assert.same({ "", " Á-Âu.", " ASEAN! Hết.", " ban đầu; và đã tham gia bàn …",
      " bàn bạc. Không tham gia: đã …", " các cơ chế.” Rồi tích cực …", ": đã tham gia Á-Âu." },
      column(rows, "right"))
  end)

  it("sorts by the words on the left, the nearest first", function()
    local rows = kwic.of(store, "tham gia", { sort = "left", window = 3 }).rows
    local nearest = {}
    for i, row in ipairs(rows) do nearest[i] = row.left:match "(%S*)%s*$" end
    assert.same({ "", "cực", "Đã", "đã", "đã", "động", "Không" }, nearest)
  end)

  it("orders by date without a wish, and when asked", function()
    assert.same(places(kwic.of(store, "tham gia").rows),
      places(kwic.of(store, "tham gia", { sort = "date" }).rows))
  end)

  it("draws the same lines for one seed, in order, each place as likely", function()
    local met = {}
    for seed = 1, 300 do
      local drawn = kwic.of(store, { "tham gia", "đã tham gia" }, { sample = 3, seed = seed })
      assert.equal(3, #drawn.rows)
      assert.equal(10, drawn.total)
      for _, row in ipairs(drawn.rows) do
        local key = row.title .. row.start .. row.phrase
        met[key] = (met[key] or 0) + 1
      end
    end
    local n = 0
    for _, times in pairs(met) do
      n = n + 1
      assert.is_true(times > 60 and times < 120, tostring(times))   -- 90 expected, 3.8 deviations
    end
    assert.equal(10, n)
    local options = { sample = 4, seed = 5 }
    assert.same(kwic.of(store, "tham gia", options).rows, kwic.of(store, "tham gia", options).rows)
  end)

  it("draws all where there are no more, and says what it drew", function()
    local all, drawn = kwic.of(store, "tham gia"), kwic.of(store, "tham gia", { sample = 100 })
    assert.same(all.rows, drawn.rows)
    assert.same({}, drawn.notes)
    assert.equal("2 of 7 places drawn at random, seed 9",
      kwic.of(store, "tham gia", { sample = 2, seed = 9 }).notes[1])
    assert.equal(0, #kwic.of(store, "vắng mặt", { sample = 2 }).rows)
  end)

  it("refuses what is no option, with the nearest name", function()
    assert.matches("sample", refusal { smaple = 3 }.hint)
    assert.matches("right", refusal { sort = "rihgt" }.hint)
    assert.matches("sentence", refusal { window = "sentense" }.hint)
    for _, options in ipairs { { window = 0 }, { window = 1.5 }, { sample = 0 }, { limit = 0 },
      { sample = 1, seed = "x" }, { sort = 3 }, { sample = 0 / 0 } } do
      assert.equal("bad_input", refusal(options).code)
    end
    assert.equal("usage", refusal { sample = 2, limit = 3 }.code)
    assert.equal("usage", refusal { seed = 2 }.code)
  end)
end)

describe("a line", function()
  it("leads to its passage, its document with the whole text, and its citation", function()
    local line = kwic.of(store, "tích cực tham gia", {}).rows[1]
    assert.equal("A", line:row().title)
    assert.truthy(line:row().text:find("Câu đầu không có gì", 1, true))
    assert.truthy(line:whole().text:find("Rồi tích cực tham gia ASEAN!", 1, true))
    assert.equal(("A, 2016-01, bytes %d-%d"):format(line.start, line.stop), line:cite())
    assert.equal("tích cực tham gia", line:row().original:sub(line.start + 1, line.stop))
  end)

  it("names the nearest of its fields", function()
    local ok, problem = pcall(function() return kwic.of(store, "tham gia", {}).rows[1].documnt end)
    assert.is_false(ok)
    assert.equal('did you mean "document"?', problem.hint)
    assert.is_nil(kwic.of(store, "tham gia", {}).rows[1].inside)
  end)
end)
