-- What a row can be asked: its methods, its relations, and what is said of a name that it has not.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local relations = require "vankien.query.relations"
local row = require "vankien.query.row"
local schema = require "vankien.query.schema"
local sources = lazy.module "vankien.query.sources"
local strict = require "vankien.util.strict"

local own_metatable = row.own_metatable

local row_methods = {}

local methods = { documents = {} }
local common = {}

--- What each source says of this row, or of one of its fields.
--- Shape: field or nil -> list of claims; printing it shows which is accepted.
--- Units: none.
--- Errors: none.
--- Source: none.
function common.sources(self, field)
  local mt = own_metatable(self, "sources")
  return sources.of(mt.store, mt.row_info.name, self, field)
end

local function check_relation(store, name)
  local names = {}
  for _, known in store.conn:rows "SELECT DISTINCT relation FROM relations ORDER BY 1" do
    names[#names + 1] = known
  end
  local fold = require("vankien.host.text").fold
  for _, known in ipairs(names) do
    if fold(known) == fold(tostring(name)) then return known end
  end
  strict.unknown("relation", name, names)
end

local function related(mine, theirs)
  return function(self, relation)
    local mt = own_metatable(self, mine == "to_id" and "incoming" or "outgoing")
    local sql = ("t.id IN (SELECT %s FROM relations WHERE %s = ?"):format(theirs, mine)
    local params = { self.id }
    if relation ~= nil then
      params[2] = check_relation(mt.store, relation)
      sql = sql .. " AND relation = ?"
    end
    return mt.open("documents", sql .. ")", params, tostring(self))
  end
end

--- Documents that stand in a relation to this one: vk:incoming "cụ thể hóa".
--- Shape: relation or nil -> query on documents.
--- Units: none.
--- Errors: raises unknown_name for a relation that no document has.
--- Source: none.
methods.documents.incoming = related("to_id", "from_id")

--- Documents that this one stands in a relation to.
--- Shape: relation or nil -> query on documents.
--- Units: none.
--- Errors: raises unknown_name for a relation that no document has.
--- Source: none.
methods.documents.outgoing = related("from_id", "to_id")

--- The references that the text of this document makes to other documents.
--- Shape: {verdict =} or nil -> result of corpus/citations.lua.
--- Units: none.
--- Errors: raises not_found when it has no text.
--- Source: none.
function methods.documents.citations(self, options)
  return own_metatable(self, "citations").store:citations(self, options)
end

--- What was damaged in the text of this document: what was repaired, and what was only found
--- (`after` is nil then).  White space, line joins and normal forms are not among them.
--- Shape: kind ("split_syllable") or nil -> query on repairs.
--- Units: start and stop are bytes of the original, from 0, stop exclusive.
--- Errors: raises unknown_name for a kind that does not exist.
--- Source: none.
function methods.documents.repairs(self, kind)
  local mt = own_metatable(self, "repairs")
  if kind == nil then
    return mt.open("repairs", "t.document_id = ?", { self.id }, tostring(self))
  end
  local kinds = require("vankien.host.text").repair_kinds()
  if not list.index_of(kinds, kind) then strict.unknown("kind of repair", kind, kinds) end
  return mt.open("repairs", "t.document_id = ? AND t.kind = ?", { self.id, kind }, tostring(self))
end

local function follow(mt, self, kind, what)
  if kind == "value" then return what(mt.store, self) end
  if kind == "row" then
    local key = rawget(self, what.column)
    if key == nil then return nil end
    return mt.open(what.table, ("t.%s = ?"):format(what.key), { key }):first()
  end
  return mt.open(what.table, what.sql, { rawget(self, what.key or "id") }, tostring(self))
end

local function all_names(mt)
  local info = mt.row_info
  local names = list.concat(info.columns, relations.names(mt.store, info))
  for _, group in ipairs { common, methods[info.name] or {} } do
    names = list.concat(names, list.sorted_keys(group))
  end
  if info.has_attributes then names = list.concat(names, schema.attributes(mt.store)) end
  return list.unique(names)
end

--- What a name means on a row that holds no value of that name.
--- Shape: metatable of the row, row, name -> method, row, query or value | nil.
--- Units: none.
--- Errors: raises unknown_name with the nearest, usage for a column that was not selected.
--- Source: none.
function row_methods.find(mt, self, name)
  local info = mt.row_info
  local own = methods[info.name]
  local method = own and own[name] or common[name]
  if method then return method end
  if mt.selected then
    if info.kind[name] then
      err.raise("usage", ("%s was not selected"):format(name), {
        hint = "selected: " .. table.concat(mt.selected, ", "),
      })
    end
  elseif type(name) == "string" then
    local kind, what = relations.find(mt.store, info, name)
    if kind then return follow(mt, self, kind, what) end
    if info.has_attributes and schema.has_attribute(mt.store, name) then return nil end
  end
  strict.unknown("field", name, all_names(mt), info.name)
end

return row_methods
