-- A name in a condition or an order -> the SQL of its value and what kind of value it is.
-- Columns, `year` of a date, attributes of imported documents, and `document.title` across a link.

local lazy = require "vankien.util.lazy"

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local schema = require "vankien.query.schema"
local suggest = lazy.module "vankien.util.suggest"

local fields = {}

-- name of a link -> column that holds the id, table it points to
local links = {
  document = { "document_id", "documents" },
  from = { "from_id", "documents" },
  to = { "to_id", "documents" },
}

local function own(store, info, name, alias)
  if info.kind[name] then
    return { sql = alias .. "." .. name, kind = info.kind[name], name = name }
  end
  if name == "year" and info.has_year then
    return { sql = ("CAST(substr(%s.issued, 1, 4) AS INTEGER)"):format(alias), kind = "integer",
      name = name }
  end
  if info.has_attributes and schema.has_attribute(store, name) then
    return { sql = ("json_extract(%s.attributes, ?)"):format(alias), kind = "attribute",
      param = schema.attribute_path(name), name = name }
  end
end

local function across(store, info, name)
  local link, column = name:match "^([^.]+)%.(.+)$"
  local to = link and links[link]
  if not to or not info.kind[to[1]] then return nil end
  local field = own(store, schema.table(store, to[2]), column, "far")
  if not field then return nil end
  field.sql = ("(SELECT %s FROM %s AS far WHERE far.id = t.%s)"):format(field.sql, to[2], to[1])
  field.name = name
  return field
end

--- Every name that can stand in a condition on a table.
--- Shape: store, table info -> list of strings.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function fields.names(store, info)
  local names = list.concat(info.columns, {})
  if info.has_year then names[#names + 1] = "year" end
  if info.has_attributes then names = list.concat(names, schema.attributes(store)) end
  for link, to in pairs(links) do
    if info.kind[to[1]] then
      for _, column in ipairs(schema.table(store, to[2]).columns) do
        names[#names + 1] = link .. "." .. column
      end
    end
  end
  table.sort(names)
  return names
end

local function shown(info)
  local names = list.filter(info.columns, function(name)
    return name ~= "id" and not name:find "_id$" and name ~= "attributes"
  end)
  if info.has_year then names[#names + 1] = "year" end
  return "columns: " .. table.concat(names, ", ")
end

--- What to say of a name that is no column.
--- Shape: store, table info, name -> message, hint.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function fields.unknown(store, info, name)
  local message = ("unknown column %q in %s"):format(tostring(name), info.name)
  local hint = suggest.phrase(tostring(name), fields.names(store, info)) or shown(info)
  if info.kind.document_id and type(name) == "string"
    and schema.table(store, "documents").kind[name] then
    hint = ('did you mean "document.%s"?'):format(name)
  end
  return message, hint
end

--- Find a column by name.
--- Shape: store, table info, name -> {sql=, kind=, name=, param=} | nil, message, hint.
--- Units: sql speaks of the table as t; param belongs to the one ? in it.
--- Errors: none raised.
--- Source: none.
function fields.find(store, info, name)
  if type(name) == "string" then
    local field = own(store, info, name, "t") or across(store, info, name)
    if field then return field end
  end
  return nil, fields.unknown(store, info, name)
end

--- Find a column by name, or raise at the caller's line.
--- Shape: store, table info, name -> as fields.find.
--- Units: none.
--- Errors: raises unknown_name with the nearest column.
--- Source: none.
function fields.need(store, info, name)
  local field, message, hint = fields.find(store, info, name)
  if not field then err.raise("unknown_name", message, { hint = hint }) end
  return field
end

return fields
