-- Metadata, shelves and parameters: every mistake at once, each with its line and the nearest name.

package.path = "tests/support/?.lua;" .. package.path
local list = require "vankien.util.list"
local metadata = require "vankien.recipe.metadata"
local parameters = require "vankien.recipe.parameters"
local pick = require "vankien.recipe.pick"
local program = require "program"
local recipes = require "recipes"
local shelf = require "vankien.recipe.shelf"
local stores = require "stores"

local function messages(errors)
  return table.concat(list.map(errors, tostring), "\n")
end

local WRONG = [==[
recipe{
  name = "Bad One", version = "1.0", api = 2, titel = "x",
  title = "Good",
  params = { { name = "help", type = "strng" }, { name = "x", type = "enum", default = "q" },
    { name = "y", type = "integer", min = 3, default = 2 }, name = "q",
    { name = "z", type = "pattern", default = "(a" }, { name = "y", type = "boolean", min = 1 },
    { name = "w", type = "date", default = "2018-13-01" }, { name = "v", type = "string",
      required = true, default = "x", choices = { 1 }, choices_from = "documents" } },
  permissions = { secnds = 3, memory_mb = 99999, rows = 0, write = { "documents" }, read = 1 },
  uses = { x = "=>1", ["Y"] = "*" }, tags = { a = 1 }, authors = "me", license = 3,
  returns = { { name = "n", type = "int" }, { name = "n", type = "date", null = 1 }, {} },
  examples = { { params = { phase = "hội nhập", y = 1 }, note = 3, more = 1 } },
  fixture = { documents = { { title = "T", issued = 2016, attributes = { a = { } } } }, x = 1 },
}
]==]

-- line, a part of the message, a part of the hint
local FOUND = {
  {2, "Bad One", "a to z"}, {2, "1.0", "1.0.0"}, {2, "format 2", "update"},
  {2, "titel", 'did you mean "title"?'}, {3, "two languages", "vi ="},
  {4, "--help is an option"}, {4, "strng", 'did you mean "string"?'}, {4, "needs choices"},
  {5, "below the least, 3"}, {5, "no keys"}, {6, "expected", "quote them"},
  {6, "a second parameter"}, {6, "has no min"}, {7, "a date"}, {8, "has no default"},
  {8, "a text is wanted, not 1"}, {8, "names no column"}, {9, "secnds", 'did you mean "seconds"?'},
  {9, "2048 at most"}, {9, "above 0"}, {9, "to write to", "relations"}, {9, "true or false"},
  {10, "range of versions"}, {10, "no name of a recipe"}, {10, "list of tags"},
  {10, "list of authors"}, {10, "a text is wanted, not 3"}, {11, '"int"', "integer"},
  {11, "a second column"}, {11, "returns[2].null"}, {11, "no name of a column"},
  {12, 'unknown parameter "phase"'}, {12, "below the least"}, {12, 'unknown key "more"'},
  {13, "needs a text"}, {13, "not 2016"}, {13, "an attribute is"}, {13, 'unknown key "x"'},
}

describe("metadata.read", function()
  it("completes what is left out", function()
    local meta = assert(metadata.read(recipes.text("function run() end"), "probe.lua"))
    assert.same({read = true, seconds = 10, memory_mb = 256, output_mb = 8, rows = 100000},
      meta.permissions)
    assert.same({{}, {}, {}, {}, {}}, {meta.params, meta.examples, meta.tags, meta.authors,
      meta.uses})
    assert.is_nil(meta.returns)
    assert.is_nil(meta.fixture)
  end)

  it("names all that is wrong, with line and suggestion, in the order of lines", function()
    local meta, errors = metadata.read(WRONG, "bad.lua")
    assert.is_nil(meta)
    local told, last = messages(errors), 0
    for _, case in ipairs(FOUND) do
      local met = false
      for _, problem in ipairs(errors) do
        if problem.place == "bad.lua:" .. case[1] and problem.message:find(case[2], 1, true) then
          met = not case[3] or (problem.hint or ""):find(case[3], 1, true) ~= nil
          if met then break end
        end
      end
      assert.is_true(met, ("line %d, %s\n%s"):format(case[1], case[2], told))
    end
    for _, problem in ipairs(errors) do
      local line = tonumber(problem.place:match ":(%d+)$")
      assert.is_true(line >= last, told)
      last = line
    end
  end)

  it("runs nothing: a syntax error further down is not its business", function()
    assert.truthy(metadata.read(recipes.text "function run( (((", "probe.lua"))
  end)

  it("reads values of parameters by their types", function()
    local meta = assert(metadata.read(recipes.text("", [==[params = {
      { name = "a", type = "congress", default = 13 }, { name = "b", type = "date",
        default = "8/8/2018", min = "2018", max = "2019" },
      { name = "c", type = "lexicon", default = { "tham gia", { phrase = "hội nhập", rung = 2 } } },
      { name = "d", type = "number", default = 1, choices = { 1, 2.5 } } }]==]), "probe.lua"))
    local defaults = list.map(meta.params, function(param) return param.default end)
    assert.same({"XIII", "2018-08-08", {"tham gia", {phrase = "hội nhập", rung = 2}}, 1}, defaults)
  end)
end)

describe("shelf", function()
  it("lists all shelves, lets one broken file be one entry, and says what hides what", function()
    local folder <const> = program.folder()
    local function put(path, text) program.write(folder .. "/" .. path, text) end
    os.execute("mkdir -p " .. folder .. "/vankien/recipes " .. folder .. "/shared")
    put("vankien/recipes/mine.lua", recipes.text("function run() end", "tags = { 'x' }", "mine"))
    put("shared/other.lua", recipes.text("function run() end", "", "mine"))
    put("shared/third.lua", recipes.text("function run() end", "", "third"))
    put("shared/broken.lua", "recipe{ name = 'x', }")
    put("shared/not-lua.txt", "recipe{")
    local line = '"$VANKIEN" recipe list --format csv && "$VANKIEN" recipe list "tags = \'x\'" '
      .. '--format csv 2>/dev/null'
    local code, out, problems = program.shell(line, {folder = folder,
      env = {VANKIEN_RECIPES = folder .. "/shared:" .. folder .. "/none"}})
    assert.equal(0, code, problems)
    assert.truthy(out:find("mine,1.0.0,own", 1, true))
    assert.truthy(out:find("third,1.0.0,shared", 1, true))
    assert.truthy(out:find("participation-shift,1.0.0,program", 1, true))
    local _, lines = problems:gsub("\n", "")
    assert.equal(3, lines, problems)
    assert.truthy(problems:find("broken.lua: 3 problems", 1, true))
    assert.truthy(problems:find("none: VANKIEN_RECIPES names a folder that is not there", 1, true))
    assert.truthy(problems:find("other.lua is hidden by " .. folder, 1, true))
    assert.truthy(out:find("\nname,version,shelf,title,tags,trust\nmine,", 1, true))
    program.remove(folder)
  end)

  it("finds by name and by path, and names the nearest", function()
    local entry = assert(shelf.find "participation-shift")
    assert.same({"program", "participation-shift", 64}, {entry.shelf, entry.name, #entry.hash})
    local _, problem = shelf.find "participation-shaft"
    assert.same({"not_found", 'did you mean "participation-shift"?'}, {problem.code, problem.hint})
    _, problem = shelf.find "./none.lua"
    assert.equal("not_found", problem.code)
  end)

  it("picks by a filter over its columns", function()
    local entries = list.filter(shelf.list(), function(entry) return entry.shelf == "program" end)
    local function names(filter)
      return list.map(pick.where(entries, filter), function(entry) return entry.name end)
    end
    assert.same({"participation-shift"}, names "tags = 'ladder'")
    assert.same({"participation-shift"}, names "title ~~ 'tham du' and version >= '1.0.0'")
    assert.same({}, names "version < '1.0.0' or license is null")
    assert.equal(#entries, #names "trust in ('program', 'yours') and not shelf = 'own'")
    assert.same({"keyness-of-congresses"}, names "name between 'k' and 'l'")
    local ok, problem = pcall(names, "tgs = 'x'")
    assert.is_false(ok)
    assert.same({"unknown_name", 'did you mean "tags"?'}, {problem.code, problem.hint})
  end)
end)

describe("parameters.parse", function()
  local store = stores.fresh()
  local meta = assert(metadata.read(recipes.text("", [==[params = {
    { name = "phrase", type = "pattern", required = true, help = { en = "what to count" } },
    { name = "since_year", type = "integer", min = 1986, max = 2026 },
    { name = "by", type = "enum", choices = { "congress", "year" }, default = "congress" },
    { name = "on", type = "boolean" }, { name = "rate", type = "number" },
    { name = "day", type = "date" }, { name = "document", type = "document" },
    { name = "congress", type = "congress" }, { name = "ladder", type = "lexicon" },
    { name = "issuer", type = "string", choices_from = "documents.issuer" } }]==]), "probe.lua"))

  it("reads texts and values by type, defaults for the rest", function()
    local params = assert(parameters.parse(meta, {phrase = "tham gia", since_year = "1991",
      on = "no", rate = "2.5", day = "08/8/2018", document = "Chỉ thị 25-CT/TW", congress = "12",
      ladder = "tham dự; tham gia", issuer = "Bộ Chính trị"}, store))
    assert.same({phrase = "tham gia", since_year = 1991, by = "congress", on = false, rate = 2.5,
      day = "2018-08-08", document = "ct25-2018", congress = "XII",
      ladder = {"tham dự", "tham gia"}, issuer = "Bộ Chính trị"}, params)
  end)

  it("names all that is wrong at once, with the nearest", function()
    local params, wrong = parameters.parse(meta, {frase = "x", since_year = "1900", by = "yeer",
      on = "perhaps", rate = "much", day = "2018-02-30", document = "9999-CT/TW",
      congress = "XXXIX", ladder = "", issuer = "Bộ Chính chị"}, store)
    assert.is_nil(params)
    local told = messages(wrong)
    for _, part in ipairs {
      "--frase: probe has no such parameter\n  hint: did you mean \"--phrase\"?",
      "--phrase: is needed: what to count", "--since-year: 1900 is below the least, 1986",
      "--by: \"yeer\" is none of the choices\n  hint: did you mean \"year\"?",
      "--on: true or false is wanted", "--rate: a number is wanted", "--day: a date",
      "--document: no document \"9999-CT/TW\"", "--congress: no congress XXXIX",
      "--ladder: ", "--issuer: no documents.issuer is \"Bộ Chính chị\"\n  hint: did you mean",
    } do
      assert.truthy(told:find(part, 1, true), part .. "\n" .. told)
    end
    assert.equal(11, #wrong)
  end)

  it("does not ask a store that is not there", function()
    local params = assert(parameters.parse(meta, {phrase = "x", document = "?", issuer = "?"}))
    assert.same({"?", "?"}, {params.document, params.issuer})
  end)

  teardown(function() stores.drop(store) end)
end)
