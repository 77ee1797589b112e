-- The store: one file with documents, their text, and the policy framework.
-- Collections and queries over it are the query layer's; it adds its methods to `store.methods`.

local lazy = require "vankien.util.lazy"

local doctor = lazy.module "vankien.store.doctor"
local edit = lazy.module "vankien.store.edit"
local err = require "vankien.util.err"
local fingerprint = lazy.module "vankien.store.fingerprint"
local open = require "vankien.store.open"
local sqlrows = lazy.module "vankien.store.sqlrows"
local strict = require "vankien.util.strict"

local store = {}

local methods = {}

--- Methods of every store object; layers above add theirs here.
store.methods = methods

local function names_of(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = name end
  table.sort(names)
  return names
end

local metatable = {
  __name = "vankien.store",
  __index = function(_, name)
    local method = methods[name]
    if method then return method end
    strict.unknown("method", name, names_of(methods), "the store")
  end,
  __tostring = function(self) return "store " .. rawget(self, "file") end,
  __close = function(self) self.conn:close() end,
}

--- Open a store; without a path the default one, made at first use.
--- Shape: path or nil, {mode = "read" | "write" | "create"} -> store | nil, err.
--- Units: none.
--- Errors: not_found, bad_input (no store of ours), refused (made by a newer program), io.
--- Source: none.
---@param path? string a file; otherwise VANKIEN_STORE, otherwise XDG_DATA_HOME/vankien/store.db
---@param options? table mode: "write" unless said; "create" makes a named store that is missing
function store.open(path, options)
  local conn, file, made = open.connect(path, options)
  if not conn then return nil, file end
  return setmetatable({ conn = conn, file = file, made = made }, metatable)
end

store.default_path = open.default_path

--- Is this a store object?
--- Shape: anything -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function store.is(value)
  return getmetatable(value) == metatable
end

--- The file of the store.
--- Shape: nothing -> path.
--- Units: none.
--- Errors: none.
--- Source: none.
function methods:path()
  return self.file
end

--- Read with SQL.
--- Shape: one SELECT, parameters by position or name -> list of strict rows.
--- Units: none.
--- Errors: raises refused for a statement that writes; bad_input for wrong SQL.
--- Source: none.
---@param sql string
---@param params? table
function methods:sql(sql, params)
  return sqlrows.list(self.conn, sql, params)
end

--- Write: the function gets a transaction with insert, update, delete and claim.
--- Shape: function(tx) -> what the function returns.
--- Units: none.
--- Errors: what the function raises, after everything is rolled back.
--- Source: none.
---@param fn function
function methods:edit(fn)
  local settle = rawget(self, "before_write")     -- walks over rows go on over what was there
  if settle then settle(self) end
  return edit.run(self.conn, fn)
end

--- Look for what is broken or altered.
--- Shape: {quick = boolean} or nil -> list of {check=, table=, id=, message=}; empty: sound.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param options? table quick: leave out hashes and texts
function methods:doctor(options)
  return doctor.examine(self.conn, options)
end

--- Make the search index anew out of the token streams.
--- Shape: progress(done, total) or nil -> number of texts read.
--- Units: texts.
--- Errors: those of SQLite.
--- Source: none.
---@param progress? function
function methods:reindex(progress)
  return require "vankien.store.search_index".rebuild(self.conn, progress)
end

--- One hash over the hashes of all rows: two stores with the same content have the same.
--- Shape: nothing -> 64 hexadecimal digits.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
function methods:fingerprint()
  return fingerprint.of(self.conn)
end

--- Close the store.  Closing twice is nothing.
--- Shape: nothing -> nothing.
--- Units: none.
--- Errors: none.
--- Source: none.
function methods:close()
  self.conn:close()
end

--- Copy the whole store to a new file.
--- Shape: path -> true.
--- Units: none.
--- Errors: raises refused when the file exists; io, full.
--- Source: none.
---@param path string
function methods:backup(path)
  if type(path) ~= "string" then err.raise("usage", "backup takes the path of a new file") end
  return self.conn:backup(path)
end

return store
