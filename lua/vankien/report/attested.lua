-- How attestations are laid out for people: each quotation whole, with its year, place, rung
-- and source.  A quotation is evidence, so it is wrapped and never cut.

local cell = require "vankien.report.cell"

local attested = {}

local function heading(row)
  local parts = {tostring(row.year or "")}
  parts[#parts + 1] = row.where
  if row.rung then
    parts[#parts + 1] = ("rung %d, “%s”"):format(row.rung, row.phrase)
  else
    parts[#parts + 1] = "no phrase of the ladder"
  end
  return cell.visible(table.concat(parts, "  "))
end

-- "line 57", but "section VI": only bare numbers need to be told what they number.
local function place(lines)
  if not lines then return "" end
  return lines:find "^%d" and " line " .. lines or ", " .. lines
end

local function origin(row)
  local parts = {row.evidence}
  if row.source then
    parts[#parts + 1] = row.source .. place(row.lines)
  end
  if row.level ~= row.evidence then parts[#parts + 1] = row.level end
  return #parts > 0 and "(" .. cell.visible(table.concat(parts, "; ")) .. ")" or nil
end

local function block(row, options)
  local width = options.width and math.max(options.width - 6, 20)
  local title = heading(row)
  local out = {options.color and "\27[1m" .. title .. "\27[0m" or title}
  for _, line in ipairs(cell.wrap("“" .. cell.visible(row.quote) .. "”", width)) do
    out[#out + 1] = "      " .. line
  end
  local from = origin(row)
  if from then
    for _, line in ipairs(cell.wrap(from, width)) do out[#out + 1] = "      " .. line end
  end
  return table.concat(out, "\n") .. "\n"
end

local function first_lines(first)
  local out = {"\nfirst attestation of each rung\n\n"}
  for _, row in ipairs(first) do
    out[#out + 1] = ("  %d  %s  “%s”, %s\n"):format(row.rung, tostring(row.year),
      cell.visible(row.phrase), cell.visible(row.where or ""))
  end
  return table.concat(out)
end

local function change_lines(changes, options)
  local width = options.width and math.max(options.width - 6, 20)
  local out = {"\nfrom one wording to the next: [-taken out-] {+put in+}\n\n"}
  for _, change in ipairs(changes) do
    out[#out + 1] = ("%s (%d) to %s (%d)\n"):format(cell.visible(change.from), change.from_year,
      cell.visible(change.to), change.to_year)
    for _, line in ipairs(cell.wrap(cell.visible(change.diff), width)) do
      out[#out + 1] = "      " .. line .. "\n"
    end
  end
  return table.concat(out)
end

--- Attestations as text, without their notes.
--- Shape: result of attested, options as for tables -> string.
--- Units: options.width in terminal columns.
--- Errors: none.
--- Source: own.
---@param result table
---@param options table
---@return string
function attested.render(result, options)
  local parts = {}
  for i, row in ipairs(result.rows) do parts[i] = block(row, options) end
  if result.first and #result.first > 0 then parts[#parts + 1] = first_lines(result.first) end
  if result.changes and #result.changes > 0 then
    parts[#parts + 1] = change_lines(result.changes, options)
  end
  return table.concat(parts)
end

return attested
