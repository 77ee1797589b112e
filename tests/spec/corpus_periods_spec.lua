-- Sizes of periods: added up by SQL, and while the texts are read; both the same.

local corpora = dofile "tests/support/corpora.lua"
local periods = require "vankien.corpus.periods"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"

local store

setup(function() store = corpora.excerpts() end)
teardown(function() corpora.stores.drop(store) end)

local function both(options)
  local picked, params = scope.pick(store, options)
  local lexicon = require "vankien.corpus.lexicon".new { "tham gia" }
  local counts = scan.run(store, lexicon, scope.measured(picked), params)
  return periods.sizes(store, picked, params, options.by),
    periods.measured(store, counts, options.by)
end

describe("periods.measured", function()
  for _, by in ipairs { "congress", "year", "type", "issuer", "document", "issued" } do
    it("is periods.sizes, by " .. by, function()
      local sizes, measured = both { by = by }
      assert.is_true(#sizes > 1)
      assert.same(sizes, measured)
    end)
  end

  it("is periods.sizes where documents have no text, or belong to no period", function()
    local sizes, measured = both { by = "congress", over = store:collection "documents"
      :where "congress is null or congress = 'XIII'" }
    assert.same(sizes, measured)
    assert.is_nil(sizes[#sizes].key)
    assert.is_true(sizes[1].documents > sizes[1].texts)
  end)

  it("is nothing for a scope of nothing", function()
    local sizes, measured = both { by = "congress",
      over = store:collection "documents":where "title = 'no such title'" }
    assert.same({}, sizes)
    assert.same({}, measured)
  end)
end)
