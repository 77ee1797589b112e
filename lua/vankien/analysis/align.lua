-- Two lists of passages side by side: which belong together, whatever their order.  Passages are
-- lists of syllables here; nothing knows documents.

local align = {}

--- What the measure is called beside a result.
align.variant = "Jaccard index of the distinct pairs of neighbouring syllables"

-- A pair that stands in more passages than these tells little of which belong together.
local COMMON = 40

-- The set of pairs of neighbours; of a single syllable, itself.
local function pairs_of(syllables)
  local set, n = {}, 0
  for i = 1, math.max(#syllables - 1, math.min(#syllables, 1)) do
    local pair = syllables[i] .. " " .. (syllables[i + 1] or "")
    if not set[pair] then set[pair], n = true, n + 1 end
  end
  return set, n
end

--- How much of their wording two passages share.
--- Shape: two lists of syllables -> number from 0 to 1; 0 when both are empty.
--- Units: share of the pairs that either has.
--- Errors: none.
--- Source: Jaccard 1901; Broder 1997 for shingles.
function align.similarity(a, b)
  local set_a, n_a = pairs_of(a)
  local set_b, n_b = pairs_of(b)
  local both = 0
  for pair in pairs(set_a) do both = both + (set_b[pair] and 1 or 0) end
  return n_a + n_b > 0 and both / (n_a + n_b - both) or 0
end

local function index_of(list)
  local index = {}
  for j, syllables in ipairs(list) do
    for pair in pairs((pairs_of(syllables))) do
      index[pair] = index[pair] or {}
      table.insert(index[pair], j)
    end
  end
  return index
end

-- Passages of b that share a telling pair with one of a; without a telling one, any pair.
local function candidates(syllables, index)
  local found, any = {}, {}
  for pair in pairs((pairs_of(syllables))) do
    local places = index[pair]
    for _, j in ipairs(places or {}) do
      any[j] = true
      if #places <= COMMON then found[j] = true end
    end
  end
  return next(found) and found or any
end

local function all_pairs(a, b, least)
  local index, list = index_of(b), {}
  for i, syllables in ipairs(a) do
    for j in pairs(candidates(syllables, index)) do
      local similarity = align.similarity(syllables, b[j])
      if similarity >= least then list[#list + 1] = { a = i, b = j, similarity = similarity } end
    end
  end
  table.sort(list, function(x, y)
    if x.similarity ~= y.similarity then return x.similarity > y.similarity end
    local near_x, near_y = math.abs(x.a / #a - x.b / #b), math.abs(y.a / #a - y.b / #b)
    if near_x ~= near_y then return near_x < near_y end
    if x.a ~= y.a then return x.a < y.a end
    return x.b < y.b
  end)
  return list
end

-- Pairs whose order is the same on both sides: the heaviest rising run; the others have moved.
local function mark_moved(matches, weight)
  local best, before = {}, {}
  for i, match in ipairs(matches) do
    best[i] = weight(match)
    for k = 1, i - 1 do
      if matches[k].b < match.b and best[k] + weight(match) > best[i] then
        best[i], before[i] = best[k] + weight(match), k
      end
    end
  end
  local last
  for i = 1, #matches do if not last or best[i] > best[last] then last = i end end
  for _, match in ipairs(matches) do match.moved = true end
  while last do
    matches[last].moved, last = false, before[last]
  end
end

--- Passages of two lists that belong together, the most similar ones first taken, each once.
--- Shape: two lists of lists of syllables, least similarity -> list of {a, b, similarity, moved} in
---   the order of the first list.
--- Units: a and b are places in the lists; moved: not in the heaviest part (by syllables) that has
---   the same order on both sides.
--- Errors: none.
--- Source: greedy matching; longest increasing subsequence with weights.
---@param a table
---@param b table
---@param least number
function align.match(a, b, least)
  local taken_a, taken_b, matches = {}, {}, {}
  for _, pair in ipairs(all_pairs(a, b, least)) do
    if not taken_a[pair.a] and not taken_b[pair.b] then
      taken_a[pair.a], taken_b[pair.b] = true, true
      matches[#matches + 1] = pair
    end
  end
  table.sort(matches, function(x, y) return x.a < y.a end)
  mark_moved(matches, function(match) return #a[match.a] end)
  return matches
end

return align
