-- What a compiled chunk says of its source: which globals it reads and sets and on which lines,
-- which texts it holds, where it computes with bits.  Reads the format of Lua 5.4's string.dump,
-- of a chunk that this same process compiled; nothing is run.

local err = require "vankien.util.err"

local bytecode = {}

local dump = string.dump            -- taken away from recipes later

local HEADER = 4 + 1 + 1 + 6 + 1 + 1 + 1 + 8 + 8 + 1
local GETTABUP, SETTABUP = 11, 15
local BITWISE = {[29] = true, [30] = true, [31] = true, [32] = true, [33] = true, [41] = true,
  [42] = true, [43] = true, [44] = true, [45] = true, [50] = true}

local Reader = {}
Reader.__index = Reader

function Reader:byte()
  self.at = self.at + 1
  return self.bytes:byte(self.at - 1)
end

-- Seven bits a byte, the high ones first; the last byte has its highest bit set.
function Reader:size()
  local n = 0
  while true do
    local b = self:byte()
    n = n << 7 | b & 0x7F
    if b & 0x80 ~= 0 then return n end
  end
end

function Reader:text()
  local n = self:size()
  if n == 0 then return nil end
  self.at = self.at + n - 1
  return self.bytes:sub(self.at - n + 1, self.at - 1)
end

function Reader:skip(n) self.at = self.at + n end

function Reader:code()
  local code = {}
  for i = 1, self:size() do
    code[i] = ("<I4"):unpack(self.bytes, self.at)
    self.at = self.at + 4
  end
  return code
end

-- Only texts matter; the others keep their places.
function Reader:constants()
  local out = {n = self:size()}
  for i = 1, out.n do
    local kind = self:byte()
    if kind == 0x04 or kind == 0x14 then out[i] = self:text()
    elseif kind == 0x03 or kind == 0x13 then self:skip(8) end
  end
  return out
end

-- The line of each instruction: differences of a byte, and whole numbers where those are too far.
function Reader:lines(first)
  local n, delta = self:size(), {}
  for i = 1, n do delta[i] = ("b"):unpack(self.bytes, self.at + i - 1) end
  self:skip(n)
  local absolute, lines, line = {}, {}, first
  for _ = 1, self:size() do
    local at = self:size()
    absolute[at + 1] = self:size()
  end
  for i = 1, n do
    line = delta[i] == -128 and absolute[i] or absolute[i] or line + delta[i]
    lines[i] = line
  end
  return lines
end

function Reader:names()
  for _ = 1, self:size() do
    self:text()
    self:size()
    self:size()
  end
  local out = {}
  for i = 1, self:size() do out[i] = self:text() end
  return out
end

local function note_globals(found, code, constants, lines, upvalues)
  for i, word in ipairs(code) do
    local op, a, b, c = word & 0x7F, word >> 7 & 0xFF, word >> 16 & 0xFF, word >> 24
    if op == GETTABUP and upvalues[b + 1] == "_ENV" then
      table.insert(found.globals, {name = constants[c + 1], line = lines[i], sets = false})
    elseif op == SETTABUP and upvalues[a + 1] == "_ENV" then
      table.insert(found.globals, {name = constants[b + 1], line = lines[i], sets = true})
    elseif BITWISE[op] and constants.n > 256 then
      found.bits = found.bits or lines[i]
    end
  end
end

local function read_function(reader, found)
  reader:text()
  local first = reader:size()
  reader:size()
  reader:skip(3)
  local code, constants = reader:code(), reader:constants()
  reader:skip(3 * reader:size())
  local nested = reader:size()
  for _ = 1, nested do read_function(reader, found) end
  local lines = reader:lines(first)
  note_globals(found, code, constants, lines, reader:names())
  for i = 1, constants.n do
    if constants[i] then found.texts[constants[i]] = true end
  end
end

--- What a function that was just compiled says.
--- Shape: function -> {globals = list of {name, line, sets}, texts = {text = true}, bits = line of
---   an operation on bits in a function with more than 256 constants, or nil}.
--- Units: lines from 1.
--- Errors: raises internal when this Lua writes another format.
--- Source: Lua 5.4, lundump.c and lopcodes.h.
---@param chunk function
function bytecode.read(chunk)
  local reader = setmetatable({bytes = dump(chunk), at = HEADER + 1}, Reader)
  if reader.bytes:sub(1, 6) ~= "\27Lua\x54\0" then
    err.raise("internal", "this Lua writes another format of compiled code")
  end
  local found = {globals = {}, texts = {}}
  read_function(reader, found)
  table.sort(found.globals, function(a, b)
    if a.line ~= b.line then return a.line < b.line end
    return tostring(a.name) < tostring(b.name)
  end)
  return found
end

-- The text behind the metadata, on its own lines: what stands in `recipe{ … }` uses no name.
local function code_of(bytes, ends)
  local _, lines = bytes:sub(1, ends):gsub("\n", "")
  return ("\n"):rep(lines) .. bytes:sub(ends + 1)
end

--- Compile a recipe, and read what that says.
--- Shape: bytes of the file, last byte of its metadata, name for messages -> as bytecode.read.
--- Units: lines from 1.
--- Errors: raises bad_input for a syntax error.
--- Source: own.
---@param bytes string
---@param ends integer
---@param name string
function bytecode.of(bytes, ends, name)
  local chunk, problem = load(code_of(bytes, ends), "=" .. name, "t", {})
  if chunk then return bytecode.read(chunk) end
  local place, message = problem:match "^(.-:%d+): (.*)$"
  err.raise("bad_input", message or problem, {place = place or name})
end

return bytecode
