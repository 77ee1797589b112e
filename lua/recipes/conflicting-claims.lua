recipe {
  name = "conflicting-claims", version = "1.0.0", api = 1,
  title = { vi = "Các nguồn nói khác nhau ở đâu", en = "Where sources disagree" },
  summary = {
    vi = "Mỗi điều mà các nguồn trong kho nói khác nhau: điều được nhận, điều không, và vì sao.",
    en = "Every fact on which sources of the store disagree: what was accepted, what not, and why.",
  },
  question = {
    vi = "Ngày tháng, con số nào trong kho còn bị nguồn khác nói khác?",
    en = "Which dates and numbers of the store does another source contradict?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "sources", "claims" },
  params = {
    { name = "table", type = "string", choices_from = "assertions.subject",
      help = { vi = "chỉ bảng này", en = "only this table" } },
    { name = "field", type = "string", choices_from = "assertions.field",
      help = { vi = "chỉ trường này", en = "only this field" } },
  },
  permissions = { read = true },
  returns = {
    { name = "subject", type = "string",
      help = { vi = "bảng", en = "table" } },
    { name = "row", type = "integer",
      help = { vi = "id của hàng", en = "id of its row" } },
    { name = "field", type = "string" },
    { name = "accepted", type = "string", null = true },
    { name = "claimed", type = "string", null = true },
    { name = "source", type = "string",
      help = { vi = "của điều không được nhận", en = "of the claim that was not accepted" } },
    { name = "lines", type = "string", null = true },
    { name = "verdict", type = "string", null = true },
  },
  examples = {
    { params = {}, note = "all of them" },
    { params = { table = "documents", field = "issued" }, note = "disputed dates of documents" },
  },
  fixture = { documents = {} },
}

local function key_of(claim)
  return ("%s\0%d\0%s"):format(claim.subject, claim.subject_id, claim.field)
end

function run(p)
  local picked = assertions:order("subject", "subject_id", "field", "id")
  if p.table then picked = picked:where { subject = p.table } end
  if p.field then picked = picked:where { field = p.field } end
  local accepted, rows = {}, {}
  for _, claim in ipairs(picked:list()) do
    if claim.accepted == 1 then accepted[key_of(claim)] = claim end
  end
  for _, claim in ipairs(picked:list()) do
    local held = accepted[key_of(claim)]
    if claim.accepted == 0 and not (held and held.value == claim.value) then
      rows[#rows + 1] = {
        subject = claim.subject, row = claim.subject_id, field = claim.field,
        accepted = held and held.value, claimed = claim.value, source = claim.source,
        lines = claim.lines, verdict = claim.verdict or held and held.verdict,
      }
    end
  end
  return { rows = rows, notes = {
    ("%d claims disagree with what was accepted; none was deleted"):format(#rows) } }
end

test("finds both dates that sources give Resolution 59 instead", { table = "documents",
  field = "issued" }, function(result, t)
  local claimed = {}
  for _, row in ipairs(result.rows) do
    if row.accepted == "2025-01-24" then claimed[row.claimed] = row.source end
  end
  t.equal(claimed["2025-01-20"] ~= nil, true)
  t.equal(claimed["2024-12-22"] ~= nil, true)
end)
