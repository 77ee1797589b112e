-- Misuse in scripts: each mistake says what is wrong, what was meant, and on which line.

local env = require "vankien.env"
local err = require "vankien.util.err"
local stores = dofile "tests/support/stores.lua"

local store

setup(function() store = stores.fresh() end)
teardown(function() stores.drop(store) end)

-- code, message, hint; the mistake stands on line 2 of the script
local cases = {
  { [[local t = directives["25-CT/TW"].titel]],
    'unknown field "titel" in documents', 'did you mean "title"?' },
  { [[local t = directives["25-CT/TW"].Title]],
    'unknown field "Title" in documents', 'did you mean "title"?' },
  { [[local d = direktives["25-CT/TW"] ]], 'unknown name "direktives"',
    'did you mean "directives"?' },
  { [[local n = #document]], 'unknown name "document"', 'did you mean "documents"?' },
  { [[local q = documents:wher{ congress = "XII" }]],
    'unknown method "wher" in documents', 'did you mean "where"?' },
  { [[local q = documents:where{ isued = "2016" }]],
    'unknown column "isued" in documents', 'did you mean "issued"?' },
  { [[local q = documents:where"congress = 'XII' and isuer = 'Quốc hội'"]],
    'unknown column "isuer" in documents\n  congress = \'XII\' and isuer = \'Quốc hội\'\n'
    .. (" "):rep(23) .. "^", 'did you mean "issuer"?' },
  { [[local q = documents:where"title = hội nhập"]],
    "filter: expected a value: 'text', a number or a date\n  title = hội nhập\n          ^",
    "text goes in quotes: 'hội'" },
  { [[local q = documents:where"year > 2016 and"]],
    "filter: expected a column name\n  year > 2016 and\n                 ^" },
  { [[local q = documents:order "-isued"]],
    'unknown column "isued" in documents', 'did you mean "issued"?' },
  { [[local q = documents:pluck "numbr"]],
    'unknown column "numbr" in documents', 'did you mean "number"?' },
  { [[local q = documents:group "congres"]],
    'unknown column "congres" in documents', 'did you mean "congress"?' },
  { [[local q = documents:sum "title"]], "sum: title holds text, not numbers" },
  { [[local q = documents:limit "ten"]], "limit takes a whole number, 0 or more, not ten" },
  { [[local q = documents:where{ issued = "2016-02-30" }]],
    'not a date: "2016-02-30": 2016-02 has 29 days, not 30' },
  { [[local q = documents:where{ congress = "Q" }]], "not a congress: Q",
    'congresses are "I" to "XIV"' },
  { [[local q = documents:where{ number = "25" }]], 'not a document number: "25"',
    'Party numbers look like "25-CT/TW", State numbers like "71/NQ-CP" or "30/2020/NĐ-CP"' },
  { [[local q = documents:where{ type = { "Chỉ thị", "Kết luận" } }]],
    "where: the value of type is a table, not text, a number or a condition",
    "type = one_of{ … } for any of several values" },
  { [[local q = documents:where{ issued = between("2013") }]],
    "between: a value is text or a number, not nil", "is_nil() asks for rows without a value" },
  { [[local q = documents.where{ congress = "XII" }]], "where is called on a query",
    "documents:where(…) with a colon" },
  { [[local q = documents "congress = 'XII'"]], "documents is called with a table of conditions",
    'documents{ number = "25-CT/TW" }, or documents:where"…"' },
  { [[local d = directives["59-NQ/TW"] ]],
    "59-NQ/TW is the number of a Nghị quyết, and directives are not", 'documents["59-NQ/TW"]' },
  { [[local d = directives:get "26-CT/TW"]], '"26-CT/TW" is not in directives',
    'did you mean "25-CT/TW"?' },
  { [[local d = documents[{}] ]], "documents is read by a key or a whole number, not by a table" },
  { [[documents["25-CT/TW"] = "x"]], "documents cannot be written to: [25-CT/TW] = …",
    "store:edit(function(tx) … end) writes" },
  { [[documents["25-CT/TW"].subject = "x"]],
    "rows are photocopies: subject cannot be set here", "store:edit(function(tx) … end) writes" },
  { [[local q = documents["vk-dh12"]:incoming "cụ thể hoa"]], 'unknown relation "cụ thể hoa"',
    'did you mean "cụ thể hóa"?' },
  { [[local q = documents:where{ has "passage" }]], 'unknown relation "passage" in documents',
    'did you mean "passages"?' },
  { [[local q = passages:where"congress = 'XII'"]],
    'unknown column "congress" in passages\n  congress = \'XII\'\n  ^',
    'did you mean "document.congress"?' },
  { [[local d = documents:where{ congress = "XII" }:one()]],
    "one: there are 13 rows in documents where congress = 'XII'",
    "first() takes the first; where{…} narrows" },
  { [[local s = store:colection "documents"]], 'unknown method "colection" in the store',
    'did you mean "collection"?' },
  { [[local s = "found: " .. documents]], "a query is not text", "tostring(q), or q:list()" },
  { [[local v = vankien.betwen]], 'unknown name "betwen" in vankien', 'did you mean "between"?' },
  { [[local function f() count = 1 end f()]], 'a function sets the new global "count"',
    "write `local count`, or set it outside the function first" },
}

describe("a mistake", function()
  for _, case in ipairs(cases) do
    it("is explained: " .. case[1], function()
      local chunk = assert(load("-- a script\n" .. case[1], "@script.lua", "t",
        env.new { store = store }))
      local ok, problem = pcall(chunk)
      assert.is_false(ok)
      assert.is_true(err.is(problem), tostring(problem))
      assert.equal(case[2], problem.message)
      assert.equal(case[3], problem.hint)
      assert.equal("script.lua:2", problem.place)
    end)
  end
end)
