recipe {
  name = "quotation-audit", version = "1.0.0", api = 1,
  title = { vi = "Kiểm tra trích dẫn của một bài viết", en = "Audit of an article's quotations" },
  summary = {
    vi = "Mọi câu trong ngoặc kép của một bài: có nguyên văn ở văn kiện khác không, sai chữ nào.",
    en = "Every quotation of an article: does it stand in another document, word for word?",
  },
  question = {
    vi = "Bài viết này trích có đúng không?",
    en = "Does this article quote its sources correctly?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "quote", "evidence" },
  params = {
    { name = "article", type = "document", required = true,
      help = { vi = "bài viết, có toàn văn trong kho",
        en = "the article; its text in the store" } },
    { name = "least", type = "integer", default = 4, min = 2, max = 50,
      help = { vi = "bỏ trích dẫn ngắn hơn số âm tiết này",
        en = "leave out quotations of fewer syllables" } },
  },
  permissions = { read = true, seconds = 60 },
  returns = {
    { name = "quotation", type = "string" },
    { name = "section", type = "string",
      help = { vi = "của bài viết", en = "of the article" } },
    { name = "verdict", type = "string",
      help = { vi = "nguyên văn, gần như, gần giống hay không có",
        en = "exact, folded, near or absent" } },
    { name = "document", type = "string", null = true,
      help = { vi = "đứng ở đâu", en = "where it stands" } },
    { name = "at", type = "string", null = true,
      help = { vi = "byte trong bản gốc của văn kiện ấy",
        en = "bytes of that document's original" } },
    { name = "similarity", type = "number", null = true },
    { name = "diff", type = "string", null = true,
      help = { vi = "[-chỉ trong trích-] {+chỉ ở đó+}", en = "[-only quoted-] {+only there+}" } },
  },
  examples = { { params = { article = "bai-viet" }, note = "an imported article, by its key" } },
  fixture = {
    documents = {
      { issued = "2016-01", congress = "XII", title = "Trích Đại hội XII",
        text = "Chủ động tham gia và phát huy vai trò tại các cơ chế đa phương." },
      { issued = "2020-05", number = "01-BV/TW", title = "Bài viết",
        text = "Đại hội XII nêu “chủ động tham gia và phát huy vai trò tại các cơ chế đa phương”. \z
          Có người viết “tích cực tham gia và phát huy vai trò tại các cơ chế đa phương”, \z
          rồi lại viết “một câu không hề đứng ở đâu cả”." },
    },
  },
}

local QUOTED = "“(.-)”"

local function syllables(words)
  local n = 0
  for _ in words:gmatch "%S+" do n = n + 1 end
  return n
end

-- The best place outside the article itself; those inside it prove nothing.
local function best_elsewhere(found, article)
  for _, row in ipairs(found.rows) do
    if row.document ~= article.key then return row end
  end
end

local function audited(words, section, article)
  local found = quote.verify(words, documents:where { has "text", key = negate(article.key) })
  local best = best_elsewhere(found, article)
  local there = best and best.document and found.verdict ~= "absent"
  return {
    quotation = words, section = section, verdict = found.verdict,
    document = there and best.document or nil,
    at = there and best.start and ("%d-%d"):format(best.start, best.stop) or nil,
    similarity = there and best.similarity or nil, diff = there and best.diff or nil,
  }
end

function run(p, ctx)
  local rows, short = {}, 0
  for _, passage in ipairs(passages:where { document_id = p.article.id }:order("ordinal"):list()) do
    for words in passage.text:gmatch(QUOTED) do
      if syllables(words) < p.least then
        short = short + 1
      else
        rows[#rows + 1] = audited(words, passage.path, p.article)
      end
    end
  end
  if short > 0 then ctx.note(("%d shorter quotations were not looked up"):format(short)) end
  ctx.note "absent means: in no text of this store outside the article"
  return rows
end

test("tells word for word from almost, and both from nowhere", { article = "01-BV/TW" },
  function(result, t)
    t.equal(#result.rows, 3)
    t.equal(result.rows[1].verdict, "folded")
    t.equal(result.rows[2].verdict, "near")
    t.match(result.rows[2].diff, "%[%-tích cực%-%]")
    t.equal(result.rows[3].verdict, "absent")
  end)
