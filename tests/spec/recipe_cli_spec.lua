-- `vankien recipe …` as people type it: new, list, show, run, test, lint, and what comes out.

package.path = "tests/support/?.lua;" .. package.path
local lint = require "vankien.recipe.lint"
local list = require "vankien.util.list"
local program = require "program"
local recipes = require "recipes"
local shelf = require "vankien.recipe.shelf"

local folder
setup(function()
  folder = program.folder()
  program.write(folder .. "/xii.txt", "# congress: XII\n# issued: 2016-01\n# title: Mười hai\n"
    .. "Chủ động tham gia và phát huy vai trò.\n")
  assert.equal(0, (program.run({"import", "xii.txt"}, {folder = folder})))
end)
teardown(function() program.remove(folder) end)

local function put(name, code, extra)
  program.write(folder .. "/" .. name .. ".lua", recipes.text(code, extra, name))
end

local function recipe(...)
  return program.run({"recipe", ...}, {folder = folder})
end

describe("vankien recipe new", function()
  it("writes a recipe that runs, passes its test, and has nothing to remark on", function()
    local code, path, problems = recipe("new", "first-question")
    assert.equal(0, code, problems)
    assert.equal(folder .. "/vankien/recipes/first-question.lua\n", path)
    assert.same({0, "0 remarks\n", ""}, {recipe("lint", "first-question")})
    assert.same({0, "1 passed, 0 failed\n", ""}, {recipe("test", "first-question")})
    local _, out = recipe("run", "first-question", "--format", "csv")
    assert.truthy(out:find("congress,n,per_10k\n", 1, true), out)
    assert.truthy(out:find("XII,1,", 1, true), out)
    assert.truthy(select(2, recipe "list"):find("first%-question +0.1.0 +own .*yours"))
  end)

  it("never overwrites, and knows a name from none", function()
    local code, _, problems = recipe("new", "first-question")
    assert.equal(3, code)
    assert.truthy(problems:find("is there already", 1, true))
    assert.equal(2, (recipe("new", "First Question")))
    assert.equal(0, (recipe("new", "second", "--here")))
    assert.truthy(require "vankien.host.sys".stat(folder .. "/second.lua"))
  end)
end)

describe("vankien recipe run", function()
  it("makes options of the parameters, and prints in any format", function()
    put("params", "function run(p) return { { a = p.since_year, b = p.on, c = #p.ladder } } end",
      [[params = { { name = "since_year", type = "integer", default = 3 },
        { name = "on", type = "boolean", default = false, help = { en = "a switch" } },
        { name = "ladder", type = "lexicon", default = { "a", "b" } } }]])
    local formats = {
      csv = "a,b,c\n-4,true,3\n", tsv = "a\tb\tc\n-4\ttrue\t3\n",
      jsonl = '{"a":-4,"b":true,"c":3}\n',
    }
    for format, wanted in pairs(formats) do
      local code, out, problems = recipe("run", "./params.lua", "--since-year=-4", "--on",
        "--ladder", "tham dự; tham gia", "--ladder", "dẫn dắt", "--format", format)
      assert.equal(0, code, problems)
      assert.equal(wanted, out)
    end
    local _, out = recipe("run", "--format", "csv", "./params.lua", "--since_year", "7", "--on=no")
    assert.equal("a,b,c\n7,false,2\n", out)
    program.write(folder .. "/words.csv", "phrase,rung\ntham gia,1\n")
    _, out = recipe("run", "./params.lua", "--ladder", "@words.csv", "--format", "csv")
    assert.equal("a,b,c\n3,false,1\n", out)
    _, out = recipe("run", "./params.lua", "--help")
    assert.truthy(out:find("%-%-on +a switch"), out)
    assert.truthy(out:find("(default: a; b)", 1, true), out)
  end)

  it("names all wrong parameters at once, with the nearest", function()
    local code, _, problems = recipe("run", "./params.lua", "--since", "x", "--lader=y",
      "--formt", "csv", "--on=perhaps", "--since-year", "x")
    assert.equal(2, code)
    for _, part in ipairs {'did you mean "--since-year"?', 'did you mean "--ladder"?',
      'did you mean "--format"?', "--on: true or false", "--since-year: a whole number"} do
      assert.truthy(problems:find(part, 1, true), part .. "\n" .. problems)
    end
  end)

  it("keeps notes and what is printed off standard output, escaped and named", function()
    put("talk", [[function run(p, ctx) ctx.note("a\27[0m\nb") print("\27[31mred\nvankien: forged")
      return { { a = 1 } } end]])
    local _, out, problems = recipe("run", "./talk.lua", "--format", "csv")
    assert.equal("a\n1\n", out)
    assert.equal("talk: \\e[31mred\ntalk: vankien: forged\nnote: a\\e[0m\\nb\n", problems)
  end)

  it("lets no control character and no formula out, in any format", function()
    put("cells", [[function run() return { { ["=x"] = "=1+1", b = "\27[2J\u{202E}x", c = "@y\r",
      d = -5, e = "-5", f = { "=z", "\8" } } } end]])
    for _, format in ipairs(require "vankien.report".formats) do
      local code, out = recipe("run", "./cells.lua", "--format", format)
      assert.equal(0, code)
      assert.is_nil(out:find "[\27\r\8]", format)
      assert.is_nil(out:find("\u{202E}", 1, true), format)
      if format == "csv" or format == "tsv" then
        for line in out:gmatch "[^\n]+" do
          for cell in line:gmatch "[^,\t]+" do
            assert.truthy(not cell:find '^"?[=@+]' , format .. ": " .. cell)
          end
        end
        assert.truthy(out:find("[,\t]%-5[,\t]%-5[,\t]"), out)
      end
    end
  end)

  it("lets no control character out of its help and its explanation either", function()
    put("loud", "function run(p) return { { a = p.n } } end", [[
      summary = { en = "\27[2Jx\u{202E}" }, question = { vi = "\8" }, tags = { "\27" },
      authors = { "\27]0;x\7" }, params = { { name = "n", type = "string", default = "\27[1m",
        choices = { "\27[1m", "b" }, help = { en = "\27[3m" } } },
      examples = { { params = { n = "b" }, note = "\27[4m" } }]])
    for _, words in ipairs {{"run", "./loud.lua", "--help"}, {"show", "./loud.lua"},
      {"run", "./loud.lua", "--n", "\27"}, {"lint", "./loud.lua"}, {"test", "./loud.lua"}} do
      local _, out, problems = recipe(table.unpack(words))
      assert.is_nil((out .. problems):find "[\27\7\8]", table.concat(words, " "))
      assert.is_nil((out .. problems):find("\u{202E}", 1, true), table.concat(words, " "))
    end
  end)

  it("ends with the code of its end", function()
    for name, case in pairs {
      fails = {1, "function run() error 'x' end"}, refused = {3, "function run() require 'io' end"},
      late = {124, "function run() while true do end end", "permissions = { seconds = 0.2 }"},
      full = {1, "function run() return { {}, {} } end", "permissions = { rows = 1 }"},
    } do
      put(name, case[2], case[3])
      local code, out, problems = recipe("run", "./" .. name .. ".lua")
      assert.equal(case[1], code, name .. problems)
      assert.equal("", out)
      assert.truthy(problems:find("^vankien: "), problems)
    end
    assert.equal(4, (recipe("run", "no-such-recipe")))
    assert.equal(2, (recipe "run"))
    assert.equal(2, (recipe("rn", "x")))
    put("broken", "", "nonsense = 1")
    local code, _, problems = recipe("run", "./broken.lua")
    assert.equal(2, code)
    assert.truthy(problems:find('broken.lua:2: nonsense: unknown key "nonsense"', 1, true))
  end)

  it("shows the rows that it proposes, and adds them only when told to", function()
    put("plan", [[function run() return { rows = { { n = 1 } }, plan = { { table = "terms",
      action = "insert", values = { term = "cụm từ mới", rung = 1, class = "x", source = "x",
      level = "secondary" } } } } end]],
      "permissions = { write = { 'terms' } }")
    local function terms()
      local _, out = program.run({"-e", "#terms:where\"term = 'cụm từ mới'\""}, {folder = folder})
      return out
    end
    local code, _, problems = recipe("run", "./plan.lua")
    assert.same({3, "0\n"}, {code, terms()}, problems)      -- more than the default, not agreed to
    local hash = assert(shelf.find(folder .. "/plan.lua")).hash
    code, _, problems = recipe("trust", "./plan.lua", hash:sub(1, 8))
    assert.equal(0, code, problems)
    _, _, problems = recipe("run", "./plan.lua")
    assert.truthy(problems:find("cụm từ mới", 1, true), problems)
    assert.truthy(problems:find("--yes adds", 1, true), problems)
    assert.equal("0\n", terms())
    code, _, problems = recipe("run", "./plan.lua", "--yes")
    assert.same({0, "1\n"}, {code, terms()}, problems)
    put("wrong", [[function run() return { rows = {}, plan = { { table = "documents",
      action = "insert", values = { title = "x" } } } } end]],
      "permissions = { write = { 'terms' } }")
    hash = assert(shelf.find(folder .. "/wrong.lua")).hash
    recipe("trust", "./wrong.lua", hash:sub(1, 8))
    code, _, problems = recipe("run", "./wrong.lua", "--yes")
    assert.equal(2, code)
    assert.truthy(problems:find('may not write to "documents"', 1, true), problems)
  end)
end)

describe("vankien recipe show", function()
  it("explains a recipe in both languages, with a sample of what it gives", function()
    local code, out, problems = recipe("show", "participation-shift")
    assert.equal(0, code, problems)
    for _, part in ipairs {"Từ “tham dự” đến", "From attending to shaping", "--phrases", "lexicon",
      "per_10k", "read the store; 10 s", "sample from the fixture", "chủ động tham gia",
      "vankien recipe run participation-shift", "program: lua/recipes/participation-shift.lua"} do
      assert.truthy(out:find(part, 1, true), part)
    end
    local _, names = recipe("show", "participation-shift", "--options")
    assert.truthy(names:find("--phrases\n--by\n", 1, true))
  end)
end)

describe("vankien recipe test", function()
  it("says which test failed, where, and closes with the counts", function()
    put("tested", [[function run() return { { n = #documents:where{ has "text" } } } end
      test("counts one", {}, function(result, t) t.equal(1, result.rows[1].n) end)
      test("is wrong", {}, function(result, t)
        t.equal(2, result.rows[1].n) end)
      test("stands alone", {}, function(result, t) t.rows(1, result) end)]],
      "fixture = { documents = { { title = 'T', issued = '2016', text = 'Một câu.' } } }")
    local code, out = recipe("test", "./tested.lua")
    assert.equal(1, code)
    assert.truthy(out:find("FAILED tested: is wrong\n  tested.lua:6: expected 2, got 1", 1, true),
      out)
    assert.truthy(out:find("2 passed, 1 failed\n$"))
    put("greedy", "function run() while true do end end test('x', {}, print)",
      "permissions = { seconds = 500 }")
    local asked, said = recipe("test", "./greedy.lua")
    assert.equal(1, asked)
    assert.truthy(said:find("wants more than the default and is not trusted: 500 s", 1, true), said)
    put("untested", "function run() return {} end")
    local none, _, problems = recipe("test", "./untested.lua")
    assert.equal(1, none)
    assert.truthy(problems:find("has no tests", 1, true))
  end)

  it("passes for every recipe that comes with the program, and lint has nothing to say", function()
    local names = {}
    for _, entry in ipairs(shelf.list()) do
      if entry.shelf == "program" then
        names[#names + 1] = entry.name
        assert.same({}, list.map(lint.check(entry), tostring))
      end
    end
    assert.is_true(#names >= 12)
    local code, out = recipe("test", table.unpack(names))
    assert.equal(0, code, out)
    assert.truthy(out:find("^%d+ passed, 0 failed\n$"), out)
  end)
end)

describe("the examples of recipes", function()
  it("pass their tests, have nothing to remark on, and run as their heads say", function()
    local sys = require "vankien.host.sys"
    local met = 0
    for _, name in ipairs(assert(sys.listdir "examples/recipes")) do
      met = met + 1
      local path = assert(sys.realpath("examples/recipes/" .. name))
      local code, out = recipe("test", path)
      assert.equal(0, code, out)
      assert.same({0, "0 remarks\n", ""}, {recipe("lint", path)})
      for line in program.read(path):gmatch "%-%-   (vankien [^\n]*)" do
        met = met + 1
        local command = line:gsub("^vankien", '"$VANKIEN"'):gsub("%-%-store mine.db ", "")
          :gsub("examples/recipes/%S*", path)
        local exit, _, talk = program.shell(command, {folder = folder})
        assert.equal(0, exit, line .. talk)
      end
    end
    assert.is_true(met >= 3)
  end)
end)

describe("vankien recipe lint", function()
  local function remarks(code, extra)
    return table.concat(list.map(lint.check(recipes.entry(code, extra)), tostring), "\n")
  end

  it("finds what nobody sets, what is promised and not used, and what is missing", function()
    local told = remarks([[
      local function helper() return documnts end
      function run(p) x = 1 return helper() end
      local y = use]], [[params = { { name = "never", type = "string", help = { vi = "x" } } },
      permissions = { read = true, write = { "terms" } }, uses = { other = "*" }]])
    for _, part in ipairs {
      'probe.lua:4: reads the global "documnts", which nobody sets\n'
        .. '  hint: did you mean "documents"?',
      'probe.lua:5: sets the global "x"', "no help in English", "title: no title in Vietnamese",
      'the parameter "never" is not used', "permissions.write: asked for", "uses.other: declared",
      "no tests", "fixture: no documents", "returns: the columns", "summary: no summary",
      "examples: no example", "authors: no author", "license: no license",
    } do
      assert.truthy(told:find(part, 1, true), part .. "\n" .. told)
    end
    assert.is_nil(told:find("run", 1, true) and told:find('global "run"', 1, true))
  end)

  it("knows the trap of bits among many constants, and a permission that is not used", function()
    local many = {}
    for i = 1, 300 do many[i] = ("t[%d.5] = 1"):format(i) end
    local told = remarks("function run(p)\n local t = {}\n" .. table.concat(many, " ")
      .. "\n return { { a = p.n & 3 } } end", "permissions = { read = true }")
    assert.truthy(told:find("probe.lua:6: computes with bits", 1, true), told)
    assert.truthy(told:find("permissions.read: asked for and not used", 1, true), told)
  end)

  it("tells a syntax error with its line, and all that is wrong with metadata", function()
    assert.truthy(remarks("function run( return end"):find("^probe.lua:3: "))
    put("twice", "", "nonsense = 1, more = 2")
    local code, out = recipe("lint", "./twice.lua")
    assert.equal(1, code)
    assert.truthy(out:find "2 remarks\n$", out)
  end)
end)

describe("recipe() in scripts and at the prompt", function()
  it("runs a recipe in its process, and gives a result like any other", function()
    local function eval(code)
      return program.run({"-e", code}, {folder = folder})
    end
    local code, out, problems = eval 'recipe("./params.lua", { since_year = 9 }):as "csv"'
    assert.equal(0, code, problems)
    assert.equal("a,b,c\n9,false,2\n\n", out)
    local query = select(2, eval 'recipe("./params.lua"):provenance().query')
    assert.truthy(query:find("^recipe params 1.0.0, %x+\n$"), query)
    local wrong, none, told = eval 'recipe("./params.lua", { sine_year = 9 })'
    assert.same({1, ""}, {wrong, none})
    assert.truthy(told:find('did you mean "--since-year"?', 1, true))
    told = select(3, eval 'recipe "participation-shaft"')
    assert.truthy(told:find('did you mean "participation-shift"?', 1, true))
    told = select(3, program.run({"run", "params.lua"}, {folder = folder}))
    assert.truthy(told:find("is run by `vankien recipe run FILE`", 1, true), told)
    told = select(3, eval 'recipe "./late.lua"')
    assert.truthy(told:find("took longer than 0.2 s", 1, true), told)
  end)
end)
