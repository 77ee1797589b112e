-- A random sample of all places where phrases stand: counted document by document first, drawn by
-- number, and only the documents that hold a drawn one are gone through again.

local rng = require "vankien.analysis.rng"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"

local kwic_sample = {}

local function places_in(counts, g, width)
  local n = 0
  for i = 1, width do
    n = n + counts.free[g][i] + counts.nested[g][i] + counts.overlapped[g][i]
  end
  return n
end

-- `n` different numbers from 1 to `total`, each set as likely (Floyd's algorithm).
local function draw(total, n, seed)
  local drawn, random = {}, rng.new(seed)
  for last = math.max(total - n, 0) + 1, total do
    local number = random:below(last)
    drawn[drawn[number] and last or number] = true
  end
  return drawn
end

-- The drawn places of each document by their number in it; ids in order; places to go through.
local function by_document(counts, sizes, drawn)
  local places, ids, through, before = {}, {}, 0, 0
  for g, id in ipairs(counts.groups) do
    for k = 1, sizes[g] do
      if drawn[before + k] then
        if not places[id] then
          places[id], ids[#ids + 1] = {}, ("%d"):format(id)
          through = through + sizes[g]
        end
        places[id][k] = true
      end
    end
    before = before + sizes[g]
  end
  return places, ids, through
end

-- Hits of a scan that were drawn, as it gives them.
local function kept(counts, drawn)
  local flat, places = counts.hits, counts.places
  local hits, stand, number, document = {}, {}, 0, nil
  for at = 1, #flat, 7 do
    number = flat[at] == document and number + 1 or 1
    document = flat[at]
    if drawn[document][number] then
      table.move(flat, at, at + 6, #hits + 1, hits)
      table.move(places, at // 7 * 2 + 1, at // 7 * 2 + 2, #stand + 1, stand)
    end
  end
  return { groups = counts.groups, hits = hits, places = stand }
end

--- A sample of places.
--- Shape: store, lexicon, SQL of a scope, parameters, {sample=, seed=} -> {groups=, hits=, places=
---   as conn:scan gives them}, number of all places.
--- Units: places of any kind, free, nested and overlapped.
--- Errors: interrupted; those of the store.
--- Source: Floyd, in Bentley & Floyd 1987.
function kwic_sample.of(store, lexicon, picked, params, options)
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { per_document = true })
  local sizes, total = {}, 0
  for g in ipairs(counts.groups) do
    sizes[g] = places_in(counts, g, #lexicon)
    total = total + sizes[g]
  end
  if total == 0 then return { groups = {}, hits = {}, places = {} }, 0 end
  local drawn = draw(total, options.sample, options.seed)
  local places, ids, through = by_document(counts, sizes, drawn)
  local narrowed, bound = scope.only(picked, params, ids)
  local again = scan.run(store, lexicon, scope.stream(narrowed), bound, { hits = through })
  return kept(again, places), total
end

return kwic_sample
