-- The globals of a script: what is there, what is strict, and when the store opens.

local env = require "vankien.env"
local err = require "vankien.util.err"
local stores = dofile "tests/support/stores.lua"

local store

setup(function() store = stores.fresh() end)
teardown(function() stores.drop(store) end)

local function globals() return env.new { store = store } end

local function run(code, scope)
  return assert(load(code, "@script.lua", "t", scope or globals()))()
end

local function raised(code, scope)
  local chunk = assert(load(code, "@script.lua", "t", scope or globals()))
  local ok, problem = pcall(chunk)
  assert.is_false(ok)
  assert.is_true(err.is(problem), tostring(problem))
  return problem
end

describe("a script", function()
  it("sees every name that is promised", function()
    local scope = globals()
    for _, name in ipairs(env.names()) do assert.is_truthy(scope[name], name) end
    for _, name in ipairs { "documents", "directives", "guide_summary", "between", "one_of", "kwic",
      "shift", "store", "vankien", "like", "has", "assertions" } do
      assert.is_truthy(scope[name], name)
    end
  end)

  it("opens no store before it touches one", function()
    local path = stores.path()
    local scope = env.new { store = path }
    assert.equal(3, run("x = 1 + 2 return x", scope))
    assert.is_nil(io.open(path))
    local problem = raised("local n = #documents return n", scope)
    assert.equal("not_found", problem.code)
    assert.matches("^script.lua:1", problem.place)
  end)

  it("has its own globals", function()
    local one, other = globals(), globals()
    run("shared = 1", one)
    assert.equal("unknown_name", raised("return shared", other).code)
    assert.is_nil(rawget(_G, "shared"))
  end)

  it("raises for a name that nobody set, at its line", function()
    local problem = raised "\n\nlocal d = direktives['25-CT/TW']"
    assert.equal("script.lua:3", problem.place)
    assert.equal('unknown name "direktives"', problem.message)
    assert.equal('did you mean "directives"?', problem.hint)
  end)

  it("sets globals outside functions, and inside only those that are there", function()
    assert.equal(2, run "total = 1; local function add() total = total + 1 end; add() return total")
    local problem = raised "local function f() totl = 1 end f() return 1"
    assert.equal('a function sets the new global "totl"', problem.message)
  end)

  it("may take a name of ours for its own", function()
    assert.equal(3, run "events = 3 return events")
  end)

  it("gets its words", function()
    assert.equal("b", run("return arg[2]", env.new { store = store, arg = { "a", "b" } }))
  end)
end)

-- The questions of an analyst, one line each.
describe("one line", function()
  local cases = {
    { "title and date of Directive 25", [[
      local d = directives["25-CT/TW"]; return d.issued .. " " .. d.title]],
      "2018-08-08 Về đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030" },
    { "who disagrees with it", [[
      local out = {}
      for _, c in ipairs(directives["25-CT/TW"]:sources()) do
        if c.level == "disagrees" then
          out[#out + 1] = c.field .. " " .. c.value .. " " .. c.titles[1]
        end
      end
      return table.concat(out, "; ")]], "task_groups 7 voh.com.vn 328353 (2019)" },
    { "resolutions of the Politburo since 2013", [[
      return table.concat(resolutions:where{ issuer = "Bộ Chính trị", issued = at_least "2013" }
        :order("issued"):pluck "number", " ")]], "22-NQ/TW 59-NQ/TW 68-NQ/TW" },
    { "what concretises congress XII",
      [[return documents["vk-dh12"]:incoming "cụ thể hóa":one().number]], "25-CT/TW" },
    { "roles at the Security Council", [[
      local out = {}
      for r in roles:where"body ~ 'Hội đồng Bảo an'":order("from_year"):each() do
        out[#out + 1] = r.from_year .. "-" .. r.to_year
      end
      return table.concat(out, " ")]], "2008-2009 2020-2021" },
    { "the six task groups", [[return #directives["25-CT/TW"].tasks .. " "
      .. directives["25-CT/TW"].tasks[6].title]], "6 huy động nguồn lực cho ngoại giao đa phương" },
    { "the formula that first says it", [[
      local f = formulas:where"quote ~ 'thành viên có trách nhiệm'":order("year"):first()
      return f.congress .. " " .. f.year]], "XI 2011" },
    { "strategies of the guide", [[return #guide_strategies .. " " .. guide_strategies[1].title]],
      "5 Xây Dựng Lòng Tin và Sự Hiểu Biết Lẫn Nhau" },
    { "mistakes of the guide", [[return #guide_mistakes .. " " .. guide_mistakes[-1].title]],
      "6 Tập trung quá mức vào lợi ích ngắn hạn" },
  }
  for _, case in ipairs(cases) do
    it("tells " .. case[1], function() assert.equal(case[3], run(case[2])) end)
  end
end)
