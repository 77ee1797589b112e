-- Lists: the small verbs that every layer uses.  Nothing changes its argument.

local list = {}

--- Apply a function to each element.
--- Shape: list, function(value, index) -> list.
--- Units: none.
--- Errors: those of the function.
--- Source: none.
function list.map(values, fn)
  local out = {}
  for i, value in ipairs(values) do out[i] = fn(value, i) end
  return out
end

--- Keep the elements for which a function is true.
--- Shape: list, function(value, index) -> list.
--- Units: none.
--- Errors: those of the function.
--- Source: none.
function list.filter(values, fn)
  local out = {}
  for i, value in ipairs(values) do
    if fn(value, i) then out[#out + 1] = value end
  end
  return out
end

--- Where an element first stands.
--- Shape: list, value -> index | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
function list.index_of(values, wanted)
  for i, value in ipairs(values) do
    if value == wanted then return i end
  end
end

--- The elements from one place to another.
--- Shape: list, from, to (the end) -> list.
--- Units: none.
--- Errors: none.
--- Source: none.
function list.slice(values, from, to)
  return table.move(values, from, to or #values, 1, {})
end

--- Each element once, in order of first appearance.
--- Shape: list -> list.
--- Units: none.
--- Errors: none.
--- Source: none.
function list.unique(values)
  local seen, out = {}, {}
  for _, value in ipairs(values) do
    if not seen[value] then
      seen[value] = true
      out[#out + 1] = value
    end
  end
  return out
end

--- A set of the elements.
--- Shape: list -> {[value] = true}.
--- Units: none.
--- Errors: none.
--- Source: none.
function list.set(values)
  local out = {}
  for _, value in ipairs(values) do out[value] = true end
  return out
end

--- The keys of a table, sorted as text, so that no result depends on hash order.
--- Shape: table -> list.
--- Units: none.
--- Errors: none.
--- Source: none.
function list.sorted_keys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b)
    if math.type(a) and math.type(b) then return a < b end
    return tostring(a) < tostring(b)
  end)
  return keys
end

--- One list after the other.
--- Shape: list, list -> list.
--- Units: none.
--- Errors: none.
--- Source: none.
function list.concat(first, second)
  local out = table.move(first, 1, #first, 1, {})
  return table.move(second, 1, #second, #out + 1, out)
end

--- Sort a copy; equal elements keep their order.
--- Shape: list, function(a, b) -> true when a comes first -> list.
--- Units: none.
--- Errors: those of the function.
--- Source: none.
function list.stable_sort(values, before)
  local place, out = {}, {}
  for i, value in ipairs(values) do place[i] = { value, i } end
  table.sort(place, function(a, b)
    if before(a[1], b[1]) then return true end
    if before(b[1], a[1]) then return false end
    return a[2] < b[2]
  end)
  for i, pair in ipairs(place) do out[i] = pair[1] end
  return out
end

return list
