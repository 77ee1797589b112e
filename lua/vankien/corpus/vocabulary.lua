-- The token ids of one store, or of one text, as patterns ask for them: by form, and by the bare
-- form that syllables share when their marks are ignored.

local text = require "vankien.host.text"

local vocabulary = {}

local syllables_sql = "SELECT id, form FROM types WHERE kind = 'syllable' ORDER BY id"

-- Ids by bare form, read once, at the first question.
local function by_bare(each)
  local known
  return function(bare)
    if not known then
      known = {}
      each(function(id, form)
        local key = text.bare(form)
        known[key] = known[key] or {}
        table.insert(known[key], id)
      end)
    end
    return known[bare] or {}
  end
end

--- The vocabulary of a store.
--- Shape: store -> {id = form -> id | nil, bare = bare form -> list of ids}.
--- Units: none.
--- Errors: those of the store.
--- Source: table types.
function vocabulary.of_store(store)
  local conn = store.conn
  return {
    id = function(form) return (conn:first("SELECT id FROM types WHERE form = ?", { form })) end,
    bare = by_bare(function(use)
      for _, id, form in conn:rows(syllables_sql) do
        use(id, form)
      end
    end),
  }
end

--- The vocabulary of a text.
--- Shape: list of types {id=, form=, kind=} as tokenizer:new_types gives -> as vocabulary.of_store.
--- Units: none.
--- Errors: none.
--- Source: none.
function vocabulary.of_types(types)
  local ids = {}
  for _, type in ipairs(types) do ids[type.form] = type.id end
  return {
    id = function(form) return ids[form] end,
    bare = by_bare(function(use)
      for _, type in ipairs(types) do
        if type.kind == "syllable" then use(type.id, type.form) end
      end
    end),
  }
end

return vocabulary
