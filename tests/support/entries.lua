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

--- The text of a small good recipe.
--- options: version, body, more (further metadata, as text).
function entries.text(name, options)
  options = options or {}
  return ([[recipe{
  name = "%s", version = "%s", api = 1, title = { vi = "Thử", en = "A try" },
  authors = { "An <an@example.org>" }, license = "MIT",%s
}

function run(p, ctx)
  %s
end
]]):format(name, options.version or "1.0.0", options.more and "\n  " .. options.more or "",
    options.body or "return { { n = 1 } }")
end

return entries
