-- Damage done to clean paragraphs as text layers of PDF do it, from a seed: the kinds counted in
-- public copies of official texts.  For specs that compare what is found in both.

local damage = {}

local LETTERS = "[%a\xC3-\xC6\xE1][%a\x80-\xBF\xC3-\xC6\xE1]*"

-- Numbers from a seed, the same in every run (Park and Miller).
local function numbers(seed)
  local state = seed * 7919 % 2147483647 + 1
  return function(n)
    state = state * 48271 % 2147483647
    return state % n + 1
  end
end

local function split_at(word, at)
  local byte = utf8.offset(word, at + 1)
  return word:sub(1, byte - 1) .. " " .. word:sub(byte)
end

-- A space inside one in `share` of the words; before a mark as often.
local function split_words(paragraph, pick, share)
  paragraph = paragraph:gsub(LETTERS, function(word)
    local letters = utf8.len(word)
    if not letters or letters < 2 or pick(share) > 1 then return nil end
    return split_at(word, pick(letters - 1))
  end)
  return (paragraph:gsub("(%l)([,;])", function(letter, mark)
    return pick(share) == 1 and letter .. " " .. mark or nil
  end))
end

-- One paragraph in twenty with other letters for Đ and ư, or no-break spaces.
local function other_letters(paragraph, pick)
  local kind = pick(60)
  if kind == 1 then return (paragraph:gsub("Đ", "Ð")) end
  if kind == 2 then return (paragraph:gsub("ư", "ƣ")) end
  if kind == 3 then return (paragraph:gsub(" ", "\u{A0}", 3)) end
  return paragraph
end

local function wrapped(paragraphs, columns)
  local lines = {}
  for _, paragraph in ipairs(paragraphs) do
    local line = ""
    for word in paragraph:gmatch "%S+" do
      local longer = line == "" and word or line .. " " .. word
      if utf8.len(longer) > columns then
        lines[#lines + 1], line = line, word
      else
        line = longer
      end
    end
    lines[#lines + 1] = line
  end
  return lines
end

--- A paragraph set in lines of at most so many columns.
function damage.set(paragraph, columns)
  return table.concat(wrapped({ paragraph }, columns), "\n")
end

-- Lines with a header and a number on each page.
local function paged(lines, per_page)
  local out = {}
  for n, line in ipairs(lines) do
    if n % per_page == 1 then out[#out + 1] = (n > 1 and "\f" or "") .. "VĂN KIỆN ĐẢNG" end
    out[#out + 1] = line
    if n % per_page == 0 then out[#out + 1] = ("- %d -"):format(n // per_page) end
  end
  return table.concat(out, "\n") .. "\n"
end

-- A page on each line, behind its mark and its header.
local function lines_of_pages(paragraphs, per_page)
  local words, out = {}, {}
  for word in table.concat(paragraphs, " "):gmatch "[^ ]+" do words[#words + 1] = word end
  for from = 1, #words, per_page do
    local page = from // per_page + 1
    out[page] = ("# page %d\n7.bao_cao(CT).doc %d %s"):format(page, page,
      table.concat(words, " ", from, math.min(from + per_page - 1, #words)))
  end
  return table.concat(out, "\n") .. "\n"
end

--- Clean paragraphs damaged: `share` is one word in so many; `pages` "lines" (hard wrapped, with
--- headers) or "flow" (a page a line).
function damage.of(paragraphs, seed, share, pages)
  local pick, out = numbers(seed), {}
  for n, paragraph in ipairs(paragraphs) do
    out[n] = other_letters(split_words(paragraph, pick, share), pick)
  end
  if pages == "flow" then return lines_of_pages(out, 300 + pick(80)) end
  return paged(wrapped(out, 55 + pick(40)), 30 + pick(10))
end

return damage
