-- The document-level test of a keyness: whole documents change sides, words stay in them.
-- The rows that are shown are tested; the corrections are over everything that was compared.

local document_counts = require "vankien.corpus.document_counts"
local lexicon_of = require "vankien.corpus.lexicon"
local resample = require "vankien.analysis.resample"

local keyness_test = {}

local function split(documents)
  local a, b = {}, {}
  for _, document in ipairs(documents) do
    local side = document.period == "a" and a or b
    side[#side + 1] = { counts = document.counts, size = document.size }
  end
  return a, b
end

-- What was not tested takes p = 1: so Holm and Benjamini–Hochberg hold for the whole family.
local function correct(rows, family)
  local p, members = {}, {}
  for _, row in ipairs(rows) do
    if row.p_document then
      p[#p + 1], members[#members + 1] = row.p_document, row
    end
  end
  if #p == 0 then return end
  for i = #p + 1, family do p[i] = 1.0 end
  local holm, bh = resample.holm(p), resample.benjamini_hochberg(p)
  for i, row in ipairs(members) do row.p_document_holm, row.p_document_bh = holm[i], bh[i] end
end

local function sentence(found, rows, family)
  if found.reason then return found.reason .. "; the p beside it is token-level" end
  return ("p_document: documents change sides (%d and %d), difference of rates, two-sided, %s,"
    .. " seed "
    .. "%d (%s); %d rows tested, corrected over all %d compared, smallest p possible %.2g"):format(
    found.n_a, found.n_b, found.method or "", found.seed, found.generator, #rows, family,
    found.smallest_p and math.max(found.smallest_p, 1 / (found.rounds + 1))
      or 1 / (found.rounds + 1))
end

--- Test rows of a keyness over documents; p_document and its corrections are set in them.
--- Shape: store, rows with `form`, SQL of a pair of sets, parameters, {family = size, rounds, seed,
---   all = occurrences inside longer forms too} -> result of resample.family with `sentence`.
--- Units: probability.
--- Errors: those of resample.family.
--- Source: resample.family; Holm 1979; Benjamini & Hochberg 1995.
function keyness_test.run(store, rows, picked, params, options)
  local forms = {}
  for i, row in ipairs(rows) do forms[i] = row.form end
  local documents = document_counts.of(store, lexicon_of.new(forms), picked, params, options.all)
  local a, b = split(documents)
  local found = resample.family(a, b, nil, { rounds = options.rounds, seed = options.seed })
  for i, tested in ipairs(found.rows) do rows[i].p_document = tested.p end
  correct(rows, options.family)
  found.sentence = sentence(found, rows, options.family)
  return found
end

return keyness_test
