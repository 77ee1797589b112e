-- Which document of a store a citation means.  The date or the term decides between documents of
-- one number; where neither does, the candidates are listed and none is taken.

local dates = require "vankien.text.dates"
local list = require "vankien.util.list"
local text = require "vankien.host.text"
local types = require "vankien.text.types"

local citation_targets = {}

local LAST_SESSION = 16           -- above it "Trung ương 18" is a number, not a session

local documents_sql = [[SELECT id, key, type, number, issued, issuer, congress, title, kind
  FROM documents ORDER BY id]]

--- The documents of a store, as citations look them up.
--- Shape: store -> index {all, number = {[number] = list}}.
--- Units: none.
--- Errors: those of the store.
--- Source: none.
function citation_targets.index(store)
  local index = { all = {}, number = {} }
  for _, id, key, kind_of, number, issued, issuer, congress, title, kind in
    store.conn:rows(documents_sql) do
    local d = { id = id, key = key, type = kind_of, number = number, issued = issued,
      issuer = issuer, congress = congress, title = title, kind = kind,
      folded = text.fold(title) }
    index.all[#index.all + 1] = d
    if number then
      index.number[number] = index.number[number] or {}
      table.insert(index.number[number], d)
    end
  end
  return index
end

local function with_number(index, found)
  return index.number[found.number] or {}
end

-- "Nghị quyết số 7" is 07-NQ/TW, 07/NQ-CP or 07/2020/NQ-HĐND.
local function with_serial(index, found)
  local wanted = {}
  for _, code in ipairs(types.codes()) do
    if list.index_of(types.of_code(code), found.type) then
      wanted[#wanted + 1] = "^" .. found.serial .. "%-" .. code .. "/"
      wanted[#wanted + 1] = "^" .. found.serial .. "/%d*/?" .. code .. "%-"
    end
  end
  return list.filter(index.all, function(d)
    for _, shape in ipairs(wanted) do
      if d.number and d.number:find(shape) then return true end
    end
    return false
  end)
end

local function of_session(index, found)
  if found.session <= LAST_SESSION then return {} end
  return with_serial(index, { serial = ("%02d"):format(found.session), type = found.type })
end

-- A section of a report, imported beside it, is not the report.
local function of_congress(index, found)
  local all = list.filter(index.all, function(d)
    local fits = d.type == found.type and d.congress == found.congress
    return fits and (found.type ~= "Nghị quyết" or d.number == nil)
  end)
  local own = list.filter(all, function(d) return d.kind ~= "imported" end)
  return #own > 0 and own or all
end

-- The bare name: when it was adopted, and where, is said by date and congress.
local function name_of(found)
  local name = text.fold(found.text):gsub("%b()", ""):gsub(",? ngày .*", ""):gsub(" khoá .*", "")
    :gsub(" được .*", ""):gsub(" thông qua .*", ""):gsub(" năm ", " "):gsub("%d%d%d%d", "")
  name = name:gsub("^công ước .*luật biển.*", "luật biển")
  return (name:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- "Kết luận của Bộ Chính trị khoá V (tháng 8-1986)": type, issuer and date are all there is.
local function of_issue(index, found)
  return list.filter(index.all, function(d)
    return d.type == found.type and d.issuer == found.issuer and d.issued ~= nil
  end)
end

local function of_name(index, found)
  if found.issuer then return of_issue(index, found) end
  local name, year = name_of(found), found.date and found.date:sub(1, 4)
  return list.filter(index.all, function(d)
    if found.type ~= "Luật" and d.type ~= found.type then return false end
    if not d.folded:find(name, 1, true) then return false end
    return not year or (d.issued and d.issued:sub(1, 4) == year)
  end)
end

local finders = {
  number = with_number, short = with_serial, plenum = of_session, congress = of_congress,
  named = of_name,
}

local of_state = list.set {
  "Quốc hội", "Chính phủ", "Thủ tướng Chính phủ", "Uỷ ban Thường vụ Quốc hội", "Chủ tịch nước",
}

-- What is said of the document must not contradict what is known of it.
local function agrees(d, found)
  if found.date and d.issued and not dates.compatible(d.issued, found.date) then return false end
  if found.congress and d.congress and d.congress ~= found.congress then return false end
  if of_state[found.issuer] and d.number and d.number:find "/TW$" then return false end
  return not (found.type and d.type) or d.type == found.type or found.type == "Luật"
end

-- Nothing cites what is yet to come.
local function is_later(d, citing)
  return citing.issued and d.issued and d.id ~= citing.id and d.issued > citing.issued .. "~"
end

local function narrowed(candidates, found, citing)
  candidates = list.filter(candidates, function(d)
    return agrees(d, found) and not is_later(d, citing)
  end)
  if #candidates < 2 or not found.issuer then return candidates end
  local same = list.filter(candidates, function(d) return d.issuer == found.issuer end)
  return #same > 0 and same or candidates
end

local function is_undated_platform(found)
  return found.type == "Cương lĩnh" and not found.date and not found.congress
end

--- The document that a citation means, or those it may mean.
--- Shape: index, citation of text/citation.lua, citing document {id, issued} -> verdict
---   ("resolved", "itself", "ambiguous", "unresolved"), document or nil, candidates.
--- Units: none.
--- Errors: none.
--- Source: none.
function citation_targets.resolve(index, found, citing)
  local candidates = narrowed(finders[found.form](index, found), found, citing)
  if #candidates == 0 then return "unresolved", nil, candidates end
  if #candidates > 1 or is_undated_platform(found) then return "ambiguous", nil, candidates end
  local only = candidates[1]
  return only.id == citing.id and "itself" or "resolved", only, candidates
end

return citation_targets
