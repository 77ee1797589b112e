-- One entry of the REPL as a function.  Locals declared at the top level of an entry live on:
-- the next entries see the same variables, not copies, because the upvalues are joined.
--
-- An entry `local x = 1` is compiled as
--   local __keep = ...; local a, b; return function(...) local x = 1
--     return __keep(function() return x end)() end
-- where a and b are the locals that live on, joined to their variables before the call.

local err = require "vankien.util.err"
local lexer = require "vankien.repl.lexer"
local runner = require "vankien.runner"

local chunk = {}

local MOST = 150            -- locals kept; a Lua function holds 200 locals, 255 upvalues
local KEEP = "__keep"


local Session = {}
Session.__index = Session

-- Scripts may set new globals in their main chunk only; an entry is one, though it is compiled as
-- a function.
local function allow_globals(self)
  local mt = getmetatable(self.env)
  local refuse = mt and mt.__newindex
  if type(refuse) ~= "function" then return end
  mt.__newindex = function(globals, name, value)
    if debug.getinfo(2, "f").func ~= self.running then return refuse(globals, name, value) end
    rawset(globals, name, value)
  end
end

--- A session: the environment and the locals that live on.
--- Shape: environment -> session.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param env table
---@return table
function chunk.session(env)
  local self = setmetatable({env = env, locals = {}, order = {}}, Session)
  allow_globals(self)
  return self
end

-- The locals that live on, declared so that the entry can capture them.
local function prologue(self)
  local names = {}
  for _, name in ipairs(self.order) do
    local attribute = self.locals[name].attribute
    names[#names + 1] = attribute and name .. " <" .. attribute .. ">" or name
  end
  return "local " .. KEEP .. " = ...; "
    .. (#names > 0 and "local " .. table.concat(names, ",") .. "; " or "")
    .. "return function(...) "
end

-- Names an entry leaves behind; <close> variables are closed with the entry and do not stay.
local function kept(outline)
  local names, seen, attributes = {}, {}, {}
  for _, entry in ipairs(outline.locals) do
    if entry.attribute ~= "close" then
      if not seen[entry.name] then
        seen[entry.name] = true
        names[#names + 1] = entry.name
      end
      attributes[entry.name] = entry.attribute
    end
  end
  return names, attributes
end

local function without_tail(source)
  return (source:gsub("[%s;]+$", ""))
end

-- The entry with a last statement that hands over its locals.
local function instrument(source, outline, names)
  if #names == 0 then return source .. "\n end" end
  local hand_over = KEEP .. "(function() return " .. table.concat(names, ",") .. " end)"
  if not outline.returns then return source .. "\n return " .. hand_over .. "() end" end
  local before = source:sub(1, outline.returns - 1)
  local after = without_tail(source:sub(outline.returns))
  return before .. " " .. hand_over .. "(" .. after .. "\n) end"
end

-- Join each upvalue of the entry that is a local living on to its variable.
local function join(self, fn)
  for i = 1, math.huge do
    local name = debug.getupvalue(fn, i)
    if not name then return end
    local variable = self.locals[name]
    if variable then debug.upvaluejoin(fn, i, variable.owner, variable.index) end
  end
end

local function remember(self, name, owner, index, attribute)
  if not self.locals[name] then self.order[#self.order + 1] = name end
  self.locals[name] = {owner = owner, index = index, attribute = attribute}
end

-- A constant that the compiler folded away has no variable: give it one.
local function with_value(value)
  return function() return value end
end

local function keep(self, names, attributes, reader)
  local found, values = {}, table.pack(reader())
  for i = 1, math.huge do
    local name = debug.getupvalue(reader, i)
    if not name then break end
    found[name] = i
  end
  for i, name in ipairs(names) do
    if found[name] then
      remember(self, name, reader, found[name], attributes[name])
    else
      remember(self, name, with_value(values[i]), 1, attributes[name])
    end
  end
end

local function too_many(self, names)
  if #self.order + #names <= MOST then return false end
  return err.new("full", ("%d locals live on in this session already"):format(#self.order),
    {hint = "leave out `local`: a global of the session stays as well"})
end

local function incomplete(message)
  return message:find("near <eof>", 1, true) ~= nil
end

local function syntax_error(message)
  local place, what = message:match "^(.-:%d+): (.*)$"
  return err.new("bad_input", what or message, {place = place})
end

local function same(...) return ... end

local function compile_in(self, source, name)
  local outline = lexer.outline(source)
  local names, attributes = kept(outline)
  local full = too_many(self, names)
  if full then return nil, full end
  local text = prologue(self) .. instrument(source, outline, names)
  local outer, message = load(text, "=" .. name, "t", self.env)
  if not outer then return nil, syntax_error(message) end
  local fn = outer(function(reader)
    if reader then keep(self, names, attributes, reader) end
    return same
  end)
  join(self, fn)
  self.running = fn
  return fn
end

local function without_marks(source)
  return (source:gsub("^%s*=", "", 1))
end

--- The value of a local that lives on.
--- Shape: name -> is there one, value.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param name string
---@return boolean
---@return any
function Session:value_of(name)
  local variable = self.locals[name]
  if not variable then return false end
  local _, value = debug.getupvalue(variable.owner, variable.index)
  return true, value
end

--- The names of the locals that live on.
--- Shape: nothing -> list, in the order in which they were declared.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return string[]
function Session:names()
  return table.move(self.order, 1, #self.order, 1, {})
end

-- An expression is not compiled as a plain `return`: a tail call would take the frame of the
-- entry off the stack, and with it the place of an error.

--- Compile an entry, as an expression when it is one.
--- Shape: text, chunk name -> function, nil, is_expression | nil, err | nil, nil when the entry is
---   not complete.
--- Units: none.
--- Errors: nil, bad_input for a syntax error; nil, full when too many locals live on.
--- Source: continuation as in Lua's own interpreter: the message ends in <eof>.
---@param source string
---@param name string
---@return function?
---@return table? err
---@return boolean? is_expression
function Session:compile(source, name)
  source = without_marks(source)
  local expression = without_tail(source)
  local tried, reason = load("return " .. expression, "=" .. name, "t", self.env)
  if tried then
    local problem
    local fn = runner.as_argument(expression, function(argument)
      local compiled
      compiled, problem = compile_in(self, "return " .. KEEP .. "()" .. argument, name)
      return compiled
    end)
    return fn, problem, true
  end
  local plain, message = load(source, "=" .. name, "t", self.env)
  if plain then return compile_in(self, source, name) end
  if incomplete(message) or incomplete(reason) and not source:find "^%s*$" then return nil end
  return nil, syntax_error(message)
end

return chunk
