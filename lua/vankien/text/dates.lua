-- Dates as Vietnamese documents write them, read to ISO with their precision.
-- A whole string must be a date; finding dates inside a text is another matter.
--
--   date  <- day / month / year / range
--   day   <- "ngày"? d sep m sep y / "ngày"? d "tháng" m "năm" y / y "-" mm "-" dd
--   month <- "tháng"? m "/" y / "tháng" m "năm" y / y "-" mm
--   year  <- "năm"? y                         sep <- "/" / "-" / "."
--   range <- date (" - " / "–" / "—" / "đến" / "/") date      the same precision on both sides

local lpeg = require "lpeg"
local err = require "vankien.util.err"

local dates = {}

local MAX_BYTES = 80
local FORMS = 'write "2025-01-24", "2025-01" or "2025"; also "24/01/2025", '
  .. '"ngày 24 tháng 01 năm 2025"'

local P, R, S, C, Cc, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Ct

local function numeral(pattern) return C(pattern) / math.tointeger end

local function grammar()
  local digit, sp = R "09", S " \t\n" ^ 0
  local year = numeral(digit * digit * digit * digit) * -digit
  local short = numeral(digit * digit ^ -1) * -digit
  local two = numeral(digit * digit) * -digit
  local sep = S "/-."
  local day_word = (P "ngày" + P "Ngày" + P "NGÀY") * sp
  local month_word = sp * (P "tháng" + P "Tháng" + P "THÁNG") * sp
  local year_word = sp * (P "năm" + P "Năm" + P "NĂM") * sp
  local function made(kind, a, b, c) return Ct(Cc(kind) * a * b * c) end
  local none = Cc(nil)
  local iso_day = Ct(Cc "ymd" * year * "-" * two * "-" * two)
  local iso_month = Ct(Cc "ym" * year * "-" * two)
  local worded = made("dmy", day_word ^ -1 * short, month_word * short, year_word * year)
  local marked = made("dmy", day_word ^ -1 * short, sep * short, sep * year)
  local month = Ct(Cc "my" * month_word ^ -1 * short * S "/-" * year)
  local month_worded = made("my", month_word * short, year_word * year, none)
  local bare_year = Ct(Cc "y" * year_word ^ -1 * year)
  local one = iso_day + iso_month + worded + marked + month_worded + month + bare_year
  local between = sp * (P "đến" + "–" + "—" + "/" + "-" + "tới") * sp
  return sp * one * (between * one) ^ -1 * sp * -1
end

local shape = grammar()

local month_days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

--- Days in a month of the Gregorian calendar.
--- Shape: year, month 1 to 12 -> integer.
--- Units: days.
--- Errors: none.
--- Source: none.
function dates.days_in(year, month)
  local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  return month == 2 and leap and 29 or month_days[month]
end

local orders = {
  ymd = function(t) return t[2], t[3], t[4] end,
  ym = function(t) return t[2], t[3] end,
  dmy = function(t) return t[4], t[3], t[2] end,
  my = function(t) return t[3], t[2] end,
  y = function(t) return t[2] end,
}

-- Why year, month, day is no day of the calendar, or nil.
local function impossible(year, month, day)
  if year < 1000 then return ("there is no year %04d in these documents"):format(year) end
  if month and (month < 1 or month > 12) then return ("there is no month %d"):format(month) end
  if day and (day < 1 or day > dates.days_in(year, month)) then
    return ("%04d-%02d has %d days, not %d"):format(year, month, dates.days_in(year, month), day)
  end
end

local function iso(year, month, day)
  if day then return ("%04d-%02d-%02d"):format(year, month, day), "day" end
  if month then return ("%04d-%02d"):format(year, month), "month" end
  return ("%04d"):format(year), "year"
end

local function refuse(s, reason, hint)
  local shown = #s > 40 and s:sub(1, utf8.offset(s, 0, 40) - 1) .. "…" or s
  return nil, err.new("bad_input", ('not a date: "%s"%s'):format(shown, reason), { hint = hint })
end

local function read_one(parts)
  local year, month, day = orders[parts[1]](parts)
  local reason = impossible(year, month, day)
  if reason then return nil, reason end
  return iso(year, month, day)
end

local function range(s, first, precision, second)
  local last, other = read_one(second)
  if not last then return refuse(s, ": " .. other) end
  if other ~= precision then return refuse(s, ": the two ends differ in precision", FORMS) end
  if last < first then return refuse(s, ": it ends before it begins") end
  return { first = first, last = last, precision = "range" }
end

--- Read a date in any of its written forms.
--- Shape: string -> {first=, last=nil or the end, precision="day"|"month"|"year"|"range"} | nil,
--- err.
--- Units: first and last are ISO, as precise as written.
--- Errors: returns nil, bad_input when it is no date or no day of the calendar.
--- Source: ISO 8601; the written forms of Nghị định 30/2020/NĐ-CP.
---@param s string "2025-01-24", "24/01/2025", "tháng 5/1988", "ngày 08 tháng 8 năm 2018"
function dates.parse(s)
  if type(s) ~= "string" or #s > MAX_BYTES or not utf8.len(s) then
    return refuse(tostring(s):gsub("[\128-\255]", "?"):sub(1, 40), "", FORMS)
  end
  local first_parts, second_parts = shape:match(s)
  if not first_parts then return refuse(s, "", FORMS) end
  local first, precision = read_one(first_parts)
  if not first then return refuse(s, ": " .. precision) end
  if second_parts then return range(s, first, precision, second_parts) end
  return { first = first, precision = precision }
end

--- Can two ISO dates be the same date, given to different precision?
--- Shape: string, string -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param a string
---@param b string
function dates.compatible(a, b)
  local n = math.min(#a, #b)
  return a:sub(1, n) == b:sub(1, n)
end

return dates
