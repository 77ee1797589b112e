-- A pattern whose compiling failed is compiled anew when it is matched again: for
-- tests/alloc/alloc_main.c.

local lpeg = require "lpeg"

local TEXT = "Nghị quyết số 22-NQ/TW, 10/4/2013"

local function grammar()
  local digit = lpeg.R "09"
  return lpeg.P {
    "places",
    places = lpeg.Ct((lpeg.V "number" + lpeg.V "date" + 1) ^ 0),
    number = lpeg.C(digit ^ 1 * "-" * (lpeg.P "NQ" + "CT" + "KL") * "/TW"),
    date = lpeg.Cg(digit ^ -2 * "/" * digit ^ -2 * "/" * digit * digit * digit * digit),
  }
end

local function run()
  local places = grammar()
  local matched, problem = pcall(lpeg.match, places, TEXT)
  assert(places:match(TEXT)[1] == "22-NQ/TW")
  if not matched then error(problem, 0) end
end

return {run = run, check = function() return true end}
