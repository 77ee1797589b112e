-- As much of Lua's lexical grammar as the REPL needs: which locals an entry declares at its top
-- level, and where its last `return` stands.  Reads text, runs nothing.
--
--   token <- string / long_string / comment / name / number / any other character

local lexer = {}

local OPENS = {["function"] = 1, ["do"] = 1, ["if"] = 1, ["repeat"] = 1,
  ["end"] = -1, ["until"] = -1}

local function skip_long(source, at)
  local level = source:match("^%[(=*)%[", at)
  if not level then return nil end
  local _, stop = source:find("]" .. level .. "]", at, true)
  return (stop or #source) + 1
end

local function skip_string(source, at)
  local quote = source:sub(at, at)
  local i = at + 1
  while i <= #source do
    local c = source:sub(i, i)
    if c == "\\" then i = i + 1
    elseif c == quote or c == "\n" then return i + 1
    end
    i = i + 1
  end
  return i
end

local function skip_comment(source, at)
  local long = skip_long(source, at + 2)
  return long or (source:find("\n", at, true) or #source) + 1
end

-- Kind ("name", "other", or nil for what is left out) and the place after a token.
local function token_at(source, at)
  local c = source:sub(at, at)
  if source:find("^%-%-", at) then return nil, skip_comment(source, at) end
  if c == '"' or c == "'" then return "other", skip_string(source, at) end
  if c == "[" then return "other", skip_long(source, at) or at + 1 end
  if c:find "[%a_]" then return "name", source:match("^[%w_]+()", at) end
  if c:find "%d" then return "other", source:match("^[%w_.]+()", at) end
  return not c:find "%s" and "other" or nil, at + 1
end

--- The tokens of a text.
--- Shape: string -> list of {text, from, depth}; depth counts open blocks before the token.
--- Units: bytes from 1.
--- Errors: none; what is not Lua gives tokens all the same.
--- Source: Lua 5.4 manual, section 3.1.
---@param source string
---@return table[]
function lexer.tokens(source)
  local list, at, depth = {}, 1, 0
  while at <= #source do
    local kind, after = token_at(source, at)
    if kind then
      local text = source:sub(at, after - 1)
      local step = kind == "name" and OPENS[text] or 0
      if step < 0 then depth = depth + step end
      list[#list + 1] = {text = text, kind = kind, from = at, depth = depth}
      if step > 0 then depth = depth + step end
    end
    at = after
  end
  return list
end

-- `local a <const>, b` from token i on: names with their attributes.
local function declared(tokens, i, out)
  if tokens[i].text == "function" then i = i + 1 end
  while tokens[i] and tokens[i].kind == "name" do
    local entry = {name = tokens[i].text}
    out[#out + 1] = entry
    i = i + 1
    if tokens[i] and tokens[i].text == "<" then
      entry.attribute = tokens[i + 1] and tokens[i + 1].text
      i = i + 3
    end
    if not tokens[i] or tokens[i].text ~= "," then return end
    i = i + 1
  end
end

--- What an entry does at its top level.
--- Shape: string -> {locals = list of {name, attribute}, returns = byte after `return`, or nil}.
--- Units: bytes from 1.
--- Errors: none.
--- Source: own.
---@param source string
---@return table
function lexer.outline(source)
  local tokens = lexer.tokens(source)
  local locals, returns = {}, nil
  for i, token in ipairs(tokens) do
    if token.depth == 0 and token.kind == "name" then
      if token.text == "local" and tokens[i + 1] then declared(tokens, i + 1, locals) end
      if token.text == "return" then returns = token.from + #"return" end
    end
  end
  return {locals = locals, returns = returns}
end

return lexer
