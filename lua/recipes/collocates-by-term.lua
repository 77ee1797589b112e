recipe {
  name = "collocates-by-term", version = "1.0.0", api = 1,
  title = { vi = "Chữ đi cùng một khái niệm, theo từng kỳ", en = "The company a concept keeps" },
  summary = {
    vi = "Những chữ đứng cạnh một khái niệm ở từng kỳ Đại hội, xếp theo logDice.",
    en = "What stands beside a concept in each congress term, ranked by logDice.",
  },
  question = {
    vi = "“Hội nhập” đi với chữ gì ở Đại hội IX, và đi với chữ gì ở Đại hội XIV?",
    en = "What did a concept stand beside at one congress, and what at another?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "collocates" },
  params = {
    { name = "phrase", type = "pattern", default = "hội nhập",
      help = { vi = "khái niệm, cụm từ hay mẫu", en = "the concept, a phrase or a pattern" } },
    { name = "window", type = "integer", default = 5, min = 1, max = 20,
      help = { vi = "số âm tiết mỗi bên", en = "syllables on either side, within a sentence" } },
    { name = "min", type = "integer", default = 3, min = 1,
      help = { vi = "ít nhất bao nhiêu lần", en = "least times beside the phrase" } },
    { name = "top", type = "integer", default = 10, min = 1, max = 100,
      help = { vi = "số chữ mỗi kỳ", en = "collocates of each term" } },
  },
  permissions = { read = true, seconds = 60 },
  returns = {
    { name = "congress", type = "string" }, { name = "rank", type = "integer" },
    { name = "form", type = "string" },
    { name = "o", type = "integer",
      help = { vi = "số lần đứng cạnh", en = "times beside the phrase" } },
    { name = "expected", type = "number" },
    { name = "log_dice", type = "number" }, { name = "mi", type = "number",
      help = { vi = "bit", en = "bits" } },
    { name = "new", type = "boolean",
      help = { vi = "chưa có ở kỳ nào trước", en = "not among those of any earlier term" } },
  },
  examples = {
    { params = { phrase = "đa phương", top = 5 }, note = "what multilateral goes with" },
  },
  fixture = {
    documents = {
      { issued = "2001-04", congress = "IX", title = "Trích Đại hội IX",
        text = "Hội nhập kinh tế quốc tế. Chủ động hội nhập kinh tế. Tiến trình hội nhập kinh \z
          tế." },
      { issued = "2016-01", congress = "XII", title = "Trích Đại hội XII",
        text = "Hội nhập quốc tế toàn diện. Nâng cao hội nhập quốc tế. Tích cực hội nhập quốc \z
          tế." },
    },
  },
}

-- The terms whose documents have a text, oldest first.
local function terms_with_text()
  local has_text, out = {}, {}
  for _, d in ipairs(documents:where { has "text" }:list()) do
    if d.congress then has_text[d.congress] = true end
  end
  for _, congress in ipairs(congresses:order("n"):list()) do
    if has_text[congress.ordinal] then out[#out + 1] = congress.ordinal end
  end
  return out
end

local function collocates(p, term)
  local found = colloc(p.phrase, {
    over = documents:where { has "text", congress = term }, window = p.window, min = p.min,
    limit = p.top, evidence = 0,
  })
  return found.rows
end

function run(p, ctx)
  local rows, seen = {}, {}
  for _, term in ipairs(terms_with_text()) do
    local here = collocates(p, term)
    if #here == 0 then ctx.note(("%s: nothing stands beside it %d times"):format(term, p.min)) end
    for rank, row in ipairs(here) do
      rows[#rows + 1] = {
        congress = term, rank = rank, form = row.form, o = row.o, expected = row.expected,
        log_dice = row.log_dice, mi = row.mi, new = not seen[row.form],
      }
    end
    for _, row in ipairs(here) do seen[row.form] = true end
  end
  return rows
end

test("hears what is new in a later term", { phrase = "hội nhập", min = 2 }, function(result, t)
  local new = {}
  for _, row in ipairs(result.rows) do new[row.congress .. " " .. row.form] = row.new end
  t.equal(new["IX kinh"], true)
  t.equal(new["XII quốc"], true)
end)
