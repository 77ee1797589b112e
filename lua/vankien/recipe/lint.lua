-- What could be better in a recipe that can be read: globals that nobody sets, promises that are
-- missing, help in one language only, traps of the language.  Each remark has its line.
-- The code is compiled in the worker, never here: a text can be made to keep a compiler busy.

local env = require "vankien.env"
local err = require "vankien.util.err"
local guard = require "vankien.recipe.guard"
local job = require "vankien.recipe.job"
local list = require "vankien.util.list"
local literal = require "vankien.host.literal"
local suggest = require "vankien.util.suggest"

local lint = {}

local OF_RECIPES = {"recipe", "test", "use", "_G", "lpeg"}

local Remarks = {}
Remarks.__index = Remarks

function Remarks:add(line, message, hint)
  local place = line and ("%s:%d"):format(self.file, line) or self.file
  self[#self + 1] = err.new("bad_input", message, {place = place, hint = hint})
end

function Remarks:about(path, message, hint)
  local at = path
  while at and not self.places[at] do at = at:match "^(.*)[.%[][^.%[]*$" end
  self:add(self.places[at or ""], ("%s: %s"):format(path, message), hint)
end

local LANGUAGES = {vi = "Vietnamese", en = "English"}

local function check_text(remarks, value, path, what)
  if not value then
    remarks:about(path, "no " .. what, ('%s = { vi = "…", en = "…" }'):format(path:match "[%w_]*$"))
    return
  end
  for _, language in ipairs {"vi", "en"} do
    if not value[language] then
      remarks:about(path, ("no %s in %s"):format(what, LANGUAGES[language]))
    end
  end
end

local function check_texts(remarks, meta)
  check_text(remarks, meta.title, "title", "title")
  check_text(remarks, meta.summary, "summary", "summary")
  for i, param in ipairs(meta.params) do
    check_text(remarks, param.help, ("params[%d].help"):format(i), "help")
  end
  for i, column in ipairs(meta.returns or {}) do
    if column.help then check_text(remarks, column.help, ("returns[%d].help"):format(i), "help") end
  end
end

local function check_parts(remarks, meta)
  if not meta.returns then
    remarks:about("returns", "the columns of the result are not promised",
      'returns = { { name = "n", type = "integer" } }')
  end
  if not meta.fixture then  -- one without documents says that the facts are enough
    remarks:about("fixture", "no documents to test on", "fixture = { documents = { { … } } }")
  end
  if #meta.examples == 0 and #meta.params > 0 then
    remarks:about("examples", "no example", 'examples = { { params = { }, note = "…" } }')
  end
  if #meta.authors == 0 then
    remarks:about("authors", "no author", 'authors = { "Name <mail>" }')
  end
  if not meta.license then remarks:about("license", "no license", 'license = "MIT"') end
end

-- Everything that a recipe can name without setting it.
local function known_globals()
  local known = list.concat(env.names(true), OF_RECIPES)
  return list.concat(known, list.sorted_keys(guard.globals {seed = 1, print = print}))
end

local function check_globals(remarks, code)
  local known, own = known_globals(), {run = true}
  for _, use in ipairs(code.globals) do
    if use.sets then own[use.name or ""] = true end
  end
  for _, use in ipairs(code.globals) do
    if use.sets and use.name ~= "run" then
      remarks:add(use.line, ("sets the global %q"):format(use.name), "local " .. use.name)
    elseif not use.sets and not own[use.name] and not list.index_of(known, use.name) then
      remarks:add(use.line, ("reads the global %q, which nobody sets"):format(use.name),
        suggest.phrase(use.name, known))
    end
  end
end

local function reads_store(code)
  local names = list.set(env.names(true))
  for _, use in ipairs(code.globals) do
    if names[use.name] then return true end
  end
  return code.texts.use ~= nil
end

local function check_permissions(remarks, meta, code)
  local asked = remarks.places["permissions.read"] ~= nil
  if asked and meta.permissions.read and not reads_store(code) then
    remarks:about("permissions.read", "asked for and not used", "read = false")
  end
  if meta.permissions.write and not code.texts.plan then
    remarks:about("permissions.write", "asked for, but the result has no plan")
  end
end

local function check_params(remarks, meta, code)
  for i, param in ipairs(meta.params) do
    if not code.texts[param.name] then
      remarks:about(("params[%d]"):format(i), ("the parameter %q is not used"):format(param.name))
    end
  end
  for _, name in ipairs(list.sorted_keys(meta.uses)) do
    if not code.texts[name] then
      remarks:about("uses." .. name, "declared and not used")
    end
  end
end

local function sets(code, name)
  for _, use in ipairs(code.globals) do
    if use.sets and use.name == name then return true end
  end
  return false
end

local function calls(code, name)
  for _, use in ipairs(code.globals) do
    if not use.sets and use.name == name then return true end
  end
  return false
end

local function check_code(remarks, meta, code)
  if not sets(code, "run") then
    remarks:add(nil, "no function run", "function run(p, ctx) … return rows end")
  end
  if not calls(code, "test") then
    remarks:add(nil, "no tests", 'test("a sentence", { }, function(result, t) … end)')
  end
  if code.bits then
    remarks:add(code.bits, "computes with bits in a function of more than 256 constants",
      "Lua 5.4.4 gets some of these wrong in silence: move it into a function of its own")
  end
  check_globals(remarks, code)
  check_permissions(remarks, meta, code)
  check_params(remarks, meta, code)
end

--- Look through a recipe.  Its code is compiled, not run.
--- Shape: entry with meta -> list of err, in the order of lines; empty: nothing to say.
--- Units: none.
--- Errors: none; a syntax error is the one remark.
--- Source: own.
---@param entry table
function lint.check(entry)
  local file = entry.path:match "[^/]*$"
  local remarks = setmetatable({file = file,
    places = literal.places(entry.bytes, file)}, Remarks)
  local code, problem = job.inspect(entry)
  if not code then return {problem} end
  check_texts(remarks, entry.meta)
  check_parts(remarks, entry.meta)
  check_code(remarks, entry.meta, code)
  return list.stable_sort(remarks, function(a, b)
    local x, y = a.place:match ":(%d+)$", b.place:match ":(%d+)$"
    return (tonumber(x) or math.huge) < (tonumber(y) or math.huge)
  end)
end

return lint
