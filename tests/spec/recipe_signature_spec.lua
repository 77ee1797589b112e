-- Signatures by ssh-keygen: whose they are, and whether they fit.

local entries = dofile "tests/support/entries.lua"
local process = require "vankien.host.process"
local program = dofile "tests/support/program.lua"
local signature = require "vankien.recipe.signature"
local sys = require "vankien.host.sys"

local folder, getenv, has_keygen

local function shell(line)
  assert(os.execute(("cd %s && { %s; } >/dev/null 2>&1"):format(folder, line)))
end

local function allow(...)
  sys.mkdir_private(folder .. "/vankien")
  local lines = {}
  for i, pair in ipairs { ... } do
    local key = program.read(folder .. "/" .. pair[2] .. ".pub")
    lines[i] = ("%s %s"):format(pair[1], key)
  end
  program.write(folder .. "/vankien/allowed_signers", table.concat(lines))
  shell "chmod 600 vankien/allowed_signers"
end

setup(function()
  folder = program.folder()
  has_keygen = process.find "ssh-keygen"
  getenv = os.getenv
  os.getenv = function(name)                              -- luacheck: ignore 122
    if name == "XDG_STATE_HOME" or name == "XDG_CONFIG_HOME" then return folder end
    return getenv(name)
  end
  if not has_keygen then return end
  for _, key in ipairs { "an", "binh" } do
    shell(("ssh-keygen -q -t ed25519 -N '' -C '' -f %s"):format(key))
  end
end)

teardown(function()
  os.getenv = getenv                                      -- luacheck: ignore 122
  program.remove(folder)
end)

local function fact(sentence, fn)
  it(sentence, function()
    if not has_keygen then return pending "there is no ssh-keygen (openssh-client)" end
    fn()
  end)
end

local function by_an()
  return entries.of({ authors = { "Bình <binh@example.org>", "An <an@example.org>" } }, "text\n")
end

describe("signature.check", function()
  local signed
  before_each(function()
    if not has_keygen then return end
    allow({ "an@example.org", "an" })
    signed = assert(signature.sign("text\n", folder .. "/an"))
  end)

  fact("knows an allowed signer who is an author", function()
    assert.same({ state = "good", signer = "an@example.org" },
      assert(signature.check(by_an(), signed)))
  end)

  fact("knows one allowed by a pattern", function()
    allow({ "*@example.org", "an" })
    assert.equal("good", signature.check(by_an(), signed).state)
  end)

  fact("tells a text that was changed by one byte", function()
    local entry = by_an()
    entry.bytes = "texu\n"
    assert.equal("bad", signature.check(entry, signed).state)
  end)

  fact("tells a signature that is none, or of another purpose", function()
    assert.equal("bad", signature.check(by_an(), "rubbish").state)
    assert.equal("bad", signature.check(by_an(), "").state)
    assert.equal("bad", signature.check(by_an(), ("x"):rep(100000)).state)
    program.write(folder .. "/t", "text\n")
    shell "ssh-keygen -q -Y sign -f an -n file t"
    assert.equal("bad", signature.check(by_an(), program.read(folder .. "/t.sig")).state)
  end)

  fact("tells a key that nobody allowed", function()
    allow({ "binh@example.org", "binh" })
    assert.equal("unknown", signature.check(by_an(), signed).state)
    os.remove(folder .. "/vankien/allowed_signers")
    assert.equal("unknown", signature.check(by_an(), signed).state)
  end)

  fact("tells an allowed signer who is no author", function()
    local entry = entries.of({ authors = { "Bình <binh@example.org>" } }, "text\n")
    assert.same({ state = "stranger", signer = "an@example.org" }, signature.check(entry, signed))
  end)

  fact("does not take one author's key for another author", function()
    allow({ "binh@example.org", "binh" }, { "an@example.org", "an" })
    local entry = entries.of({ authors = { "Bình <binh@example.org>" } }, "text\n")
    assert.equal("stranger", signature.check(entry, signed).state)
  end)

  fact("does not read a list of signers that others can write to", function()
    shell "chmod 666 vankien/allowed_signers"
    local found, problem = signature.check(by_an(), signed)
    assert.is_nil(found)
    assert.equal("integrity", problem.code)
  end)

  fact("leaves nothing behind", function()
    signature.check(by_an(), signed)
    assert.same({}, sys.listdir(folder .. "/vankien/work"))
  end)
end)

describe("signature.of", function()
  it("says so where there is none", function()
    assert.same({ state = "none" }, signature.of(entries.of {}))
    assert.equal("not signed", signature.sentence { state = "none" })
  end)

  fact("reads the file beside the recipe", function()
    allow({ "an@example.org", "an" })
    local entry = by_an()
    entry.path = folder .. "/r.lua"
    program.write(entry.path .. ".sig", assert(signature.sign(entry.bytes, folder .. "/an")))
    assert.equal("good", signature.of(entry).state)
    assert.matches("signed by an@example.org", signature.sentence(signature.of(entry)), 1, true)
  end)
end)

describe("signature.sign", function()
  fact("says in ssh-keygen's words why it did not", function()
    local bytes, problem = signature.sign("text", folder .. "/nobody")
    assert.is_nil(bytes)
    assert.equal("refused", problem.code)
    assert.matches("nobody", problem.message, 1, true)
  end)
end)

it("names the package of what is missing", function()
  local find = process.run
  finally(function() process.run = find end)
  process.run = function() return find { file = "ssh-keygen-that-is-missing" } end
  local found, problem = signature.check(by_an(), "x")
  assert.is_nil(found)
  assert.matches("openssh-client", problem.hint, 1, true)
  assert.matches("^not checked: ", signature.sentence(found, problem))
end)
