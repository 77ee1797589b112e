-- How word diffs are laid out for people: each wording with its place, and between them what was
-- taken out and put in.

local cell = require "vankien.report.cell"

local wordings = {}

local function bold(s, options)
  return options.color and "\27[1m" .. s .. "\27[0m" or s
end

local function wording(item, options)
  local place = item.source and ("  (%s)"):format(cell.visible(item.source)) or ""
  return bold(cell.visible(item.label), options) .. place .. "\n" .. cell.block(item.text, options)
end

local function step(row, options)
  local similar = row.similarity and ("%.0f %% of the words are kept"):format(row.similarity * 100)
    or "no words"
  return ("  from %s to %s: %s\n"):format(cell.visible(row.from), cell.visible(row.to), similar)
    .. cell.block(row.diff, options)
end

--- Word diffs as text, without their notes.
--- Shape: result of diff, options as for tables -> string.
--- Units: options.width in terminal columns.
--- Errors: none.
--- Source: own.
---@param result table rows, wordings
---@param options table
---@return string
function wordings.render(result, options)
  local parts = {}
  for i, item in ipairs(result.wordings) do
    parts[#parts + 1] = wording(item, options)
    if result.rows[i] then parts[#parts + 1] = step(result.rows[i], options) end
  end
  return #parts > 0 and table.concat(parts) or "(0 wordings)\n"
end

return wordings
