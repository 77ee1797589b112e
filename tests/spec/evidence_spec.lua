-- Lines of evidence, made in the host, against lines made here the long way: every passage cut as a
-- whole, units counted token by token, each place looked up by itself.

local corpus = dofile "tests/bench/corpus.lua"
local stores = dofile "tests/support/stores.lua"
local texts = dofile "tests/support/texts.lua"
local variants = dofile "tests/support/variants.lua"

local evidence = require "vankien.corpus.evidence"
local host = require "vankien.host.store"
local ingest = require "vankien.corpus.ingest"
local json = require "vankien.util.json"
local kwic = require "vankien.corpus.kwic"
local lexicon_of = require "vankien.corpus.lexicon"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local text = require "vankien.host.text"
local witness = require "vankien.corpus.witness"

local WINDOWS = { 1, 8, 10000, "sentence" }
local PHRASES = { "tham gia", "chủ động tham gia", "hội nhập", "(chủ động|tích cực) (,|và)? _",
  "hòa bình ..3 hợp tác", "nòng cốt", "đối ngoại" }
local FIELDS = { "document", "number", "title", "issued", "issuer", "congress", "section",
  "passage", "left", "hit", "right", "kind", "inside", "phrase", "period", "start", "stop" }

local passage_sql = [[SELECT ordinal, path, text, start, map, first_unit FROM passages
  WHERE document_id = ? AND first_unit <= ? ORDER BY first_unit DESC, ordinal DESC LIMIT 1]]

-- Tokens of a passage, with the unit that each begins at: a type from 64,000 on takes two, but the
-- end of a sentence one.
local function tokens_of(passage, wide)
  local tokens, at = text.tokens(passage), 0
  for _, token in ipairs(tokens) do
    token.unit = at
    at = at + (wide[token.form] and not token.sentence_end and 2 or 1)
  end
  return tokens
end

local function token_at(tokens, unit)
  for i, token in ipairs(tokens) do
    if token.unit >= unit then return i end
  end
  return #tokens + 1
end

local function closes(tokens, i)
  return tokens[i] and tokens[i].kind == "mark" and tokens[i].from == tokens[i - 1].to + 1
end

local function sentence(tokens, first, last)
  local from, to = first, last
  while from > 1 and not tokens[from - 1].sentence_end do from = from - 1 end
  while from > 1 and from < first and closes(tokens, from) do from = from + 1 end
  while to < #tokens and not tokens[to].sentence_end do to = to + 1 end
  while tokens[to].sentence_end and closes(tokens, to + 1) do to = to + 1 end
  return from, to
end

local function slow_line(store, hit, window, wide)
  local ordinal, path, passage, start, map, first_unit =
    store.conn:first(passage_sql, { hit.document_id, hit.unit })
  local tokens = tokens_of(passage, wide or {})
  local first = token_at(tokens, hit.unit - first_unit)
  local last = token_at(tokens, hit.unit + hit.units - first_unit) - 1
  local from, to = math.max(1, first - (tonumber(window) or 0)),
    math.min(#tokens, last + (tonumber(window) or 0))
  local before, after = from > 1 and "… " or "", to < #tokens and " …" or ""
  if window == "sentence" then
    from, to = sentence(tokens, first, last)
    before, after = "", ""
  end
  local key, number, title, issued, issuer, congress = store.conn:first(
    "SELECT key, number, title, issued, issuer, congress FROM documents WHERE id = ?",
    { hit.document_id })
  return {
    document = key, number = number, title = title, issued = issued, issuer = issuer,
    congress = congress, section = path, passage = ordinal,
    left = before .. passage:sub(tokens[from].from, tokens[first].from - 1),
    hit = passage:sub(tokens[first].from, tokens[last].to),
    right = passage:sub(tokens[last].to + 1, tokens[to].to) .. after,
    kind = ({ [0] = "free", "nested", "overlapped" })[hit.kind], inside = hit.container,
    phrase = hit.phrase, period = hit.period,
    start = text.original_offset(map, start, tokens[first].from - 1),
    stop = text.original_stop(map, start, tokens[last].to),
  }
end

local function hits_of(store, phrases)
  local lexicon = lexicon_of.new(phrases)
  local picked, params = scope.pick(store, { by = "congress" })
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { hits = 100000 })
  return counts, lexicon, witness.hits(counts, lexicon)
end

local function same(expected, line)
  for _, name in ipairs(FIELDS) do
    if expected[name] ~= rawget(line, name) then
      error(("%s of %q in %s: %q, not %q"):format(name, expected.hit, expected.document,
        tostring(rawget(line, name)), tostring(expected[name])))
    end
  end
end

-- All lines of a store, however they are asked for, in records too; how many.
local function check(store, phrases, windows)
  local counts, lexicon, hits = hits_of(store, phrases)
  local wide = {}
  for _, form in store.conn:rows "SELECT form FROM types WHERE id >= 64000" do wide[form] = true end
  for _, window in ipairs(windows or WINDOWS) do
    local lines = evidence.of_scan(store, counts, lexicon, { window = window })
    local records = text.json_records(lines, FIELDS, "\n", json.record)
    local listed = evidence.lines(store, hits, { window = window })
    local out = {}
    assert.equal(#hits, #lines)
    for i, hit in ipairs(hits) do
      local expected = slow_line(store, hit, window, wide)
      same(expected, lines[i])
      same(expected, listed[i])
      out[i] = json.record(expected, FIELDS)
    end
    assert.equal(table.concat(out, "\n"), records)
    assert.equal(records, text.json_records(lines, FIELDS, "\n", json.record))     -- filled now
  end
  return #hits
end

local function imported(files)
  local folder, paths, store = texts.folder(files), {}, stores.fresh()
  for name in pairs(files) do paths[#paths + 1] = folder .. "/" .. name end
  table.sort(paths)
  assert(ingest.run(store, paths))
  texts.clear(folder)
  return store
end

local function held(change)
  local real, files = texts.real(), {}
  if not real then return nil end
  for name in io.lines(real .. "/manifest.csv") do
    name = name:match "^([^,]+%.%a+),"
    if name then
      local file <close> = assert(io.open(real .. "/" .. name))
      files[name:gsub("/", "_")] = change(file:read "a")
    end
  end
  return imported(files)
end

local TRAPS = [[
# title: Bẫy
# congress: XII
# issued: 2016-01

Câu đầu. “Chủ động tham gia các cơ chế!” Rồi tích cực tham gia, v.v. Tham gia (tham gia?)… Hết
Tham gia
tham gia tham gia. "Tham gia." Đồng chí T.Ư tham gia 25-CT/TW; chủ động, tích cực tham gia…
]]

describe("lines of evidence", function()
  for _, variant in ipairs(variants.all) do
    it("are those of the slow way over the held texts, " .. variant[1], function()
      local store = held(variant[2])
      if not store then return pending "the texts are not held here (VANKIEN_TEXTS)" end
      finally(function() stores.drop(store) end)
      assert.is_true(check(store, PHRASES, { 8, "sentence" }) > 1000)
    end)

    it("are those of the slow way over generated and trapped texts, " .. variant[1], function()
      local folder = texts.folder {}
      corpus.generate(60000, folder .. "/c.jsonl", folder .. "/c.txt", 11)
      local file <close> = assert(io.open(folder .. "/c.jsonl"))
      local store = imported { ["a.txt"] = variant[2](TRAPS),
        ["c.jsonl"] = variant[2](file:read "a") }
      finally(function() stores.drop(store) texts.clear(folder) end)
      assert.is_true(check(store, PHRASES) > 100)
    end)
  end

  it("are right where a token takes two units", function()
    local store = stores.fresh()
    finally(function() stores.drop(store) end)
    store.conn:run("INSERT INTO types (id, form, kind, hash) VALUES (?, ?, 'syllable', ?)",
      { 63996, "khôngaiviết", host.blob(("x"):rep(32)) })
    local folder = texts.folder { ["a.txt"] = TRAPS }
    assert(ingest.run(store, { folder .. "/a.txt" }))
    texts.clear(folder)
    assert.is_true(store.conn:first "SELECT max(id) FROM types" > 64000)
    assert.is_true(check(store, { "tham gia", "chủ động", "tích cực ..2 gia", "v.v" }) >= 10)
    local n = 0
    for _, row in ipairs(store:search "tham gia".rows) do
      for _, place in ipairs(row.places) do
        assert.equal("tham gia", text.fold(TRAPS:sub(place.start + 1, place.stop)))
        n = n + 1
      end
    end
    assert.is_true(n > 8)
  end)

  it("come one by one as they come together, whatever their order", function()
    local store = imported { ["a.txt"] = TRAPS }
    finally(function() stores.drop(store) end)
    local _, _, hits = hits_of(store, PHRASES)
    for i = 1, #hits // 2 do hits[i], hits[#hits + 1 - i] = hits[#hits + 1 - i], hits[i] end
    local lines = evidence.lines(store, hits, { window = 2 })
    for i, hit in ipairs(hits) do
      same(slow_line(store, hit, 2), lines[i])
      hit.passage, hit.first = nil, nil
      same(slow_line(store, hit, 2), evidence.lines(store, { hit }, { window = 2 })[1])
    end
  end)

  it("of a sample and of a sorted concordance are those of all", function()
    local store = imported { ["a.txt"] = TRAPS }
    finally(function() stores.drop(store) end)
    local function keys(rows)
      local list = {}
      for i, row in ipairs(rows) do list[i] = json.record(row, FIELDS) end
      return list
    end
    local all = keys(kwic.of(store, "tham gia").rows)
    assert.is_true(#all > 8)
    local known = {}
    for _, key in ipairs(all) do known[key] = true end
    for _, key in ipairs(keys(kwic.of(store, "tham gia", { sample = 4 }).rows)) do
      assert.is_true(known[key])
    end
    local sorted = keys(kwic.of(store, "tham gia", { sort = "right" }).rows)
    table.sort(sorted)
    table.sort(all)
    assert.same(all, sorted)
  end)

  it("say what is damaged", function()
    local store = imported { ["a.txt"] = TRAPS }
    finally(function() stores.drop(store) end)
    local _, _, hits = hits_of(store, { "tham gia" })
    local function refused(changes)
      local hit = {}
      for name, value in pairs(hits[1]) do hit[name] = value end
      for name, value in pairs(changes) do hit[name] = value end
      local ok, problem = pcall(evidence.lines, store, { hit })
      assert.is_false(ok)
      assert.equal("integrity", problem.code)
      return problem.message
    end
    assert.matches("gone", refused { document_id = 1 << 40 })
    assert.matches("gone", refused { passage = 99 })
    assert.matches("does not have the tokens", refused { units = 1 << 20 })
    assert.matches("does not have the tokens", refused { units = 0 })
    assert.matches("does not have the tokens", refused { passage = 2, unit = 0 })
    store.conn:run "UPDATE passages SET map = x'0700'"
    assert.matches("map", refused {})
    store.conn:run "UPDATE passages SET text = CAST(x'C3' || text AS TEXT)"
    assert.matches("UTF%-8", refused {})
  end)
end)
