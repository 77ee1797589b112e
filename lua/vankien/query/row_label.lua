-- A row in words: how it is printed where one line has to do.

local list = require "vankien.util.list"
local row = require "vankien.query.row"

local row_label = {}

local labels = {}

function labels.documents(r)
  local head = { r.type or "văn bản" }
  if r.number then head[#head + 1] = " " .. r.number end
  local dated = list.filter({ r.issuer or "", r.issued or "" }, function(s) return s ~= "" end)
  if #dated > 0 then head[#head + 1] = " (" .. table.concat(dated, ", ") .. ")" end
  return table.concat(head) .. ": " .. r.title
end

function labels.congresses(r) return ("Đại hội %s (%d)"):format(r.ordinal, r.year) end

function labels.formulas(r)
  return ("“%s” (%s)"):format(r.quote, r.year or r.congress or r.key)
end

function labels.roles(r)
  local years = r.from_year and (" %d–%s"):format(r.from_year, r.to_year or "") or ""
  return ("%s, %s%s"):format(r.role, r.body, years)
end

function labels.passages(r)
  local path = r.path ~= "" and r.path .. ": " or ""
  return path .. require("vankien.host.text").cut(r.text, 80)
end

local function plain_label(info, r)
  for _, column in ipairs(info.columns) do
    if info.kind[column] == "text" and rawget(r, column) then
      local n = rawget(r, "n")
      return (n and n .. ". " or "") .. tostring(rawget(r, column))
    end
  end
  return ("%s %s"):format(info.name, tostring(rawget(r, "id")))
end

--- A row in one line.
--- Shape: row -> text.
--- Units: none.
--- Errors: raises usage when it is no row.
--- Source: none.
function row_label.of(self)
  local mt = row.own_metatable(self, "tostring")
  local named = not mt.selected and labels[mt.row_info.name]
  return named and named(self) or plain_label(mt.row_info, self)
end

return row_label
