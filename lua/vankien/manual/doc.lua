-- Doc comments (`---`) of our own sources as entries.  The sources stand in the program, so what
-- help says is what the code says.
--
-- An entry: {module =, name = as written ("methods.where", "shift.of"), line =, args =, summary =,
--   shape =, units =, errors =, source =, params = {{name =, type =, text =}, …}}.

local embed = require "vankien.host.embed"

local doc = {}

local FIELDS = {Shape = "shape", Units = "units", Errors = "errors", Source = "source"}

-- "--- Shape: a -> b" and the lines that go on with it.
local function read_block(block)
  local entry, at = {params = {}}, "summary"
  for _, line in ipairs(block) do
    local name, kind, text = line:match "^@param%s+([%w_.]+%??)%s+(%S+)%s*(.*)$"
    local label, rest = line:match "^(%u%l+):%s*(.*)$"
    if name then
      table.insert(entry.params, {name = name, type = kind, text = text})
      at = nil
    elseif line:find "^@" then
      at = nil
    elseif FIELDS[label] then
      at = FIELDS[label]
      entry[at] = rest
    elseif at and line ~= "" then
      entry[at] = entry[at] and entry[at] .. " " .. line:gsub("^%s+", "") or line
    end
  end
  return entry
end

local function declared(line)
  local name, args = line:match "^function ([%w_.:]+)(%b())"
  if name then return (name:gsub(":", ".")), args end
  return line:match "^([%a_][%w_.]*%.[%w_]+)%s*="
end

--- The documented functions and values of a source.
--- Shape: text, name of its module -> list of entries, in their order.
--- Units: line counts from 1.
--- Errors: none.
--- Source: own.
---@param source string
---@param module string
---@return table[]
function doc.parse(source, module)
  local entries, block, n = {}, nil, 0
  for line in (source .. "\n"):gmatch "(.-)\n" do
    n = n + 1
    local text = line:match "^%-%-%-%s?(.*)$"
    if text then
      block = block or {}
      block[#block + 1] = text
    elseif block then
      local name, args = declared(line)
      if name then
        local entry = read_block(block)
        entry.module, entry.name, entry.args, entry.line = module, name, args, n
        entries[#entries + 1] = entry
      end
      block = nil
    end
  end
  return entries
end

--- What a source says of itself: the comment it begins with.
--- Shape: text -> text on one line.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param source string
---@return string
function doc.purpose(source)
  local lines = {}
  for line in source:gmatch "(.-)\n" do
    local text = line:match "^%-%-%s(.*)$"
    if not text or text == "" then break end
    lines[#lines + 1] = text
  end
  return table.concat(lines, " ")
end

--- "lua/vankien/util/err.lua" -> "vankien.util.err"
local function module_of(path)
  return (path:gsub("^lua/", ""):gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", "."))
end

-- Where Lua comes from a folder while developing, the program's own list still names the files.
local function paths()
  local list = embed.list "lua/vankien/"
  local files = {}
  local function add(path)
    if path:find "%.lua$" then
      files[#files + 1] = path
    elseif not path:find "%.%w+$" then
      for _, name in ipairs(embed.list(path .. "/")) do add(name) end
    end
  end
  for _, path in ipairs(list) do add(path) end
  return files
end

--- Every module of the program with its purpose and entries.
--- Shape: nothing -> list of {name =, purpose =, entries =}, sorted by name.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return table[]
function doc.modules()
  local modules = {}
  for _, path in ipairs(paths()) do
    local source = embed.read(path)
    local name = module_of(path)
    modules[#modules + 1] = {
      name = name, purpose = doc.purpose(source), entries = doc.parse(source, name),
    }
  end
  table.sort(modules, function(a, b) return a.name < b.name end)
  return modules
end

return doc
