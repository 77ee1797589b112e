-- Rows, look-ups and starts against the bare thing in C (tests/bench/raw_rows.c), each with its
-- bar.  CPU time, the least of several runs: what else the machine does disturbs little.
-- Usage: vankien run tests/bench/rows.lua [THOUSANDS OF DOCUMENTS, 200]; part of make bench.

local sys = require "vankien.host.sys"
local vankien = require "vankien"

local rows = {}

local LOOKS = 10000        -- of every seventh document
local program = os.getenv "VANKIEN_PROGRAM" or "build/vankien"
local raw_rows = program:gsub("[^/]*$", "raw_rows")

local function quoted(s) return "'" .. s:gsub("'", [['\'']]) .. "'" end

-- The numbers that a command prints; nil when it fails.
local function numbers(...)
  local words = { ... }
  for i, word in ipairs(words) do words[i] = quoted(tostring(word)) end
  local pipe = assert(io.popen(table.concat(words, " ") .. " 2>/dev/null"))
  local out = {}
  for n in pipe:read "a":gmatch "[%d.]+" do out[#out + 1] = tonumber(n) end
  if pipe:close() then return table.unpack(out) end
end

local function best(n, fn)
  local least = math.huge
  for _ = 1, 7 do
    local from = os.clock()
    fn()
    least = math.min(least, (os.clock() - from) / n)
  end
  return least * 1e9
end

local function ns(value) return ("%.0f"):format(value) end

local function compare(ours, raw, bar)
  return ("%.2f times bare C, %.0f ns%s"):format(ours / raw, raw,
    bar and ("; bar %.2f"):format(bar) or "")
end

local insert_sql = [[INSERT INTO documents (key, type, number, issued, issued_precision, issuer,
    congress, title, kind, source, level, hash)
  VALUES (?, ?, ?, ?, 'day', ?, ?, ?, 'imported', 'article', 'test', zeroblob(32))]]

local types = { "Nghị quyết", "Chỉ thị", "Kết luận", "Quyết định" }
local issuers = { "Bộ Chính trị", "Ban Bí thư", "Chính phủ", "Quốc hội" }
local congresses = { "IX", "X", "XI", "XII", "XIII", "XIV" }

-- Documents as an import would leave them, but for their texts; in one transaction.
local function make(path, n)
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  local store <close> = assert(vankien.open(path, { mode = "create" }))
  local transaction <close> = store.conn:begin()
  local insert <close> = store.conn:bulk(insert_sql)
  for i = 1, n do
    insert:run("doc-" .. i, types[i % 4 + 1], i % 3000 .. "-NQ/TW",
      ("%04d-%02d-%02d"):format(1986 + i * 7 % 40, i % 12 + 1, i % 28 + 1), issuers[i % 4 + 1],
      congresses[i % 6 + 1], "Nghị quyết về việc tham gia hội nhập quốc tế số " .. i)
  end
  transaction:commit()
end

local function column_of(q, name)
  for i, column in ipairs(q:columns()) do
    if column == name then return i - 1 end
  end
end

local function walk(say, path, name, q, bar)
  local n = q:count()
  local raw = numbers(raw_rows, "walk", path, q:sql(), column_of(q, "title"))
  local ours = best(n, function()
    local bytes = 0
    for d in q:each() do bytes = bytes + #d.title end
    assert(bytes > 0)
  end)
  say("rows: each(), " .. name, ns(ours), "ns", compare(ours, raw, bar))
  return ours
end

local function full(say, q)
  say("rows: each(), every field read", ns(best(q:count(), function()
    local n = 0
    for d in q:each() do
      for _ in pairs(d) do n = n + 1 end
    end
    assert(n > 0)
  end)), "ns")
end

local function memory(say, q)
  local function peak()
    collectgarbage()
    local before, most = collectgarbage "count", 0
    for d in q:each() do
      if d.id % 1000 == 0 then most = math.max(most, collectgarbage "count") end
    end
    return math.max(0, most - before) / 1024
  end
  say("rows: most memory beside the library", ("%.1f"):format(peak()), "MB",
    ("%.1f over a tenth of the rows"):format((function()
      q = q:limit(q:count() // 10)
      return peak()
    end)()))
end

local function looks(say, path, documents)
  local keys = {}
  for i = 1, LOOKS do keys[i] = ("doc-%d"):format(7 * i) end
  local columns = "t." .. table.concat(documents:columns(), ", t.")
  local function raw(sql, column)
    return numbers(raw_rows, "look", path, sql, column, LOOKS)
  end
  local same = raw(
    ("SELECT %s FROM documents AS t WHERE t.key = ? OR t.number = ?"):format(columns),
    column_of(documents, "title"))
  local one = raw("SELECT title FROM documents WHERE key = ?", 0)
  local ours
  for _, field in ipairs { "title", "year" } do
    ours = best(LOOKS, function()
      for i = 1, LOOKS do assert(documents[keys[i]][field]) end
    end)
    say("rows: documents[key]." .. field, ns(ours), "ns", compare(ours, same, 1.25)
      .. ("; one column by key alone %.0f ns"):format(one))
  end
  return ours
end

local function luasql(say, path, q, each_ns, look_ns)
  local columns = "t." .. table.concat(q:columns(), ", t.")
  local walked, looked = numbers("lua5.4", arg[0]:gsub("[^/]*$", "luasql.lua"), path, q:sql(),
    ("SELECT %s FROM documents AS t WHERE t.key = ? OR t.number = ?"):format(columns), LOOKS // 10)
  if not walked then return say("rows: LuaSQL", "–", "", "lua-sql-sqlite3 is not installed") end
  say("rows: LuaSQL, one field read", ns(walked), "ns",
    ("ours is %.2f of it; bar 0.50"):format(each_ns / walked))
  say("rows: LuaSQL, look-up", ns(looked), "ns",
    ("ours is %.2f of it; bar 0.50"):format(look_ns / looked))
end

--- Rows and look-ups of a store made for it.
function rows.run(say, folder, thousands)
  local path = folder .. "/rows.db"
  make(path, math.max(7 * LOOKS, thousands * 1000))
  local store <close> = assert(vankien.open(path))
  local documents = store:collection "documents"
  local by_id = documents:order "id"
  say("rows: documents", tostring(documents:count()), "", #documents:columns() .. " columns")
  local six = by_id:select("id", "key", "type", "number", "issued", "title")
  walk(say, path, "six columns selected", six, 1.6)
  local each_ns = walk(say, path, "all columns, by id", by_id, 1.6)
  walk(say, path, "all columns, in the usual order", documents, 1.6)
  full(say, by_id)
  memory(say, by_id)
  luasql(say, path, by_id, each_ns, looks(say, path, documents))
end

--- Starts of the program: an empty script and one query, beside what a process costs at all.
function rows.starts(say, empty, query)
  local function start(...) return numbers(raw_rows, "start", 200, ...) end
  local least, middle = start("/bin/true")
  local function line(name, bar, ...)
    local cpu, median, wall = start(...)
    say("start: " .. name, ("%.2f"):format(cpu - least), "ms",
      ("above /bin/true; median %.2f, wall clock in all %.2f%s"):format(median - middle, wall, bar))
  end
  line("lua5.4, an empty script", "", "/usr/bin/lua5.4", empty)
  line("an empty script", "", sys.realpath(program), "run", empty)
  line("a script with one query", "; bar 1.00", sys.realpath(program), "run", query)
end

if arg[0]:find "rows%.lua$" then
  local folder = os.getenv "VANKIEN_BENCH" or "build/bench"
  assert(os.execute("mkdir -p " .. quoted(folder)))
  rows.run(function(name, value, unit, note)
    print(("%-42s %10s %-4s %s"):format(name, value, unit, note or ""))
  end, folder, tonumber(arg[1]) or 200)
end

return rows
