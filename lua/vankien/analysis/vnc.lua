-- Variability-based neighbour clustering: periods that stand next to each other are merged, the
-- most alike first. It finds stages; it tests nothing.

local check = require "vankien.analysis.check"

local vnc = {}

local function spread(values, distance)
  local n, sum, squares = #values, 0, 0
  for _, v in ipairs(values) do sum = sum + v end
  local mean = sum / n
  for _, v in ipairs(values) do squares = squares + (v - mean) ^ 2 end
  local sd = math.sqrt(squares / (n - 1))
  if distance == "sd" then return sd end
  if sd == 0 then return 0.0 end
  if mean == 0 then return nil end
  return sd / math.abs(mean)
end

local function pooled(a, b)
  local all = table.move(a, 1, #a, 1, {})
  return table.move(b, 1, #b, #all + 1, all)
end

local function mean(values)
  local sum = 0
  for _, v in ipairs(values) do sum = sum + v end
  return sum / #values
end

-- The neighbours to merge next: the first of the least distances.
local function nearest(clusters, distance, merge)
  local best, at
  for i = 1, #clusters - 1 do
    local a, b = clusters[i].values, clusters[i + 1].values
    if merge == "average" then a, b = {mean(a)}, {mean(b)} end
    local d = spread(pooled(a, b), distance)
    if d and (not best or d < best) then best, at = d, i end
  end
  return at, best
end

local function join(a, b)
  return {first = a.first, last = b.last, from = a.from, to = b.to,
    values = pooled(a.values, b.values)}
end

local function facts(cluster)
  return {first = cluster.first, last = cluster.last, from = cluster.from, to = cluster.to,
    n = #cluster.values, mean = mean(cluster.values)}
end

local function snapshot(clusters)
  local list = {}
  for i, c in ipairs(clusters) do
    list[i] = facts(c)
    if i > 1 then list[i].gap = c.from - clusters[i - 1].to end
  end
  return list
end

local function singles(y, times)
  local clusters = {}
  for i, v in ipairs(y) do
    clusters[i] = {first = i, last = i, from = times[i], to = times[i], values = {v}}
  end
  return clusters
end

local function times_of(options, y)
  local times = {}
  for i = 1, #y do times[i] = i end
  if options.times then times = check.numbers(options.times, "times", 1) end
  check.same_length(y, "y", times, "times")
  for i = 2, #times do
    if times[i] <= times[i - 1] then
      check.fail("times must rise, but times[%d] (%s) is not above times[%d] (%s)",
        i, times[i], i - 1, times[i - 1])
    end
  end
  return times
end

local function run(out, clusters)
  out.stages[#clusters] = snapshot(clusters)
  while #clusters > 1 do
    local i, d = nearest(clusters, out.distance, out.merge)
    if not i then
      out.reason = "the coefficient of variation is undefined where values average 0"
      break
    end
    local joined = join(clusters[i], clusters[i + 1])
    out.merges[#out.merges + 1] = {distance = d, left = facts(clusters[i]),
      right = facts(clusters[i + 1]), joined = facts(joined), clusters = #clusters - 1}
    clusters[i] = joined
    table.remove(clusters, i + 1)
    out.stages[#clusters] = snapshot(clusters)
  end
end

--- Variability-based neighbour clustering of values in order of time.
--- Shape: y, {times, distance = "sd"|"cv", merge = "pool"|"average"} -> result: merges (in order,
---   with
---   left, right, joined and distance), stages[k] (the k clusters: first, last, from, to, mean,
---   gap).
--- Units: distance in units of y (sd) or none (cv); from, to and gap in units of times.
--- Errors: raises on an empty list, NaN, unequal lengths, times that do not rise.
--- Source: Gries & Hilpert 2008: sample sd of the pooled raw values of two neighbours.
---@param y number[]
---@param options? table
function vnc.vnc(y, options)
  y = check.numbers(y, "y", 1)
  options = check.options(options, {times = true, distance = true, merge = true})
  local times = times_of(options, y)
  local out = {n = #y, merges = {}, stages = {}, notes = {}, correction = "none",
    distance = check.choice(options.distance, "distance", {"sd", "cv"}, "sd"),
    merge = check.choice(options.merge, "merge", {"pool", "average"}, "pool")}
  out.variant = ("VNC, %s (sample sd) of %s"):format(out.distance,
    out.merge == "pool" and "pooled raw values" or "cluster averages")
  run(out, singles(y, times))
  if #y < 2 then out.reason = "one period: nothing to merge" end
  for i = 3, #times do
    if math.abs((times[i] - times[i - 1]) - (times[2] - times[1])) > 1e-9 * math.abs(times[i]) then
      out.notes[1] = "steps are uneven: distances compare values; from, to and gap show the times"
      break
    end
  end
  return out
end

return vnc
