-- `vankien version`: the program and the parts it was built from.

local version = {usage = "", options = {}, examples = {
  {"vankien version", "the program, Lua, SQLite, utf8proc"},
}}

function version.run()
  io.stdout:write(require "vankien.util.version".text, "\n")
  local parts = require "vankien.host.sys".versions or {}
  for _, name in ipairs(require "vankien.util.list".sorted_keys(parts)) do
    io.stdout:write(("  %s %s\n"):format(name, parts[name]))
  end
  return 0
end

return version
