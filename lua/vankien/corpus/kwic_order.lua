-- Lines of a concordance in the order of the words beside the phrase, in the order of the alphabet.
-- Marks and case do not count; of equals the one that came first stays first.

local text = require "vankien.host.text"

local kwic_order = {}

-- Words of one side, the nearest first.
local function key_of(line, side)
  local words = {}
  for _, token in ipairs(text.tokens(line[side])) do
    local at = side == "left" and 1 or #words + 1
    if token.kind ~= "mark" then table.insert(words, at, token.form) end
  end
  return text.collate_key(table.concat(words, " "))
end

--- Sort lines in place.
--- Shape: list of lines as evidence.lines gives them, "left" | "right" -> nothing.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param lines table
---@param side string
function kwic_order.sort(lines, side)
  local keys, at = {}, {}
  for i, line in ipairs(lines) do keys[line], at[line] = key_of(line, side), i end
  table.sort(lines, function(a, b)
    if keys[a] ~= keys[b] then return keys[a] < keys[b] end
    return at[a] < at[b]
  end)
end

return kwic_order
