-- The same job done by what else is installed: ripgrep, SQLite's FTS5, Python's re.
-- Each says what it answers, since none answers quite the same question.

local corpus = require "corpus"
local store = require "vankien.host.store"

local peers = {}

local function has(command)
  return os.execute("command -v " .. command .. " >/dev/null 2>&1") == true
end

local function quoted(s) return "'" .. s:gsub("'", [['\'']]) .. "'" end

--- ripgrep over the plain text: occurrences, one order of alternatives, no periods.
function peers.ripgrep(text_path)
  if not has("rg") then return nil, "rg is not installed" end
  local parts = { "rg -i -o -F --no-filename --no-line-number" }
  for _, phrase in ipairs(corpus.phrases) do parts[#parts + 1] = "-e " .. quoted(phrase) end
  return table.concat(parts, " ") .. " " .. quoted(text_path) .. " | wc -l"
end

--- Python's re with the phrases longest first: occurrences, no periods.
function peers.python(text_path, folder)
  if not has("python3") then return nil, "python3 is not installed" end
  return ("python3 %s %s"):format(quoted(folder .. "/count.py"), quoted(text_path))
end

--- FTS5 with its own unicode61 tokenizer, made from the documents of our store.
function peers.make_fts5(store_path, fts_path)
  os.remove(fts_path)
  local conn = assert(store.open(fts_path, { mode = "create" }))
  conn:exec("CREATE VIRTUAL TABLE fts USING fts5(congress UNINDEXED, body)")
  local source <close> = assert(store.open(store_path, { mode = "read" }))
  local tx <close> = conn:begin()
  local insert <close> = conn:bulk("INSERT INTO fts(congress, body) VALUES (?, ?)")
  for _, congress, body in source:rows([[SELECT d.congress, group_concat(p.text, ' ')
      FROM documents AS d JOIN passages AS p ON p.document_id = d.id GROUP BY d.id]]) do
    insert:run(congress, body)
  end
  tx:commit()
  conn:close()
end

--- FTS5: documents (not occurrences) that hold each phrase, by congress.
function peers.fts5(fts_path)
  local conn <close> = assert(store.open(fts_path, { mode = "read" }))
  local rows = 0
  for _, phrase in ipairs(corpus.phrases) do
    for _ in conn:rows("SELECT congress, count(*) FROM fts WHERE fts MATCH ? GROUP BY congress",
      { '"' .. phrase:gsub(",", "") .. '"' }) do
      rows = rows + 1
    end
  end
  return rows
end

return peers
