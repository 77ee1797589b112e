-- Clean, fold, cut, encode, locate, count, scan, compare: for tests/alloc/alloc_main.c.

local corpus = require "vankien.host.corpus"
local store = require "vankien.host.store"
local text = require "vankien.host.text"

local ORIGINAL = "Ðại  hội\nĐảng toa\u{300}n quốc. Chủ động tham gia, tích cực tham gia; " ..
  "v.v. 25-CT/TW."

local function refused(code, f, ...)
  local ok, problem = pcall(f, ...)
  if ok or type(problem) ~= "table" or problem.code ~= code then error(problem, 0) end
end

local function forms()
  text.nfc(ORIGINAL)
  text.bare(ORIGINAL)
  text.upper(ORIGINAL)
  text.collate_key(ORIGINAL)
  text.pad(text.cut(ORIGINAL, 20), 30, "center")
  text.matches(ORIGINAL, "tham gia", true)
  refused("bad_input", text.fold, "\xFF")
end

local function stream(tokenizer)
  local clean, map = text.clean(ORIGINAL, { 0, 9, 9, #ORIGINAL })
  text.original_offset(map, 0, #clean)
  text.tokens(clean)
  text.json_records({ { a = clean }, { a = 1.5 } }, { "a" }, "\n", error)
  tokenizer:add(clean)
  tokenizer:add(clean .. " thêm từ mới")
  tokenizer:new_types()
  tokenizer:locate(clean, { 0, 2, 4, 1 })
  return (tokenizer:finish())
end

local function scan(units, lexicon)
  local conn, problem = store.open(":memory:", { mode = "create" })
  if not conn then error(problem, 0) end
  conn:exec "CREATE TABLE d (id INTEGER, g TEXT, units BLOB)"
  for id = 1, 3 do
    conn:run("INSERT INTO d VALUES (?, ?, ?)", { id, "g" .. id % 2, store.blob(units) })
  end
  local result = conn:scan("SELECT * FROM d", nil, lexicon, { hits = 5, kinds = { nested = true } })
  conn:close()
  return result
end

-- Spellings, programs, and a phrase between them.
local function patterns(tokenizer)
  local function units(phrase) return tokenizer:encode(phrase) or "" end
  -- one state and then another, "tham" and "gia", with any token between them
  local function id(word) return (("<I2"):unpack(units(word))) end
  local program = ("<" .. ("i8"):rep(12)):pack(3, 2, 1, 4, 2, 6, 6, 0, id "tham", 1, id "gia", 4)
  if id "tham" > id "gia" then error "ids come in the order of the text" end
  return corpus.lexicon { { program = program }, { units "tham gia", units "tích cực" },
    units "hội", { program = program } }
end

local function run()
  forms()
  local tokenizer <close> = text.tokenizer()
  local units = stream(tokenizer)
  local phrases = {}
  for i, phrase in ipairs { "tham gia", "chủ động tham gia", "hội", "chưa có", "gia tích" } do
    phrases[i] = tokenizer:encode(phrase) or ""
  end
  local lexicon = corpus.lexicon(phrases)
  lexicon:count(units)
  scan(units, lexicon)
  scan(units, patterns(tokenizer))
  corpus.shingles(units, tokenizer)
  corpus.contained(units, units, tokenizer)
  tokenizer:rollback(5)
end

local function check()
  local tokenizer <close> = text.tokenizer()
  local units = stream(tokenizer)
  local result = corpus.lexicon { tokenizer:encode "tham gia" }:count(units)
  return result.free[1] == 4
end

return { run = run, check = check }
