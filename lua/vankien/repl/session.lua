-- A session of the REPL: its globals, its store, the values it printed, and what was entered.

local cell = require "vankien.report.cell"
local chunk = require "vankien.repl.chunk"
local screen = require "vankien.report.screen"
local show = require "vankien.repl.show"
local sys = require "vankien.host.sys"
local visible = require "vankien.report.visible"

local Session = {}
Session.__index = Session

local session = {}

local ROWS = 40              -- rows of a query shown at the prompt
local VALUES = {"_", "_1", "_2"}

-- What scripts may print raw goes to a terminal with its control characters written out.
local function harmless_output(env)
  function env.print(...)
    local parts = table.pack(...)
    for i = 1, parts.n do parts[i] = tostring(parts[i]) end
    local line = table.concat(parts, "\t", 1, parts.n) .. "\n"
    io.stdout:write(sys.isatty(1) and visible.text(line) or line)
  end
  local own = {}
  for name, value in pairs(io) do own[name] = value end
  function own.write(...)
    if io.output() ~= io.stdout or not sys.isatty(1) then return io.write(...) end
    local parts = table.pack(...)
    for i = 1, parts.n do parts[i] = visible.text(tostring(parts[i])) end
    return io.write(table.unpack(parts, 1, parts.n))
  end
  rawset(env, "io", own)
end

--- A new session.
--- Shape: {store = path or nil} -> session.
--- Units: none.
--- Errors: none; the store opens when something of it is first asked.
--- Source: own.
---@param given table
---@return table
function session.new(given)
  local env = require "vankien.env".new {store = given.store, arg = {}}
  local self = setmetatable({
    env = env, format = "table", count = 0, journal = {}, given = given, began = sys.clock(),
  }, Session)
  harmless_output(env)
  require "vankien.repl.globals".add(env, function() return self:screen() end)
  self.locals = chunk.session(env)
  return self
end

--- What the screen can show now: it may have been resized.
--- Shape: nothing -> screen.
--- Units: columns and lines.
--- Errors: none.
--- Source: own.
---@return table
function Session:screen()
  if self.once or self.output then return {terminal = false, unicode = true, color = false} end
  return screen.of(1)
end

--- The store of this session, opened when it is not yet.
--- Shape: nothing -> store.
--- Units: none.
--- Errors: raises what opening raises.
--- Source: own.
---@return table
function Session:store()
  return self.env.store
end

--- Work on another store from here on.
--- Shape: store -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param store table
function Session:use(store)
  for _, name in ipairs(require "vankien.query.collections".names()) do
    rawset(self.env, name, nil)
  end
  rawset(self.env, "store", store)
end

local function footer_of(self)
  return function(facts)
    local total = facts.total or facts.shown
    local count = facts.shown < total and cell.count(facts.shown) .. " of " or ""
    local parts = {("%s%s row%s"):format(count, cell.count(total), total == 1 and "" or "s"),
      ("%.1f ms"):format((sys.clock() - self.began) * 1000)}
    if facts.cut > 0 then
      parts[#parts + 1] = ("%s cell%s cut to fit"):format(cell.count(facts.cut),
        facts.cut == 1 and "" or "s")
    end
    if #facts.dropped > 0 then
      parts[#parts + 1] = "no room for " .. table.concat(facts.dropped, ", ")
    end
    parts[#parts + 1] = facts.more
    if facts.shown < total and not facts.more then parts[#parts + 1] = ".last shows all" end
    return table.concat(parts, " · ")
  end
end

local function options_of(self, extra)
  local on = self:screen()
  local options = {format = self.format, limit = ROWS}
  if on.terminal then options.footer = footer_of(self) else options.limit = nil end
  for key, value in pairs(extra or {}) do options[key] = value end
  if not options.limit then options.limit = nil end
  return setmetatable(options, {__index = on})
end

--- A value as text for where this session prints.
--- Shape: value, options that differ -> text.
--- Units: none.
--- Errors: raises what reading the store raises.
--- Source: own.
---@param value any
---@param extra? table limit = false: all rows
---@return string
function Session:text(value, extra)
  local data, talk = require "vankien.repl.print".text(value, options_of(self, extra))
  return data .. (talk or "")
end

--- Print the values of an entry, and remember the first: _ is the last value that was printed,
--- _1 the one before it, _2 the one before that.
--- Shape: packed values -> nothing.
--- Units: none.
--- Errors: raises what reading the store raises.
--- Source: own.
---@param values table
function Session:print(values)
  if values.n == 0 then return end
  local parts = {}
  for i = 1, values.n do parts[i] = self:text(values[i]) end
  show.text(self, table.concat(parts))
  self:remember(values[1])
end

--- Make a value the last one.
--- Shape: value -> nothing; nil is not remembered.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param value any
function Session:remember(value)
  if value == nil then return end
  self.has_last = true
  for i = #VALUES, 2, -1 do rawset(self.env, VALUES[i], rawget(self.env, VALUES[i - 1])) end
  rawset(self.env, "_", value)
end

return session
