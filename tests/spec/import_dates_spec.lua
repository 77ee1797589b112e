-- Dates and names of congresses in the forms that documents use.

local congress_name = require "vankien.text.congress_name"
local dates = require "vankien.text.dates"

local good = {
  { "2025-01-24", "2025-01-24", "day" }, { "24/01/2025", "2025-01-24", "day" },
  { "01/7/2025", "2025-07-01", "day" }, { "27-6-1991", "1991-06-27", "day" },
  { "8.8.2018", "2018-08-08", "day" }, { "ngày 08/8/2018", "2018-08-08", "day" },
  { "ngày 23 tháng 01 năm 2026", "2026-01-23", "day" },
  { "22 tháng 4 năm 2001", "2001-04-22", "day" },
  { "NGÀY 22 THÁNG 4 NĂM 2001", "2001-04-22", "day" },
  { "2024-02-29", "2024-02-29", "day" },
  { "2025-01", "2025-01", "month" }, { "tháng 5/1988", "1988-05", "month" },
  { "6/2026", "2026-06", "month" }, { "tháng 12 năm 1986", "1986-12", "month" },
  { "2025", "2025", "year" }, { "năm 1986", "1986", "year" },
  { "2021 - 2025", "2021", "range", "2025" }, { "1986-12-15/1986-12-18", "1986-12-15", "range",
    "1986-12-18" },
  { "19-4-2001 đến 22-4-2001", "2001-04-19", "range", "2001-04-22" }, { "2008–2009", "2008",
    "range", "2009" },
}

local bad = {
  "2025-02-30", "2023-02-29", "31/4/2020", "2025-13-01", "24/13/2025", "0/1/2020", "mai", "",
    "2025-1-24x",
  "12", "ngày 3 tháng 2", "2025 - 2021", "2025 - 2026-01", "24/01/25", "0001-01-01", "Năm là",
    ("9"):rep(200),
  "\xFF2025",
}

describe("dates.parse", function()
  for _, case in ipairs(good) do
    it("reads " .. case[1], function()
      local date = assert(dates.parse(case[1]))
      assert.same({ case[2], case[3], case[4] }, { date.first, date.precision, date.last })
    end)
  end
  for _, text in ipairs(bad) do
    it(("refuses %q"):format(text:sub(1, 20)), function()
      local date, problem = dates.parse(text)
      assert.is_nil(date)
      assert.equal("bad_input", problem.code)
    end)
  end
  it("says how many days the month has", function()
    local _, problem = dates.parse "2025-02-30"
    assert.truthy(problem.message:find("2025-02 has 28 days, not 30", 1, true))
  end)
end)

local names = {
  { "XIII", "XIII" }, { "xiii", "XIII" }, { "13", "XIII" }, { "Đại hội XIII", "XIII" },
  { "đại hội 14", "XIV" }, { "khóa XIII", "XIII" }, { "khoá XIII", "XIII" }, { "(khoá XI)", "XI" },
  { "nhiệm kỳ Đại hội XII", "XII" }, { "Đại hội đại biểu toàn quốc lần thứ XIV", "XIV" },
  { "Đại hội Đại biểu toàn quốc lần thứ II", "II" }, { "Đại hội lần thứ VI", "VI" },
  { "Đại hội Đảng XIV", "XIV" }, { "Đại hội Đảng lần thứ III", "III" }, { "Đại hội lần thứ 2",
    "II" },
  { "Đại hội lần thứ X (2006)", "X" }, { "Đại hội XIII của Đảng", "XIII" },
  { "Đại hội lần thứ nhất", "I" }, { "Đại hội lần thứ mười bốn", "XIV" },
  { "Ban Chấp hành Trung ương khóa XIII", "XIII" }, { "Trung ương khoá XII", "XII" },
}

local no_names = {
  "Quốc hội khóa XIV", "Quốc hội", "XIIII", "0", "40", "năm 2025", "Đại hội", "", "khóa", "IIV",
    "Đại hội Đoàn XI",
}

describe("congress_name.ordinal", function()
  for _, case in ipairs(names) do
    it("reads " .. case[1], function()
      assert.equal(case[2], congress_name.ordinal(case[1]))
    end)
  end
  for _, name in ipairs(no_names) do
    it(("finds no congress in %q"):format(name), function()
      assert.is_nil(congress_name.ordinal(name))
    end)
  end
end)
