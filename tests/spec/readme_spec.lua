-- README is run: each `console` block is a session in one empty folder, and every line of its
-- output must come out as printed.  `VANKIEN_README_UPDATE=1 make test T=readme` writes what
-- came out into README instead, to be read before it is committed.

local program = require "tests.support.program"

local root = os.getenv "PWD"
local path = root .. "/README.md"

local function run(command, folder)
  local line = 'vankien() { "$VANKIEN" "$@"; }; exec 2>&1; ' .. command
  local _, output = program.shell(line, { folder = folder })
  return output
end

-- A block as its commands, each with the output printed under it.
local function steps(block)
  local list = {}
  for line in block:gmatch("(.-)\n") do
    local command = line:match("^%$ (.*)$")
    if command then
      list[#list + 1] = { command = command, output = "" }
    else
      list[#list].output = list[#list].output .. line .. "\n"
    end
  end
  return list
end

local function rewritten(readme, folder)
  return (readme:gsub("```console\n(.-)```", function(block)
    local out = { "```console\n" }
    for _, step in ipairs(steps(block)) do
      out[#out + 1] = "$ " .. step.command .. "\n" .. run(step.command, folder)
    end
    return table.concat(out) .. "```"
  end))
end

describe("README", function()
  local folder

  setup(function()
    folder = program.folder()
    os.execute(("ln -s %s %s"):format(program.quote(root .. "/examples"),
      program.quote(folder .. "/examples")))
  end)

  teardown(function() program.remove(folder) end)

  it("shows sessions that come out as printed", function()
    local readme = program.read(path)
    if os.getenv "VANKIEN_README_UPDATE" then
      program.write(path, rewritten(readme, folder))
      return
    end
    local met = 0
    for block in readme:gmatch("```console\n(.-)```") do
      for _, step in ipairs(steps(block)) do
        met = met + 1
        assert.equal(step.output, run(step.command, folder), step.command)
      end
    end
    assert.is_true(met > 8)
  end)

  it("names only files and targets that are there", function()
    local readme, makefile = program.read(path), program.read(root .. "/Makefile")
    for target in readme:gmatch("make (%l+)") do
      assert.truthy(("\n" .. makefile):find("\n" .. target .. ":", 1, true), "make " .. target)
    end
    for _, file in ipairs { "lua/vankien/store/schema.lua", "lua/vankien/query/collections.lua",
      "lua/vankien/import/reader.lua", "lua/vankien/cli/commands.lua",
      "lua/vankien/report/init.lua", "host/state.c", "tests/spec/layers_spec.lua" } do
      assert.truthy(readme:find(file:match("[^/]+/[^/]+$"), 1, true), file .. " is not named")
      program.read(root .. "/" .. file)
    end
  end)
end)
