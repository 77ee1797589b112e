-- `vankien recipe new NAME`: a recipe that runs, passes its test and has nothing to remark on.

local err = require "vankien.util.err"
local metadata = require "vankien.recipe.metadata"
local shelf = require "vankien.recipe.shelf"
local sys = require "vankien.host.sys"

local recipe_new = {
  usage = "NAME [--here]",
  operands = {min = 1, max = 1, what = "a name: a to z, digits and hyphens"},
  description = [[Writes a small recipe to begin with into the own folder
    ($XDG_DATA_HOME/vankien/recipes/NAME.lua), where the other subcommands find it by name, or
    with --here into this folder. It runs, its test passes, lint has nothing to say. A file that
    is there is never overwritten. What you go on to write in this file is trusted as yours.]],
  options = {
    {name = "here", help = "write NAME.lua into this folder"},
  },
  examples = {
    {"vankien recipe new who-leads --here", "a file to begin with"},
  },
}

local SKELETON = [==[
recipe{
  name = "NAME", version = "0.1.0", api = 1,
  title = { vi = "Một cụm từ qua các kỳ Đại hội", en = "A phrase from congress to congress" },
  summary = { vi = "Đếm một cụm từ theo kỳ Đại hội.", en = "Counts a phrase by congress." },
  authors = { "AUTHOR" }, license = "MIT", tags = { "shift" },
  params = {
    { name = "phrase", type = "pattern", default = "tham gia",
      help = { vi = "cụm từ hoặc mẫu", en = "the phrase or pattern to count" } },
  },
  returns = {
    { name = "congress", type = "string" },
    { name = "n", type = "integer" },
    { name = "per_10k", type = "number", null = true },
  },
  examples = { { params = { phrase = "chủ động tham gia" }, note = "another phrase" } },
  fixture = { documents = {
    { title = "Trích Đại hội XII", type = "Báo cáo", issued = "2016-01", congress = "XII",
      text = "Chủ động tham gia và phát huy vai trò." },
    { title = "Trích Đại hội XIII", type = "Báo cáo", issued = "2021-01", congress = "XIII",
      text = "Tham gia tích cực. Chủ động tham gia, nâng cao vai trò." },
  } },
}

-- p holds the parameters, ctx the seed and ctx.note; what is returned is held to `returns`.
function run(p, ctx)
  local counted = shift({ p.phrase }, { by = "congress" })
  local rows = {}
  for _, row in ipairs(counted.rows) do
    rows[#rows + 1] = { congress = row.period, n = row.free, per_10k = row.per_10k }
  end
  ctx.note("rates are per 10,000 syllables")
  return rows
end

test("counts the phrase in each congress of the fixture", { phrase = "tham gia" },
  function(result, t)
    t.equal(1, t.row(result, { congress = "XII" }).n)
    t.equal(2, t.row(result, { congress = "XIII" }).n)
  end)
]==]

local function path_for(name, is_here)
  if is_here then return name .. ".lua" end
  local folder, problem = shelf.own_folder()
  local ok = folder
  if folder then ok, problem = sys.mkdir_private(folder) end
  if not ok then error(problem, 0) end
  return folder .. "/" .. name .. ".lua"
end

local function author()
  local name = os.getenv "USER" or os.getenv "LOGNAME"
  return name and name:find "^[%w_.-]+$" and name or "your name"
end

local function write(path, name)
  if sys.stat(path) then
    err.raise("refused", ("%s is there already"):format(path), {hint = "take another name"})
  end
  local text = SKELETON:gsub("NAME", name, 1):gsub("AUTHOR", author(), 1)
  local ok, problem = sys.write_file_atomic(path, text)
  if not ok then error(problem, 0) end
  return text
end

local function make_yours(path, is_here)
  local entry = assert(shelf.find(is_here and "./" .. path or path))
  local ok, problem = require "vankien.recipe.trust".set(entry, "yours")
  if not ok then error(problem, 0) end
end

function recipe_new.run(options, operands, context)
  local name = operands[1]
  if not metadata.is_name(name) then
    err.raise("usage", ("%q is no name of a recipe"):format(name),
      {hint = "a to z, digits and hyphens: participation-shift"})
  end
  local path = path_for(name, options.here)
  write(path, name)
  make_yours(path, options.here)
  io.stdout:write(path, "\n")
  local given = options.here and "./" .. path or name
  context.say("vankien recipe run %s, vankien recipe test %s", given, given)
  return 0
end

return recipe_new
