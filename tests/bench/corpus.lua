-- A generated corpus for benchmarks: Vietnamese-looking syllables by Zipf's law, ladder phrases
-- planted at known rates with traps around them, and the record of what must be found.
-- The same seed gives the same bytes on any machine.

local corpus = {}

corpus.phrases = {
  "tham dự", "tham gia", "tích cực tham gia", "chủ động tham gia", "chủ động, tích cực tham gia",
  "hòa giải", "nòng cốt", "dẫn dắt", "định hình", "thành viên có trách nhiệm",
}
corpus.congresses = { "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV" }

-- A small generator with a stated rule (xorshift64*), so that no library decides the bytes.
local function generator(seed)
  local state = seed
  return function(n)
    state = state ~ (state >> 12)
    state = state ~ (state << 25)
    state = state ~ (state >> 27)
    return ((state * 0x2545F4914F6CDD1D) >> 33) % n + 1
  end
end

local onsets = { "b", "c", "d", "đ", "g", "h", "kh", "l", "m", "n", "nh", "ng", "ph", "r", "s", "t",
  "th", "tr", "v", "x", "ch" }
local rimes = {
  "a", "á", "à", "ả", "ã", "ạ", "an", "án", "àn", "ang", "áng", "ăn", "ắn", "âm", "ấm", "ầm",
  "ay", "áy", "ên", "ến", "ền", "iên", "iến", "iền", "iện", "inh", "ính", "ình", "o", "ó", "ò",
  "on", "ón", "ông", "ống", "ồng", "ộng", "ơi", "ới", "ời", "ua", "úa", "ung", "úng", "uôn",
  "uốn", "uồn", "ương", "ướng", "ường", "ượng", "ưa", "ứa", "ừa", "ây", "ấy", "ầy", "ậy", "oan",
  "oán", "oàn", "oạn", "uyên", "uyến", "uyền", "uyện",
}

-- Syllables of the phrases stay out of the filler, so that nothing is planted by accident;
-- they come back as first halves of other words (decoys), so that the search meets them often.
local decoys = { "tham mưu", "tích lũy", "chủ tịch", "dẫn chứng", "định kỳ", "thành phố",
  "nòng súng", "gia đình", "động lực", "hòa bình" }
local traps = { "chủ động. Tham mưu", "chủ động tích cực", "tham, gia", "nòng; cốt", "dẫn. Dắt" }
-- "chủ động tích cực tham gia" lacks the comma: only "tích cực tham gia" stands there.
local spelled = { ["hòa giải"] = { "hòa giải", "hoà giải", "Hoà giải", "HÒA GIẢI" } }

local function banned()
  local set = {}
  for _, phrase in ipairs(corpus.phrases) do
    for syllable in phrase:gmatch("[^ ,]+") do set[syllable] = true end
  end
  return set
end

local function shuffled(list, random)
  for i = #list, 2, -1 do
    local j = random(i)
    list[i], list[j] = list[j], list[i]
  end
  return list
end

local function vocabulary(random)
  local list, out = {}, banned()
  for _, onset in ipairs(onsets) do
    for _, rime in ipairs(rimes) do
      if not out[onset .. rime] then list[#list + 1] = onset .. rime end
    end
  end
  return shuffled(list, random)
end

-- Zipf by inversion over a table of 65,536 slots: rank r gets about 1/r of them.
local function zipf(words)
  local slots, total = {}, 0
  for r = 1, #words do total = total + 1 / r end
  local r, sum = 1, 1 / total
  for slot = 1, 65536 do
    while slot / 65536 > sum and r < #words do
      r = r + 1
      sum = sum + 1 / r / total
    end
    slots[slot] = words[r]
  end
  return slots
end

local function plant(phrase, random)
  local forms = spelled[phrase]
  if forms then return forms[random(#forms)] end
  if random(8) == 1 then return (phrase:gsub("^%l", string.upper)) end
  return phrase
end

local function syllables_in(s)
  local _, spaces = s:gsub(" ", "")
  return spaces + 1
end

-- One document: the text, its syllables, and how often each phrase stands free in it.
local function document(size, congress, slots, random)
  local parts, n, counts = {}, 0, {}
  while n < size do
    local pick = random(400)
    if pick <= 4 then
      local i = random(#corpus.phrases)
      if random(10) <= congress or i <= 2 then
        counts[i] = (counts[i] or 0) + 1
        parts[#parts + 1] = plant(corpus.phrases[i], random)
        n = n + syllables_in(corpus.phrases[i])
      end
    elseif pick <= 20 then
      local decoy = decoys[random(#decoys)]
      parts[#parts + 1], n = decoy, n + syllables_in(decoy)
    elseif pick == 21 then
      local trap = traps[random(#traps)]
      parts[#parts + 1], n = trap .. ".", n + syllables_in(trap)
    else
      parts[#parts + 1], n = slots[random(65536)], n + 1
    end
    if pick > 380 then parts[#parts] = parts[#parts] .. (pick > 390 and "," or ".\n") end
  end
  return table.concat(parts, " "), n, counts
end

local function json_string(s)
  return '"' .. s:gsub("\n", "\\n") .. '"'
end

local function write(out, text_out, i, body, c)
  local congress = corpus.congresses[c]
  out:write(('{"number":"%d-CT/TW","type":"Chỉ thị","congress":"%s","issuer":"Ban Bí thư",'
    .. '"issued":"%d","title":"Văn bản %d","text":%s}\n'):format(i, congress,
    1981 + 5 * c, i, json_string(body)))
  text_out:write(body, "\n")
end

--- Write a corpus as JSON Lines and as plain text.
--- Shape: syllables, paths, seed -> {syllables, documents, free = {[congress] = {[i] = n}}, bytes}.
--- Units: syllables; documents of 5,000 of them.
--- Errors: raises when a file cannot be written.
--- Source: none.
function corpus.generate(size, jsonl_path, text_path, seed)
  local random = generator(seed or 20260123)
  local slots = zipf(vocabulary(random))
  local out, text_out = assert(io.open(jsonl_path, "w")), assert(io.open(text_path, "w"))
  local record = { syllables = 0, documents = 0, free = {}, bytes = 0 }
  for _, name in ipairs(corpus.congresses) do record.free[name] = {} end
  while record.syllables < size do
    local c = record.documents % #corpus.congresses + 1
    local body, n, counts = document(5000, c, slots, random)
    record.documents, record.syllables = record.documents + 1, record.syllables + n
    record.bytes = record.bytes + #body
    local free = record.free[corpus.congresses[c]]
    for i, k in pairs(counts) do free[i] = (free[i] or 0) + k end
    write(out, text_out, record.documents, body, c)
  end
  assert(out:close())
  assert(text_out:close())
  return record
end

return corpus
