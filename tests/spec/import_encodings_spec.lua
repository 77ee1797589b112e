-- Text that is not UTF-8: proposed, decoded when named, refused when damaged.

local charset = require "vankien.host.charset"
local encoding = require "vankien.import.encoding"
local garbled = require "vankien.import.garbled"
local imported = require "tests.support.imported"
local sys = require "vankien.host.sys"

local texts = imported.texts

local directive = "Hà Nội, ngày 8 tháng 8 năm 2018\nChỉ thị của Ban Bí thư về đẩy mạnh và nâng tầm "
  .. "đối ngoại đa phương đến năm 2030.\nViệt Nam chủ động tham gia, phát huy vai trò nòng cốt, "
  .. "xây dựng, định hình các thể chế đa phương; tích cực hội nhập quốc tế, hoà bình, hợp tác."

-- Through the system's own tables, the other way round than the program goes.
local function encoded(s, name)
  local folder = texts.folder { ["in.txt"] = s }
  assert(os.execute(("iconv -f UTF-8 -t %s '%s/in.txt' > '%s/out.txt'"):format(name, folder,
    folder)))
  local bytes = assert(sys.read_file(folder .. "/out.txt"))
  texts.clear(folder)
  return bytes
end

-- Each character of a byte as its byte, read again by another table.
local function mistaken(s, name)
  return (s:gsub("[\xC2\xC3][\x80-\xBF]", function(char)
    return charset.decode(name, assert(charset.back_to_bytes(char)))
  end))
end

local folder
local function read(bytes, options)
  local records, problems
  folder = texts.folder { ["a.txt"] = bytes }
  records, problems = imported.paths({ folder }, options)
  return records[1], problems[1]
end

describe("import of text that is not UTF-8", function()
  after_each(function()
    if folder then texts.clear(folder) end
    folder = nil
  end)

  local written = {
    { "TCVN5712-1", "TCVN3", "ABC" }, { "VISCII", "VISCII", "viscii" },
    { "CP1258", "CP1258", "windows-1258" }, { "UTF-16", "UTF-16", "utf-16" },
    { "UTF-16LE", "UTF-16LE", "UTF16LE" }, { "UTF-16BE", "UTF-16BE", "UTF-16BE" },
  }
  for _, case in ipairs(written) do
    it("proposes " .. case[2] .. ", and reads nothing on its own", function()
      local record, problem = read(encoded(directive, case[1]))
      assert.is_nil(record)
      assert.equal("bad_input", problem.code)
      assert.truthy((problem.hint .. "\n"):find("--encoding " .. case[2] .. "\n", 1, true))
      assert.truthy(problem.hint:find("Hà Nội, ngày 8", 1, true), problem.hint)
    end)

    it("reads it when " .. case[3] .. " is named, and says what the file was", function()
      local bytes = encoded(directive, case[1])
      local record, problem = read(bytes, { encoding = assert(encoding.canonical(case[3])) })
      assert.is_nil(problem)
      assert.equal(directive, record.bytes)
      assert.same({ encoding = case[2], bytes = #bytes, sha256 = sys.sha256(bytes) }, record.origin)
    end)
  end

  it("gives every passage at its place in the text that is kept", function()
    local record = read(encoded(directive, "CP1258"), { encoding = "CP1258" })
    local last = record.passages[#record.passages].fragments
    assert.equal("hoà bình, hợp tác.", record.bytes:sub(1, last[#last]):match "hoà.*$")
  end)

  it("reads a text as UTF-8 with a byte order mark, without an origin", function()
    local record = read("\u{FEFF}" .. directive)
    assert.is_nil(record.origin)
  end)

  it("takes UTF-8 for what it is, whatever was named, and says so", function()
    local record = read(directive, { encoding = "TCVN3" })
    assert.is_nil(record.origin)
    assert.truthy(record.notes[1]:find("UTF-8 already", 1, true))
  end)

  it("names the line of a byte that the encoding has not", function()
    local _, problem = read("Một.\nHai \x81.", { encoding = "CP1258" })
    assert.truthy(problem.place:find("a.txt:2", 1, true))
    assert.truthy(problem.message:find("byte 11 does not belong", 1, true), problem.message)
  end)

  it("says that the named encoding gives no words, and which would", function()
    local record, problem = read(encoded(directive, "TCVN5712-1"), { encoding = "VISCII" })
    assert.is_nil(record)
    assert.equal("refused", problem.code)
    assert.truthy(problem.hint:find("--encoding TCVN3", 1, true))
  end)

  it("notes capitals that a font made of small letters", function()
    local record = read(encoded(directive .. " ĐảNG bộ.", "TCVN5712-1"), { encoding = "TCVN3" })
    assert.truthy(record.notes[1]:find("ĐảNG", 1, true))
  end)

  it("does not know an encoding that there is not, and names the nearest", function()
    local _, problem = encoding.canonical "TCVN4"
    assert.equal("unknown_name", problem.code)
    assert.truthy(problem.hint:find("TCVN3", 1, true))
    assert.equal("ISO-8859-1", encoding.canonical "ISO-8859-1")
    assert.is_nil((encoding.canonical "UTF-8//TRANSLIT"))
  end)

  it("proposes the way back for an old font's text read as Latin-1, and takes it when named",
    function()
      local latin = charset.decode("ISO-8859-1", encoded(directive, "TCVN5712-1"))
      local record, problem = read(latin)
      assert.is_nil(record)
      assert.truthy(problem.hint:find("--encoding TCVN3-as-Latin-1", 1, true), problem.hint)
      texts.clear(folder)
      record = assert(read(latin, { encoding = "TCVN3-as-Latin-1" }))
      assert.equal(directive, record.bytes)
    end)
end)

describe("import of text that is damaged", function()
  after_each(function()
    if folder then texts.clear(folder) end
    folder = nil
  end)

  local wrong = mistaken(directive .. directive, "TCVN5712-1")
  local scrambled = ("Ph·n thì nhµt NHëNG V©N ĐÅ CHUNG cÇa đÔi ngo¹i đa ph°¡ng. "):rep(5)

  it("refuses what a wrong table made, shows some of it, and can be told to take it", function()
    assert.truthy(wrong:find("xõy dựng", 1, true), wrong)
    local record, problem = read(wrong)
    assert.is_nil(record)
    assert.equal("refused", problem.code)
    assert.truthy(problem.message:find('"xõy"', 1, true), problem.message)
    for _, word in ipairs { "tesseract-ocr-vie", "--garbled" } do
      assert.truthy(problem.hint:find(word, 1, true), problem.hint)
    end
    texts.clear(folder)
    record = assert(read(wrong, { garbled = true }))
    assert.equal(wrong, record.bytes)
    assert.truthy(record.notes[1]:find("imported as it is", 1, true))
  end)

  it("refuses the text of a scrambled font, whatever it is told", function()
    local record, problem = read(scrambled, { garbled = true })
    assert.is_nil(record)
    assert.equal("refused", problem.code)
    assert.truthy(problem.message:find('"Ph·n"', 1, true))
    assert.truthy(problem.hint:find("tesseract-ocr-vie", 1, true))
    assert.is_nil(problem.hint:find("--garbled", 1, true))
  end)

  it("warns of possible but wrong words, and takes them", function()
    local record = assert(read "Giữ vững mơi trường hồ bình, hợp tác tồn diện ở Đơng Dương.")
    assert.truthy(record.notes[1]:find("cannot be repaired by rule", 1, true))
  end)

  local sound = {
    { "two foreign names in a short text", "Côte d'Ivoire và Réunion đã tham gia cùng nhiều nước "
      .. "khác trong các hội nghị quốc tế về phát triển." },
    { "a text without Vietnamese letters", "The United Nations, ASEAN and APEC. " },
    { "a name of the kind that swapping makes", "Thành phố Hòa Bình bảo tồn diện tích rừng." },
    { "split syllables", directive .. "chủ đ ộng tham gia, tr iển khai các địn h hướng"
      .. directive },
  }
  for _, case in ipairs(sound) do
    it("finds nothing wrong with " .. case[1], function()
      assert.is_nil(garbled.judge(case[2]))
    end)
  end

  local real = texts.real()
  local check = real and it or pending
  check("finds nothing wrong with real texts, and all of them wrong by the wrong table", function()
    local n = 0
    for path in io.popen(("find '%s' -name '*.txt'"):format(real)):lines() do
      local bytes = assert(sys.read_file(path))
      assert.is_nil(garbled.judge(bytes), path)
      local judged = garbled.judge(mistaken(bytes, "TCVN5712-1"))
      assert.equal("wrong table", judged and judged.kind, path)
      n = n + 1
    end
    assert.truthy(n >= 25)
  end)
end)
