-- Codebooks over the store: those of the policy framework and those that people bring, read,
-- compared, written out, and laid over documents.  The counting is coverage.lua's.

local arguments = require "vankien.corpus.arguments"
local codebooks = require "vankien.corpus.codebooks"
local coverage = require "vankien.corpus.coverage"
local err = require "vankien.util.err"
local pure = require "vankien.analysis.codebook"
local result_of = require "vankien.corpus.result"
local suggest = require "vankien.util.suggest"
local sys = require "vankien.host.sys"
local text = require "vankien.host.text"

local codebook = {}

local Difference = result_of.class "codebook_diff"
local most_bytes = 16 * 1024 * 1024

local function definition_of(name)
  local found = type(name) == "string" and codebooks.list[codebooks.aliases[name] or name]
  if found then return found, codebooks.aliases[name] or name end
  err.raise("unknown_name", ("no codebook is called “%s”"):format(tostring(name)), {
    hint = type(name) == "string" and suggest.phrase(name, codebooks.names())
      or "codebooks: " .. table.concat(codebooks.names(), ", "),
  })
end

-- Parts of a row's text between marks, where nobody chose patterns for it.
local function parts_of(row, columns, taken)
  local list = {}
  for _, column in ipairs(columns) do
    for part in (row[column] or ""):gmatch "[^;:()]+" do
      local phrase = part:match "^%s*(.-)%s*$"
      local key = text.fold(phrase)
      if phrase:find "%a" and not taken[key] then
        taken[key], list[#list + 1] = true, phrase
      end
    end
  end
  return list
end

local function category_of(row, definition, taken)
  local id = tostring(row[definition.id])
  local chosen = definition.patterns and definition.patterns[id]
  for _, pattern in ipairs(chosen or {}) do taken[text.fold(pattern)] = true end
  return {
    id = id, title = row.title, source = row.source, note = row.note,
    patterns = chosen or parts_of(row, definition.text, taken),
  }
end

-- The ladder: a category a rung, its terms the patterns.
local function grouped(rows, definition)
  local list, at = {}, {}
  for _, row in ipairs(rows) do
    local id = tostring(row[definition.id])
    if not at[id] then
      at[id] = { id = id, title = "", classes = {}, patterns = {} }
      list[#list + 1] = at[id]
    end
    local category = at[id]
    if not category.classes[row.class] then
      category.title = category.title .. (category.title == "" and "" or ", ") .. row.class
      category.classes[row.class] = true
    end
    table.insert(category.patterns, row[definition.grouped])
  end
  for _, category in ipairs(list) do category.classes = nil end
  return list
end

--- A codebook of the store's policy framework.
--- Shape: store, name ("principles", "ladder", "tasks", "orientations", "strategies", "mistakes",
---   or
---   the name of its table) -> codebook of analysis.codebook.
--- Units: none.
--- Errors: raises unknown_name with the nearest name, not_found when the table is empty.
--- Source: tables of the store; patterns in corpus/codebooks.lua.
---@param store table
---@param name string
function codebook.of(store, name)
  local definition, known = definition_of(name)
  local rows = store:sql(("SELECT * FROM %s ORDER BY %s, id"):format(definition.table,
    definition.id == "key" and "id" or definition.id))
  if #rows == 0 then err.raise("not_found", ("the table %s is empty"):format(definition.table)) end
  local categories, taken = {}, {}
  if definition.grouped then
    categories = grouped(rows, definition)
  else
    for i, row in ipairs(rows) do categories[i] = category_of(row, definition, taken) end
  end
  return pure.new {
    name = known, version = "1", title = definition.title,
    source = "table " .. definition.table, categories = categories,
  }
end

--- The names of the store's codebooks.
--- Shape: store -> list of strings.
--- Units: none.
--- Errors: none.
--- Source: corpus/codebooks.lua.
function codebook.names() return codebooks.names() end

--- A codebook from a table, checked.
--- Shape: store (not used), table as analysis.codebook.new takes it -> codebook.
--- Units: none.
--- Errors: those of analysis.codebook.new.
--- Source: none.
function codebook.new(_, given) return pure.new(given) end

-- The file's chunk sees no globals: it can hold data, and call nothing.
local function from_lua(path, source)
  local chunk, message = load(source, "@" .. path, "t", {})
  if not chunk then err.raise("bad_input", message) end
  local given = chunk()
  if type(given) ~= "table" then
    err.raise("bad_input", path .. ": the file returns no table",
      { hint = 'return { name = "…", categories = { { id = "…", patterns = { "…" } } } }' })
  end
  return pure.new(given)
end

--- A codebook from a file: .csv ("codebook,NAME,VERSION", "category,title,pattern", rows) or .lua.
--- Shape: store (not used), path -> codebook.
--- Units: none.
--- Errors: raises not_found, io, or bad_input with the file.
--- Source: analysis.codebook.
---@param path string
function codebook.read(_, path)
  local source, problem = sys.read_file(path, most_bytes)
  if not source then error(problem, 0) end
  if path:lower():find "%.lua$" then return from_lua(path, source) end
  local book, wrong = pure.from_csv(source, { name = path })
  if not book then error(wrong, 0) end
  return book
end

--- What people mean by a codebook: a name of the store's, a file, a table, or a codebook.
--- Shape: store, any of these -> codebook.
--- Units: none.
--- Errors: as of, read and new.
--- Source: none.
function codebook.any(store, value)
  if getmetatable(value) == pure then return value end
  if type(value) == "table" then return pure.new(value) end
  if type(value) == "string" and value:find "%.%a+$" then return codebook.read(store, value) end
  return codebook.of(store, value)
end

local function difference_rows(found)
  local rows = {}
  local function add(list, change, make)
    for _, item in ipairs(list) do
      local row = make(item)
      row.change = change
      rows[#rows + 1] = row
    end
  end
  add(found.categories.added, "category added", function(path) return { category = path } end)
  add(found.categories.removed, "category removed", function(path) return { category = path } end)
  add(found.categories.renamed, "category renamed", function(item)
    return { category = item.path, from = item.from, to = item.to }
  end)
  for _, kind in ipairs { "added", "removed" } do
    add(found.patterns[kind], "pattern " .. kind, function(item)
      return { category = item.path, pattern = item.pattern }
    end)
  end
  add(found.patterns.moved, "pattern moved", function(item)
    return { category = item.to, pattern = item.pattern, from = item.from, to = item.to }
  end)
  return rows
end

--- What differs between two codebooks, or two versions of one.
--- Shape: store, a, b (as codebook.any takes them) -> result: rows (change, category, pattern,
---   from,
---   to), same, notes.
--- Units: none.
--- Errors: those of codebook.any.
--- Source: analysis.codebook.diff.
function codebook.diff(store, a, b)
  a, b = codebook.any(store, a), codebook.any(store, b)
  local found = pure.diff(a, b)
  return setmetatable({
    title = ("from codebook %s to %s"):format(found.from, found.to), rows = difference_rows(found),
    columns = { "change", "category", "pattern", "from", "to" }, same = found.same,
    notes = { found.same and "no difference" or "compared by path of category and by pattern" },
    origin = result_of.keep { store = store, query = found.from .. " / " .. found.to },
  }, Difference)
end

--- A codebook written out.
--- Shape: store, codebook (as codebook.any takes it), "csv" (default) | "lua" -> string.
--- Units: none.
--- Errors: raises bad_input for another format.
--- Source: analysis.codebook.
function codebook.export(store, value, format)
  local book = codebook.any(store, value)
  format = arguments.choice(format, "format", { "csv", "lua" }, "csv")
  return format == "lua" and pure.to_lua(book) or pure.to_csv(book)
end

--- Which categories of a codebook the documents of a set address, how often, and in which passages.
--- Shape: store, codebook (as codebook.any takes it), options of coverage.of -> result.
--- Units: as coverage.of.
--- Errors: as coverage.of and codebook.any.
--- Source: corpus/coverage.lua.
---@param store table
---@param value any
---@param options? table
function codebook.coverage(store, value, options)
  return coverage.of(store, codebook.any(store, value), options)
end

return codebook
