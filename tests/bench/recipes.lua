-- What it costs to list recipes: called from run.lua with its `say`, or alone:
--   build/vankien run tests/bench/recipes.lua
-- A thousand files of about 2 KB, read, hashed and checked; nothing of them runs.

local literal = require "vankien.host.literal"
local metadata = require "vankien.recipe.metadata"
local shelf = require "vankien.recipe.shelf"
local sys = require "vankien.host.sys"

local recipes = {}

local FILES, ROUNDS = 1000, 7

local TEXT = [==[
recipe{
  name = "participation-NUMBER", version = "1.0.0", api = 1,
  title = { vi = "Sự chuyển dịch của lập trường tham gia", en = "How the stance shifted" },
  summary = { vi = "Đếm thang các cụm từ theo từng kỳ đại hội.", en = "Counts a ladder." },
  authors = { "Nobody <nobody@example.org>" }, license = "MIT", tags = { "shift", "ladder" },
  params = {
    { name = "ladder", type = "lexicon", default = { "tham dự", "tham gia", "chủ động tham gia" },
      help = { vi = "các cụm từ, từ thấp lên cao", en = "the phrases, lowest first" } },
    { name = "by", type = "enum", choices = { "congress", "year" }, default = "congress",
      help = { vi = "chia theo", en = "divide by" } },
    { name = "since", type = "date", min = "1930", help = { vi = "từ ngày", en = "from here on" } },
    { name = "min", type = "integer", default = 2, min = 1, max = 100,
      help = { vi = "ít nhất", en = "at least" } },
  },
  permissions = { read = true, seconds = 5 },
  returns = {
    { name = "period", type = "string", help = { vi = "kỳ", en = "period" } },
    { name = "phrase", type = "string" }, { name = "free", type = "integer" },
    { name = "per_10k", type = "number", null = true },
  },
  examples = { { params = { by = "year" }, note = "by year" } },
  fixture = { documents = {
    { number = "1-CT/TW", type = "Chỉ thị", issued = "2016-01-01", issuer = "Ban Bí thư",
      congress = "XII", title = "Một", text = "Chủ động tham gia các diễn đàn đa phương." },
    { type = "Báo cáo", issued = "2021-01", congress = "XIII", title = "Hai", text = "Tham dự." },
  } },
}

function run(p, ctx)
  return shift(p.ladder, { by = p.by })
end

test("counts", {}, function(result, t) t.equal(4, #result.rows) end)
]==]

local function make(folder)
  assert(sys.mkdir_private(folder))
  for i = 1, FILES do
    local text = TEXT:gsub("NUMBER", tostring(i))
    assert(sys.write_file_atomic(("%s/r%04d.lua"):format(folder, i), text))
  end
end

local function each(folder, fn)
  for _, name in ipairs(assert(sys.listdir(folder))) do
    local path = folder .. "/" .. name
    fn(assert(sys.read_file(path, 1 << 20)), path)
  end
end

-- The best of several rounds, by the clock of the processor: other work on the machine aside.
local function best(fn)
  local least = math.huge
  for _ = 1, ROUNDS do
    collectgarbage()
    local from = os.clock()
    fn()
    least = math.min(least, os.clock() - from)
  end
  return ("%.1f"):format(least * 1000)
end

--- Measure.
--- Shape: say(name, value, unit, note), folder for the files -> nothing.
function recipes.run(say, folder)
  folder = folder .. "/recipes"
  make(folder)
  say("1,000 recipes: files read, literals only", best(function()
    each(folder, function(bytes, path) assert(literal.read(bytes, path)) end)
  end), "ms")
  say("1,000 recipes: files read, metadata checked", best(function()
    each(folder, function(bytes, path) assert(metadata.read(bytes, path)) end)
  end), "ms", "the bar: 100")
  say("1,000 recipes: entries of a shelf, hashed as well", best(function()
    each(folder, function(bytes, path) assert(shelf.entry(path, bytes, "shared").meta) end)
  end), "ms")
end

if arg and arg[0] and arg[0]:find "recipes%.lua$" then
  recipes.run(function(name, value, unit, note)
    print(("%-52s %12s %-8s %s"):format(name, value, unit, note or ""))
  end, os.getenv "VANKIEN_BENCH" or "build/bench")
end

return recipes
