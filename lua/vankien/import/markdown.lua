-- Markdown, as far as official texts use it: headings, emphasis, tables, quotes, rules, comments,
-- page comments ("<!-- page: 12 -->"), links.  Markup is left out of the passages piece by piece,
-- so
-- that every byte that stays still knows where it stood; each kind is counted.

local lpeg = require "lpeg"
local text = require "vankien.host.text"
local text_file = require "vankien.import.text_file"

local markdown = {
  name = "markdown",
  extensions = { "md", "markdown" },
}

local P, R, S, Cc, Cp, Cmt = lpeg.P, lpeg.R, lpeg.S, lpeg.Cc, lpeg.Cp, lpeg.Cmt

local function count(repairs, kind, n) repairs[kind] = (repairs[kind] or 0) + (n or 1) end

-- Markup inside a line: kind, place after it.  Stars between words and spaces are no emphasis.
local function inline_grammar()
  local spaced = Cmt(S "*_" * Cc(true), function(s, i)
    local before, after = s:sub(i - 2, i - 2), s:sub(i, i)
    return before:find "^[%s]$" ~= nil and after:find "^[%s]$" ~= nil
  end)
  local inside_word = Cmt(P "_", function(s, i)
    return s:find("^[%w\128-\255]", i) ~= nil and s:find("^[%w\128-\255]", i - 2) ~= nil
  end)
  local emphasis = (P "***" + "**" + "__" + "~~" + (S "*_" - spaced - inside_word))
  local comment = P "<!--" * (1 - P "-->") ^ 0 * "-->"
  local tag = P "<" * P "/" ^ -1 * R("az", "AZ") * (1 - S "<>\n") ^ 0 * ">"
  local target = P "](" * (1 - S "()\n") ^ 0 * ")"
  local escape = P "\\" * #S "\\`*_{}[]()#+-.!|>~"
  local token = comment * Cc "comment" + tag * Cc "tag" + target * Cc "link"
    + P "![" * Cc "link" + P "[" * #((1 - S "[]\n") ^ 1 * "](") * Cc "link"
    + escape * Cc "escape" + P "|" * Cc "table_bar" + P "`" ^ 1 * Cc "code"
    + emphasis * Cc "emphasis"
  return Cp() * token * Cp()
end

local inline = inline_grammar()
local has_markup = "[%*_|`<%[%]!\\~]"

-- What is left of from..to when the markup is taken out.
local function pieces_of(bytes, from, to, repairs)
  local pieces, at, look = {}, from + 1, from + 1
  while true do
    local i = bytes:find(has_markup, look)
    if not i or i > to then break end
    local _, kind, after = inline:match(bytes, i)
    if kind and after <= to + 1 then
      if i > at then pieces[#pieces + 1], pieces[#pieces + 2] = at - 1, i - 1 end
      count(repairs, kind)
      at, look = after, after
      if kind == "escape" then look = after + 1 end
    else
      look = i + 1
    end
  end
  if at <= to then pieces[#pieces + 1], pieces[#pieces + 2] = at - 1, to end
  return pieces
end

local function has_text(bytes, pieces)
  for n = 1, #pieces, 2 do
    local at = bytes:find("%S", pieces[n] + 1)
    if at and at <= pieces[n + 1] then return true end
  end
  return false
end

local function is_rule(bytes, from, to)
  local stop = bytes:match("^[|:%-=%*_ \t]+()", from + 1)
  return stop ~= nil and stop > to and bytes:sub(from + 1, to):find "[%-=%*_][%-=%*_ ]*[%-=%*_]"
end

-- What stands before the text of a line: quote marks, heading marks.
local function without_prefix(bytes, from, to, repairs)
  local after = bytes:match("^>[> ]*()", from + 1)
  if after then
    count(repairs, "quote_mark")
    from = math.min(after - 1, to)
  end
  local marks, rest = bytes:match("^(#+)[ \t]+()", from + 1)
  if not marks or #marks > 6 then return from, to end
  count(repairs, "heading_mark")
  local stop = bytes:sub(rest, to):match "^(.-)%s*#*$"
  return rest - 1, rest - 1 + #stop, #marks
end

-- The pieces of a line of text and the level of a heading; nil where only markup stands.
-- A bullet star is a mark of structure, not emphasis.
local function pieces_and_level(bytes, from, to, repairs)
  local start, stop, level = without_prefix(bytes, from, to, repairs)
  local bullet = bytes:match("^[%*%+%-]%s+()", start + 1)
  local text_from = bullet and bullet - 1 < stop and bullet - 1 or start
  local pieces = pieces_of(bytes, text_from, stop, repairs)
  if not has_text(bytes, pieces) then return nil end
  if text_from > start then
    table.insert(pieces, 1, start)
    table.insert(pieces, 2, text_from)
    if pieces[3] == pieces[2] then
      table.remove(pieces, 3)
      table.remove(pieces, 2)
    end
  end
  return pieces, level
end

-- Comments over several lines, and pages: where the next line of text can begin.
local function comment_end(bytes, from, to)
  if bytes:sub(from + 1, from + 4) ~= "<!--" then return nil end
  local _, stop = bytes:find("-->", from + 1, true)
  stop = stop or #bytes
  local page = bytes:sub(from + 1, stop):find "^<!%-%-%s*page%s*:?%s*%d+%s*%-%->$" ~= nil
  return stop, page, stop >= to
end

-- The gap that a line leaves which holds no text; nil for a line of text.
local function gap_of(bytes, from, to, gap, repairs)
  if from >= to then return gap or "blank" end
  local stop, page, whole = comment_end(bytes, from, to)
  if stop and whole then
    count(repairs, page and "page_mark" or "comment")
    return gap == "break" and gap or page and "page" or gap or "blank", stop
  end
  if is_rule(bytes, from, to) then
    count(repairs, "rule")
    local table_rule = bytes:byte(from + 1) == 124
    return table_rule and (gap or "blank") or "break"
  end
  if bytes:find("^```", from + 1) then
    count(repairs, "code")
    return gap or "blank"
  end
end

-- Iterate over raw lines: from, to, without the white space at both ends.
local function raw_lines(bytes, at)
  local pos = at + 1
  return function()
    if pos > #bytes then return nil end
    local feed = bytes:find("\n", pos, true) or #bytes + 1
    local i = bytes:match("^[ \t\r\f\v]*()", pos)
    local j = feed - 1
    while j >= i and bytes:find("^[ \t\r\f\v]", j) do j = j - 1 end
    pos = feed + 1
    return i - 1, math.max(j, i - 1)
  end
end

--- The lines of a Markdown text.
--- Shape: bytes, offset of the body, repairs (counted into) -> lines of vankien.host.text.
--- Units: byte offsets.
--- Errors: none.
--- Source: CommonMark 0.31 for the names of things; only what official texts use.
---@param bytes string
---@param at integer
---@param repairs table
function markdown.lines(bytes, at, repairs)
  local all, gap, skip = text.lines(bytes, at), nil, 0
  for from, to in raw_lines(bytes, at) do
    if from >= skip then
      local left, stop = gap_of(bytes, from, to, gap, repairs)
      local pieces, level
      if not left then pieces, level = pieces_and_level(bytes, from, to, repairs) end
      skip = stop or skip
      if pieces then
        all:add(pieces, gap, level)
        gap = nil
      else
        gap = left or gap or "blank"
      end
    end
  end
  return all
end

--- The one document of a Markdown file.
--- Shape: as text_file.drafts.
--- Units: body is a byte offset.
--- Errors: none.
--- Source: none.
---@param source table see reader.lua
---@param bytes string
function markdown.drafts(source, bytes)
  local drafts = text_file.drafts(source, bytes)
  drafts[1].format = markdown
  return drafts
end

return markdown
