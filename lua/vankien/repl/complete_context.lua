-- Where the cursor stands: what is typed before it, taken apart without running anything.
--
-- A context: {tokens =, word = what is typed of the name or string, from = its first byte,
--   quote = the mark that opened the string or nil, n = tokens before the word}.

local lexer = require "vankien.repl.lexer"

local context = {}

local OPEN = {["("] = ")", ["["] = "]", ["{"] = "}"}
local CLOSE = {[")"] = true, ["]"] = true, ["}"] = true}

local function is_string(token)
  return token.text:find "^[\"']" ~= nil
end

local function is_open_string(token)
  local quote, last = token.text:sub(1, 1), token.text:sub(-1)
  local escaped = token.text:find "[^\\]\\.$" ~= nil
  return is_string(token) and (#token.text == 1 or last ~= quote or escaped)
end

--- Take apart what stands before the cursor.
--- Shape: text -> context.
--- Units: bytes from 1.
--- Errors: none.
--- Source: own.
---@param before string
---@return table
function context.read(before)
  local tokens = lexer.tokens(before)
  local last = tokens[#tokens]
  local here = {tokens = tokens, n = #tokens, word = "", from = #before + 1}
  if last and last.from + #last.text - 1 == #before then
    if is_open_string(last) then
      here.quote, here.word = last.text:sub(1, 1), last.text:sub(2)
      here.from, here.n = last.from + 1, #tokens - 1
    elseif last.kind == "name" then
      here.word, here.from, here.n = last.text, last.from, #tokens - 1
    end
  end
  return here
end

--- The token at a place, as text; "" outside.
--- Shape: context, index -> text.
--- Units: tokens from 1.
--- Errors: none.
--- Source: own.
---@param here table
---@param i integer
---@return string
function context.text(here, i)
  local token = here.tokens[i]
  return token and token.text or ""
end

-- The bracket that the one at i closes.
local function opening(here, i)
  local depth = 0
  for at = i, 1, -1 do
    local text = context.text(here, at)
    if CLOSE[text] then depth = depth + 1 end
    if OPEN[text] then
      depth = depth - 1
      if depth == 0 then return at end
    end
  end
end

--- The innermost bracket that is open at a place.
--- Shape: context, index of the last token before -> index of the bracket | nil.
--- Units: tokens from 1.
--- Errors: none.
--- Source: own.
---@param here table
---@param i integer
---@return integer?
function context.enclosing(here, i)
  local depth = 0
  for at = i, 1, -1 do
    local text = context.text(here, at)
    if CLOSE[text] then depth = depth + 1 end
    if OPEN[text] then
      if depth == 0 then return at end
      depth = depth - 1
    end
  end
end

-- One step back in a chain: what stands at i, and the token before it; nil: no chain.
local function step_back(here, i)
  local token = here.tokens[i]
  local text = token.text
  if token.kind == "name" then
    local before = context.text(here, i - 1)
    if before == "." or before == ":" then
      return {op = before, name = text}, i - 2
    end
    return {op = "root", name = text}, nil
  end
  if is_string(token) then return {op = "call", from = i, to = i}, i - 1 end
  if not CLOSE[text] then return nil end
  local from = opening(here, i)
  if not from then return nil end
  return {op = text == "]" and "index" or "call", from = from + 1, to = i - 1}, from - 1
end

--- The expression that ends at a token: `documents:where{…}:first()`.
--- Shape: context, index -> list of steps, the root first | nil.
--- Units: tokens from 1.
--- Errors: none.
--- Source: own.
---@param here table
---@param i integer
---@return table[]?
function context.chain(here, i)
  local steps = {}
  while i and i >= 1 do
    local step, before = step_back(here, i)
    if not step then return nil end
    table.insert(steps, 1, step)
    if step.op == "root" then return steps end
    i = before
  end
end

--- What is called with the bracket or string at a place: its name, and where that stands.
--- Shape: context, index of the token after the callee -> name, index | nil.
--- Units: tokens from 1.
--- Errors: none.
--- Source: own.
---@param here table
---@param i integer
---@return string?
---@return integer?
function context.callee(here, i)
  local token = here.tokens[i - 1]
  if token and token.kind == "name" then return token.text, i - 1 end
end

return context
