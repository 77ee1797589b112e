-- Dot commands that say how and where things are shown: .mode, .once, .output, .timer, .last.

local err = require "vankien.util.err"
local print_value = require "vankien.repl.print"
local suggest = require "vankien.util.suggest"

local commands = {}

local function choice(name, word, choices)
  for _, known in ipairs(choices) do
    if known == word then return word end
  end
  err.raise("usage", (".%s cannot be %q"):format(name, word), {
    hint = suggest.phrase(word, choices) or "one of " .. table.concat(choices, ", ")})
end

--- on or off: a switch of the session.
local function switch(name, help, set)
  return {value = "[on|off]", completes = "switch", help = help, run = function(session, rest)
    if rest ~= "" then set(session, choice(name, rest, {"on", "off"}) == "on") end
    return (".%s is %s\n"):format(name, session[name] and "on" or "off")
  end}
end

commands.mode = {value = "[FORMAT]", completes = "mode",
  help = "print as " .. table.concat(print_value.modes, ", "),
  run = function(session, rest)
    if rest ~= "" then session.format = choice("mode", rest, print_value.modes) end
    return "mode: " .. session.format .. "\n"
  end}

-- The file is opened once here, so that a wrong path is told at once.
local function writable(path)
  local file, problem = io.open(path, "a")
  if not file then err.raise("io", problem) end
  file:close()
  return path
end

commands.once = {value = "FILE", completes = "file",
  help = "write what the next entry prints, all of it, to a file",
  run = function(session, rest)
    session.next_once = writable(rest)
    return "the next result goes to " .. rest .. "\n"
  end}

commands.output = {value = "[FILE]", completes = "file",
  help = "write what entries print to a file; without one, to the screen again",
  run = function(session, rest)
    session.output = rest ~= "" and writable(rest) or nil
    return rest ~= "" and "results go to " .. rest .. "\n" or "results go to the screen\n"
  end}

commands.timer = switch("timer", "say how long each entry took", function(session, on)
  session.timer = on
end)

commands.sql = switch("sql", "show every statement of the store, how many, and loops of queries",
  function(session, on)
    local sqlwatch = require "vankien.repl.sqlwatch"
    if session.watch then sqlwatch.stop(session.watch) end
    session.sql = on
    session.watch = on and sqlwatch.start(session, function(text)
      io.stdout:write(require "vankien.repl.show".colored("dim", text))
    end) or nil
  end)

commands.last = {shows = true, help = "the last value again, all of it", run = function(session)
  if not session.has_last then return "nothing was printed yet\n" end
  return session:text(rawget(session.env, "_"), {limit = false})
end}

commands.traceback = {help = "the last error with all its frames", run = function(session)
  if not session.failure then return "no error yet\n" end
  local text = require "vankien.runner.trace".explain(session.failure)
  return require "vankien.report.visible".text(text .. (session.failure.full or "") .. "\n")
end}

return commands
