-- Doctor, part: texts against their originals, and sizes against what they sum up.

local text = require "vankien.host.text"

local check = {}

local function report(conn, add, check_name, name, sql, message)
  for _, id, a, b in conn:rows(sql) do
    add(check_name, name, id, message:format(a, b))
  end
end

local function check_originals(conn, add)
  report(conn, add, "original", "originals",
    "SELECT id, locator, NULL FROM originals WHERE sha256 IS NOT sha256(bytes)",
    "%s was altered: its SHA-256 does not fit")
  report(conn, add, "original", "texts", [[
    SELECT t.document_id, t.original_id, 0 FROM texts t JOIN originals o ON o.id = t.original_id
    WHERE o.document_id <> t.document_id]], "its original, %d, belongs to another document")
end

local function check_sizes(conn, add)
  local sums = [[
    SELECT t.document_id, t.%s, ifnull(p.n, 0) FROM texts t LEFT JOIN
      (SELECT document_id, %s AS n FROM passages GROUP BY document_id) p USING (document_id)
    WHERE t.%s <> ifnull(p.n, 0)]]
  for column, sum in pairs {
    passages = "count(*)", syllables = "sum(syllables)", sentences = "sum(sentences)",
  } do
    report(conn, add, "size", "texts", sums:format(column, sum, column),
      column .. " is %d, its passages make %d")
  end
  report(conn, add, "size", "texts", [[
    SELECT t.document_id, 0, 0 FROM texts t LEFT JOIN tokens k USING (document_id)
    WHERE k.document_id IS NULL]], "it has no tokens")
  report(conn, add, "size", "passages", [[
    SELECT p.id, 0, 0 FROM passages p LEFT JOIN texts t USING (document_id)
    WHERE t.document_id IS NULL]], "its document has no text")
  report(conn, add, "size", "passages", [[
    SELECT p.id, p.first_unit, length(k.units) / 2 FROM passages p JOIN tokens k USING (document_id)
    WHERE p.first_unit < 0 OR p.first_unit > length(k.units) / 2]],
    "it begins at unit %d of %d")
end

-- Letters and digits alone, marks and case folded: what cleaning can never add.
local function skeleton(s)
  return (text.bare(s):gsub("[^%w]", ""))
end

local function is_subsequence(short, long)
  local at = 1
  for i = 1, #short do
    at = long:find(short:sub(i, i), at, true)
    if not at then return false end
    at = at + 1
  end
  return true
end

-- Without a map the offsets are the same, not always the bytes: a line end became a space, Ð a Đ.
local function fits(passage, piece, mapped)
  if not mapped and piece:sub(1, #passage) == passage then return true end
  if not text.check_utf8(piece) or not text.check_utf8(passage) then return false end
  if not mapped then return text.clean(piece, { 0, #piece }) == passage end
  return is_subsequence(skeleton(passage), skeleton(piece))
end

local function check_passages_of(conn, add, document, bytes)
  for _, id, passage, start, stop, mapped in conn:rows([[
    SELECT id, text, start, stop, map IS NOT NULL FROM passages
    WHERE document_id = ? ORDER BY ordinal]], { document }) do
    if start < 0 or stop < start or stop > #bytes then
      add("passage", "passages", id,
        ("it stands at %d to %d of %d bytes"):format(start, stop, #bytes))
    elseif not fits(passage, bytes:sub(start + 1, stop), mapped == 1) then
      add("passage", "passages", id, "its text does not stand in the original at its place")
    end
  end
end

-- One original in memory at a time.
local function check_passages(conn, add)
  for _, document, bytes in conn:rows [[
    SELECT t.document_id, o.bytes FROM texts t JOIN originals o ON o.id = t.original_id
    ORDER BY t.document_id]] do
    check_passages_of(conn, add, document, bytes)
  end
end

local function check_copies(conn, add)
  report(conn, add, "duplicate", "documents", [[
    SELECT max(t.document_id), o.sha256, count(*) FROM texts t
    JOIN originals o ON o.id = t.original_id GROUP BY o.sha256 HAVING count(*) > 1]],
    "the original %.12s is the text of %d documents")
end

--- Check originals, passages and sizes.
--- Shape: connection, function(check, table, id, message) -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param conn userdata
---@param add function
function check.check(conn, add)
  check_originals(conn, add)
  check_sizes(conn, add)
  check_passages(conn, add)
  check_copies(conn, add)
end

return check
