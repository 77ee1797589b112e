-- vankien.host.process: other programs, without a shell, under a deadline and limits.

local process = require "vankien.host.process"
local program = require "tests.support.program"
local sys = require "vankien.host.sys"

local folder

setup(function() folder = program.folder() end)
teardown(function() program.remove(folder) end)

-- A line of sh under the options; the outcome.
local function sh(line, options)
  options = options or {}
  options.file, options.args = "sh", {"-c", line}
  return assert(process.run(options))
end

describe("process.run", function()
  it("keeps apart what goes to standard output and standard error, and the exit code", function()
    local r = sh "echo một; echo hai >&2; exit 3"
    assert.same({"exited", 3, "một\n", "hai\n"}, {r.ended, r.exit, r.out, r.err})
    assert.is_nil(r.signal)
  end)

  it("hands the words over as they are: there is no shell", function()
    local r = process.run {file = "printf", args = {"%s|", "a b", "$HOME", "*", "", "'"}}
    assert.equal("a b|$HOME|*||'|", r.out)
  end)

  it("feeds input of any length while it reads output of any length", function()
    local bytes = ("Văn kiện\0\n"):rep(300000)
    assert.equal(bytes, process.run {file = "cat", input = bytes}.out)
    assert.equal("", process.run {file = "cat", input = ""}.out)
    assert.equal("exited", process.run {file = "true", input = bytes}.ended)
  end)

  it("gives an empty input when none is given, and closes what else is open", function()
    local held <close> = assert(io.open("tests/run.lua"))
    assert.equal("", process.run {file = "cat"}.out)
    assert.equal("0\n1\n2\n", sh "cd /proc/self/fd; for f in *; do [ -e $f ] && echo $f; done".out)
    assert.truthy(held)
  end)

  it("gives the variables that are named, a search path, a locale, and no others", function()
    local r = process.run {file = "env", env = {TEN = "tên"}}
    local names = {}
    for name in r.out:gmatch "([%w_]+)=[^\n]*\n" do names[#names + 1] = name end
    table.sort(names)
    assert.same({"LC_ALL", "PATH", "TEN"}, names)
    assert.matches("TEN=tên\n", r.out, 1, true)
  end)

  it("runs in the folder that is named", function()
    assert.equal("/usr\n", process.run {file = "pwd", dir = "/usr"}.out)
    local _, problem = process.run {file = "pwd", dir = "/none"}
    assert.same({"not_found", "there is no folder /none"}, {problem.code, problem.message})
  end)

  it("says which program there is not, and looks in no current folder", function()
    for _, name in ipairs {"vankien-no-such", "./none", "/etc/passwd", "tests", ""} do
      local r, problem = process.run {file = name}
      assert.is_nil(r)
      assert.equal("not_found", problem.code, name)
      assert.matches(name, problem.message, 1, true)
    end
    assert.matches("/true$", process.find "true")
    assert.equal("not_found", select(2, process.find "vankien-no-such").code)
  end)

  it("sees how it ended although whoever started us ignores the end of children", function()
    program.write(folder .. "/child.lua", [[
      local r = require "vankien.host.process".run {file = "sh", args = {"-c", "exit 7"}}
      print(r.ended, r.exit)]])
    local _, out = program.shell("trap '' CHLD; exec \"$VANKIEN\" run child.lua", {folder = folder})
    assert.equal("exited\t7\n", out)
  end)

  it("works where the standard descriptors are closed", function()
    program.write(folder .. "/closed.lua", [[
      local r = require "vankien.host.process".run {file = "cat", input = "còn"}
      local file <close> = io.open("closed", "w")
      file:write(r.out)]])
    program.shell("exec \"$VANKIEN\" run closed.lua <&- >&- 2>&-", {folder = folder})
    assert.equal("còn", program.read(folder .. "/closed"))
  end)

  it("says of which signal a program died", function()
    local r = sh "kill -TERM $$"
    assert.same({"signal", 15}, {r.ended, r.signal})
    assert.is_nil(r.exit)
  end)

  it("raises for options it does not know, and for values that cannot be", function()
    local cases = {
      {{file = "true", shell = true}, "unknown_name"}, {{}, "usage"},
      {{file = "true", args = "x"}, "usage"}, {{file = "true", args = {{}}}, "usage"},
      {{file = "true", args = {"a\0b"}}, "usage"}, {{file = "a\0b"}, "usage"},
      {{file = "true", env = {A = 1}}, "usage"}, {{file = "true", seconds = -1}, "usage"},
      {{file = "true", seconds = 0 / 0}, "usage"}, {{file = "true", output_bytes = "x"}, "usage"},
      {{file = "true", input = 1}, "usage"}, {{file = "true", "x"}, "usage"},
      {{file = "true", read = "x"}, "usage"}, {{file = "true", memory_bytes = {}}, "usage"},
    }
    for i, case in ipairs(cases) do
      local ok, problem = pcall(process.run, case[1])
      assert.is_false(ok, "case " .. i)
      assert.equal(case[2], problem.code, "case " .. i)
    end
    assert.has_error(function() process.run "true" end)
  end)
end)

describe("a program that does not end", function()
  it("is killed at its time, with all that it started", function()
    local before = sys.clock()
    local r = sh("sleep 60 & echo $!; trap '' TERM INT; while :; do :; done", {seconds = 0.3})
    assert.equal("time", r.ended)
    assert.is_true(sys.clock() - before < 0.8)
    assert.is_false(program.runs(tonumber(r.out)))
  end)

  it("is killed when it has closed its outputs, too", function()
    local r = sh("exec >&- 2>&-; exec sleep 60", {seconds = 0.2})
    assert.equal("time", r.ended)
  end)

  it("leaves nobody behind when it has ended, and is not waited for by what it left", function()
    local before = sys.clock()
    local r = sh "sleep 60 & echo $!"
    assert.equal("exited", r.ended)
    assert.is_true(sys.clock() - before < 0.5)
    assert.is_false(program.runs(tonumber(r.out)))
  end)

  it("is killed when it writes too much, and what is kept is capped", function()
    for _, to in ipairs {"", " >&2"} do
      local r = sh("yes" .. to, {output_bytes = 1000})
      assert.same({"output", 1000}, {r.ended, #r.out + #r.err})
    end
    local exact = sh("printf 12345", {output_bytes = 5})
    assert.same({"exited", "12345"}, {exact.ended, exact.out})
    assert.equal("output", sh("printf 123456", {output_bytes = 5}).ended)
  end)

  it("is killed by Ctrl-C", function()
    program.write(folder .. "/wait.lua", [[
      local run = require "vankien.host.process".run
      print(pcall(run, {file = "sh", args = {"-c", "echo $$ > pid; exec sleep 60"}})) ]])
    local before = sys.clock()
    local code = program.shell("timeout --preserve-status -s INT 0.3 \"$VANKIEN\" run wait.lua",
      {folder = folder})
    assert.equal(130, code)
    assert.is_true(sys.clock() - before < 1.2)
    assert.is_false(program.runs(tonumber(program.read(folder .. "/pid"))))
  end)

  it("that has limits dies with us, even when we are killed", function()
    program.write(folder .. "/wait.lua", [[
      require "vankien.host.process".run {file = "sh", processes = 1000, write = {"."},
        args = {"-c", "echo $$ > pid; exec sleep 60"}} ]])
    program.shell("timeout -s KILL 0.4 \"$VANKIEN\" run wait.lua", {folder = folder})
    os.execute "sleep 0.1"
    assert.is_false(program.runs(tonumber(program.read(folder .. "/pid"))))
  end)
end)

describe("limits of a program", function()
  it("hold its memory", function()
    local line = "x=$(head -c 100000000 /dev/zero | tr '\\0' a); echo ${#x}"
    local free, held = sh(line), sh(line, {memory_bytes = 60 << 20})
    assert.equal("100000000\n", free.out)
    assert.not_equal("100000000\n", held.out)
  end)

  it("hold the length of a file it writes", function()
    local r = sh(("head -c 5000 /dev/zero > %s/long; wc -c < %s/long"):format(folder, folder),
      {file_bytes = 1000})
    assert.equal("1000\n", r.out)
  end)

  it("let it read and write only what is named, besides the system's own files", function()
    program.write(folder .. "/a", "được")
    program.write(folder .. "/b", "không")
    local line = ("cat %s/a; cat %s/b; echo x > %s/c; ls / /root /home; cat /etc/passwd")
      :format(folder, folder, folder)
    local r = sh(line, {read = {folder .. "/a"}})
    assert.equal("được", r.out)
    assert.is_nil(sys.stat(folder .. "/c"))
    r = sh(line .. "; cat " .. folder .. "/c", {write = {folder}})
    assert.equal("đượckhôngx\n", r.out)
  end)

  it("keep it from the network and from starting others", function()
    local r = process.run {file = "bash", read = {}, args = {"-c", "echo > /dev/tcp/127.0.0.1/1"}}
    assert.matches("not permitted", r.err)
    r = sh("ls /usr", {processes = 0})
    assert.matches("Cannot fork", r.err)
  end)

  it("are refused when they are more than there is room for", function()
    local many = {}
    for i = 1, 100 do many[i] = "/tmp/" .. i end
    local r = sh("true", {read = many})
    assert.same({"exited", 126}, {r.ended, r.exit})
    assert.matches("cannot start a program under limits", r.err)
  end)
end)
