-- The ranking of passages in the host, against one that is written here: every passage asked the
-- question, all of them scored and sorted.

local bm25 = require "vankien.analysis.bm25"
local host = require "vankien.host.corpus"
local rng = require "vankien.analysis.rng"
local search_rank = require "vankien.corpus.search_rank"

local RECORD = "<i8I4I4I4I4I4I4"
local PHRASES = 5

-- Documents with passages with counts of phrases; their records as a scan gives them.
local function documents_of(random)
  local documents, records = {}, {}
  for id = 1, random:below(30) do
    local document = { id = id, passages = {}, n = random:below(6), units = random:below(200) }
    for ordinal = 1, document.n do
      local passage = { document_id = id, ordinal = ordinal, length = random:below(40), count = {} }
      for phrase = 1, PHRASES do
        if random:below(3) == 1 then
          passage.count[phrase] = random:below(4)
          records[#records + 1] = RECORD:pack(id, ordinal, passage.length, phrase, 1,
            passage.count[phrase], 0)
        end
      end
      if next(passage.count) then table.insert(document.passages, passage) end
    end
    if #document.passages > 0 then
      records[#records + 1] = RECORD:pack(id, document.n, document.units, 0, 1, 0, 0)
      documents[#documents + 1] = document
    end
  end
  return documents, table.concat(records)
end

local function tree_of(random, depth)
  local ops = { "and", "or", "not" }
  local op = depth < 3 and random:below(3) > 1 and ops[random:below(3)] or "leaf"
  if op == "leaf" then
    local typed = random:below(3)
    return { op = op, entry = random:below(PHRASES + 1) - 1, differs = typed > 1,
      typed_entry = typed == 3 and random:below(PHRASES) or nil }
  end
  local node = { op = op }
  for i = 1, op == "not" and 2 or 1 + random:below(3) do node[i] = tree_of(random, depth + 1) end
  return node
end

local function holds(node, count, may)
  if node.op == "leaf" then return (count[node.entry] or 0) > 0 end
  if node.op == "not" then
    return holds(node[1], count, may) and (may or not holds(node[2], count, may))
  end
  for _, child in ipairs(node) do
    if holds(child, count, may) ~= (node.op == "and") then return node.op == "or" end
  end
  return node.op == "and"
end

local function leaves_of(node, list)
  if node.op == "leaf" then list[#list + 1] = node end
  for i = 1, node.op == "not" and 1 or #node do leaves_of(node[i], list) end
  return list
end

local function score(passage, leaves, with, total, mean)
  passage.score, passage.hits, passage.typed = 0.0, 0, true
  for _, leaf in ipairs(leaves) do
    local n = passage.count[leaf.entry]
    if n then
      passage.score = passage.score + bm25.weight(n, bm25.idf(total, with[leaf.entry]),
        passage.length, mean)
      passage.hits = passage.hits + n
      if leaf.differs and not passage.count[leaf.typed_entry] then passage.typed = false end
    end
  end
end

local function slow(documents, tree)
  local found, leaves, with, total, units = {}, leaves_of(tree, {}), {}, 0, 0
  for entry = 0, PHRASES do with[entry] = 0 end
  for _, document in ipairs(documents) do
    local whole = {}
    for _, passage in ipairs(document.passages) do
      for phrase, n in pairs(passage.count) do whole[phrase] = n end
    end
    if holds(tree, whole, true) then
      total, units = total + document.n, units + document.units
      for _, passage in ipairs(document.passages) do
        for phrase in pairs(passage.count) do with[phrase] = with[phrase] + 1 end
        if holds(tree, passage.count) then found[#found + 1] = passage end
      end
    end
  end
  for i, passage in ipairs(found) do
    score(passage, leaves, with, total, units / math.max(total, 1))
    passage.at = i
  end
  return found
end

local function sorted(found)
  local list = table.move(found, 1, #found, 1, {})
  table.sort(list, function(a, b)
    if a.typed ~= b.typed then return a.typed end
    if a.score ~= b.score then return a.score > b.score end
    return a.at < b.at
  end)
  return list
end

local function facts(list)
  local out = {}
  for i, p in ipairs(list) do
    out[i] = ("%d.%d %d %d %s %.17g"):format(p.document_id, p.ordinal, p.length, p.hits,
      tostring(p.typed), p.score)
  end
  return out
end

local function totals(found)
  local typed, documents, last = 0, 0, nil
  for _, passage in ipairs(found) do
    typed = typed + (passage.typed and 1 or 0)
    if passage.document_id ~= last then documents, last = documents + 1, passage.document_id end
  end
  return { #found, typed, documents }
end

describe("search_rank.best", function()
  it("finds, scores and orders as the long way does", function()
    local random, most = rng.new(20260126), 0
    for _ = 1, 400 do
      local documents, records = documents_of(random)
      local tree = tree_of(random, 0)
      local found = slow(documents, tree)
      local order = { rank = sorted(found), date = found }
      for sort, list in pairs(order) do
        for _, limit in ipairs { 1, 3, 20, 1000 } do
          local best, n, typed, of = search_rank.best(records, tree, PHRASES, limit, sort)
          assert.same(facts { table.unpack(list, 1, math.min(limit, #list)) }, facts(best))
          assert.same(totals(found), { n, typed, of })
        end
      end
      most = math.max(most, #found)
    end
    assert.is_true(most > 40)
  end)

  it("refuses a question that does not go out, or is of other phrases", function()
    local _, records = documents_of(rng.new(1))
    local function refused(steps, leaves, phrases)
      local ok, problem = pcall(host.rank, records, { steps = steps, leaves = leaves or {},
        phrases = phrases or PHRASES, idf = bm25.idf, k1 = 1, b = 1, limit = 1, sort = "rank" })
      assert.is_false(ok)
      return problem
    end
    for _, steps in ipairs { {}, { 1, 2 }, { 0, 1, 0, 2 }, { 0, 1, 1, 2 }, { 0, 1, 1, 0 },
      { 0, PHRASES + 1 }, { 4, 1 }, { 0, 1, 3, 1 << 31 } } do
      assert.equal("usage", refused(steps).code)
    end
    assert.equal("usage", refused({ 0, 1 }, { PHRASES + 1, 0, 0 }).code)
    assert.equal("usage", refused({ 0, 1 }, { 1, PHRASES + 1, 1 }).code)
    assert.equal("usage", refused({ 0, 1 }, {}, 1).code)
    assert.has_error(function() refused { 0, -1 } error "refused as an argument" end)
  end)
end)
