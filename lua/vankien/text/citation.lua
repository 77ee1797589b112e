-- Finder of references to other documents in running text, in all their written forms, and what
-- each says: type, number, date, issuer, term.  The grammar stands in citation_grammar.lua; which
-- document of a store is meant is corpus/citations.lua's to say.  A name without a number, term
-- or year ("Điều lệ Đảng", "Hiến pháp và pháp luật") says of no one document and is not found.
--
--   finder <- (!word-inside citation / .)*

local citation_grammar = require "vankien.text.citation_grammar"
local date_mentions = require "vankien.text.date_mentions"
local err = require "vankien.util.err"
local list = require "vankien.util.list"
local number = require "vankien.text.number"
local roman = require "vankien.util.roman"
local wording = require "vankien.text.wording"

local citation = {}

local MAX_BYTES = 16 << 20
local HIGHEST_SESSION = 20        -- sessions of one Central Committee so far: 15 and 16 at most

local shape                       -- built at first use: it folds its own words

local parliaments = {
  ["Quốc hội"] = true, ["Chính phủ"] = true, ["Uỷ ban Thường vụ Quốc hội"] = true,
}

local function add_number(found, match)
  local parts = number.parse(match.number)
  if not parts then return false end
  if match.second and list.index_of(parts.types, match.second)
    and not list.index_of(parts.types, found.type) then
    found.type, match.from = match.second, match.second_from
  end
  found.number, found.serial, found.code = parts.text, parts.serial, parts.code
  -- the second of two numbers has the type of the first, where its own code lets it
  local inherited = match.more and not list.index_of(parts.types, found.type)
  if inherited or not found.type then found.type = #parts.types == 1 and parts.types[1] or nil end
  found.number_year = parts.year
  return true
end

local function add_date(found, match)
  local date = match.date and date_mentions.read(match.date)
  if date then found.date, found.precision = date.first, date.precision end
end

-- "của Quốc hội khoá XIV": the term is a parliament's.
local function add_term(found, match)
  if match.congress and parliaments[match.issuer] then
    found.legislature = match.congress
  else
    found.congress = match.congress
  end
  -- the outgoing Central Committee reports to the next congress
  if match.outgoing and not match.congress then
    found.congress = roman.from_integer(roman.to_integer(match.outgoing) + 1)
  end
end

local function read(match, before)
  local found = { form = match.form, type = match.type or nil }
  if match.more then
    found.form, found.type = before.form, before.type
    if found.form == "plenum" then
      found.session, found.issuer = before.session, before.issuer
    end
  end
  if match.number and not add_number(found, match) then return nil end
  if match.serial then
    found.serial = ("%02d"):format(math.tointeger(match.serial:match "%d+"))
  end
  found.session, found.part = match.session or found.session, match.part
  if found.form == "plenum" and found.session > HIGHEST_SESSION then return nil end
  found.issuer = match.issuer or found.issuer
  add_term(found, match)
  add_date(found, match)
  return found
end

-- What ends a list is said of all of it: the term of sessions, the code of numbers.
local function share(found, others)
  for _, other in ipairs(others) do
    if found.number then
      local rest = found.number:sub(#found.serial + 1)
      add_number(other, { number = other.serial .. rest })
    else
      other.congress = found.congress
    end
  end
end

--- All references to documents in a text.
--- Shape: string -> list of {from, to, text, form = "number"|"short"|"plenum"|"congress"|"named",
---   type, number, serial, code, session, part, congress, legislature, issuer, date, precision}.
--- Units: bytes from 1, inclusive, in the text as given (NFC or not); numbers normalised, dates
---   ISO, congresses Roman, sessions of the Central Committee from 1.
--- Errors: raises bad_input for what is no UTF-8 text of at most 16 MiB.
--- Source: Hướng dẫn 36-HD/VPTW; Nghị định 30/2020/NĐ-CP; forms counted in official texts.
---@param s string
function citation.find(s)
  local clean, back = wording.readable(s, MAX_BYTES, function(reason)
    err.raise("bad_input", reason)
  end)
  shape = shape or citation_grammar.finder()
  local all, head, before = {}, 1, nil
  for _, match in ipairs(shape:match(clean)) do
    -- "các Nghị quyết Trung ương 43, 5": what goes on from no reference is none
    local found = (before or not match.more) and read(match, before) or nil
    if found or not match.more then before = found end
    if found then
      found.from, found.to = back(match.from, match.stop - 1)
      found.text = clean:sub(match.from, match.stop - 1)
      all[#all + 1] = found
      if not match.more then head = #all end
      if match.shared then share(found, table.move(all, head, #all - 1, 1, {})) end
    end
  end
  return all
end

return citation
