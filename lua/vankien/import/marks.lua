-- Structural marks at the beginning of a line.  A mark is only what a line *looks* like; whether it
-- is one ("Năm là" is fifth, or "the year is") is decided by structure.lua from what came before.
--
--   mark    <- part / chapter / section / article / first / nth / roman / capital / decimal /
--             arabic
--            / in_parens / letter / bullet
--   part    <- "Phần" sp ("thứ" sp ordinal / roman / digits)       chapter <- "Chương" sp (roman /
--             digits)
--   section <- "Mục" sp (digits / roman)                           article <- "Điều" sp digits
--             letter? end
--   first   <- cardinal sp "là" [,: ]                              nth     <- "Thứ" sp ordinal [,:
--             ]
--   roman   <- roman [-.–)] sp / roman sp &capital                 capital <- [A-H] [-.–] sp
--   decimal <- n ("." n)+ "."? sp      arabic <- n [-.–)] sp        letter  <- [a-zđ] ")" sp
--   in_parens <- "(" (n / small roman / letter) ")" sp             bullet  <- [-–—•●◦▪·+*] sp

local lpeg = require "lpeg"
local roman = require "vankien.util.roman"

local marks = {}

local P, R, S, C, Cc, Cp = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cp

local cardinals = {
  "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười một", "Mười hai",
}
local ordinals = {
  "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
}
local upper_ordinals = {
  "NHẤT", "HAI", "BA", "TƯ", "NĂM", "SÁU", "BẢY", "TÁM", "CHÍN", "MƯỜI", "MƯỜI MỘT", "MƯỜI HAI",
}
local letters = {}
for letter in ("a b c d đ e g h i k l m n o p q r s t u v x y"):gmatch "%S+" do
  letters[#letters + 1] = letter
  letters[letter] = #letters
end

-- The longest word first, each giving its place in the list.
local function one_of(words)
  local pattern = P(false)
  for n = #words, 1, -1 do pattern = pattern + P(words[n]) * Cc(n) end
  return pattern
end

local sp = (S " \t" + "\u{A0}") ^ 1
local stop = sp + -1 + #S "\r\n"
local digits = C(R "09" * R "09" ^ -2) * -R "09" / math.tointeger
local numeral = C(S "IVX" ^ 1) * -R "AZ" / roman.to_integer
local small_numeral = C(S "ivx" ^ 1) * -R "az" / roman.to_integer

-- class, value, end of the label, place of the content
local function mark(class, value, after)
  return Cc(class) * value * Cp() * (after or P(true)) * sp ^ 0 * Cp()
end

local function worded()
  local end_of_label = #(S ".:,;)" + sp + "-" + "–" + S "\r\n" + -1)
  local after = end_of_label * S ".:" ^ -1
  local nth = P "thứ" * sp * one_of(ordinals) + P "THỨ" * sp * one_of(upper_ordinals)
  local number = numeral + digits
  return mark("part", (P "Phần" + "PHẦN") * sp * (nth + number), after)
    + mark("chapter", (P "Chương" + "CHƯƠNG") * sp * number, after)
    + mark("section", (P "Mục" + "MỤC") * sp * number, after)
    + mark("article", (P "Điều" + "ĐIỀU") * sp * digits * R "az" ^ -1, after)
    + mark("cardinal", one_of(cardinals) * sp * "là", S ",:" + #sp)
    + mark("ordinal", P "Thứ" * sp * one_of(ordinals), S ",:" + #sp)
end

local function numbered()
  local joint = P "-" + "–" + "." + ")"
  local capital = C(R "AH") / function(c) return c:byte() - 64 end
  local part = R "09" * R "09" ^ -1 * -R "09"
  local decimal = C(part * ("." * part) ^ 1)
  -- f, j, w and z begin no item of a Vietnamese list
  local letter = C(R "az" + "đ") / function(c) return letters[c] or false end
  local bare = numeral * #(sp * (R "AZ" + R "\195\196" + "\225\186" + "\225\187"))
  return mark("roman", numeral, joint * stop) + mark("roman bare", bare)
    + mark("capital", capital, (P "-" + "–" + ".") * stop)
    + mark("decimal", decimal, P "." * stop) + mark("decimal bare", decimal, stop)
    + mark("arabic", digits, joint * stop)
    + mark("paren", P "(" * digits * ")") + mark("small roman", P "(" * small_numeral * ")")
    + mark("letter", letter, P ")" * stop)
    + mark("paren letter", P "(" * letter * ")")
    + mark("plus", P "+" * Cc(0), sp)
    + mark("bullet", (S "-*" + "–" + "—" + "•" + "●" + "◦" + "▪" + "·") * Cc(0), sp)
end

local grammar = worded() + numbered()

--- The mark with which a line may begin.
--- Shape: string, first byte, last byte -> {class=, value=, label=, content=, bare=, alone=} | nil.
--- Units: content is the place after the mark in the string; value its number, or text ("2.4");
--- alone says that nothing follows it on its line.
--- Errors: none.
--- Source: marks counted in official texts, congresses VI to XIV.
---@param s string
---@param i integer
---@param j integer
function marks.of(s, i, j)
  local class, value, label_end, content = grammar:match(s, i)
  if not class or not value or label_end > j + 1 then return nil end
  local bare = class:match "^(%l+) bare$"
  return {
    class = bare or class, value = value, content = content, bare = bare ~= nil,
    label = s:sub(i, label_end - 1), alone = content > j,
  }
end

--- How many letters lie between two letters of a list (a, b, c, d, đ, e, g …).
--- Shape: letter number, letter number -> integer.
--- Units: places in the alphabet of lists.
--- Errors: none.
--- Source: none.
function marks.is_next_letter(last, this)
  -- đ is often left out, and e then follows d
  return this == last + 1 or (last == letters.d and this == letters.e)
end

return marks
