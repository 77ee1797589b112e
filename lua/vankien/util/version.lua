-- The program's name and version, as results and banners state it.

local sys = require "vankien.host.sys"

local version = {}

--- "vankien 0.1.0"
version.text = "vankien " .. sys.version

--- What the program was built from.
--- Shape: nothing -> list of {name, version}.
--- Units: none.
--- Errors: none.
--- Source: the libraries themselves.
---@return table[]
function version.parts()
  local parts = {{"Lua", sys.lua_version}}
  local host = require "vankien.host.store"
  local sqlite = rawget(host, "sqlite_version")
  if sqlite then parts[#parts + 1] = {"SQLite", sqlite} end
  local lpeg = require "lpeg".version
  parts[#parts + 1] = {"LPeg", type(lpeg) == "function" and lpeg() or lpeg}
  parts[#parts + 1] = {"line editor", require "vankien.host.line".library}
  return parts
end

return version
