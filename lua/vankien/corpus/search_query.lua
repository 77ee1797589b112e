-- The language of searches, text to tree: "hội nhập" AND (đa phương OR "đa biên") NOT ASEAN.
-- Knows no store: what a word stands for in one is found out by corpus/search_words.lua.
--
--   query   <- either !.
--   either  <- both ("OR" both)*
--   both    <- less (("AND")? less)*
--   less    <- one ("NOT" one)*
--   one     <- "(" either ")" / near / phrase
--   near    <- "NEAR(" phrase "," phrase ("," digit+)? ")"
--   phrase  <- "="? ('"' [^"]+ '"' / word (space word)*)       words that follow each other
--   word    <- [^ ()",=]… "*"?                                 a "*" at its end: what begins so
--
-- The operators are written in capitals; inside quotation marks they are words.

local err = require "vankien.util.err"
local filter = require "vankien.query.filter"
local lpeg = require "lpeg"
local text = require "vankien.host.text"

local search_query = {}

local MAX_BYTES, MAX_DEPTH, MAX_PHRASES, MAX_WORDS = 2048, 20, 32, 64
local NEAR, MOST_NEAR = 8, 20

local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V
local C, Cc, Cg, Cp, Ct, Carg, Cmt = lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct, lpeg.Carg, lpeg.Cmt

local hint = 'words stand for themselves, together; AND, OR, NOT, NEAR(a, b, 5), brackets, "…", '
  .. "word*; vankien help search"

local function fail(s, message, at, with)
  local shown = text.check_utf8(s) and "\n" .. filter.caret(s, at) or ""
  err.raise("bad_input", message .. shown, { hint = with or hint })
end

-- Remember the furthest place at which something was missing, and fail.
local function expect(p, what)
  return p + Cmt(Carg(1), function(_, at, state)
    if at > state.at then state.at, state.what = at, what end
    return false
  end)
end

local function node(op, pattern) return Ct(Cg(Cp(), "at") * Cg(Cc(op), "op") * pattern) end

-- One part needs no node of its own.
local function several(op)
  return function(at, first, ...)
    if select("#", ...) == 0 then return first end
    return { op = op, at = at, first, ... }
  end
end

local function grammar()
  local sp, inside = S " \t\r\n" ^ 0, S ' \t\r\n()"'
  local function operator(name) return P(name) * #(inside + -1) * sp end
  local operators = operator "AND" + operator "OR" + operator "NOT" + P "NEAR" * sp * "("
  local function words_until(stop)
    local word = -operators * -P "=" * (1 - stop) ^ 1
    return Cg(Cp(), "word_at") * C(word * (S " \t\r\n" ^ 1 * word) ^ 0)
  end
  local exact = P "=" * sp * Cg(Cc(true), "exact")
  local quoted = Cg(Cc(true), "quoted") * P '"' * Cg(Cp(), "word_at")
    * expect(C((1 - P '"') ^ 1), "what is quoted")
    * expect(P '"', 'the closing "')
  local function phrase(stop)
    return node("phrase", exact ^ -1 * (quoted + words_until(stop))) * sp
  end
  local within = inside + ","
  local near = node("near", P "NEAR" * sp * "(" * sp * expect(phrase(within), "a word")
    * expect(P "," * sp, '"," between the two that stand near') * expect(phrase(within), "a word")
    * (P "," * sp * expect(Cg(R "09" ^ 1 / tonumber, "n"), "how many words apart") * sp) ^ -1
    * expect(P ")" * sp, '")"'))
  local function wanted(p) return expect(p, "a word, a quotation or a bracket") end
  local group = P "(" * sp * V "either" * expect(P ")" * sp, '")", AND, OR or NOT')
  return P {
    sp * V "either" * expect(-P(1), "AND, OR, NOT or the end"),
    either = Cp() * V "both" * (operator "OR" * V "both") ^ 0 / several "or",
    both = Cp() * wanted(V "less") * (operator "AND" * wanted(V "less") + V "less") ^ 0
      / several "and",
    less = Cp() * V "one" * (operator "NOT" * wanted(V "one")) ^ 0 / several "not",
    one = near + group + phrase(inside),
  }
end

local compiled

--- Does a text hold signs of the pattern language that mean nothing in a search?
--- Shape: text -> boolean: outside of quotation marks it holds one of | ? { } ~ _ \, a "+" not
---   before a letter or digit, or a gap as in “a ..3 b”.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param s string
function search_query.is_pattern(s)
  local bare = s:gsub('"[^"]*"', "")
  return bare:find "[|?{}~_\\]" ~= nil or bare:find "%+%f[^%w\x80-\xff+]" ~= nil
    or bare:find "%+$" ~= nil or bare:find "%f[^%s\0]%.%.%d" ~= nil
end

-- A "*" ends a word and says that it is a beginning.
local function cut_words(item, s)
  local words = {}
  for at, word in item[1]:gmatch "()(%S+)" do
    local stem, rest = word:match "^(.-)%*(.*)$"
    local place = (item.word_at or item.at) + at - 1
    if stem and (rest ~= "" or stem == "") then
      fail(s, 'a "*" stands at the end of a word', place + #(stem or ""),
        "(…)* and other patterns: pattern = true (--pattern)")
    end
    words[#words + 1] = { text = stem or word, prefix = stem ~= nil, at = place }
  end
  return words
end

local function add_tokens(list, word, item, s)
  local tokens = text.tokens(word.text)
  for i, token in ipairs(tokens) do
    if token.sentence_end and (token.to < #word.text or not word.last) then
      fail(s, "a search goes over the end of a sentence", word.at, "give the parts with AND")
    end
    if not token.sentence_end then
      list[#list + 1] = { form = token.form, kind = token.kind, exact = item.exact,
        prefix = word.prefix and i == #tokens and token.kind ~= "mark" }
    end
  end
end

local function read_phrase(item, s, count)
  count.phrases = count.phrases + 1
  if count.phrases > MAX_PHRASES then
    fail(s, ("more than %d phrases in one search"):format(MAX_PHRASES), item.at)
  end
  local words, list, wordy = cut_words(item, s), {}, false
  for i, word in ipairs(words) do
    word.last = i == #words
    add_tokens(list, word, item, s)
  end
  for _, token in ipairs(list) do wordy = wordy or token.kind ~= "mark" end
  if not wordy then fail(s, "no word is asked for", item.at) end
  if #list > MAX_WORDS then
    fail(s, ("a phrase of more than %d words and marks"):format(MAX_WORDS), item.at,
      "vankien quote finds whole sentences")
  end
  return { op = "phrase", tokens = list, text = item[1], at = item.at }
end

local function read_node(item, s, count)
  if item.op == "phrase" then return read_phrase(item, s, count) end
  local made = { op = item.op, at = item.at }
  for i, child in ipairs(item) do made[i] = read_node(child, s, count) end
  if item.op == "near" then
    made.n = item.n or NEAR
    if made.n < 1 or made.n > MOST_NEAR then
      fail(s, ("NEAR is of 1 to %d words"):format(MOST_NEAR), item.at)
    end
  end
  return made
end

local function check_text(s)
  if type(s) ~= "string" then
    err.raise("bad_input", "a search is a text, not a " .. type(s), { hint = hint })
  end
  local valid, offset, reason = text.check_utf8(s)
  if not valid then fail(s, ("the search is not UTF-8 (%s)"):format(reason), offset) end
  if #s > MAX_BYTES then fail(s, ("the search is longer than %d bytes"):format(MAX_BYTES), 1) end
  if not s:find "%S" then fail(s, "nothing is searched for", 1) end
  local depth = 0
  for at, bracket in s:gmatch "()([()])" do
    depth = depth + (bracket == "(" and 1 or -1)
    if depth > MAX_DEPTH then fail(s, "the brackets are too deep", at) end
  end
end

--- Read a search.
--- Shape: text -> tree of nodes phrase (tokens = list of {form, kind, exact, prefix}, text), near
---   (two phrases, n), and, or, not (the first without the others).
--- Units: 2,048 bytes, 20 brackets deep, 32 phrases of 64 tokens; near: n tokens at most between.
--- Errors: raises bad_input with a caret under the place.
--- Source: none.
---@param s string
function search_query.read(s)
  check_text(s)
  compiled = compiled or grammar()
  local state = { at = 0, what = "a word" }
  local tree = compiled:match(s, 1, state)
  if not tree then fail(s, "expected " .. state.what, math.max(state.at, 1)) end
  return read_node(tree, s, { phrases = 0 })
end

return search_query
