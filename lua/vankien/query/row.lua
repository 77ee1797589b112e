-- Rows: real tables, photocopies of what the store held, with strict reading.
-- A column without a value is nil; a name that is no column, relation or method raises.
-- A changed photocopy changes nothing: store:edit does.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local host = require "vankien.host.rows"
local list = require "vankien.util.list"
local relations = lazy.module "vankien.query.relations"
local schema = require "vankien.query.schema"
local sources = lazy.module "vankien.query.sources"
local strict = require "vankien.util.strict"

local row = {}

local methods = { documents = {} }
local common = {}

local function metatable_of(value)
  local mt = type(value) == "table" and debug.getmetatable(value)
  return mt and rawget(mt, "row_info") and mt or nil
end

local function own_metatable(self, name)
  local mt = metatable_of(self)
  if not mt then
    err.raise("usage", name .. " is called on a row", { hint = ("row:%s()"):format(name) })
  end
  return mt
end

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

local function missing(mt, self, name)
  local info = mt.row_info
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

local labels = {}

function labels.documents(r)
  local head = { r.type or "văn bản" }
  if r.number then head[#head + 1] = " " .. r.number end
  local dated = list.filter({ r.issuer or "", r.issued or "" }, function(s) return s ~= "" end)
  if #dated > 0 then head[#head + 1] = " (" .. table.concat(dated, ", ") .. ")" end
  return table.concat(head) .. ": " .. r.title
end

function labels.congresses(r) return ("Đại hội %s (%d)"):format(r.ordinal, r.year) end

function labels.formulas(r)
  return ("“%s” (%s)"):format(r.quote, r.year or r.congress or r.key)
end

function labels.roles(r)
  local years = r.from_year and (" %d–%s"):format(r.from_year, r.to_year or "") or ""
  return ("%s, %s%s"):format(r.role, r.body, years)
end

function labels.passages(r)
  local path = r.path ~= "" and r.path .. ": " or ""
  return path .. require("vankien.host.text").cut(r.text, 80)
end

local function plain_label(info, r)
  for _, column in ipairs(info.columns) do
    if info.kind[column] == "text" and rawget(r, column) then
      local n = rawget(r, "n")
      return (n and n .. ". " or "") .. tostring(rawget(r, column))
    end
  end
  return ("%s %s"):format(info.name, tostring(rawget(r, "id")))
end

local function label(self)
  local mt = own_metatable(self, "tostring")
  local named = not mt.selected and labels[mt.row_info.name]
  return named and named(self) or plain_label(mt.row_info, self)
end

local function refuse(_, name)
  err.raise("refused", ("rows are photocopies: %s cannot be set here"):format(tostring(name)), {
    hint = "store:edit(function(tx) … end) writes",
  })
end

local function same(a, b)
  local one, other = metatable_of(a), metatable_of(b)
  if not one or not other then return false end
  return one.store == other.store and one.row_info == other.row_info
    and rawget(a, "id") ~= nil and rawget(a, "id") == rawget(b, "id")
end

local function new_metatable(store, info, selected, open)
  local known = selected and list.set(selected) or info.kind
  local own = methods[info.name]
  local mt = {
    __name = "vankien.row", __metatable = "vankien.row", __tostring = label, __eq = same,
    __newindex = refuse, store = store, row_info = info, selected = selected, open = open,
  }
  function mt.__index(self, name)
    if known[name] and name ~= "attributes" then return nil end
    if own and own[name] then return own[name] end
    if common[name] then return common[name] end
    return missing(mt, self, name)
  end
  return mt
end

-- Attributes of imported documents become fields; a column of the same name wins.
local function spread(json) return require("vankien.util.json").decode(json) end

--- What the host makes rows of: their columns, and how they behave.
--- Shape: store, table info, list of selected columns or nil, open(table, sql, params)
---   -> shape for vankien.host.rows.
--- Units: none.
--- Errors: none.
--- Source: none.
function row.shape(store, info, selected, open)
  local columns = selected or info.columns
  return host.shape {
    columns = columns, metatable = new_metatable(store, info, selected, open),
    hidden = not selected and list.index_of(columns, "attributes") or nil, spread = spread,
    year = not selected and info.has_year and list.index_of(columns, "issued") or nil,
  }
end

--- Is this a row of a collection?
--- Shape: anything -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
function row.is(value) return metatable_of(value) ~= nil end

--- The columns of a row in their order, also those without a value.
--- Shape: row -> list of names.
--- Units: none.
--- Errors: raises usage when it is no row.
--- Source: none.
function row.columns(self)
  local mt = own_metatable(self, "columns")
  local names = list.filter(mt.selected or mt.row_info.columns, function(name)
    return name ~= "attributes"
  end)
  local known, extra = list.set(names), {}
  for name in pairs(self) do
    if not known[name] then extra[#extra + 1] = name end
  end
  table.sort(extra)
  return list.concat(names, extra)
end

--- The table a row comes from.
--- Shape: row -> name.
--- Units: none.
--- Errors: raises usage when it is no row.
--- Source: none.
function row.table(self) return own_metatable(self, "table").row_info.name end

return row
