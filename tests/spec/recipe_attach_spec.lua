-- Recipes that a store carries: their text, under a hash, and no trust with it.

local attached = require "vankien.recipe.attached"
local entries = dofile "tests/support/entries.lua"
local host = require "vankien.host.store"
local program = dofile "tests/support/program.lua"
local raised = dofile "tests/support/raised.lua"
local shelf = require "vankien.recipe.shelf"
local store_module = require "vankien"
local stores = dofile "tests/support/stores.lua"
local sys = require "vankien.host.sys"

local store
before_each(function() store = stores.fresh() end)
after_each(function() stores.drop(store) end)

local function entry(name, options)
  return shelf.entry(name .. ".lua", entries.text(name, options), "file")
end

local function hashes(given)
  local out = {}
  for i, one in ipairs(attached.list(given or store)) do out[i] = one.name .. " " .. one.hash end
  return table.concat(out, ", ")
end

describe("a store", function()
  it("carries recipes, by name, as they are", function()
    local b, a = entry "b", entry "a"
    a.signature = "a signature"
    assert.equal("attached", attached.attach(store, b))
    assert.equal("attached", attached.attach(store, a))
    assert.equal("unchanged", attached.attach(store, a))
    local list = attached.list(store)
    assert.same({ "a", "store", a.bytes, a.hash, "1.0.0", "a signature" }, { list[1].name,
      list[1].shelf, list[1].bytes, list[1].hash, list[1].version, list[1].signature })
    assert.equal("b", list[2].name)
    assert.equal(store:path() .. "#b", list[2].path)
    assert.same({}, store:doctor())
  end)

  it("is a shelf of its own", function()
    attached.attach(store, entry "only-here")
    assert.equal("store", shelf.find("only-here", { store = store }).shelf)
    assert.is_nil((shelf.find "only-here"))
  end)

  it("takes another text under the same name only when told to", function()
    attached.attach(store, entry "a")
    local newer = entry("a", { version = "2.0.0" })
    local done, problem = attached.attach(store, newer)
    assert.is_nil(done)
    assert.equal("refused", problem.code)
    assert.matches("version 1.0.0", problem.message, 1, true)
    assert.equal("replaced", attached.attach(store, newer, { replace = true }))
    assert.equal("2.0.0", attached.list(store)[1].version)
    assert.same({}, store:doctor())
  end)

  it("gives a recipe up, and names the nearest for one it has not", function()
    attached.attach(store, entry "counting")
    local ok, problem = attached.detach(store, "countin")
    assert.is_nil(ok)
    assert.equal("not_found", problem.code)
    assert.matches("counting", problem.hint, 1, true)
    assert.is_true(attached.detach(store, "counting"))
    assert.same({}, attached.list(store))
  end)

  it("takes nothing broken, and nothing that is no UTF-8", function()
    assert.is_nil((attached.attach(store, shelf.entry("x.lua", "rubbish", "file"))))
    local bytes = entry "a"
    bytes.bytes = bytes.bytes .. "-- \xff"
    assert.equal("bad_input", select(2, attached.attach(store, bytes)).code)
  end)

  it("is not written to when it was opened for reading", function()
    local reader <close> = assert(store_module.open(store:path(), { mode = "read" }))
    raised(attached.attach, reader, entry "a")
    assert.equal("", hashes())
  end)
end)

describe("an altered recipe in a store", function()
  local function alter(sql, ...)
    attached.attach(store, entry "a")
    store.conn:run(sql, { ... })
    return attached.list(store)[1]
  end

  it("is broken in the list, and found by the doctor", function()
    local found = alter("UPDATE recipes SET text = text || ?", "-- more\n")
    assert.equal("integrity", found.broken.code)
    assert.is_nil(found.meta)
    local findings = store:doctor()
    assert.same({ "hash", "recipes" }, { findings[1].check, findings[1].table })
  end)

  it("is broken also when its hash was altered with it", function()
    local text = entries.text "b"
    local found = alter("UPDATE recipes SET text = ?, sha256 = ?", text, host.sha256(text))
    assert.equal("integrity", found.broken.code)
    assert.equal("hash", store:doctor()[1].check)
  end)
end)

describe("attach under kill -9", function()
  it("leaves the recipe or none, whole, and what was said to be done is done", function()
    local folder = program.folder()
    finally(function() program.remove(folder) end)
    stores.write(folder .. "/s.db", stores.fresh_bytes())
    program.write(folder .. "/loop.lua", ([[
      local attached = require "vankien.recipe.attached"
      local entries = dofile "%s/tests/support/entries.lua"
      local shelf = require "vankien.recipe.shelf"
      local store = assert(require "vankien".open("s.db"))
      for i = tonumber(arg[1]), math.huge do
        local name = "r" .. i
        assert(attached.attach(store, shelf.entry(name, entries.text(name), "file")))
        io.stdout:write(name, "\n") io.stdout:flush()
      end]]):format(assert(sys.realpath ".")))
    for i = 1, 20 do
      local _, out = program.shell(([[$VANKIEN run loop.lua %d > said & job=$!
        sleep %.3f; kill -9 $job; wait $job 2>/dev/null; cat said]]):format(i * 1000000,
        0.03 + i * 0.006), { folder = folder })
      local after <close> = assert(store_module.open(folder .. "/s.db"))
      local there = {}
      for _, one in ipairs(attached.list(after)) do
        assert.is_nil(one.broken)
        there[one.name] = true
      end
      for name in out:gmatch "[^\n]+" do assert.is_true(there[name], name) end
      assert.equal("attached", attached.attach(after, entry("after" .. i)))
    end
    local after <close> = assert(store_module.open(folder .. "/s.db"))
    assert.same({}, after:doctor())
  end)
end)
