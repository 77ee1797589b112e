-- The layer map: who may require or include whom.  A breach names both files.

local sys = require "vankien.host.sys"

-- Low to high.  A module requires only its own folder, lower ones, and vankien.host.*.
local ORDER = {
  "util", "text", "import", "analysis", "report", "store", "query", "corpus", "runner", "env",
  "recipe", "manual", "cli", "repl",
}
local RANK = {}
for i, name in ipairs(ORDER) do RANK[name] = i end

-- Narrower than the order: what these folders may require besides themselves.
local ONLY = {
  util = {}, text = {util = true}, analysis = {util = true}, report = {util = true, text = true},
  import = {util = true, text = true},
  runner = {util = true},
}

-- C modules that a folder must not touch: numbers and tables never see the database.
local NO_HOST = {
  util = {store = true, corpus = true, line = true, text = true},
  text = {store = true, corpus = true, line = true},
  analysis = {store = true, corpus = true, line = true, text = true},
  report = {store = true, corpus = true, line = true},
  import = {store = true, corpus = true, line = true},
}

local function files_under(folder, ending, found)
  found = found or {}
  for _, name in ipairs(assert(sys.listdir(folder))) do
    local path = folder .. "/" .. name
    if sys.stat(path).kind == "dir" then
      files_under(path, ending, found)
    elseif name:sub(-#ending) == ending then
      found[#found + 1] = path
    end
  end
  return found
end

local function read(path)
  return assert(sys.read_file(path, 1 << 20))
end

-- "lua/vankien/util/err.lua" -> "vankien.util.err"
local function module_name(path)
  local name = path:gsub("^lua/", ""):gsub("%.lua$", ""):gsub("/init$", "")
  return (name:gsub("/", "."))
end

-- "vankien.util.err" -> "util"; "vankien" itself is on top of everything but cli and repl.
local function layer(name)
  return name:match "^vankien%.([%w_]+)" or "vankien"
end

local function code_of(path)
  return (read(path):gsub("%-%-%[%[.-%]%]", ""):gsub("%-%-[^\n]*", ""))
end

-- All modules a file requires, anywhere in it.
local function requires(path)
  local list = {}
  for _, how in ipairs { "require%s*%(?%s*", "lazy%.module%s*" } do
    for name in code_of(path):gmatch(how .. "[\"']([%w_.]+[%w_])[\"']") do
      list[#list + 1] = name
    end
  end
  return list
end

-- Those it requires while it loads: on lines that begin at the margin.
local function requires_at_load(path)
  local list = {}
  for line in code_of(path):gmatch "[^\n]+" do
    if line:find "^local" or line:find "^require" or line:find "^return" then
      for name in line:gmatch "require%s*%(?%s*[\"'](vankien[%w_.]*[%w_])[\"']" do
        list[#list + 1] = name
      end
    end
  end
  return list
end

local function breach(from, to)
  local host = to:match "^vankien%.host%.([%w_]+)"
  local a, b = layer(from), layer(to)
  if from == "vankien.util.version" and host then return false end  -- it reads their versions
  if host then return NO_HOST[a] and NO_HOST[a][host] end
  if a == "vankien" or a == b then return false end
  if b == "vankien" then return not RANK[a] or RANK[a] < RANK.env end
  if ONLY[a] then return not ONLY[a][b] end
  if a == "cli" or a == "repl" then return false end
  return not RANK[a] or not RANK[b] or RANK[b] > RANK[a]
end

local lua_files = files_under("lua", ".lua")

describe("layers of the Lua library", function()
  it("knows every folder", function()
    for _, path in ipairs(lua_files) do
      local name = layer(module_name(path))
      assert.is_true(name == "vankien" or RANK[name] ~= nil, path .. " is in no known layer")
    end
  end)

  it("requires only lower layers", function()
    local wrong = {}
    for _, path in ipairs(lua_files) do
      local from = module_name(path)
      for _, to in ipairs(requires(path)) do
        if to:find "^vankien" and breach(from, to) then
          wrong[#wrong + 1] = from .. " requires " .. to
        end
      end
    end
    assert.same({}, wrong)
  end)

  it("requires only modules that exist", function()
    local known, wrong = {}, {}
    for _, path in ipairs(lua_files) do known[module_name(path)] = true end
    for _, path in ipairs(lua_files) do
      for _, to in ipairs(requires(path)) do
        if to:find "^vankien" and not to:find "^vankien%.host%." and not known[to] then
          wrong[#wrong + 1] = path .. " requires " .. to
        end
      end
    end
    assert.same({}, wrong)
  end)

  it("has no cycle", function()
    local graph, state, cycles = {}, {}, {}
    for _, path in ipairs(lua_files) do graph[module_name(path)] = requires_at_load(path) end
    local function visit(name, trail)
      if state[name] == "done" or not graph[name] then return end
      if state[name] == "open" then
        cycles[#cycles + 1] = table.concat(trail, " > ") .. " > " .. name
        return
      end
      state[name] = "open"
      trail[#trail + 1] = name
      for _, to in ipairs(graph[name]) do visit(to, trail) end
      trail[#trail] = nil
      state[name] = "done"
    end
    for _, path in ipairs(lua_files) do visit(module_name(path), {}) end
    assert.same({}, cycles)
  end)
end)

describe("lint", function()
  it("knows the globals of scripts, and no others", function()
    local rules = setmetatable({files = {}}, {__index = _G})
    assert(loadfile(".luacheckrc", "t", rules))()
    local known = table.move(rules.files.examples.read_globals, 1, 200, 1, {})
    table.sort(known)
    assert.same(require "vankien.env".names(), known)
  end)
end)

-- C files that may know Lua besides those named *_lua.[ch].
local KNOWS_LUA = {
  ["host/main.c"] = true, ["host/state.c"] = true, ["host/state.h"] = true,
  ["host/store_bind.h"] = true,
}

local function includes(path, header)
  for name in read(path):gmatch "#include%s*[<\"]([^>\"]+)[>\"]" do
    if name == header then return true end
  end
  return false
end

describe("layers of the host", function()
  local files = files_under("host", ".c", files_under("host", ".h"))

  local function includers(header, allowed)
    local wrong = {}
    for _, path in ipairs(files) do
      if not path:find "^host/tools/" and includes(path, header) and not allowed(path) then
        wrong[#wrong + 1] = path .. " includes " .. header
      end
    end
    return wrong
  end

  it("lets only the store's files include sqlite3.h", function()
    assert.same({}, includers("sqlite3.h", function(path)
      return path:find "^host/store" and not path:find "_lua%."
    end))
    assert.same({}, includers("store_internal.h", function(path)
      return path:find "^host/store" and not path:find "_lua%."
    end))
  end)

  it("lets only bindings and the state's files include lua.h", function()
    local function allowed(path) return KNOWS_LUA[path] or path:find "_lua%.[ch]$" end
    assert.same({}, includers("lua.h", allowed))
    assert.same({}, includers("lauxlib.h", allowed))
    assert.same({}, includers("error_lua.h", allowed))
    assert.same({}, includers("store_lua.h", allowed))
  end)

  it("keeps plain C from printing and exiting", function()
    local wrong = {}
    for _, path in ipairs(files) do
      local plain = not path:find "_lua%.[ch]$" and not path:find "^host/tools/"
        and path ~= "host/main.c" and path ~= "host/interrupt.c"
        and path ~= "host/worker.c"  -- a process that may only end
      local text = plain and read(path):gsub("/%*.-%*/", "") or ""
      for _, call in ipairs {"printf", "fprintf", "puts", "exit", "_exit", "abort"} do
        if text:find("%f[%w_]" .. call .. "%s*%(") then
          wrong[#wrong + 1] = path .. " calls " .. call
        end
      end
    end
    assert.same({}, wrong)
  end)

  it("splits files over 450 lines", function()
    local long = {}
    for _, path in ipairs(files_under("lua", ".lua", files)) do
      local _, lines = read(path):gsub("\n", "")
      if lines > 450 then long[#long + 1] = path .. " has " .. lines .. " lines" end
    end
    assert.same({}, long)
  end)
end)
