-- Fuzz target: cleaning, folding and tokens of any bytes.  What is no UTF-8 is refused; for the
-- rest the forms are stable, and every token stands where it says.

local text = require "vankien.host.text"
local err = require "vankien.util.err"

local function refused(f, ...)
  local ok, problem = pcall(f, ...)
  assert(not ok, "taken, though it is no UTF-8")
  if not (err.is(problem) and problem.code == "bad_input") then error(problem, 0) end
end

local function forms_are_stable(s)
  for _, name in ipairs { "nfc", "fold", "bare" } do
    local once = text[name](s)
    assert(text.check_utf8(once), name)
    assert(text[name](once) == once, name .. " changes what it made")
  end
  assert(text.width(text.cut(s, 12)) <= 12)
  text.collate_key(s)
end

local function tokens_stand(s)
  local last = 0
  for _, token in ipairs(text.tokens(s)) do
    assert(token.from > last and token.to >= token.from and token.to <= #s)
    assert(#token.form > 0)
    last = token.to
  end
end

-- A cleaned text leads back into the original, in order.
local function offsets_lead_back(s)
  local half = #s // 2
  while half > 0 and s:byte(half + 1) and s:byte(half + 1) & 0xC0 == 0x80 do half = half - 1 end
  local clean, map = text.clean(s, { 0, half, half, #s })
  local before = 0
  for at = 0, #clean, 1 + #clean // 40 do
    local there = text.original_offset(map, 0, at)
    assert(there >= before and there <= #s)
    before = there
  end
  return clean
end

local function units_are_found_again(clean)
  local tokenizer <close> = text.tokenizer()
  tokenizer:add(clean)
  local units = tokenizer:finish()
  assert(#units % 2 == 0)
  for _, token in ipairs(text.tokens(clean)) do
    if token.kind == "syllable" then assert(tokenizer:encode(token.form), token.form) end
  end
end

return function(bytes)
  if bytes:find("\0", 1, true) then return end   -- UTF-8, but in no document: import refuses it
  if not text.check_utf8(bytes) then
    for _, name in ipairs { "nfc", "fold", "bare", "tokens" } do refused(text[name], bytes) end
    return
  end
  forms_are_stable(bytes)
  tokens_stand(bytes)
  units_are_found_again(offsets_lead_back(bytes))
end
