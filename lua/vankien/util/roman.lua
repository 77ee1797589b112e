-- Roman numerals, as congresses and parts are numbered: 1 to 3,999, canonical form only.

local roman = {}

local signs = {
  { "M", 1000 }, { "CM", 900 }, { "D", 500 }, { "CD", 400 }, { "C", 100 }, { "XC", 90 },
  { "L", 50 }, { "XL", 40 }, { "X", 10 }, { "IX", 9 }, { "V", 5 }, { "IV", 4 }, { "I", 1 },
}

--- Write a number in Roman numerals.
--- Shape: integer -> string | nil when it cannot be written.
--- Units: 1 to 3,999.
--- Errors: none.
--- Source: none.
---@param n integer
function roman.from_integer(n)
  n = math.tointeger(n)
  if not n or n < 1 or n > 3999 then return nil end
  local out = {}
  for _, sign in ipairs(signs) do
    while n >= sign[2] do
      out[#out + 1] = sign[1]
      n = n - sign[2]
    end
  end
  return table.concat(out)
end

--- Read Roman numerals, in either case.
--- Shape: string -> integer | nil when it is not a canonical numeral.
--- Units: 1 to 3,999.
--- Errors: none.
--- Source: none.
---@param text string
function roman.to_integer(text)
  if type(text) ~= "string" or #text == 0 or #text > 15 then return nil end
  local rest, n = text:upper(), 0
  for _, sign in ipairs(signs) do
    while rest:sub(1, #sign[1]) == sign[1] do
      n = n + sign[2]
      rest = rest:sub(#sign[1] + 1)
    end
  end
  if rest ~= "" or roman.from_integer(n) ~= text:upper() then return nil end
  return n
end

return roman
