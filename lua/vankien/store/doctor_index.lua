-- Doctor, part: the search index against the texts it was made of.

local index = {}

local MEND = "; vankien doctor --reindex makes the index anew"

-- Which texts it holds, and whether they are the ones of today.
local function check_texts(conn, add)
  for _, id, units in conn:rows [[SELECT i.document_id, t.document_id FROM indexed_texts AS i
    LEFT JOIN tokens AS t ON t.document_id = i.document_id
    WHERE t.hash IS NOT i.stream ORDER BY i.document_id]] do
    add("index", "indexed_texts", id, (units and "the index holds another text of this document"
      or "the index holds a document that has no text") .. MEND)
  end
  for _, id in conn:rows [[SELECT id FROM (SELECT id FROM search_index_docsize
      EXCEPT SELECT document_id FROM indexed_texts) ORDER BY id]] do
    add("index", "search_index", id, "the index holds a document that it should not" .. MEND)
  end
  for _, id in conn:rows [[SELECT document_id FROM indexed_texts
      EXCEPT SELECT id FROM search_index_docsize ORDER BY 1]] do
    add("index", "search_index", id, "the index has lost this document" .. MEND)
  end
end

-- In how many documents each type stands: as the streams have it, and as the index says.
local function check_terms(conn, add)
  require "vankien.host.corpus"                   -- gives connections the method frequency
  local counts = conn:frequency([[SELECT t.document_id, 0, t.units FROM indexed_texts AS i
    CROSS JOIN tokens AS t ON t.document_id = i.document_id]], {},
    { n = 1, least = 1, most = (1 << 31) - 1, skip = {} })
  local documents = {}
  for at = 1, #counts.cells, 5 do
    documents[counts.cells[at]] = counts.cells[at + 3] + counts.cells[at + 4]
  end
  for _, id, form in conn:rows "SELECT id, form FROM types ORDER BY id" do
    local met = conn:first("SELECT count(*) FROM search_index WHERE search_index MATCH ?",
      { ('"%d"'):format(id) })
    if met ~= (documents[id] or 0) then
      add("index", "types", id, ("“%s” stands in %d documents, in %d by the index%s"):format(form,
        documents[id] or 0, met, MEND))
    end
  end
end

--- Compare the search index with the token streams.
--- Shape: connection, function(check, table, id, message), quick = leave out the terms -> nothing.
--- Units: none.
--- Errors: those of SQLite.
--- Source: none.
---@param conn userdata
---@param add function
---@param quick? boolean
function index.check(conn, add, quick)
  check_texts(conn, add)
  if not quick then check_terms(conn, add) end
end

return index
