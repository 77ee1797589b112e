-- Entries of the REPL: expressions, continuation, and locals that live on as the same variables.

local chunk = require "vankien.repl.chunk"
local lexer = require "vankien.repl.lexer"

-- Runs entries one after the other; the results of the last one.
local function play(...)
  local session = chunk.session(setmetatable({}, {__index = _G}))
  local results
  for _, entry in ipairs {...} do
    local fn, problem = session:compile(entry, "entry")
    assert(fn, tostring(problem or "not complete") .. ": " .. entry)
    results = table.pack(pcall(fn))
  end
  return table.unpack(results, 1, results.n)
end

describe("an entry", function()
  it("is printed when it is an expression, with a leading = and a trailing ; too", function()
    for _, entry in ipairs {"1 + 1", "= 1 + 1", "1 + 1;", " =1+1 ; ;", "return 2"} do
      assert.same({true, 2}, {play(entry)})
    end
  end)

  it("goes on over several lines when it ends too early", function()
    local session = chunk.session({})
    for _, entry in ipairs {"1 +", "f(", "{", "function f()", "if x then", "x =", "local t = [[a",
      "for i = 1, 2 do", "--[[ open", "repeat x = 1 until", "a.b:c{", "'open"} do
      local fn, problem = session:compile(entry, "entry")
      assert.is_nil(fn, entry)
      assert.is_nil(problem, entry .. tostring(problem))
    end
  end)

  it("is wrong at once when more lines cannot mend it", function()
    local session = chunk.session({})
    for _, entry in ipairs {"x y", "1 + + 2)", "end", "local 5", "= ="} do
      local fn, problem = session:compile(entry, "entry")
      assert.is_nil(fn, entry)
      assert.equal("bad_input", problem and problem.code, entry)
    end
  end)

  it("that holds nothing does nothing", function()
    for _, entry in ipairs {"", "-- a remark", ";"} do assert.same({true}, {play(entry)}) end
  end)
end)

describe("a local at the top level", function()
  it("lives on", function()
    assert.same({true, 5}, {play("local x = 5", "x")})
    assert.same({true, 1, 2}, {play("local a, b = 1, 2", "a, b")})
    assert.same({true, nil}, {play("local n", "n")})
  end)

  it("is the same variable for functions made before and after", function()
    assert.same({true, 101}, {play("local x = 5", "local function inc() x = x + 1 return x end",
      "x = 100", "inc()")})
    assert.same({true, 6}, {play("local x = 5", "local function inc() x = x + 1 return x end",
      "inc()", "x")})
  end)

  it("can be declared anew, and the older one stays with its functions", function()
    assert.same({true, 2, 1}, {play("local x = 1", "local function old() return x end",
      "local x = 2", "x, old()")})
  end)

  it("keeps <const>, and closes <close> with its entry", function()
    assert.same({true, 7}, {play("local seven <const> = 7", "seven")})
    local session = chunk.session({setmetatable = setmetatable})
    session:compile("local k <const> = 1", "entry")()
    local fn, problem = session:compile("k = 2", "entry")
    assert.is_nil(fn)
    assert.truthy(problem.message:find "const")
    local _, closed = play("closed = false",
      "local c <close> = setmetatable({}, {__close = function() closed = true end})", "closed")
    assert.is_true(closed)
  end)

  it("is not mistaken for one in a block, a string or a comment", function()
    local inner = {
      "do local q = 1 end", "for i = 1, 1 do local q = 1 end", "if true then local q = 1 end",
      "local function f() local q = 1 end", "s = 'local q = 1'", "s = [[\nlocal q = 1]]",
      "-- local q = 1", "--[==[ local q = 1 ]==]", "t = {function() local q = 1 end}",
      "while false do local q = 1 end", "repeat local q = 1 until true",
    }
    for _, entry in ipairs(inner) do assert.same({true, nil}, {play(entry, "q")}, entry) end
  end)

  it("stays also when its entry ends with return", function()
    assert.same({true, 3}, {play("local x = 3; return x", "x")})
    assert.same({true, 3}, {play("local x = 3 return", "x")})
    assert.same({true, 3}, {play("local x = 3 return x, -- remark\n x;", "x")})
  end)

  it("may share its name with a global", function()
    assert.same({true, 1}, {play("x = 2", "local x = 1", "x")})
  end)
end)

describe("a global set in an entry", function()
  it("is allowed there, and refused in a function when it is new", function()
    local session = chunk.session(require "vankien.env".new {})
    session:compile("g = 1", "entry")()
    assert.equal(1, session:compile("g", "entry")())
    local fn = session:compile("local function f() misspelt = 1 end f()", "entry")
    local ok, problem = pcall(fn)
    assert.is_false(ok)
    assert.truthy(tostring(problem):find "misspelt")
  end)
end)

describe("lexer.outline", function()
  it("finds the locals and the return of the top level", function()
    local source = "local a <const>, b = 1, 2 local function f() return 1 end return b"
    local outline = lexer.outline(source)
    assert.same({{name = "a", attribute = "const"}, {name = "b"}, {name = "f"}}, outline.locals)
    assert.equal(" b", source:sub(outline.returns))
  end)
end)
