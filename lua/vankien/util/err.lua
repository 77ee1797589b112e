-- Error values: one shape for everything that can go wrong.
-- Expected failures are returned (`nil, err`); misuse is raised at the caller's line.

local err = {}

local getinfo, getmetatable_of = debug.getinfo, debug.getmetatable

-- Chunk names of our own files begin with this, embedded ("@vankien/") or not.
local own_prefix = getinfo(1, "S").source:gsub("util/err%.lua$", "")

local codes = {
  usage = true, bad_input = true, not_found = true, ambiguous = true, unknown_name = true,
  refused = true, integrity = true, io = true, full = true, busy = true, interrupted = true,
  nomem = true, internal = true, time = true, memory = true, output = true, crashed = true,
}

local function describe(e)
  local out = tostring(e.message)
  if e.place then out = e.place .. ": " .. out end
  if e.hint then out = out .. "\n  hint: " .. e.hint end
  return out
end

-- Inside the program the C modules raise the same values.
local function metatable()
  local name = "vankien.host.error"
  if package.preload[name] or package.loaded[name] then return require(name).metatable end
  return { __name = "vankien.error" }
end

local mt = metatable()
mt.__tostring = mt.__tostring or describe

--- Metatable of every error value, shared with the C modules.
err.metatable = mt

--- Make an error value without raising it.
--- Shape: code, message, {hint=, place=} -> error value.
--- Units: none.
--- Errors: raises when the code is not one of ours.
--- Source: none.
---@param code string one of usage, bad_input, not_found, ambiguous, unknown_name, refused, …
---@param message string what is wrong, in one line
---@param extra? table hint: what to do; place: file:line
function err.new(code, message, extra)
  if not codes[code] then error("unknown error code " .. tostring(code), 2) end
  extra = extra or {}
  return setmetatable({
    code = code, message = message, hint = extra.hint, place = extra.place,
  }, mt)
end

--- Where the nearest function stands that is not ours.
--- Shape: nothing -> "file:line" | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
function err.place()
  for level = 2, 200 do
    local info = getinfo(level, "Sl")
    if not info then return nil end
    if info.currentline > 0 and info.source:sub(1, #own_prefix) ~= own_prefix then
      return info.short_src .. ":" .. info.currentline
    end
  end
end

local function place_at(level)
  local info = getinfo(level + 2, "Sl")
  if info and info.currentline > 0 then return info.short_src .. ":" .. info.currentline end
end

--- Raise an error value at the caller's line.
--- Shape: code, message, {hint=, level=} -> never returns.
--- Units: level as in `error`; without it the first caller outside this program's own files.
--- Errors: always.
--- Source: none.
---@param code string
---@param message string
---@param extra? table
function err.raise(code, message, extra)
  local level = extra and extra.level
  local place = extra and extra.place
  if not place then
    if level then place = place_at(level) else place = err.place() end
  end
  error(err.new(code, message, { hint = extra and extra.hint, place = place }), 0)
end

--- Is this one of our error values?
--- Shape: anything -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function err.is(value)
  return type(value) == "table" and getmetatable_of(value) == mt
end

return err
