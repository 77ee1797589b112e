-- Numbers of documents in the spellings that are met, and types of documents.

local number = require "vankien.text.number"
local types = require "vankien.text.types"

describe("number.normalize", function()
  local same = {
    { "25-CT/TW", "25-CT/TW" }, { "25 – CT/TW", "25-CT/TW" }, { "Số: 25-CT/TW", "25-CT/TW" },
    { "59 -NQ/TW", "59-NQ/TW" }, { "25-ct/tw", "25-CT/TW" }, { "25CT/TW", "25-CT/TW" },
    { "25 — CT / TW", "25-CT/TW" }, { "số 25-CT/TW", "25-CT/TW" }, { "25-CT/TƯ", "25-CT/TW" },
    { "25-CT/T.Ư", "25-CT/TW" }, { "25/CT-TW", "25-CT/TW" }, { "7-NQ/TW", "07-NQ/TW" },
    { "007-NQ/TW", "07-NQ/TW" }, { "Chỉ thị số 25-CT/TW", "25-CT/TW" },
    { "chỉ thị 25-CT/TW,", "25-CT/TW" }, { "NQ 59-NQ/TW", "59-NQ/TW" },
    { "71/NQ-CP", "71/NQ-CP" }, { "71-NQ/CP", "71/NQ-CP" }, { "30/2020/NĐ-CP", "30/2020/NĐ-CP" },
    { "30/2020/nđ-cp", "30/2020/NĐ-CP" }, { "30/2020/ND-CP", "30/2020/NĐ-CP" },
    { "30/2020/NÐ-CP", "30/2020/NĐ-CP" }, { "1488/QĐ-TTG", "1488/QĐ-TTg" },
    { "10-QD/TW", "10-QĐ/TW" }, { "59/2020/QH14", "59/2020/QH14" },
    { "01/2019/TTLT-BTP-BNG", "01/2019/TTLT-BTP-BNG" }, { "15-NQ/TU", "15-NQ/TU" },
    { "S\u{1ED1}: 25-CT/TW", "25-CT/TW" }, { "So\u{302}\u{301}: 25-CT/TW", "25-CT/TW" },
    { "25\u{A0}-\u{A0}CT/TW", "25-CT/TW" }, { "25-CT/TU\u{31B}", "25-CT/TW" },
  }
  it("reads every spelling as the number it means", function()
    for _, case in ipairs(same) do
      local got, problem = number.normalize(case[1])
      assert.equal(case[2], got, case[1] .. " " .. tostring(problem))
    end
  end)

  local others = {
    "", "25", "25-CT", "CT/TW", "25-CT/TW và", "năm 2025", "25-/TW", "a25-CT/TW", "25--CT/TW",
    "2020/30/NĐ-CP/X", "71-NQ", "25-CT\\TW", "01/7/2025", "123456-CT/TW", "\xff", "25-C1T/TW",
    "2021 - 2025", "lần thứ XIII", "G20", "15-12", ("9"):rep(500), "25-2020-CT/TW",
  }
  it("reads nothing else as a number", function()
    for _, text in ipairs(others) do
      local got, problem = number.normalize(text)
      assert.is_nil(got, text)
      assert.equal("bad_input", problem.code)
    end
  end)

  it("keeps Party and State numbers apart", function()
    assert.equal("party", number.parse("71-NQ/TW").system)
    assert.equal("state", number.parse("71/NQ-CP").system)
    assert.not_equal(number.normalize "71-NQ/TW", number.normalize "71/NQ-CP")
  end)

  it("normalises what the documents of congress XIV cite", function()
    for _, text in ipairs { "05-CT/TW", "119-KL/TW", "347-QĐ/TW", "144-QĐ/TW", "66-NQ/TW" } do
      assert.equal(text, number.normalize(text))
    end
  end)
end)

describe("number.parse", function()
  it("gives the parts", function()
    local parts = number.parse "Nghị định số 30/2020/NĐ-CP"
    assert.equal("30", parts.serial)
    assert.equal(2020, parts.year)
    assert.equal("NĐ", parts.code)
    assert.equal("CP", parts.body)
    assert.same({ "Nghị định" }, parts.types)
  end)
end)

describe("number.short", function()
  it("reads serial and type", function()
    assert.same({ serial = "59", code = "NQ" }, number.short "Nghị quyết 59")
    assert.same({ serial = "07", code = "NQ" }, number.short "NQ số 7")
    assert.same({ serial = "25", code = "CT" }, number.short "chỉ thị số 25")
  end)

  it("needs both", function()
    for _, text in ipairs { "59", "Nghị quyết", "Nghị quyết Trung ương 8", "Năm 59" } do
      assert.is_nil(number.short(text), text)
    end
  end)
end)

describe("number.agrees", function()
  it("refuses a number that contradicts its type", function()
    local ok, problem = number.agrees("25-CT/TW", "Nghị quyết")
    assert.is_nil(ok)
    assert.equal('number 25-CT/TW contradicts the type "Nghị quyết"', problem.message)
    assert.equal("CT in a number stands for Chỉ thị", problem.hint)
  end)

  local good = {
    { "25-CT/TW", "Chỉ thị" }, { "10-QĐ/TW", "Quy định" }, { "10-QĐ/TW", "Quyết định" },
    { "59-NQ/TW", "nghi quyet" }, { "59-NQ/TW", "Nghị quyết Đại hội" }, { "59-NQ/TW", nil },
    { "12-XY/TW", "Nghị quyết" },
  }
  it("agrees where the code stands for the type, or says nothing of it", function()
    for _, case in ipairs(good) do assert.is_true(number.agrees(case[1], case[2])) end
  end)
end)

describe("types.canonical", function()
  local cases = {
    { "Nghị quyết", "Nghị quyết" }, { "nghi quyet", "Nghị quyết" }, { "NQ", "Nghị quyết" },
    { "resolution", "Nghị quyết" }, { "directive", "Chỉ thị" }, { "bao cao chinh tri",
      "Báo cáo chính trị" },
  }
  it("takes a type without marks, as a code, or in English", function()
    for _, case in ipairs(cases) do assert.equal(case[2], types.canonical(case[1])) end
  end)

  it("names the nearest type", function()
    local found, question = types.canonical "Nghị quyêt"
    if not found then assert.equal('did you mean "Nghị quyết"?', question) end
    local none, hint = types.canonical "Nghị quiết"
    assert.is_nil(none)
    assert.equal('did you mean "Nghị quyết"?', hint)
    assert.is_nil((types.canonical "QĐ"))
  end)
end)
