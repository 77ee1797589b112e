-- All that is wrong with a thing, collected: a person mends ten mistakes in one go.
-- Each problem is an error value with the line it stands on.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local suggest = require "vankien.util.suggest"

local problems = {}

local MOST = 50                     -- collected; a file with more has the wrong shape altogether

local Problems = {}
Problems.__index = Problems

-- Looks whether there is a problem at all: almost every recipe has none, and a thousand of them
-- are listed at once.  Paths and messages are made only for one that has.
local Quiet = {}
Quiet.__index = Quiet

--- Check a thing: quietly first, and again with words when something is wrong.
--- Shape: check(problems) -> value, name of the file, function giving {path = line} -> value | nil,
---   list of err.
--- Units: none.
--- Errors: those of the check.
--- Source: none.
---@param check function
---@param name string
---@param places function
function problems.check(check, name, places)
  local quiet = setmetatable({}, Quiet)
  local value = check(quiet)
  if not quiet.any then return value end
  local found = setmetatable({name = name, places = places() or {}}, Problems)
  check(found)
  return nil, found:in_order()
end

--- Names that may stand as keys.
--- Shape: list of names -> the same list, with `set`.
--- Units: none.
--- Errors: none.
--- Source: none.
function problems.names(names)
  names.set = list.set(names)
  return names
end

-- The line of a path, or of what holds it.
local function line_of(places, path)
  while path do
    if places[path] then return places[path] end
    path = path:match "^(.*)[.%[][^.%[]*$"
  end
  return places[""]
end

--- Note a problem.
--- Shape: path in the metadata ("params[2].type"), message, hint or nil, code or nil -> nothing.
--- Units: none.
--- Errors: none.
--- Source: none.
function Problems:add(path, message, hint, code)
  if #self >= MOST then return end
  local line = line_of(self.places, path)
  self[#self + 1] = err.new(code or "bad_input",
    path == "" and message or path .. ": " .. message,
    {hint = hint, place = line and self.name .. ":" .. line or self.name})
end

--- Note a name that is not known, with the nearest known one.
--- Shape: path of what holds it, what it is ("key"), the name, known names -> nothing.
--- Units: none.
--- Errors: none.
--- Source: none.
function Problems:unknown(path, what, name, known)
  local hint = suggest.phrase(tostring(name), known) or "known: " .. table.concat(known, ", ")
  self:add(path, ("unknown %s %q"):format(what, tostring(name)), hint, "unknown_name")
end

local function line(problem)
  return math.tointeger(tonumber(problem.place:match ":(%d+)$")) or 0
end

--- The problems as a person meets them who reads the file from the top.
--- Shape: nothing -> list of err.
--- Units: none.
--- Errors: none.
--- Source: none.
function Problems:in_order()
  return list.stable_sort(self, function(a, b) return line(a) < line(b) end)
end

--- The path of what stands under a key.
--- Shape: path, key -> path: "params[2].type".
--- Units: none.
--- Errors: none.
--- Source: none.
function Problems.child(_, path, key)
  if math.type(key) then return ("%s[%s]"):format(path, key) end
  return path == "" and tostring(key) or path .. "." .. tostring(key)
end

--- Check that a value is a table with known keys only.
--- Shape: value, path, list of keys -> boolean: it is a table.
--- Units: none.
--- Errors: none.
--- Source: none.
function Problems:keys(value, path, known)
  if type(value) ~= "table" then
    self:add(path, "a table is wanted, not " .. problems.said(value),
      "known keys: " .. table.concat(known, ", "))
    return false
  end
  for _, key in ipairs(list.sorted_keys(value)) do
    if not known.set[key] then self:unknown(self:child(path, key), "key", key, known) end
  end
  return true
end

--- The elements of a list; a key that is not 1, 2, 3, … is a problem.
--- Shape: value, path, what its elements are -> list, empty when the value is none.
--- Units: none.
--- Errors: none.
--- Source: none.
function Problems:list(value, path, what)
  if value == nil then return {} end
  if type(value) ~= "table" then
    self:add(path, ("a list of %s is wanted, not %s"):format(what, problems.said(value)))
    return {}
  end
  for _, key in ipairs(list.sorted_keys(value)) do
    if math.type(key) ~= "integer" or key < 1 or key > #value then
      self:add(self:child(path, key), ("this is a list of %s: no keys"):format(what),
        "put braces around each element: { { name = … }, { name = … } }")
    end
  end
  return value
end

function Quiet:add() self.any = true end
Quiet.unknown = Quiet.add

function Quiet.child(_, path) return path end

function Quiet:keys(value, _, known)
  if type(value) ~= "table" then
    self.any = true
    return false
  end
  for key in next, value do
    if not known.set[key] then self.any = true end
  end
  return true
end

function Quiet:list(value)
  if value == nil then return {} end
  if type(value) ~= "table" then
    self.any = true
    return {}
  end
  local n = 0
  for _ in next, value do n = n + 1 end
  if n ~= #value then self.any = true end
  return value
end

--- How a value is called in a message: "a string", "12", "nothing".
--- Shape: any value -> string.
--- Units: at most 60 bytes of a string.
--- Errors: none.
--- Source: none.
function problems.said(value)
  local kind = type(value)
  if value == nil then return "nothing" end
  if kind == "string" then
    if #value > 60 then value = value:sub(1, utf8.offset(value, 0, 58) - 1) .. "…" end
    return ("%q"):format(value):gsub("\\\n", "\\n")
  end
  if kind == "number" or kind == "boolean" then return tostring(value) end
  return "a " .. kind
end

--- One error for a list of them.
--- Shape: list of errors, what is wrong with it ("the recipe") -> error; `.problems` is the list.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param all table[]
---@param what string
function problems.together(all, what)
  if #all == 1 then return all[1] end
  local lines = {}
  for i, problem in ipairs(all) do lines[i] = "  " .. tostring(problem):gsub("\n", "\n  ") end
  local one = err.new(all[1].code, ("%d problems with %s\n%s"):format(#all, what,
    table.concat(lines, "\n")))
  one.problems = all
  return one
end

return problems
