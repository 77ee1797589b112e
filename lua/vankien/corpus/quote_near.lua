-- The passage that comes nearest to a quotation: where most of its short runs of syllables stand
-- together, the window whose words agree best.  The matcher finds the runs; Lua compares only the
-- windows around them.

local diff = require "vankien.analysis.diff"
local lexicon_of = require "vankien.corpus.lexicon"
local quote_parts = require "vankien.corpus.quote_parts"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local text = require "vankien.host.text"

local quote_near = {}

local MOST_HITS = 200000
local MOST_RUNS = 120             -- runs looked for
local MOST_TOKENS = 600           -- of a part that is compared
local LEAST_TOKENS = 3
local DOCUMENTS = 5               -- compared word by word
local REACH = 14                  -- tokens that a window may grow or shrink by at either end

-- Runs of two or three syllables of a part, with the place of each.
local function runs_of(part)
  local tokens, runs, seen = part.tokens, {}, {}
  local n = #tokens >= 20 and 3 or 2
  local step = math.max(1, (#tokens - n) // MOST_RUNS + 1)
  for i = 1, #tokens - n + 1, step do
    local whole = true
    for k = i, i + n - 1 do whole = whole and tokens[k].kind ~= "mark" end
    local phrase = part.text:sub(tokens[i].from, tokens[i + n - 1].to)
    local key = text.fold(phrase)
    if whole and not seen[key] then
      seen[key] = true
      runs[#runs + 1] = phrase
    end
  end
  return runs
end

local function by_document(flat)
  local found, order = {}, {}
  for at = 1, #flat, 7 do
    local id = flat[at]
    if not found[id] then
      found[id] = {}
      order[#order + 1] = id
    end
    table.insert(found[id], { unit = flat[at + 1], run = flat[at + 3] })
  end
  return found, order
end

-- The window of so many units that holds most different runs: first unit, number of runs.
local function densest(hits, width)
  table.sort(hits, function(a, b) return a.unit < b.unit end)
  local count, distinct, left, best, at = {}, 0, 1, 0, nil
  for _, hit in ipairs(hits) do
    count[hit.run] = (count[hit.run] or 0) + 1
    if count[hit.run] == 1 then distinct = distinct + 1 end
    while hits[left].unit < hit.unit - width do
      local run = hits[left].run
      count[run] = count[run] - 1
      if count[run] == 0 then distinct = distinct - 1 end
      left = left + 1
    end
    if distinct > best then best, at = distinct, hits[left].unit end
  end
  return at, best
end

local passages_sql = [[SELECT ordinal, path, text, start, map, first_unit FROM passages
  WHERE document_id = ?1 AND first_unit <= ?3 AND first_unit >=
    (SELECT coalesce(max(first_unit), 0) FROM passages WHERE document_id = ?1 AND first_unit <= ?2)
  ORDER BY ordinal]]

-- Tokens of the passages between two units, cut to them; each knows its passage.
local function region(store, id, from, to)
  local list = {}
  for _, ordinal, path, passage, start, map, first_unit in store.conn:rows(passages_sql,
    { id, math.max(0, from), to }) do
    local home = { ordinal = ordinal, path = path, text = passage, start = start, map = map }
    local tokens = text.tokens(passage)
    for i, token in ipairs(tokens) do
      local unit = first_unit + i - 1
      if unit >= from and unit <= to then
        token.home, token.glued = home, quote_parts.is_glued(passage, tokens, i)
        list[#list + 1] = token
      end
    end
  end
  return list
end

-- Best alignment of all of a within a stretch of b: first and last index in b.
local function aligned(a, b)
  local score, start = {}, {}
  for j = 0, #b do score[j], start[j] = 0, j + 1 end
  for i = 1, #a do
    local diagonal, origin = score[0], start[0]
    score[0] = -i
    for j = 1, #b do
      local match = diagonal + (a[i].form == b[j].form and 2 or -1)
      local from = origin
      diagonal, origin = score[j], start[j]
      if score[j] - 1 > match then match, from = score[j] - 1, start[j] end
      if score[j - 1] - 1 > match then match, from = score[j - 1] - 1, start[j - 1] end
      score[j], start[j] = match, from
    end
  end
  local best = 1
  for j = 2, #b do
    if score[j] > score[best] then best = j end
  end
  return math.min(start[best], best), best
end

local function bag(tokens)
  local counts, n = {}, 0
  for _, token in ipairs(tokens) do
    if token.kind ~= "mark" then
      counts[token.form] = (counts[token.form] or 0) + 1
      n = n + 1
    end
  end
  return counts, n
end

-- Share of words that b[from..to] has in common with the quotation, in any order.
local function agreement(wanted, n, b, from, to)
  local common, words, used = 0, 0, {}
  for j = from, to do
    local token = b[j]
    if token.kind ~= "mark" and not token.glued then
      words = words + 1
      local so_far = used[token.form] or 0
      if so_far < (wanted[token.form] or 0) then common = common + 1 end
      used[token.form] = so_far + 1
    end
  end
  return 2 * common / math.max(1, n + words)
end

-- Words moved over an end of the window are taken in, others left out.
local function fitted(a, b, from, to)
  local wanted, n = bag(a)
  local best, first, last = agreement(wanted, n, b, from, to), from, to
  for i = math.max(1, from - REACH), math.min(to, from + REACH) do
    for j = math.max(i, to - REACH), math.min(#b, to + REACH) do
      local share = b[i].kind ~= "mark" and b[j].kind ~= "mark"
        and agreement(wanted, n, b, i, j) or 0
      if share > best + 1e-9 then best, first, last = share, i, j end
    end
  end
  return first, last
end

local function joined(tokens, from, to)
  local forms = {}
  for j = from, to do
    if not tokens[j].glued then forms[#forms + 1] = tokens[j].form end
  end
  return table.concat(forms)
end

-- The same letters and marks: only white space inside words or glued footnotes differ.
local function same_letters(a, b, from, to)
  local wanted = joined(a, 1, #a)
  for i = math.max(1, from - 3), math.min(#b, from + 3) do
    for j = math.max(i, to - 3), math.min(#b, to + 3) do
      if joined(b, i, j) == wanted then return i, j end
    end
  end
end

local function wording(b, from, to)
  local pieces, home, first = {}, b[from].home, b[from].from
  for j = from, to do
    if b[j].home ~= home then
      pieces[#pieces + 1] = home.text:sub(first)
      home, first = b[j].home, b[j].from
    end
  end
  pieces[#pieces + 1] = home.text:sub(first, b[to].to)
  return table.concat(pieces, " ")
end

-- Share of words kept; a word that moved counts half.
local function similarity_of(words)
  local all = 2 * (words.kept + words.moved) + words.inserted + words.deleted
  return all > 0 and (2 * words.kept + words.moved) / all or 0
end

local function compared(part, b)
  local a = part.tokens
  local from, to = fitted(a, b, aligned(a, b))
  local i, j = same_letters(a, b, from, to)
  if i then from, to = i, j end
  local found = wording(b, from, to)
  local words = diff.words(part.text, found, { fold = text.fold })
  local first, last = b[from], b[to]
  return {
    same = i ~= nil, found = found, diff = diff.text(words), section = first.home.path,
    similarity = i and 1 or similarity_of(words), words = #a,
    start = text.original_offset(first.home.map, first.home.start, first.from - 1),
    stop = text.original_stop(last.home.map, last.home.start, last.to),
  }
end

local function best_of(store, part, id, hits)
  local width = #part.tokens * 3 // 2 + 10
  local at = densest(hits, width)
  local margin = #part.tokens // 2 + REACH + 6
  local tokens = region(store, id, at - margin, at + width + margin)
  return #tokens > 0 and compared(part, tokens) or nil
end

local function scanned(store, part, picked, params)
  local runs = runs_of(part)
  if #runs == 0 or #part.tokens < LEAST_TOKENS or #part.tokens > MOST_TOKENS then return {}, {} end
  local lexicon = lexicon_of.new(runs, "quotation", true)
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { hits = MOST_HITS })
  return by_document(counts.hits or {})
end

-- Documents in the order of how many runs of the longest part stand together there.
local function candidates(found, order, width)
  local list = {}
  for i, id in ipairs(order) do
    local _, runs = densest(found[id], width)
    list[i] = { id = id, runs = runs, order = i }
  end
  table.sort(list, function(a, b)
    if a.runs ~= b.runs then return a.runs > b.runs end
    return a.order < b.order
  end)
  return list
end

local function merged(results)
  local out, words = { same = true, similarity = 0 }, 0
  local found, diffs = {}, {}
  for i, one in ipairs(results) do
    found[i], diffs[i] = one.found, one.diff
    out.same = out.same and one.same
    out.similarity, words = out.similarity + one.similarity * one.words, words + one.words
  end
  out.similarity = out.similarity / words
  out.found, out.diff = table.concat(found, " … "), table.concat(diffs, " … ")
  out.section, out.start, out.stop = results[1].section, results[1].start, results[#results].stop
  for i = 2, #results do
    if results[i].start < results[i - 1].stop then out.out_of_order = true end
  end
  return out
end

--- The places nearest to a quotation, one a document, the nearest first.
--- Shape: store, parts, SQL of a scope, parameters -> list of {document_id, similarity, same,
---   found, diff, section, start, stop, out_of_order}.
--- Units: similarity is the share of words kept, moved ones counted half, 0 to 1; `same`: only
---   white space inside words or footnote numbers differ; offsets as in quote_find.row.
--- Errors: those of the store.
--- Source: Smith & Waterman 1981, the quotation whole; analysis/diff.lua for the words.
function quote_near.places(store, parts, picked, params)
  local scans, longest = {}, 1
  for i, part in ipairs(parts) do
    if #part.tokens > #parts[longest].tokens then longest = i end
    local found, order = scanned(store, part, picked, params)
    scans[i] = { found = found, order = order }
  end
  local main, list = scans[longest], {}
  local ranked = candidates(main.found, main.order, #parts[longest].tokens * 2)
  for n = 1, math.min(DOCUMENTS, #ranked) do
    local id, results = ranked[n].id, {}
    for i, part in ipairs(parts) do
      local hits = scans[i].found[id]
      results[#results + 1] = hits and best_of(store, part, id, hits)
        or { found = "", diff = "[-" .. part.text .. "-]", similarity = 0,
          words = #part.tokens, section = "", start = 0, stop = 0, same = false }
    end
    list[#list + 1] = merged(results)
    list[#list].document_id = id
  end
  table.sort(list, function(a, b)
    if a.similarity ~= b.similarity then return a.similarity > b.similarity end
    return a.document_id < b.document_id
  end)
  return list
end

return quote_near
