-- Texts as others write them: decomposed, or with the tone mark on the other vowel.

local text = require "vankien.host.text"

local variants = {}

-- What a composed letter is made of, for every letter of the language.
local function decompositions()
  local out = {}
  local marks = { "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}" }
  local bases = { a = { "", "\u{302}", "\u{306}" }, e = { "", "\u{302}" }, i = { "" },
    o = { "", "\u{302}", "\u{31B}" }, u = { "", "\u{31B}" }, y = { "" } }
  for letter, changes in pairs(bases) do
    for _, base in ipairs { letter, letter:upper() } do
      for _, change in ipairs(changes) do
        local plain = base .. change
        out[text.nfc(plain)] = plain
        for _, mark in ipairs(marks) do out[text.nfc(plain .. mark)] = plain .. mark end
      end
    end
  end
  return out
end

--- Letters and marks apart, as some systems save them.
function variants.nfd(s)
  return (s:gsub(utf8.charpattern, decompositions()))
end

--- hòa for hoà, and hoà for hòa.
function variants.other_placement(s)
  for pair in ("òa oà óa oá ỏa oả õa oã ọa oạ òe oè óe oé ỏe oẻ õe oẽ ọe oẹ ùy uỳ úy uý ủy uỷ "
    .. "ũy uỹ ụy uỵ"):gmatch "%S+ %S+" do
    local old, new = pair:match "(%S+) (%S+)"
    s = s:gsub(new, "\0"):gsub(old, new):gsub("%z", old)
  end
  return s
end

--- Each with a name, and the text as it is first.
variants.all = {
  { "as they are", function(s) return s end }, { "in NFD", variants.nfd },
  { "with the tone in the other place", variants.other_placement },
}

return variants
