-- Two versions of a recipe: what they may do and say of themselves first, then the lines.

local edits = require "vankien.analysis.edits"
local json = require "vankien.util.json"
local list = require "vankien.util.list"
local permissions = require "vankien.recipe.permissions"

local compare = {}

local CONTEXT = 2               -- equal lines shown around a change

local function changed_line(what, before, after)
  return { kind = "metadata", what = what, before = before, after = after }
end

local function written(value)
  if value == nil then return nil end
  if type(value) == "string" then return value end
  return json.encode(value)
end

local first = { "permissions", "authors", "version", "uses", "params", "returns" }

-- Where a statement stood, and what does not concern a reader.
local left_out = list.set { "file", "ends", "api" }

-- Keys of either metadata, those that matter most first.
local function keys_of(a, b)
  local all = {}
  for _, meta in ipairs { a, b } do
    for key in pairs(meta) do all[key] = not left_out[key] or nil end
  end
  local keys = list.filter(first, function(key) return all[key] end)
  return list.unique(list.concat(keys, list.sorted_keys(all)))
end

local function of_permissions(a, b)
  local before, after = permissions.line(permissions.of(a)), permissions.line(permissions.of(b))
  return before ~= after and changed_line("permissions", before, after) or nil
end

local function metadata(a, b)
  a, b = a or {}, b or {}
  local out = {}
  for _, key in ipairs(keys_of(a, b)) do
    local before, after = written(a[key]), written(b[key])
    if key == "permissions" then
      out[#out + 1] = of_permissions(a, b)
    elseif before ~= after then
      out[#out + 1] = changed_line(key, before, after)
    end
  end
  return out
end

local function lines_of(bytes)
  local out = {}
  for line in (bytes:sub(-1) == "\n" and bytes or bytes .. "\n"):gmatch "([^\n]*)\n" do
    out[#out + 1] = line
  end
  return bytes == "" and {} or out
end

local function add(out, kind, texts, from, to)
  for i = from, to do out[#out + 1] = { kind = kind, line = i, text = texts[i] } end
end

local function add_same(out, b, op, is_first, is_last)
  local from, to = op.b_from, op.b_to
  if to - from + 1 <= 2 * CONTEXT then
    if is_first then from = math.max(from, to - CONTEXT + 1) end
    if is_last then to = math.min(to, from + CONTEXT - 1) end
    return add(out, "same", b, from, to)
  end
  if not is_first then add(out, "same", b, from, from + CONTEXT - 1) end
  if not is_last then
    out[#out + 1] = { kind = "gap" }
    add(out, "same", b, to - CONTEXT + 1, to)
  end
end

local function lines(a, b)
  a, b = lines_of(a), lines_of(b)
  local out, ops = {}, edits.script(a, b)
  if #ops == 1 and ops[1].kind == "same" then return out end
  for i, op in ipairs(ops) do
    if op.kind == "delete" then add(out, "delete", a, op.a_from, op.a_to)
    elseif op.kind == "insert" then add(out, "insert", b, op.b_from, op.b_to)
    else add_same(out, b, op, i == 1, i == #ops) end
  end
  return out
end

--- Compare two recipes.
--- Shape: two of {meta=, bytes=} -> list of {kind = "metadata", what=, before=, after=} and, after
---   those, {kind = "same" | "delete" | "insert" | "gap", line=, text=}.
--- Units: line from 1, in the older text for "delete", else in the newer.
--- Errors: none.
--- Source: Myers 1986 for the lines.
---@param a table
---@param b table
function compare.of(a, b)
  return list.concat(metadata(a.meta, b.meta), lines(a.bytes, b.bytes))
end

local marks = { same = " ", delete = "-", insert = "+" }

--- The comparison as text.
--- Shape: what compare.of gave -> string of lines; "" when nothing changed.
--- Units: none.
--- Errors: none; what is printed must still be made harmless (report/visible.lua).
--- Source: own.
---@param changes table
function compare.text(changes)
  local out = {}
  for i, change in ipairs(changes) do
    if change.kind == "metadata" then
      out[i] = ("%s\n  - %s\n  + %s"):format(change.what, change.before or "(nothing)",
        change.after or "(nothing)")
    elseif change.kind == "gap" then
      out[i] = "      …"
    else
      out[i] = ("%s %4d  %s"):format(marks[change.kind], change.line, change.text)
    end
  end
  return #out > 0 and table.concat(out, "\n") .. "\n" or ""
end

return compare
