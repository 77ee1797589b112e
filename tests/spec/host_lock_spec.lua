-- vankien.host.lock: one process at a time, and the kernel lets go.

local lock = require "vankien.host.lock"
local program = dofile "tests/support/program.lua"
local sys = require "vankien.host.sys"

local folder

setup(function() folder = program.folder() end)
teardown(function() program.remove(folder) end)

describe("lock.take", function()
  it("is held by one at a time, and given back by closing", function()
    local path = folder .. "/one"
    do
      local held <close> = assert(lock.take(path))
      local second, problem = lock.take(path, 0.05)
      assert.is_nil(second)
      assert.equal("busy", problem.code)
      held:close()
      local guard <close> = assert(lock.take(path, 0))
      held:close()
      assert.equal("busy", select(2, lock.take(path, 0)).code)
    end
    lock.take(path, 0):close()
  end)

  it("makes the file for its owner alone", function()
    lock.take(folder .. "/new"):close()
    assert.equal(tonumber("600", 8), sys.stat(folder .. "/new").mode)
  end)

  it("refuses what is no regular file", function()
    os.execute(("mkfifo %s/fifo; ln -s one %s/link"):format(folder, folder))
    assert.equal("bad_input", select(2, lock.take(folder .. "/fifo", 0)).code)
    for _, path in ipairs { folder, folder .. "/link", folder .. "/none/at/all" } do
      local held, problem = lock.take(path, 0)
      assert.is_nil(held)
      assert.equal("io", problem.code, path)
      assert.matches(path, problem.message, 1, true)
    end
  end)

  it("is let go when the process that holds it is killed", function()
    program.write(folder .. "/hold.lua", [[
      local held <close> = assert(require "vankien.host.lock".take "killed")
      io.stdout:write "held\n" io.stdout:flush()
      while true do end]])
    local code, out = program.shell([[
      $VANKIEN run hold.lua > said & job=$!
      until grep -q held said; do sleep 0.01; done
      kill -9 $job
      $VANKIEN -e 'local lock = require "vankien.host.lock"
        local l <close> = assert(lock.take("killed", 5)) print "mine"'
      ]], { folder = folder })
    assert.same({ 0, "mine\n" }, { code, out })
  end)
end)
