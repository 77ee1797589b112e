-- Trust: by content, never by one key, and nothing of it is lost or half written.

local consent = require "vankien.recipe.consent"
local entries = dofile "tests/support/entries.lua"
local program = dofile "tests/support/program.lua"
local sys = require "vankien.host.sys"
local trust = require "vankien.recipe.trust"
local verdicts = require "vankien.recipe.verdicts"

local folder, getenv

before_each(function()
  folder = program.folder()
  getenv = os.getenv
  os.getenv = function(name)                              -- luacheck: ignore 122
    return name == "XDG_STATE_HOME" and folder or getenv(name)
  end
end)
after_each(function()
  os.getenv = getenv                                      -- luacheck: ignore 122
  program.remove(folder)
end)

-- A console that answers from a list, and keeps what it was told.
local function console(...)
  local answers, said, n = { ... }, {}, 0
  return {
    say = function(text) said[#said + 1] = text end,
    show = function(text) said[#said + 1] = text end,
    ask = function()
      n = n + 1
      return answers[n]
    end,
    said = function() return table.concat(said, "\n") end,
    asked = function() return n end,
  }
end

local greedy = { permissions = { write = { "relations" }, seconds = 60 } }
local function wants_more(body) return entries.of({ name = "greedy",
  permissions = greedy.permissions }, body) end

describe("trust.status", function()
  it("knows the text, whatever its name and place", function()
    local entry = entries.of { name = "a" }
    assert.equal("unknown", (trust.status(entry)))
    assert(trust.set(entry, "trusted"))
    assert.equal("trusted", (trust.status(entry)))
    entry.path = "/somewhere/else.lua"
    assert.equal("trusted", (trust.status(entry)))
    assert.equal("unknown", (trust.status(entries.of { name = "b" })))
  end)

  it("asks again when one byte changed, and has the text of before", function()
    assert(trust.set(entries.of({ name = "a" }, "old\n"), "trusted"))
    local status, record = trust.status(entries.of({ name = "a" }, "new\n"))
    assert.equal("changed", status)
    assert.equal("old\n", trust.text(record))
  end)

  it("asks again when the same text comes to want something else", function()
    local entry = entries.of({ name = "a" }, "same\n")
    assert(trust.set(entry, "trusted"))
    entry.meta.permissions = { seconds = 11 }
    assert.equal("changed", (trust.status(entry)))
  end)

  it("says of a file of one's own that it is, until it wants more", function()
    local path = folder .. "/own.lua"
    program.write(path, "x")
    local entry = entries.of({ path = path }, "one\n")
    assert(trust.set(entry, "yours"))
    assert.equal("yours", (trust.status(entries.of({ path = path }, "two\n"))))
    local more = entries.of({ path = path, permissions = { seconds = 60 } }, "three\n")
    assert.equal("changed", (trust.status(more)))
    assert.equal("refused", select(2, trust.set(entries.of {}, "yours")).code)
  end)

  it("takes what comes with the program as it is, and nothing that is broken", function()
    local entry = wants_more()
    entry.shelf = "program"
    assert.equal("program", (trust.status(entry)))
    local status, problem = trust.status { broken = "so and so" }
    assert.is_nil(status)
    assert.equal("so and so", problem)
  end)

  it("is the same for many at once", function()
    local own = folder .. "/own.lua"
    program.write(own, "x")
    local all = { entries.of({ name = "a" }, "a"), entries.of({ name = "b" }, "b"),
      entries.of({ name = "c" }, "c"), entries.of({ name = "d", path = own }, "d") }
    assert(trust.set(all[1], "trusted"))
    assert(trust.set(all[2], "denied"))
    assert(trust.set(all[4], "yours"))
    all[5], all[6] = entries.of({ name = "a" }, "new"), entries.of({ name = "d", path = own }, "e")
    local statuses = assert(trust.statuses(all))
    for i, entry in ipairs(all) do assert.equal((trust.status(entry)), statuses[i]) end
    assert.same({ "trusted", "denied", "unknown", "yours", "changed", "yours" }, statuses)
    assert.same({ false }, trust.statuses { { broken = "so" } })
  end)

  it("forgets", function()
    local entry = entries.of {}
    assert(trust.set(entry, "denied"))
    assert(trust.set(entry, "forgotten"))
    assert.equal("unknown", (trust.status(entry)))
    assert.same({}, trust.list())
  end)
end)

describe("trust.consent without a terminal", function()
  it("gives the default, or less where less is declared", function()
    local verdict = assert(trust.consent(entries.of { permissions = { seconds = 3 } }))
    assert.equal(3, verdict.permissions.seconds)
    assert.equal(256, verdict.permissions.memory_mb)
    assert.is_nil(verdict.permissions.write)
    assert.equal("unknown", verdict.status)
  end)

  it("refuses more than the default, and says how to trust", function()
    local entry = wants_more()
    local verdict, problem = trust.consent(entry)
    assert.is_nil(verdict)
    assert.equal("refused", problem.code)
    assert.matches("propose rows for relations; 60 s", problem.message, 1, true)
    assert.matches("vankien recipe trust .*greedy.* " .. entry.hash:sub(1, 8), problem.hint)
    assert(trust.set(entry, "trusted"))
    assert.same({ "relations" }, trust.consent(entry).permissions.write)
  end)

  it("never runs what was denied, nor what came after it, nor what uses it", function()
    local entry = entries.of({ name = "bad" }, "one\n")
    assert(trust.set(entry, "denied"))
    assert.equal("refused", select(2, trust.consent(entry)).code)
    assert.equal("refused", select(2, trust.consent(entries.of({ name = "bad" }, "two\n"))).code)
    assert.equal("refused", select(2, trust.consent(entries.of {}, { depends = { entry } })).code)
    assert(trust.set(entry, "trusted"))
    assert.is_truthy(trust.consent(entry))
  end)
end)

describe("trust.consent at a terminal", function()
  local function ask(entry, ...)
    local on = console(...)
    local verdict, problem = trust.consent(entry, { terminal = on })
    return verdict, problem, on
  end

  it("shows author, permissions and hash", function()
    local entry = wants_more()
    local _, _, on = ask(entry, "cancel")
    for _, part in ipairs { "Người thử <thu@example.org>", entry.hash, "60 s",
      "more than the default: propose rows for relations" } do
      assert.matches(part, on.said(), 1, true)
    end
  end)

  it("shows what it uses, by hash", function()
    local used = entries.of { name = "helper" }
    local on = console "cancel"
    trust.consent(entries.of {}, { terminal = on, depends = { used } })
    assert.matches("helper 1.0.0 " .. used.hash:sub(1, 8), on.said(), 1, true)
  end)

  it("takes no single key, and no part of an answer, for yes", function()
    local keys = { "", "y", "Y", "yes", "o", "1", "t", "trust", "trust 0", "once now", "ONCE" }
    for _, key in ipairs(keys) do
      local verdict, problem = ask(entries.of {}, key, "cancel")
      assert.is_nil(verdict, key)
      assert.equal("refused", problem.code)
    end
    assert.is_nil((ask(entries.of {})))                   -- the end of input
    local verdict, _, on = ask(entries.of {}, table.unpack(keys, 2))
    assert.is_nil(verdict)
    assert.equal(8, on.asked())
    assert.same({}, trust.list())
  end)

  it("runs once with no more than the default, and asks again the next time", function()
    local verdict = assert(ask(wants_more(), "view", "once"))
    assert.is_nil(verdict.permissions.write)
    assert.equal(10, verdict.permissions.seconds)
    assert.is_nil((ask(wants_more(), "cancel")))
  end)

  it("trusts by the first digits of the hash, and does not ask again", function()
    local entry = wants_more()
    assert.is_nil((ask(entry, "trust " .. entry.hash:sub(1, 7), "cancel")))
    assert.is_nil((ask(entry, "trust 00000000", "cancel")))
    assert.same({ "relations" }, ask(entry, "trust " .. entry.hash:sub(1, 8)).permissions.write)
    local _, _, on = ask(entry)
    assert.equal(0, on.asked())
  end)

  it("shows what changed since", function()
    assert(trust.set(entries.of({ name = "a" }, "one\ntwo\nthree\n"), "trusted"))
    local changed = entries.of({ name = "a", permissions = { seconds = 60 } }, "one\n2\nthree\n")
    local _, problem, on = ask(changed, "cancel")
    assert.equal("refused", problem.code)
    assert.matches("-    2  two\n+    2  2", on.said(), 1, true)
    assert.matches("60 s", on.said(), 1, true)
  end)

  it("prints no control character of the file", function()
    local entry = entries.of({ name = "a", authors = { "A\27[2J\r <a@b>" } },
      "x = 1 -- \27]0;x\7\n")
    local out = {}
    local real = io.stderr
    finally(function() io.stderr = real end)              -- luacheck: ignore 122
    io.stderr = {                                         -- luacheck: ignore 122
      write = function(_, ...) out[#out + 1] = table.concat { ... } end,
    }
    local on = consent.console()
    local answers = { "view", "cancel" }
    on.ask = function() return table.remove(answers, 1) end
    assert.is_nil((trust.consent(entry, { terminal = on })))
    local text = table.concat(out)
    assert.is_nil(text:find "[\1-\8\11-\31\127]")
    assert.matches("\\e]0;x", text, 1, true)
  end)
end)

describe("the trust file", function()
  local path
  before_each(function() path = assert(trust.path()) end)

  it("is for its owner alone", function()
    assert(trust.set(entries.of {}, "trusted"))
    assert.equal(tonumber("600", 8), sys.stat(path).mode)
  end)

  local damages = {
    { "garbage", "\0\1\2" }, { "another head", '{"vankien":"trust","version":2}\n' },
    { "no head", '{"name":"a"}\n' }, { "half a line", '{"vankien":"trust","version":1}' },
    { "a verdict of none", '{"vankien":"trust","version":1}\n{"verdict":"always"}\n' },
    { "an empty line", '{"vankien":"trust","version":1}\n\n' },
    { "a list", "[]\n" }, { "a number", "1\n" },
    { "a number that JSON has not", ('{"vankien":"trust","version":1}\n{"name":"thu","version":'
      .. '"1.0.0","hash":"%s","verdict":"trusted","permissions":{"memory_mb":1,"output_mb":1,'
      .. '"read":true,"rows":0100,"seconds":1},"on":"2026-01-31"}\n'):format(("0"):rep(64)) },
  }
  for _, damage in ipairs(damages) do
    it("trusts nothing when it is " .. damage[1], function()
      assert(sys.mkdir_private(path:match "^(.*)/"))
      program.write(path, damage[2])
      local verdict, problem = trust.consent(entries.of {})
      assert.is_nil(verdict)
      assert.equal("integrity", problem.code)
      assert.matches(path .. ":%d", problem.place)
      local ok = trust.set(entries.of {}, "trusted")
      assert.is_nil(ok)
      assert.equal(damage[2], program.read(path))
    end)
  end

  it("is not decoded whole for one recipe", function()
    assert(trust.set(wants_more(), "trusted"))
    assert(trust.set(entries.of {}, "yours") == nil)
    assert(trust.set(entries.of { name = "half", permissions = { seconds = 0.5 } }, "denied"))
    local read = verdicts.read
    finally(function() verdicts.read = read end)
    verdicts.read = function() error "the whole file is decoded" end
    assert.equal("trusted", (trust.status(wants_more())))
  end)

  it("is read the same when somebody wrote in it by hand", function()
    local entry = entries.of { name = "a" }
    for _, other in ipairs { "b", 'c"d\\', "đ" } do
      assert(trust.set(entries.of({ name = other }, other), "denied"))
    end
    assert(trust.set(entry, "trusted"))
    assert.equal("trusted", (trust.status(entry)))
    assert.equal("denied", (trust.status(entries.of({ name = 'c"d\\' }, 'c"d\\'))))
    program.write(path, (program.read(path):gsub('"verdict":', '"verdict" : ')))
    assert.equal("trusted", (trust.status(entry)))
    assert.equal("denied", (trust.status(entries.of({ name = 'c"d\\' }, 'c"d\\'))))
    assert.equal("unknown", (trust.status(entries.of { name = "e" })))
  end)

  it("is not read when others can write to it, or when it is a link", function()
    assert(trust.set(entries.of {}, "trusted"))
    os.execute("chmod 666 " .. path)
    assert.equal("integrity", select(2, trust.list()).code)
    os.execute(("chmod 600 %s; mv %s %s/away; ln -s %s/away %s"):format(path, path, folder, folder,
      path))
    assert.equal("integrity", select(2, trust.list()).code)
  end)

  local script = [[
    package.path = "tests/support/?.lua;" .. package.path
    local entries = dofile(arg[1] .. "/tests/support/entries.lua")
    local trust = require "vankien.recipe.trust"
local verdicts = require "vankien.recipe.verdicts"
    for i = 1, tonumber(arg[3]) do
      assert(trust.set(entries.of { name = arg[2] .. i }, "trusted"))
      io.stdout:write(arg[2], i, "\n") io.stdout:flush()
    end]]

  it("loses nothing of two processes that decide at once", function()
    program.write(folder .. "/decide.lua", script)
    local here = assert(sys.realpath ".")
    local code = program.shell(([[
      $VANKIEN run decide.lua %s a 40 >a.txt & one=$!
      $VANKIEN run decide.lua %s b 40 >b.txt & two=$!
      wait $one && wait $two]]):format(here, here), { folder = folder })
    assert.equal(0, code)
    assert.equal(80, #trust.list())
  end)

  it("is whole after kill -9 at any moment, and has all that was said to be done", function()
    program.write(folder .. "/decide.lua", script)
    local here = assert(sys.realpath ".")
    for i = 1, 25 do
      local _, out = program.shell(([[
        $VANKIEN run decide.lua %s k%d- 1000 > said & job=$!
        sleep %.3f; kill -9 $job; wait $job 2>/dev/null; cat said]]):format(here, i,
        0.03 + i * 0.004), { folder = folder })
      local known = {}
      for _, record in ipairs(assert(trust.list())) do known[record.name] = true end
      for name in out:gmatch "([^\n]+)\n" do assert.is_true(known[name], name) end
      assert(trust.set(entries.of { name = "after" .. i }, "trusted"))
    end
    for _, name in ipairs(sys.listdir(folder .. "/vankien")) do
      assert.is_truthy(name == "trust" or name == "seen" or name == ".trust.lock", name)
    end
  end)
end)
