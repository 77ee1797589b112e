-- From the tree of a pattern to what the matcher runs: a few plain phrases where it stands for
-- few, else a program of states (Glushkov's automaton: one state a token of the pattern).
-- Sets of states are bits of integers, 64 a word; the layout is in host/pattern.h.

local program = {}

local MAX_SPELLINGS, MAX_TOKENS = 64, 64
local first_wide_id, wide_span = 0xFA00, 1024

-- How many spellings, or more than are wanted.
local function count_spellings(node)
  if node.op == "token" then return 1 end
  if node.op == "set" then return #node.ids end
  if node.op == "loose" or node.op == "any" or node.op == "gap" then return math.huge end
  local n = node.op == "alt" and 0 or 1
  for _, child in ipairs(node) do
    local inner = count_spellings(child)
    n = node.op == "alt" and n + inner or n * inner
  end
  if node.op ~= "repeat" then return n end
  if node.most == math.huge then return math.huge end
  local sum = 0
  for k = node.least, node.most do sum = sum + n ^ k end
  return sum
end

local function joined(heads, tails)
  local list = {}
  for _, head in ipairs(heads) do
    for _, tail in ipairs(tails) do
      list[#list + 1] = table.move(tail, 1, #tail, #head + 1, table.move(head, 1, #head, 1, {}))
    end
  end
  return list
end

local spell                       -- node, vocabulary -> list of lists of ids

local function spell_repeat(node, vocabulary)
  local once, power, list = spell(node[1], vocabulary), { {} }, {}
  for k = 0, node.most do
    if k >= node.least then table.move(power, 1, #power, #list + 1, list) end
    if k < node.most then power = joined(power, once) end
  end
  return list
end

-- A token that the store never saw has no spelling.
function spell(node, vocabulary)
  if node.op == "token" then
    local id = vocabulary.id(node.form)
    return id and { { id } } or {}
  end
  if node.op == "set" then
    local list = {}
    for i, id in ipairs(node.ids) do list[i] = { id } end
    return list
  end
  if node.op == "repeat" then return spell_repeat(node, vocabulary) end
  local list = node.op == "alt" and {} or { {} }
  for _, child in ipairs(node) do
    local inner = spell(child, vocabulary)
    if node.op == "alt" then table.move(inner, 1, #inner, #list + 1, list)
    else list = joined(list, inner) end
  end
  return list
end

local function pack(ids)
  local out = {}
  for i, id in ipairs(ids) do
    local over = id - first_wide_id
    out[i] = over < 0 and ("<I2"):pack(id)
      or ("<I2I2"):pack(first_wide_id + over // wide_span, 0xFC00 + over % wide_span)
  end
  return table.concat(out)
end

--- The plain phrases that a pattern stands for, when it is for few.
--- Shape: tree, vocabulary -> list of units strings (empty: it cannot occur) | nil.
--- Units: at most 64 phrases of at most 64 tokens.
--- Errors: none.
--- Source: none.
function program.spellings(tree, vocabulary)
  if count_spellings(tree) > MAX_SPELLINGS then return nil end
  local list, seen = {}, {}
  for _, ids in ipairs(spell(tree, vocabulary)) do
    if #ids > MAX_TOKENS then return nil end
    local units = pack(ids)
    if not seen[units] then list[#list + 1] = units end
    seen[units] = true
  end
  return list
end

-- Sets of states: integers, state s (from 0) is bit s % 64 of word s // 64 + 1.

local function new_set(words)
  local set = {}
  for i = 1, words do set[i] = 0 end
  return set
end

local function add_all(to, from)
  for i = 1, #to do to[i] = to[i] | from[i] end
end

local function each(set, use)
  for i, word in ipairs(set) do
    for bit = 0, word ~= 0 and 63 or -1 do
      if word >> bit & 1 == 1 then use(64 * (i - 1) + bit) end
    end
  end
end

local function link(made, from, to)
  each(from, function(state) add_all(made.follow[state], to) end)
end

-- A part: states that begin it and end it, and whether it may be left out.
local function empty_part(made)
  return { first = new_set(made.words), last = new_set(made.words), empty = true }
end

local function state_part(made, kind, value)
  local state = made.states
  made.states = state + 1
  made.follow[state], made.kind[state], made.value[state] = new_set(made.words), kind, value
  local part = empty_part(made)
  part.first[state // 64 + 1] = 1 << state % 64
  part.last[state // 64 + 1] = 1 << state % 64
  part.empty = false
  return part
end

-- One part after another; the first one is used up.
local function append(made, part, after)
  link(made, part.last, after.first)
  if part.empty then add_all(part.first, after.first) end
  if after.empty then add_all(after.last, part.last) end
  part.last, part.empty = after.last, part.empty and after.empty
  return part
end

local build                       -- node -> part

local function build_repeat(made, node)
  local part, endless = empty_part(made), node.most == math.huge
  for k = 1, endless and math.max(node.least, 1) or node.most do
    local once = build(made, node[1])
    if k > node.least then once.empty = true end
    if endless and k >= node.least then link(made, once.last, once.first) end
    part = append(made, part, once)
  end
  return part
end

local function build_alt(made, node)
  local part = empty_part(made)
  part.empty = false
  for _, child in ipairs(node) do
    local other = build(made, child)
    add_all(part.first, other.first)
    add_all(part.last, other.last)
    part.empty = part.empty or other.empty
  end
  return part
end

function build(made, node)
  if node.op == "token" then return state_part(made, "form", node.form) end
  if node.op == "loose" then return state_part(made, "bare", node.bare) end
  if node.op == "set" then return state_part(made, "ids", node.ids) end
  if node.op == "any" then return state_part(made, "any") end
  if node.op == "gap" then
    return build_repeat(made, { { op = "any" }, least = 0, most = node.n })
  end
  if node.op == "repeat" then return build_repeat(made, node) end
  if node.op == "alt" then return build_alt(made, node) end
  local part = empty_part(made)
  for _, child in ipairs(node) do part = append(made, part, build(made, child)) end
  return part
end

-- Which states each id satisfies, and those that any token does.
local function accepted(made, vocabulary)
  local any, by_id, ids = new_set(made.words), {}, {}
  for state = 0, made.states - 1 do
    local kind, found = made.kind[state], nil
    if kind == "any" then any[state // 64 + 1] = any[state // 64 + 1] | 1 << state % 64 end
    if kind == "form" then found = { vocabulary.id(made.value[state]) } end
    if kind == "ids" then found = made.value[state] end
    if kind == "bare" then found = vocabulary.bare(made.value[state]) end
    for _, id in ipairs(found or {}) do
      if not by_id[id] then by_id[id], ids[#ids + 1] = new_set(made.words), id end
      by_id[id][state // 64 + 1] = by_id[id][state // 64 + 1] | 1 << state % 64
    end
  end
  table.sort(ids)
  return any, by_id, ids
end

local function written(made, part, vocabulary)
  local any, by_id, ids = accepted(made, vocabulary)
  local out = { made.states, #ids }
  local function put(set) table.move(set, 1, made.words, #out + 1, out) end
  put(part.first)
  put(part.last)
  put(any)
  for state = 0, made.states - 1 do put(made.follow[state]) end
  for _, id in ipairs(ids) do
    out[#out + 1] = id
    put(by_id[id])
  end
  local packed = {}
  for i, word in ipairs(out) do packed[i] = ("<i8"):pack(word) end
  return table.concat(packed)
end

local function count_states(node)
  if node.op == "token" or node.op == "set" or node.op == "loose" or node.op == "any" then
    return 1
  end
  if node.op == "gap" then return node.n end
  local sum = 0
  for _, child in ipairs(node) do sum = sum + count_states(child) end
  if node.op ~= "repeat" then return sum end
  return sum * (node.most == math.huge and math.max(node.least, 1) or node.most)
end

--- The program of a pattern.
--- Shape: tree (also with nodes {op = "set", ids = list}), vocabulary {id = form -> id|nil, bare =
---   bare form -> list of ids} -> bytes as host/pattern.h has them.
--- Units: one state a token of the pattern, repeats written out; 256 at most, see pattern.lua.
--- Errors: none.
--- Source: Glushkov 1961.
function program.compile(tree, vocabulary)
  local made = {
    states = 0, words = (count_states(tree) + 63) // 64, follow = {}, kind = {}, value = {},
  }
  return written(made, build(made, tree), vocabulary)
end

return program
