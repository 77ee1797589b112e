-- `vankien recipe list`: the recipes that can be found, and a line for each file that is broken.

local list = require "vankien.util.list"
local pick = require "vankien.recipe.pick"
local report = require "vankien.report"
local shelf = require "vankien.recipe.shelf"
local trust = require "vankien.recipe.trust"
local visible = require "vankien.report.visible"

local recipe_list = {
  usage = "[FILTER] [--all] [--format F]",
  operands = {min = 0, max = 1, what = "a filter"},
  description = [[Names the recipes of all shelves: the own folder, the folders of
    $VANKIEN_RECIPES, the store, the program. FILTER is written as in documents:where"FILTER",
    over name, title, summary, question, tags, shelf, version, trust, authors, license and file.
    A broken file is one line on standard error; so is a recipe that another of its name
    hides.]],
  options = {
    {name = "all", help = "list hidden recipes too"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {"vankien recipe list", "all of them"},
    {[[vankien recipe list "tags = 'ladder' or title ~ 'đại hội'"]], "some of them"},
  },
}

local COLUMNS = {"name", "version", "shelf", "title", "tags", "trust"}

local function row_of(entry, status)
  local title = entry.meta.title
  return {
    name = entry.name, version = entry.version, shelf = entry.shelf, path = entry.path,
    title = visible.line(title.en or title.vi), tags = visible.line(table.concat(entry.meta.tags,
      ", ")), trust = status or nil,
  }
end

local function first_line(problem)
  return (tostring(problem):match "^[^\n]*")
end

-- One line for each file that is not to be used, whatever is wrong with it.
local function say_broken(context, entries)
  for _, entry in ipairs(entries) do
    if entry.broken then
      local place = not entry.broken.problems and entry.broken.place or entry.path
      context.say("warning: %s: %s", place, first_line(entry.broken.message))
    elseif entry.hidden_by then
      context.say("note: %s is hidden by %s", entry.path, entry.hidden_by.path)
    end
  end
end

function recipe_list.run(options, operands, context)
  local entries = shelf.list {store = context:open()}
  local shown = list.filter(entries, function(entry)
    return entry.meta and (options.all or not entry.hidden_by)
  end)
  if operands[1] then shown = pick.where(shown, operands[1]) end
  say_broken(context, entries)
  shown = list.stable_sort(shown, function(a, b) return a.name < b.name end)
  local statuses, problem = trust.statuses(shown)
  if not statuses then context.say("warning: %s", tostring(problem)) end
  context:print_rows(list.map(shown, function(entry, i)
    return row_of(entry, statuses and statuses[i])
  end), COLUMNS, options.format)
  return 0
end

return recipe_list
