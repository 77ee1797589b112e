recipe {
  name = "task-groups-echo", version = "1.0.0", api = 1,
  title = {
    vi = "Sáu nhóm nhiệm vụ của Chỉ thị 25 trong các văn kiện sau",
    en = "The six task groups of Directive 25 in later documents",
  },
  summary = {
    vi = "Từng nhóm nhiệm vụ được nhắc lại ở văn kiện nào, bao nhiêu chỗ trên một vạn âm tiết.",
    en = "Which later documents take up each task group, and how densely.",
  },
  question = {
    vi = "Nhiệm vụ nào của Chỉ thị 25-CT/TW còn vang trong văn kiện về sau, nhiệm vụ nào im?",
    en = "Which tasks of Directive 25-CT/TW are echoed afterwards, and which fell silent?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "codebook", "tasks" },
  params = {
    { name = "since", type = "date", default = "2018-08-08",
      help = { vi = "văn kiện ban hành sau ngày này", en = "documents issued after this day" } },
    { name = "where", type = "string",
      help = { vi = "bộ lọc văn kiện", en = "a further filter on documents" } },
  },
  permissions = { read = true },
  returns = {
    { name = "document", type = "string" }, { name = "issued", type = "date", null = true },
    { name = "task", type = "string" }, { name = "title", type = "string" },
    { name = "places", type = "integer" }, { name = "per_10k", type = "number" },
  },
  examples = {
    { params = { where = "congress = 'XIV'" }, note = "the documents of congress XIV" },
  },
  fixture = {
    documents = {
      { type = "Báo cáo", issued = "2017-01-01", title = "Trước chỉ thị",
        text = "Nâng cao nhận thức, hoàn thiện thể chế." },
      { type = "Báo cáo", issued = "2020-01-01", title = "Sau chỉ thị",
        text = "Tiếp tục hoàn thiện thể chế, tăng cường phối hợp giữa các bộ, ngành." },
    },
  },
}

local function rows_of(unit, categories, issued)
  local rows = {}
  for i, category in ipairs(categories) do
    local places = unit[category.category]
    rows[i] = {
      document = unit.title, issued = issued, task = category.category, title = category.title,
      places = places, per_10k = places / unit.syllables * 10000,
    }
  end
  return rows
end

function run(p)
  local later = documents:where { has "text", issued = above(p.since) }
  if p.where then later = later:where(p.where) end
  local result = codebook("tasks", { over = later, by = "document", evidence = 0 })
  local dates, rows = {}, {}
  for _, d in ipairs(later:list()) do dates[d.key] = d.issued end
  for _, unit in ipairs(result.rows) do
    for _, row in ipairs(rows_of(unit, result.categories, dates[unit.unit])) do
      rows[#rows + 1] = row
    end
  end
  return { rows = rows, notes = result.notes }
end

test("looks only at what came afterwards", {}, function(result, t)
  local places = {}
  for _, row in ipairs(result.rows) do
    t.equal(row.document, "Sau chỉ thị")
    places[row.title] = row.places
  end
  t.equal(places["hoàn thiện thể chế"], 1)
  t.equal(places["tăng cường phối hợp"], 1)
  t.equal(places["nâng cao nhận thức"], 0)
end)
