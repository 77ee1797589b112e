-- What pandoc understood of a file (its JSON) to Markdown that our reader takes: headings,
-- paragraphs, lists with the marks they were printed with, each cell of a table as lines of its own
-- (never two columns in one line), notes behind the paragraph that they belong to.  Emphasis, links
-- and pictures leave only their words.
--
-- pandoc's own Markdown is not used: it sets tables side by side, which cuts phrases.

local roman = require "vankien.util.roman"

local pandoc = {}

-- Of JSON: a list in a list in a list … takes three or four levels each.
local MAX_DEPTH = 400

local decoder                      -- made at first use

-- Numbers of JSON come as floats.
local function numeral(n, style)
  n = math.tointeger(n) or 1
  if style == "LowerAlpha" then return string.char(97 + (n - 1) % 26) end
  if style == "UpperAlpha" then return string.char(65 + (n - 1) % 26) end
  if style == "LowerRoman" or style == "UpperRoman" then
    local upper = roman.from_integer(n)
    return upper and (style == "LowerRoman" and upper:lower() or upper) or tostring(n)
  end
  return tostring(n)
end

local function list_mark(n, style, delimiter)
  local shown = numeral(n, style)
  if delimiter == "OneParen" then return shown .. ")" end
  if delimiter == "TwoParens" then return "(" .. shown .. ")" end
  return shown .. "."
end

local inlines

-- The arrow from a note of a web page back to its mark.
local BACK = "↩︎"

-- Characters that mean something to Markdown are escaped; what begins a paragraph is, too, where it
-- would make a heading or a quotation of it.  Marks of structure ("1.", "-") stay what they are.
local function escaped(words) return (words:gsub("[\\`*_%[%]<|~]", "\\%0")) end

local inline = {
  Str = function(out, c) out[#out + 1] = c ~= BACK and escaped(c) or "" end,
  Space = function(out) out[#out + 1] = " " end,
  SoftBreak = function(out) out[#out + 1] = " " end,
  LineBreak = function(out) out[#out + 1] = "\n" end,
  Code = function(out, c) out[#out + 1] = escaped(c[2]) end,
  Math = function(out, c) out[#out + 1] = escaped(c[2]) end,
  Link = function(out, c, state) inlines(out, c[2], state) end,
  Image = function(out, c, state) inlines(out, c[2], state) end,
  Span = function(out, c, state) inlines(out, c[2], state) end,
  Cite = function(out, c, state) inlines(out, c[2], state) end,
  Quoted = function(out, c, state)
    local single = c[1].t == "SingleQuote"
    out[#out + 1] = single and "‘" or "“"
    inlines(out, c[2], state)
    out[#out + 1] = single and "’" or "”"
  end,
  Note = function(out, c, state)
    state.notes[#state.notes + 1] = c
    out[#out + 1] = ("\\[%d\\]"):format(state.first_note + #state.notes - 1)
  end,
}
for _, kind in ipairs { "Emph", "Underline", "Strong", "Strikeout", "SmallCaps", "Subscript" } do
  inline[kind] = function(out, c, state) inlines(out, c, state) end
end

-- A raised number is a note's mark, not part of the word before it.
function inline.Superscript(out, c, state)
  local raised = {}
  inlines(raised, c, state)
  local words = table.concat(raised)
  out[#out + 1] = words:find "^%d+$" and ("\\[%s\\]"):format(words) or words
end

function inlines(out, list, state)
  for _, item in ipairs(list) do
    local write = inline[item.t]
    if write then write(out, item.c, state) end
  end
end

-- Lines of one paragraph, none of which reads as a heading or a quotation.
local function lines_of(list, state)
  local out, lines = {}, {}
  inlines(out, list, state)
  for line in (table.concat(out) .. "\n"):gmatch "(.-)\n" do
    line = line:match "^%s*(.-)%s*$":gsub("^[#>]", "\\%0")
    if line ~= "" then lines[#lines + 1] = line end
  end
  return lines
end

local blocks

local function add(state, line, mark)
  if mark and state.mark then
    line, state.mark = state.mark .. " " .. line, nil
  elseif mark then
    state.mark = nil
  end
  state.out[#state.out + 1] = line
end

local function gap(state)
  if state.out[#state.out] ~= "" and #state.out > 0 then state.out[#state.out + 1] = "" end
end

local function notes(state)
  local pending, first = state.notes, state.first_note
  state.notes, state.first_note = {}, first + #pending
  for n, content in ipairs(pending) do
    gap(state)
    state.mark = ("\\[%d\\]"):format(first + n - 1)
    blocks(state, content)
  end
end

local function paragraph(state, list, prefix)
  local lines = lines_of(list, state)
  for _, line in ipairs(lines) do add(state, (prefix or "") .. line, true) end
  gap(state)
  notes(state)
end

local function items(state, list, mark_of)
  gap(state)
  for n, item in ipairs(list) do
    state.mark = mark_of(n)
    blocks(state, item)
    state.mark = nil
  end
end

local function rows(state, list)
  for _, row in ipairs(list) do
    for _, cell in ipairs(row[2]) do
      gap(state)
      blocks(state, cell[5])
    end
  end
end

local block = {
  Plain = function(state, c) paragraph(state, c) end,
  Para = function(state, c) paragraph(state, c) end,
  Header = function(state, c)
    gap(state)
    paragraph(state, c[3], ("#"):rep(math.tointeger(c[1]) or 1) .. " ")
  end,
  LineBlock = function(state, c)
    for _, line in ipairs(c) do paragraph(state, line) end
  end,
  CodeBlock = function(state, c)
    gap(state)
    for line in (c[2] .. "\n"):gmatch "(.-)\n" do add(state, escaped(line), true) end
    gap(state)
  end,
  BlockQuote = function(state, c) blocks(state, c) end,
  Div = function(state, c) blocks(state, c[2]) end,
  BulletList = function(state, c) items(state, c, function() return "-" end) end,
  OrderedList = function(state, c)
    local start, style, delimiter = c[1][1], c[1][2].t, c[1][3].t
    items(state, c[2], function(n) return list_mark(start + n - 1, style, delimiter) end)
  end,
  DefinitionList = function(state, c)
    for _, entry in ipairs(c) do
      paragraph(state, entry[1])
      for _, definition in ipairs(entry[2]) do blocks(state, definition) end
    end
  end,
  HorizontalRule = function(state)
    gap(state)
    add(state, "---")
    gap(state)
  end,
}

-- Header, bodies, footer, in the order they are read.
function block.Table(state, c)
  rows(state, c[4][2])
  for _, body in ipairs(c[5]) do
    rows(state, body[3])
    rows(state, body[4])
  end
  rows(state, c[6][2])
  gap(state)
end

function blocks(state, list)
  for _, item in ipairs(list) do
    local write = block[item.t]
    if write then write(state, item.c) end
  end
end

--- Markdown of a document as pandoc gives it in JSON.
--- Shape: JSON -> Markdown | nil, reason.
--- Units: none.
--- Errors: returns nil and why when it is not pandoc's JSON, or nested too deep.
--- Source: pandoc-types 1.22.
---@param out string
function pandoc.markdown(out)
  if not decoder then
    decoder = require "cjson.safe".new()
    decoder.decode_max_depth(MAX_DEPTH)
  end
  local document, reason = decoder.decode(out)
  if type(document) ~= "table" or type(document.blocks) ~= "table" then
    return nil, "pandoc's answer is not understood: " .. tostring(reason)
  end
  local state = { out = {}, notes = {}, first_note = 1 }
  blocks(state, document.blocks)
  return table.concat(state.out, "\n") .. "\n"
end

return pandoc
