-- Long strings of JSON Lines pass the decoder by: what comes out must be what the decoder gives.

local text = require "vankien.host.text"
local texts = require "tests.support.texts"
local jsonl = require "vankien.import.jsonl"

local LONG = ("đổi mới "):rep(200)

local function first_text(line)
  local folder = texts.folder { ["a.jsonl"] = line }
  local draft, problems = jsonl.each({ path = folder .. "/a.jsonl", locator = "a", name = "a" },
    { max_bytes = 1 << 20 })()
  texts.clear(folder)
  return draft and draft.bytes, problems and problems[1]
end

describe("text.json_cut", function()
  it("leaves a line without long strings alone", function()
    assert.is_nil(text.json_cut '{"title":"Một","text":"hai"}')
  end)

  it("cuts only values of the outermost object", function()
    local short, long = text.json_cut(('{"text":"%s","a":{"b":"%s"}}'):format(LONG, LONG))
    assert.equal(('{"text":"\\u00001","a":{"b":"%s"}}'):format(LONG), short)
    assert.same({ LONG }, long)
  end)

  for _, bad in ipairs {
    '{"text":"' .. LONG, '{"text":"' .. LONG .. '\\x"}', '{"text":"' .. LONG .. '\\ud800"}',
    '{"title":"\\u00001","text":"' .. LONG .. '"}', '{"text":"' .. LONG .. '"}}',
  } do
    it("leaves to the decoder what it cannot read: " .. bad:sub(-12), function()
      assert.is_nil((text.json_cut(bad)))
    end)
  end
end)

describe("a long text of a line", function()
  it("comes out whole, with its escapes", function()
    assert.equal(LONG .. '\n"\\/\t' .. "á\u{1F600}",
      first_text('{"text":"' .. LONG .. '\\n\\"\\\\\\/\\t\\u00e1\\ud83d\\ude00"}'))
  end)

  it("is refused with a NUL character", function()
    local body, problem = first_text('{"text":"' .. LONG .. '\\u0000"}')
    assert.is_nil(body)
    assert.matches("NUL", problem.message)
  end)

  it("is refused where its escapes are none, in the decoder's words", function()
    local body, problem = first_text('{"text":"' .. LONG .. '\\x"}')
    assert.is_nil(body)
    assert.matches("not JSON", problem.message)
  end)
end)

describe("a file of many documents", function()
  local imported = require "tests.support.imported"
  local wrong = ("xõy dựng Đảng tớch cực xó hội thỏng năm khụng "):rep(8)

  local function notes_of(words)
    local line = ('{"title":"Một","text":"%s"}\n'):format(words)
    local records, problems, _, folder = imported.files { ["a.jsonl"] = line,
      ["b.csv"] = "title,text\nHai,\"" .. words .. "\"\n" }
    imported.texts.clear(folder)
    assert.same({}, problems)
    local found = {}
    for n, record in ipairs(records) do found[n] = table.concat(record.notes, "|") end
    return found
  end

  it("is told of where a wrong table made its words", function()
    for _, notes in ipairs(notes_of(wrong)) do
      assert.truthy(notes:find("imported as it is, though", 1, true), notes)
    end
    for _, notes in ipairs(notes_of "Xây dựng Đảng, tích cực hội nhập quốc tế.") do
      assert.is_nil(notes:find("imported as it is", 1, true))
    end
  end)
end)
