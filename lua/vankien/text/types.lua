-- Types of document and the codes that stand for them in a document's number.
-- A code may stand for more than one type: QĐ is Quyết định or Quy định.

local text = require "vankien.host.text"
local suggest = require "vankien.util.suggest"

local types = {}

-- type, codes, name in English (an alias people may type)
local known = {
  { "Nghị quyết", { "NQ" }, "resolution" },
  { "Chỉ thị", { "CT" }, "directive" },
  { "Kết luận", { "KL", "TBKL" }, "conclusion" },
  { "Quyết định", { "QĐ" }, "decision" },
  { "Quy định", { "QĐ", "QĐi" }, "regulation" },
  { "Quy chế", { "QC" }, "statute" },
  { "Hướng dẫn", { "HD" }, "guidance" },
  { "Thông tư", { "TT" }, "circular" },
  { "Thông tư liên tịch", { "TTLT" }, "joint circular" },
  { "Nghị định", { "NĐ" }, "decree" },
  { "Thông báo", { "TB", "TBKL" }, "notice" },
  { "Báo cáo", { "BC" }, "report" },
  { "Tờ trình", { "TTr" }, "submission" },
  { "Chương trình", { "CTr" }, "programme" },
  { "Kế hoạch", { "KH" }, "plan" },
  { "Đề án", { "ĐA" }, "scheme" },
  { "Công văn", { "CV" }, "official letter" },
  { "Công điện", { "CĐ" }, "telegram" },
  { "Sắc lệnh", { "SL" }, "edict" },
  { "Pháp lệnh", { "PL" }, "ordinance" },
  { "Luật", { "L" }, "law" },
  { "Văn bản hợp nhất", { "VBHN" }, "consolidated text" },
  { "Báo cáo chính trị", {}, "political report" },
  { "Cương lĩnh", {}, "platform" },
  { "Điều lệ", {}, "charter of the Party" },
  { "Hiến pháp", {}, "constitution" },
  { "Hiến chương", {}, "charter" },
  { "Công ước", {}, "convention" },
  { "Hiệp ước", {}, "treaty" },
  { "Hiệp định", {}, "agreement" },
  { "Tuyên bố", {}, "statement" },
  { "Tuyên ngôn", {}, "declaration" },
  { "Văn kiện Đại hội", {}, "congress document" },
  { "Nghị quyết Đại hội", {}, "congress resolution" },
}

local by_code, names, codes = {}, {}, {}
local by_name                     -- filled at first use
for _, entry in ipairs(known) do
  names[#names + 1] = entry[1]
  for _, code in ipairs(entry[2]) do
    if not by_code[code] then
      by_code[code] = {}
      codes[#codes + 1] = code
    end
    table.insert(by_code[code], entry[1])
  end
end

local function names_index()
  if by_name then return by_name end
  local index = {}
  for _, entry in ipairs(known) do
    index[text.bare(entry[1])] = entry[1]
    index[entry[3]] = entry[1]
  end
  for _, code in ipairs(codes) do
    local name, of = text.bare(code), by_code[code]
    if #of == 1 then index[name] = index[name] or of[1] end
  end
  by_name = index
  return index
end

--- Types that a code in a number can stand for.
--- Shape: code ("CT") -> list of types, empty when the code is not known.
--- Units: none.
--- Errors: none.
--- Source: Hướng dẫn 36-HD/VPTW (Party); Nghị định 30/2020/NĐ-CP, annex III (State).
---@param code string
function types.of_code(code)
  return table.move(by_code[code] or {}, 1, 8, 1, {})
end

--- All codes that are known.
--- Shape: nothing -> list of strings.
--- Units: none.
--- Errors: none.
--- Source: as types.of_code.
function types.codes() return table.move(codes, 1, #codes, 1, {}) end

--- All type names that are known.
--- Shape: nothing -> list of strings.
--- Units: none.
--- Errors: none.
--- Source: as types.of_code.
function types.names() return table.move(names, 1, #names, 1, {}) end

--- The type a person means: any case, with or without marks, an unambiguous code, or in English.
--- Shape: string -> type | nil, question with the nearest type or nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param word string
function types.canonical(word)
  local found = names_index()[text.bare(word)]
  if found then return found end
  return nil, suggest.phrase(word, names)
end

--- Does a type contradict the code in the document's number?
--- Shape: code or nil, type -> nil when they agree | list of types the code stands for.
--- Units: none; an unknown code and a longer type ("Nghị quyết Đại hội") contradict nothing.
--- Errors: none.
--- Source: none.
---@param code string|nil
---@param type_name string
function types.contradiction(code, type_name)
  local of = code and by_code[code]
  if not of then return nil end
  local given = text.bare(type_name)
  for _, name in ipairs(of) do
    local wanted = text.bare(name)
    if given == wanted or given:sub(1, #wanted + 1) == wanted .. " " then return nil end
  end
  return types.of_code(code)
end

return types
