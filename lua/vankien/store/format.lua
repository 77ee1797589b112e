-- What marks a file as a store of ours, and of which schema.

local embed = require "vankien.host.embed"

local format = {}

--- Marks a file as a store of ours: "VKN1".
format.application_id = 0x564B4E31

--- The user_version of a store made by this program: the number of its migrations.
--- Shape: nothing -> integer.
--- Units: none.
--- Errors: none.
--- Source: none.
function format.version()
  local n = 0
  for _, name in ipairs(embed.list "db/migrations/") do
    if name:find "%d+[^/]*%.sql$" then n = n + 1 end
  end
  return n
end

return format
