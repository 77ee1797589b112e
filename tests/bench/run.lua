-- make bench: generates its corpus, checks every count, prints figures and ratios.
-- arg[1]: millions of syllables (10). Whole-process times are wall clock, median of several runs.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. package.path

local corpus = require "corpus"
local peers = require "peers"
local rows = require "rows"
local sys = require "vankien.host.sys"

local program = os.getenv("VANKIEN_PROGRAM") or "build/vankien"
local folder = os.getenv("VANKIEN_BENCH") or "build/bench"
local millions = tonumber(arg[1]) or 10

local function median(list)
  table.sort(list)
  return list[(#list + 1) // 2]
end

local function time(fn, runs)
  fn()
  local list = {}
  for i = 1, runs do
    local from = sys.clock()
    fn()
    list[i] = sys.clock() - from
  end
  return median(list)
end

local function shell(command)
  return function()
    assert(os.execute(command .. " >/dev/null 2>&1"), command)
  end
end

local function say(name, value, unit, note)
  print(("%-52s %12s %-8s %s"):format(name, value, unit, note or ""))
end

local function ms(seconds) return ("%.2f"):format(seconds * 1000) end

local paths = {
  jsonl = folder .. "/corpus.jsonl", text = folder .. "/corpus.txt", store = folder .. "/bench.db",
  lexicon = folder .. "/ladder.txt", fts = folder .. "/fts.db", out = folder .. "/shift.jsonl",
  shell = folder .. "/empty.lua", query = folder .. "/query.lua",
  nfd = folder .. "/nfd.jsonl",
}

local function write(path, content)
  local file = assert(io.open(path, "w"))
  file:write(content)
  assert(file:close())
end

local function remove_store(path)
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
end

-- The quickest of some imports: what waits for the disk or for others is not the program's.
local function import(path, options, runs)
  local least = math.huge
  for _ = 1, runs do
    remove_store(paths.store)
    local from = sys.clock()
    shell(("%s --store %s import %s %s"):format(program, paths.store, options, path))()
    least = math.min(least, sys.clock() - from)
  end
  return least
end

local function imports(record)
  local function rate(seconds) return ("%.1f"):format(record.bytes / 1e6 / seconds) end
  local plain = import(paths.jsonl, "--no-index", 3)
  say("import of JSON Lines, no search index", rate(plain), "MB/s", ("%.2f s"):format(plain))
  if os.execute(("python3 %s/decompose.py %s %s 2>/dev/null"):format(here, paths.jsonl, paths.nfd))
  then
    local seconds = import(paths.nfd, "--no-index", 3)
    say("the same with 5 % of the documents in NFD", rate(seconds), "MB/s",
      ("%.2f times as long"):format(seconds / plain))
  end
  local indexed = import(paths.jsonl, "", 2)
  say("import of JSON Lines with the search index", rate(indexed), "MB/s",
    ("%.2f s"):format(indexed))
end

local function concordances(ladder)
  local command = ("%s --store %s kwic 'tham gia' --limit 1000 --format jsonl"):format(program,
    paths.store)
  for _, case in ipairs { { "", "all counted" }, { " --no-total", "not counted further" } } do
    local t = time(shell(command .. case[1]), 9)
    say("kwic: first 1,000 lines, " .. case[2], ms(t), "ms",
      ("%.2f of the ladder"):format(t / ladder))
  end
end

-- Every cell of the ladder, from the program's own JSON, against the generator's record.
local function check(record)
  local cjson = require "cjson"
  local wrong, cells, index = 0, 0, {}
  for i, phrase in ipairs(corpus.phrases) do index[phrase] = i end
  for line in io.lines(paths.out) do
    local row = cjson.decode(line)
    local expected = record.free[row.period][index[row.phrase]] or 0
    cells = cells + 1
    if row.free ~= expected then
      wrong = wrong + 1
      print(("  WRONG %s %s: %d, planted %d"):format(row.period, row.phrase, row.free, expected))
    end
  end
  assert(cells == #corpus.phrases * #corpus.congresses, "cells are missing: " .. cells)
  assert(wrong == 0, wrong .. " cells differ from what was planted")
  return cells
end

local function ladder_command(format)
  return ("%s --store %s shift --lexicon %s --evidence 0 --format %s"):format(program, paths.store,
    paths.lexicon, format)
end

local function making()
  local data = assert(sys.realpath(folder)) .. "/made"   -- XDG folders count when absolute
  say("making the store with the policy framework", ms(time(function()
    assert(os.execute("rm -rf " .. data))
    shell("XDG_DATA_HOME=" .. data .. " " .. program .. " run " .. paths.shell)()
    shell("XDG_DATA_HOME=" .. data .. " " .. program .. " run " .. paths.query)()
  end, 5)), "ms", "and one query")
end

local function starts()
  write(paths.shell, "")
  write(paths.query, 'local d = directives["25-CT/TW"]\nassert(d.issued == "2018-08-08")\n')
  making()
  rows.starts(say, paths.shell, paths.query)
end

local function compare(ladder)
  local rg, why = peers.ripgrep(paths.text)
  if rg then
    local t = time(shell(rg), 5)
    say("ripgrep -i -o -F, occurrences only", ms(t), "ms",
      ("ours is %.3f of it"):format(ladder / t))
  else
    say("ripgrep", "–", "", why)
  end
  local python, missing = peers.python(paths.text, here)
  if python then
    local t = time(shell(python), 1)
    say("Python re, occurrences only", ms(t), "ms", ("ours is %.4f of it"):format(ladder / t))
  else
    say("Python", "–", "", missing)
  end
  peers.make_fts5(paths.store, paths.fts)
  local t = time(function() peers.fts5(paths.fts) end, 5)
  say("FTS5 unicode61, documents by congress, in process", ms(t), "ms",
    ("ours, a whole process, is %.3f of it"):format(ladder / t))
end

local function main()
  assert(os.execute("mkdir -p " .. folder))
  write(paths.lexicon, table.concat(corpus.phrases, "\n") .. "\n")
  local record = corpus.generate(math.floor(millions * 1e6), paths.jsonl, paths.text)
  print(("corpus: %d syllables, %d documents, %.1f MB of text"):format(record.syllables,
    record.documents, record.bytes / 1e6))
  imports(record)
  assert(os.execute(ladder_command("jsonl") .. " >" .. paths.out .. " 2>/dev/null"))
  say("ladder: cells equal to what was planted", check(record), "cells")
  local ladder = time(shell(ladder_command("jsonl")), 9)
  say("ladder: 10 phrases by 9 congresses, whole process", ms(ladder), "ms")
  compare(ladder)
  concordances(ladder)
  starts()
  rows.run(say, folder, 200)
  local store = require "vankien".open(paths.store)
  require "ladder".fts5(say, store, folder .. "/fts_ladder.db", record, ladder)
  require "ladder".many(say, store, paths.text)
  require "search".run(say, store, paths.fts)
  require "statistics".run(say, store)
  require "jail".run(say, store)
  require "recipes".run(say, folder)
end

main()
