-- Recipes for specs, as recipe/shelf.lua gives them.

local host = require "vankien.host.store"

local entries = {}

--- An entry from metadata and the text after it.
function entries.of(meta, body)
  meta.name, meta.version = meta.name or "thu", meta.version or "1.0.0"
  meta.authors = meta.authors or { "Người thử <thu@example.org>" }
  local bytes = body or ("-- " .. meta.name .. " " .. meta.version .. "\n")
  return {
    name = meta.name, version = meta.version, meta = meta, bytes = bytes, shelf = "file",
    hash = host.sha256(bytes), path = meta.path,
  }
end

--- Run a function with other environment variables.
function entries.with_env(env, fn, ...)
  local getenv = os.getenv
  local _ <close> = setmetatable({}, { __close = function() os.getenv = getenv end })
  os.getenv = function(name)                              -- luacheck: ignore 122
    if env[name] ~= nil then return env[name] or nil end
    return getenv(name)
  end
  return fn(...)
end

return entries
