-- The metadata of a recipe: what stands in `recipe{ … }`, read without running the file, checked
-- whole, and completed with defaults.  Every mistake is told at once, each with its line.
--
--   recipe{
--     name = "participation-shift", version = "1.0.0", api = 1,
--     title = { vi = "…", en = "…" }, summary = { vi =, en = }, question = { vi =, en = },
--     authors = { "Name <mail>" }, license = "MIT", tags = { "shift" },
--     params = { … }, returns = { … }, examples = { … }, fixture = { documents = { … } },
--     permissions = { read = true, write = { "relations" }, seconds = 10, memory_mb = 256,
--       output_mb = 8, rows = 100000 },
--     uses = { ["other-recipe"] = ">=1.0.0 <2.0.0" },
--   }

local list = require "vankien.util.list"
local literal = require "vankien.host.literal"
local parts = require "vankien.recipe.metadata_parts"
local permissions = require "vankien.recipe.permissions"
local problems = require "vankien.recipe.problems"
local range = require "vankien.recipe.range"
local texts = require "vankien.recipe.metadata_texts"

local metadata = {}

--- The version of this format.
metadata.api = 1

--- What no recipe gets more of.
metadata.ceilings = {seconds = 600, memory_mb = 2048, output_mb = 64, rows = 1000000}

--- The tables that a recipe may ask to add rows to; each addition is shown before it is made.
metadata.writable = {"assertions", "formulas", "relations", "terms"}

local KEYS = problems.names {
  "name", "version", "api", "title", "summary", "question", "authors", "license", "tags", "params",
  "permissions", "uses", "returns", "examples", "fixture",
}

local PERMISSIONS = problems.names {"read", "write", "seconds", "memory_mb", "output_mb", "rows"}

--- Is this the name of a recipe: a to z, digits and single hyphens inside?
--- Shape: any value -> boolean.
--- Units: 64 bytes at most.
--- Errors: none.
--- Source: none.
function metadata.is_name(value)
  return type(value) == "string" and #value <= 64 and value:find "^[a-z][a-z0-9-]*$" ~= nil
    and not value:find "%-%-" and not value:find "%-$"
end

local function check_name(found, value)
  if metadata.is_name(value) then return end
  if value == nil then return found:add("name", "a recipe needs a name", 'name = "my-question"') end
  found:add("name", problems.said(value) .. " is no name of a recipe",
    "a to z, digits and hyphens, 64 at most: participation-shift")
end

local function check_version(found, value)
  if value == nil then
    return found:add("version", "a recipe needs a version", 'version = "1.0.0"')
  end
  local ok, problem = range.version(value)
  if not ok then found:add("version", problem.message, problem.hint) end
end

local function check_api(found, value)
  if value == metadata.api then return end
  if math.type(value) == "integer" and value > metadata.api then
    return found:add("api", ("made for format %d; this program knows %d"):format(value,
      metadata.api), "update vankien", "refused")
  end
  found:add("api", "the version of the format is missing", "api = 1")
end

local function check_limit(found, value, name)
  local path = found:child("permissions", name)
  if value == nil then return end
  if math.type(value) == nil or value <= 0 or value ~= value then
    found:add(path, "a number above 0 is wanted, not " .. problems.said(value))
  elseif name ~= "seconds" and math.type(value) ~= "integer" then
    found:add(path, "a whole number is wanted, not " .. problems.said(value))
  elseif value > metadata.ceilings[name] then
    found:add(path, ("%s is more than any recipe may have: %d at most"):format(value,
      metadata.ceilings[name]))
  end
end

local function check_write(found, value)
  for i, name in ipairs(texts.list(found, value, "permissions.write", "tables")) do
    if type(name) == "string" and not list.index_of(metadata.writable, name) then
      found:unknown(found:child("permissions.write", i), "table to write to", name,
        metadata.writable)
    end
  end
end

local function check_permissions(found, given)
  if given == nil then return true end
  local before = #found
  if not found:keys(given, "permissions", PERMISSIONS) then return false end
  for name in pairs(metadata.ceilings) do check_limit(found, given[name], name) end
  if given.read ~= nil and type(given.read) ~= "boolean" then
    found:add("permissions.read", "true or false is wanted, not " .. problems.said(given.read))
  end
  check_write(found, given.write)
  return #found == before
end

local function check_use(found, name, wanted)
  local path = found:child("uses", name)
  if not metadata.is_name(name) then
    return found:add(path, problems.said(name) .. " is no name of a recipe")
  end
  local ok, problem = range.parse(wanted)
  if not ok then found:add(path, problem.message, problem.hint) end
end

local function check_uses(found, given)
  if given == nil then return {} end
  if type(given) ~= "table" then
    found:add("uses", "a table is wanted, not " .. problems.said(given),
      'uses = { ["other-recipe"] = ">=1.0.0 <2.0.0" }')
    return {}
  end
  for _, name in ipairs(list.sorted_keys(given)) do check_use(found, name, given[name]) end
  return given
end

local function check_head(found, value)
  found:keys(value, "", KEYS)
  check_name(found, value.name)
  check_version(found, value.version)
  check_api(found, value.api)
  if value.title == nil then
    found:add("title", "a recipe needs a title", 'title = { vi = "…", en = "…" }')
  end
  if value.license ~= nil then texts.one(found, value.license, "license") end
end

local function check(found, value, name)
  check_head(found, value)
  local meta = {
    name = value.name, version = value.version, api = value.api, license = value.license,
    title = texts.bilingual(found, value.title, "title"),
    summary = texts.bilingual(found, value.summary, "summary"),
    question = texts.bilingual(found, value.question, "question"),
    authors = texts.list(found, value.authors, "authors", "authors"),
    tags = texts.list(found, value.tags, "tags", "tags"),
    uses = check_uses(found, value.uses), file = name,
  }
  if check_permissions(found, value.permissions) then meta.permissions = permissions.of(value) end
  meta.params = parts.params(found, value.params)
  meta.returns = parts.returns(found, value.returns)
  meta.fixture = parts.fixture(found, value.fixture)
  meta.examples = parts.examples(found, value.examples, meta.params)
  return meta
end

--- Read the metadata of a recipe.
--- Shape: bytes of the file, its name for messages -> meta | nil, list of err.  A meta has the keys
---   above, complete with defaults, and `ends` (the last byte of the statement), `file` (its
---   name).  Absent lists are empty; `returns`, `fixture` and `question` may be nil.
--- Units: seconds, MB, rows.
--- Errors: all at once; bad_input, unknown_name with the nearest key, refused for a newer format.
--- Source: none.
---@param bytes string
---@param name string
---@return table? meta
---@return table[]? errors
function metadata.read(bytes, name)
  local value, ends = literal.read(bytes, name)
  if not value then return nil, {ends} end
  local meta, wrong = problems.check(function(found)
    local given = value or literal.read(bytes, name)    -- a check changes what it checks
    value = nil
    return check(found, given, name)
  end, name, function() return literal.places(bytes, name) end)
  if not meta then return nil, wrong end
  meta.ends = ends
  return meta
end

return metadata
