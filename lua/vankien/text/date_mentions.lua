-- Finder of dates in running text, each with its precision.  Reading one is dates.lua's.
-- A day without a year ("ngày 2/9") and a number that only looks like a year are not found.
--
--   finder  <- (mention / .)*              mention <- span / day / month / year, not in a number
--   span    <- ("từ" / "giai đoạn")? "năm"? yyyy ("-" / "đến" "năm"?) yyyy           rising
--   day     <- "ngày"? d "tháng" m "năm" yyyy / "ngày"? d "/" m "/" yyyy / d "-" m "-" yyyy
--   month   <- "tháng" m "năm" yyyy / "tháng"? m "/" yyyy
--   year    <- "năm" yyyy / "(" yyyy ")"        yyyy <- "1" [89] dd / "20" dd

local lpeg = require "lpeg"
local dates = require "vankien.text.dates"
local err = require "vankien.util.err"
local wording = require "vankien.text.wording"

local date_mentions = {}

local MAX_BYTES = 16 << 20

local P, R, S, B, C, Cc, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.B, lpeg.C, lpeg.Cc, lpeg.Cg,
  lpeg.Cp, lpeg.Ct
local sp = wording.space
local digit = R "09"

--- Not inside a number of more parts: "30/2020/NĐ-CP", "1/2/3/2020".
local after = -digit - sp * S "/" - S ".," * digit
local before = -B(digit) - B(S "/-." * 1) - B(digit * S "/.,-")
local year = (P "1" * S "89" + P "20") * digit * digit
local short = digit * digit ^ -1 * -digit

local function slashed(...)
  local pattern
  for _, part in ipairs { ... } do pattern = pattern and pattern * sp * "/" * sp * part or part end
  return pattern
end

--- A whole date as a pattern that captures nothing: for grammars that dates are a part of.
--- Shape: nothing -> pattern of a day, pattern of a month, pattern of a year, all without their
---   first word ("ngày", "tháng", "năm"); pattern of a month that is one only after its word
---   ("tháng 3-2002", "tháng 7.2003").
--- Units: none.
--- Errors: none.
--- Source: none.
function date_mentions.patterns()
  local word = wording.word
  local worded = short * sp * word "tháng" * sp * short * sp * word "năm" * sp * year
  local dashed = short * "-" * short * "-" * year + short * "." * short * "." * year
  local month_worded = short * sp * word "năm" * sp * year
  return (worded + slashed(short, short, year) + dashed) * after,
    (slashed(short, year) + month_worded) * after, year * after,
    short * sp * S "-." * sp * year * after
end

local dash = sp * (P "-" + "–" + "—") * sp

local function grammar()
  local word = wording.word
  local day, month, plain = date_mentions.patterns()
  local to = dash + sp * word "đến" * sp * (word "năm" * sp) ^ -1
  local span = Cc "range" * ((word "từ" * sp) ^ -1 * (word "năm" * sp) ^ -1) * C(year * to * year)
    * after
  local one = span + Cc "day" * (word "ngày" * sp) ^ -1 * C(day)
    + Cc "month" * C(word "tháng" * sp * month) + Cc "month" * C(month)
    + Cc "year" * word "năm" * sp * C(plain) + Cc "year" * P "(" * sp * C(plain) * sp * P ")"
  local mention = Ct(before * wording.start * Cg(Cp(), "from") * one * Cg(Cp(), "stop"))
  return Ct((mention + wording.rest) ^ 0)
end

local shape                       -- built at first use: it folds its own words

--- Read a date as it stands in running text, spaces and all.
--- Shape: string -> {first=, last=, precision=} | nil when it is no day of the calendar.
--- Units: ISO dates.
--- Errors: none.
--- Source: dates.parse.
---@param s string
function date_mentions.read(s)
  local tight = s:gsub("%s*([/.-])%s*", "%1"):gsub("%s+", " ")
    :gsub("^(%d%d?)%.(%d%d%d%d)$", "%1/%2")
  if s:find "^%d%d%d%d%D" then
    local first, last = s:match "^(%d%d%d%d).-(%d%d%d%d)$"
    tight = first .. " - " .. last
  end
  return (dates.parse(tight))
end

--- All dates of a text.
--- Shape: string -> list of {from, to, text, first, last, precision = "day"|"month"|"year"|
---   "range"}.
--- Units: bytes from 1, inclusive, in the text as given (NFC or not); ISO dates.
--- Errors: raises bad_input for what is no UTF-8 text of at most 16 MiB.
--- Source: forms counted in official texts; Nghị định 30/2020/NĐ-CP.
---@param s string
function date_mentions.find(s)
  local clean, back = wording.readable(s, MAX_BYTES, function(reason)
    err.raise("bad_input", reason)
  end)
  shape = shape or grammar()
  local found = {}
  for _, match in ipairs(shape:match(clean)) do
    local date = date_mentions.read(match[2])
    if date then
      local from, to = back(match.from, match.stop - 1)
      found[#found + 1] = {
        from = from, to = to, text = clean:sub(match.from, match.stop - 1),
        first = date.first, last = date.last, precision = date.precision,
      }
    end
  end
  return found
end

return date_mentions
