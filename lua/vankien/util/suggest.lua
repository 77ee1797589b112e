-- "Did you mean": the candidates nearest to a word that is not known.

local suggest = {}

-- Letters under their plain one; for comparing names only, so a table is enough here.
local letters = {
  a = "àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", e = "èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ", i = "ìíỉĩịÌÍỈĨỊ",
  o = "òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", u = "ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ", y = "ỳýỷỹỵỲÝỶỸỴ",
  d = "đĐð",
}

local plain_letter = {}
for letter, marked in pairs(letters) do
  for _, point in utf8.codes(marked) do plain_letter[utf8.char(point)] = letter end
end

local function bare(word)
  if not utf8.len(word) then return word:lower() end
  local out = word:gsub("\xCC[\x80-\xBF]", ""):gsub("\xCD[\x80-\xAF]", "")
  return (out:gsub("[\xC2-\xF4][\x80-\xBF]*", plain_letter):lower())
end

local function codepoints(word)
  if not utf8.len(word) then return { word:byte(1, 64) } end
  local points = {}
  for _, point in utf8.codes(word) do
    points[#points + 1] = point
    if #points == 64 then break end
  end
  return points
end

-- Optimal string alignment: insert, delete, replace, swap of neighbours.
local function distance(a, b)
  local before, last, this = {}, {}, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    this[0] = i
    for j = 1, #b do
      local cost = a[i] == b[j] and 0 or 1
      local best = math.min(last[j] + 1, this[j - 1] + 1, last[j - 1] + cost)
      if i > 1 and j > 1 and a[i] == b[j - 1] and a[i - 1] == b[j] then
        best = math.min(best, before[j - 2] + 1)
      end
      this[j] = best
    end
    before, last, this = last, this, before
  end
  return last[#b]
end

-- A candidate whose words are those of `word` in another case or order of
-- marks is nearer than one that differs in letters.
local function score(word, word_bare, candidate)
  local points = codepoints(candidate)
  local plain = distance(codepoints(word), points)
  local without = distance(codepoints(word_bare), codepoints(bare(candidate)))
  local d = math.min(plain, without + (without < plain and 0.5 or 0))
  local longest = math.max(#points, utf8.len(word) or #word)
  if longest > 3 and candidate:lower():find(word:lower(), 1, true) == 1 and #word >= 3 then
    d = math.min(d, 1.5)
  end
  return d, math.max(1, longest // 3)
end

--- Candidates near a word, the nearest first.
--- Shape: word, list of strings, limit (3) -> list of strings, perhaps empty.
--- Units: edit distance over code points; also ignoring case and marks; at most a third differs.
--- Errors: none.
--- Source: Damerau 1964 (optimal string alignment).
---@param word string
---@param candidates string[]
---@param limit? integer
function suggest.nearest(word, candidates, limit)
  word = tostring(word)
  local word_bare, found = bare(word), {}
  for _, candidate in ipairs(candidates) do
    local d, allowed = score(word, word_bare, candidate)
    if d <= allowed + 0.5 then found[#found + 1] = { name = candidate, d = d } end
  end
  table.sort(found, function(a, b)
    if a.d ~= b.d then return a.d < b.d end
    return a.name < b.name
  end)
  local names = {}
  for i = 1, math.min(limit or 3, #found) do names[i] = found[i].name end
  return names
end

--- A question that names the nearest candidate.
--- Shape: word, list of strings -> 'did you mean "title"?' | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param word string
---@param candidates string[]
function suggest.phrase(word, candidates)
  local near = suggest.nearest(word, candidates, 1)
  if near[1] then return ('did you mean "%s"?'):format(near[1]) end
end

return suggest
