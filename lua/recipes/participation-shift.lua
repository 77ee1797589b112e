recipe {
  name = "participation-shift", version = "1.0.0", api = 1,
  title = {
    vi = "Từ “tham dự” đến “nòng cốt, dẫn dắt, định hình”",
    en = "From attending to shaping: the wording of participation",
  },
  summary = {
    vi = "Đếm thang cách nói về sự tham gia theo từng kỳ Đại hội, có khoảng tin cậy và chỗ \z
      đứng đầu tiên.",
    en = "Counts the ladder of participation by congress, with intervals and the first place \z
      of each.",
  },
  question = {
    vi = "Cách nói về tham gia đa phương chuyển dịch ra sao qua các kỳ Đại hội?",
    en = "How did the wording of multilateral participation move from congress to congress?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "shift", "ladder", "congress" },
  params = {
    { name = "phrases", type = "lexicon",
      help = { vi = "các cụm từ, cách nhau bằng dấu chấm phẩy; để trống: thang của kho",
        en = "phrases, separated by semicolons; left out: the ladder of the store" } },
    { name = "by", type = "enum", choices = { "congress", "year", "issuer", "type" },
      default = "congress", help = { vi = "chia nhóm theo", en = "group by" } },
    { name = "where", type = "string",
      help = { vi = "bộ lọc văn kiện", en = "a filter on documents, as year >= 1986" } },
    { name = "once", type = "boolean", default = false,
      help = { vi = "bỏ văn kiện nằm trọn trong văn kiện khác cùng kỳ",
        en = "leave out documents that stand inside another of their period" } },
  },
  permissions = { read = true },
  returns = {
    { name = "period", type = "string",
      help = { vi = "nhóm", en = "the group" } },
    { name = "phrase", type = "string" },
    { name = "free", type = "integer",
      help = { vi = "số lần đứng riêng", en = "free-standing occurrences" } },
    { name = "nested", type = "integer",
      help = { vi = "nằm trong cụm dài hơn", en = "inside a longer phrase of the lexicon" } },
    { name = "syllables", type = "integer",
      help = { vi = "cỡ của kỳ", en = "size of the period" } },
    { name = "per_10k", type = "number",
      help = { vi = "số lần trên 10.000 âm tiết", en = "free per 10,000 syllables" } },
    { name = "low", type = "number",
      help = { vi = "khoảng tin cậy 95 %, Poisson chính xác",
        en = "95 % interval, exact Poisson" } },
    { name = "high", type = "number" },
    { name = "share", type = "number", null = true,
      help = { vi = "phần trong các lần đứng riêng, 0 đến 1",
        en = "of the free occurrences, 0 to 1" } },
    { name = "first", type = "string", null = true,
      help = { vi = "chỗ đầu tiên: văn kiện, byte", en = "first place: document, bytes" } },
  },
  examples = {
    { params = {}, note = "the stance terms of the store, by congress" },
    { params = { phrases = "tham gia; chủ động tham gia", by = "year" },
      note = "two rungs by year" },
  },
  fixture = {
    documents = {
      { type = "Báo cáo chính trị", issued = "1996-07", congress = "VIII",
        title = "Trích Đại hội VIII",
        text = "Tích cực đóng góp cho hoạt động ở các diễn đàn quốc tế, \z
          tham gia giải quyết các vấn đề toàn cầu." },
      { type = "Báo cáo chính trị", issued = "2016-01", congress = "XII",
        title = "Trích Đại hội XII",
        text = "Chủ động tham gia và phát huy vai trò tại các cơ chế đa phương. \z
          Tham gia các cơ chế hợp tác." },
    },
  },
}

-- Where a phrase stands first in a period, as a reader would look it up.
local function first_places(result)
  local places = {}
  for _, line in ipairs(result.evidence) do
    local key = line.period .. "\0" .. line.phrase
    places[key] = places[key] or ("%s, bytes %d-%d"):format(line.document, line.start, line.stop)
  end
  return places
end

function run(p)
  local over = p.where and documents:where(p.where) or documents
  local result = shift(p.phrases, { by = p.by, over = over, once = p.once, evidence = 1 })
  local places, rows = first_places(result), {}
  for i, row in ipairs(result.rows) do
    rows[i] = {
      period = row.period, phrase = row.phrase, free = row.free, nested = row.nested,
      syllables = row.syllables, per_10k = row.per_10k, low = row.low, high = row.high,
      share = row.share, first = places[row.period .. "\0" .. row.phrase],
    }
  end
  return { rows = rows, notes = result.notes }
end

test("counts the longer phrase, and the shorter one inside it apart",
  { phrases = { "tham gia", "chủ động tham gia" } },
  function(result, t)
    local cells = {}
    for _, row in ipairs(result.rows) do cells[row.period .. " " .. row.phrase] = row end
    t.equal(cells["VIII tham gia"].free, 1)
    t.equal(cells["XII tham gia"].free, 1)
    t.equal(cells["XII tham gia"].nested, 1)
    t.equal(cells["XII chủ động tham gia"].free, 1)
    t.match(cells["XII chủ động tham gia"].first, "bytes 0%-")
    t.equal(cells["VIII chủ động tham gia"].first, nil)
  end)
