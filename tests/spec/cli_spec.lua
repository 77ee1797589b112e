-- The real program, run as a shell runs it: data on standard output, talk on standard error, and
-- the exit codes that the help lists.

package.path = "tests/support/?.lua;" .. package.path
local json = require "vankien.util.json"
local program = require "program"

local folder

local function vankien(...)
  return program.run({...}, {folder = folder})
end

local function piped(text, ...)
  return program.run({...}, {folder = folder, stdin = text})
end

setup(function() folder = program.folder() end)
teardown(function() program.remove(folder) end)

describe("vankien", function()
  it("answers one-liners", function()
    local code, out = vankien("-e", 'directives["25-CT/TW"].title')
    assert.equal(0, code)
    assert.equal("Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030\n", out)
  end)

  it("prints a query as a table, whole when it is no terminal", function()
    local code, out = vankien("-e", 'tasks')
    assert.equal(0, code)
    assert.truthy(out:find("huy động nguồn lực cho ngoại giao đa phương", 1, true))
    assert.truthy(out:find("(6 rows)", 1, true))
  end)

  it("prints a value in the format that was asked for", function()
    local _, out = vankien("-e", 'resolutions["59-NQ/TW"]', "--format", "json")
    assert.equal("2025-01-24", json.decode(out)[1].issued)
    _, out = vankien("-e", "tasks", "--format", "csv")
    assert.truthy(out:find "^id,")
  end)

  it("runs statements and prints nothing of its own", function()
    local code, out, problems = vankien("-e", "local n = #congresses")
    assert.same({0, "", ""}, {code, out, problems})
  end)

  it("runs standard input, with - and from a pipe", function()
    assert.same({0, "14\n", ""}, {piped("print(#congresses)", "-")})
    assert.same({0, "14\n", ""}, {piped("#congresses")})
    assert.same({0, "a\tb\n", ""}, {piped("#!/usr/bin/env vankien\nprint(...)", "-", "a", "b")})
  end)

  it("runs a file, with run and without, with its words in arg and ...", function()
    program.write(folder .. "/words.lua",
      "#!/usr/bin/env vankien\nprint(arg[0], arg[1], select('#', ...))\n")
    assert.same({0, "words.lua\tĐại hội\t2\n", ""}, {vankien("run", "words.lua", "Đại hội", "-x")})
    assert.same({0, "./words.lua\ta\t1\n", ""}, {vankien("./words.lua", "a")})
  end)

  it("runs a script by its first line", function()
    program.write(folder .. "/shebang.lua", "#!" .. program.path .. "\nprint(#congresses)\n")
    local code, out = program.shell("chmod +x shebang.lua && ./shebang.lua", {folder = folder})
    assert.same({0, "14\n"}, {code, out})
  end)

  it("gives scripts its library by require", function()
    program.write(folder .. "/library.lua", [[
      local vankien = require "vankien"
      local store = assert(vankien.open())
      print(store:collection "congresses":count())]])
    assert.same({0, "14\n", ""}, {vankien("library.lua")})
  end)
end)

describe("an error in a script", function()
  local function failing(code)
    program.write(folder .. "/failing.lua", code)
    local exit, out, problems = vankien("failing.lua")
    assert.equal("", out)
    return exit, problems
  end

  it("names the line, shows it, and says what was meant", function()
    local code, problems = failing "local d = directives['25-CT/TW']\nprint(d.titel)\n"
    assert.equal(1, code)
    assert.truthy(problems:find('failing.lua:2: unknown field "titel"', 1, true), problems)
    assert.truthy(problems:find('did you mean "title"', 1, true))
    assert.truthy(problems:find("2 | print(d.titel)", 1, true))
  end)

  it("shows the frames of the script and none of the program", function()
    local code, problems = failing [[
local function inner() return documents:wher{} end
local function outer() local x = inner() return x end
outer()]]
    assert.equal(1, code)
    assert.truthy(problems:find("failing.lua:2: in", 1, true), problems)
    assert.truthy(problems:find("failing.lua:3: in the main chunk", 1, true))
    assert.is_nil(problems:find("vankien/", 1, true))
    assert.is_nil(problems:find("[C]", 1, true))
  end)

  it("tells of any value that is thrown", function()
    for _, case in ipairs {{"error('Đổ vỡ')", "Đổ vỡ"}, {"error()", "nil"}, {"error{}", "table"},
      {"error(setmetatable({}, {__tostring = function() return 'mine' end}))", "mine"},
      {"local t = nil; t.x = 1", "attempt to index"}, {"x = = 1", "unexpected symbol"}} do
      local code, problems = failing(case[1])
      assert.equal(1, code)
      assert.truthy(problems:find(case[2], 1, true), problems)
    end
  end)

  it("lets no control character through", function()
    local _, problems = failing "error('\\27[31mred')"
    assert.is_nil(problems:find("\27", 1, true))
  end)

  it("is a strict one about names", function()
    local _, problems = failing "print(directive)"
    assert.truthy(problems:find('did you mean "directives"', 1, true), problems)
  end)

  it("stops endless recursion", function()
    local code, problems = failing "local function f() return 1 + f() end f()"
    assert.equal(1, code)
    assert.truthy(problems:find "stack overflow")
    assert.truthy(problems:find "more")
  end)
end)

describe("exit codes", function()
  local cases = {
    {2, {"shfit"}, 'did you mean "shift"'}, {2, {"--sotre", "x"}, "--store"},
    {2, {"shift", "--formt", "json"}, "--format"}, {2, {"shift", "--format", "jsn"}, "json"},
    {2, {"export"}, "needs a table"}, {2, {"export", "documets"}, "documents"},
    {2, {"export", "documents", "--columns", "titel"}, "title"},
    {2, {"export", "documents", "--where", "yaer >= 2016"}, "year"},
    {2, {"help", "shitf"}, "shift"}, {2, {"import"}, "manifest"},
    {2, {"kwic"}, "needs a phrase"}, {2, {"shift", "--phrase", "a", "--lexicon", "b"}, "together"},
    {4, {"missing.lua"}, "no file missing.lua"}, {4, {"run", "missing.lua"}, "missing.lua"},
    {4, {"--store", "nowhere.db", "doctor"}, "nowhere.db"},
    {4, {"import", "nowhere.txt"}, "nowhere.txt"},
    {1, {"-e", "error 'x'"}, "x"}, {1, {"-e", "x y"}, "syntax error"},
  }
  it("say what kind of thing went wrong", function()
    for _, case in ipairs(cases) do
      local code, out, problems = program.run(case[2], {folder = folder})
      local line = table.concat(case[2], " ")
      assert.equal(case[1], code, line .. ": " .. problems)
      assert.equal("", out, line)
      assert.truthy(problems:find("^vankien: "), line)
      assert.truthy(problems:find(case[3], 1, true), line .. ": " .. problems)
      assert.is_nil(problems:find("traceback", 1, true), line .. ": " .. problems)
    end
  end)

  it("is 130 after Ctrl-C, wherever it falls", function()
    for _, script in ipairs {
      "while true do end", "while true do pcall(function() while true do end end) end",
      "coroutine.wrap(function() while true do end end)()",
    } do
      local code, _, problems = program.shell(([[
        "$VANKIEN" -e %s & job=$!
        sleep 0.4; kill -INT $job; wait $job]]):format(program.quote(script)), {folder = folder})
      assert.equal(130, code, script)
      assert.equal("vankien: interrupted\n", problems)
    end
  end)

  it("ends quietly when nobody reads", function()
    local code, out, problems = program.shell(
      [["$VANKIEN" -e 'for i = 1, 1e6 do print(i) end' | head -1; exit 0]], {folder = folder})
    assert.same({0, "1\n", ""}, {code, out, problems})
  end)
end)

describe("vankien export", function()
  it("writes formats that read back the same", function()
    local _, out = vankien("export", "pillars", "--format", "json")
    local rows = json.decode(out)
    assert.equal(3, #rows)
    assert.equal("integer", math.type(rows[1].n))
    _, out = vankien("export", "pillars", "--columns", "n,title", "--format", "tsv")
    assert.truthy(out:find "^n\ttitle\n1\t")
  end)

  it("filters, sorts and limits", function()
    local _, out = vankien("export", "congresses", "--where", "n >= 12", "--order", "-n", "--limit",
      "2", "--columns", "ordinal", "--format", "csv")
    assert.equal("ordinal\nXIV\nXIII\n", out)
  end)

  it("writes to a file", function()
    local code, out = vankien("export", "pillars", "-o", "pillars.csv")
    assert.same({0, ""}, {code, out})
    assert.truthy(program.read(folder .. "/pillars.csv"):find "^id,n,title")
  end)
end)

describe("vankien shift without texts", function()
  it("shows people what quotations attest, and tells programs that there is nothing", function()
    local code, out, problems = vankien "shift"
    assert.equal(0, code, problems)
    assert.truthy(out:find("Đại hội XIV", 1, true))
    assert.truthy(problems:find("no texts", 1, true))
    code, out, problems = vankien("shift", "--format", "json")
    assert.same({4, ""}, {code, out})
    assert.truthy(problems:find("import", 1, true))
    code, out, problems = vankien("kwic", "hội nhập")
    assert.same({4, ""}, {code, (out:gsub("%s+$", ""))})
    assert.truthy(problems:find("no texts", 1, true))
  end)
end)

describe("vankien backup", function()
  it("makes a store that opens, and does not replace a file unasked", function()
    assert.equal(0, (vankien("backup", "copy.db")))
    assert.same({0, "14\n", ""}, {vankien("--store", "copy.db", "-e", "#congresses")})
    local code, _, problems = vankien("backup", "copy.db")
    assert.equal(3, code)
    assert.truthy(problems:find("--force", 1, true))
    assert.equal(0, (vankien("backup", "--force", "copy.db")))
  end)
end)

describe("vankien doctor", function()
  it("finds the embedded store sound", function()
    local code, out, problems = vankien "doctor"
    assert.equal(0, code, out .. problems)
    assert.truthy(problems:find("sound", 1, true))
  end)

  it("gives 5 and names the row when a value was altered", function()
    vankien("backup", "--force", "altered.db")
    vankien("--store", "altered.db", "-e", [[store.conn:run(
      "UPDATE congresses SET year = 1987 WHERE ordinal = 'VI'")]])
    local code, out = vankien("--store", "altered.db", "doctor", "--format", "jsonl")
    assert.equal(5, code)
    local found = false
    for line in out:gmatch "[^\n]+" do
      local finding = json.decode(line)
      found = found or finding.table == "congresses" and finding.id == 6
    end
    assert.is_true(found, out)
  end)
end)

describe("vankien selftest", function()
  it("recomputes every published number", function()
    local code, out, problems = vankien("selftest", "--format", "jsonl")
    assert.equal(0, code, out)
    assert.truthy(problems:find "^%d+ passed, 0 failed\n$", problems)
    for _, key in ipairs {"value", "expected", "difference", "source"} do
      assert.truthy(out:find('"' .. key .. '":', 1, true), key)
    end
    local _, lines = vankien "selftest"
    assert.truthy(lines:find "\n%d+ passed, 0 failed\n$", lines:sub(-80))
  end)
end)
