-- The world of a recipe: what it can name, what it cannot reach, what it may give back, what its
-- tests are held to.  Each of these runs in a recipe's process.

package.path = "tests/support/?.lua;" .. package.path
local corpora = require "corpora"
local guard = require "vankien.recipe.guard"
local job = require "vankien.recipe.job"
local recipes = require "recipes"
local vankien_store = require "vankien.store"
local world = require "vankien.recipe.world"

local store = corpora.excerpts()
teardown(function() corpora.stores.drop(store) end)

local function rows_of(code, extra, options)
  options = options or {}
  options.store = store
  local outcome = recipes.run(code, extra, options)
  assert(outcome.result, outcome.problem)
  return outcome.result.rows, outcome
end

local function problem_of(code, extra, options)
  options = options or {}
  options.store = store
  local outcome = recipes.run(code, extra, options)
  assert.is_nil(outcome.result)
  return tostring(outcome.problem), outcome.ended
end

describe("a recipe", function()
  it("asks the collections, counts, and gives back a list, a query or a result", function()
    local rows = rows_of [==[function run()
        return { { n = #directives, x = documents["25-CT/TW"].title } } end]==]
    assert.same({{n = #store:collection "directives", x = store:collection "documents"["25-CT/TW"]
      .title}}, rows)
    assert.equal(#store:collection "congresses", #rows_of "function run() return congresses end")
    local counted = require "vankien".shift(store, {"tham gia"}, {test = false})
    local _, outcome = rows_of 'function run() return shift({ "tham gia" }, { test = false }) end'
    assert.equal(#counted.rows, #outcome.result.rows)
    assert.equal(counted.rows[1].per_10k, outcome.result.rows[1].per_10k)
    assert.same(counted.notes, outcome.result.notes)
    assert.equal("period", outcome.result.columns[1].name)
  end)

  it("has conditions, lpeg, the modules of analysis, and ctx", function()
    local rows, outcome = rows_of([==[
      local lpeg = require "lpeg"
      local keyness = require "vankien.analysis.keyness"
      function run(p, ctx)
        ctx.note("a note")
        print("said", 1)
        return { { year = #documents:where{ issued = between("2018", "2018") },
          at = lpeg.match("a", "a"), g2 = keyness.g2(52, 57, 50000, 75000), seed = ctx.seed,
          name = ctx.recipe.name,
          dice = math.random(1000000), p = p.n, same = ctx.param == p } }
      end]==], "params = { { name = 'n', type = 'integer', default = 3 } }", {seed = 5})
    assert.same({2, 5, "probe", 3, true}, {rows[1].at, rows[1].seed, rows[1].name, rows[1].p,
      rows[1].same})
    assert.equal(#store:collection "documents":where "issued = '2018'", rows[1].year)
    assert.same({"a note"}, outcome.result.notes)
    assert.equal("said\t1\n", outcome.printed)
    local again = rows_of("function run() return { { dice = math.random(1000000) } } end", "",
      {seed = 5})
    assert.equal(rows[1].dice, again[1].dice)
  end)

  it("meets the keys of a table in one order, and a document as its row", function()
    local rows = rows_of([==[function run(p)
        local out, keys = {}, {}
        for _, word in ipairs { "z", "b", "a", "m" } do keys[word], keys[#word + 5] = 1, 1 end
        for key in pairs(keys) do out[#out + 1] = tostring(key) end
        return { { keys = table.concat(out, " "), title = p.d.number } }
      end]==], "params = { { name = 'd', type = 'document', default = '25-CT/TW' } }")
    assert.same({{keys = "6 a b m z", title = "25-CT/TW"}}, rows)
  end)

  it("is told its own line, the nearest name and no frame of ours", function()
    for _, case in ipairs {
      {"function run() return documnts:list() end", 'probe.lua:3: unknown name "documnts"\n'
        .. '  hint: did you mean "documents"?'},
      {"function run()\n  return ctx.x.y end", 'probe.lua:4: unknown name "ctx"'},
      {"function run(p, ctx) local x = ctx.sead end", 'unknown field "sead" in ctx'},
      {"function run(p) return p.x end", 'unknown parameter "x" in probe'},
      {"local function f(x) return x.y.z end\nfunction run() return f({}) end",
        "probe.lua:3: attempt to index a nil value (field 'y')"},
      {"function run() x = 1 end", 'probe.lua:3: a function sets the new global "x"'},
      {"function run( return end", "probe.lua:3: <name> or '...' expected near 'return'"},
      {"local x = 1", "probe.lua: the recipe has no function run"},
      {"function run() error { } end", "probe.lua:3: an error value that is a table"},
      {"function run() error() end", "probe.lua:3: error was called without a message"},
      {"function run() shift(3) end", "probe.lua:3: "},
      {"function run() return 3 end", "probe.lua: run returned 3"},
      {"function run() end", "probe.lua: run returned nothing"},
      {"function run() return { 1 } end", "row 1 is 1, not a table of columns"},
      {"function run() return { { a = print } } end", "a function cannot be a cell"},
    } do
      local told = problem_of(case[1])
      assert.truthy(told:find(case[2], 1, true), told)
      assert.is_nil(told:find("vankien/", 1, true), told)
      assert.is_nil(told:find("0x", 1, true), told)
    end
  end)

  it("is refused what it may not have, with its own reason", function()
    for _, case in ipairs {
      {'local x = require "vankien.host.sys" function run() end', "cannot require"},
      {'function run() local s = use "other" end', "not among those that the recipe declares"},
      {"function run() local x = setmetatable({}, { __gc = print }) end", "__gc"},
      {"function run() local x = setmetatable(documents:first(), {}) end", "metatable"},
    } do
      local told, ended = problem_of(case[1])
      assert.truthy(told:find(case[2], 1, true), told)
      assert.equal("permission", ended, case[1])
    end
    local told, ended = problem_of("function run() local n = #documents end",
      "permissions = { read = false }")
    assert.same({true, "permission"}, {told:find("does not read the store", 1, true) ~= nil, ended})
    for _, name in ipairs {"io", "debug", "store", "vankien", "package", "dofile", "warn"} do
      assert.truthy(problem_of(("function run() local x = %s end"):format(name)):find(
        "unknown name", 1, true), name)
    end
  end)

  it("ends by its time, its memory and its output, each with its own word", function()
    for _, case in ipairs {
      {"function run() while true do end end", "permissions = { seconds = 0.3 }", "time", "0.3 s"},
      {"function run() local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end end",
        "permissions = { memory_mb = 16 }", "memory", "16 MB"},
      {"function run() return { { a = ('x'):rep(3000000) } } end",
        "permissions = { output_mb = 1 }", "output", "1 MB"},
      {"function run() return { {}, {}, {} } end", "permissions = { rows = 2 }", "output",
        "3 rows; the recipe may return 2"},
    } do
      local told, ended = problem_of(case[1], case[2])
      assert.equal(case[3], ended, told)
      assert.truthy(told:find(case[4], 1, true), told)
    end
  end)

  it("gets no more than was agreed to, and the person only lowers it", function()
    local entry = recipes.entry("function run() return {} end",
      "permissions = { seconds = 100, rows = 500000, memory_mb = 512 }")
    local function granted(options)
      options.store = store
      return assert(job.run(entry, {}, options)).granted
    end
    assert.same({10, 100000, 256}, {granted {}.seconds, granted {}.rows, granted {}.memory_mb})
    local wanted = require "vankien.recipe.permissions".of(entry.meta)
    local given = granted {permissions = wanted, limits = {seconds = 3, rows = 900000}}
    assert.same({3, 500000, 512}, {given.seconds, given.rows, given.memory_mb})
  end)
end)

describe("what a recipe can reach", function()
  -- Everything that leads on from a value by the means that a recipe has.
  local function walk(env, value, path, seen, found)
    local kind = type(value)
    if kind ~= "table" and kind ~= "userdata" or seen[value] then return end
    seen[value] = true
    local mt = debug.getmetatable(value)
    local name = type(mt) == "table" and rawget(mt, "__name") or ""
    if vankien_store.is(value) or kind == "userdata" and tostring(name):find "store" then
      found[#found + 1] = path
      return
    end
    if kind == "table" then
      for key, inner in next, value do
        walk(env, inner, path .. "." .. tostring(key), seen, found)
        walk(env, key, path .. ".key", seen, found)
      end
    end
    walk(env, env.getmetatable(value), path .. " metatable", seen, found)
    for _, member in ipairs {"store", "conn", "origin", "state", "found", "counted", "query"} do
      local ok, inner = pcall(function() return value[member] end)
      if ok then walk(env, inner, path .. ":" .. member, seen, found) end
    end
  end

  it("never is the store itself, from no global and no result", function()
    local entry = recipes.entry [==[
      found = {}
      local function keep(f, ...) found[#found + 1] = f(...) end
      function run()
        keep(shift, { "tham gia" }, { by = "congress" })
        keep(kwic, "tham gia") keep(freq, "tham gia") keep(ngrams, 2) keep(lexdiv)
        keep(keyness, documents:where "congress = 'XIV'", documents:where "congress = 'XIII'")
        keep(colloc, "tham gia") keep(dispersion, "tham gia") keep(trend, { "tham gia" })
        keep(trace, "định hình") keep(reach, "vk-dh12") keep(diff, "trọng yếu, thường xuyên")
        keep(citations) keep(attested) keep(quote, "Chủ động tham gia") keep(quote.formulas)
        keep(codebook, "strategies") keep(codebook.of, "strategies") keep(search, "tham gia")
        keep(function() return documents:list() end)
        keep(function() return documents:group "congress" end)
        keep(function() return documents["59-NQ/TW"]:sources() end)
        keep(function() return { documents:each() } end)
        keep(function() return { pairs(documents) } end)
        keep(function() return citations():proposals() end)
        return {}
      end]==]
    local session = {seed = 1, print = print, store = function() return store end}
    local home = world.new(session, entry)
    home:load()
    home:result({})
    local found, seen = {}, {}
    for name, value in next, home.env do walk(home.env, value, tostring(name), seen, found) end
    assert.same({}, found)
    assert.equal(25, #home.env.found)
  end)

  it("is its own: what one world changes, another does not see", function()
    local given = {seed = 1, print = print}
    local one, other = guard.globals(given), guard.globals(given)
    one.string.upper, one.math.pi, one.table.insert = nil, 3, nil
    one.require "vankien.analysis.keyness".g2 = nil
    assert.same({string.upper, math.pi, table.insert}, {other.string.upper, other.math.pi,
      other.table.insert})
    assert.is_function(other.require "vankien.analysis.keyness".g2)
    assert.is_nil(other.string.dump)
    assert.is_false(other.getmetatable(store))
  end)
end)

describe("the contract of a result", function()
  local RETURNS = "returns = { { name = 'n', type = 'integer' }, { name = 'rate', type = 'number', "
    .. "null = true }, { name = 'day', type = 'date', null = true }, { name = 'of', type = 'list', "
    .. "null = true } }"

  it("lets pass what keeps it, in the order of its columns", function()
    local _, outcome = rows_of("function run() return { { of = { 'a', 'b' }, n = 1, rate = 2, "
      .. "day = '2018-08' } } end", RETURNS)
    local names = {}
    for i, column in ipairs(outcome.result.columns) do names[i] = column.name end
    assert.same({"n", "rate", "day", "of"}, names)
    assert.same({{n = 1, rate = 2, day = "2018-08", of = {"a", "b"}}}, outcome.result.rows)
  end)

  it("names row, column, expected and got for what breaks it", function()
    local told = problem_of("function run() return { { n = 1 }, { n = 'x', rate = '2' }, "
      .. "{ rate = 1 }, { n = 1.5, day = 'today', of = { a = 1 } }, { n = 1, m = 1 } } end",
      RETURNS)
    for _, part in ipairs {
      'row 2, column n: integer expected, got "x"', 'row 2, column rate: number expected, got "2"',
      "row 3, column n: integer expected, got nothing",
      "row 4, column n: integer expected, got 1.5",
      'row 4, column day: date expected, got "today"',
      "row 4, column of: list expected, got a table",
      "row 5: column m is not among those that `returns` promises",
    } do
      assert.truthy(told:find(part, 1, true), part .. "\n" .. told)
    end
  end)

  it("takes of a result of the library the columns that are promised", function()
    local rows = rows_of('function run() return shift({ "tham gia" }, { test = false }) end',
      "returns = { { name = 'period', type = 'string' }, { name = 'free', type = 'integer' } }")
    for _, row in ipairs(rows) do
      assert.same({"free", "period"}, require "vankien.util.list".sorted_keys(row))
    end
  end)
end)

describe("recipes that use recipes", function()
  local other = recipes.entry("shared = (rawget(_G, 'shared') or 0) + 1\n"
    .. "function run(p) string.upper = nil return { { n = p.n * 2, shared = shared } } end",
    "params = { { name = 'n', type = 'integer', required = true } }", "other")

  it("get its result, and a world that is not theirs", function()
    local rows = rows_of([==[
      local double = use "other"
      function run() return { { n = double{ n = "21" }.rows[1].n, up = ("a"):upper(),
        mine = string.upper ~= nil, again = use "other" { n = 1 }.rows[1].shared } } end]==],
      "uses = { other = '>=1.0.0' }", {uses = {other}})
    assert.same({{n = 42, up = "A", mine = true, again = 1}}, rows)
  end)

  it("are told what is wrong with its parameters", function()
    local told = problem_of('function run() return use "other" { m = 1 } end',
      "uses = { other = '>=1.0.0' }", {uses = {other}})
    assert.truthy(told:find("--m: other has no such parameter", 1, true), told)
  end)
end)
