-- Dot commands about the store: .tables, .schema, .recipes, .open, .explain.

local err = require "vankien.util.err"
local report = require "vankien.report"

local commands = {}

local function with(session, extra)
  return setmetatable(extra, {__index = session:screen()})
end

commands.tables = {shows = true, help = "the collections, what they hold, and how many rows",
  run = function(session)
    local store, rows = session:store(), {}
    for _, name in ipairs(store:collections()) do
      local title = require "vankien.manual.titles".table(name)
      rows[#rows + 1] = {table = name, rows = store:collection(name):count(), title = title.vi,
        holds = title.en}
    end
    return report.rows(rows, {"table", "rows", "title", "holds"}, "table",
      with(session, {footer = false}))
  end}

commands.schema = {shows = true, value = "TABLE", completes = "table",
  example = ".tables lists them", help = "the columns of a collection",
  run = function(session, rest)
    local store = session:store()
    store:collection(rest)                        -- an unknown one raises, with the nearest
    local columns = require "vankien.manual.titles".columns(store, rest)
    return report.rows(columns, {"column", "kind", "title", "meaning"}, "table",
      with(session, {footer = false}))
  end}

commands.recipes = {shows = true, value = "[FILTER]",
  help = "the recipes there are; recipe(\"name\", { … }) runs one",
  run = function(session, rest)
    local entries = require "vankien.recipe.shelf".list {store = session:store()}
    if rest ~= "" then entries = require "vankien.recipe.pick".where(entries, rest) end
    local rows = {}
    for _, entry in ipairs(entries) do
      local title = entry.meta and not entry.hidden_by and entry.meta.title
      if title then
        rows[#rows + 1] = {name = entry.name, shelf = entry.shelf, title = title.vi or title.en,
          asks = title.en}
      elseif entry.broken then
        rows[#rows + 1] = {name = entry.name, shelf = entry.shelf, title = "broken: " .. entry.path}
      end
    end
    return report.rows(rows, {"name", "shelf", "title", "asks"}, "table",
      with(session, {footer = false}))
  end}

commands.open = {value = "FILE", completes = "file", help = "work on another store",
  run = function(session, rest)
    local store, problem = require "vankien".open(rest)
    if not store then error(problem, 0) end
    local on = session.sql
    if on then require "vankien.repl.commands_show".sql.run(session, "off") end
    session:use(store)
    session.given = {store = rest}
    if on then require "vankien.repl.commands_show".sql.run(session, "on") end
    return tostring(store) .. "\n"
  end}

-- The plan as SQLite tells it, indented by what belongs to what.
local function plan_of(conn, sql, params)
  local depth, lines = {[0] = 0}, {}
  for _, id, parent, _, detail in conn:rows("EXPLAIN QUERY PLAN " .. sql, params) do
    depth[id] = (depth[parent] or 0) + 1
    lines[#lines + 1] = ("  "):rep(depth[id]) .. detail
  end
  return lines
end

commands.explain = {shows = true, value = "QUERY", completes = "lua",
  example = ".explain documents:limit(5)",
  help = "the SQL of a query, and how SQLite goes about it",
  run = function(session, rest)
    local fn, problem = session.locals:compile(rest, "entry")
    if not fn then
      error(problem or err.new("bad_input", "the query is not complete"), 0)
    end
    local query, value = require "vankien.query", fn()
    local sql, params = value, nil
    if query.is(value) then sql, params = value:sql() end
    if type(sql) ~= "string" then
      err.raise("usage", ".explain takes a query or SQL")
    end
    local lines = {sql, table.unpack(plan_of(session:store().conn, sql, params))}
    return require "vankien.report.visible".text(table.concat(lines, "\n") .. "\n")
  end}

return commands
