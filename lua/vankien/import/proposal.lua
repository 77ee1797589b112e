-- What a document says of itself at its head, where nobody else says it: proposed, and taken only
-- when a person, or --yes, agrees.  Rows of JSON Lines and CSV have columns for that and are not
-- looked at.

local text_head = require "vankien.text.head"

local proposal = {}

--- What the head of a text says of what is not given.
--- Shape: draft, settled metadata, {congresses=} -> list of {key=, value=, line=, words=}, empty
---   where it says nothing new.
--- Units: line of the text that is kept.
--- Errors: none.
--- Source: none.
---@param draft table
---@param meta table of metadata.settle
---@param options table
function proposal.find(draft, meta, options)
  local found = {}
  for _, entry in ipairs(text_head.read(draft.bytes, draft.body + 1)) do
    local open = meta[entry.key] == nil or (entry.key == "title" and meta.title_assumed)
      or (entry.key == "type" and meta.type_assumed)
    local unknown = entry.key == "congress" and options.congresses
      and not options.congresses[entry.value]
    if open and not unknown then found[#found + 1] = entry end
  end
  return found
end

--- The same as a layer for metadata.settle.
--- Shape: list of proposal.find, place -> list of {key=, value=, place=}.
--- Units: place is "file:line".
--- Errors: none.
--- Source: none.
---@param found table
---@param place string
function proposal.layer(found, place)
  local layer = {}
  for n, entry in ipairs(found) do
    layer[n] = { key = entry.key, value = entry.value, place = ("%s:%d"):format(place, entry.line) }
  end
  return layer
end

local function listed(found)
  local words = {}
  for n, entry in ipairs(found) do
    words[n] = ('%s "%s" (line %d)'):format(entry.key, entry.value, entry.line)
  end
  return table.concat(words, ", ")
end

--- What is said of it: that it was taken, or how to take it.
--- Shape: list of proposal.find, taken or not -> string.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param found table
---@param taken boolean
function proposal.note(found, taken)
  if taken then return "its head says " .. listed(found) end
  return ("its head says %s; not taken: --yes takes it"):format(listed(found))
end

return proposal
