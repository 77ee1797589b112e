-- What is counted together: lists, results that feed the next question, and what is refused.

local lexicon = require "vankien.corpus.lexicon"
local raised = dofile "tests/support/raised.lua"

describe("lexicon.new", function()
  it("takes phrases and entries, in their order", function()
    local made = lexicon.new { "tham dự", { phrase = "chủ động tham gia", rung = 3 } }
    assert.same({ "tham dự", "chủ động tham gia" }, made:phrases())
    assert.equal(3, made[2].rung)
    assert.is_true(made:has_rungs())
    assert.is_false(lexicon.new { "tham dự" }:has_rungs())
  end)

  it("takes a result: each phrase of its rows once, under the result's title", function()
    local made = lexicon.new {
      title = "keyness: XIV against XIII",
      rows = { { form = "chuyển đổi" }, { form = "xã hội" }, { form = "chuyển đổi" },
        { phrase = "nòng cốt", rung = 4 } },
    }
    assert.same({ "chuyển đổi", "xã hội", "nòng cốt" }, made:phrases())
    assert.equal("keyness: XIV against XIII", made.name)
    assert.equal(4, made[3].rung)
  end)

  it("refuses what cannot be counted, and says why", function()
    local cases = {
      { {}, "at least one phrase" }, { { rows = {} }, "at least one phrase" },
      { { "" }, "no word" }, { { "…" }, "no word" },
      { { "hòa giải", "Hoà giải" }, "are one phrase" },
      { { "đa phương. Chủ động" }, "crosses the end of a sentence" },
      { { { phrase = "tham gia", rung = 1.5 } }, "rung" }, { { 5 }, "is not a phrase" },
    }
    for _, case in ipairs(cases) do
      local problem = raised(lexicon.new, case[1])
      assert.equal("bad_input", problem.code)
      assert.truthy(problem.message:find(case[2], 1, true), problem.message)
    end
  end)
end)
