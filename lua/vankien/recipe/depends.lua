-- What a recipe uses, found on the shelves: one version of each name that all who use it accept.
-- Candidates are tried in the order of the shelves, the one that was locked before first.

local err = require "vankien.util.err"
local folders = require "vankien.util.folders"
local list = require "vankien.util.list"
local lock = require "vankien.recipe.lock"
local range = require "vankien.recipe.range"
local suggest = require "vankien.util.suggest"

local depends = {}

local MAX_STEPS = 2000          -- tries; more is a riddle, not a recipe

local function by_name(entries)
  local found = {}
  for _, entry in ipairs(entries) do
    local name = entry.name
    if name then
      found[name] = found[name] or {}
      table.insert(found[name], entry)
    end
  end
  return found
end

local function path_text(path, need)
  local text = table.concat(list.concat(path, { need.name }), " > ")
  return need.range and ("%s (%s)"):format(text, need.range) or text
end

local function not_there(search, need)
  local there = search.named[need.name]
  if not there then
    return err.new("not_found", ("%s: no shelf has this recipe"):format(
      path_text(need.path, need)), { hint = suggest.phrase(need.name,
      list.sorted_keys(search.named)) })
  end
  local versions = list.map(there, function(entry)
    return entry.broken and "a broken file" or ("%s (%s)"):format(entry.version, entry.shelf)
  end)
  return err.new("not_found", ("%s: the shelves have %s"):format(path_text(need.path, need),
    table.concat(versions, ", ")))
end

local function conflict(chosen, need)
  return err.new("ambiguous", ("conflict over %s: %s, but %s"):format(need.name,
    path_text(chosen.need.path, chosen.need), path_text(need.path, need)),
    { hint = ("%s was taken; no version fits both"):format(chosen.entry.version) })
end

-- The last name of the path stands in it before.
local function cycle(path)
  local circle = list.slice(path, list.index_of(path, path[#path]))
  return err.new("bad_input", "recipes use each other in a circle: " .. table.concat(circle, " > "))
end

-- The failure that was first met with most of the work done is the one to tell.
local function fail(search, n, describe, ...)
  if n > search.furthest then search.furthest, search.problem = n, describe(...) end
  return false
end

local function needs_of(entry, path)
  local out = {}
  local uses = entry.meta and entry.meta.uses or {}
  local here = list.concat(path, { entry.name })
  for _, name in ipairs(list.sorted_keys(uses)) do
    out[#out + 1] = { name = name, range = uses[name], path = here }
  end
  return out
end

local function find_fitting(search, need)
  local wanted, first, others = range.parse(need.range), {}, {}
  for _, entry in ipairs(wanted and search.named[need.name] or {}) do
    if not entry.broken and range.holds(wanted, entry.version) then
      local is_locked = search.locked[need.name] == entry.hash
      table.insert(is_locked and first or others, entry)
    end
  end
  return list.concat(first, others)
end

local function fitting(search, need)
  local key = ("%s %s"):format(need.name, need.range)
  search.fitting[key] = search.fitting[key] or find_fitting(search, need)
  return search.fitting[key]
end

local solve

-- Take one candidate and go on; `queue` is what is still wanted.
local function try(search, chosen, n, entry, need, rest)
  chosen[need.name] = { entry = entry, need = need }
  local queue = list.concat(rest, needs_of(entry, need.path))
  local ok = solve(search, chosen, n + 1, queue)
  if not ok then chosen[need.name] = nil end
  return ok
end

-- Dependencies before those who use them; nil and the path into a circle when there is one.
local function in_order(chosen, root)
  local out, state, trail = {}, {}, {}
  local function visit(entry)
    if state[entry.name] == "done" then return true end
    trail[#trail + 1] = entry.name
    if state[entry.name] then return false end
    state[entry.name] = "open"
    for _, need in ipairs(needs_of(entry, {})) do
      if need.name == root.name then
        trail[#trail + 1] = need.name
        return false
      end
      if not visit(chosen[need.name].entry) then return false end
    end
    state[entry.name], trail[#trail] = "done", nil
    out[#out + 1] = entry
    return true
  end
  if visit(root) then return out end
  return nil, trail
end

function solve(search, chosen, n, queue)
  search.steps = search.steps + 1
  if search.steps > MAX_STEPS then
    return fail(search, math.huge, err.new, "bad_input", "too many ways to combine what it uses")
  end
  local need = queue[1]
  if not need then
    local order, circle = in_order(chosen, search.root)
    search.order = order
    return order and true or fail(search, n, cycle, circle)
  end
  if list.index_of(need.path, need.name) then
    return fail(search, n, cycle, list.concat(need.path, { need.name }))
  end
  local rest, before = list.slice(queue, 2), chosen[need.name]
  if before then
    if range.holds(need.range, before.entry.version) then return solve(search, chosen, n, rest) end
    return fail(search, n, conflict, before, need)
  end
  local candidates = fitting(search, need)
  if #candidates == 0 then return fail(search, n, not_there, search, need) end
  for _, entry in ipairs(candidates) do
    if try(search, chosen, n, entry, need, rest) then return true end
    if search.steps > MAX_STEPS then break end
  end
  return false
end

local function loaded(path)
  local sections, problem = lock.load(path)
  if not sections then return nil, problem end
  return path, sections
end

local function own_lock()
  local folder, problem = folders.data()
  if not folder then return nil, problem end
  return loaded(folder .. "/recipes/" .. lock.name)
end

-- The lock file that speaks of a recipe: one beside it, else that of the user's own shelf.
local function lock_of(entry, given)
  if given then return loaded(given) end
  local beside = entry.path and entry.shelf ~= "program" and entry.shelf ~= "store"
    and (entry.path:match "^(.*)/[^/]*$" or ".") .. "/" .. lock.name
  if beside then
    local path, sections = loaded(beside)
    if not path then return nil, sections end
    if entry.shelf == "file" or lock.find(sections, entry.name) then return path, sections end
  end
  return own_lock()
end

local function section_of(entry, order)
  local uses = {}
  for _, used in ipairs(order) do
    if used ~= entry then
      uses[#uses + 1] = { name = used.name, version = used.version, hash = used.hash }
    end
  end
  return { name = entry.name, version = entry.version, hash = entry.hash, uses = uses }
end

local function pin_text(pin)
  return pin and ("%s %s"):format(pin.version, pin.hash:sub(1, 8)) or "nothing"
end

-- What is not as it was locked, one sentence each.
local function differences(before, now)
  local out, pins = {}, {}
  if not before then return { ("%s has not been locked"):format(now.name) } end
  local function compare(name, a, b)
    if not a or not b or a.hash ~= b.hash then
      out[#out + 1] = ("%s: locked %s, found %s"):format(name, pin_text(a), pin_text(b))
    end
  end
  compare(now.name, before, now)
  for _, pin in ipairs(before.uses) do pins[pin.name] = { pin } end
  for _, pin in ipairs(now.uses) do
    pins[pin.name] = pins[pin.name] or {}
    pins[pin.name][2] = pin
  end
  for _, name in ipairs(list.sorted_keys(pins)) do compare(name, pins[name][1], pins[name][2]) end
  return out
end

local function search_of(entry, options, section)
  local locked = {}
  for _, pin in ipairs(options.prefer or section and section.uses or {}) do
    locked[pin.name] = pin.hash
  end
  local entries = options.entries or require "vankien.recipe.shelf".list(options)
  return { named = by_name(entries), locked = locked, root = entry, steps = 0, furthest = -1,
    fitting = {} }
end

local function frozen_problems(different, path)
  return list.map(different, function(sentence)
    return err.new("refused", "--frozen: " .. sentence,
      { hint = ("%s says so; a run without --frozen locks anew"):format(path) })
  end)
end

local function has_uses(entry)
  return entry.meta and entry.meta.uses and next(entry.meta.uses) ~= nil
end

-- The lock file is a help: where it cannot be written the run goes on, and says so.
local function note_lock(info, path, section, options)
  info.lock = path
  if options.save == false or #info.changed == 0 then return end
  local ok, problem = lock.save(path, section)
  if not ok then info.problem = problem end
  if ok and info.is_new then
    info.changed = { ("what %s uses is noted in %s"):format(section.name, path) }
  end
end

--- Find all that a recipe uses, also through others.
--- Shape: entry, {frozen=, lock = path, entries = list, save = false} -> list of entries, those
---   that are used before those that use them, without the recipe itself;
---   {lock=, changed = sentences, problem=} | nil, list of errs.
--- Units: none.
--- Errors: nil, not_found, ambiguous (a conflict), bad_input (a circle), each with the path of
---   names; refused with frozen, for each text that is not the locked one; integrity when the
---   lock file is damaged.
--- Source: own.
---@param entry table see recipe/shelf.lua
---@param options? table entries: where to look, instead of all shelves; store: its shelf too;
---  save: write the lock file; prefer: pins {name=, hash=} to take rather than the locked ones
function depends.resolve(entry, options)
  options = options or {}
  if not has_uses(entry) then return {}, { changed = {} } end
  local path, sections = lock_of(entry, options.lock)
  if not path then return nil, { sections } end
  local before = lock.find(sections, entry.name)
  local search = search_of(entry, options, before)
  if not solve(search, {}, 0, needs_of(entry, {})) then return nil, { search.problem } end
  local order = list.filter(search.order, function(used) return used ~= entry end)
  local now = section_of(entry, order)
  local info = { changed = differences(before, now), is_new = before == nil }
  if options.frozen and #info.changed > 0 then return nil, frozen_problems(info.changed, path) end
  note_lock(info, path, now, options)
  return order, info
end

return depends
