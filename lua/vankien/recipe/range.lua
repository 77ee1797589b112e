-- Versions of recipes and ranges of them.
--
--   version := number "." number "." number ["-" tag]          1.2.0, 2.0.0-rc.1
--   range   := comparison {spaces comparison} | "*"            >=1.0.0 <2.0.0
--   comparison := [">=" | ">" | "<=" | "<" | "="] version      without a sign: that version alone
--   tag     := (letter | digit | "." | "-") {…}
--
-- All comparisons of a range must hold.  A version with a tag stands before the one without.

local err = require "vankien.util.err"
local lpeg = require "lpeg"

local range = {}

local MAX_BYTES = 256

local P, R, S, C, Ct, Cc, Cg = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Ct, lpeg.Cc, lpeg.Cg

local digit = R "09"
local number = (P "0" * -digit + R "19" * digit ^ -8) / math.tointeger
local tag = P "-" * C((R("az", "AZ", "09") + S ".-") ^ 1)
local version = Ct(number * "." * number * "." * number * Cg(tag, "tag") ^ -1)
local sign = Cg(P ">=" + "<=" + S "<>=", "sign") * P " " ^ 0 + Cg(Cc "=", "sign")
local comparison = Ct(sign * Cg(version, "version"))
local spaces = P " " ^ 1
local whole = Ct(comparison * (spaces * comparison) ^ 0 + P "*") * -1
local whole_version = version * -1

local function parsed(grammar, text, what, example)
  local found = type(text) == "string" and #text <= MAX_BYTES and grammar:match(text)
  if found then return found end
  return nil, err.new("bad_input", ("%q is no %s"):format(tostring(text):sub(1, 80), what),
    { hint = "as in " .. example })
end

--- Read a version.
--- Shape: "1.2.0" -> {1, 2, 0, tag=} | nil, err.
--- Units: none.
--- Errors: nil, bad_input.
--- Source: Semantic Versioning 2.0.0, without build metadata.
---@param text string
function range.version(text)
  return parsed(whole_version, text, "version", "1.0.0")
end

--- Read a range.
--- Shape: ">=1.0.0 <2.0.0" -> list of {sign=, version=} | nil, err; "*" is the empty list.
--- Units: none.
--- Errors: nil, bad_input.
--- Source: own.
---@param text string
function range.parse(text)
  return parsed(whole, text, "range of versions", ">=1.0.0 <2.0.0")
end

local function identifiers(text)
  local out = {}
  for part in (text .. "."):gmatch "(.-)%." do out[#out + 1] = part end
  return out
end

-- Numbers before words, numbers by value, words by bytes.
local function compare_identifiers(a, b)
  if a == b then return 0 end
  if a == nil or b == nil then return a == nil and -1 or 1 end
  local x, y = a:find "^%d+$" and tonumber(a), b:find "^%d+$" and tonumber(b)
  if x and y and x ~= y then return x < y and -1 or 1 end
  if (x == nil or x == false) ~= (y == nil or y == false) then return x and -1 or 1 end
  return a < b and -1 or 1
end

local function compare_tags(a, b)
  if a == b then return 0 end
  if a == nil or b == nil then return a == nil and 1 or -1 end
  local left, right = identifiers(a), identifiers(b)
  for i = 1, math.max(#left, #right) do
    local order = compare_identifiers(left[i], right[i])
    if order ~= 0 then return order end
  end
  return 0
end

--- Which of two versions comes first.
--- Shape: two texts or what range.version gave -> -1, 0 or 1.
--- Units: none.
--- Errors: raises for a text that is no version.
--- Source: Semantic Versioning 2.0.0, section 11.
---@param a string|table
---@param b string|table
function range.compare(a, b)
  a = type(a) == "table" and a or assert(range.version(a))
  b = type(b) == "table" and b or assert(range.version(b))
  for i = 1, 3 do
    if a[i] ~= b[i] then return a[i] < b[i] and -1 or 1 end
  end
  return compare_tags(a.tag, b.tag)
end

local tests = {
  ["="] = function(order) return order == 0 end, ["<"] = function(order) return order < 0 end,
  [">"] = function(order) return order > 0 end, ["<="] = function(order) return order <= 0 end,
  [">="] = function(order) return order >= 0 end,
}

--- Is a version in a range?
--- Shape: texts or what version and parse gave -> boolean.
--- Units: none.
--- Errors: raises for a text that is none.
--- Source: own.
---@param given string|table a range
---@param wanted string|table a version
function range.holds(given, wanted)
  given = type(given) == "table" and given or assert(range.parse(given))
  for _, one in ipairs(given) do
    if not tests[one.sign](range.compare(wanted, one.version)) then return false end
  end
  return true
end

return range
