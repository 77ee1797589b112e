-- Hits of a scan as named fields, and the lines of evidence behind a count.

local evidence = require "vankien.corpus.evidence"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"

local witness = {}

local most = 1000000              -- hits in memory at once

--- The flat hits of a scan as a list.
--- Shape: result of scan.run, lexicon -> list of {document_id, unit, units, phrase, index, kind (0
---   free, 1 nested, 2 overlapped), container, period}; no period in a scope without periods.
--- Units: unit and units in places of the token stream.
--- Errors: none.
--- Source: none.
function witness.hits(counts, lexicon)
  local list, flat, places = {}, counts.hits or {}, counts.places
  for at = 1, #flat, 7 do
    local container, i = flat[at + 5], #list + 1
    list[i] = {
      passage = places[2 * i - 1], first = places[2 * i],
      document_id = flat[at], unit = flat[at + 1], units = flat[at + 2],
      phrase = lexicon[flat[at + 3]].phrase, index = flat[at + 3], kind = flat[at + 4],
      container = container > 0 and lexicon[container].phrase or nil,
      period = evidence.period(counts.groups[flat[at + 6]]),
    }
  end
  return list
end

--- Lines of evidence for the phrases of a lexicon within a scope, oldest document first.
--- Shape: store, lexicon, SQL of a scope, parameters, {per = lines of each phrase in each period,
---   limit = in all, window = 8, any = also nested and overlapped} -> list of evidence.lines;
---   `cut`.
--- Units: window in tokens on either side.
--- Errors: those of the store.
--- Source: none.
function witness.lines(store, lexicon, picked, params, options)
  local counts = scan.run(store, lexicon, scope.stream(picked), params, {
    hits = options.limit and math.min(options.limit, most) or most, hits_per = options.per,
    kinds = not options.any and { free = true } or nil,
  })
  local lines = evidence.of_scan(store, counts, lexicon, { window = options.window })
  lines.cut = counts.cut
  return lines
end

return witness
