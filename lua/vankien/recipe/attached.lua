-- Recipes that a store carries: their text stands in the table `recipes`, under a hash as all
-- evidence.  Being there gives a recipe no trust.

local err = require "vankien.util.err"
local host = require "vankien.host.store"
local shelf = require "vankien.recipe.shelf"
local suggest = require "vankien.util.suggest"

local attached = {}

--- The recipes that a store carries.
--- Shape: store -> list of entries (recipe/shelf.lua) with `signature`, by name.
--- Units: none.
--- Errors: those of the store; a text that is no recipe, or not that of its row, is a broken entry.
--- Source: own.
---@param store table
function attached.list(store)
  local entries = {}
  for _, name, sha256, text, signature in store.conn:rows
    "SELECT name, sha256, text, signature FROM recipes ORDER BY name" do
    local entry = shelf.entry(("%s#%s"):format(store:path(), name), text, "store")
    entry.name, entry.signature = name, signature
    if entry.hash ~= sha256 or (entry.meta and entry.meta.name ~= name) then
      entry.meta, entry.version = nil, nil
      entry.broken = err.new("integrity", ("the recipe %s of this store was altered"):format(name),
        { place = store:path(), hint = "vankien doctor" })
    end
    entries[#entries + 1] = entry
  end
  return entries
end

local function check_text(entry)
  if utf8.len(entry.bytes) and not entry.bytes:find("\0", 1, true) then return true end
  return nil, err.new("bad_input", entry.name .. ": a store takes only recipes that are UTF-8")
end

local function put(tx, before, entry)
  local row = { name = entry.name, version = entry.version, sha256 = entry.hash,
    text = entry.bytes, signature = entry.signature }
  if not before then return tx:insert("recipes", row) end
  row.signature = row.signature or host.null
  return tx:update("recipes", before, row)
end

--- Attach a recipe to a store.
--- Shape: store that can be written to, entry, {replace=} -> "attached" | "replaced" | "unchanged"
---   | nil, err.
--- Units: none.
--- Errors: nil, refused for another text under the same name, unless replace; what is wrong with a
---   broken entry; raises what the store says, after everything is rolled back.
--- Source: own.
---@param store table
---@param entry table
---@param options? table
function attached.attach(store, entry, options)
  if entry.broken then return nil, entry.broken end
  local ok, problem = check_text(entry)
  if not ok then return nil, problem end
  return store:edit(function(tx)
    local id, sha256, version = tx.conn:first(
      "SELECT id, sha256, version FROM recipes WHERE name = ?", { entry.name })
    if sha256 == entry.hash then return "unchanged" end
    if id and not (options and options.replace) then
      return nil, err.new("refused", ("%s carries another %s, version %s"):format(store:path(),
        entry.name, version), { hint = "--replace puts this one in its place" })
    end
    put(tx, id, entry)
    return id and "replaced" or "attached"
  end)
end

--- Take a recipe off a store.
--- Shape: store that can be written to, name -> true | nil, err.
--- Units: none.
--- Errors: nil, not_found with the nearest name; raises what the store says.
--- Source: own.
---@param store table
---@param name string
function attached.detach(store, name)
  return store:edit(function(tx)
    local id = tx.conn:first("SELECT id FROM recipes WHERE name = ?", { name })
    if id then
      tx:delete("recipes", id)
      return true
    end
    local names = {}
    for _, other in tx.conn:rows "SELECT name FROM recipes ORDER BY name" do
      names[#names + 1] = other
    end
    return nil, err.new("not_found", ("%s carries no recipe %q"):format(store:path(), name),
      { hint = suggest.phrase(name, names) })
  end)
end

return attached
