-- The REPL: read an entry, run it, print what it is.  A front on the same library as scripts:
-- nothing works only here.

local chunk = require "vankien.repl.chunk"
local dot = require "vankien.repl.commands"
local err = require "vankien.util.err"
local input = require "vankien.repl.input"
local print_value = require "vankien.repl.print"
local runner = require "vankien.runner"
local screen = require "vankien.report.screen"
local sys = require "vankien.host.sys"
local trace = require "vankien.runner.trace"
local visible = require "vankien.report.visible"

local repl = {}

local ROWS = 40              -- rows of a query shown at the prompt

local function options_of(session, extra)
  local options = setmetatable({format = session.format, limit = ROWS}, {__index = screen.of(1)})
  for key, value in pairs(extra or {}) do options[key] = value end
  if not options.limit then options.limit = nil end
  return options
end

local function new_session(given)
  local env = require "vankien.env".new {store = given.store, arg = {}}
  local session = {env = env, format = "table"}
  session.locals = chunk.session(session.env)
  function session.screen() return screen.of(1) end
  function session.print(value, extra)
    local data, talk = print_value.text(value, options_of(session, extra))
    return data .. (talk or "")
  end
  return session
end

local function show_failure(session, failure)
  if err.is(failure.value) and failure.value.code == "interrupted" then
    io.stdout:write "interrupted\n"
    return
  end
  session.failure = failure
  io.stdout:write(visible.text(trace.explain(failure, {frames = false})))
end

local function print_results(session, results)
  for i = 1, results.n do
    io.stdout:write(session.print(results[i]))
  end
  if results.n > 0 then session.last, session.has_last = results[1], true end
end

-- Everything an entry does happens in here, so that Ctrl-C and errors come back to the prompt.
local function perform(session, text, name)
  if dot.is(text) then
    io.stdout:write(dot.run(session, text))
    return
  end
  local fn, problem = session.locals:compile(text, name)
  if not fn then
    error(problem or err.new("bad_input", "the entry is not complete", {place = name .. ":1"}), 0)
  end
  print_results(session, table.pack(fn()))
end

local function run_entry(session, text)
  session.count = (session.count or 0) + 1
  local name = "entry " .. session.count
  local ok, failure = runner.call(perform, session, text, name)
  if not ok then
    failure.code, failure.code_name = text, name
    show_failure(session, failure)
  end
  io.stdout:flush()
end

local function is_complete(session)
  return function(text)
    if dot.is(text) or not text:find "%S" then return true end
    local fn, problem = session.locals:compile(text, "entry")
    return fn ~= nil or problem ~= nil
  end
end

-- A store that was named and cannot be opened is told at once, not at the first question.
local function check_store(session, given)
  if not given.store then return end
  local ok, failure = runner.call(function() return session.env.store end)
  if not ok then error(failure.value, 0) end
end

local BANNER = [[
%s. An expression is printed; .help lists what else there is; Ctrl-D leaves.
]]

--- Talk until the person leaves.
--- Shape: {store = path or nil} -> exit code.
--- Units: none.
--- Errors: raises when the named store cannot be opened; those of entries are shown, and the
---   conversation goes on.
--- Source: own.
---@param given table
---@return integer
function repl.start(given)
  local session = new_session(given)
  check_store(session, given)
  io.stdout:write(BANNER:format(require "vankien.util.version".text))
  local history, reason = input.open_history()
  if not history then io.stdout:write("no history: " .. visible.text(reason) .. "\n") end
  sys.set_interrupt_mode "repl"
  input.handlers(nil, is_complete(session))
  while not session.done do
    local text = input.read("vankien> ", history)
    if text == nil then
      io.stdout:write "\n"
      break
    end
    if text and text:find "%S" then run_entry(session, text) end
  end
  return 0
end

return repl
