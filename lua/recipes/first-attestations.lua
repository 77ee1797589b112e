recipe {
  name = "first-attestations", version = "1.0.0", api = 1,
  title = { vi = "Mỗi cách nói xuất hiện lần đầu ở đâu", en = "Where each wording stands first" },
  summary = {
    vi = "Chỗ cổ nhất trong kho của từng cụm từ: văn kiện, ngày, mục, câu chữ.",
    en = "The oldest place in the store of each phrase: document, date, section, words.",
  },
  question = {
    vi = "“Định hình” được viết lần đầu khi nào, trong văn kiện nào?",
    en = "When was a wording first written, and in which document?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "first", "evidence" },
  params = {
    { name = "phrases", type = "lexicon", required = true,
      help = { vi = "các cụm từ, cách nhau bằng dấu chấm phẩy",
        en = "phrases or patterns, separated by semicolons" } },
    { name = "where", type = "string",
      help = { vi = "bộ lọc văn kiện", en = "a filter on documents" } },
  },
  permissions = { read = true },
  returns = {
    { name = "phrase", type = "string" },
    { name = "issued", type = "date", null = true,
      help = { vi = "chính xác đến mức đã biết", en = "as precise as it is known" } },
    { name = "document", type = "string", null = true },
    { name = "title", type = "string", null = true },
    { name = "at", type = "string", null = true,
      help = { vi = "mục và byte trong bản gốc", en = "section and bytes of the original" } },
    { name = "words", type = "string", null = true },
    { name = "total", type = "integer",
      help = { vi = "tất cả bao nhiêu chỗ", en = "places in all" } },
  },
  examples = { { params = { phrases = "định hình; nòng cốt" }, note = "two late rungs" } },
  fixture = {
    documents = {
      { issued = "2006-04", congress = "X", title = "Trích Đại hội X",
        text = "Chủ động tham gia cuộc đấu tranh chung vì quyền con người." },
      { issued = "2016-01", congress = "XII", title = "Trích Đại hội XII",
        text = "Chủ động tham gia và định hình các thể chế đa phương." },
    },
  },
}

local function row_of(phrase, over)
  local found = kwic(phrase, { over = over, limit = 1, sort = "date" })
  local line = found.rows[1]
  if not line then return { phrase = phrase, total = 0 } end
  local section = line.section ~= "" and line.section .. ", " or ""
  return {
    phrase = phrase, issued = line.issued, document = line.document, title = line.title,
    at = ("%sbytes %d-%d"):format(section, line.start, line.stop),
    words = line.left .. "[" .. line.hit .. "]" .. line.right, total = found.total,
  }
end

function run(p, ctx)
  local over = p.where and documents:where(p.where) or documents
  local rows = {}
  for i, phrase in ipairs(p.phrases) do rows[i] = row_of(phrase, over) end
  local undated = over:where { has "text", issued = is_nil() }:count()
  if undated > 0 then
    ctx.note(("%d texts have no date and come last: any of them may be older"):format(undated))
  end
  ctx.note "first in this store; a document that is not in it may have the wording earlier"
  return rows
end

test("takes the older document, and says when there is none",
  { phrases = { "chủ động tham gia", "định hình", "dẫn dắt" } },
  function(result, t)
    t.equal(result.rows[1].issued, "2006-04")
    t.equal(result.rows[1].total, 2)
    t.equal(result.rows[2].issued, "2016-01")
    t.equal(result.rows[3].total, 0)
    t.equal(result.rows[3].document, nil)
  end)
