-- A recipe to read and to take apart: one question, answered by the year.
--
--   vankien recipe test examples/recipes/wording-by-year.lua
--   vankien --store mine.db recipe run examples/recipes/wording-by-year.lua --phrases "tham gia"
--
-- 1. What it is.  Only literals stand here: this part is read without running anything, when the
--    recipe is listed, checked, or asked about with --help.

recipe{
  name = "wording-by-year", version = "1.0.0", api = 1,
  title = { vi = "Cách nói theo từng năm", en = "Wordings year by year" },
  summary = {
    vi = "Đếm các cụm từ theo năm, và tính trên 10.000 âm tiết.",
    en = "Counts phrases by year, and per 10,000 syllables.",
  },
  authors = { "vankien" }, license = "MIT", tags = { "example", "shift" },

  -- Each parameter is an option of the command line: --phrases, --since.
  params = {
    { name = "phrases", type = "lexicon", default = { "tham gia", "chủ động tham gia" },
      help = { vi = "các cụm từ cần đếm", en = "the phrases to count" } },
    { name = "since", type = "integer", default = 1986, min = 1930, max = 2100,
      help = { vi = "từ năm", en = "the first year" } },
  },

  -- What is given back.  A row that is otherwise is an error that names the cell.
  returns = {
    { name = "year", type = "integer" },
    { name = "phrase", type = "string" },
    { name = "n", type = "integer", help = { vi = "số lần đứng riêng", en = "free-standing" } },
    { name = "per_10k", type = "number",
      help = { vi = "trên 10.000 âm tiết", en = "per 10,000 syllables" } },
  },
  examples = {
    { params = { phrases = { "tham gia" }, since = 2010 }, note = "one phrase, since 2010" },
  },

  -- Texts to try it on: `recipe test` puts them into a store of their own.
  fixture = { documents = {
    { title = "Báo cáo mười hai", type = "Báo cáo", issued = "2016-01", congress = "XII",
      text = "Việt Nam tham gia các diễn đàn. Chủ động tham gia, nâng cao vai trò." },
    { title = "Báo cáo mười ba", type = "Báo cáo", issued = "2021-01", congress = "XIII",
      text = "Chủ động tham gia, phát huy vai trò." },
  } },
}

-- 2. What it does.  `p` holds the parameters, `ctx` the seed and the notes.  The collections, the
--    conditions and everything that counts are there by name; files and SQL are not.

function run(p, ctx)
  local counted = shift(p.phrases, { by = "year" })
  local rows = {}
  for _, row in ipairs(counted.rows) do
    local year = math.tointeger(tonumber(row.period))
    if year and year >= p.since then
      rows[#rows + 1] = { year = year, phrase = row.phrase, n = row.free, per_10k = row.per_10k }
    end
  end
  ctx.note(("%d texts were counted"):format(#documents:where{ has "text" }))
  return rows
end

-- 3. How one knows that it is right.  Every test runs on the fixture, in a world of its own.

test("counts the longer phrase, and the shorter one only where it stands free", { },
  function(result, t)
    t.rows(4, result)
    t.equal(1, t.row(result, { year = 2016, phrase = "tham gia" }).n)
    t.equal(1, t.row(result, { year = 2016, phrase = "chủ động tham gia" }).n)
    t.equal(0, t.row(result, { year = 2021, phrase = "tham gia" }).n)
  end)

test("leaves out the years before the first", { since = 2020, phrases = "tham gia" },
  function(result, t)
    t.equal({ 2021 }, { result.rows[1].year })
    t.rows(1, result)
  end)
