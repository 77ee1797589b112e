-- Asks at the terminal whether what documents say of themselves at their heads is so.

local text = require "vankien.host.text"

local SHOWN_DOCUMENTS, WIDTH = 20, 48

local function show(proposed)
  for n = 1, math.min(#proposed, SHOWN_DOCUMENTS) do
    io.stderr:write(("%s says of itself:\n"):format(proposed[n].place))
    for _, entry in ipairs(proposed[n].head) do
      io.stderr:write(("  %-9s %s  line %d: %s\n"):format(entry.key,
        text.pad(entry.value, WIDTH), entry.line, text.cut(entry.words, WIDTH)))
    end
  end
  if #proposed > SHOWN_DOCUMENTS then
    io.stderr:write(("… and %d more documents\n"):format(#proposed - SHOWN_DOCUMENTS))
  end
end

--- Show what was found, and ask.
--- Shape: list of {place=, head={{key=, value=, line=, words=}, …}} -> boolean.
--- Units: none.
--- Errors: none; no answer is no.
--- Source: none.
---@param proposed table
return function(proposed)
  show(proposed)
  io.stderr:write "take this as it stands? [y/N] "
  local answer = io.stdin:read "l"
  return answer ~= nil and answer:lower():find "^%s*y" ~= nil
end
