-- Ranked search: the passages that hold some words, the best first.  The search index says which
-- documents can hold them, the matcher where they do; so what is found, and how it is ranked, does
-- not depend on the index.  Counting is kwic's and shift's: nothing here changes a count.

local arguments = require "vankien.corpus.arguments"
local bm25 = require "vankien.analysis.bm25"
local compile = require "vankien.corpus.compile"
local err = require "vankien.util.err"
local pattern = require "vankien.corpus.pattern"
local result_of = require "vankien.corpus.result"
local scope = require "vankien.corpus.scope"
local search_index = require "vankien.store.search_index"
local search_places = require "vankien.corpus.search_places"
local search_query = require "vankien.corpus.search_query"
local search_rank = require "vankien.corpus.search_rank"
local search_words = require "vankien.corpus.search_words"
local sets = require "vankien.corpus.sets"
local suggest = require "vankien.util.suggest"
local vocabulary = require "vankien.corpus.vocabulary"

local search = {}

local Result = result_of.class "search"

local known = { over = true, limit = true, window = true, sort = true, pattern = "boolean|nil" }

--- Columns of the rows.
search.columns = {
  { name = "rank", type = "integer" }, { name = "score", type = "number", digits = 3 },
  { name = "as_typed", type = "boolean" }, { name = "hits", type = "integer" },
  { name = "document" }, { name = "number" }, { name = "issued" }, { name = "issuer" },
  { name = "congress" }, { name = "title" }, { name = "section" },
  { name = "passage", type = "integer" }, { name = "start", type = "integer" },
  { name = "stop", type = "integer" }, { name = "snippet" },
}

local function checked(given)
  local o = arguments.read(given, known, "search")
  o.window = arguments.window(o.window, 12)
  o.limit = arguments.whole(o.limit, "limit", 1, 100000, 20)
  o.sort = arguments.choice(o.sort, "sort", { "rank", "date" }, "rank")
  return o
end

-- A pattern is one leaf that the index is not asked about.
local function read(store, query, o)
  local is_pattern = o.pattern
  if is_pattern == nil then
    is_pattern = type(query) == "string" and search_query.is_pattern(query)
  end
  if not is_pattern then return search_words.of(store, search_query.read(query)), false end
  if type(query) ~= "string" then err.raise("bad_input", "a search is a text") end
  local leaf = { op = "leaf", tree = pattern.read(query) }
  return { tree = leaf, leaves = { leaf }, notes = {} }, true
end

-- What the matcher looks for: each phrase, and beside it the phrase as it was typed.
local function compiled(store, asked)
  local entries = {}
  local function entry(tree)
    entries[#entries + 1] = { pattern = tree }
    return #entries
  end
  for _, leaf in ipairs(asked.leaves) do
    if not leaf.missing then
      leaf.entry = entry(leaf.tree)
      leaf.typed_entry = leaf.typed and entry(leaf.typed)
    else
      leaf.entry = 0
    end
  end
  return compile.lexicon(entries, nil, function() return vocabulary.of_store(store) end)
end

local pending_sql = [[ UNION ALL SELECT document_id FROM texts
  WHERE document_id NOT IN (SELECT document_id FROM indexed_texts)]]

-- The scope without the documents that cannot hold it, as far as the index knows.
local function narrowed(store, asked, picked, params)
  local query, possible = search_words.ask(asked.tree)
  if not possible then return nil end
  if not query then return picked, params, "all texts of the scope" end
  local pending = search_index.pending(store.conn)
  local sql = ([[SELECT * FROM (%s) WHERE id IN (SELECT rowid FROM search_index
    WHERE search_index MATCH ?%s)]]):format(picked, pending > 0 and pending_sql or "")
  local bound = table.move(params, 1, #params, 1, {})
  bound[#bound + 1] = query
  return sql, bound, pending
end

-- Hits of the passages that are shown, by passage: their documents are gone through again.
local function hits_by_passage(store, lexicon, picked, params, passages)
  local ids, seen = {}, {}
  for _, passage in ipairs(passages) do
    if not seen[passage.document_id] then
      seen[passage.document_id], ids[#ids + 1] = {}, ("%d"):format(passage.document_id)
    end
  end
  local only, bound = scope.only(picked, params, ids)
  local counts = store.conn:scan(scope.stored(only), bound, lexicon, { hits = 10000000 })
  for at = 1, #counts.hits, 7 do
    local of, ordinal = seen[counts.hits[at]], counts.places[at // 7 * 2 + 1]
    of[ordinal] = of[ordinal] or {}
    table.insert(of[ordinal], { unit = counts.hits[at + 1], units = counts.hits[at + 2],
      entry = counts.hits[at + 3] })
  end
  return seen
end

-- Entries whose hits are shown: what is asked not to be there is not.
local function shown_entries(node, set)
  if node.op == "leaf" then set[node.entry] = true end
  for i = 1, node.op == "not" and 1 or #node do shown_entries(node[i], set) end
  return set
end

local function rows_of(store, asked, lexicon, picked, params, best, window)
  if #best == 0 then return {} end
  local hits = hits_by_passage(store, lexicon, picked, params, best)
  local shown = shown_entries(asked.tree, {})
  return search_places.rows(store, best, function(passage)
    local list = {}
    for _, hit in ipairs(hits[passage.document_id][passage.ordinal]) do
      if shown[hit.entry] then list[#list + 1] = hit end
    end
    return list
  end, window)
end

local function missing_notes(store, asked, notes)
  local fold = require "vankien.host.text".bare
  for _, leaf in ipairs(asked.leaves) do
    if leaf.missing then
      local near = {}
      for _, form in store.conn:rows("SELECT form FROM types WHERE kind = 'syllable' AND "
        .. "substr(vk_bare(form), 1, 1) = ? ORDER BY id", { fold(leaf.missing):sub(1, 1) }) do
        near[#near + 1] = form
      end
      local hint = suggest.phrase(leaf.missing, near)
      notes[#notes + 1] = ("no text of the store holds “%s”%s"):format(leaf.missing,
        hint and "; " .. hint or "")
    end
  end
end

local function order_note(found, is_pattern)
  local typed = found.typed < found.total and
    ("; passages with the words as typed (%d) come first"):format(found.typed) or ""
  return ("%s%s; N, n and the mean length (tokens) are those of the passages of the documents that "
    .. "hold what is asked for%s"):format(bm25.variant, is_pattern and ", one term" or "", typed)
end

local function notes_of(store, asked, found, o, is_pattern)
  local notes = {}
  if found.total > #found.rows then
    notes[1] = ("%d of %d passages shown; limit = %d shows all"):format(#found.rows, found.total,
      found.total)
  end
  if #asked.notes > 0 then
    notes[#notes + 1] = "typed without marks, or a beginning: " .. table.concat(asked.notes, "; ")
  end
  missing_notes(store, asked, notes)
  if found.total > 0 and o.sort == "rank" then notes[#notes + 1] = order_note(found, is_pattern) end
  if math.type(found.read) == "integer" and found.read > 0 then
    notes[#notes + 1] = ("texts that are not in the search index yet, read at each search: %d "
      .. "(vankien doctor --reindex)"):format(found.read)
  end
  return notes
end

local function find(store, asked, picked, params, o)
  local sql, bound, how = narrowed(store, asked, picked, params)
  if not sql then return { rows = {}, total = 0, typed = 0, documents = 0 } end
  local lexicon = compiled(store, asked)
  local stream = o.sort == "date" and scope.stream(sql) or scope.stored(sql)
  local counts = store.conn:scan(stream, bound, lexicon, { passages = true })
  local best, total, typed, documents =
    search_rank.best(counts.passages, asked.tree, #lexicon, o.limit, o.sort)
  return {
    rows = rows_of(store, asked, lexicon, picked, params, best, o.window), total = total,
    typed = typed, documents = documents, read = how,
  }
end

--- The passages that hold some words, the best first.
--- Shape: store, text (words that stand together; AND, OR, NOT, NEAR(a, b, 5), brackets, "…",
---   word*, =word; or a pattern), {over = documents, limit = 20, window = 12 | "sentence", sort =
---   "rank" | "date", pattern = true | false} -> result: rows as search_places.rows gives them,
---   total (passages), documents, notes.
--- Units: score: BM25 over passages; window in tokens on either side; a syllable typed without
---   marks stands for every marking of it, one typed with marks for itself.
--- Errors: raises bad_input with a caret for a search that is none, not_found without a text,
---   unknown_name for an option.
--- Source: analysis/bm25.lua, corpus/search_query.lua.
---@param store table
---@param query string
---@param options? table
function search.of(store, query, options)
  local o = checked(options)
  local asked, is_pattern = read(store, query, o)
  local picked, params, over = sets.pick(store, o.over)
  if store.conn:first "SELECT 1 FROM texts LIMIT 1" == nil then
    sets.need_text(store, 0, sets.words(over))
  end
  local found = find(store, asked, picked, params, o)
  return setmetatable({
    title = "search: " .. query, rows = found.rows, columns = search.columns, total = found.total,
    documents = found.documents, notes = notes_of(store, asked, found, o, is_pattern),
    origin = result_of.keep { store = store, options = o, sql = picked, params = params,
      patterns = { query },
      query = sets.words(over) },
  }, Result)
end

return search
