-- Run the specs with busted inside this program: run.lua [WORD…]
-- Without a word all of tests/spec; with words the spec files whose path has one of them.
-- Prints only what failed, and closes with the counts on a line of their own.

local sys = require "vankien.host.sys"

local SPECS = "tests/spec"

local function spec_files(folder, found)
  for _, name in ipairs(assert(sys.listdir(folder))) do
    local path = folder .. "/" .. name
    if sys.stat(path).kind == "dir" then
      spec_files(path, found)
    elseif name:find "_spec%.lua$" then
      found[#found + 1] = path
    end
  end
  return found
end

local function wanted(path, words)
  if #words == 0 then return true end
  for _, word in ipairs(words) do
    if path:find(word, 1, true) then return true end
  end
  return false
end

local function choose(words)
  local chosen = {}
  for _, path in ipairs(spec_files(SPECS, {})) do
    if wanted(path, words) then chosen[#chosen + 1] = path end
  end
  return chosen
end

-- "describe it": the names from the file down.
local function full_name(busted, element)
  local names = {}
  while element and element.descriptor ~= "file" and element.descriptor ~= "suite" do
    table.insert(names, 1, element.name or element.descriptor)
    element = busted.context.parent(element)
  end
  return table.concat(names, " ")
end

local function indent(text)
  return "  " .. tostring(text):gsub("\n+$", ""):gsub("\n", "\n  ") .. "\n"
end

-- Subscribe to busted's events; counts is filled as the tests end.
local function listen(busted, counts)
  local outcome = {success = "passed", pending = "skipped", failure = "failed", error = "failed"}
  busted.subscribe({"test", "end"}, function(_, _, status)
    counts[outcome[status]] = counts[outcome[status]] + 1
    return nil, true
  end)
  local function problem(element, _, message, trace)
    if element.descriptor ~= "it" then counts.failed = counts.failed + 1 end
    local place = trace and trace.short_src and (trace.short_src .. ":" .. trace.currentline) or ""
    io.stdout:write("\nFAILED ", full_name(busted, element), "  ", place, "\n", indent(message))
    if trace and trace.traceback then io.stdout:write(indent(trace.traceback)) end
    return nil, true
  end
  busted.subscribe({"failure"}, problem)
  busted.subscribe({"error"}, problem)
end

local function run(files)
  local counts = {passed = 0, failed = 0, skipped = 0}
  local busted = require "busted.core" ()
  require "busted"(busted)
  listen(busted, counts)
  local load_files = require "busted.modules.test_file_loader"(busted, {"lua"})
  load_files(files, {""}, {excludes = {}, recursive = false, verbose = false})
  require "busted.execute"(busted)(1, {seed = 1, shuffle = false, sort = false})
  return counts
end

local files = choose(table.move(arg, 1, #arg, 1, {}))
if #files == 0 then
  io.stderr:write("tests/run.lua: no spec file has that in its path\n")
  os.exit(2, true)
end
local counts = run(files)
io.stdout:write(("%d passed, %d failed"):format(counts.passed, counts.failed))
io.stdout:write(counts.skipped > 0 and (", %d skipped\n"):format(counts.skipped) or "\n")
os.exit(counts.failed == 0 and counts.passed > 0 and 0 or 1, true)
