-- What a result was made from: the recipe and all it uses, by content; the parameters; the seed;
-- the program; the content of the store.

local content = require "vankien.recipe.content"
local json = require "vankien.util.json"
local list = require "vankien.util.list"
local version = require "vankien.util.version"

local provenance = {}

local function pin_of(entry)
  return { name = entry.name, version = entry.version, hash = entry.hash }
end

--- Say what a run was made from.
--- Shape: entry, parameters, store or nil, {seed=, uses = entries, content = of content.of} ->
---   {recipe = {name=, version=, hash=}, uses = list of those, params=, seed=, program=, store=}.
--- Units: store: {fingerprint=, documents=, tables=}, see recipe/content.lua; nil where the recipe
---   reads none.
--- Errors: those of the store.
--- Source: own.
---@param entry table
---@param params table
---@param store? table
---@param run? table an outcome of job.run does; content: when it is known already
function provenance.of(entry, params, store, run)
  run = run or {}
  return {
    recipe = pin_of(entry), uses = list.map(run.uses or {}, pin_of), params = params,
    seed = run.seed or 1, program = version.text,
    store = store and (run.content or content.of(store)) or nil,
  }
end

local function pin_line(pin)
  return ("%s@%s %s"):format(pin.name, pin.version, pin.hash)
end

--- The provenance as lines for people.
--- Shape: what provenance.of gave -> list of {name, text}.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param given table
function provenance.lines(given)
  local out = { { "recipe", pin_line(given.recipe) } }
  for _, pin in ipairs(given.uses) do out[#out + 1] = { "uses", pin_line(pin) } end
  for _, name in ipairs(list.sorted_keys(given.params)) do
    out[#out + 1] = { "parameter", ("%s = %s"):format(name, json.encode(given.params[name])) }
  end
  out[#out + 1] = { "store", given.store and "content " .. given.store.fingerprint or "not read" }
  out[#out + 1] = { "program", given.program }
  out[#out + 1] = { "seed", tostring(given.seed) }
  return out
end

local function pin_difference(what, a, b)
  if a.hash == b.hash then return nil end
  return ("%s %s: %s %s then, %s %s now"):format(what, b.name, a.version, a.hash:sub(1, 8),
    b.version, b.hash:sub(1, 8))
end

local function uses_differences(sentences, before, now)
  local pins = {}
  for i, uses in ipairs { before, now } do
    for _, pin in ipairs(uses) do
      pins[pin.name] = pins[pin.name] or {}
      pins[pin.name][i] = pin
    end
  end
  for _, name in ipairs(list.sorted_keys(pins)) do
    local a, b = pins[name][1], pins[name][2]
    sentences[#sentences + 1] = a and b and pin_difference("used recipe", a, b)
      or not a and ("used recipe %s is new"):format(name)
      or not b and ("used recipe %s is not used any more"):format(name) or nil
  end
end

--- What differs between what two runs were made from.
--- Shape: two of provenance.of -> list of sentences; empty: nothing that is known.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param before table
---@param now table
function provenance.differences(before, now)
  local out = { pin_difference("recipe", before.recipe, now.recipe) }
  uses_differences(out, before.uses, now.uses)
  local function compare(what, a, b)
    if a ~= b then out[#out + 1] = ("%s: %s then, %s now"):format(what, a, b) end
  end
  compare("parameters", json.encode(before.params), json.encode(now.params))
  compare("seed", tostring(before.seed), tostring(now.seed))
  compare("program", before.program, now.program)
  if (before.store == nil) ~= (now.store == nil) then
    out[#out + 1] = "store: read in one run, not in the other"
  elseif before.store and before.store.fingerprint ~= now.store.fingerprint then
    out = list.concat(out, list.map(content.differences(before.store, now.store),
      function(sentence) return "store: " .. sentence end))
  end
  return out
end

return provenance
