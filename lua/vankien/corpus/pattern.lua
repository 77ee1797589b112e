-- Patterns: is a text one, and what does it stand for?  A tree of tokens, choices and repeats,
-- checked and bounded, so that what is made of it (corpus/pattern_program.lua) stays small.
-- Knows no store: which ids tokens have is found out later.

local err = require "vankien.util.err"
local filter = require "vankien.query.filter"
local text = require "vankien.host.text"

local pattern = {}

local MAX_BYTES, MAX_DEPTH = 2048, 20
local MAX_GAP, MAX_REPEAT = 20, 100

--- The most tokens that a pattern may have when its repeats are written out.
pattern.max_states = 256

local quote_hint = 'to find ( ) | ? * + { } ~ _ themselves, quote them: "(bổ sung)" or \\('

-- Refuse the pattern `s`, with a caret under the place.
local function fail(s, message, at, hint)
  local shown = text.check_utf8(s) and "\n" .. filter.caret(s, at) or ""
  err.raise("bad_input", message .. shown, { hint = hint })
end

--- Is a text a pattern, and not a plain phrase?
--- Shape: text -> boolean: it holds ( ) | ? * { } ~ _ \, a "+" not before a letter or digit, or a
---   gap as in “a ..3 b”.  Commas, hyphens, dots, slashes and quotation marks make no pattern.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param s string
function pattern.is(s)
  return s:find "[()|?*{}~_\\]" ~= nil or s:find "%+%f[^%w\x80-\xff+]" ~= nil
    or s:find "%+$" ~= nil or s:find "%f[^%s\0]%.%.%d" ~= nil
end

-- Tokens of literal characters, as in phrases.
local function tokens_of(s, run, at)
  local list = { op = "seq", at = at }
  for i, token in ipairs(text.tokens(run)) do
    if token.sentence_end and token.to < #run then
      fail(s, "the pattern crosses the end of a sentence", at,
        "a match never crosses one: give the two parts as two phrases")
    end
    list[i] = { op = "token", form = token.form, kind = token.kind, at = at }
  end
  return list
end

local refine                      -- of a node, by its op

local rules = {}

-- A repeat after words belongs to the last of their tokens.
function rules.words(node, s) return tokens_of(s, node[1], node.at) end

function rules.quoted(node, s)
  local list = tokens_of(s, node[1], node.at)
  if #list == 0 then fail(s, "nothing is quoted", node.at) end
  return list
end

function rules.loose(node, s)
  local tokens = text.tokens(node[1])
  if #tokens ~= 1 or tokens[1].kind ~= "syllable" then
    fail(s, '"~" belongs to one syllable', node.at, "write it at each: ~hoi ~nhap")
  end
  return { op = "loose", bare = text.bare(node[1]), at = node.at }
end

function rules.any(node) return node end

function rules.gap(node, s)
  local n = math.tointeger(node[1])
  if not n or n < 1 or n > MAX_GAP then
    fail(s, ("a gap is of 1 to %d tokens"):format(MAX_GAP), node.at)
  end
  return { op = "gap", n = n, at = node.at }
end

function rules.group(node, s)
  if node[1].op ~= "alt" then
    fail(s, "these brackets group what needs no group", node.at, quote_hint)
  end
  return refine(node[1], s)
end

function rules.seq(node, s)
  local list = { op = "seq", at = node.at }
  for i, child in ipairs(node) do list[i] = refine(child, s) end
  return list
end

function rules.alt(node, s)
  local list = { op = "alt", at = node.at }
  for i, child in ipairs(node) do list[i] = refine(child, s) end
  return list
end

local function check_bounds(node, s)
  local least, most = math.tointeger(node.least), node.most
  if most ~= math.huge then most = math.tointeger(most) end
  if not least or not most or least > MAX_REPEAT or (most ~= math.huge and most > MAX_REPEAT) then
    fail(s, ("something is repeated %d times at most"):format(MAX_REPEAT), node.at)
  end
  if most < least or most == 0 then fail(s, "the bounds are the wrong way round", node.at) end
  return least, most
end

rules["repeat"] = function(node, s)
  local least, most = check_bounds(node, s)
  local inner, before = node[1], nil
  if inner.op == "group" then
    inner = refine(inner[1], s)
  else
    inner = refine(inner, s)
    if node[1].op == "words" then
      before, inner = inner, inner[#inner]
      if not inner then fail(s, "what is repeated holds no token", node.at, quote_hint) end
      before[#before] = nil
    end
  end
  local made = { op = "repeat", inner, least = least, most = most, at = node.at }
  if not before then return made end
  before[#before + 1] = made
  return before
end

function refine(node, s) return rules[node.op](node, s) end

-- How many tokens are written when repeats are written out.
local function size_of(node, s)
  if node.op == "token" or node.op == "loose" or node.op == "any" then return 1 end
  if node.op == "gap" then return node.n end
  local sum = 0
  for _, child in ipairs(node) do sum = sum + size_of(child, s) end
  if node.op == "repeat" then
    sum = sum * (node.most == math.huge and math.max(node.least, 1) or node.most)
  end
  if sum > pattern.max_states then
    fail(s, ("the pattern is too large: more than %d tokens with its repeats written out"):format(
      pattern.max_states), node.at)
  end
  return sum
end

local function can_be_empty(node)
  if node.op == "gap" then return true end
  if node.op == "repeat" then return node.least == 0 or can_be_empty(node[1]) end
  if node.op == "seq" then
    for _, child in ipairs(node) do if not can_be_empty(child) then return false end end
    return true
  end
  if node.op == "alt" then
    for _, child in ipairs(node) do if can_be_empty(child) then return true end end
  end
  return false
end

-- A gap that a match may begin (step 1) or end (step -1) with.
local function gap_at_edge(node, step)
  if node.op == "gap" then return node end
  for i = step > 0 and 1 or #node, step > 0 and #node or 1, step do
    local gap = gap_at_edge(node[i], step)
    if gap then return gap end
    if node.op == "seq" and not can_be_empty(node[i]) then return nil end
  end
end

local function holds_word(node)
  if node.op == "token" then return node.kind ~= "mark" end
  if node.op == "loose" then return true end
  for _, child in ipairs(node) do if holds_word(child) then return true end end
  return false
end

local function check_tree(tree, s)
  size_of(tree, s)
  if not holds_word(tree) then fail(s, "the pattern holds no word", 1) end
  if can_be_empty(tree) then
    fail(s, "the pattern can match nothing", 1, 'some word must stand outside of "?" and "*"')
  end
  local gap = gap_at_edge(tree, 1) or gap_at_edge(tree, -1)
  if gap then
    fail(s, "a gap stands between two words", gap.at, '"_" is one token, also at an edge')
  end
end

local function check_text(s)
  local valid, offset, reason = text.check_utf8(s)
  if not valid then fail(s, ("the pattern is not UTF-8 (%s)"):format(reason), offset) end
  if #s > MAX_BYTES then fail(s, ("the pattern is longer than %d bytes"):format(MAX_BYTES), 1) end
  local depth = 0
  for at, bracket in s:gmatch "()([()])" do
    depth = depth + (bracket == "(" and 1 or -1)
    if depth > MAX_DEPTH then fail(s, "the brackets are too deep", at) end
  end
end

--- Read a pattern.
--- Shape: text -> tree of nodes token (form, kind), loose (bare), any, gap (n), seq, alt, repeat
---   (least, most; math.huge: no limit).
--- Units: 2,048 bytes, 20 brackets deep, 256 tokens with repeats written out.
--- Errors: raises bad_input with a caret under the place.
--- Source: none.
---@param s string
function pattern.read(s)
  check_text(s)
  local raw, message, at = require "vankien.corpus.pattern_grammar".parse(s)
  if not raw then fail(s, message, at, quote_hint) end
  local tree = refine(raw, s)
  check_tree(tree, s)
  return tree
end

return pattern
