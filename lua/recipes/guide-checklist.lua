recipe {
  name = "guide-checklist", version = "1.0.0", api = 1,
  title = {
    vi = "Chiến lược và sai lầm của cẩm nang hợp tác, soi vào một văn kiện",
    en = "The guide's strategies and mistakes as a checklist over a document",
  },
  summary = {
    vi = "Từng chiến lược, từng sai lầm: có chỗ nào trong văn kiện nói đến không.",
    en = "Each strategy and each mistake of the guide: does the document speak of it, and where?",
  },
  question = {
    vi = "Văn kiện này đã tính đến chiến lược nào, đã phòng sai lầm nào?",
    en = "Which strategies does this document take up, and which mistakes does it guard against?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "codebook", "checklist" },
  params = {
    { name = "document", type = "document", required = true,
      help = { vi = "văn kiện có toàn văn trong kho",
        en = "a document whose text is in the store" } },
  },
  permissions = { read = true },
  returns = {
    { name = "list", type = "string",
      help = { vi = "chiến lược hay sai lầm", en = "strategies or mistakes" } },
    { name = "n", type = "string" }, { name = "title", type = "string" },
    { name = "spoken_of", type = "boolean" },
    { name = "places", type = "integer" },
    { name = "first", type = "string", null = true,
      help = { vi = "chỗ đầu tiên, nguyên văn", en = "the first place, in its words" } },
    { name = "at", type = "string", null = true,
      help = { vi = "mục và byte trong bản gốc", en = "section and bytes of the original" } },
  },
  examples = { { params = { document = "25-CT/TW" }, note = "once its text is imported" } },
  fixture = {
    documents = {
      { type = "Kế hoạch", number = "98-KH/TW", issued = "2030-01-02", title = "Kế hoạch thử",
        text = "Xây dựng lòng tin với đối tác. Tôn trọng khác biệt văn hóa." },
    },
  },
}

local function checked(list, document)
  local found, first, rows = codebook(list, { over = document, evidence = 1 }), {}, {}
  for _, line in ipairs(found.evidence) do
    first[line.category] = first[line.category] or line
  end
  for i, category in ipairs(found.categories) do
    local line, places = first[category.category], found.rows[1][category.category]
    rows[i] = {
      list = list, n = category.category, title = category.title, spoken_of = places > 0,
      places = places,
      first = line and line.left .. "[" .. line.hit .. "]" .. line.right,
      at = line and ("%sbytes %d-%d"):format(
        line.section ~= "" and line.section .. ", " or "", line.start, line.stop),
    }
  end
  return rows, found.notes
end

function run(p, ctx)
  local rows = {}
  for _, list in ipairs { "strategies", "mistakes" } do
    local more, notes = checked(list, p.document)
    table.move(more, 1, #more, #rows + 1, rows)
    for _, note in ipairs(notes) do ctx.note(note) end
  end
  ctx.note "words of a mistake may stand where a document warns of it: read the place"
  return rows
end

test("marks what is spoken of, and shows where", { document = "98-KH/TW" }, function(result, t)
  local marked = 0
  for _, row in ipairs(result.rows) do
    if row.spoken_of then
      marked = marked + 1
      t.match(row.at, "bytes")
    end
  end
  t.equal(#result.rows, 5 + 6)
  t.equal(marked >= 1, true)
end)
