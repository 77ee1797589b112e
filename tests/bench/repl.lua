-- Figures of the prompt: start to the first prompt, and, on 100,000 documents, completion and the
-- printing of 40 rows.  Bars: 15 ms, 50 ms, 50 ms.

local sys = require "vankien.host.sys"

local repl = {}

local DOCUMENTS = 100000

local function median(values)
  table.sort(values)
  return values[(#values + 1) // 2]
end

local function write(path, content)
  local file <close> = assert(io.open(path, "w"))
  file:write(content)
end

-- Documents by name only, with attributes, made in SQL: importing them is measured elsewhere.
local function fill(path)
  for _, suffix in ipairs {"", "-wal", "-shm"} do os.remove(path .. suffix) end
  local conn = assert(require "vankien".open(path, {mode = "create"})).conn
  conn:run([[WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
    INSERT INTO documents (key, type, number, issued, issued_precision, issuer, title, kind,
      attributes, source, level, hash)
    SELECT 'bench-' || i, CASE i % 3 WHEN 0 THEN 'Chỉ thị' WHEN 1 THEN 'Nghị quyết'
      ELSE 'Kết luận' END,
      (i % 997 + 100) || '-' || CASE i % 3 WHEN 0 THEN 'CT' WHEN 1 THEN 'NQ' ELSE 'KL' END
        || '/T' || (i / 997), printf('%d-%02d-%02d', 1990 + i % 35, 1 + i % 12, 1 + i % 28),
      'day', 'Cơ quan số ' || (i % 50), 'Về việc tăng cường hội nhập quốc tế, lần ' || i,
      'imported', '{"genre":"' || (i % 7) || '"}', 'bench', 'imported', x'00' FROM n]],
    {DOCUMENTS})
  conn:close()
end

-- Milliseconds from start to the first prompt, in a pseudo-terminal.
local function first_prompt(program, folder)
  local pty = program:match "^(.*)/[^/]*$" .. "/pty"
  local steps = folder .. "/prompt.steps"
  write(steps, "expect 3000 vankien> \nsend \\x04\nexit 3000\n")
  local values = {}
  for i = 1, 12 do
    local pipe = assert(io.popen(("XDG_DATA_HOME=%s/data XDG_STATE_HOME=%s TERM=xterm %s 80 24 %s "
      .. "< %s"):format(folder, folder, pty, program, steps)))
    local answer = pipe:read "a"
    pipe:close()
    values[i] = tonumber(answer:match "^ok ([%d.]+)")
  end
  table.remove(values, 1)                         -- the first run made the store
  return #values > 0 and median(values) or nil
end

local function time(fn)
  local values = {}
  for i = 1, 9 do
    local from = sys.clock()
    fn()
    values[i] = (sys.clock() - from) * 1000
  end
  return median(values), math.max(table.unpack(values))
end

local ENTRIES = {
  {'directives["25', "numbers"}, {'documents["999-', "rare numbers"}, {"documents:wh", "methods"},
  {"documents:where{ iss", "fields"}, {'documents:where{ issuer = "co quan', "values"},
  {'documents:where{ genre = "', "attribute values"}, {"dir", "globals"},
  {'help "wh', "names of the manual"}, {"for d in documents:each() do print(d.ti", "a loop"},
}

local function session_on(path)
  local session = require "vankien.repl.session".new {store = path}
  function session.screen()
    return {terminal = true, width = 120, height = 40, unicode = true, color = true}
  end
  return session
end

--- Measure and say.
--- say(name, value, unit, note)
function repl.run(say, program, folder)
  local prompt = first_prompt(program, folder)
  say("repl: start to first prompt, embedded store", prompt and ("%.1f"):format(prompt) or "-",
    "ms", prompt and "bar 15" or "no pseudo-terminal here")
  local path = folder .. "/repl.db"
  fill(path)
  local session = session_on(path)
  local complete = require "vankien.repl.complete".new(session)
  for _, entry in ipairs(ENTRIES) do
    assert(complete(entry[1], #entry[1]), entry[1] .. " completes to nothing")
    local middle, worst = time(function() complete(entry[1], #entry[1]) end)
    say("repl: completion of " .. entry[2], ("%.2f"):format(middle), "ms",
      ("worst %.2f, bar 50"):format(worst))
  end
  local query = session.env.documents
  local middle, worst = time(function() session:text(query) end)
  say("repl: printing of 40 rows of 100,000", ("%.2f"):format(middle), "ms",
    ("worst %.2f, bar 50"):format(worst))
  session.env.store:close()
end

return repl
