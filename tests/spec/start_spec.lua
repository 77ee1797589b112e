-- A short script starts and ends quickly: it loads what it asks for, and at its end everything is
-- closed, while the memory is left to the kernel.

package.path = "tests/support/?.lua;" .. package.path
local program = require "program"

local folder

-- Results of a script in a file: code, standard output, standard error.
local function run(text)
  program.write(folder .. "/script.lua", text)
  return {program.run({"run", "script.lua"}, {folder = folder})}
end

setup(function()
  folder = program.folder()
  assert(run "assert(#documents > 0)"[1] == 0)    -- makes the store
end)
teardown(function() program.remove(folder) end)

-- Modules of ours that are loaded when the statements have run, but for those in C.
local function loaded_after(statements)
  local result = run(statements .. [[
    local names = {}
    for name in pairs(package.loaded) do
      if name:find "^vankien" and not name:find "^vankien%.host" then names[#names + 1] = name end
    end
    print(table.concat(names, "\n"))]])
  assert.same({0, ""}, {result[1], result[3]})
  local loaded = {}
  for name in result[2]:gmatch "[^\n]+" do loaded[name] = true end
  return loaded
end

describe("a script with one look-up", function()
  it("loads neither methods nor operators nor what explains failures", function()
    local loaded = loaded_after 'local d = directives["25-CT/TW"]; assert(d.issued == "2018-08-08")'
    assert.is_true(loaded["vankien.query.object"])
    for _, name in ipairs {"vankien.query", "vankien.query.methods", "vankien.query.events",
      "vankien.query.filter_sql", "vankien.query.fields", "vankien.query.nearby",
      "vankien.query.iterate", "vankien.query.row_methods", "vankien.query.row_label",
      "vankien.store.schema", "vankien.store.make", "vankien.runner.trace",
      "vankien.util.suggest"} do
      assert.is_nil(loaded[name], name)
    end
  end)

  it("loads what is asked for after it", function()
    local loaded = loaded_after [[local d = directives["25-CT/TW"]
      assert(tostring(d):find "Chỉ thị" and #directives > 0 and d:sources())]]
    for _, name in ipairs {"vankien.query.events", "vankien.query.row_methods",
      "vankien.query.row_label"} do
      assert.is_true(loaded[name], name)
    end
  end)

  it("has methods before keys, whether or not one was used already", function()
    local result = run [[
      store:edit(function(tx)
        tx:insert("documents", { key = "where", title = "Where", kind = "imported",
          source = "article", level = "imported" })
      end)
      print(type(documents.where), documents["25-CT/TW"].issued, type(documents.where),
        documents:find "where".title)]]
    assert.same({0, "function\t2018-08-08\tfunction\tWhere\n", ""}, result)
  end)
end)

describe("the end of a script", function()
  it("finishes what has a finalizer, the newest first, and keeps the exit code", function()
    local result = run [[
      local function finish(name)
        return setmetatable({}, {__gc = function() print(name) end})
      end
      first, second = finish "first", finish "second"
      local closed <close> = setmetatable({}, {__close = function() print "closed" end})]]
    assert.same({0, "closed\nsecond\nfirst\n", ""}, result)
    result = run [[kept = setmetatable({}, {__gc = function() print "kept" end}); error "no"]]
    assert.same({1, "kept\n"}, {result[1], result[2]})
  end)

  it("writes files that stayed open, rolls back, and leaves one file of the store", function()
    local result = run [[
      file = io.open("open.txt", "w")
      file:write "all of it"
      before = #documents
      transaction = store.conn:begin()
      store.conn:run "DELETE FROM assertions"
      print(store:path())]]
    assert.same({0, ""}, {result[1], result[3]})
    assert.equal("all of it", program.read(folder .. "/open.txt"))
    local path = result[2]:match "^[^\n]+"
    assert.is_nil(io.open(path .. "-wal"))
    assert.is_nil(io.open(path .. "-shm"))
    assert.same({0, "true\n", ""}, run "print(#assertions > 0)")
  end)
end)
