recipe {
  name = "keyness-of-congresses", version = "1.0.0", api = 1,
  title = { vi = "Từ đặc trưng của hai kỳ Đại hội", en = "Keywords of two congresses" },
  summary = {
    vi = "Từ, cụm từ mà một kỳ Đại hội dùng nhiều hơn hay ít hơn kỳ khác, có kiểm định theo \z
      văn kiện.",
    en = "What one congress says more, or less, often than another, with a test over documents.",
  },
  question = {
    vi = "Đại hội này nói gì mà Đại hội kia không nói?",
    en = "What does this congress say that the other one does not?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "keyness" },
  params = {
    { name = "congress", type = "congress", default = "XIV",
      help = { vi = "kỳ Đại hội được hỏi", en = "the congress that is asked about" } },
    { name = "against", type = "congress", default = "XIII",
      help = { vi = "kỳ Đại hội đối chiếu", en = "the congress it is compared with" } },
    { name = "length", type = "integer", default = 2, min = 1, max = 5,
      help = { vi = "cụm dài đến bao nhiêu âm tiết", en = "n-grams of up to so many syllables" } },
    { name = "min", type = "integer", default = 3, min = 1,
      help = { vi = "ít nhất bao nhiêu lần ở cả hai", en = "least occurrences in both together" } },
    { name = "limit", type = "integer", default = 30, min = 1, max = 1000,
      help = { vi = "số dòng", en = "rows at most" } },
  },
  permissions = { read = true, seconds = 60 },
  returns = {
    { name = "form", type = "string" },
    { name = "a", type = "integer",
      help = { vi = "ở kỳ được hỏi", en = "in the congress" } },
    { name = "b", type = "integer",
      help = { vi = "ở kỳ kia", en = "in the other" } },
    { name = "per_10k_a", type = "number" }, { name = "per_10k_b", type = "number" },
    { name = "g2", type = "number",
      help = { vi = "log-likelihood bốn ô", en = "log-likelihood of 4 cells" } },
    { name = "log_ratio", type = "number",
      help = { vi = "số lần gấp đôi", en = "in doublings" } },
    { name = "p_document", type = "number", null = true, digits = 4,
      help = { vi = "kiểm định theo văn kiện, khi có thể",
        en = "over documents, where possible" } },
    { name = "p_token", type = "number", digits = 4,
      help = { vi = "coi mỗi chữ là một chứng cứ: nói quá",
        en = "takes each word for a witness: overstates" } },
  },
  examples = { { params = { congress = "XIV", against = "VI" }, note = "forty years apart" } },
  fixture = {
    documents = {
      { issued = "2021-02", congress = "XIII", title = "Trích Đại hội XIII",
        text = "Tích cực tham gia, tích cực đóng góp, tích cực hội nhập quốc tế." },
      { issued = "2026-01", congress = "XIV", title = "Trích Đại hội XIV",
        text = "Chủ động tham gia, chủ động định hình, chủ động dẫn dắt hội nhập quốc tế." },
    },
  },
}

function run(p)
  local n = {}
  for length = 1, p.length do n[length] = length end
  local a = documents:where { has "text", congress = p.congress }
  local b = documents:where { has "text", congress = p.against }
  local found = keyness(a, b, { n = n, min = p.min, limit = p.limit, evidence = 0 })
  local rows = {}
  for i, row in ipairs(found.rows) do
    rows[i] = {
      form = row.form, a = row.a, b = row.b, per_10k_a = row.per_10k_a, per_10k_b = row.per_10k_b,
      g2 = row.g2, log_ratio = row.log_ratio, p_document = row.p_document, p_token = row.p_token,
    }
  end
  return { rows = rows, notes = found.notes }
end

test("tells which side a wording belongs to", { length = 2, min = 3 }, function(result, t)
  local side = {}
  for _, row in ipairs(result.rows) do side[row.form] = row.a - row.b end
  t.equal(side["chủ động"], 3)
  t.equal(side["tích cực"], -3)
end)
