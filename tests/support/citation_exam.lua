-- Exams of citation.find: texts read by hand, every citation marked ⟦ ⟧ where it begins and ends,
-- beside what it says.  A citation is right when it begins there and says the same.

local citation = require "vankien.text.citation"
local tsv = require "vankien.util.tsv"

local citation_exam = {}

local OPEN, CLOSE = "⟦", "⟧"

local function reading(c)
  local number = c.number or c.serial or c.session and "TW" .. c.session
  return table.concat({ c.form, c.type or "", number or "", c.congress or "", c.date or "" }, "|")
end

-- The text without its marks, and where citations begin in it.
local function unmarked(text)
  local starts, clean = {}, ""
  for piece, mark in (text .. OPEN):gmatch("(.-)(" .. OPEN .. ")") do
    clean = clean .. piece:gsub(CLOSE, "")
    starts[#starts + 1] = mark and #clean + 1
  end
  starts[#starts] = nil
  return clean, starts
end

local function read_line(values)
  local text, starts = unmarked((values.text:gsub("\\n", "\n")))
  local expected, i = {}, 0
  for what in ((values.expected or "") .. " + "):gmatch "(.-) %+ " do
    i = i + 1
    if what ~= "" then expected[starts[i]] = what end
  end
  return { source = values.source, text = text, expected = expected, n = #starts }
end

--- The lines of an exam.
--- Shape: path -> list of {source, text, expected = {[byte] = reading}, n}.
--- Units: bytes from 1.
--- Errors: raises for a file that cannot be read.
--- Source: none.
function citation_exam.read(path)
  local file <close> = assert(io.open(path))
  local body = file:read "a"
  while body:find "^#" do body = body:gsub("^#[^\n]*\n", "") end
  local _, rows = tsv.parse(body, path)
  local lines = {}
  for i, row in ipairs(assert(rows)) do lines[i] = read_line(row.values) end
  return lines
end

--- How the grammar does on one line.
--- Shape: line, score so far or nil -> score {wanted, given, right, wrong = list of what is wrong}.
--- Units: citations.
--- Errors: none.
--- Source: none.
function citation_exam.mark(line, score)
  score = score or { wanted = 0, given = 0, right = 0, wrong = {} }
  local found = {}
  for _, c in ipairs(citation.find(line.text)) do
    score.given = score.given + 1
    found[c.from] = reading(c)
    if line.expected[c.from] == found[c.from] then
      score.right = score.right + 1
    else
      score.wrong[#score.wrong + 1] = ("given %s (%s), not %s, in: %s"):format(found[c.from],
        c.text, line.expected[c.from] or "a citation", line.source)
    end
  end
  for at, what in pairs(line.expected) do
    if not found[at] then
      score.wrong[#score.wrong + 1] = ("missed %s, in: %s: %s"):format(what, line.source,
        line.text:sub(at):match "^[^;\n]*")
    end
  end
  return score
end

--- How the grammar does in an exam.
--- Shape: path -> {wanted, given, right, wrong = list of what is wrong}.
--- Units: citations.
--- Errors: raises for a file that cannot be read.
--- Source: none.
function citation_exam.score(path)
  local score = { wanted = 0, given = 0, right = 0, wrong = {} }
  for _, line in ipairs(citation_exam.read(path)) do
    score.wanted = score.wanted + line.n
    citation_exam.mark(line, score)
  end
  return score
end

return citation_exam
