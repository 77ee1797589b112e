-- The lock file: which text of each dependency a recipe ran with.
--
--   file    := "vankien-lock 1\n" {section}
--   section := pin "\n" {"  " pin "\n"}       the recipe, then all it uses, also through others
--   pin     := name " " version " " sha256
--
-- Lines and sections stand by name: two versions of a file differ by what changed.

local err = require "vankien.util.err"
local guarded = require "vankien.recipe.guarded"
local list = require "vankien.util.list"
local lpeg = require "lpeg"
local range = require "vankien.recipe.range"
local sys = require "vankien.host.sys"

local lock = {}

local HEAD = "vankien-lock 1"
local MAX_BYTES, MAX_LINE = 1 << 20, 512

--- The name of a lock file in its folder.
lock.name = "vankien.lock"

local P, R, S, C, Cg, Ct, Cc = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cg, lpeg.Ct, lpeg.Cc

local word = C((R("az", "09") + "-") ^ 1)
local version = C((R("az", "AZ", "09") + S ".-") ^ 1)
local hex = R("09", "af")
local hash = C(hex * hex ^ -63)
local pin = Ct(Cg(P "  " * Cc(true), "used") ^ -1 * Cg(word, "name") * " " * Cg(version, "version")
  * " " * Cg(hash, "hash")) * -1

local function damaged(path, n, what)
  return nil, err.new("integrity", what, { place = ("%s:%d"):format(path, n),
    hint = "remove the file, and it is made again from what is on the shelves" })
end

local function read_pin(line)
  local found = #line <= MAX_LINE and pin:match(line)
  if found and #found.hash == 64 and range.version(found.version) then return found end
end

-- Put a pin where it belongs; a sentence when it cannot be there.
local function place(sections, found)
  local last = sections[#sections]
  if not found.used then
    if lock.find(sections, found.name) then return "the recipe stands here twice" end
    sections[#sections + 1] = { name = found.name, version = found.version, hash = found.hash,
      uses = {} }
    return
  end
  if not last then return "a dependency before any recipe" end
  for _, other in ipairs(last.uses) do
    if other.name == found.name then return "the dependency stands here twice" end
  end
  last.uses[#last.uses + 1] = { name = found.name, version = found.version, hash = found.hash }
end

--- Read the text of a lock file.
--- Shape: bytes, name for messages -> list of {name=, version=, hash=, uses = list of {name=,
---   version=, hash=}} | nil, err.
--- Units: none.
--- Errors: nil, integrity with the line for anything that is not as this program writes it.
--- Source: own.
---@param bytes string
---@param path string
function lock.read(bytes, path)
  if #bytes > MAX_BYTES then return damaged(path, 1, "the file is too long") end
  local sections, n = {}, 0
  for line, ending in bytes:gmatch "([^\n]*)(\n?)" do
    if line == "" and ending == "" then break end
    n = n + 1
    if ending == "" then return damaged(path, n, "the line has no end") end
    if n == 1 and line ~= HEAD then return damaged(path, n, "this is no lock file of ours") end
    local found = n > 1 and read_pin(line)
    if n > 1 and not found then return damaged(path, n, "this is no pin") end
    local wrong = found and place(sections, found)
    if wrong then return damaged(path, n, wrong) end
  end
  return sections
end

local function by_name(a, b) return a.name < b.name end

local function pin_line(of) return ("%s %s %s"):format(of.name, of.version, of.hash) end

--- The text of a lock file.
--- Shape: list of sections as lock.read gives them -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param sections table
function lock.text(sections)
  local out = { HEAD }
  for _, section in ipairs(list.stable_sort(sections, by_name)) do
    out[#out + 1] = pin_line(section)
    for _, used in ipairs(list.stable_sort(section.uses, by_name)) do
      out[#out + 1] = "  " .. pin_line(used)
    end
  end
  return table.concat(out, "\n") .. "\n"
end

--- The section of a recipe.
--- Shape: list of sections, name -> section, its place | nil.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param sections table
---@param name string
function lock.find(sections, name)
  for i, section in ipairs(sections) do
    if section.name == name then return section, i end
  end
end

--- Read a lock file.
--- Shape: path -> list of sections, empty where there is no file | nil, err.
--- Units: none.
--- Errors: nil, integrity when it is damaged; bad_input when it is no regular file; io.
--- Source: own.
---@param path string
function lock.load(path)
  local bytes, problem = sys.read_file(path, MAX_BYTES)
  if bytes then return lock.read(bytes, path) end
  if problem.code == "not_found" then return {} end
  return nil, problem
end

--- Put the section of one recipe into a lock file; the others stay.
--- Shape: path, section -> true | nil, err.
--- Units: none.
--- Errors: nil, integrity when the file is damaged; io, full, busy.
--- Source: own.
---@param path string
---@param section table
function lock.save(path, section)
  return guarded.change(path, MAX_BYTES, function(bytes)
    local sections, problem = lock.read(bytes, path)
    if not sections then return nil, problem end
    local _, at = lock.find(sections, section.name)
    sections[at or #sections + 1] = section
    return lock.text(sections)
  end, tonumber("644", 8))
end

return lock
