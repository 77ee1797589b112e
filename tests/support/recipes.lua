-- Small recipes for specs: made out of what differs, found, run in their process.

local job = require "vankien.recipe.job"
local shelf = require "vankien.recipe.shelf"

local recipes = {}

--- The text of a recipe: its code, and what its metadata have beside the least.
function recipes.text(code, extra, name)
  return ('recipe{ name = "%s", version = "1.0.0", api = 1, title = { en = "a recipe" },\n%s }\n'
    .. "%s\n"):format(name or "probe", extra or "", code)
end

--- An entry of a recipe; fails when its metadata are wrong.
function recipes.entry(code, extra, name)
  local entry = shelf.entry((name or "probe") .. ".lua", recipes.text(code, extra, name), "file")
  assert(entry.meta, entry.broken)
  return entry
end

--- The outcome of a run in a process of its own.
function recipes.run(code, extra, options)
  options = options or {}
  return assert(job.run(recipes.entry(code, extra), options.params or {}, options))
end

return recipes
