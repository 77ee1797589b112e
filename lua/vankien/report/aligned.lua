-- Two documents side by side, for people: what is the same is counted, what differs is shown.

local cell = require "vankien.report.cell"

local aligned = {}

local SIGNS = {changed = "~", ["only in a"] = "-", ["only in b"] = "+", same = "="}

local function place(section, passage)
  if not passage then return nil end
  return ("%spassage %d"):format(section ~= "" and section .. ", " or "", passage)
end

local function head(row)
  local from, to = place(row.a_section, row.a_passage), place(row.b_section, row.b_passage)
  local where = from and to and "a " .. from .. " · b " .. to or from and "a " .. from or "b " .. to
  local how = row.similarity and row.verdict ~= "same"
    and (", %.0f %% alike"):format(row.similarity * 100) or ""
  return ("  %s %s%s%s\n"):format(SIGNS[row.verdict], cell.visible(where), how,
    row.moved and ", moved" or "")
end

local function entry(row, options)
  if row.verdict == "same" then return head(row) end
  return head(row) .. cell.block(row.diff or row.a_text or row.b_text, options)
end

--- Aligned passages as text, without the notes.
--- Shape: result of align, options as for tables -> string.
--- Units: options.width in terminal columns.
--- Errors: none.
--- Source: own.
---@param result table rows
---@param options table
---@return string
function aligned.render(result, options)
  local parts, same = {}, 0
  local function flush()
    if same > 0 then
      parts[#parts + 1] = ("  = %d passage%s the same\n"):format(same, same == 1 and "" or "s")
    end
    same = 0
  end
  for _, row in ipairs(result.rows) do
    if row.verdict == "same" and not row.moved then
      same = same + 1
    else
      flush()
      parts[#parts + 1] = entry(row, options)
    end
  end
  flush()
  return table.concat(parts)
end

return aligned
