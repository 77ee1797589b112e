-- Texts among the metadata: one, a list, one in two languages.

local problems = require "vankien.recipe.problems"

local texts = {}

local MOST_BYTES = 65536            -- of a text; documents of a fixture are no longer
local LANGUAGES = problems.names {"vi", "en"}

--- Check a text.
--- Shape: problems, value, path -> text | nil.
--- Units: 65,536 bytes at most.
--- Errors: none; they are noted.
--- Source: none.
function texts.one(found, value, path)
  if type(value) ~= "string" then
    found:add(path, "a text is wanted, not " .. problems.said(value))
  elseif not utf8.len(value) then
    found:add(path, "the text is not UTF-8")
  elseif not value:find "%S" then
    found:add(path, "the text is empty")
  elseif #value > MOST_BYTES then
    found:add(path, ("a text of %d bytes; %d at most"):format(#value, MOST_BYTES))
  else
    return value
  end
end

--- Check a list of texts.
--- Shape: problems, value, path, what they are ("tags") -> list, empty when there is none.
--- Units: as texts.one.
--- Errors: none; they are noted.
--- Source: none.
function texts.list(found, value, path, what)
  local list = found:list(value, path, what)
  for i, text in ipairs(list) do texts.one(found, text, found:child(path, i)) end
  return list
end

--- Check a text in two languages, one of them at least: { vi = "…", en = "…" }.
--- Shape: problems, value, path -> {vi=, en=} | nil.
--- Units: as texts.one.
--- Errors: none; they are noted.
--- Source: none.
function texts.bilingual(found, value, path)
  if value == nil then return nil end
  if type(value) ~= "table" then
    found:add(path, "a text in two languages is wanted, not " .. problems.said(value),
      ('%s = { vi = "…", en = "…" }'):format(path:match "[%w_]*$"))
    return nil
  end
  found:keys(value, path, LANGUAGES)
  local vi, en = value.vi, value.en
  if vi ~= nil then texts.one(found, vi, found:child(path, "vi")) end
  if en ~= nil then texts.one(found, en, found:child(path, "en")) end
  if vi == nil and en == nil then
    found:add(path, "no text in Vietnamese and none in English")
  end
  return value
end

return texts
