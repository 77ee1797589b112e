-- What an expression would be, found without running it: from the values that are there, the
-- schema of the store, and what the methods of queries are known to give.  No metamethod runs.
--
-- A type: {kind = "query" | "row" | "list", table = name}, {kind = "store"}, or {kind = "value",
-- value =}.

local collections = require "vankien.query.collections"
local context = require "vankien.repl.complete_context"
local query = require "vankien.query"
local relations = require "vankien.query.relations"
local schema = require "vankien.query.schema"

local types = {}

local SAME = {where = true, order = true, limit = true, offset = true, select = true}
local ROW = {first = true, last = true, one = true, get = true}
local DOCUMENTS = {incoming = true, outgoing = true}

local function base_table(name)
  local def = collections.find(name)
  return def and def.table or name
end

--- The type of a value that is there.
--- Shape: value -> type | nil for nil.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param value any
---@return table?
function types.of_value(value)
  if value == nil then return nil end
  if query.is(value) then
    local name = query.words(value):match "^%S+"
    return {kind = "query", table = base_table(name), collection = name, value = value}
  end
  if query.is_row(value) then
    return {kind = "row", table = require "vankien.query.row".table(value), value = value}
  end
  if require "vankien.store".is(value) then return {kind = "store"} end
  return {kind = "value", value = value}
end

-- `for _, d in ipairs(directives)`, `for d in q:each()`, `local d = directives[…]`: in this entry.
local function declared_here(session, here, name)
  local tokens = here.tokens
  for i = here.n, 1, -1 do
    if context.text(here, i) == name and tokens[i].kind == "name" then
      local after = context.text(here, i + 1)
      if after == "=" and context.text(here, i - 1) == "local" then
        return types.of_expression(session, here, i + 2), i
      elseif after == "in" then
        return types.of_loop(session, here, i + 2), i
      end
    end
  end
end

-- The last token of the expression that begins at i: a name and what is asked of it.
local function expression_end(here, i)
  local depth, at = 0, i
  while at < here.n do
    local next_text = context.text(here, at + 1)
    local text = context.text(here, at)
    if text == "(" or text == "[" or text == "{" then depth = depth + 1 end
    if text == ")" or text == "]" or text == "}" then depth = depth - 1 end
    local goes_on = depth > 0 or next_text:find "^[%.:%[%({\"']" or text == "." or text == ":"
    if not goes_on then return at end
    at = at + 1
  end
  return at
end

--- The type of the expression that begins at a token.
--- Shape: session, context, index -> type | nil.
--- Units: tokens from 1.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param here table
---@param i integer
---@return table?
function types.of_expression(session, here, i)
  local steps = context.chain(here, expression_end(here, i))
  if not steps or steps[1].name == context.text(here, i - 2) then return nil end
  return types.of_steps(session, here, steps)
end

--- The type of what a loop over the expression at a token gives.
--- Shape: session, context, index -> type | nil.
--- Units: tokens from 1.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param here table
---@param i integer
---@return table?
function types.of_loop(session, here, i)
  local name = context.text(here, i)
  local of
  if (name == "ipairs" or name == "pairs") and context.text(here, i + 1) == "(" then
    of = types.of_expression(session, here, i + 2)
  else
    of = types.of_expression(session, here, i)
  end
  if of and (of.kind == "query" or of.kind == "list" or of.kind == "each") then
    return {kind = "row", table = of.table}
  end
end

local function root_type(session, here, name)
  local inferred, at = declared_here(session, here, name)
  if at then return inferred end
  local is_local, value = session.locals:value_of(name)
  if is_local then return types.of_value(value) end
  value = rawget(session.env, name)
  if value ~= nil then return types.of_value(value) end
  if name == "store" then return {kind = "store"} end
  if name == "vankien" then return types.of_value(require "vankien") end
  if collections.find(name) then
    return {kind = "query", table = base_table(name), collection = name}
  end
end

local function field_type(session, of, name)
  if of.kind == "row" then
    local info = schema.table(session:store(), of.table)
    if not info then return nil end
    local kind, what = relations.find(session:store(), info, name)
    if kind == "query" or kind == "row" then return {kind = kind, table = what.table} end
    return of.value and types.of_value(rawget(of.value, name))
  end
  if of.kind == "value" and type(of.value) == "table" then
    return types.of_value(rawget(of.value, name))
  end
end

local function called_type(of, method)
  if of.kind == "query" then
    if SAME[method] then return {kind = "query", table = of.table} end
    if ROW[method] then return {kind = "row", table = of.table} end
    if method == "list" or method == "each" then return {kind = method, table = of.table} end
    if not method then return {kind = "row", table = of.table} end
  end
  if of.kind == "row" and DOCUMENTS[method] then return {kind = "query", table = "documents"} end
end

local function index_type(here, of, step)
  if of.kind == "query" or of.kind == "list" then return {kind = "row", table = of.table} end
  if of.kind ~= "value" or type(of.value) ~= "table" or step.from ~= step.to then return nil end
  local text = context.text(here, step.from)
  local key = text:match "^[\"'](.*)[\"']$" or math.tointeger(tonumber(text))
  return key ~= nil and types.of_value(rawget(of.value, key)) or nil
end

--- The type of a chain of steps.
--- Shape: session, context, steps of context.chain -> type | nil.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param here table
---@param steps table[]
---@return table?
function types.of_steps(session, here, steps)
  local of, method = root_type(session, here, steps[1].name), nil
  for i = 2, #steps do
    if not of then return nil end
    local step = steps[i]
    if step.op == ":" then method = step.name
    elseif step.op == "." then of = field_type(session, of, step.name)
    elseif step.op == "index" then of = index_type(here, of, step)
    else
      of, method = called_type(of, method), nil
    end
  end
  return of
end

--- The type of the expression that ends at a token.
--- Shape: session, context, index -> type | nil.
--- Units: tokens from 1.
--- Errors: those of the store.
--- Source: own.
---@param session table
---@param here table
---@param i integer
---@return table?
function types.ending_at(session, here, i)
  local steps = context.chain(here, i)
  return steps and types.of_steps(session, here, steps)
end

return types
