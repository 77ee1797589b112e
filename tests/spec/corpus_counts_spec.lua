-- Frequencies, collocates and dispersion of a store against counts made from its tokens one by one.

local corpora = dofile "tests/support/corpora.lua"
local dispersion = require "vankien.analysis.dispersion"
local err = require "vankien.util.err"
local measures = require "vankien.analysis.association"

local store

setup(function() store = corpora.excerpts() end)
teardown(function() corpora.stores.drop(store) end)

local function all() return true end

local function code_of(fn, ...)
  local ok, problem = pcall(fn, ...)
  assert.is_false(ok)
  assert.is_true(err.is(problem), tostring(problem))
  return problem.code, problem
end

describe("freq", function()
  it("counts every n-gram of 1 to 5 syllables as its tokens do", function()
    for n = 1, 5 do
      local expected, found = corpora.grams(store, n, all), {}
      for _, row in ipairs(store:ngrams(n, { limit = 100000, evidence = 0 }).rows) do
        found[row.form] = row.n
      end
      assert.same(expected, found)
    end
  end)

  it("counts syllables that sum to those of the texts", function()
    local result, sum = store:freq(nil, { limit = 100000, evidence = 0 }), 0
    for _, row in ipairs(result.rows) do sum = sum + row.n end
    assert.equal(store:sql "SELECT sum(syllables) AS n FROM texts"[1].n, sum)
    assert.equal(sum, result.syllables)
  end)

  it("counts phrases leftmost-longest, and says what it counted", function()
    local result = store:freq { "tham gia", "chủ động tham gia" }
    local lone = store:freq "tham gia"
    assert.equal(lone.rows[1].n, result.rows[1].n + result.rows[2].n)
    assert.truthy(result.notes[1]:find("free-standing", 1, true))
    assert.equal("tham gia", result:provenance().patterns[1])
    assert.equal(64, #result:provenance().fingerprint)
  end)

  it("lists no more than fit, the most frequent ones, and counts the rest", function()
    local sql = "SELECT document_id, 0, units FROM tokens"
    local skip = require "vankien.corpus.frequencies".skipped(store)
    local whole = store.conn:frequency(sql, {}, { n = 2, skip = skip })
    local part = store.conn:frequency(sql, {}, { n = 2, skip = skip, most = 40 })
    assert.equal(#whole.cells // 6, part.met)
    assert.is_true(#part.cells // 6 <= 40 and part.least > 1)
    for at = 3, #part.cells, 6 do assert.is_true(part.cells[at] >= part.least) end
    local above = 0
    for at = 3, #whole.cells, 6 do
      if whole.cells[at] >= part.least then above = above + 1 end
    end
    assert.equal(above, #part.cells // 6)
  end)

  it("refuses what makes no sense", function()
    assert.equal("usage", (code_of(store.freq, store, "tham gia", { n = 2 })))
    assert.equal("bad_input", (code_of(store.ngrams, store, 6)))
    assert.equal("bad_input", (code_of(store.ngrams, store, 0 / 0)))
    local code, problem = code_of(store.freq, store, nil, { limt = 3 })
    assert.equal("unknown_name", code)
    assert.equal('did you mean "limit"?', problem.hint)
    assert.equal("not_found", (code_of(store.freq, store, nil, { over = "congress = 'I'" })))
  end)
end)

-- Which syllables of a sentence stand within a window of the node, which in the node.
local function classes_of(tokens, node, left, right)
  local syllables, class = {}, {}
  for _, token in ipairs(tokens) do
    if token.kind == "syllable" then syllables[#syllables + 1] = token end
  end
  local starts = {}
  local i = 1
  while i <= #syllables - #node + 1 do
    local k = 1
    while k <= #node and syllables[i + k - 1].form == node[k] do k = k + 1 end
    if k > #node then
      starts[#starts + 1] = i
      i = i + #node
    else
      i = i + 1
    end
  end
  for _, s in ipairs(starts) do
    for at = math.max(1, s - left), math.min(#syllables, s + #node - 1 + right) do
      class[at] = class[at] == "node" and "node" or "inside"
    end
    for at = s, s + #node - 1 do class[at] = "node" end
  end
  return syllables, class, #starts
end

local function window_counts(node, left, right)
  local inside, total, f1, n, nodes = {}, {}, 0, 0, 0
  for _, sentence in ipairs(corpora.sentences(store)) do
    local syllables, class, starts = classes_of(sentence.tokens, node, left, right)
    nodes = nodes + starts
    for i, token in ipairs(syllables) do
      if class[i] ~= "node" then
        n = n + 1
        total[token.form] = (total[token.form] or 0) + 1
        if class[i] == "inside" then
          f1 = f1 + 1
          inside[token.form] = (inside[token.form] or 0) + 1
        end
      end
    end
  end
  return inside, total, f1, n, nodes
end

describe("colloc", function()
  it("counts a window as its tokens do, each place once and the phrase's own never", function()
    for _, window in ipairs { { 5, 5 }, { 0, 3 }, { 2, 0 }, { 40, 40 } } do
      local inside, total, f1, n, nodes = window_counts({ "tham", "gia" }, window[1], window[2])
      local found = store:colloc("tham gia", { window = window, min = 1, limit = 10000 })
      assert.same({ f1, n, nodes }, { found.f1, found.n, found.nodes })
      local met = 0
      for _, row in ipairs(found.rows) do
        assert.same({ inside[row.form], total[row.form] }, { row.o, row.f2 }, row.form)
        met = met + 1
      end
      local expected = 0
      for _ in pairs(inside) do expected = expected + 1 end
      assert.equal(expected, met)
    end
  end)

  it("scores the table that it prints", function()
    local found = store:colloc("tham gia", { min = 2, measure = "g2" })
    for _, row in ipairs(found.rows) do
      assert.near(measures.g2(row.o, found.f1, row.f2, found.n), row.g2, 1e-9)
      assert.near(measures.log_dice(row.o, found.f1, row.f2, found.n), row.log_dice, 1e-9)
    end
    assert.truthy(table.concat(found.notes, " "):find("token-level", 1, true))
    assert.truthy(table.concat(found.notes, " "):find("places of the form", 1, true))
  end)

  it("counts sentences that hold both, and passages", function()
    local together, with_form, with_node, n = {}, {}, 0, 0
    for _, sentence in ipairs(corpora.sentences(store)) do
      local syllables, class, starts = classes_of(sentence.tokens, { "tham", "gia" }, 0, 0)
      local seen = {}
      for i, token in ipairs(syllables) do
        if class[i] ~= "node" then seen[token.form] = true end
      end
      if #syllables > 0 then n = n + 1 end
      if starts > 0 then with_node = with_node + 1 end
      for form in pairs(seen) do
        with_form[form] = (with_form[form] or 0) + 1
        if starts > 0 then together[form] = (together[form] or 0) + 1 end
      end
    end
    local found = store:colloc("tham gia", { window = "sentence", min = 1, limit = 10000 })
    assert.same({ with_node, n }, { found.f1, found.n })
    for _, row in ipairs(found.rows) do
      assert.same({ together[row.form], with_form[row.form] }, { row.o, row.f2 }, row.form)
    end
    local passages = store:colloc("tham gia", { window = "passage", min = 1 })
    assert.equal(store:sql "SELECT count(*) AS n FROM passages"[1].n, passages.n)
  end)

  it("finds collocates of several syllables, and their places", function()
    local found = store:colloc("tham gia", { n = 3, window = { 0, 6 }, min = 2 })
    local forms = {}
    for _, row in ipairs(found.rows) do forms[row.form] = row end
    assert.truthy(forms["các cơ chế"])
    assert.equal(forms["các cơ chế"].o, #found:lines("các cơ chế"))
  end)

  it("says that a phrase stands nowhere, and that few places are few", function()
    local found = store:colloc "không có đâu"
    assert.equal(0, #found.rows)
    assert.equal(0, found.nodes)
    assert.truthy(table.concat(found.notes, " "):find("stands nowhere", 1, true))
    local rare = store:colloc("định hình", { min = 1 })
    assert.truthy(table.concat(rare.notes, " "):find("too few", 1, true))
  end)

  it("refuses windows and options that are none", function()
    for _, window in ipairs { 0, -1, 1.5, 0 / 0, {}, { 0, 0 }, "clause", { middle = 2 } } do
      assert.truthy(code_of(store.colloc, store, "tham gia", { window = window }))
    end
    local _, problem = code_of(store.colloc, store, "tham gia", { measure = "logdice" })
    assert.equal('did you mean "log_dice"?', problem.hint)
    assert.equal("bad_input", (code_of(store.colloc, store, "")))
  end)
end)

describe("dispersion", function()
  local function parts_by(key)
    local v, s, order = {}, {}, {}
    for _, sentence in ipairs(corpora.sentences(store)) do
      local syllables, _, starts = classes_of(sentence.tokens, { "tham", "gia" }, 0, 0)
      local part = sentence[key]
      if not v[part] then v[part], s[part], order[#order + 1] = 0, 0, part end
      v[part], s[part] = v[part] + starts, s[part] + #syllables
    end
    local counts, sizes = {}, {}
    for i, part in ipairs(order) do counts[i], sizes[i] = v[part], s[part] end
    return counts, sizes
  end

  it("has the parts and measures that the tokens give", function()
    for by, key in pairs { document = "document", passage = "passage" } do
      local v, s = parts_by(key)
      local row = store:dispersion("tham gia", { by = by }).rows[1]
      assert.equal(#v, row.parts)
      for _, name in ipairs { "dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s",
        "kl_divergence" } do
        assert.near(dispersion[name](v, s), row[name], 1e-9, by .. " " .. name)
      end
      assert.equal(dispersion.range(v), row.range)
    end
  end)

  it("puts places in order of date", function()
    local places, at = {}, 0
    local in_order = store:sql [[SELECT d.id FROM documents AS d
      JOIN texts AS x ON x.document_id = d.id ORDER BY d.issued, d.id]]
    for _, document in ipairs(in_order) do
      for _, sentence in ipairs(corpora.sentences(store)) do
        if sentence.document == document.id then
          local syllables, class = classes_of(sentence.tokens, { "tham", "gia" }, 0, 0)
          for i = 1, #syllables do
            at = at + 1
            if class[i] == "node" and class[i - 1] ~= "node" then places[#places + 1] = at end
          end
        end
      end
    end
    local row = store:dispersion("tham gia").rows[1]
    assert.near(dispersion.arf(places, at), row.arf, 1e-9)
    assert.near(dispersion.awt(places, at), row.awt, 1e-9)
    assert.near(dispersion.ald(places, at), row.ald, 1e-9)
  end)

  it("says what one part and an absent phrase cannot show", function()
    local one = store:dispersion("tham gia", { over = "congress = 'XIII'" })
    assert.truthy(one.rows[1].reason:find("one part", 1, true))
    assert.is_nil(one.rows[1].dp_norm)
    local none = store:dispersion("không có đâu")
    assert.equal("the word does not occur", none.rows[1].reason)
    assert.is_nil(none.rows[1].dp)
  end)
end)

describe("lexdiv", function()
  it("measures the syllables of each document", function()
    local lexdiv = require "vankien.analysis.lexdiv"
    local forms = {}
    for _, sentence in ipairs(corpora.sentences(store)) do
      forms[sentence.key] = forms[sentence.key] or {}
      for _, token in ipairs(sentence.tokens) do
        if token.kind == "syllable" then table.insert(forms[sentence.key], token.form) end
      end
    end
    for _, row in ipairs(store:lexdiv({ window = 20 }).rows) do
      assert.near(lexdiv.ttr(forms[row.document]), row.ttr, 1e-12)
      assert.near(lexdiv.mattr(forms[row.document], { window = 20 }), row.mattr, 1e-12)
      assert.equal(#forms[row.document], row.syllables)
    end
  end)
end)
