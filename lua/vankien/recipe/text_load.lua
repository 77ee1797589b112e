-- `load` as a recipe has it: text only, into the recipe's own globals, under a name that cannot be
-- taken for a file of the library.

local text_load = {}

local MAX_TEXT = 1 << 20            -- bytes
local MAX_NAME = 60                 -- bytes of a chunk's name

local function chunk_name(given)
  local name = type(given) == "string" and given or "a text"
  return "=loaded:" .. name:sub(1, MAX_NAME):gsub("^[@=]", ""):gsub("[%c\x80-\xff]", "?")
end

local function gather(reader)
  local pieces, bytes = {}, 0
  while true do
    local piece = reader()
    if piece == nil or piece == "" then return table.concat(pieces) end
    if type(piece) ~= "string" then return nil, "reader function must return a string" end
    bytes = bytes + #piece
    if bytes > MAX_TEXT then return nil, "the text is longer than 1 MB" end
    pieces[#pieces + 1] = piece
  end
end

local function text_of(chunk)
  if type(chunk) == "function" then return gather(chunk) end
  if type(chunk) ~= "string" then
    error(("bad argument #1 to 'load' (string or function expected, got %s)"):format(type(chunk)),
      3)
  end
  if #chunk > MAX_TEXT then return nil, "the text is longer than 1 MB" end
  return chunk
end

-- A text that is nested too deep fails by way of the message handler that is set around the
-- recipe, and comes as that one made it.
local function words_of(problem)
  if type(problem) == "table" then problem = problem.message end
  return tostring(problem)
end

--- load(chunk, name, mode, env) for one recipe.
--- Shape: globals of the recipe -> function as Lua's load.
--- Units: a text of 1 MB at most.
--- Errors: the function gives nil and a message for precompiled code, for what is no Lua, and for
---   too long a text.
--- Source: Lua 5.4 reference manual, load.
---@param globals table
function text_load.of(globals)
  return function(chunk, name, mode, ...)
    local text, problem = text_of(chunk)
    if not text then return nil, problem end
    if mode ~= nil and not (type(mode) == "string" and mode:find "t") then
      return nil, "a recipe loads text only"
    end
    local env = globals
    if select("#", ...) > 0 then env = ... end
    local fn, why = load(text, chunk_name(name), "t", env)
    if fn then return fn end
    return nil, words_of(why)
  end
end

return text_load
