-- The REPL: read an entry, run it, print what it is.  A front on the same library as scripts:
-- nothing works only here.

local dot = require "vankien.repl.commands"
local err = require "vankien.util.err"
local input = require "vankien.repl.input"
local journal = require "vankien.repl.journal"
local runner = require "vankien.runner"
local session_of = require "vankien.repl.session"
local show = require "vankien.repl.show"
local sys = require "vankien.host.sys"
local trace = require "vankien.runner.trace"
local visible = require "vankien.report.visible"

local repl = {}

local PROMPT = "vankien> "

local function show_failure(session, failure)
  if err.is(failure.value) and failure.value.code == "interrupted" then
    io.stdout:write "interrupted\n"
    return
  end
  session.failure = failure
  local text = visible.text(trace.explain(failure, {brief = true}))
  local head, rest = text:match "^([^\n]*)(.*)$"
  io.stdout:write(show.colored("red", head), rest)
end

-- A paste may hold several entries, one after the other.
local function parts_of(session, text)
  local parts, part = {}, nil
  for line in (text .. "\n"):gmatch "(.-)\n" do
    part = part and part .. "\n" .. line or line
    if dot.is(part) or session.locals:compile(part, "entry") then
      if part:find "%S" then parts[#parts + 1] = part end
      part = nil
    end
  end
  return not part and #parts > 1 and parts or nil
end

local function run_code(session, text, name)
  local fn, problem, is_expression = session.locals:compile(text, name)
  if not fn then
    error(problem or err.new("bad_input", "the entry is not complete", {place = name .. ":1"}), 0)
  end
  local values = table.pack(fn())
  session:print(values)
  journal.add(session, text, is_expression and "expression" or "statement")
end

-- Everything an entry does happens in here, so that Ctrl-C and errors come back to the prompt.
local function perform(session, text, name)
  if dot.is(text) then
    local said, shows = dot.run(session, text)
    if shows then show.text(session, said) else io.stdout:write(said) end
  else
    session.entry = text
    run_code(session, text, name)
  end
end

local function after(session)
  local took = sys.clock() - session.began
  session.once = nil
  if session.watch then
    io.stdout:write(show.colored("dim", require "vankien.repl.sqlwatch".summary(session.watch)))
  end
  if session.timer then
    io.stdout:write(show.colored("dim", ("%.1f ms\n"):format(took * 1000)))
  end
  io.stdout:flush()
end

local function run_one(session, text)
  session.count = session.count + 1
  session.began = sys.clock()
  if session.watch then require "vankien.repl.sqlwatch".reset(session.watch) end
  if not dot.is(text) then session.once, session.next_once = session.next_once, nil end
  local name = "entry " .. session.count
  local ok, failure = runner.call(perform, session, text, name)
  if not ok then
    failure.code, failure.code_name = text, name
    session.once = nil
    show_failure(session, failure)
  end
  after(session)
  return ok
end

local function run_entry(session, text)
  local whole = dot.is(text) and not text:find "\n" or session.locals:compile(text, "entry")
  for _, part in ipairs(not whole and parts_of(session, text) or {text}) do
    if not run_one(session, part) then return end
  end
  while session.run_next do
    local again = session.run_next
    session.run_next = nil
    io.stdout:write(again, "\n")
    run_one(session, again)
  end
end

local function is_whole(session)
  return function(text)
    if dot.is(text) or not text:find "%S" then return true end
    local fn, problem = session.locals:compile(text, "entry")
    return fn ~= nil or problem ~= nil
  end
end

-- A store that was named and cannot be opened is told at once, not at the first question.
local function check_store(session, given)
  if not given.store then return end
  local ok, failure = runner.call(function() return session:store() end)
  if not ok then error(failure.value, 0) end
end

local function init_file()
  local folder = require "vankien.util.folders".config()
  local path = folder and folder .. "/init.lua"
  return path and sys.stat(path) and path
end

-- $XDG_CONFIG_HOME/vankien/init.lua runs in the session; what goes wrong there is told.
local function run_init(session)
  local path = init_file()
  if not path then return end
  local fn, problem = runner.load_file(path, session.env)
  if not fn then return show_failure(session, {value = problem, frames = {}}) end
  local ok, failure = runner.call(fn)
  if not ok then show_failure(session, failure) end
end

-- A search that Lua's own matcher would not come back from is given up at Ctrl-C.
local function stoppable_patterns()
  for name, fn in pairs(require "vankien.host.luapattern") do rawset(string, name, fn) end
end

local function begin(session, given)
  stoppable_patterns()
  check_store(session, given)
  io.stdout:write(require "vankien.util.version".text,
    ". An expression is printed; .help lists what else there is; Ctrl-D leaves.\n")
  local history, reason = input.open_history()
  if not history then io.stdout:write("no history: " .. visible.text(reason) .. "\n") end
  sys.set_interrupt_mode "repl"
  if not given.no_init then run_init(session) end
  local complete
  input.handlers(function(text, cursor)          -- loaded when Tab is first hit
    complete = complete or require "vankien.repl.complete".new(session)
    return complete(text, cursor)
  end, is_whole(session))
  io.stdout:flush()
  return history
end

--- Talk until the person leaves.
--- Shape: {store = path or nil, no_init = boolean} -> exit code.
--- Units: none.
--- Errors: raises when the named store cannot be opened; those of entries are shown, and the
---   conversation goes on.
--- Source: own.
---@param given table
---@return integer
function repl.start(given)
  local session = session_of.new(given)
  local history = begin(session, given)
  while not session.done do
    local store = rawget(session.env, "store")
    if store then store.conn:let_go() end        -- others write while we wait
    local text = input.read(PROMPT, history)
    if text == nil then
      io.stdout:write "\n"
      break
    end
    if text and text:find "%S" then run_entry(session, text) end
  end
  return 0
end

return repl
