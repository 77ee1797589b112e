-- vankien.host.sys, embed, error and coroutine: the system, and Ctrl-C.

local sys = require "vankien.host.sys"

local folder
local program = assert(sys.realpath "/proc/self/exe")

local function write(name, text)
  local path = folder .. "/" .. name
  local f = assert(io.open(path, "wb"))
  f:write(text)
  f:close()
  return path
end

-- Run a command; its output and exit code.
local function shell(command)
  local pipe = assert(io.popen(command .. "; echo \" $?\"", "r"))
  local text = pipe:read "a"
  pipe:close()
  local output, code = text:match "^(.-)%s*(%d+)%s*$"
  return output, tonumber(code)
end

-- Run a script and send it SIGINT after 0.2 s.
local function interrupt(path)
  return shell(("timeout --preserve-status -s INT 0.2 %s run %s 2>&1"):format(program, path))
end

setup(function()
  folder = os.tmpname()
  os.remove(folder)
  assert(os.execute("mkdir " .. folder))
end)

teardown(function() os.execute("rm -rf " .. folder) end)

describe("sys.read_file", function()
  it("reads a file whole, zero bytes and all", function()
    assert.equal("Đổi\0mới\n", sys.read_file(write("a", "Đổi\0mới\n")))
    assert.equal("", sys.read_file(write("empty", "")))
  end)

  it("refuses what is not a file, and at once", function()
    os.execute(("mkfifo %s/fifo; ln -s loop %s/loop"):format(folder, folder))
    local cases = {
      {folder .. "/fifo", "bad_input"}, {"/dev/zero", "bad_input"}, {folder, "bad_input"},
      {folder .. "/loop", "io"}, {folder .. "/none", "not_found"},
    }
    for _, case in ipairs(cases) do
      local before = sys.clock()
      local text, problem = sys.read_file(case[1], 1000)
      assert.is_nil(text)
      assert.equal(case[2], problem.code, case[1])
      assert.matches(case[1], problem.message, 1, true)
      assert.is_true(sys.clock() - before < 1)
    end
  end)

  it("refuses a longer file than asked, also a sparse one of a terabyte", function()
    assert.equal("12345", sys.read_file(write("five", "12345"), 5))
    local _, problem = sys.read_file(folder .. "/five", 4)
    assert.equal("bad_input", problem.code)
    assert.matches("longer than 4 bytes", problem.message)
    os.execute(("truncate -s 1T %s/sparse"):format(folder))
    assert.is_nil((sys.read_file(folder .. "/sparse")))
  end)
end)

describe("sys.write_file_atomic", function()
  it("replaces a file whole, with the mode asked for", function()
    local path = write("b", "old")
    assert.is_true(sys.write_file_atomic(path, "mới", 384))
    assert.equal("mới", sys.read_file(path))
    assert.equal(384, sys.stat(path).mode)
  end)

  it("leaves nothing behind when it cannot", function()
    local done, problem = sys.write_file_atomic(folder .. "/none/c", "x")
    assert.is_nil(done)
    assert.equal("io", problem.code)
  end)
end)

describe("folders", function()
  it("are made with their parents, for the owner only", function()
    local path = folder .. "/x/y/z"
    assert.is_true(sys.mkdir_private(path))
    assert.is_true(sys.mkdir_private(path))
    assert.equal(448, sys.stat(path).mode)
    local _, problem = sys.mkdir_private(write("d", "") .. "/e")
    assert.equal("io", problem.code)
  end)

  it("are listed in the order of bytes", function()
    sys.mkdir_private(folder .. "/l")
    for _, name in ipairs {"b", "a", "Đ", "ă"} do write("l/" .. name, "") end
    assert.same({"a", "b", "ă", "Đ"}, sys.listdir(folder .. "/l"))
    local _, problem = sys.listdir(folder .. "/none")
    assert.equal("not_found", problem.code)
  end)
end)

describe("sys.stat", function()
  it("tells kinds apart and follows links", function()
    os.execute(("ln -s a %s/to_a; ln -s none %s/broken"):format(folder, folder))
    write("a", "12")
    for name, kind in pairs {a = "file", to_a = "file", broken = "link", fifo = "fifo"} do
      assert.equal(kind, sys.stat(folder .. "/" .. name).kind, name)
    end
    assert.equal("dir", sys.stat(folder).kind)
    assert.equal("device", sys.stat("/dev/null").kind)
    assert.is_true(sys.stat(folder .. "/to_a").is_link)
    assert.equal(2, sys.stat(folder .. "/to_a").size)
    assert.equal(sys.stat(folder .. "/a").id, sys.stat(folder .. "/to_a").id)
  end)
end)

describe("a path", function()
  it("has no zero byte", function()
    for _, name in ipairs {"stat", "read_file", "listdir", "realpath", "mkdir_private"} do
      local _, problem = pcall(sys[name], "a\0b")
      assert.equal("bad_input", problem.code)
    end
  end)
end)

describe("embedded files", function()
  local embed = require "vankien.host.embed"

  it("are listed in order and read", function()
    local names = embed.list "db/migrations/"
    assert.is_true(#names > 0)
    for i, name in ipairs(names) do
      assert.equal(sys.read_file(name), embed.read(name))
      assert.is_true(i == 1 or names[i - 1] < name)
    end
    assert.is_nil(embed.read "db/none.sql")
    assert.same({}, embed.list "none/")
  end)

  it("carry the library, also in an empty folder", function()
    local text, code = shell(("cd %s/l && %s -e 'print(require \"vankien.util.err\".is(1))'")
      :format(folder, program))
    assert.same({"false", 0}, {text, code})
  end)

  it("give way to the folder that VANKIEN_LUA names", function()
    sys.mkdir_private(folder .. "/lua/vankien/cli")
    write("lua/vankien/cli/main.lua", "return {main = function(w) print(#w, w[1]) return 7 end}")
    local text, code = shell(("VANKIEN_LUA=%s/lua %s một hai"):format(folder, program))
    assert.same({"2\tmột", 7}, {text, code})
  end)
end)

describe("error values", function()
  local errors = require "vankien.host.error"

  it("print place, message and hint", function()
    local e = errors.new("usage", "sai", {hint = "thử lại", place = "a.lua:3"})
    assert.equal("a.lua:3: sai\n  hint: thử lại", tostring(e))
    assert.equal("sai", tostring(errors.new("usage", "sai")))
    assert.has_error(function() errors.new("none", "x") end)
  end)

  it("are one kind with those of the library", function()
    local err = require "vankien.util.err"
    assert.is_true(err.is(errors.new("io", "x")))
    local _, raised = pcall(require "vankien.host.store".sha256, {})
    assert.is_false(err.is(raised))
    local _, missing = sys.stat(folder .. "/none")
    assert.is_true(err.is(missing))
  end)
end)

describe("standard output", function()
  it("that cannot take what is printed makes the program fail", function()
    local path = write("print.lua", "print 'xin chào'")
    local text, code = shell(("%s run %s 2>&1 >/dev/full"):format(program, path))
    assert.matches("standard output: No space left", text)
    assert.equal(1, code)
  end)
end)

describe("Lua C modules of the system", function()
  it("load, and find Lua's functions in the program", function()
    assert.equal("directory", require "lfs".attributes("tests", "mode"))
    assert.equal("[1,2]", require "cjson".encode {1, 2})
  end)
end)

describe("coroutines", function()
  it("behave as Lua's own", function()
    local co = coroutine.create(function(a, b)
      local c = coroutine.yield(a + b)
      error {c}
    end)
    assert.same({true, 3}, {coroutine.resume(co, 1, 2)})
    assert.same({false, {4}}, {coroutine.resume(co, 4)})
    assert.same({false, "cannot resume dead coroutine"}, {coroutine.resume(co)})
    assert.same({true, 1, nil, 3},
      {coroutine.resume(coroutine.create(function() return 1, nil, 3 end))})
  end)

  it("wrapped pass values and errors on, and close what they hold", function()
    local closed
    local f = coroutine.wrap(function()
      local _ <close> = setmetatable({}, {__close = function() closed = true end})
      coroutine.yield(1)
      error "hỏng"
    end)
    assert.equal(1, f())
    local ok, problem = pcall(f)
    assert.is_false(ok)
    assert.matches("hỏng", problem)
    assert.is_true(closed)
  end)
end)

-- Scripts that never end by themselves; each must end soon after SIGINT.
local ENDLESS = {
  ["a loop"] = "while true do end",
  ["a coroutine"] = "coroutine.wrap(function() while true do end end)()",
  ["a loop under pcall"] = "while true do pcall(function() while true do end end) end",
  ["a handler that loops"] =
    "xpcall(function() while true do end end, function() while true do end end)",
  ["string.find"] = "local s = ('a'):rep(40) s:rep(50):find(('.-'):rep(40) .. 'b')",
  ["LPeg"] = [[local l = require "lpeg"
    local g = l.P {"S", S = (l.P "a" * l.V "S" * l.V "S") + (l.P "a" * l.V "S") + l.P "a"}
    l.setmaxstack(100000) while true do l.match(g, ("a"):rep(60) .. "b") end]],
  ["SQL"] = [[local c = require "vankien.host.store".open(":memory:", {mode = "create"})
    c:first "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n"]],
  ["calls from C"] = "while true do table.sort({3, 1, 2}, function(a, b) return a < b end) end",
}

describe("Ctrl-C", function()
  for name, code in pairs(ENDLESS) do
    it("ends " .. name .. " within a second, with code 130", function()
      local path = write("endless.lua", code)
      local before = sys.clock()
      local _, status = interrupt(path)
      assert.equal(130, status)
      assert.is_true(sys.clock() - before < 1.2, "took " .. sys.clock() - before)
    end)
  end

  it("lets __close handlers run, and clears away when it is handled", function()
    local path = write("close.lua", [[
      local sys = require "vankien.host.sys"
      sys.set_interrupt_mode "repl"
      local closed = 0
      local ok, problem = pcall(function()
        local held <close> = setmetatable({}, {__close = function()
          for i = 1, 100 do closed = closed + 1 end
        end})
        coroutine.wrap(function()
          local inner <close> = held
          while true do end
        end)()
      end)
      assert(sys.interrupted())
      for i = 1, 100000 do ok = ok or i < 0 end
      print(ok, problem.code, closed)]])
    assert.same({"false\tinterrupted\t200", 0}, {interrupt(path)})
  end)

  it("takes back an open transaction", function()
    local path = write("tx.lua", ([[
      local store = require "vankien.host.store"
      local c = assert(store.open("%s/tx.db", {mode = "create"}))
      c:exec "CREATE TABLE t (a INTEGER) STRICT"
      local tx = c:begin()
      local bulk = c:bulk "INSERT INTO t VALUES (?)"
      while true do pcall(bulk.run, bulk, 1) end]]):format(folder))
    local _, status = interrupt(path)
    assert.equal(130, status)
    local conn = assert(require "vankien.host.store".open(folder .. "/tx.db", {mode = "write"}))
    assert.equal(0, (conn:first "SELECT count(*) FROM t"))
    assert.equal("ok", (conn:first "PRAGMA integrity_check"))
    conn:close()
  end)
end)
