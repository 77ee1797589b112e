recipe {
  name = "who-concretises-whom", version = "1.0.0", api = 1,
  title = { vi = "Văn kiện nào cụ thể hóa văn kiện nào", en = "Which document concretises which" },
  summary = {
    vi = "Các cạnh quan hệ giữa văn kiện, kèm câu chữ làm chứng và nguồn.",
    en = "The relations between documents, each with the sentence and the source that say so.",
  },
  question = {
    vi = "Đường lối của một Đại hội được văn kiện nào cụ thể hóa, và văn kiện ấy lại được làm \z
      gì tiếp?",
    en = "Which documents make a congress's line concrete, and what follows from them in turn?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "relations", "graph" },
  params = {
    { name = "root", type = "document",
      help = { vi = "bắt đầu từ văn kiện này; để trống: mọi quan hệ",
        en = "begin at this document; left out: every relation" } },
    { name = "relation", type = "string", choices_from = "relations.relation",
      help = { vi = "chỉ loại quan hệ này", en = "only this relation" } },
    { name = "steps", type = "integer", default = 3, min = 1, max = 10,
      help = { vi = "số bước tối đa tính từ gốc", en = "steps from the root at most" } },
  },
  permissions = { read = true },
  returns = {
    { name = "step", type = "integer",
      help = { vi = "số bước từ gốc; 0 khi không có gốc",
        en = "steps from the root; 0 where there is no root" } },
    { name = "document", type = "string" }, { name = "title", type = "string" },
    { name = "issued", type = "date", null = true },
    { name = "relation", type = "string" },
    { name = "to", type = "string" }, { name = "to_title", type = "string" },
    { name = "wording", type = "string", null = true,
      help = { vi = "câu làm chứng", en = "the sentence that says so" } },
    { name = "source", type = "string" }, { name = "level", type = "string" },
  },
  examples = {
    { params = { root = "vk-dh12" }, note = "what makes congress XII concrete" },
    { params = { relation = "cụ thể hóa" }, note = "every concretisation of the store" },
  },
  fixture = { documents = {} },
}

local function edge(row, step, by_id)
  local from, to = by_id[row.from_id], by_id[row.to_id]
  return {
    step = step, document = from.number or from.key, title = from.title, issued = from.issued,
    relation = row.relation, to = to.number or to.key, to_title = to.title,
    wording = row.wording, source = row.source, level = row.level,
  }
end

-- Edges by the document they lead to.
local function edges_into(rows)
  local into = {}
  for _, row in ipairs(rows) do
    into[row.to_id] = into[row.to_id] or {}
    table.insert(into[row.to_id], row)
  end
  return into
end

local function follow(root, rows, steps, by_id)
  local into, out, seen, level = edges_into(rows), {}, { [root] = true }, { root }
  for step = 1, steps do
    local nearer = {}
    for _, id in ipairs(level) do
      for _, row in ipairs(into[id] or {}) do
        out[#out + 1] = edge(row, step, by_id)
        if not seen[row.from_id] then nearer[#nearer + 1] = row.from_id end
        seen[row.from_id] = true
      end
    end
    level = nearer
  end
  return out
end

function run(p)
  local picked = p.relation and relations:where { relation = p.relation } or relations
  local rows, by_id = picked:order("from_id", "to_id"):list(), {}
  for _, d in ipairs(documents:list()) do by_id[d.id] = d end
  if p.root then return follow(p.root.id, rows, p.steps, by_id) end
  local out = {}
  for i, row in ipairs(rows) do out[i] = edge(row, 0, by_id) end
  return out
end

test("follows Directive 25 from congress XII, and Conclusion 125 from the directive",
  { root = "vk-dh12", steps = 2 },
  function(result, t)
    local steps = {}
    for _, row in ipairs(result.rows) do steps[row.document] = row.step end
    t.equal(steps["25-CT/TW"], 1)
    t.equal(steps["125-KL/TW"], 2)
  end)
