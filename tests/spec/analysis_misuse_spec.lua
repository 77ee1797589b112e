-- Misuse: each error names the argument and stands at the caller's line; every public function of
-- the layer says its shape, units, errors and source.

local association = require "vankien.analysis.association"
local codebook = require "vankien.analysis.codebook"
local collocates = require "vankien.analysis.collocates"
local diff = require "vankien.analysis.diff"
local dispersion = require "vankien.analysis.dispersion"
local interval = require "vankien.analysis.interval"
local keyness = require "vankien.analysis.keyness"
local keywords = require "vankien.analysis.keywords"
local lexdiv = require "vankien.analysis.lexdiv"
local multiple = require "vankien.analysis.multiple"
local resample = require "vankien.analysis.resample"
local trend = require "vankien.analysis.trend"

local NAN, INF = 0 / 0, math.huge

local CALLS = {
  {"a (11) must not exceed n1 (10)", keyness.g2, 11, 1, 10, 10},
  {"b (2) must not exceed n2 (1)", keyness.log_ratio, 1, 2, 10, 1},
  {"n1 must be above 0, got 0", keyness.g2, 0, 1, 0, 10},
  {"a must be a number, got NaN", keyness.chi2, NAN, 1, 10, 10},
  {"b must be finite, got inf", keyness.lrc, 1, INF, 10, 10},
  {"a must not be negative, got -1", keyness.g2, -1, 1, 10, 10},
  {"a must be a whole number, got 1.5", keyness.g2, 1.5, 1, 10, 10},
  {'a must be a number, got "1"', keyness.g2, "1", 1, 10, 10},
  {"n2 must be a number, got nil", keyness.g2, 1, 1, 10},
  {"cells must be one of 2, 4, got 3", keyness.g2, 1, 1, 10, 10, {cells = 3}},
  {'unknown option "cels": did you mean "cells"?', keyness.g2, 1, 1, 10, 10, {cels = 4}},
  {"options must be a table, got 4", keyness.g2, 1, 1, 10, 10, 4},
  {"an empty table", keyness.fisher, 0, 0, 0, 0},
  {"yates must be true or false", keyness.chi2, 1, 1, 10, 10, {yates = 1}},
  {'zero must be one of "none", "half", "walter", got "no"', keyness.log_ratio, 1, 1, 9, 9,
    {zero = "no"}},
  {"level must lie between 0 and 1, got 95", keyness.log_ratio, 1, 1, 9, 9, {level = 95}},
  {"k must be above 0, got 0", keyness.simple_maths, 1, 1, 9, 9, {k = 0}},
  {"sizes[2] must be above 0, got 0", keyness.g2_k, {1, 2}, {3, 0}},
  {"counts and sizes must have the same length, got 2 and 3", keyness.g2_k, {1, 2}, {3, 3, 3}},
  {"counts[2] (9) must not exceed sizes[2] (3)", keyness.g2_k, {1, 9}, {3, 3}},
  {"counts must have at least 2 elements, got 1", keyness.g2_k, {1}, {3}},
  {'counts_a["x"] must not be negative', keywords.compare, {x = -1}, {y = 1}},
  {"n1 is not given", keywords.compare, {}, {y = 1}},
  {"o (5) must not exceed f1 (4)", association.mi, 5, 4, 9, 100},
  {"o (1) is too small", association.mi, 1, 70, 60, 100},
  {"f2 (200) must not exceed n (100)", association.g2, 1, 10, 200, 100},
  {"rows[1].o (5) must not exceed f1 (4)", collocates.score, {{form = "x", o = 5, f2 = 9}}, 4, 99},
  {"rows[1].o (1) is too small", collocates.score, {{form = "x", o = 1, f2 = 90}}, 40, 99},
  {'measures[1] must be one of "g2"', collocates.score, {}, 4, 99, {measures = {"ll"}}},
  {"v and s must have the same length", dispersion.dp, {1, 2}, {10}},
  {"v[1] (11) must not exceed s[1] (10)", dispersion.dp, {11, 2}, {10, 10}},
  {"s[2] must be above 0", dispersion.juilland_d, {1, 0}, {10, 0}},
  {"v[2] must be a whole number, got 0.5", dispersion.range, {1, 0.5}},
  {"v must have at least 1 element", dispersion.range, {}},
  {"v must be a list, got nil", dispersion.range},
  {"v[2] is missing", dispersion.range, {1, nil, 3}},
  {"v must be a plain list, but has the key", dispersion.range, {1, x = 3}},
  {'sd must be one of "population", "sample"', dispersion.juilland_d, {1}, {2}, {sd = "n"}},
  {"positions must rise", dispersion.arf, {3, 2}, 10},
  {"k (3) must not exceed n (2)", interval.wilson, 3, 2},
  {"n must be above 0", interval.clopper_pearson, 0, 0},
  {"exposure must be above 0", interval.poisson, 1, 0},
  {"k must be a whole number", interval.poisson, 1.2, 3},
  {"n2 must be above 0", interval.newcombe, 1, 2, 0, 0},
  {"y must have at least 1 element", trend.mann_kendall, {}},
  {"y[2] must be a number, got NaN", trend.mann_kendall, {1, NAN, 2}},
  {"y[1] must be a number, got a table", trend.mann_kendall, {{}}},
  {"x and y must have the same length", trend.kendall, {1, 2}, {1}},
  {"x must have at least 2 elements", trend.theil_sen, {1}, {1}},
  {"times must rise", trend.vnc, {1, 2}, {times = {5, 5}}},
  {"n must be a whole number", trend.power, 2.5},
  {"n must be above 0", trend.power, 0},
  {"k[1] (5) must not exceed n[1] (4)", trend.cochran_armitage, {5, 1}, {4, 4}},
  {"documents_a must have at least 1 element", resample.permutation, {}, {{count = 1, size = 2}}},
  {"documents_b[1].size must be above 0", resample.permutation, {{count = 1, size = 2}},
    {{count = 0, size = 0}}},
  {"rounds must be above 0", resample.permutation, {{count = 1, size = 2}},
    {{count = 1, size = 2}}, nil, {rounds = 0}},
  {"seed must be a whole number", resample.permutation, {{count = 1, size = 2}},
    {{count = 1, size = 2}}, nil, {seed = 0.5}},
  {"documents_b[1] has 1 counts where 2 is expected", resample.family,
    {{counts = {1, 1}, size = 2}}, {{counts = {1}, size = 2}}},
  {"p[1] must lie from 0 to 1", multiple.holm, {1.5}},
  {"tokens[1] must be a string", lexdiv.ttr, {1}},
  {"window must be above 0", lexdiv.mattr, {"a"}, {window = 0}},
  {"text is not UTF-8 at byte 2", diff.split, "a\xFF"},
  {"a must be a string or a list of words", diff.words, 1, "b"},
  {"a codebook must be a table", codebook.new, "x"},
}

describe("misuse of the analysis layer", function()
  for _, call in ipairs(CALLS) do
    it("is answered: " .. call[1], function()
      local ok, problem = pcall(function() call[2](table.unpack(call, 3, 8)) end)
      assert.is_false(ok)
      assert.are.equal("bad_input", problem.code)
      assert.is_truthy(problem.message:find(call[1], 1, true), problem.message)
      assert.is_truthy(problem.place:find("analysis_misuse_spec.lua", 1, true), problem.place)
    end)
  end
end)

local MODULES = {"association", "check", "codebook", "collocates", "contingency", "diff",
  "dispersion", "documents", "edits", "interval", "keyness", "keywords", "lexdiv", "measures",
  "multiple", "periods", "published", "rank", "resample", "rng", "special", "subsets", "trace",
  "trend", "vnc"}

local function source_of(name)
  local path = package.searchpath("vankien.analysis." .. name, package.path)
    or "lua/vankien/analysis/" .. name .. ".lua"
  local file = assert(io.open(path))
  local text = file:read("a")
  file:close()
  return text
end

describe("doc comments of the analysis layer", function()
  for _, name in ipairs(MODULES) do
    it("stand before every public function of " .. name, function()
      local text, found = source_of(name), 0
      local block = {}
      for line in text:gmatch("[^\n]*") do
        if line:sub(1, 3) == "---" then
          block[#block + 1] = line
        else
          local public = line:match("^function (" .. name .. "[.:][%w_]+)")
          if public then
            found = found + 1
            local all = table.concat(block, "\n")
            for _, heading in ipairs{"Shape:", "Units:", "Errors:", "Source:"} do
              assert.is_truthy(all:find("--- " .. heading, 1, true), public .. " lacks " .. heading)
            end
          end
          block = {}
        end
      end
      assert.is_true(found > 0)
    end)
  end
end)
