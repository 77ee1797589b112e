-- What the subcommands share that install, trust, compare and replay recipes.

local err = require "vankien.util.err"
local permissions = require "vankien.recipe.permissions"
local problems = require "vankien.recipe.problems"
local shelf = require "vankien.recipe.shelf"
local sys = require "vankien.host.sys"
local visible = require "vankien.report.visible"

local life = {}

--- Raise all that is wrong as one error.
--- Shape: list of errors, what is wrong with it -> never returns.
--- Units: none.
--- Errors: always.
--- Source: own.
---@param wrong table[]
---@param what string
function life.raise(wrong, what)
  error(problems.together(wrong, what), 0)
end

--- A value, or its error raised.
--- Shape: value or nil, err -> value.
--- Units: none.
--- Errors: raises err when there is no value.
--- Source: own.
---@param value any
---@param problem? table
function life.must(value, problem)
  if value == nil or value == false then error(problem, 0) end
  return value
end

--- Find a recipe by name or file; the store is opened only for what is nowhere else.
--- Shape: name or path, context -> entry.
--- Units: none.
--- Errors: raises not_found with the nearest name, or what is wrong with the file.
--- Source: own.
---@param given string
---@param context table
function life.find(given, context)
  local entry, problem = shelf.find(given)
  if not entry and problem.code == "not_found" and not given:find "/" then
    entry, problem = shelf.find(given, {store = context:open()})
  end
  return life.must(entry, problem)
end

--- Can somebody be asked?
--- Shape: nothing -> boolean.
--- Units: none.
--- Errors: none.
--- Source: own.
function life.attended()
  return sys.isatty(0) and sys.isatty(2)
end

--- Print text on standard output, nothing in it that a terminal would obey.
--- Shape: text -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param text string
function life.print(text)
  io.stdout:write(visible.text(text))
end

--- An entry as a row for people.
--- Shape: entry -> {name=, version=, authors=, permissions=, hash=}.
--- Units: hash: its first 16 digits.
--- Errors: none.
--- Source: own.
---@param entry table
function life.row(entry)
  return {
    name = entry.name, version = entry.version, hash = entry.hash:sub(1, 16),
    authors = table.concat(entry.meta.authors or {}, ", "),
    permissions = permissions.line(permissions.of(entry.meta)),
  }
end

--- Raise unless the words are the first digits of a hash, eight at least.
--- Shape: entry, digits -> nothing.
--- Units: none.
--- Errors: raises refused.
--- Source: own.
---@param entry table
---@param digits string
function life.check_digits(entry, digits)
  if #digits >= 8 and entry.hash:sub(1, #digits) == digits:lower() then return end
  err.raise("refused", ("%s is not the beginning of the hash of %s"):format(digits, entry.name),
    {hint = "the text is another one than you think; read it, then take the digits from it"})
end

return life
