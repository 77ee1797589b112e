-- Did a wording travel along the edges between documents? Where it first stands, where it is taken
-- up, after how many days and through which edge, and where it stops. An edge shows a possible way,
-- never that the wording came by it.

local check = require "vankien.analysis.check"

local trace = {}

-- Days since 1970-01-01 in the proleptic Gregorian calendar.
local function days_of(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = year // 400
  local of_era = year - era * 400
  local of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

local LENGTH = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

-- A date as its first and last day, so that months and years keep their vagueness.
local function span_of(date, name)
  if type(date) ~= "string" then check.fail("%s must be a date such as 2018-08-08", name) end
  local y, m, d = date:match("^(%d%d%d%d)%-?(%d?%d?)%-?(%d?%d?)$")
  if not y then check.fail('%s must be YYYY, YYYY-MM or YYYY-MM-DD, got "%s"', name, date) end
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if m and (m < 1 or m > 12) or d and (d < 1 or d > LENGTH[m]) then
    check.fail('%s is no date: "%s"', name, date)
  end
  local first = days_of(y, m or 1, d or 1)
  if d then return first, first end
  local next_year, next_month = y, (m or 12) + 1
  if next_month > 12 then next_year, next_month = y + 1, 1 end
  return first, days_of(next_year, next_month, 1) - 1
end

local function key(value, name)
  if type(value) ~= "string" and math.type(value) ~= "integer" then
    check.fail("%s must be a string or a whole number", name)
  end
  return value
end

local function edge_of(edge, name)
  if type(edge) ~= "table" then check.fail("%s must be {from =, to =, kind =}", name) end
  key(edge.from, name .. ".from")
  key(edge.to, name .. ".to")
  return {from = edge.from, to = edge.to, kind = tostring(edge.kind or "related")}
end

local function wanted_kinds(kinds)
  if kinds == nil then return nil end
  local set = {}
  for _, kind in ipairs(check.list(kinds, "kinds", nil, 1)) do set[kind] = true end
  return set
end

--- Documents that can be reached along edges, for questions such as "only what concretises XII".
--- Shape: edges ({from =, to =, kind =}; `from` is the later document that refers to `to`), roots,
---   {kinds = list, direction = "referring"|"referred", depth = any} -> list of {document, depth,
---   via = edge} in order of depth, roots left out; set by document.
--- Units: depth in edges.
--- Errors: raises on malformed edges or roots, unknown options.
--- Source: breadth-first search.
---@param edges table[]
---@param roots table
---@param options? table
function trace.reach(edges, roots, options)
  edges = check.list(edges, "edges", edge_of, 0)
  roots = check.list(roots, "roots", key, 1)
  options = check.options(options, {kinds = true, direction = true, depth = true})
  local kinds = wanted_kinds(options.kinds)
  local direction = check.choice(options.direction, "direction", {"referring", "referred"},
    "referring")
  local limit = options.depth and check.size(options.depth, "depth") or math.maxinteger
  local near, far = "to", "from"
  if direction == "referred" then near, far = "from", "to" end
  local seen, found, queue = {}, {}, {}
  for i, root in ipairs(roots) do seen[root], queue[i] = true, {document = root, depth = 0} end
  for _, at in ipairs(queue) do
    for _, edge in ipairs(edges) do
      if edge[near] == at.document and at.depth < limit and not seen[edge[far]]
        and (not kinds or kinds[edge.kind]) then
        local step = {document = edge[far], depth = at.depth + 1, via = edge}
        seen[edge[far]] = true
        found[#found + 1], queue[#queue + 1] = step, step
      end
    end
  end
  local set = {}
  for _, step in ipairs(found) do set[step.document] = true end
  return found, set
end

local function document_of(document, name)
  if type(document) ~= "table" then check.fail("%s must be {id =, date =, count =}", name) end
  key(document.id, name .. ".id")
  local first, last = span_of(document.date, name .. ".date")
  return {id = document.id, date = document.date, first = first, last = last,
    count = check.count(document.count or 0, name .. ".count")}
end

local function earlier(a, b)
  if a.first ~= b.first then return a.first < b.first end
  if a.last ~= b.last then return a.last < b.last end
  return tostring(a.id) < tostring(b.id)
end

local function prepare(documents)
  local list, by_id = check.list(documents, "documents", document_of, 0), {}
  for _, document in ipairs(list) do
    if by_id[document.id] then check.fail('document "%s" is listed twice', document.id) end
    by_id[document.id] = document
  end
  table.sort(list, earlier)
  return list, by_id
end

-- Days from one document to another: exact, or a least and a greatest.
local function days_between(a, b)
  local least, greatest = b.first - a.last, b.last - a.first
  return {days = least == greatest and least or nil, least = least, greatest = greatest}
end

-- Edges of a document to earlier bearers of the wording, the nearest first.
local function ways_to(document, edges, by_id, first)
  local ways = {}
  for _, edge in ipairs(edges) do
    local source = edge.from == document.id and by_id[edge.to]
    if source and source.count > 0 and earlier(source, document) then
      local way = days_between(source, document)
      way.document, way.kind, way.from_first = source.id, edge.kind, source == first
      ways[#ways + 1] = way
    end
  end
  table.sort(ways, function(a, b)
    if a.least ~= b.least then return a.least < b.least end
    if a.document ~= b.document then return tostring(a.document) < tostring(b.document) end
    return a.kind < b.kind
  end)
  return ways
end

local function selected_edges(edges, kinds)
  edges, kinds = check.list(edges, "edges", edge_of, 0), wanted_kinds(kinds)
  local list = {}
  for _, edge in ipairs(edges) do
    if not kinds or kinds[edge.kind] then list[#list + 1] = edge end
  end
  return list
end

local function take_up(out, document, first, edges, by_id)
  local step = days_between(first, document)
  step.document, step.date, step.count = document.id, document.date, document.count
  step.via = ways_to(document, edges, by_id, first)
  step.way = step.via[1] and "along an edge" or "no edge from an earlier document that has it"
  out.taken_up[#out.taken_up + 1] = step
end

-- Edges along which the wording could have gone and did not.
local function stops(out, list, edges, by_id, first)
  for _, document in ipairs(list) do
    if document.count == 0 then
      local ways = ways_to(document, edges, by_id, first)
      if #ways > 0 then
        out.stops[#out.stops + 1] = {document = document.id, date = document.date, via = ways}
      end
    end
  end
end

local function notes_of(out, list, edges, by_id)
  local missing = {}
  for _, edge in ipairs(edges) do
    for _, id in ipairs{edge.from, edge.to} do
      if not by_id[id] and not missing[id] then missing[id], out.unread = true, out.unread + 1 end
    end
  end
  if out.unread > 0 then
    out.notes[#out.notes + 1] = ("%d documents on the edges were not searched"):format(out.unread)
  end
  for _, document in ipairs(list) do
    if document.first ~= document.last then
      out.notes[#out.notes + 1] = "some dates are months or years: days lie from least to greatest"
      break
    end
  end
end

--- The way of a wording through documents and the edges between them.
--- Shape: documents ({id =, date =, count = occurrences}, those without it too), edges ({from =,
---   to =, kind =}; `from` is the later one that refers to `to`), {kinds = list} -> result: first,
---   taken_up (document, date, days, via = edges to earlier bearers), stops, last, notes.
--- Units: days; with a vague date days is nil and least, greatest bound it.
--- Errors: raises on malformed dates, documents listed twice, bad counts, unknown options.
--- Source: -
---@param documents table[]
---@param edges table[]
---@param options? table
function trace.follow(documents, edges, options)
  options = check.options(options, {kinds = true})
  local list, by_id = prepare(documents)
  edges = selected_edges(edges, options.kinds)
  local out = {n = #list, taken_up = {}, stops = {}, notes = {}, unread = 0, correction = "none",
    variant = "first attestation, then every later bearer with its edges to earlier bearers"}
  local first
  for _, document in ipairs(list) do
    if document.count > 0 then
      if not first then
        first = document
        out.first = {document = document.id, date = document.date, count = document.count}
      else
        take_up(out, document, first, edges, by_id)
      end
      out.last = {document = document.id, date = document.date, count = document.count}
    end
  end
  notes_of(out, list, edges, by_id)
  if not first then
    out.reason = "the wording stands in none of the documents"
    out.notes[#out.notes + 1] = out.reason
    return out
  end
  stops(out, list, edges, by_id, first)
  return out
end

return trace
