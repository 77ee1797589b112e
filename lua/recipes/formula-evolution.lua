recipe {
  name = "formula-evolution", version = "1.0.0", api = 1,
  title = { vi = "Một công thức thay đổi ra sao", en = "How a formula changed" },
  summary = {
    vi = "Các câu chứa một cách nói, theo thời gian, mỗi câu so từng chữ với câu trước.",
    en = "The wordings that hold a phrase in the order of time, each compared with the one before.",
  },
  question = {
    vi = "Công thức nào được thêm, bớt chữ gì từ Đại hội này sang Đại hội khác?",
    en = "Which words were put into a formula, and which taken out, from congress to congress?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "diff", "formula" },
  params = {
    { name = "phrase", type = "string", default = "thành viên",
      help = { vi = "cách nói phải có trong câu", en = "the phrase that the wordings hold" } },
    { name = "from", type = "enum", choices = { "formulas", "texts" }, default = "formulas",
      help = { vi = "lấy từ trích dẫn của kho hay từ toàn văn",
        en = "quotations of the store, or clauses of imported texts" } },
    { name = "articles", type = "boolean", default = false,
      help = { vi = "lấy cả câu chỉ được bài viết trích", en = "also what only articles quote" } },
  },
  permissions = { read = true },
  returns = {
    { name = "from", type = "string" }, { name = "to", type = "string" },
    { name = "before", type = "string" }, { name = "after", type = "string" },
    { name = "diff", type = "string",
      help = { vi = "[-bớt-] {+thêm+}", en = "[-taken out-] {+put in+}" } },
    { name = "inserted", type = "integer",
      help = { vi = "số chữ", en = "words" } },
    { name = "deleted", type = "integer",
      help = { vi = "số chữ", en = "words" } },
    { name = "similarity", type = "number",
      help = { vi = "0 đến 1, phần chữ giữ lại", en = "0 to 1, words kept" } },
  },
  examples = {
    { params = {}, note = "member of the international community" },
    { params = { phrase = "trọng yếu, thường xuyên" }, note = "a task that grew" },
  },
  fixture = {
    documents = {
      { type = "Báo cáo chính trị", issued = "2016-01", congress = "XII",
        title = "Trích Đại hội XII",
        text = "Là bạn, là đối tác tin cậy và thành viên có trách nhiệm của cộng đồng quốc tế." },
      { type = "Báo cáo chính trị", issued = "2021-02", congress = "XIII",
        title = "Trích Đại hội XIII",
        text = "Là bạn, là đối tác tin cậy và là thành viên tích cực, có trách nhiệm trong cộng \z
          đồng \z
          quốc tế." },
    },
  },
}

function run(p)
  local found = diff(p.phrase, { from = p.from, evidence = p.articles and "any" or "primary" })
  local rows = {}
  for i, row in ipairs(found.rows) do
    rows[i] = {
      from = row.from, to = row.to, before = row.before, after = row.after, diff = row.diff,
      inserted = row.inserted, deleted = row.deleted, similarity = row.similarity,
    }
  end
  return { rows = rows, notes = found.notes }
end

test("names the words put in", { phrase = "thành viên", from = "texts" }, function(result, t)
  t.equal(#result.rows, 1)
  t.match(result.rows[1].diff, "{%+tích cực")
  t.equal(result.rows[1].deleted >= 1, true)
end)
