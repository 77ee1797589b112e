-- Dispersion: even and clumped extremes, one part, absent words, places.

local dispersion = require "vankien.analysis.dispersion"

local EQUAL = {100, 100, 100, 100}
local TWO_LISTS = {"dp", "dp_norm", "juilland_d", "juilland_u", "carroll_d2", "rosengren_s",
  "kl_divergence"}

local function close(expected, value, miss)
  assert.is_true(value ~= nil and math.abs(value - expected) <= (miss or 1e-9),
    ("expected %.12g, got %s"):format(expected, value))
end

describe("dispersion of a perfectly even word", function()
  local EVEN = {dp = 0, dp_norm = 0, juilland_d = 1, carroll_d2 = 1, rosengren_s = 1,
    kl_divergence = 0, juilland_u = 20}
  for name, expected in pairs(EVEN) do
    it(("gives %s %g"):format(name, expected), function()
      close(expected, (dispersion[name]({5, 5, 5, 5}, EQUAL)), 1e-12)
    end)
  end
  it("follows the sizes of unequal parts", function()
    close(0, (dispersion.dp({1, 2, 3}, {100, 200, 300})))
    close(1, (dispersion.juilland_d({1, 2, 3}, {100, 200, 300})))
  end)
end)

describe("dispersion of a word in one part alone", function()
  local CLUMPED = {dp = 0.75, dp_norm = 1, juilland_d = 0, carroll_d2 = 0, rosengren_s = 0.25,
    kl_divergence = 2}
  for name, expected in pairs(CLUMPED) do
    it(("gives %s %g"):format(name, expected), function()
      close(expected, (dispersion[name]({20, 0, 0, 0}, EQUAL)), 1e-12)
    end)
  end
  it("falls below 0 with the sample sd, which is why the sd is named", function()
    local value, info = dispersion.juilland_d({20, 0, 0, 0}, EQUAL, {sd = "sample"})
    assert.is_true(value < 0)
    assert.are.equal("Juilland's D, sample sd of the rates", info.variant)
  end)
end)

describe("dispersion of an absent word", function()
  for _, name in ipairs(TWO_LISTS) do
    it("is undefined for " .. name, function()
      local value, info = dispersion[name]({0, 0}, {10, 20})
      assert.is_nil(value)
      assert.are.equal("the word does not occur", info.reason)
    end)
  end
end)

describe("dispersion over one part", function()
  it("has no D, D2 or DPnorm, and says why", function()
    for _, name in ipairs{"dp_norm", "juilland_d", "carroll_d2"} do
      local value, info = dispersion[name]({3}, {10})
      assert.is_nil(value)
      assert.is_truthy(info.reason:find("one part"))
    end
    assert.are.equal(0, (dispersion.dp({3}, {10})))
  end)
end)

describe("dispersion by places", function()
  it("reduces nothing for evenly spaced places", function()
    close(5, (dispersion.arf({10, 20, 30, 40, 50}, 50)))
    local _, info = dispersion.awt({10, 20, 30, 40, 50}, 50)
    close(5, info.adjusted_frequency)
    _, info = dispersion.ald({10, 20, 30, 40, 50}, 50)
    close(5, info.adjusted_frequency)
  end)
  it("reduces a clump to little more than one", function()
    local value = dispersion.arf({1, 2, 3, 4, 5}, 1000)
    assert.is_true(value < 1.1 and value >= 1)
  end)
  it("does not depend on where the corpus begins", function()
    close((dispersion.arf({3, 7, 20}, 40)), (dispersion.arf({13, 17, 30}, 40)))
    close((dispersion.ald({3, 7, 20}, 40)), (dispersion.ald({13, 17, 30}, 40)))
  end)
  it("is 0 for no place, or undefined", function()
    assert.are.equal(0, (dispersion.arf({}, 40)))
    assert.is_nil((dispersion.awt({}, 40)))
  end)
  it("refuses places out of order or outside", function()
    assert.has_error(function() dispersion.arf({5, 5}, 40) end)
    assert.has_error(function() dispersion.arf({41}, 40) end)
    assert.has_error(function() dispersion.arf({0}, 40) end)
  end)
end)

describe("dispersion by counts alone", function()
  it("gives Engwall's and Kromer's values of Gries' example", function()
    close(15, (dispersion.engwall{1, 2, 3, 4, 5}))
    close(8.7, (dispersion.kromer_ur{1, 2, 3, 4, 5}))
  end)
  it("notes when there are fewer occurrences than parts", function()
    local _, info = dispersion.dp({1, 0, 0}, {10, 10, 10})
    assert.is_truthy(info.notes[1]:find("1 occurrences in 3 parts"))
  end)
end)
