-- Quotations against documents: exact, folded, near, absent, with the place in the original.

package.path = "tests/support/?.lua;" .. package.path
local program = require "program"
local quote_parts = require "vankien.corpus.quote_parts"
local stores = require "stores"
local sys = require "vankien.host.sys"
local texts = require "texts"

local XIII = [[
# title: Báo cáo thử XIII
# congress: XIII
# issued: 2021-01

XI- Đối ngoại

Đẩy mạnh đối ngoại song phương và nâng tầm đối ngoại đa phương. Chủ động tham gia và phát huy vai
trò của Việt Nam tại các cơ chế đa phương, đặc biệt là ASEAN, Liên hợp quốc, APEC, góp phần xây dựng
trật tự chính trị - kinh tế quốc tế.

Giữ gìn hoà bình, uỷ thác “phát triển”1 bền vững toàn diện2, sâu rộng tại G20.
]]

local XIV = [[
# title: Báo cáo thử XIV
# congress: XIV
# issued: 2026-01

Đề cao, bảo vệ và phát huy vai trò của luật pháp quốc tế và Hiến chương Liên hợp quốc; vai trò
thành viên chủ động. Bảo v ệ Tổ qu ốc từ sớm, từ xa.
]]

local folder, store

local function import(files)
  folder = texts.folder(files)
  store = stores.fresh()
  local ingest = require "vankien.corpus.ingest"
  assert(ingest.run(store, { folder }, {}, function() end))
end

local function key_of(congress)
  return store:collection "documents":where { congress = congress, kind = "imported" }:first().key
end

before_each(function() import { ["xiii.txt"] = XIII, ["xiv.txt"] = XIV } end)

after_each(function()
  stores.drop(store)
  texts.clear(folder)
end)

-- The bytes of the original that a row points to.
local function original(row)
  local documents = store:collection "documents"
  return documents[row.document].original:sub(row.start + 1, row.stop)
end

local NFD = "Chu\u{309} đo\u{323}\u{302}ng tham gia va\u{300} pha\u{301}t huy vai tro\u{300}"

local CASES = {
  { "nâng tầm đối ngoại đa phương", "exact" }, { "NÂNG TẦM đối ngoại đa phương", "folded" },
  { "“nâng tầm đối ngoại đa phương.”", "exact" }, { "«nâng tầm đối ngoại»,", "exact" },
  { NFD, "exact" }, { "Giữ gìn hòa bình, ủy thác", "folded" },
  { "Giữ gìn hoà bình, uỷ thác", "exact" }, { 'uỷ thác "phát triển"', "folded" },
  { "đối ngoại đa phương. Chủ động tham gia và phát huy", "exact" },
  { "Chủ động  tham gia\nvà phát huy", "folded" }, { "Ðẩy mạnh đối ngoại song phương", "exact" },
  { "Đẩy mạnh đối ngoại … vai trò của Việt Nam", "exact" },
  { "Đẩy mạnh đối ngoại [...] vai trò của Việt Nam...", "exact" },
  { "nâng tầm đối ngoại đa phương7", "exact" }, { "tại G20", "exact" },
  { "bền vững toàn diện, sâu rộng", "folded" }, { "Bảo vệ Tổ quốc từ sớm, từ xa", "folded" },
  { "quốc tế. Giữ gìn hoà bình", "folded" },
  { "phát huy vai trò của Hiến chương Liên hợp quốc và luật pháp quốc tế; vai trò thành viên",
    "near" },
  { "Chủ động tham gia và nâng cao vai trò của Việt Nam tại các cơ chế đa phương", "near" },
  { "vai trò của Việt Nam … Đẩy mạnh đối ngoại", "absent" },
  { "không có ở bất cứ nơi nào cả", "absent" }, { "xyz", "absent" },
  { "nòng cốt, dẫn dắt", "absent" }, { "tại G8", "absent" }, { "hội nhập", "absent" },
}

describe("quote.verify", function()
  it("tells exact, folded, near and absent", function()
    for _, case in ipairs(CASES) do
      local result = store:quote(case[1])
      local verdict = result.rows[1].out_of_order and "absent" or result.verdict
      assert.equal(case[2], verdict, case[1])
    end
  end)

  it("gives document, section and the bytes of the original", function()
    local row = store:quote "trật tự chính trị - kinh tế quốc tế".rows[1]
    assert.equal("XI", row.section)
    assert.equal(key_of "XIII", row.document)
    assert.equal("trật tự chính trị - kinh tế quốc tế", original(row))
    assert.equal("hoà bình", original(store:quote "hòa bình".rows[1]))
    local far = store:quote "Đẩy mạnh đối ngoại … Liên hợp quốc".rows[1]
    assert.truthy(original(far):find "^Đẩy mạnh.*Liên hợp quốc$")
  end)

  it("shows what was swapped, with the similarity", function()
    local result = store:quote(
      "phát huy vai trò của Hiến chương Liên hợp quốc và luật pháp quốc tế", key_of "XIV")
    local row = result.rows[1]
    assert.equal("near", result.verdict)
    assert.equal("phát huy vai trò của luật pháp quốc tế và Hiến chương Liên hợp quốc", row.found)
    assert.truthy(row.diff:find("{>1 luật pháp quốc tế}", 1, true), row.diff)
    assert.is_true(row.similarity >= 0.7 and row.similarity < 1)
    assert.equal(row.found, (original(row):gsub("%s+", " ")))
    assert.equal("absent", store:quote("phát huy vai trò của Hiến chương Liên hợp quốc và luật "
      .. "pháp quốc tế", key_of "XIV", { threshold = 0.95 }).verdict)
  end)

  it("says where the words stand when the document has not got them", function()
    local result = store:quote("trật tự chính trị - kinh tế quốc tế", key_of "XIV")
    assert.equal("absent", result.verdict)
    assert.equal(key_of "XIII", result.elsewhere[1].document)
    assert.truthy(tostring(result):find("it stands (exact)", 1, true))
  end)

  it("refuses what it cannot check", function()
    local cases = {
      { "bad_input", "" }, { "bad_input", "…" }, { "bad_input", "\xff" }, { "bad_input", 7 },
      { "bad_input", ("a "):rep(30000) }, { "not_found", "a", "no such one" },
      { "not_found", "a", "nq59-2025" }, { "unknown_name", "a", nil, { treshold = 1 } },
      { "bad_input", "a", nil, { threshold = 2 } }, { "bad_input", "a", nil, { limit = 0 } },
    }
    for _, case in ipairs(cases) do
      local ok, problem = pcall(store.quote, store, case[2], case[3], case[4])
      assert.is_false(ok)
      assert.equal(case[1], problem.code, tostring(problem))
    end
  end)

  it("takes a quotation apart at its ellipses and leaves footnotes out", function()
    local parts = quote_parts.read "“một hai1 … ba. Bốn [...] năm G20...”"
    assert.equal("một hai|ba. Bốn|năm G20", parts[1].text .. "|" .. parts[2].text .. "|"
      .. parts[3].text)
    assert.equal(1, parts[1].glued)
    assert.equal(2, #parts[2].segments)
  end)
end)

describe("vankien quote", function()
  local function vankien(...)
    local own <const> = program.folder()
    local path = store:path()
    local code, out, problems = program.run({ "--store", path, ... }, { folder = own })
    program.remove(own)
    return code, out, problems
  end

  it("prints every format, and 4 for absent", function()
    for _, format in ipairs(require "vankien.report".formats) do
      local code, out = vankien("quote", "đối ngoại đa phương", "--format", format)
      assert.equal(0, code)
      assert.truthy(out:find("exact", 1, true), format)
    end
    assert.equal(4, (vankien("quote", "không có ở đâu cả")))
    assert.equal(0, (vankien("quote", "đối ngoại", "--document", "xiii", "--threshold", "0.5")))
  end)

  it("refuses options that do not go together", function()
    for _, case in ipairs {
      { 2, { "quote" }, "needs a quotation" }, { 2, { "quote", "a", "--formulas" }, "together" },
      { 2, { "quote", "a", "--all", "--document", "x" }, "together" },
      { 2, { "quote", "a", "--treshold", "1" }, "threshold" },
      { 2, { "quote", "a", "--threshold", "much" }, "number" },
      { 4, { "quote", "a", "--document", "xiiii" }, "xiii" },
      { 4, { "quote", "--file", "none.txt" }, "none.txt" },
    } do
      local code, _, problems = vankien(table.unpack(case[2]))
      assert.equal(case[1], code, problems)
      assert.truthy(problems:find(case[3], 1, true), problems)
    end
  end)

  it("is quote(…) and quote.verify(…) in scripts", function()
    local _, out, problems = vankien("-e", [[print(quote("hòa bình").verdict,
      quote.verify("hoà bình", documents:where{ congress = "XIII" }).verdict)]])
    assert.equal("folded\texact\n", out, problems)
  end)

  it("checks the formulas of the store in one go", function()
    local code, out = vankien("quote", "--formulas", "--format", "csv")
    assert.equal(0, code)
    assert.truthy(out:find "^formula,verdict,evidence,")
    assert.truthy(out:find("f-xiii-p,exact,primary", 1, true))
    assert.truthy(out:find("f-ix,no text", 1, true))
  end)
end)

describe("the formulas of the store in the real texts", function()
  it("are exact or folded where their evidence is primary; the article's are not all", function()
    local real = texts.real()
    if not real or not sys.stat(real .. "/manifest.csv") then
      return pending "the real texts are not here (VANKIEN_TEXTS)"
    end
    local held = stores.fresh()
    local close <close> = setmetatable({}, { __close = function() stores.drop(held) end })
    local ingest = require "vankien.corpus.ingest"
    assert(ingest.run(held, {}, { manifest = real .. "/manifest.csv" }, function() end))
    local by_key, wrong, primary = {}, {}, 0
    for _, row in ipairs(require "vankien.corpus.quote".formulas(held).rows) do
      by_key[row.formula] = row
      if row.evidence == "primary" then
        primary = primary + 1
        if row.verdict ~= "exact" and row.verdict ~= "folded" then
          wrong[#wrong + 1] = row.formula .. " is " .. row.verdict
        end
      end
    end
    assert.same({}, wrong)
    assert.is_true(primary >= 35 and close ~= nil)
    assert.equal("near", by_key["f-xiv-seed"].verdict)
    assert.truthy(by_key["f-xiv-seed"].diff:find("luật pháp quốc tế}", 1, true))
    assert.equal("absent", by_key["f-xii-seed"].verdict)
    local trap = "trật tự chính trị - kinh tế quốc tế"
    local twelve = held:collection "documents":where { congress = "XII" }
    local checked = held:quote(trap, twelve)
    assert.equal("absent", checked.verdict)
    assert.equal("XIII", checked.elsewhere[1].congress)
  end)
end)
