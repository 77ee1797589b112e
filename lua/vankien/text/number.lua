-- Numbers of documents, as they are written: Party "25-CT/TW", State "71/NQ-CP",
-- "30/2020/NĐ-CP", laws "59/2020/QH14".  A number is not a key: numbers restart each term.
--
--   number <- prefix? (party / state / law / old / office / joint) !.   case, space, dashes folded
--   party  <- serial "-"? code "/" body                 body TW, TU, BTGTW …; for TW "/CODE/" too
--   state  <- serial "/" (year "/")? code ("-" body)+   body CP, TTg, BNG …
--   law    <- serial "/" year "/" body                  body QH14, UBTVQH15
--   old    <- serial ("-" / "/") body                   body HĐBT, HĐCP, HĐNN, TTg, CP: 217-HĐBT
--   office <- serial "/" letters digit*                 900/UBTVQH11, 285/CCTTHC
--   joint  <- serial "-" body ("-" body)+ "/TTLT"       before 1990: 01-TANDTC-VKSNDTC/TTLT
--   prefix <- (type / code)? "số"? [:.]?
--   serial <- digit{1,5} letter?        year <- digit{4}        code, body <- letter+ digit*

local lpeg = require "lpeg"
local text = require "vankien.host.text"
local err = require "vankien.util.err"
local types = require "vankien.text.types"

local number = {}

local MAX_BYTES = 160

-- Spellings of codes and bodies, in upper case -> the usual one.
local spelled = {
  QD = "QĐ", ND = "NĐ", CD = "CĐ", DA = "ĐA", TTR = "TTr", CTR = "CTr", ["QĐI"] = "QĐi",
  TTG = "TTg", ["TƯ"] = "TW", ["T.Ư"] = "TW", ["T.W"] = "TW", ["HDND"] = "HĐND",
}
local party_bodies = { TW = true, TU = true }
local state_bodies = { CP = true, TTg = true, QH = true, CTN = true, ["HĐBT"] = true,
  ["HĐCP"] = true, ["HĐNN"] = true }

local P, R, S, C, Cg, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cg, lpeg.Ct

local function spell(word) return spelled[word] or word end

local function grammar()
  local digit = R "09"
  local letter = R "AZ" + P "Đ" + P "Ư"
  local word = (letter * (letter + S ".&" * #letter) ^ 0 * digit ^ -2) / spell
  local tail = letter * #S "-/"
  local serial = Cg(C(digit * digit ^ -4 * tail ^ -1), "serial")
  local year = Cg(C(digit * digit * digit * digit), "year")
  local code, body = Cg(word, "code"), Cg(word, "body")
  local bodies = Cg((word * (P "-" * word) ^ 0) / function(...)
    return table.concat({ ... }, "-")
  end, "body")
  local party = serial * S "-/" ^ -1 * code * "/" * bodies
  local law = serial * "/" * year * "/" * body
  local state = serial * "/" * (year * "/") ^ -1 * code * "-" * bodies
  local former = (P "HĐBT" + "HĐCP" + "HĐNN" + "TTG" + "CP") / spell
  local old = serial * S "-/" * Cg(former, "body")
  local office = serial * "/" * Cg(letter * letter * letter ^ 1 * digit ^ -2, "office")
  local joint = serial * S "-/" * Cg(C(word * (P "-" * word) ^ 0), "office") * "/"
    * Cg(P "TTLT" + "TTLN", "code")
  return Ct((joint + party + state + law + old + office) * -1)
end

local shape                       -- built at first use

-- What PDF text makes of "NĐ-CP" where its dashes are no characters.
local lost_dashes = {
  ["NĐCP"] = "/NĐ-CP", NDCP = "/NĐ-CP", NQCP = "/NQ-CP", ["QĐTTG"] = "/QĐ-TTg", CTTTG = "/CT-TTg",
}

local dashes = { "‐", "‑", "‒", "–", "—", "−", "_" }

-- Upper case, NFC, one kind of dash, no white space.
local function compact(s)
  s = s:upper()
  if s:find "[\x80-\xFF_]" then
    s = text.upper(text.nfc(s)):gsub("Ð", "Đ"):gsub("\u{A0}", " ")
    for _, dash in ipairs(dashes) do s = s:gsub(dash, "-") end
  end
  return (s:gsub("%s+", " "):gsub("^ ", ""):gsub("[ .,;:]+$", ""))
end

local prefixes           -- upper-case type names, longest first; built at first use

local function prefix_list()
  if prefixes then return prefixes end
  local made = {}
  for _, name in ipairs(types.names()) do made[#made + 1] = text.upper(name) end
  for _, code in ipairs(types.codes()) do made[#made + 1] = text.upper(code) end
  table.sort(made, function(a, b)
    if #a ~= #b then return #a > #b end
    return a < b
  end)
  prefixes = made
  return made
end

-- The type named in front of a number, and the rest.
local function without_prefix(s)
  if s:find "^%d" then return s end
  local named
  for _, prefix in ipairs(prefix_list()) do
    local after = s:sub(#prefix + 1)
    local fits = after:find "^ ?[%d.:]" or after:find "^ SỐ"
    if fits and s:sub(1, #prefix) == prefix then
      named, s = prefix, after
      break
    end
  end
  s = s:gsub("^ ?SỐ", ""):gsub("^[ .:]+", "")
  return s, named
end

local function padded(serial)
  local digits, tail = serial:match "^(%d+)(.*)$"
  digits = digits:gsub("^0+", "")
  return ("0"):rep(2 - #digits) .. digits .. tail:lower()
end

-- A body of the Party writes "-CODE/", one of the State "/CODE-", however it was typed.
local function system_of(parts, slash_first)
  if parts.office then return "state" end
  if party_bodies[parts.body] then return "party" end
  if state_bodies[parts.body:match "^(%D+)"] then return "state" end
  return slash_first and "state" or "party"
end

local function assemble(parts)
  if parts.office and parts.code then
    return ("%s-%s/%s"):format(parts.serial, parts.office, parts.code)
  end
  if parts.office then return parts.serial .. "/" .. parts.office end
  if not parts.code and not parts.year then return parts.serial .. "-" .. parts.body end
  if parts.system == "party" then
    return ("%s-%s/%s"):format(parts.serial, parts.code, parts.body)
  end
  local middle = parts.year and parts.year .. "/" or ""
  local code = parts.code and parts.code .. "-" or ""
  return ("%s/%s%s%s"):format(parts.serial, middle, code, parts.body)
end

local function refuse(s)
  return nil, err.new("bad_input", ("not a document number: %q"):format(s:sub(1, 60)), {
    hint = 'Party numbers look like "25-CT/TW", State numbers like "71/NQ-CP" or "30/2020/NĐ-CP"',
  })
end

local function readable(s)
  return type(s) == "string" and #s <= MAX_BYTES and utf8.len(s)
end

--- Read a document's number in any of its spellings.
--- Shape: string -> {text=, serial=, code=, body=, year=, system=, types=} | nil, err.
--- Units: serial has at least two digits; year is an integer; system is "party" or "state".
--- Errors: returns nil, bad_input when it is no number of a document.
--- Source: Hướng dẫn 36-HD/VPTW; Nghị định 30/2020/NĐ-CP.
---@param s string "25-CT/TW", "Số: 25 – ct/tw", "Chỉ thị số 25-CT/TW"
function number.parse(s)
  if not readable(s) then return refuse(tostring(s)) end
  local rest, named = without_prefix(compact(s))
  rest = rest:gsub(" ", ""):gsub("/(%w*Đ?)(%u%u%u?)$", function(code, body)
    return lost_dashes[code .. body]
  end)
  shape = shape or grammar()
  local parts = shape:match(rest)
  if not parts then return refuse(s) end
  parts.system = system_of(parts, rest:find "^%d+%a?/" ~= nil)
  local slashes = select(2, rest:gsub("/", "")) > 1
  if parts.system == "party" and parts.year and not party_bodies[parts.body] then
    return refuse(s)
  end
  if parts.system == "state" and slashes and not parts.year then return refuse(s) end
  parts.serial = padded(parts.serial)
  parts.text = assemble(parts)
  parts.year = math.tointeger(parts.year)
  parts.types = types.of_code(parts.code or "")
  parts.named = named
  return parts
end

--- A document's number in its one normal spelling.
--- Shape: string -> string | nil, err.
--- Units: none.
--- Errors: returns nil, bad_input when it is no number of a document.
--- Source: as number.parse.
---@param s string
function number.normalize(s)
  local parts, problem = number.parse(s)
  if not parts then return nil, problem end
  return parts.text
end

--- A reference that gives only serial and type: "Nghị quyết 59", "NQ số 59".
--- Shape: string -> {serial=, code=} | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param s string
function number.short(s)
  if not readable(s) then return nil end
  local rest, named = without_prefix(compact(s))
  if not named or not rest:find "^%d%d?%d?%d?$" then return nil end
  for _, code in ipairs(types.codes()) do
    local upper = text.upper(code)
    if named == upper then return { serial = padded(rest), code = code } end
    for _, name in ipairs(types.of_code(code)) do
      if named == text.upper(name) then return { serial = padded(rest), code = code } end
    end
  end
end

--- Check that a number and a type do not contradict each other.
--- Shape: number as text or as number.parse gives it, type or nil -> true | nil, err.
--- Units: none.
--- Errors: returns nil, bad_input when either is wrong or they contradict each other.
--- Source: none.
---@param s string|table
---@param type_name string|nil
function number.agrees(s, type_name)
  local parts, problem = s, nil
  if type(s) ~= "table" then parts, problem = number.parse(s) end
  if not parts then return nil, problem end
  local of = type_name and types.contradiction(parts.code, type_name)
  if not of then return true end
  return nil, err.new("bad_input", ("number %s contradicts the type %q"):format(
    parts.text, type_name), {
    hint = ("%s in a number stands for %s"):format(parts.code, table.concat(of, " or ")),
  })
end

return number
