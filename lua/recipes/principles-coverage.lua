recipe {
  name = "principles-coverage", version = "1.0.0", api = 1,
  title = { vi = "Một văn kiện nhắc đến những nguyên tắc nào", en = "Principles in a directive" },
  summary = {
    vi = "Từng nguyên tắc đối ngoại: bao nhiêu chỗ, ở đoạn nào, chỗ đầu tiên.",
    en = "Each principle of foreign policy: how many places, in which sections, the first of them.",
  },
  question = {
    vi = "Chỉ thị này dựa trên những nguyên tắc nào, và bỏ trống nguyên tắc nào?",
    en = "Which principles does this directive rest on, and which does it leave out?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "codebook", "principles" },
  params = {
    { name = "document", type = "document", required = true,
      help = { vi = "văn kiện có toàn văn trong kho",
        en = "a document whose text is in the store" } },
    { name = "book", type = "enum", default = "principles",
      choices = { "principles", "orientations", "ladder" },
      help = { vi = "bộ mã", en = "the codebook" } },
  },
  permissions = { read = true },
  returns = {
    { name = "category", type = "string" }, { name = "title", type = "string" },
    { name = "places", type = "integer",
      help = { vi = "số chỗ khớp mẫu", en = "free-standing hits of its patterns" } },
    { name = "per_10k", type = "number",
      help = { vi = "số chỗ trên 10.000 âm tiết", en = "places per 10,000 syllables" } },
    { name = "first", type = "string", null = true,
      help = { vi = "chỗ đầu tiên, nguyên văn", en = "the first place, in its words" } },
    { name = "at", type = "string", null = true,
      help = { vi = "mục và byte trong bản gốc", en = "section and bytes of the original" } },
  },
  examples = { { params = { document = "25-CT/TW" }, note = "once its text is imported" } },
  fixture = {
    documents = {
      { type = "Chỉ thị", number = "99-CT/TW", issued = "2030-01-02", issuer = "Ban Bí thư",
        title = "Về một việc thử",
        text = "I- QUAN ĐIỂM\n1. Giữ vững độc lập, tự chủ, đa phương hoá, đa dạng hoá quan hệ.\n\z
          2. Bảo đảm cao nhất lợi ích quốc gia - dân tộc; tuân thủ luật pháp quốc tế.\n" },
    },
  },
}

-- The first line of evidence of each category.
local function first_lines(result)
  local first = {}
  for _, line in ipairs(result.evidence) do
    first[line.category] = first[line.category] or line
  end
  return first
end

local function place(line)
  local section = line.section ~= "" and line.section .. ", " or ""
  return ("%sbytes %d-%d"):format(section, line.start, line.stop)
end

function run(p)
  local result = codebook(p.book, { over = p.document, evidence = 1 })
  local unit, first, rows = result.rows[1], first_lines(result), {}
  for i, category in ipairs(result.categories) do
    local places, line = unit[category.category], first[category.category]
    rows[i] = {
      category = category.category, title = category.title, places = places,
      per_10k = places / unit.syllables * 10000,
      first = line and line.left .. "[" .. line.hit .. "]" .. line.right, at = line and place(line),
    }
  end
  return { rows = rows, notes = result.notes }
end

test("finds the principles that stand there, with their place", { document = "99-CT/TW" },
  function(result, t)
    local places = {}
    for _, row in ipairs(result.rows) do places[row.category] = row end
    t.equal(places["doc-lap-tu-chu"].places, 1)
    t.equal(places["luat-phap-quoc-te"].places, 1)
    t.match(places["doc-lap-tu-chu"].at, "bytes")
    t.equal(places["khong-vu-luc"].places, 0)
    t.equal(places["khong-vu-luc"].first, nil)
  end)
