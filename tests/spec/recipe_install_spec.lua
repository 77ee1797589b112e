-- Recipes come from files, bundles, folders and git; they are put on the shelf whole or not at all.

local bundle = require "vankien.recipe.bundle"
local entries = dofile "tests/support/entries.lua"
local host = require "vankien.host.store"
local install = require "vankien.recipe.install"
local installed = require "vankien.recipe.installed"
local process = require "vankien.host.process"
local program = dofile "tests/support/program.lua"
local sys = require "vankien.host.sys"

local folder, getenv, shelf_folder

before_each(function()
  folder = program.folder()
  shelf_folder = folder .. "/data/vankien/recipes"
  getenv = os.getenv
  local homes = { XDG_STATE_HOME = "/state", XDG_CONFIG_HOME = "/config", XDG_DATA_HOME = "/data" }
  os.getenv = function(name)                              -- luacheck: ignore 122
    if name == "VANKIEN_RECIPES" then return nil end
    return homes[name] and folder .. homes[name] or getenv(name)
  end
end)
after_each(function()
  os.getenv = getenv                                      -- luacheck: ignore 122
  program.remove(folder)
end)

local function put(name, bytes)
  local path = folder .. "/" .. name
  assert(sys.mkdir_private(path:match "^(.*)/"))
  program.write(path, bytes)
  return path
end

local function shell(line)
  assert(os.execute(("cd %s && { %s; } >/dev/null 2>&1"):format(folder, line)))
end

local function on_shelf(name)
  return sys.read_file(shelf_folder .. "/" .. name .. ".lua")
end

local function do_install(where, options)
  local steps, wrong = install.plan(where, options)
  if not steps then return nil, wrong end
  local ok, problem = install.apply(steps)
  return ok and steps, problem and { problem }
end

local function refused(code, part, where, options)
  local before = table.concat(sys.listdir(shelf_folder) or {}, " ")
  local steps, wrong = do_install(where, options)
  assert.is_nil(steps)
  local text = ""
  for _, problem in ipairs(wrong) do
    text = text .. problem.code .. " " .. tostring(problem) .. "\n"
  end
  assert.matches(code .. " ", text, 1, true)
  assert.matches(part, text, 1, true)
  assert.equal(before, table.concat(sys.listdir(shelf_folder) or {}, " "))
end

describe("install of a file", function()
  it("puts it on the shelf under its name, and notes where it came from", function()
    local text = entries.text "counting"
    local path = put("anything.lua", text)
    local steps = assert(do_install(path))
    assert.equal("install", steps[1].action)
    assert.equal(text, on_shelf "counting")
    local origin = assert(installed.origin "counting")
    assert.same({ "file", path, host.sha256(text) }, { origin.kind, origin.where, origin.hash })
    assert.equal("unchanged", do_install(path)[1].action)
    assert.equal("as installed", installed.verify()[1].state)
  end)

  it("tells all that is wrong with what is no recipe", function()
    refused("bad_input", "no version", put("a.lua", (entries.text("a", { version = "1" }))))
    refused("unknown_name", "authrs", put("b.lua", (entries.text("b"):gsub("authors", "authrs"))))
    refused("bad_input", "", put("c.lua", "print(1)\n"))
    refused("bad_input", "", put("d.lua", ""))
  end)

  it("refuses links, pipes, devices, folders without one, what is too long, what is not there",
    function()
      put("good.lua", entries.text "good")
      shell "ln -s good.lua link.lua; ln -s . dir; mkfifo pipe.lua; mkdir empty"
      refused("refused", "symbolic link", folder .. "/link.lua")
      refused("refused", "a pipe", folder .. "/pipe.lua")
      refused("refused", "a device", "/dev/zero")
      refused("not_found", "there is no recipe in", folder .. "/empty")
      refused("not_found", "", folder .. "/none.lua")
      local long = entries.text "long" .. ("-"):rep(1 << 20)
      refused("refused", "longer than 1 MB", put("long.lua", long))
    end)

  it("does not take the name of another file, but for --replace", function()
    assert(do_install(put("one.lua", entries.text "counting")))
    local second = put("two.lua", entries.text("counting", { version = "2.0.0" }))
    refused("refused", "there is another recipe counting 1.0.0 already", second)
    local steps = assert(do_install(second, { replace = true }))
    assert.equal("replace", steps[1].action)
    assert.equal("version", steps[1].changes[1].what)
    assert.equal(entries.text("counting", { version = "2.0.0" }), on_shelf "counting")
  end)

  it("does not take the place of a file that holds another recipe", function()
    put("data/vankien/recipes/counting.lua", entries.text "other")
    put("data/vankien/recipes/elsewhere.lua", entries.text "sums")
    refused("refused", "counting.lua holds the recipe other",
      put("a.lua", entries.text "counting"), { replace = true })
    refused("refused", "elsewhere.lua holds the recipe sums",
      put("b.lua", entries.text "sums"), { replace = true })
  end)

  it("does not undo what another process did since the plan", function()
    local steps = assert(install.plan(put("one.lua", entries.text "counting")))
    put("data/vankien/recipes/counting.lua", entries.text("counting", { version = "9.0.0" }))
    local ok, problem = install.apply(steps)
    assert.is_nil(ok)
    assert.equal("busy", problem.code)
  end)
end)

describe("install of a folder", function()
  it("takes all its recipes, or none", function()
    put("many/a.lua", entries.text "a")
    put("many/b.lua", entries.text "b")
    put("many/README.md", "no recipe")
    put("many/c.lua", "no recipe")
    refused("bad_input", "c.lua", folder .. "/many")
    os.remove(folder .. "/many/c.lua")
    assert.equal(2, #assert(do_install(folder .. "/many")))
    assert.is_truthy(on_shelf "a" and on_shelf "b")
  end)

  it("refuses two of one name, and a link among them", function()
    put("many/a.lua", entries.text "a")
    put("many/b.lua", entries.text "a")
    refused("ambiguous", "a.lua and b.lua", folder .. "/many")
    shell "rm many/b.lua; ln -s a.lua many/b.lua"
    refused("refused", "symbolic link", folder .. "/many")
  end)
end)

describe("a bundle", function()
  local function parts()
    local out = {}
    for i, name in ipairs { "main", "zeta", "alpha" } do
      local text = entries.text(name)
      out[i] = { name = name, version = "1.0.0", bytes = text, hash = host.sha256(text) }
    end
    out[2].signature = "a signature\n"
    return out
  end

  it("is the same for the same recipes, the first one first", function()
    local text, other = bundle.text(parts()), parts()
    other[2], other[3] = other[3], other[2]
    assert.equal(text, bundle.text(other))
    local read = assert(bundle.read(text))
    assert.same({ "main", "alpha", "zeta" }, { read[1].name, read[2].name, read[3].name })
    assert.equal("a signature\n", read[3].signature)
    assert.equal(text, bundle.text(read))
  end)

  it("installs to the same hashes", function()
    local list = parts()
    list[2].signature = nil
    assert.equal(3, #assert(do_install(put("main.recipes", bundle.text(list)))))
    for _, part in ipairs(list) do assert.equal(part.bytes, on_shelf(part.name)) end
  end)

  it("is refused with one byte changed, added or left out, and leaves nothing", function()
    local list = parts()
    if not require "vankien.host.process".find "ssh-keygen" then list[2].signature = nil end
    local text = bundle.text(list)
    -- a byte of a name is told by the recipe, one of a signature by ssh-keygen
    local function is_refused(changed)
      if bundle.read(changed) then
        assert.is_nil((install.plan(put("x.recipes", changed))), changed)
      end
    end
    for at = 1, #text - 1, 7 do
      local before, after = text:sub(1, at - 1), text:sub(at + 1)
      is_refused(before .. string.char(text:byte(at) ~ 1) .. after)
      is_refused(before .. after)
      assert.is_nil((bundle.read(text:sub(1, at))))
    end
    assert.is_nil((bundle.read(text .. "\n")))
    assert.is_nil((bundle.read(text .. text)))
  end)

  it("is refused when it says another name than its recipe", function()
    local list = parts()
    list[2].signature = nil
    list[2].version = "3.0.0"
    refused("bad_input", "the bundle says zeta 3.0.0, the recipe in it zeta 1.0.0",
      put("x.recipes", bundle.text(list)))
  end)

  it("with lengths that lie is refused without reading further", function()
    local hash = ("0"):rep(64)
    for _, length in ipairs { "99999999", "999999999999999999999", "1048577", "0", "-1", "1e9" } do
      assert.is_nil((bundle.read(("vankien-bundle 1\nrecipe a 1.0.0 %s %s\nx\nend\n"):format(hash,
        length))))
    end
    local empty = host.sha256 ""
    local many = ("recipe a 1.0.0 %s 0\n\n"):format(empty):rep(65)
    assert.is_nil((bundle.read("vankien-bundle 1\n" .. many .. "end\n")))
  end)
end)

describe("install from git", function()
  local function fact(sentence, fn)
    it(sentence, function()
      if not process.find "git" then return pending "there is no git" end
      put("repo/counting.lua", entries.text "counting")
      shell [[cd repo; git init -q -b main .; git config user.name An
        git config user.email an@example.org; git add .; git commit -qm one; git tag v1]]
      fn("git+file://" .. folder .. "/repo@")
    end)
  end

  local function commit(text)
    put("repo/counting.lua", text)
    shell "cd repo; git add -A; git commit -qm more"
  end

  fact("takes a tag, a branch, a commit, part of a commit", function(url)
    local pipe = assert(io.popen(("git -C %s/repo rev-parse HEAD"):format(folder)))
    local id = pipe:read "l"
    pipe:close()
    commit(entries.text("counting", { version = "2.0.0" }))
    for _, revision in ipairs { "v1", id, id:sub(1, 9) } do
      local steps = assert(do_install(url .. revision, { replace = true }))
      assert.equal("1.0.0", steps[1].entry.version)
      assert.equal(id, installed.origin "counting".commit)
    end
    assert.equal("2.0.0", do_install(url .. "main", { replace = true })[1].entry.version)
  end)

  fact("says what git says of a revision or repository that is not there", function(url)
    refused("io", "none", url .. "none")
    refused("io", "repository", "git+file://" .. folder .. "/nowhere@v1")
    refused("not_found", "no revision 1234567", url .. "1234567")
  end)

  fact("refuses a link, and what is too long", function(url)
    shell "cd repo; ln -s /etc/passwd leak.lua; git add .; git commit -qm link"
    refused("refused", "leak.lua: not a regular file", url .. "main")
    shell [[cd repo; git rm -q leak.lua; head -c 1100000 /dev/zero > big.lua
      git add .; git commit -qm big]]
    refused("refused", "big.lua: longer than 1 MB", url .. "main")
  end)

  fact("runs no hook and no filter, follows no submodule, reads no configuration", function(url)
    put("home/.gitconfig", "[core]\n\thooksPath = " .. folder .. "/hooks\n")
    for _, hook in ipairs { "post-checkout", "reference-transaction", "post-merge" } do
      put("hooks/" .. hook, "#!/bin/sh\ntouch " .. folder .. "/ran\n")
    end
    put("repo/.gitattributes", "*.lua filter=evil\n")
    put("repo/.gitmodules", ('[submodule "x"]\n\tpath = x\n\turl = ext::touch %s/ran\n'):format(
      folder))
    shell [[chmod +x hooks/*; cd repo; git config filter.evil.smudge "touch ../ran"; git add .
      git commit -qm all; cp ../hooks/* .git/hooks/]]
    local old = os.getenv
    finally(function() os.getenv = old end)               -- luacheck: ignore 122
    os.getenv = function(name)                            -- luacheck: ignore 122
      return name == "HOME" and folder .. "/home" or old(name)
    end
    assert(do_install(url .. "main"))
    assert.is_nil(sys.stat(folder .. "/ran"))
    assert.same({}, sys.listdir(folder .. "/state/vankien/work"))
  end)

  local wrong = { "git+ext::sh -c touch@v1", "git+file:///x", "git+ssh://git@host/x.git",
    "git+https://h/x@--upload-pack=touch", "git+http://h/x@v1", "git+git://h/x@v1",
    "git+file:///x y@v1", "git+file:///x@a..b", "git+https://@v1", "git+" }
  for _, text in ipairs(wrong) do
    it("refuses " .. text, function() refused("usage", "git", text) end)
  end
end)

describe("signatures", function()
  it("that do not fit are refused, those that do are kept beside the recipe", function()
    if not process.find "ssh-keygen" then return pending "there is no ssh-keygen" end
    shell "ssh-keygen -q -t ed25519 -N '' -C '' -f an"
    put("config/vankien/allowed_signers", "an@example.org " .. program.read(folder .. "/an.pub"))
    put("a.lua", entries.text "a")
    shell "ssh-keygen -q -Y sign -f an -n vankien-recipe a.lua"
    local steps = assert(do_install(folder .. "/a.lua"))
    assert.equal("good", steps[1].signature.state)
    assert.matches("signed by an@example.org", installed.verify()[1].signature, 1, true)
    put("data/vankien/recipes/a.lua", entries.text("a", { version = "1.0.1" }))
    local row = installed.verify()[1]
    assert.same({ "changed", false }, { row.state, row.good })
    assert.matches("BAD", row.signature, 1, true)
    put("a.lua", entries.text("a", { version = "1.0.2" }))
    refused("integrity", "does not fit", folder .. "/a.lua", { replace = true })
  end)
end)

describe("installed", function()
  it("brings up to date from where it came from, and tells what changed", function()
    local path = put("one.lua", entries.text "counting")
    assert(do_install(path))
    assert.equal("unchanged", installed.update_plan "counting"[1].action)
    put("one.lua", entries.text("counting", { version = "1.1.0" }))
    local steps = assert(installed.update_plan "counting")
    assert.equal("replace", steps[1].action)
    assert.same({ "version", "1.0.0", "1.1.0" }, { steps[1].changes[1].what,
      steps[1].changes[1].before, steps[1].changes[1].after })
    put("one.lua", entries.text "renamed")
    local none, wrong = installed.update_plan "counting"
    assert.is_nil(none)
    assert.matches("has no recipe counting any more", wrong[1].message, 1, true)
  end)

  it("removes with all that is beside it, not what others use", function()
    assert(do_install(put("one.lua", entries.text "counting")))
    put("data/vankien/recipes/user.lua", entries.text("user",
      { more = 'uses = { counting = "*" },' }))
    local ok, problem = installed.remove "counting"
    assert.is_nil(ok)
    assert.matches("is used by user", problem.message, 1, true)
    assert(installed.remove("counting", { force = true }))
    assert.same({ ".lock", "user.lua" }, sys.listdir(shelf_folder))
    ok, problem = installed.remove "usr"
    assert.is_nil(ok)
    assert.matches('did you mean "user"', problem.hint, 1, true)
  end)

  it("verifies what changed, what is gone, what is broken, what nobody wrote down", function()
    for _, name in ipairs { "a", "b", "c", "d", "e" } do
      assert(do_install(put(name .. ".lua", entries.text(name))))
    end
    put("data/vankien/recipes/b.lua", entries.text("b", { version = "1.0.1" }))
    os.remove(shelf_folder .. "/c.lua")
    put("data/vankien/recipes/d.lua", "rubbish")
    put("data/vankien/recipes/e.origin", "rubbish")
    put("data/vankien/recipes/f.lua", entries.text "f")
    local states = {}
    for _, row in ipairs(assert(installed.verify())) do
      states[row.name] = row.state .. (row.good and "" or " !")
    end
    assert.same({ a = "as installed", b = "changed !", c = "missing !", d = "broken !",
      e = "damaged record !", f = "not installed" }, states)
    assert.equal(1, #installed.verify { "a" })
    assert.equal("not_found", select(2, installed.verify { "z" }).code)
  end)
end)

describe("install under kill -9", function()
  local script = [[
    local install = require "vankien.recipe.install"
    while true do
      for _, where in ipairs { "one", "two" } do
        assert(install.apply(assert(install.plan(where, { replace = true }))))
      end
    end]]

  -- What stands on the shelf is one of the two sets, whole, each file with its own record.
  local function check()
    local rows = assert(installed.verify())
    if #rows == 0 then return nil end
    assert.equal(4, #rows)
    for _, row in ipairs(rows) do
      assert.equal("as installed", row.state, row.name)
      assert.equal(rows[1].version, row.version)
    end
    for _, name in ipairs(sys.listdir(shelf_folder)) do
      assert.is_truthy(name:find "^%l%.lua$" or name:find "^%l%.origin$" or name == ".lock", name)
    end
    return rows[1].version
  end

  it("leaves one whole set or the other, and the next run works", function()
    for _, name in ipairs { "a", "b", "c", "d" } do
      put("one/" .. name .. ".lua", entries.text(name))
      put("two/" .. name .. ".lua", entries.text(name, { version = "2.0.0" }))
    end
    put("loop.lua", script)
    local seen = {}
    for i = 1, 30 do
      program.shell(([[export XDG_DATA_HOME=$PWD/data XDG_STATE_HOME=$PWD/state
        $VANKIEN run loop.lua & job=$!
        sleep %.4f; kill -9 $job; wait $job 2>/dev/null; true]]):format(0.03 + i * 0.0091),
        { folder = folder })
      seen[check() or "nothing"] = true
    end
    assert.is_true(seen["1.0.0"] and seen["2.0.0"])
    assert(do_install(folder .. "/one", { replace = true }))
    assert.equal("1.0.0", check())
  end)
end)
