-- What the words of a search stand for in one store: the ids of the types that each may be.
-- A syllable typed without marks is any marking of it, one typed with marks only itself; a number
-- or a mark is itself.  From that come what the matcher looks for (pattern trees of id sets) and
-- what the search index is asked (documents that can hold it; nil: it cannot tell).

local json = require "vankien.util.json"
local text = require "vankien.host.text"

local search_words = {}

-- So many forms of one word, and the index is slower than reading.
local MOST_FORMS = 300
-- A beginning that stands for more is no search.
local SHOWN = 8

local bare_sql = [[SELECT vk_bare(form), id, form FROM types
  WHERE kind = 'syllable' AND vk_bare(form) IN (SELECT value FROM json_each(?)) ORDER BY id]]
local prefix_sql = [[SELECT id, form FROM types WHERE kind <> 'mark'
  AND substr(%s, 1, length(?1)) = ?1 ORDER BY id]]

local function is_bare(token)
  return token.kind == "syllable" and not token.exact and text.bare(token.form) == token.form
end

-- Every syllable typed without marks that some phrase has, looked up in one pass over the types.
local function bare_forms(store, phrases)
  local wanted, known = {}, {}
  for _, phrase in ipairs(phrases) do
    for _, token in ipairs(phrase.tokens) do
      if is_bare(token) and not token.prefix and not known[token.form] then
        known[token.form] = { ids = {}, forms = {} }
        wanted[#wanted + 1] = token.form
      end
    end
  end
  if #wanted == 0 then return known end
  for _, bare, id, form in store.conn:rows(bare_sql, { json.encode(wanted) }) do
    local entry = known[bare]
    entry.ids[#entry.ids + 1], entry.forms[#entry.forms + 1] = id, form
  end
  return known
end

local function beginning_with(store, token)
  local sql = prefix_sql:format(is_bare(token) and "vk_bare(form)" or "form")
  local entry = { ids = {}, forms = {} }
  for _, id, form in store.conn:rows(sql, { token.form }) do
    entry.ids[#entry.ids + 1], entry.forms[#entry.forms + 1] = id, form
  end
  return entry
end

local function exactly(store, token)
  local id = store.conn:first("SELECT id FROM types WHERE form = ?", { token.form })
  return { ids = { id }, forms = { id and token.form } }
end

local function forms_of(store, token, bare)
  if token.prefix then return beginning_with(store, token) end
  return is_bare(token) and bare[token.form] or exactly(store, token)
end

-- The syllable as it was typed, where it may be others too.
local function own_id(store, token, entry)
  if #entry.ids < 2 or token.prefix then return entry.ids end
  return exactly(store, token).ids
end

local function query_of(sets)
  local parts = {}
  for i, ids in ipairs(sets) do
    if #ids > MOST_FORMS then return nil end
    parts[i] = table.concat(ids, "|")
  end
  return '"' .. table.concat(parts, " ") .. '"'
end

local function tree_of(sets)
  local tree = { op = "seq" }
  for i, ids in ipairs(sets) do tree[i] = { op = "set", ids = ids } end
  return tree
end

-- “hoi”: hội, hồi, hơi and 11 more
local function word_note(token, entry)
  local shown = table.concat(entry.forms, ", ", 1, math.min(#entry.forms, SHOWN))
  if #entry.forms > SHOWN then shown = ("%s and %d more"):format(shown, #entry.forms - SHOWN) end
  return ("“%s%s”: %s"):format(token.form, token.prefix and "*" or "", shown)
end

local function resolve(store, phrase, bare, notes)
  local any, typed, differs = {}, {}, false
  for i, token in ipairs(phrase.tokens) do
    local entry = forms_of(store, token, bare)
    any[i], typed[i] = entry.ids, own_id(store, token, entry)
    if #any[i] == 0 then
      phrase.missing = phrase.missing or token.form .. (token.prefix and "*" or "")
    end
    if #any[i] > 1 then
      differs = differs or not token.prefix
      if not notes[token.form] then
        notes[token.form], notes[#notes + 1] = true, word_note(token, entry)
      end
    end
  end
  if phrase.missing then return end
  phrase.tree, phrase.query = tree_of(any), query_of(any)
  phrase.differs = differs
  local known = differs
  for _, ids in ipairs(typed) do known = known and #ids > 0 end
  phrase.typed = known and tree_of(typed) or nil
end

local function phrases_in(tree, list)
  if tree.op == "phrase" then list[#list + 1] = tree end
  for _, child in ipairs(tree) do phrases_in(child, list) end
  return list
end

-- a ..n b or b ..n a
local function near_tree(node)
  local a, b = node[1].tree, node[2].tree
  local gap = { op = "gap", n = node.n }
  return { op = "alt", { op = "seq", a, gap, b }, { op = "seq", b, gap, a } }
end

local leaf_of                     -- node, leaves -> node of the tree that is evaluated

local function near_leaf(node, leaves)
  local a, b = node[1], node[2]
  local leaf = { op = "leaf", missing = a.missing or b.missing }
  leaves[#leaves + 1] = leaf
  if leaf.missing then return leaf end
  leaf.tree = near_tree(node)
  leaf.query = a.query and b.query and ("(%s AND %s)"):format(a.query, b.query)
    or a.query or b.query
  return leaf
end

function leaf_of(node, leaves)
  if node.op == "near" then return near_leaf(node, leaves) end
  if node.op == "phrase" then
    local leaf = { op = "leaf", tree = node.tree, typed = node.typed, query = node.query,
      missing = node.missing, differs = node.differs }
    leaves[#leaves + 1] = leaf
    return leaf
  end
  local made = { op = node.op }
  for i, child in ipairs(node) do made[i] = leaf_of(child, leaves) end
  return made
end

local function ask_both(node)
  local parts = {}
  for _, child in ipairs(node) do
    local query, possible = search_words.ask(child)
    if not possible then return nil, false end
    parts[#parts + 1] = query
  end
  return #parts > 0 and "(" .. table.concat(parts, " AND ") .. ")" or nil, true
end

local function ask_either(node)
  local parts, open, some = {}, false, false
  for _, child in ipairs(node) do
    local query, possible = search_words.ask(child)
    some, open = some or possible, open or possible and not query
    if possible then parts[#parts + 1] = query end
  end
  if open or not some then return nil, some end
  return "(" .. table.concat(parts, " OR ") .. ")", true
end

--- What the search index is asked for the documents that can hold a search.
--- Shape: node of search_words.of -> FTS5 query | nil (every document may), boolean: can it occur.
--- Units: none.
--- Errors: none.
--- Source: none.
function search_words.ask(node)
  if node.op == "leaf" then return node.query, not node.missing end
  if node.op == "and" then return ask_both(node) end
  if node.op == "or" then return ask_either(node) end
  return search_words.ask(node[1])
end

--- A search in the ids of one store.
--- Shape: store, tree of search_query.read -> {tree = nodes leaf, and, or, not; leaves = list of
---   {tree, typed (as typed, where the marks were left out), query, missing = a word that no text
---   has}, notes}.
--- Units: none.
--- Errors: those of the store.
--- Source: table types.
---@param store table
---@param tree table
function search_words.of(store, tree)
  local phrases, notes, leaves = phrases_in(tree, {}), {}, {}
  local bare = bare_forms(store, phrases)
  for _, phrase in ipairs(phrases) do resolve(store, phrase, bare, notes) end
  return { tree = leaf_of(tree, leaves), leaves = leaves, notes = notes }
end

return search_words
