-- What a search found, for people: a passage each, where it stands, and an excerpt with its hits
-- between brackets (bold where the terminal can).

local cell = require "vankien.report.cell"
local concordance = require "vankien.report.concordance"

local found = {}

local function marked(s, options)
  if not options.color then return s end
  return (s:gsub("%[", "\27[1m["):gsub("%]", "]\27[0m"))
end

local function place(row)
  local where = concordance.place { number = row.number, title = row.title, issuer = row.issuer,
    issued = row.issued, section = row.section, start = row.start, stop = row.stop,
    document = row.document }
  return row.hits > 1 and ("%s, %d hits"):format(where, row.hits) or where
end

--- Rows of a search as text, without their notes.
--- Shape: result of search, options as for tables -> string.
--- Units: options.width in terminal columns.
--- Errors: none.
--- Source: own.
---@param result table rows
---@param options table
---@return string
function found.render(result, options)
  local parts = {}
  for _, row in ipairs(result.rows) do
    parts[#parts + 1] = ("%4d  "):format(row.rank)
      .. cell.block(place(row), options):gsub("^ +", "", 1)
    parts[#parts + 1] = marked(cell.block(row.snippet, options), options)
  end
  return #parts > 0 and table.concat(parts) or "(no passage)\n"
end

return found
