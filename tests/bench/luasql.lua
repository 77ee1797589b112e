-- The same rows through LuaSQL, run by the plain lua5.4: luasql.lua STORE SQL LOOK_SQL COUNT.
-- Prints ns a row (a new table each) and ns a look-up; CPU time, the least of several runs.

local path, sql, look_sql, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local connection = require "luasql.sqlite3".sqlite3():connect(path)
connection:execute "PRAGMA cache_size = -2000"

local function best(fn)
  local least = math.huge
  for _ = 1, 5 do
    local from = os.clock()
    local n = fn()
    least = math.min(least, (os.clock() - from) / n)
  end
  return least * 1e9
end

local bytes = 0
local rows = best(function()
  local cursor, n = connection:execute(sql), 0
  local row = cursor:fetch({}, "a")
  while row do
    n, bytes = n + 1, bytes + #row.title
    row = cursor:fetch({}, "a")
  end
  cursor:close()
  return n
end)

local looks = best(function()
  connection:execute "BEGIN"
  for i = 1, count do
    local cursor = connection:execute((look_sql:gsub("%?", ("'doc-%d'"):format(7 * i))))
    bytes = bytes + #cursor:fetch({}, "a").title
    cursor:close()
  end
  connection:execute "COMMIT"
  return count
end)

assert(bytes > 0)
print(("%.1f %.1f"):format(rows, looks))
