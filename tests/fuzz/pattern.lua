-- Fuzz target: any text as a lexicon entry, a pattern or a phrase, compiled and counted over a
-- small text.  Refused with one of our errors, or counted within what the text has room for.

local host_text = require "vankien.host.text"
local compile = require "vankien.corpus.compile"
local lexicon = require "vankien.corpus.lexicon"
local vocabulary = require "vankien.corpus.vocabulary"
local err = require "vankien.util.err"

local tokenizer = host_text.tokenizer()
tokenizer:add "Chủ động, tích cực tham gia và phát huy vai trò nòng cốt; tham dự 12 hội nghị."
tokenizer:add "Hội nhập kinh tế quốc tế (bổ sung, phát triển 2011), hoi nhap, chủ động và tham gia."
local known = vocabulary.of_types(tokenizer:new_types())
local units = tokenizer:finish()

local REFUSALS = { bad_input = true, usage = true }

local function lexicon_of(phrase)
  local ok, made = pcall(lexicon.new, { phrase, "tham gia" })
  if ok then return made end
  if not (err.is(made) and REFUSALS[made.code]) then error(made, 0) end
end

local function encode(phrase) return tokenizer:encode(phrase) end

return function(bytes)
  local made = lexicon_of(bytes)
  if not made then return end
  local counted = compile.lexicon(made, encode, function() return known end):count(units)
  local sum = 0
  for i = 1, #made do
    sum = sum + counted.free[i]
    assert(counted.free[i] >= 0 and counted.nested[i] >= 0 and counted.overlapped[i] >= 0)
  end
  assert(sum <= #units // 2, "more chosen matches than tokens")
end
