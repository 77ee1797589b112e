-- In how many passages of each group a phrase stands, nested or free.

local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"

local shift_passages = {}

local RECORD, BYTES = "<i8I4I4I4I4I4I4", 32

local function zeros(groups, width)
  local list = {}
  for g = 1, groups do
    list[g] = {}
    for i = 1, width do list[g][i] = 0 end
  end
  return list
end

-- One record for each passage and phrase (host/corpus.h, vk_passage_count).
local function all(records, at_of, with)
  for at = 1, #records, BYTES do
    local _, _, _, phrase, group = RECORD:unpack(records, at)
    if phrase > 0 then
      local column = with[at_of[group]]
      column[phrase] = column[phrase] + 1
    end
  end
  return with
end

-- The passages of hits that are left, each counted once for a phrase: hits come by place.
local function of_hits(counts, with)
  local id, ordinal, seen
  local flat = counts.hits
  for at = 1, #flat, 7 do
    local passage = counts.places[at // 7 * 2 + 1]
    if flat[at] ~= id or passage ~= ordinal then id, ordinal, seen = flat[at], passage, {} end
    local column, index = with[flat[at + 6]], flat[at + 3]
    if not seen[index] then column[index], seen[index] = column[index] + 1, true end
  end
  return with
end

--- Passages with each phrase, by group and phrase.
--- Shape: store, lexicon, SQL of a scope, parameters, counts of scan.run with `at` (name -> group;
---   with `repeated`: those of shift_reuse, whose hits are counted) -> list of lists.
--- Units: passages.
--- Errors: interrupted; those of the store.
--- Source: host/spread.c.
function shift_passages.of(store, lexicon, picked, params, counts)
  local with = zeros(#counts.groups, #lexicon)
  if counts.repeated then return of_hits(counts, with) end
  local found = scan.run(store, lexicon, scope.stored(picked), params, { passages = true })
  local at_of = {}
  for g, key in ipairs(found.groups) do
    at_of[g] = counts.at[key == false and "(none)" or tostring(key)]
  end
  return all(found.passages, at_of, with)
end

return shift_passages
