-- `vankien version`: the program and the parts it was built from.

local version = {usage = "", options = {}, examples = {
  {"vankien version", "the program, then Lua and the libraries"},
}}

function version.run()
  local of = require "vankien.util.version"
  io.stdout:write(of.text, "\n")
  for _, part in ipairs(of.parts()) do
    io.stdout:write("  ", part[1], " ", tostring(part[2]), "\n")
  end
  return 0
end

return version
