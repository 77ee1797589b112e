-- Several recipes in one file: one that is sent, and all that it uses.  The same recipes make the
-- same file, byte for byte.
--
--   file := "vankien-bundle 1\n" {part} "end\n"
--   part := "recipe " name " " version " " sha256 " " length "\n" bytes "\n"
--           ["signature " length "\n" bytes "\n"]

local err = require "vankien.util.err"
local host = require "vankien.host.store"
local list = require "vankien.util.list"

local bundle = {}

local HEAD = "vankien-bundle 1\n"
local MOST_PARTS, MOST_RECIPE, MOST_SIGNATURE = 64, 1 << 20, 64 << 10

--- The longest bundle that is read.
bundle.max_bytes = 16 << 20

--- Is this the beginning of a bundle?
--- Shape: bytes -> boolean.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param bytes string
function bundle.is(bytes)
  return bytes:sub(1, #"vankien-bundle ") == "vankien-bundle "
end

local function part_text(entry)
  local out = ("recipe %s %s %s %d\n%s\n"):format(entry.name, entry.version, entry.hash,
    #entry.bytes, entry.bytes)
  if entry.signature then
    out = out .. ("signature %d\n%s\n"):format(#entry.signature, entry.signature)
  end
  return out
end

--- The text of a bundle: the first entry first, the others by name.
--- Shape: list of {name=, version=, hash=, bytes=, signature=} -> string.
--- Units: signature: bytes or nil.
--- Errors: none.
--- Source: own.
---@param entries table
function bundle.text(entries)
  local others = list.stable_sort(list.slice(entries, 2), function(a, b) return a.name < b.name end)
  local parts = list.map(list.concat({ entries[1] }, others), part_text)
  return HEAD .. table.concat(parts) .. "end\n"
end

local function damaged(at_byte, what)
  return nil, err.new("bad_input", ("a damaged bundle: %s at byte %d"):format(what, at_byte))
end

-- `length` bytes and a line end from `at` on; where it goes on.
local function take(bytes, at, length, most)
  local n = #length <= 8 and tonumber(length)
  if not n or n > most or bytes:sub(at + n, at + n) ~= "\n" then return nil end
  return bytes:sub(at, at + n - 1), at + n + 1
end

local function read_part(bytes, at)
  local name, version, hash, length, after =
    bytes:match("^recipe ([%l%d-]+) ([%w.-]+) (%x+) (%d+)\n()", at)
  if not name then return damaged(at, "no recipe") end
  local text, next_at = take(bytes, after, length, MOST_RECIPE)
  if not text then return damaged(after, "a wrong length") end
  local part = { name = name, version = version, hash = hash, bytes = text }
  if host.sha256(text) ~= hash then return damaged(after, name .. " has another hash") end
  length, after = bytes:match("^signature (%d+)\n()", next_at)
  if not length then return part, next_at end
  part.signature, next_at = take(bytes, after, length, MOST_SIGNATURE)
  if not part.signature then return damaged(after, "a wrong length") end
  return part, next_at
end

--- Read a bundle.
--- Shape: bytes -> list of {name=, version=, hash=, bytes=, signature=} | nil, err.
--- Units: none.
--- Errors: nil, bad_input with the byte; a text that is not as its hash says is refused.
--- Source: own.
---@param bytes string
function bundle.read(bytes)
  if #bytes > bundle.max_bytes then return damaged(1, "it is too long") end
  if bytes:sub(1, #HEAD) ~= HEAD then return damaged(1, "another version") end
  local parts, at = {}, #HEAD + 1
  while not (#bytes == at + 3 and bytes:sub(at) == "end\n") do
    if #parts == MOST_PARTS then return damaged(at, "too many recipes") end
    local part, next_at = read_part(bytes, at)
    if not part then return nil, next_at end
    parts[#parts + 1], at = part, next_at
  end
  if #parts == 0 then return damaged(at, "no recipe") end
  return parts
end

return bundle
