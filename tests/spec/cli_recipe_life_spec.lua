-- The life of a recipe on the command line: asked about, trusted, denied, verified, handed on.

local entries = dofile "tests/support/entries.lua"
local host = require "vankien.host.store"
local json = require "vankien.util.json"
local program = dofile "tests/support/program.lua"
local sys = require "vankien.host.sys"

package.path = "tests/support/?.lua;" .. package.path
local terminal = require "terminal"

local folder
before_each(function()
  folder = program.folder()
  program.write(folder .. "/plain.lua", entries.text "plain")
  program.write(folder .. "/greedy.lua", entries.text("greedy",
    { more = 'permissions = { seconds = 60, write = { "terms" } },' }))
end)
after_each(function() program.remove(folder) end)

local function vankien(...)
  return program.run({ "recipe", ... }, { folder = folder })
end

local function digits(name, n)
  return host.sha256(program.read(folder .. "/" .. name)):sub(1, n or 8)
end

local function refused(code, part, ...)
  local exit, out, problems = vankien(...)
  assert.same({ code, "" }, { exit, out }, problems)
  assert.matches(part, problems, 1, true)
end

describe("without a terminal", function()
  it("a recipe of others runs with the default, one that wants more is refused", function()
    assert.equal(0, (vankien("run", "./plain.lua")))
    refused(3, "vankien recipe trust ./greedy.lua " .. digits "greedy.lua", "run", "./greedy.lua")
    refused(3, "propose rows for terms; 60 s (default 10)", "run", "./greedy.lua")
  end)

  it("trust takes the first eight digits of the hash, no fewer and no others", function()
    refused(3, "not trusted without", "trust", "./greedy.lua")
    refused(3, "not the beginning", "trust", "./greedy.lua", digits("greedy.lua", 7))
    refused(3, "not the beginning", "trust", "./greedy.lua", "00000000")
    refused(3, "is not trusted", "run", "./greedy.lua")
    assert.equal(0, (vankien("trust", "./greedy.lua", digits "greedy.lua")))
    assert.equal(0, (vankien("run", "./greedy.lua")))
    local _, out = vankien("trust", "--format", "json")
    local row = json.decode(out)[1]
    assert.same({ "trusted", "greedy" }, { row.verdict, row.name })
    assert.equal(0, (vankien("trust", "./greedy.lua", "--forget")))
    refused(3, "is not trusted", "run", "./greedy.lua")
  end)

  it("one byte changed takes trust away; a file of one's own may change", function()
    assert.equal(0, (vankien("trust", "./greedy.lua", digits "greedy.lua")))
    program.write(folder .. "/greedy.lua", program.read(folder .. "/greedy.lua") .. "\n")
    refused(3, "is not trusted", "run", "./greedy.lua")
    assert.equal(0, (vankien("trust", "./greedy.lua", digits "greedy.lua", "--mine")))
    program.write(folder .. "/greedy.lua", program.read(folder .. "/greedy.lua") .. "\n")
    assert.equal(0, (vankien("run", "./greedy.lua")))
  end)

  it("deny makes it never run, shown, tested or used", function()
    assert.equal(0, (vankien("deny", "./plain.lua")))
    refused(3, "it was denied", "run", "./plain.lua")
    local code, out = vankien("test", "./plain.lua")
    assert.equal(1, code)
    assert.matches("it was denied", out, 1, true)
    local _, shown = vankien("show", "./plain.lua")
    assert.matches("not been agreed to", shown, 1, true)
    program.write(folder .. "/user.lua", entries.text("user", { more = 'uses = { plain = "*" },' }))
    assert.equal(0, (vankien("install", "plain.lua")))
    refused(3, "it was denied", "run", "./user.lua")
    assert.equal(2, (vankien "deny"))
  end)

  it("what comes with the program needs no verdict", function()
    local _, _, problems = vankien("trust", "participation-shift")
    assert.matches("nothing to decide", problems, 1, true)
    refused(3, "cannot be denied", "deny", "participation-shift")
  end)

  it("a damaged trust file stops everything but what comes with the program", function()
    assert.equal(0, (vankien("trust", "./greedy.lua", digits "greedy.lua")))
    local path = folder .. "/vankien/trust"
    program.write(path, program.read(path) .. "{}\n")
    refused(5, path .. ":3: this is no verdict", "run", "./plain.lua")
    assert.equal(0, (vankien("run", "guide-checklist", "--document", "25-CT/TW")) and 0)
  end)
end)

describe("at a terminal", function()
  local function play(words, ...)
    local game = terminal.play { folder = folder, words = words, columns = 120, rows = 60 }
    for _, step in ipairs { ... } do game:expect(step[1]):send(step[2] .. "\n") end
    return game
  end

  local function fact(sentence, fn)
    it(sentence, function()
      if not terminal.available() then return pending "no pseudo-terminal can be opened here" end
      fn()
    end)
  end

  fact("an unknown recipe is shown, viewed, run once, and asked about again", function()
    local ask = "view, once, trust or cancel? "
    play({ "recipe", "run", "./greedy.lua" }, { "has not run here before", "" })
      :expect("greedy: not run"):exit():run()
    play({ "recipe", "run", "./greedy.lua" }, { ask, "y" }, { ask, "view" })
      :expect("function run(p, ctx)"):expect(ask):send("once\n"):expect("1 row"):exit():run()
    play({ "recipe", "run", "./greedy.lua" }, { ask, "trust " .. digits "greedy.lua" })
      :expect("1 row"):exit():run()
    local _, out = vankien("trust", "--format", "csv")
    assert.matches("trusted,greedy", out, 1, true)
    play({ "recipe", "run", "./greedy.lua" }):expect("1 row"):exit():run()
  end)

  fact("a changed recipe is shown with what changed", function()
    assert.equal(0, (vankien("trust", "./greedy.lua", digits "greedy.lua")))
    program.write(folder .. "/greedy.lua", (program.read(folder .. "/greedy.lua"):gsub(
      "seconds = 60", "seconds = 600")))
    play({ "recipe", "run", "./greedy.lua" }):expect("not the one that was agreed to")
      :expect("600 s"):expect("- read the store"):expect("60 s"):expect("cancel? "):send("cancel\n")
      :expect("not run"):exit():run()
  end)

  fact("trust asks for the digits", function()
    play({ "recipe", "trust", "./greedy.lua" }, { "first eight digits", "y" })
      :expect("not the beginning"):exit():run()
    play({ "recipe", "trust", "./greedy.lua" }, { "first eight digits", digits "greedy.lua" })
      :expect("greedy is trusted"):exit():run()
  end)
end)

describe("install, update, verify, remove, diff", function()
  it("say what they do, and update shows what changed at the source", function()
    local code, out = vankien("install", "plain.lua", "--format", "json")
    assert.equal(0, code)
    local row = json.decode(out)[1]
    assert.same({ "install", "plain", "not signed", digits("plain.lua", 16) }, { row.action,
      row.name, row.signature, row.hash })
    assert.matches("read the store; 10 s", row.permissions, 1, true)
    program.write(folder .. "/plain.lua", entries.text("plain", { version = "1.1.0" }))
    code, out = vankien("update", "--dry-run")
    assert.equal(0, code)
    assert.matches("version\n  - 1.0.0\n  + 1.1.0\n", out, 1, true)
    local different = select(2, vankien("diff", "plain", "./plain.lua"))
    assert.matches("version\n  - 1.0.0\n  + 1.1.0\n", different, 1, true)
    assert.equal(0, (vankien "update"))
    code, out = vankien("diff", "plain", "./plain.lua")
    assert.same({ 0, "" }, { code, out })
    code, out = vankien("verify", "--format", "csv")
    assert.equal(0, code)
    assert.matches("as installed,plain,1.1.0,not signed", out, 1, true)
    program.write(folder .. "/vankien/recipes/plain.lua", entries.text "plain")
    code, out = vankien("verify")
    assert.equal(5, code)
    assert.matches("changed", out, 1, true)
    assert.equal(0, (vankien("remove", "plain")))
    refused(4, 'no recipe "plain"', "remove", "plain")
  end)

  it("install says what it hides", function()
    program.write(folder .. "/mine.lua", entries.text "participation-shift")
    local _, _, problems = vankien("install", "mine.lua", "--dry-run")
    assert.matches("it hides lua/recipes/participation-shift.lua (program)", problems, 1, true)
  end)

  it("install tells all that is wrong, and notes what is used and is nowhere", function()
    assert(sys.mkdir_private(folder .. "/bad"))
    program.write(folder .. "/bad/a.lua", "x")
    program.write(folder .. "/bad/b.lua", "y")
    local code, out, problems = vankien("install", "bad")
    assert.same({ 2, "" }, { code, out })
    assert.matches("a.lua.*b.lua", problems)
    program.write(folder .. "/user.lua", entries.text("user", { more = 'uses = { none = "*" },' }))
    local talk = select(3, vankien("install", "user.lua"))
    assert.matches("the recipe none is used and is on no shelf", talk, 1, true)
    refused(4, "user > none (*)", "run", "user")
  end)
end)

describe("pack and attach", function()
  it("hand on what a recipe uses; frozen, nothing else runs", function()
    program.write(folder .. "/user.lua", entries.text("user", { more = 'uses = { plain = "*" },',
      body = 'return use "plain" {}' }))
    assert.equal(0, (vankien("install", "plain.lua")))
    assert.equal(0, (vankien("install", "user.lua")))
    refused(3, "has not been locked", "run", "user", "--frozen")
    local code, _, problems = vankien("run", "user")
    assert.equal(0, code, problems)
    assert.equal(0, (vankien("run", "user", "--frozen")))
    code, _, problems = vankien("pack", "user")
    assert.equal(0, code)
    assert.matches("user-1.0.0.recipes: 2 recipes", problems, 1, true)
    local first = program.read(folder .. "/user-1.0.0.recipes")
    vankien("pack", "user", "--output", "again")
    assert.equal(first, program.read(folder .. "/again"))
    program.write(folder .. "/plain.lua", entries.text("plain", { version = "2.0.0" }))
    assert.equal(0, (vankien "update"))
    refused(3, "plain: locked 1.0.0", "run", "user", "--frozen")
  end)

  it("hand on a signature, which verify and show speak of", function()
    if not require "vankien.host.process".find "ssh-keygen" then
      return pending "there is no ssh-keygen"
    end
    assert.equal(0, (program.shell([[ssh-keygen -q -t ed25519 -N '' -C '' -f key
      mkdir -p config/vankien; echo "an@example.org $(cat key.pub)" > config/vankien/allowed_signers
      export XDG_CONFIG_HOME=$PWD/config
      $VANKIEN recipe pack plain.lua --sign key --output p.recipes && rm plain.lua &&
        $VANKIEN recipe install p.recipes > installed && $VANKIEN recipe verify > verified &&
        $VANKIEN recipe show plain > shown]], { folder = folder })))
    for _, name in ipairs { "installed", "verified", "shown" } do
      assert.matches("signed by an@example.org, an allowed signer and author",
        program.read(folder .. "/" .. name), 1, true)
    end
    local code, _, problems = vankien("pack", "plain", "--sign", "none")
    assert.equal(3, code)
    assert.matches("ssh-keygen did not sign", problems, 1, true)
  end)

  it("a store carries a recipe to somebody who has only the store", function()
    local code, _, problems = vankien("attach", "plain.lua")
    assert.equal(0, code, problems)
    local _, out = vankien("list", "--format", "csv")
    assert.matches("plain", out, 1, true)
    code, out = vankien("run", "plain", "--format", "csv")
    assert.same({ 0, "n\n1\n" }, { code, out })
    assert.equal(0, (program.run({ "doctor" }, { folder = folder })))
    assert.equal(0, (vankien("detach", "plain")))
    refused(4, "no recipe", "run", "plain")
  end)
end)
