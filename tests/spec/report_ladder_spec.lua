-- How results are laid out for people.

local ladder = require "vankien.report.ladder"
local attested = require "vankien.report.attested"
local text = require "vankien.host.text"

local function row(period, phrase, free, extra)
  local r = {
    period = period, phrase = phrase, rung = 1, free = free, nested = 0, overlapped = 0,
    doubled = 0, syllables = 1000, documents = 1,
    per_10k = free * 10.0, low = free * 5.0, high = free * 20.0,
  }
  for key, value in pairs(extra or {}) do r[key] = value end
  return r
end

local RESULT = {
  rows = {
    row("XII", "tham dự", 0), row("XII", "tham gia", 4, {share = 1.0}),
    row("XIII", "tham dự", 0), row("XIII", "tham gia", 2, {share = 0.5, nested = 3}),
  },
  periods = {{period = "XII", documents = 1, syllables = 1000, free = 4, per_10k = 40.0}},
  trends = {{phrase = "tham gia", total = 6, n = 2, s = -1, p = 1.0}},
}

describe("ladder.render", function()
  local out = ladder.render(RESULT, {width = 100, chart = true, unicode = true})

  it("lists what occurs and names what never does", function()
    assert.truthy(out:find("XII        1  tham gia     4", 1, true)
      or out:find("XII", 1, true) and out:find("tham gia", 1, true))
    assert.truthy(out:find("(2 of 4 rows; the others have no occurrence)", 1, true), out)
    assert.truthy(out:find("never: tham dự", 1, true), out)
  end)

  it("shows intervals, shares in per cent, and only columns that say something", function()
    assert.truthy(out:find("20.0-80.0", 1, true), out)
    assert.truthy(out:find("50.0", 1, true))
    assert.truthy(out:find("nested", 1, true))
    assert.is_nil(out:find("overlapped", 1, true))
  end)

  it("states the scale of its bars", function()
    assert.truthy(out:find("bars: per 10k, from 0 to 40.00", 1, true), out)
  end)

  it("is never wider than the screen", function()
    for _, width in ipairs {60, 72, 80, 100} do
      local fitted = ladder.render(RESULT, {width = width, chart = true, unicode = true})
      for line in fitted:gmatch "[^\n]+" do
        assert.is_true(text.width(line) <= width, line)
      end
    end
  end)
end)

describe("attested.render", function()
  it("says where a quotation stands, and its standing once", function()
    local function shown(lines, level)
      return attested.render({rows = {{year = 1988, where = "13-NQ/TW", quote = "thêm bạn, bớt thù",
        evidence = "primary", source = "bcct-vi", lines = lines, level = level}}}, {})
    end
    assert.truthy(shown("57", "primary"):find("(primary; bcct-vi line 57)", 1, true))
    assert.truthy(shown("section VI", "disputed"):find("bcct-vi, section VI; disputed)", 1, true))
  end)

  it("wraps quotations and never cuts them", function()
    local quote = ("chủ động tham gia và phát huy vai trò "):rep(8)
    local out = attested.render({rows = {{
      year = 2021, where = "Đại hội XIII", rung = 3, phrase = "chủ động tham gia", quote = quote,
      evidence = "primary", source = "bcct-xiii", lines = "12", level = "primary",
    }}}, {width = 60})
    for line in out:gmatch "[^\n]+" do assert.is_true(text.width(line) <= 60, line) end
    assert.equal(8, select(2, out:gsub("%s+", " "):gsub("phát huy vai trò", "")))
  end)
end)
