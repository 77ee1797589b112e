-- .sql on: every statement the store runs, how many an entry took, and a warning where one shape
-- comes again and again (a query inside a loop).

local cell = require "vankien.report.cell"

local sqlwatch = {}

local OFTEN = 50             -- the same shape so often in one entry is said

--- The shape of a statement: its literals left out.
--- Shape: SQL -> SQL with ? for each value.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param sql string
---@return string
function sqlwatch.shape(sql)
  local s = sql:gsub("[xX]?'[^']*'", "?"):gsub("%f[%w_]%d+%.?%d*%f[^%w_.]", "?")
  return (s:gsub("%s+", " "):gsub("%(%s*%?[%s,?]*%)", "(?)"))
end

local function line_of(sql, width)
  local one = cell.visible((sql:gsub("%s+", " ")))
  return require "vankien.host.text".cut(one, math.max((width or 400) - 5, 20), "…")
end

--- Watch the statements of a session's store.
--- Shape: session, write(text) -> watch {entry=, summary=, stop=, paused=}.
--- Units: none.
--- Errors: raises what opening the store raises.
--- Source: own.
---@param session table
---@param write fun(text: string)
---@return table
function sqlwatch.start(session, write)
  local watch = {n = 0, shapes = {}, paused = false, conn = session:store().conn}
  watch.conn:trace(function(sql)
    if watch.paused or sql:find "^%-%-" then return end   -- "--": what SQLite asks itself
    watch.n = watch.n + 1
    write("sql  " .. line_of(sql, session:screen().width) .. "\n")
    local shape = sqlwatch.shape(sql)
    watch.shapes[shape] = (watch.shapes[shape] or 0) + 1
    if watch.shapes[shape] == OFTEN then
      write(("sql  the %dth statement of this shape in one entry: a query inside a loop?\n")
        :format(OFTEN))
    end
  end)
  return watch
end

--- Begin to count anew, for the next entry.
--- Shape: watch -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param watch table
function sqlwatch.reset(watch)
  watch.n, watch.shapes = 0, {}
end

--- How many statements the entry took.
--- Shape: watch -> text, empty when there was none.
--- Units: statements.
--- Errors: none.
--- Source: own.
---@param watch table
---@return string
function sqlwatch.summary(watch)
  if watch.n == 0 then return "" end
  return ("sql  %s statement%s\n"):format(cell.count(watch.n), watch.n == 1 and "" or "s")
end

--- Watch no more.
--- Shape: watch -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param watch table
function sqlwatch.stop(watch)
  watch.conn:trace(nil)
end

return sqlwatch
