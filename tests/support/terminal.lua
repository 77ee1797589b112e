-- Types at our own program in a pseudo-terminal (tests/pty): steps are collected, then played.

local program = require "tests.support.program"
local sys = require "vankien.host.sys"

local terminal = {}

-- How long an answer may take where its time is not what is tested: a slow machine, a sanitizer.
local PATIENCE = 15000                  -- milliseconds

local Play = {}
Play.__index = Play

local pty = program.path:match "^(.*)/[^/]*$" .. "/pty"

--- Can a pseudo-terminal be opened here?  A bare chroot has none.
function terminal.available()
  if not sys.stat(pty) then return false end
  local _, _, code = os.execute(program.quote(pty) .. " 80 24 /bin/true </dev/null >/dev/null 2>&1")
  return code == 0
end

local function escaped(s)
  return (s:gsub("[\\%c]", function(c) return ("\\x%02x"):format(c:byte()) end))
end

local function unescaped(s)
  return (s:gsub("\\x(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

--- A play: folder (home, data, state, current folder), words for the program, env, columns, rows.
function terminal.play(options)
  return setmetatable({options = options, steps = {}, what = {}}, Play)
end

local function add(self, step, what)
  self.steps[#self.steps + 1] = step
  self.what[#self.what + 1] = what or step
  return self
end

--- Type; "\n" is Enter, "\3" Ctrl-C, "\4" Ctrl-D, "\t" Tab, "\27[A" Up.
function Play:send(s) return add(self, "send " .. escaped(s)) end

--- What must come (after the last that was looked for), within so many milliseconds.
function Play:expect(s, ms)
  return add(self, ("expect %d %s"):format(ms or PATIENCE, escaped(s)), "expect " .. s)
end

function Play:never(s, ms)
  return add(self, ("never %d %s"):format(ms or 100, escaped(s)), "never " .. s)
end

--- As expect; the answer holds what came before.
function Play:until_(s, ms)
  return add(self, ("until %d %s"):format(ms or PATIENCE, escaped(s)), "until " .. s)
end

--- Type a line, wait for what it prints and for the prompt.
function Play:enter(line, ...)
  self:send(line .. "\n")
  for _, s in ipairs {...} do self:expect(s) end
  return self:prompt()
end

function Play:prompt(ms) return self:expect("vankien> ", ms or PATIENCE) end

function Play:resize(columns, rows) return add(self, ("resize %d %d"):format(columns, rows)) end

function Play:exit(ms) return add(self, ("exit %d"):format(ms or PATIENCE)) end

local function command(self)
  local o = self.options
  local words = {program.quote(pty), o.columns or 80, o.rows or 24, program.quote(program.path)}
  for _, word in ipairs(o.words or {}) do words[#words + 1] = program.quote(word) end
  local env = {TERM = "xterm", LANG = "C.UTF-8", NO_COLOR = "1", VANKIEN_PAGER = ""}
  for name, value in pairs(o.env or {}) do env[name] = value end
  return table.concat(words, " "), env
end

local function script(self) return table.concat(self.steps, "\n") .. "\n" end

local function judged(self, out, problems)
  local answers, n = {}, 0
  for answer in out:gmatch "([^\n]*)\n" do
    n = n + 1
    answers[n] = unescaped(answer)
    local good = answer:find "^ok" or answer:find "^sent" or answer:find "^resized"
      or answer:find "^exit"
    if not good then error(("step %d, %s: %s"):format(n, self.what[n], answers[n]), 3) end
  end
  if n < #self.steps then error("the program ended early: " .. problems, 3) end
  return answers
end

--- Play all of it.  Raises with the step that went wrong and what stood there instead.
--- Returns the answers, one a step.
function Play:run()
  local line, env = command(self)
  local _, out, problems = program.shell("timeout 120 " .. line, {
    folder = self.options.folder, env = env, stdin = script(self),
  })
  return judged(self, out, problems)
end

--- Play several plays of one folder at the same time; each must go well.
function terminal.together(plays)
  local folder, lines, env = plays[1].options.folder, {}, nil
  for i, play in ipairs(plays) do
    lines[i], env = command(play)
    lines[i] = ("timeout 120 %s <steps-%d >answers-%d &"):format(lines[i], i, i)
    program.write(("%s/steps-%d"):format(folder, i), script(play))
  end
  local _, _, problems = program.shell(table.concat(lines, " ") .. " wait",
    {folder = folder, env = env})
  for i, play in ipairs(plays) do
    judged(play, program.read(("%s/answers-%d"):format(folder, i)), problems)
  end
end

return terminal
