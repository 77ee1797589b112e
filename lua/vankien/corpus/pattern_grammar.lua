-- The pattern language, text to tree: chủ động (,|và)? (tích cực)? tham gia.
-- Knows characters only; corpus/pattern.lua turns words into tokens and holds the bounds.
--
--   pattern  <- choice !.
--   choice   <- sequence ("|" sequence)*
--   sequence <- item+
--   item     <- (group / quoted / any / loose / words) repeat? / gap
--   group    <- "(" choice ")"
--   quoted   <- '"' [^"]+ '"'                  these characters stand for themselves
--   any      <- "_"                            any one token: a syllable, a number or a mark
--   gap      <- ".." digit+                    up to so many tokens; after a space or a bracket
--   loose    <- "~" word / word "~"            one syllable, whatever its marks
--   words    <- word (space word)*             a repeat after it belongs to its last token
--   word     <- ("\" char / char)+             char: none of ( ) | ? * { } ~ _ " \ and no space
--   repeat   <- "?" / "*" / "+" / "{" bounds "}"       a "+" before a letter or digit is a mark
--   bounds   <- n / n "," / "," n / n "," n

local lpeg = require "lpeg"

local grammar = {}

local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V
local C, Cc, Cg, Cp, Cs, Ct = lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Cs, lpeg.Ct
local Carg, Cmt = lpeg.Carg, lpeg.Cmt

local space = S " \t\r\n"
local some, maybe = space ^ 1, space ^ 0
local rest = R("az", "AZ", "09", "\x80\xff")
local sign = S '()|?*{}~_"\\' + P "+" * -rest

-- Remember the furthest place at which something was missing, and fail.
local function expect(p, what)
  return p + Cmt(Carg(1), function(_, at, state)
    if at > state.at then state.at, state.what = at, what end
    return false
  end)
end

-- A node with its place: {op=, at=, …}.
local function node(op, p) return Ct(Cg(Cp(), "at") * Cg(Cc(op), "op") * p) end

local function repeat_pattern()
  local n = C(R "09" ^ 1) / tonumber
  local bounds = n * "," * n + n * "," * Cc(math.huge) + Cc(0) * "," * n
    + n / function(m) return m, m end
  local plain = P "?" * Cc(0, 1) + P "*" * Cc(0, math.huge) + P "+" * -rest * Cc(1, math.huge)
  return Ct(Cg(Cp(), "at") * (plain
    + "{" * expect(maybe * bounds * maybe, "how often: {2}, {1,3}, {2,} or {,3}")
      * expect(P "}", "the closing }")))
end

local function repeated(made, bounds)
  if not bounds then return made end
  return { op = "repeat", at = bounds.at, made, least = bounds[1], most = bounds[2] }
end

-- One alternative needs no node of its own.
local function chosen(at, first, ...)
  if select("#", ...) == 0 then return first end
  return { op = "alt", at = at, first, ... }
end

local function pattern()
  local escape = P "\\" * (expect(P(1), 'a character after "\\"') * R "\x80\xbf" ^ 0)
  local char = escape / function(s) return s:sub(2) end + (1 - sign - space)
  local word = Cs(char ^ 1)
  local gap_sign = P ".." * #R "09"
  local words = Cs(char ^ 1 * -P "~" * (some * -gap_sign * char ^ 1 * -P "~") ^ 0)
  local loose = node("loose", P "~" * expect(word, 'a syllable after "~"') + word * "~")
  local quoted = node("quoted", P '"' * expect(C((1 - P '"') ^ 1), "what is quoted")
    * expect(P '"', 'the closing "'))
  local group = node("group", P "(" * maybe * V "choice" * expect(P ")", '"|" or ")"'))
  local gap = node("gap", P ".." * (C(R "09" ^ 1) / tonumber))
  local any = node("any", P "_")
  local item = gap + (group + quoted + any + loose + node("words", words))
    * repeat_pattern() ^ -1 / repeated
  return P {
    maybe * V "choice" * expect(-P(1), 'a word, "|", a repeat right after its word, or the end'),
    choice = Cp() * V "sequence" * ("|" * maybe * V "sequence") ^ 0 / chosen,
    sequence = node("seq", expect(item, "a word") * maybe * (item * maybe) ^ 0),
  }
end

local compiled

--- Read a pattern.
--- Shape: text -> tree of {op=, at=, …} | nil, what was expected, byte where.
--- Units: at is a byte of the text; the caller bounds its length and depth.
--- Errors: none raised.
--- Source: none.
---@param text string
function grammar.parse(text)
  compiled = compiled or pattern()
  local state = { at = 0, what = "a word" }
  local tree = compiled:match(text, 1, state)
  if tree then return tree end
  return nil, "expected " .. state.what, math.max(state.at, 1)
end

return grammar
