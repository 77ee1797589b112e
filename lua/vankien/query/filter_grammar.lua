-- The filter language, text to tree: where"year >= 2016 and title ~ 'hội nhập'".
-- Knows no column and no SQL; query/filter_sql.lua does.
--
--   filter     <- or !.
--   or         <- and ("or" and)*
--   and        <- not ("and" not)*
--   not        <- "not"* ("(" or ")" / comparison)
--   comparison <- field (op value / "not"? ("in" "(" value ("," value)* ")"
--                 / "between" value "and" value) / "is" "not"? "null")
--   op         <- "=" "==" "!=" "<>" "<" "<=" ">" ">=" "~" "~~" "!~" "!~~"
--   field      <- name ("." name)? / "`" any "`"
--   value      <- 'text' / "text" / “text” / number / date (2016-01-20)
--
-- ~ : holds these syllables, case and tone placement ignored;  ~~ : marks ignored as well.

local lpeg = require "lpeg"

local grammar = {}

local MAX_BYTES, MAX_DEPTH = 4096, 40

local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V
local C, Cc, Cg, Cp, Cs, Ct = lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Cs, lpeg.Ct
local Carg, Cmt = lpeg.Carg, lpeg.Cmt

local space = S " \t\r\n" ^ 0
local letter = R("az", "AZ", "\x80\xff") + "_"
local rest = letter + R "09"

local function token(p) return p * space end

-- A keyword in any case, not the beginning of a longer name.
local function word(text)
  local p = P(true)
  for c in text:gmatch "." do p = p * S(c .. c:upper()) end
  return token(p * -rest)
end

-- Remember the furthest place at which something was missing, and fail.
local function expect(p, what)
  return p + Cmt(Carg(1), function(_, at, state)
    if at > state.at then state.at, state.what = at, what end
    return false
  end)
end

local function combine(op)
  return function(first, ...)
    if select("#", ...) == 0 then return first end
    return { op = op, first, ... }
  end
end

local function negate(n, node)
  if #n % 2 == 0 then return node end
  return { op = "not", node }
end

local function compare(at, field, op, value)
  local negated = op:sub(1, 1) == "!"
  local name = ({ ["=="] = "=", ["<>"] = "=", ["!="] = "=", ["!~"] = "~", ["!~~"] = "~~" })[op]
  local node = { op = name or op, field = field, at = at, value }
  if negated or op == "<>" then return { op = "not", node } end
  return node
end

local function shaped(at, field, negated, node)
  node.field, node.at = field, at
  if negated then return { op = "not", node } end
  return node
end

local function quoted(open, close)
  local inside = (P(close) * close / close) + (1 - P(close))
  return P(open) * Cs(inside ^ 0) * expect(P(close), "the closing " .. close)
end

local function value_pattern()
  local digit = R "09"
  local two = digit * digit
  local date = C(two * two * "-" * two * ("-" * two) ^ -1) * -rest
  local number = C(P "-" ^ -1 * digit ^ 1 * ("." * digit ^ 1) ^ -1) * -rest / tonumber
  local typographic = P "“" * C((1 - P "”") ^ 0) * expect(P "”", "the closing ”")
  return token(quoted("'", "'") + quoted('"', '"') + typographic + date + number)
end

local function field_pattern()
  local reserved = word "and" + word "or" + word "not" + word "in" + word "between" + word "is"
  local name = C(letter * rest ^ 0 * ("." * letter * rest ^ 0) ^ -1) - reserved
  return token(name + "`" * C((1 - P "`") ^ 1) * expect(P "`", "the closing `"))
end

local function comparison()
  local value = expect(value_pattern(), "a value: 'text', a number or a date")
  local op = token(C(P "!~~" + "!~" + "!=" + "<>" + "<=" + ">=" + "==" + "~~" + "~"
    + "=" + "<" + ">"))
  local head = Cp() * field_pattern()
  local values = Ct(Cg(Cc "in", "op") * value * (token "," * value) ^ 0)
  local inside = word "in" * expect(token "(", '"("') * values * expect(token ")", '"," or ")"')
  local between = word "between" * Ct(Cg(Cc "between", "op") * value
    * expect(word "and", '"and"') * value)
  local negated = (word "not" * Cc(true)) + Cc(false)
  local null = word "is" * ((word "not" * Cc(true)) + Cc(false))
    * expect(word "null" + word "nil", '"null"') * Ct(Cg(Cc "null", "op"))
  local tail = head * (op * value) / compare
    + head * (null + negated * (inside + between)) / shaped
  local lost = head * expect(P(false), "=, !=, <, >, ~, ~~, in, between or is null") / 0
  return tail + lost
end

local function filter()
  local primary = token "(" * V "either" * expect(token ")", '")"') + comparison()
  return P {
    space * V "either" * expect(-P(1), '"and", "or" or the end'),
    either = V "both" * (word "or" * V "both") ^ 0 / combine "or",
    both = V "single" * (word "and" * V "single") ^ 0 / combine "and",
    single = Ct((word "not" * Cc(true)) ^ 0) * expect(primary, "a column name") / negate,
  }
end

local compiled

local function too_deep(text)
  local depth, deepest = 0, 0
  for sign in text:gsub("'[^']*'", ""):gsub('"[^"]*"', ""):gmatch "[()]" do
    depth = depth + (sign == "(" and 1 or -1)
    deepest = math.max(deepest, depth)
  end
  return deepest > MAX_DEPTH
end

--- Read a filter.
--- Shape: text -> tree | nil, what is wrong, byte where.
--- Units: at most 4,096 bytes, 40 brackets deep.
--- Errors: none raised; the caller knows the user's line.
--- Source: none.
---@param text string
function grammar.parse(text)
  if #text > MAX_BYTES then return nil, "the filter is longer than 4096 bytes", 1 end
  local good, bad = utf8.len(text)
  if not good then return nil, "the filter is not UTF-8", bad end
  if too_deep(text) then return nil, "the filter has too many brackets", 1 end
  compiled = compiled or filter()
  local state = { at = 0, what = "a column name" }
  local tree = compiled:match(text, 1, state)
  if tree then return tree end
  return nil, "expected " .. state.what, math.max(state.at, 1)
end

return grammar
