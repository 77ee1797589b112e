-- README is run: each `console` block is a session in one empty folder, each `repl` block one at
-- the prompt of a terminal there, and every line of their output must come out as printed (times
-- aside).  `VANKIEN_README_UPDATE=1 make test T=readme` writes what
-- came out into README instead, to be read before it is committed.

local program = require "tests.support.program"
local terminal = require "tests.support.terminal"

local root = os.getenv "PWD"
local path = root .. "/README.md"

local function run(command, folder)
  local line = 'vankien() { "$VANKIEN" "$@"; }; exec 2>&1; ' .. command
  local _, output = program.shell(line, { folder = folder })
  return output
end

-- A block as its commands, each with the output printed under it.
local function steps(block, mark)
  local list = {}
  for line in block:gmatch("(.-)\n") do
    local command = line:match("^" .. mark .. " ?(.*)$")
    if command then
      list[#list + 1] = { command = command, output = "" }
    else
      list[#list].output = list[#list].output .. line .. "\n"
    end
  end
  return list
end

local runners = {}

function runners.console(block, folder)
  local list = steps(block, "%$")
  for _, step in ipairs(list) do
    step.head, step.shown = "$ ", run(step.command, folder)
  end
  return list
end

-- What came after Enter, without the echo of the line itself.
local function printed(answer)
  return (answer:gsub("^ok ", ""):gsub("\r", ""):gsub("^[^\n]*\n", "", 1))
end

-- The first line is the command that opens the prompt; the last entry leaves it.
function runners.repl(block, folder)
  local opening, rest = block:match "^(%$ [^\n]*\n)(.*)$"
  local list, words = steps(rest:gsub("^.-(vankien>)", "%1", 1), "vankien>"), {}
  for word in opening:match "^%$ vankien ?(.-)\n":gmatch "%S+" do words[#words + 1] = word end
  local play = terminal.play {folder = folder, words = words, columns = 100, rows = 60}
  play:until_("vankien> ", 10000)
  for _, step in ipairs(list) do
    play:send(step.command .. "\n")
    if step.command ~= ".quit" then play:until_("vankien> ", 5000) end
  end
  local answers = play:exit():run()
  for i, step in ipairs(list) do
    step.head = "vankien> "
    step.shown = step.command == ".quit" and "" or printed(answers[2 * i + 1])
  end
  local banner = {head = "$ ", command = opening:match "^%$ (.-)\n", shown = printed("\n"
    .. answers[1]:gsub("^ok ", "")), output = block:match "^[^\n]*\n(.-)vankien>"}
  table.insert(list, 1, banner)
  return list
end

local function times_aside(s)
  return (s:gsub("%d+%.%d ms", "N ms"))
end

-- Every block in its order: kind, text.
local function blocks(readme)
  return readme:gmatch "```(%l+)\n(.-)```"
end

local has_terminal = terminal.available()

local function rewritten(readme, folder)
  return (readme:gsub("```(%l+)\n(.-)```", function(kind, block)
    if not runners[kind] then return nil end
    local out = {"```" .. kind .. "\n"}
    for _, step in ipairs(runners[kind](block, folder)) do
      out[#out + 1] = step.head .. step.command .. "\n" .. step.shown
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
    for kind, block in blocks(readme) do
      if kind == "repl" and not has_terminal then
        -- What follows rests on the files that this session writes.
        assert.is_true(met > 6)
        return pending "no pseudo-terminal can be opened here: run up to the first prompt"
      elseif runners[kind] then
        for _, step in ipairs(runners[kind](block, folder)) do
          met = met + 1
          assert.equal(times_aside(step.output), times_aside(step.shown), step.command)
        end
      end
    end
    assert.is_true(met > 20)
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
