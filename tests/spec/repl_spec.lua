-- The REPL in a pseudo-terminal, typed at as a person types.

package.path = "tests/support/?.lua;" .. package.path
local program = require "program"
local sys = require "vankien.host.sys"

local folder

-- Types lines (or "^C", "^D") into the program; what the terminal showed, without carriage returns.
local function type_in(...)
  local typed = {}
  for _, line in ipairs {...} do
    local bytes = line == "^C" and "\\003" or line == "^D" and "\\004" or nil
    typed[#typed + 1] = bytes and ("printf '%s'"):format(bytes)
      or ("printf '%%s\\n' %s"):format(program.quote(line))
    typed[#typed + 1] = "sleep 0.25"
  end
  local line = ("(sleep 0.4; %s) | LANG=C.UTF-8 TERM=xterm NO_COLOR=1 script -qec "
    .. "'stty cols 80 rows 24; exec %s' /dev/null"):format(table.concat(typed, "; "), program.path)
  local _, out = program.shell(line, {folder = folder})
  return (out:gsub("\r", ""):gsub("\27%[%?2004[hl]", ""))
end

local has_terminal = program.has_terminal()

-- A fact about a terminal, where there is one.
local function on_terminal(fact, check)
  it(fact, function()
    if not has_terminal then return pending "no pseudo-terminal can be opened here" end
    check()
  end)
end

describe("vankien on a terminal", function()
  setup(function() folder = program.folder() end)
  teardown(function() program.remove(folder) end)

  on_terminal("talks: expressions, locals, several lines, errors with a hint", function()
    local out = type_in("local x = 5", "x + 1", "{1,", "2}", "#congresses", "documents:wher()",
      "directives['25-CT/TW'].issued", "^D")
    for _, shown in ipairs {"vankien> x + 1\n6\n", "{ 1, 2 }\n", "\n14\n", 'did you mean "where"',
      "2018-08-08"} do
      assert.truthy(out:find(shown, 1, true), out)
    end
  end)

  on_terminal("comes back from Ctrl-C with the session intact", function()
    local out = type_in("kept = 41", "while true do end", "^C",
      "while true do pcall(function() while true do end end) end", "^C",
      "coroutine.wrap(function() while true do end end)()", "^C",
      "store:sql 'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
        .. "SELECT count(*) AS n FROM t'", "^C", "kept + 1", "^D")
    local _, times = out:gsub("interrupted\n", "")
    assert.equal(4, times, out)
    assert.truthy(out:find("vankien> kept + 1\n42\n", 1, true), out)
  end)

  on_terminal("clears the line on Ctrl-C at the prompt", function()
    local out = type_in("local y = 1", "function f(", "^C", "y", "^D")
    assert.truthy(out:find("vankien> y\n1\n", 1, true), out)
  end)

  on_terminal("has dot commands, and names the nearest one", function()
    local out = type_in(".help", ".mode json", "pillars:limit(1)", ".mod", ".schema pillars",
      ".quit")
    assert.truthy(out:find(".tables", 1, true), out)
    assert.truthy(out:find('{"id":1,"n":1', 1, true), out)
    assert.truthy(out:find("did you mean .mode?", 1, true), out)
    assert.truthy(out:find("official_title", 1, true), out)
  end)

  on_terminal("keeps a history that only its owner can read", function()
    type_in("'một câu hỏi'", "^D")
    local path = folder .. "/vankien/history"
    assert.equal(384, sys.stat(path).mode & 511)                        -- 0600
    assert.truthy(program.read(path):find("câu", 1, true) or program.read(path):find "\\")
  end)

  on_terminal("fits tables to the screen", function()
    local out = type_in("resolutions", "^D")
    assert.truthy(out:find("…", 1, true), out)
    assert.truthy(out:find("cut to fit", 1, true), out)
  end)
end)
