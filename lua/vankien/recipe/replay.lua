-- A recorded run again: the same cells, or which ones changed, and because of what.

local edits = require "vankien.analysis.edits"
local json = require "vankien.util.json"
local list = require "vankien.util.list"
local provenance = require "vankien.recipe.provenance"
local record = require "vankien.recipe.record"
local shelf = require "vankien.recipe.shelf"

local replay = {}

--- Find the recipe of a record: the same text wherever it stands, else the one of that name.
--- Shape: record, {store=, file=} -> entry | nil, err.
--- Units: none.
--- Errors: nil, not_found with the nearest name.
--- Source: own.
---@param of table
---@param options? table file: take the recipe from there
function replay.find(of, options)
  options = options or {}
  if options.file then return shelf.find(options.file, options) end
  for _, entry in ipairs(shelf.list(options)) do
    if entry.meta and entry.hash == of.recipe.hash then return entry end
  end
  return shelf.find(of.recipe.name, options)
end

local function cell_text(cell)
  if cell == nil or cell == json.null then return nil end
  if type(cell) == "string" then return cell end
  return json.encode(cell)
end

local function encoded(rows)
  return list.map(rows, json.encode)
end

-- The first texts of a row, so that a person knows which one it is.
local function label(row)
  local words = {}
  for _, cell in ipairs(row) do
    if type(cell) == "string" and #words < 2 then words[#words + 1] = cell end
  end
  return table.concat(words, ", ")
end

local function in_columns(kept, columns)
  local at = {}
  for i, name in ipairs(kept.columns) do at[name] = i end
  return list.map(kept.rows, function(row)
    return json.array(list.map(columns, function(name)
      local cell = at[name] and row[at[name]]
      return cell == nil and json.null or cell or false
    end))
  end)
end

local function add_cells(out, columns, before, now, n)
  for i, name in ipairs(columns) do
    if json.encode(before[i]) ~= json.encode(now[i]) then
      out[#out + 1] = { change = "cell", row = n, of = label(now), column = name,
        before = cell_text(before[i]), now = cell_text(now[i]) }
    end
  end
end

local function add_row(out, change, row, n)
  out[#out + 1] = { change = change, row = n, of = label(row) }
end

-- A run of rows that went and the run that came in its place.
local function add_block(out, columns, before, now, block)
  local went, came = block.a_to - block.a_from + 1, block.b_to - block.b_from + 1
  for i = 0, math.max(went, came) - 1 do
    local a, b = before[block.a_from + i], now[block.b_from + i]
    if i < went and i < came then add_cells(out, columns, a, b, block.b_from + i)
    elseif i < went then add_row(out, "row gone", a, block.a_from + i)
    else add_row(out, "new row", b, block.b_from + i) end
  end
end

-- Deletions and the insertions behind them as one block each.
local function blocks(ops)
  local out = {}
  for i, op in ipairs(ops) do
    local before = ops[i - 1]
    if op.kind == "insert" and before and before.kind == "delete" then
      out[#out].b_from, out[#out].b_to = op.b_from, op.b_to
    elseif op.kind == "delete" then
      out[#out + 1] = { a_from = op.a_from, a_to = op.a_to, b_from = op.b_from,
        b_to = op.b_from - 1 }
    elseif op.kind == "insert" then
      out[#out + 1] = { a_from = op.a_from, a_to = op.a_from - 1, b_from = op.b_from,
        b_to = op.b_to }
    end
  end
  return out
end

local function column_changes(before, now)
  local out = {}
  for _, name in ipairs(before) do
    if not list.index_of(now, name) then
      out[#out + 1] = { change = "column gone", column = name }
    end
  end
  for _, name in ipairs(now) do
    if not list.index_of(before, name) then
      out[#out + 1] = { change = "new column", column = name }
    end
  end
  return out
end

--- Compare the rows of a record with those of now.
--- Shape: two of {columns=, rows=} as record.rows gives them -> list of {change = "cell" |
---   "row gone" | "new row" | "column gone" | "new column", row=, of=, column=, before=, now=};
---   empty: the same.
--- Units: row from 1, in the new result, for "row gone" in the old one; of: the row's first texts.
--- Errors: none.
--- Source: Myers 1986 over whole rows.
---@param before table
---@param now table
function replay.changes(before, now)
  local out = column_changes(before.columns, now.columns)
  local columns = list.filter(now.columns, function(name)
    return list.index_of(before.columns, name) ~= nil
  end)
  local a, b = in_columns(before, columns), in_columns(now, columns)
  for _, block in ipairs(blocks((edits.script(encoded(a), encoded(b))))) do
    add_block(out, columns, a, b, block)
  end
  return out
end

--- Judge a run against its record.
--- Shape: record, provenance of now, result of now -> {verdict = "same" | "changed", changes=,
---   because = sentences}.
--- Units: because: what differs in what both were made from; for the same result too.
--- Errors: none.
--- Source: own.
---@param of table
---@param made table
---@param result table
function replay.judge(of, made, result)
  local changes = replay.changes(of, record.rows(result))
  local because = provenance.differences(of, made)
  if #changes > 0 and #because == 0 then
    because[1] = "nothing that is known differs: the recipe does not give the same twice"
  end
  return { verdict = #changes == 0 and "same" or "changed", changes = changes, because = because }
end

return replay
