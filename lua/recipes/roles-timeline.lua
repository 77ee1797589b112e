recipe {
  name = "roles-timeline", version = "1.0.0", api = 1,
  title = { vi = "Vai trò và diễn đàn theo thời gian", en = "Roles and forums in time" },
  summary = {
    vi = "Các lần gia nhập, sự kiện, vai trò đảm nhiệm, sáng kiến của Việt Nam, xếp theo năm.",
    en = "Accessions, events, roles held and initiatives of Viet Nam in the order of time.",
  },
  question = {
    vi = "Khi cách nói đổi từ tham gia sang dẫn dắt, Việt Nam đang giữ vai trò gì, ở đâu?",
    en = "While the wording moved from joining to leading, which roles did Viet Nam hold, and \z
      where?",
  },
  authors = { "vankien" }, license = "MIT", tags = { "roles", "timeline" },
  params = {
    { name = "from", type = "integer", default = 1945, min = 1900, max = 2100,
      help = { vi = "từ năm", en = "first year" } },
    { name = "to", type = "integer", default = 2100, min = 1900, max = 2100,
      help = { vi = "đến năm", en = "last year" } },
    { name = "body", type = "string",
      help = { vi = "chỉ diễn đàn có tên chứa chữ này",
        en = "only bodies whose name holds this" } },
  },
  permissions = { read = true },
  returns = {
    { name = "year", type = "integer" },
    { name = "until_year", type = "integer", null = true },
    { name = "congress", type = "string", null = true,
      help = { vi = "Đại hội trước đó", en = "the congress before it" } },
    { name = "kind", type = "string",
      help = { vi = "gia nhập, sự kiện, vai trò hay sáng kiến",
        en = "accession, event, role or initiative" } },
    { name = "what", type = "string" },
    { name = "body", type = "string", null = true },
    { name = "source", type = "string" },
    { name = "level", type = "string" },
  },
  examples = { { params = { from = 1995, body = "ASEAN" }, note = "in and around ASEAN" } },
  fixture = { documents = {} },
}

-- The congress held in or before a year.
local function congress_of(year)
  local last
  for _, congress in ipairs(congresses:order("year"):list()) do
    if congress.year <= year then last = congress.ordinal end
  end
  return last
end

-- One line from a row; nil where its year is not known, which is counted.
local function line(row, kind, year, what, body, until_year)
  return { year = year, until_year = until_year, kind = kind, what = what, body = body,
    source = row.source, level = row.level }
end

local function year_of(date) return date and math.tointeger(date:sub(1, 4)) end

local function all_lines()
  local lines, undated = {}, 0
  local function add(made)
    if made.year then lines[#lines + 1] = made else undated = undated + 1 end
  end
  for _, row in ipairs(accessions:list()) do
    add(line(row, "accession", row.year or year_of(row.date), "gia nhập", row.body))
  end
  for _, row in ipairs(events:list()) do
    add(line(row, "event", row.year, ("%s (%s)"):format(row.event, row.role), row.place))
  end
  for _, row in ipairs(roles:list()) do
    add(line(row, "role", row.from_year, row.role, row.body, row.served_to or row.to_year))
  end
  for _, row in ipairs(initiatives:list()) do
    add(line(row, "initiative", year_of(row.date), row.initiative, row.body))
  end
  return lines, undated
end

local function is_asked(p, made)
  local last = made.until_year or made.year
  return last >= p.from and made.year <= p.to
    and (not p.body or (made.body or ""):find(p.body, 1, true) or made.what:find(p.body, 1, true))
end

function run(p)
  local lines, undated = all_lines()
  local rows = {}
  for _, made in ipairs(lines) do
    if is_asked(p, made) then
      made.congress = congress_of(made.year)
      rows[#rows + 1] = made
    end
  end
  table.sort(rows, function(a, b)
    if a.year ~= b.year then return a.year < b.year end
    if a.kind ~= b.kind then return a.kind < b.kind end
    return a.what < b.what
  end)
  return { rows = rows, notes = {
    ("%d lines of the store have no year and are left out"):format(undated),
    "the congress is that of the year or the last one before it, not a cause",
  } }
end

test("puts the two terms in the Security Council after congresses X and XII",
  { body = "Hội đồng Bảo an" },
  function(result, t)
    local seen = {}
    for _, row in ipairs(result.rows) do
      if row.kind == "role" then seen[row.year] = row.congress end
    end
    t.equal(seen[2008], "X")
    t.equal(seen[2020], "XII")
  end)
