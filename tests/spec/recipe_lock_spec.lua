-- What a recipe uses: found, ordered, locked, or said why not.

local depends = require "vankien.recipe.depends"
local entries = dofile "tests/support/entries.lua"
local lock = require "vankien.recipe.lock"
local program = dofile "tests/support/program.lua"
local sys = require "vankien.host.sys"

local folder
before_each(function() folder = program.folder() end)
after_each(function() program.remove(folder) end)

-- "a 1.0.0" or "a 1.0.0: b >=1.0.0, c *" as an entry.
local function entry(text)
  local name, version, uses = text:match "^(%S+) ([^%s:]+):?%s*(.*)$"
  local meta = { name = name, version = version, uses = {} }
  for used, range in (uses .. ","):gmatch "%s*([^%s,]+)%s+([^,]+)," do meta.uses[used] = range end
  return entries.of(meta, text .. "\n")
end

local function resolve(texts, options)
  local all = {}
  for i, text in ipairs(texts) do all[i] = entry(text) end
  options = options or {}
  options.entries = table.move(all, 2, #all, 1, {})
  options.lock = options.lock or folder .. "/vankien.lock"
  return depends.resolve(all[1], options)
end

local function names(order)
  local out = {}
  for i, one in ipairs(order) do out[i] = one.name .. " " .. one.version end
  return table.concat(out, ", ")
end

describe("depends.resolve", function()
  local good = {
    { "nothing for nothing", { "a 1.0.0", "b 1.0.0" }, "" },
    { "one", { "a 1.0.0: b >=1.0.0", "b 1.2.0" }, "b 1.2.0" },
    { "through others, the used first", { "a 1.0.0: b *", "c 1.0.0", "b 1.0.0: c *" },
      "c 1.0.0, b 1.0.0" },
    { "one of a name for all", { "a 1.0.0: b *, c *", "b 1.0.0: d *", "c 1.0.0: d *", "d 1.0.0" },
      "d 1.0.0, b 1.0.0, c 1.0.0" },
    { "the earlier shelf where both fit", { "a 1.0.0: b *", "b 1.0.0", "b 2.0.0" }, "b 1.0.0" },
    { "the later shelf where only that fits", { "a 1.0.0: b >=2.0.0", "b 1.0.0", "b 2.0.0" },
      "b 2.0.0" },
    { "what fits both, though the first came first", { "a 1.0.0: b *, c *", "b 2.0.0", "b 1.0.0",
      "c 1.0.0: b <2.0.0" }, "b 1.0.0, c 1.0.0" },
    { "another version of one that leads into a circle", { "a 1.0.0: b *", "b 2.0.0: a *",
      "b 1.0.0" }, "b 1.0.0" },
  }
  for _, case in ipairs(good) do
    it("finds " .. case[1], function()
      local order, info = resolve(case[2])
      assert.is_truthy(order, tostring(info[1]))
      assert.equal(case[3], names(order))
    end)
  end

  local bad = {
    { "what is nowhere, with the nearest name", "not_found", { "a 1.0.0: countin *",
      "counting 1.0.0" }, "a > countin (*): no shelf has this recipe", "counting" },
    { "a version that is nowhere", "not_found", { "a 1.0.0: b >=2.0.0", "b 1.0.0" },
      "a > b (>=2.0.0): the shelves have 1.0.0 (file)" },
    { "a conflict, with both paths", "ambiguous", { "a 1.0.0: b >=2.0.0, c *", "b 2.0.0",
      "b 1.0.0", "c 1.0.0: b <2.0.0" },
      "conflict over b: a > b (>=2.0.0), but a > c > b (<2.0.0)" },
    { "itself", "bad_input", { "a 1.0.0: a *", "a 1.0.0: a *" }, "in a circle: a > a" },
    { "a circle", "bad_input", { "a 1.0.0: b *", "b 1.0.0: c *", "c 1.0.0: b *" },
      "in a circle: b > c > b" },
    { "a circle that two paths close", "bad_input", { "a 1.0.0: b *, c *", "b 1.0.0: c *",
      "c 1.0.0: b *" }, "in a circle: " },
    { "a range that is none", "not_found", { "a 1.0.0: b ^1.0", "b 1.0.0" }, "a > b (^1.0)" },
  }
  for _, case in ipairs(bad) do
    it("refuses " .. case[1], function()
      local order, errs = resolve(case[3])
      assert.is_nil(order)
      assert.equal(case[2], errs[1].code)
      assert.matches(case[4], errs[1].message, 1, true)
      if case[5] then assert.matches(case[5], errs[1].hint, 1, true) end
      assert.is_nil(sys.stat(folder .. "/vankien.lock"))
    end)
  end

  it("leaves broken files out and says so", function()
    local broken = { name = "b", shelf = "own", broken = "no" }
    local order, errs = depends.resolve(entry "a 1.0.0: b *", { entries = { broken } })
    assert.is_nil(order)
    assert.matches("a broken file", errs[1].message, 1, true)
  end)

  it("gives up on a riddle in less than a second", function()
    local texts = { "a 1.0.0: " }
    for i = 1, 24 do
      texts[1] = texts[1] .. ("p%d *,"):format(i)
      for v = 1, 3 do texts[#texts + 1] = ("p%d %d.0.0: none *"):format(i, v) end
    end
    local before = os.clock()
    local order, errs = resolve(texts)
    assert.is_nil(order)
    assert.is_true(#errs == 1)
    assert.is_true(os.clock() - before < 1)
  end)
end)

describe("the lock", function()
  local before = { "a 1.0.0: b >=1.0.0", "b 1.0.0" }

  it("holds what was found, and says what was not locked", function()
    local _, info = resolve(before)
    assert.same({ "what a uses is noted in " .. folder .. "/vankien.lock" }, info.changed)
    local sections = assert(lock.load(folder .. "/vankien.lock"))
    assert.equal("a", sections[1].name)
    assert.equal("b", sections[1].uses[1].name)
    assert.equal(entry "b 1.0.0".hash, sections[1].uses[1].hash)
    _, info = resolve(before)
    assert.same({}, info.changed)
  end)

  it("is preferred to an earlier shelf", function()
    resolve(before)
    local order = assert(resolve { "a 1.0.0: b >=1.0.0", "b 1.5.0", "b 1.0.0" })
    assert.equal("b 1.0.0", names(order))
  end)

  it("frozen, refuses any difference and says which", function()
    local order, errs = resolve(before, { frozen = true })
    assert.is_nil(order)
    assert.matches("a has not been locked", errs[1].message, 1, true)
    resolve(before)
    assert.is_truthy(resolve(before, { frozen = true }))
    local cases = {
      { { "a 1.0.0: b *", "b 1.0.0" }, { "a: locked 1.0.0" } },
      { { "a 1.0.0: b >=1.0.0", "b 1.0.1" }, { "b: locked 1.0.0", "found 1.0.1" } },
      { { "a 1.0.0: b >=1.0.0", "b 1.0.0: c *", "c 1.0.0" }, { "b: locked", "c: locked nothing" } },
    }
    local kept = program.read(folder .. "/vankien.lock")
    for _, case in ipairs(cases) do
      order, errs = resolve(case[1], { frozen = true })
      assert.is_nil(order)
      local text = ""
      for _, problem in ipairs(errs) do
        assert.equal("refused", problem.code)
        text = text .. problem.message .. "\n"
      end
      for _, part in ipairs(case[2]) do assert.matches(part, text, 1, true) end
    end
    assert.equal(kept, program.read(folder .. "/vankien.lock"))
  end)

  it("keeps the sections of other recipes", function()
    resolve(before)
    resolve { "z 1.0.0: b *", "b 1.0.0" }
    resolve { "a 2.0.0: b *", "b 1.0.0" }
    local sections = assert(lock.load(folder .. "/vankien.lock"))
    assert.same({ "a", "2.0.0", "z", "1.0.0" }, { sections[1].name, sections[1].version,
      sections[2].name, sections[2].version })
  end)

  it("may be written to by a group that shares the folder", function()
    resolve(before)
    os.execute("chmod 664 " .. folder .. "/vankien.lock")
    local _, info = resolve { "z 1.0.0: b *", "b 1.0.0" }
    assert.is_nil(info.problem)
    assert.equal(2, #lock.load(folder .. "/vankien.lock"))
  end)

  it("stands beside a file, and lets the run go on where it cannot", function()
    local of = entry "a 1.0.0: b *"
    of.path = folder .. "/a.lua"
    local order, info = depends.resolve(of, { entries = { entry "b 1.0.0" } })
    assert.equal("b 1.0.0", names(order))
    assert.equal(folder .. "/vankien.lock", info.lock)
    assert.is_truthy(sys.stat(info.lock))
    of.path = "/proc/none/a.lua"
    order, info = depends.resolve(of, { entries = { entry "b 1.0.0" } })
    assert.equal("b 1.0.0", names(order))
    assert.is_truthy(info.problem)
  end)
end)

describe("lock.read", function()
  local hash = ("0123456789abcdef"):rep(4)
  local head, pin = "vankien-lock 1\n", "a 1.0.0 " .. hash .. "\n"

  it("reads what lock.text writes, in an order of its own", function()
    local sections = { { name = "b", version = "1.0.0-rc.1", hash = hash, uses = {
      { name = "z-1", version = "0.0.1", hash = hash },
      { name = "c", version = "1.0.0", hash = hash } } },
      { name = "a", version = "2.0.0", hash = hash, uses = {} } }
    local text = lock.text(sections)
    assert.equal(text, lock.text(assert(lock.read(text, "x"))))
    assert.same({}, lock.read("", "x"))
    assert.same({}, lock.read(head, "x"))
  end)

  local wrong = {
    { "no head", pin, 1 }, { "another head", "vankien-lock 2\n" .. pin, 1 },
    { "no last line end", head .. pin:sub(1, -2), 2 }, { "an empty line", head .. "\n" .. pin, 2 },
    { "a dependency first", head .. "  " .. pin, 2 }, { "a recipe twice", head .. pin .. pin, 3 },
    { "a dependency twice", head .. pin .. "  " .. pin .. "  " .. pin, 4 },
    { "a short hash", head .. "a 1.0.0 " .. hash:sub(2) .. "\n", 2 },
    { "a long hash", head .. "a 1.0.0 " .. hash .. "0\n", 2 },
    { "a capital hash", head .. "a 1.0.0 " .. hash:upper() .. "\n", 2 },
    { "a version that is none", head .. "a 1.0 " .. hash .. "\n", 2 },
    { "a name with a slash", head .. "a/b 1.0.0 " .. hash .. "\n", 2 },
    { "one blank more", head .. "a  1.0.0 " .. hash .. "\n", 2 },
    { "three blanks", head .. pin .. "   " .. pin, 3 }, { "a zero byte", head .. "a\0" .. pin, 2 },
    { "a carriage return", head .. pin:gsub("\n", "\r\n"), 2 },
    { "a long line", head .. ("a"):rep(1000000) .. pin, 2 },
    { "a long file", head .. ("\n"):rep(2000000), 1 },
  }
  for _, case in ipairs(wrong) do
    it("refuses " .. case[1] .. " with the line", function()
      local sections, problem = lock.read(case[2], "f")
      assert.is_nil(sections)
      assert.equal("integrity", problem.code)
      assert.equal("f:" .. case[3], problem.place)
    end)
  end
end)
