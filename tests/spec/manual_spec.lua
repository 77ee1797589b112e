-- The manual: every public function is documented, help finds what people call it, the pages and
-- the completion scripts are made from the same descriptions.

local embed = require "vankien.host.embed"
local doc = require "vankien.manual.doc"
local index = require "vankien.manual.index"
local manual = require "vankien.manual"
local program = require "tests.support.program"
local stores = dofile "tests/support/stores.lua"
local titles = require "vankien.manual.titles"

require "vankien"

local SCREEN = {width = 100, color = false}

describe("doc.parse", function()
  it("reads the summary, the four lines and the parameters", function()
    local entries = doc.parse("--- Adds.\n--- Shape: two\n---   numbers -> one.\n--- Units: none.\n"
      .. "---@param a integer the first\nfunction m.add(a, b)\nend\n--- Not public.\n"
      .. "local function hidden() end\n--- A value.\nm.limit = 3\n", "m")
    assert.equal(2, #entries)
    assert.same({"m.add", "(a, b)", "Adds.", "two numbers -> one.", 6}, {entries[1].name,
      entries[1].args, entries[1].summary, entries[1].shape, entries[1].line})
    assert.same({name = "a", type = "integer", text = "the first"}, entries[1].params[1])
    assert.equal("m.limit", entries[2].name)
  end)
end)

-- The public functions of a module that say too little: the four lines, all of them.
local function silent_functions(module)
  local source, said, silent = module.source, {}, {}
  for _, entry in ipairs(doc.parse(source, module.name)) do
    said[entry.line] = entry.shape and entry.units and entry.errors and entry.source
  end
  local own, n = source:match "\nreturn ([%a_][%w_]*)%s*$", 0
  for line in source:gmatch "([^\n]*)\n" do
    n = n + 1
    local owner, name = line:match "^function ([%w_]+)%.([%w_]+)"
    if owner and owner == own and not said[n] then silent[#silent + 1] = name end
  end
  return silent
end

describe("public functions", function()
  it("say what goes in and out, in which units, what raises, and by what source", function()
    local thin = "local m = {}\n--- Adds.\nfunction m.add(a)\nend\nreturn m\n"
    assert.same({"add"}, silent_functions {name = "m", source = thin})
    local checked = 0
    for _, path in ipairs(embed.list "lua/vankien/") do
      -- a command's run is told by its description, which help prints
      if path:find "%.lua$" and not path:find "/cli/" then
        local source = embed.read(path)
        assert.same({}, silent_functions {name = path, source = source}, path)
        checked = checked + 1
      end
    end
    assert.is_true(checked > 150)
  end)
end)

describe("the manual", function()
  it("has every method of queries, every condition and every counting function", function()
    for _, name in ipairs(require "vankien.query".methods()) do
      assert.truthy(index.find("documents." .. name), name)
    end
    for _, name in ipairs {"between", "one_of", "has", "shift", "kwic", "store.sql", "row.sources",
      "line.cite",
      "analysis.trend.mann_kendall", "mann_kendall"} do
      assert.truthy(index.find(name), name)
    end
  end)

  it("has the titles of all tables and columns, in Vietnamese", function()
    local sql = embed.read "db/migrations/001_documents.sql"
      .. embed.read "db/migrations/002_framework.sql"
    assert.truthy(sql:find "CREATE TABLE documents")
    local store = stores.fresh()
    for _, name in ipairs(require "vankien.query.collections".names()) do
      assert.is_string(titles.table(name).vi, name)
      for _, column in ipairs(titles.columns(store, name)) do
        assert.is_string(column.title, name .. "." .. column.column)
      end
    end
    stores.drop(store)
  end)

  it("explains names, values and columns, and guesses at misspelt ones", function()
    assert.truthy(manual.help("where", SCREEN):find("Keep the rows", 1, true))
    assert.truthy(manual.help("documents.issuer", SCREEN):find("Cơ quan ban hành", 1, true))
    assert.truthy(manual.help(index.find, SCREEN):find("The entry that a name means", 1, true))
    assert.truthy(manual.apropos("dai hoi", SCREEN):find("congresses", 1, true))
    local ok, problem = pcall(manual.help, "documets", SCREEN)
    assert.is_false(ok)
    assert.truthy(tostring(problem):find('did you mean "documents"', 1, true))
  end)

  it("is printed as Markdown and for man", function()
    local folder <const> = program.folder()
    local _, text = program.run({"help", "--as", "markdown"}, {folder = folder})
    for _, part in ipairs {"### query:where(self, conditions, ...)", "### vankien shift",
      "* `.tables`", "### documents: Văn kiện", "### between"} do
      assert.truthy(text:find(part, 1, true), part)
    end
    local _, page = program.run({"help", "--as", "man"}, {folder = folder})
    assert.truthy(page:find("^%.TH VANKIEN 1"))
    assert.truthy(page:find("\n.SS shift", 1, true))
    program.remove(folder)
  end)
end)

describe("completion", function()
  it("is a script for each shell that names every command and option", function()
    local folder <const> = program.folder()
    local commands = require "vankien.cli.commands"
    for _, shell in ipairs {"bash", "zsh", "fish"} do
      local code, text = program.run({"completion", shell}, {folder = folder})
      assert.equal(0, code)
      for _, command in ipairs(commands.every()) do
        local last = command.name:match "%S+$"
        assert.truthy(text:find(last, 1, true), shell .. " " .. command.name)
        for _, option in ipairs(command.options or {}) do
          assert.truthy(option.only_short or text:find(option.name, 1, true), option.name)
        end
      end
    end
    assert.equal(0, (program.shell('"$VANKIEN" completion bash > c && bash -n c && . ./c && '
      .. 'COMP_WORDS=(vankien shift --format m) COMP_CWORD=3 && _vankien && '
      .. '[ "${COMPREPLY[*]}" = markdown ]', {folder = folder})))
    assert.equal(2, (program.run({"completion", "tcsh"}, {folder = folder})))
    program.remove(folder)
  end)

  it("knows the subcommands, the recipes, and the parameters of the one that is typed", function()
    local folder <const> = program.folder()
    local function completes(words, wanted)
      local line = ('mkdir -p bin && ln -sf "$VANKIEN" bin/vankien && PATH=$PWD/bin:$PATH && '
        .. '"$VANKIEN" completion bash > c && . ./c && COMP_WORDS=(%s "") && '
        .. 'COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) && COMP_WORDS[COMP_CWORD]=%s && _vankien && '
        .. '[[ " ${COMPREPLY[*]} " == *" %s "* ]]'):format(words, wanted:sub(1, 4), wanted)
      assert.equal(0, (program.shell(line, {folder = folder})), words .. " " .. wanted)
    end
    completes("vankien recipe", "show")
    completes("vankien recipe run", "roles-timeline")
    completes("vankien recipe run participation-shift", "--phrases")
    completes("vankien recipe run participation-shift", "--format")
    program.remove(folder)
  end)
end)
