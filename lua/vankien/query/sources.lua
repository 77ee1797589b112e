-- row:sources(): what each source says of a row, which claim is accepted, and why.

local text = require "vankien.host.text"

local sources = {}

local function title_of(store, key)
  local title = store.conn:first("SELECT title FROM sources WHERE key = ?", { key })
  return title or key
end

-- "article;voh-328353" names two sources.
local function titles_of(store, keys)
  local titles = {}
  for key in (keys or ""):gmatch "[^;]+" do titles[#titles + 1] = title_of(store, key) end
  return titles
end

local function mark(claim)
  return claim.accepted and "accepted" or claim.level
end

local function describe_claim(claim)
  local parts = { claim.field, " = ", tostring(claim.value), "  (", mark(claim), ")  ",
    table.concat(claim.titles, "; ") }
  if claim.lines then parts[#parts + 1] = ", l. " .. claim.lines end
  if claim.verdict then parts[#parts + 1] = "\n    " .. claim.verdict end
  return table.concat(parts)
end

local claim_mt = { __name = "vankien.claim", __tostring = describe_claim }

local function describe_own(own)
  local line = "the row: " .. table.concat(own.titles, "; ")
  if own.lines then line = line .. ", l. " .. own.lines end
  if own.level then line = line .. "  (" .. own.level .. ")" end
  if own.note then line = line .. "\n    " .. own.note end
  return line
end

local function describe_all(claims)
  local lines = {}
  local wide_field, wide_value = 0, 0
  for _, claim in ipairs(claims) do
    wide_field = math.max(wide_field, text.width(claim.field))
    wide_value = math.max(wide_value, math.min(40, text.width(tostring(claim.value))))
  end
  for _, claim in ipairs(claims) do
    local where = claim.lines and (", l. " .. claim.lines) or ""
    lines[#lines + 1] = ("%s  %s  %s  %s%s"):format(text.pad(claim.field, wide_field),
      text.pad(tostring(claim.value), wide_value), text.pad(mark(claim), 10),
      table.concat(claim.titles, "; "), where)
    if claim.verdict then
      lines[#lines + 1] = (" "):rep(wide_field + wide_value + 16) .. claim.verdict
    end
  end
  lines[#lines + 1] = describe_own(claims.own)
  return table.concat(lines, "\n")
end

local list_mt = { __name = "vankien.claims", __tostring = describe_all }

local claim_sql = [[SELECT field, value, source, lines, level, accepted, verdict
  FROM assertions WHERE subject = ? AND subject_id = ? AND (? IS NULL OR field = ?)
  ORDER BY field, accepted DESC, id]]

--- What each source says of a row.
--- Shape: store, table name, row, field or nil -> list of claims, with `own`: the row's own source.
--- Units: a claim is {field=, value=, source=, titles=, lines=, level=, accepted=, verdict=}.
--- Errors: those of the store.
--- Source: none.
function sources.of(store, table_name, row, field)
  local claims = {}
  local null = require("vankien.host.store").null
  for _, name, value, source, lines, level, accepted, verdict in store.conn:rows(claim_sql,
    { table_name, row.id, field or null, field or null }) do
    claims[#claims + 1] = setmetatable({
      field = name, value = value, source = source, titles = titles_of(store, source),
      lines = lines, level = level, accepted = accepted == 1, verdict = verdict,
    }, claim_mt)
  end
  local own = rawget(row, "source")
  claims.own = {
    source = own, titles = titles_of(store, own), lines = rawget(row, "lines"),
    level = rawget(row, "level"), note = rawget(row, "note"),
  }
  return setmetatable(claims, list_mt)
end

return sources
