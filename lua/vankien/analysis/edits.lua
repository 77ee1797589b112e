-- Shortest edit scripts over lists of keys, and moves found in them. Keys only: no text here.

local edits = {}

local LIMIT = 1500      -- edits in the middle; beyond, the trace would take too much memory

local function common_ends(a, b)
  local head, tail, least = 0, 0, math.min(#a, #b)
  while head < least and a[head + 1] == b[head + 1] do head = head + 1 end
  while tail < least - head and a[#a - tail] == b[#b - tail] do tail = tail + 1 end
  return head, tail
end

-- Furthest places on each diagonal, one table for each number of edits.
local function forward(a, b, a0, b0, n, m)
  local v, trace = {[1] = 0}, {}
  for d = 0, math.min(n + m, LIMIT) do
    local row = {}
    for k = -d, d, 2 do
      local down = k == -d or (k ~= d and v[k - 1] < v[k + 1])
      local x = down and v[k + 1] or v[k - 1] + 1
      local y = x - k
      while x < n and y < m and a[a0 + x + 1] == b[b0 + y + 1] do x, y = x + 1, y + 1 end
      row[k] = x
      if x >= n and y >= m then
        trace[d] = row
        return trace, d
      end
    end
    trace[d] = row
    for k, x in pairs(row) do v[k] = x end
  end
  return nil
end

-- Single steps from the end of the trace back to its start, newest first.
local function backward(trace, d, n, m)
  local steps, x, y = {}, n, m
  while d > 0 do
    local row, k = trace[d - 1], x - y
    local down = k == -d or (k ~= d and (row[k - 1] or -1) < (row[k + 1] or -1))
    local k_before = down and k + 1 or k - 1
    local x_before = row[k_before]
    local y_before = x_before - k_before
    while x > x_before and y > y_before and x > 0 and y > 0
      and (x - x_before > (down and 0 or 1) or y - y_before > (down and 1 or 0)) do
      steps[#steps + 1] = "same"
      x, y = x - 1, y - 1
    end
    steps[#steps + 1] = down and "insert" or "delete"
    x, y, d = x_before, y_before, d - 1
  end
  for _ = 1, x do steps[#steps + 1] = "same" end
  return steps
end

local function push(ops, kind, in_a, in_b, at)
  local last = ops[#ops]
  if not last or last.kind ~= kind then
    last = {kind = kind, a_from = at.a + 1, b_from = at.b + 1}
    ops[#ops + 1] = last
  end
  at.a, at.b = at.a + in_a, at.b + in_b
  last.a_to, last.b_to = at.a, at.b
end

-- In every stretch of changes the deletions first, then the insertions.
local function grouped(steps, ops, at)
  local deleted, inserted = 0, 0
  local function flush()
    if deleted > 0 then push(ops, "delete", deleted, 0, at) end
    if inserted > 0 then push(ops, "insert", 0, inserted, at) end
    deleted, inserted = 0, 0
  end
  for i = #steps, 1, -1 do
    if steps[i] == "delete" then deleted = deleted + 1
    elseif steps[i] == "insert" then inserted = inserted + 1
    else
      flush()
      push(ops, "same", 1, 1, at)
    end
  end
  flush()
end

--- Shortest script of deletions and insertions that turns one list into another.
--- Shape: two lists of strings -> list of ops (kind = same|delete|insert, a_from, a_to, b_from,
---   b_to; an empty side has to = from − 1), cut (true when the middle was given up).
--- Units: places in the lists, from 1.
--- Errors: none checked.
--- Source: Myers 1986, An O(ND) difference algorithm.
function edits.script(a, b)
  local head, tail = common_ends(a, b)
  local n, m = #a - head - tail, #b - head - tail
  local ops, at, cut = {}, {a = 0, b = 0}, false
  if head > 0 then push(ops, "same", head, head, at) end
  local trace, d = forward(a, b, head, head, n, m)
  if trace then
    grouped(backward(trace, d, n, m), ops, at)
  else
    cut = true
    push(ops, "delete", n, 0, at)
    push(ops, "insert", 0, m, at)
  end
  if tail > 0 then push(ops, "same", tail, tail, at) end
  return ops, cut
end

-- Longest equal run of a[a_from..a_to] and b[b_from..b_to]: length, places, words that count.
local function longest_run(a, b, deletion, insertion, is_mark)
  local best, best_a, best_b = 0, nil, nil
  local before = {}
  for i = deletion.a_from, deletion.a_to do
    local row = {}
    for j = insertion.b_from, insertion.b_to do
      if a[i] == b[j] then
        row[j] = (before[j - 1] or 0) + 1
        if row[j] > best then best, best_a, best_b = row[j], i, j end
      end
    end
    before = row
  end
  local words = 0
  for i = (best_a or 0) - best + 1, best_a or 0 do
    if not is_mark(a[i]) then words = words + 1 end
  end
  return best, best_a, best_b, words
end

local function best_move(ops, a, b, least, is_mark)
  local best
  for i, deletion in ipairs(ops) do
    for j, insertion in ipairs(ops) do
      if deletion.kind == "delete" and insertion.kind == "insert" then
        local length, at_a, at_b, words = longest_run(a, b, deletion, insertion, is_mark)
        if words >= least and (not best or words > best.words) then
          best = {words = words, length = length, a_to = at_a, b_to = at_b, del = i, ins = j}
        end
      end
    end
  end
  return best
end

-- Cut an op in up to three, the middle one of another kind.
local function carve(op, kind, side, from, to, move)
  local parts = {}
  local function add(part_kind, first, last)
    if first > last then return end
    local new = {kind = part_kind, a_from = op.a_from, a_to = op.a_to, b_from = op.b_from,
      b_to = op.b_to}
    new[side .. "_from"], new[side .. "_to"] = first, last
    parts[#parts + 1] = new
    return new
  end
  add(op.kind, op[side .. "_from"], from - 1)
  add(kind, from, to).move = move
  add(op.kind, to + 1, op[side .. "_to"])
  return parts
end

local function replaced(ops, move, number)
  local out = {}
  for i, op in ipairs(ops) do
    local parts = {op}
    if i == move.del then
      parts = carve(op, "moved_from", "a", move.a_to - move.length + 1, move.a_to, number)
    elseif i == move.ins then
      parts = carve(op, "moved_to", "b", move.b_to - move.length + 1, move.b_to, number)
    end
    table.move(parts, 1, #parts, #out + 1, out)
  end
  return out
end

--- Turn equal runs of deletions and insertions into moves, the longest first.
--- Shape: ops of script, the two lists, least number of words, is_mark(key) -> list of ops.
--- Units: words that are not marks.
--- Errors: none checked.
--- Source: greedy longest common run (Heckel 1978 in spirit).
function edits.moves(ops, a, b, least, is_mark)
  local number, work = 0, 0
  for _, op in ipairs(ops) do
    if op.kind == "delete" then work = work + op.a_to - op.a_from + 1 end
  end
  if work > LIMIT then return ops end
  while true do
    local move = best_move(ops, a, b, least, is_mark)
    if not move then return ops end
    number = number + 1
    ops = replaced(ops, move, number)
  end
end

return edits
