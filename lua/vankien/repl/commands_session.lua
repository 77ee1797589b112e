-- Dot commands about the session itself: .load, .edit, .save, .help, .apropos, .quit.

local err = require "vankien.util.err"
local journal = require "vankien.repl.journal"
local runner = require "vankien.runner"
local sys = require "vankien.host.sys"

local commands = {}

commands.load = {value = "FILE", completes = "file", help = "run a script in this session",
  run = function(session, rest)
    local fn, problem = runner.load_file(rest, session.env)
    if not fn then error(problem, 0) end
    fn()
    journal.add(session, rest, "file")
  end}

local function editor()
  for _, name in ipairs {"VISUAL", "EDITOR"} do
    local command = os.getenv(name)
    if command and command:find "%S" then return command end
  end
  return "vi"
end

local function quoted(path)
  return "'" .. path:gsub("'", "'\\''") .. "'"
end

local function edited(text)
  local path = os.tmpname()
  local file <close> = assert(io.open(path, "w"))
  file:write(text, "\n")
  file:close()
  local ok = os.execute(editor() .. " " .. quoted(path))
  local bytes, problem = sys.read_file(path, 16 << 20)
  os.remove(path)
  sys.interrupted()
  if not ok then
    err.raise("io", ("%s did not end well"):format(editor()), {
      hint = "VISUAL or EDITOR names the editor"})
  end
  if not bytes then error(problem, 0) end
  return (bytes:gsub("%s+$", ""))
end

commands.edit = {help = "edit the last entry in $VISUAL or $EDITOR, then run it",
  run = function(session)
    local text = edited(session.entry or "")
    if text:find "%S" then session.run_next = text end
  end}

commands.save = {value = "FILE", completes = "file",
  help = "write the session as a script that runs on its own",
  run = function(session, rest)
    local ok, problem = sys.write_file_atomic(rest, journal.script(session), 493)   -- 0755
    if not ok then error(problem, 0) end
    return ("%d entries in %s\n"):format(#session.journal, rest)
  end}

local function list_text()
  local dot = require "vankien.repl.commands"
  local out = {[[
An expression is printed; any Lua runs; an entry goes on while it is not complete.
_ is the last value printed, _1 and _2 the ones before. ?NAME or help(x) explains.
Tab completes, Up finds earlier entries that begin alike, Ctrl-R searches them.
Ctrl-C comes back to the prompt, Ctrl-D leaves.

]]}
  for _, name in ipairs(dot.names()) do
    local command = dot.all()[name]
    local left = "." .. name .. (command.value and " " .. command.value or "")
    out[#out + 1] = ("  %-17s %s\n"):format(left, command.help)
  end
  return table.concat(out)
end

commands.help = {shows = true, value = "[NAME]", completes = "name",
  help = "this list, or what a command or a name means",
  run = function(session, rest)
    if rest == "" then return list_text() end
    local dot = require "vankien.repl.commands"
    local command = dot.all()[rest:gsub("^%.", "")]
    if command and (rest:sub(1, 1) == "." or not rest:find "[^%a]") then
      return (".%s %s\n  %s\n"):format(rest:gsub("^%.", ""), command.value or "", command.help)
    end
    return require "vankien.manual".help(rest, session:screen())
  end}

commands.apropos = {shows = true, value = "WORD", help = "what the manual has about a word",
  run = function(session, rest)
    return require "vankien.manual".apropos(rest, session:screen())
  end}

commands.quit = {help = "leave, as Ctrl-D", run = function(session)
  session.done = true
end}

return commands
