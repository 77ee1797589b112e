-- Counting a lexicon over a store: one pass in C over token units.
-- Turns phrases into this store's token ids; the rule of counting stands in host/corpus.c.

local compile = require "vankien.corpus.compile"
local text = require "vankien.host.text"

local scan = {}

-- Load just the types that the phrases use: a store has thousands, a lexicon a few.
local function tokenizer_for(store, lexicon)
  local tokenizer, loaded = text.tokenizer(), {}
  for _, entry in ipairs(lexicon) do
    for _, token in ipairs(entry.pattern and {} or text.tokens(entry.phrase)) do
      if not loaded[token.form] then
        loaded[token.form] = true
        local id, kind = store.conn:first("SELECT id, kind FROM types WHERE form = ?",
          { token.form })
        if id then tokenizer:load(token.form, id, kind) end
      end
    end
  end
  return tokenizer
end

--- A lexicon in the token ids of one store.
--- Shape: store, lexicon -> compiled lexicon of vankien.host.corpus.
--- Units: none; a phrase with a syllable that the store has never seen counts 0.
--- Errors: none beyond those of the store.
--- Source: none.
function scan.compile(store, lexicon)
  local tokenizer = tokenizer_for(store, lexicon)
  return compile.lexicon(lexicon, function(phrase) return tokenizer:encode(phrase) end,
    function() return require "vankien.corpus.vocabulary".of_store(store) end)
end

--- Count a lexicon over the rows of a query.
--- Shape: store, lexicon, SQL giving (document_id, period, units), parameters, options
---   -> the result table of conn:scan.
--- Units: occurrences.
--- Errors: interrupted; those of the store.
--- Source: reference definition in README, section "How phrases are counted".
function scan.run(store, lexicon, sql, params, options)
  return store.conn:scan(sql, params, scan.compile(store, lexicon), options or {})
end

return scan
