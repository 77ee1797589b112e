-- Doctor, part: the schema itself.  A view, a trigger or a changed definition can falsify what is
-- read without touching a row.  Further tables are nobody's business.

local schema = require "vankien.store.schema"

local check = {}

-- SQLite keeps the text of a definition as it stands in the migration.
local function defined()
  local texts, objects = {}, {}
  for _, migration in ipairs(schema.migrations()) do
    texts[#texts + 1] = migration.sql
    local sql = migration.sql:gsub("UNIQUE INDEX", "INDEX"):gsub("VIRTUAL TABLE", "TABLE")
    for kind, name in sql:gmatch "CREATE (%u+) ([%w_]+)" do
      objects[name] = kind:lower()
    end
    -- a later migration may take back what an earlier one made, its indices too
    for gone in sql:gmatch "DROP TABLE ([%w_]+)" do
      for name in pairs(objects) do
        if name == gone or name:find("^" .. gone .. "_") then objects[name] = nil end
      end
    end
  end
  return table.concat(texts, "\n"), objects
end

--- What the migrations make.
--- Shape: nothing -> {name = "table" | "index"}.
--- Units: none.
--- Errors: none.
--- Source: db/migrations/*.sql.
function check.objects()
  local _, objects = defined()
  return objects
end

--- Compare the schema with the migrations.
--- Shape: connection, function(check, table, id, message) -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param conn userdata
---@param add function
function check.check(conn, add)
  local text, missing = defined()
  for _, kind, name, sql in conn:rows "SELECT type, name, sql FROM sqlite_schema" do
    if kind == "view" or kind == "trigger" then
      add("schema", name, nil, "this " .. kind .. " is none of ours")
    elseif missing[name] and sql and not text:find(sql, 1, true) then
      add("schema", name, nil, "this " .. kind .. " is defined in another way than ours")
    end
    missing[name] = nil
  end
  local names = {}
  for name in pairs(missing) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    add("schema", name, nil, "this " .. missing[name] .. " is missing")
  end
end

return check
