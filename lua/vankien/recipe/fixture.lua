-- A store with the documents of a recipe's fixture, and the facts that every store has: what its
-- tests run on.  It stands in a private folder and is gone when it is closed.

local ingest = require "vankien.corpus.ingest"
local json = require "vankien.util.json"
local runner = require "vankien.runner"
local sys = require "vankien.host.sys"
local workplace = require "vankien.recipe.workplace"

local fixture = {}

local function lines_of(documents)
  local lines = {}
  for i, document in ipairs(documents) do lines[i] = json.encode(document) end
  return table.concat(lines, "\n") .. "\n"
end

local function make(folder, documents)
  local store, problem = require "vankien".open(folder .. "/store.db", {mode = "create"})
  if not store then error(problem, 0) end
  if #documents == 0 then return store end
  local path = folder .. "/fixture.jsonl"
  local ok, wrong = sys.write_file_atomic(path, lines_of(documents), tonumber("600", 8))
  if ok then ok, wrong = ingest.run(store, {path}) end
  if ok then return store end
  store:close()
  error(wrong, 0)
end

--- Make the store of a fixture, and call a function with it; after that the store is gone.
--- Shape: meta, function(store) -> what the function returns.
--- Units: none.
--- Errors: raises what importing the documents says, and what the function raises.
--- Source: none.
---@param meta table
---@param use fun(store: table): any
function fixture.with(meta, use)
  local place <close> = assert(workplace.new())
  local store = make(place.path, meta.fixture and meta.fixture.documents or {})
  local results = table.pack(runner.call(use, store))
  store:close()
  if not results[1] then error(results[2].value, 0) end
  return table.unpack(results, 2, results.n)
end

return fixture
