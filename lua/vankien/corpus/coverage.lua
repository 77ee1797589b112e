-- A codebook laid over documents: a matrix of categories by document, passage or period, counted in
-- one pass with the longest match over the whole book, and the passages behind each cell.

local arguments = require "vankien.corpus.arguments"
local err = require "vankien.util.err"
local lexicon_of = require "vankien.corpus.lexicon"
local parts_of = require "vankien.corpus.parts"
local pure = require "vankien.analysis.codebook"
local result_of = require "vankien.corpus.result"
local sets = require "vankien.corpus.sets"
local suggest = require "vankien.util.suggest"
local witness = require "vankien.corpus.witness"

local coverage = {}

local Result = result_of.class "codebook"

local known = {
  over = true, by = true, once = "boolean|nil", evidence = "number|nil", window = "number|nil",
}
local own_columns = { unit = true, title = true, section = true, syllables = true, total = true,
  present = true }

local function column_name(path)
  return own_columns[path] and path .. " (category)" or path
end

local function hits_of(parts, width)
  local hits, units = {}, {}
  for p, part in ipairs(parts) do
    units[p] = part.name
    for i = 1, width do
      if part.counts[i] > 0 then
        hits[#hits + 1] = { unit = part.name, pattern = i, n = part.counts[i] }
      end
    end
  end
  return hits, units
end

local function rows_of(matrix, parts, book, only_met)
  local rows = {}
  for p, line in ipairs(matrix.rows) do
    local part = parts[p]
    local row = {
      unit = line.unit, title = part.title, section = part.section, syllables = part.size,
      total = line.total, present = line.present,
    }
    for _, category in ipairs(book.categories) do
      row[column_name(category.path)] = line.cells[category.path] or 0
    end
    if not only_met or line.total > 0 then rows[#rows + 1] = row end
  end
  return rows
end

local function columns_of(book, by)
  local list = { { name = "unit" } }
  if by == "passage" then list[2] = { name = "section" } end
  for _, category in ipairs(book.categories) do
    list[#list + 1] = { name = column_name(category.path), title = category.path,
      type = "integer" }
  end
  list[#list + 1] = { name = "total", type = "integer" }
  list[#list + 1] = { name = "present", type = "integer" }
  list[#list + 1] = { name = "syllables", type = "integer" }
  return list
end

-- The unit of a hit's line, by what the matrix has for units.
local function unit_of(line, by)
  if by == "document" then return line.document end
  if by == "passage" then return ("%s:%d"):format(line.document, line.passage) end
  return line.period
end

local function lines_of(origin, per, wanted)
  local book, by, list, taken = origin.book, origin.by, {}, {}
  local lines = witness.lines(origin.store, origin.lexicon, origin.sql, origin.params,
    { per = by ~= "passage" and not wanted and per or nil, window = origin.options.window })
  for _, line in ipairs(lines) do
    line.category = book.patterns[book.index[line.phrase]].path
    line.unit = unit_of(line, by)
    local cell = line.category .. "\0" .. line.unit
    taken[cell] = (taken[cell] or 0) + 1
    if taken[cell] <= per and (not wanted or wanted(line)) then list[#list + 1] = line end
  end
  table.sort(list, function(a, b)
    local x, y = book.by_path[a.category].index, book.by_path[b.category].index
    if x ~= y then return x < y end
    if a.unit ~= b.unit then return origin.place[a.unit] < origin.place[b.unit] end
    if a.passage ~= b.passage then return a.passage < b.passage end
    return a.start < b.start
  end)
  return list, lines.cut
end

local what_patterns_show = "patterns are strings: they show that words of a category stand there, "
  .. "not that its idea is meant, nor whether it is called for, denied or reported; an idea in"
  .. " other "
  .. "words is not found, so 0 is no proof of absence"

local function notes_of(book, by, matrix, met, outside)
  local notes = {
    ("codebook %s, version %s, %d categories, %d patterns%s; free-standing hits, longest match"
      .. " over "
      .. "the whole book, so a pattern inside a longer one counts for the longer"):format(book.name,
      book.version, #book.categories, #book.patterns,
      book.source and " from " .. book.source or ""),
    what_patterns_show,
  }
  if by == "passage" and met < matrix.n then
    notes[#notes + 1] = ("%d of %d passages hold a pattern, the others are left out of the table")
      :format(met, matrix.n)
  end
  if outside > 0 then
    notes[#notes + 1] = ("%d hits stand in parts without a syllable"):format(outside)
  end
  return notes
end

local function categories_of(matrix)
  local list = {}
  for i, column in ipairs(matrix.columns) do
    list[i] = { category = column.path, title = column.title, n = column.n, units = column.units,
      share = column.share }
  end
  return list
end

local function assemble(store, book, o, found)
  local matrix, parts = found.matrix, found.parts
  local rows = rows_of(matrix, parts, book, o.by == "passage")
  local place = {}
  for p, part in ipairs(parts) do place[part.name] = p end
  local result = setmetatable({
    title = ("codebook %s by %s: %s"):format(book.name, type(o.by) == "function" and "function"
      or o.by, sets.words(found.over)),
    rows = rows, columns = columns_of(book, o.by), categories = categories_of(matrix),
    matrix = matrix, book = book,
    notes = notes_of(book, o.by, matrix, #rows, found.outside),
    origin = result_of.keep {
      store = store, options = o, sql = found.picked, params = found.params, book = book, by = o.by,
      patterns = found.lexicon:phrases(), lexicon = found.lexicon, place = place,
      query = sets.words(found.over),
    },
  }, Result)
  table.move(found.twice, 1, #found.twice, #result.notes + 1, result.notes)
  local per = o.evidence or (#parts == 1 and 10 or 1)
  result.evidence = per > 0 and lines_of(result_of.open(result), per) or {}
  return result
end

--- Coverage of a codebook over a set of documents.
--- Shape: store, codebook, {by = "document" | "passage" | column | attribute | function, over,
---   once,
---   evidence = lines a cell (1; 10 when there is one unit), window = 8} -> result: rows (unit, a
---   count for each category, total, present), categories (category, title, n, units), evidence
---   (lines with category and unit), matrix; method passages{category =, unit =}.
--- Units: occurrences; sub-categories are added up in the ones above.
--- Errors: raises not_found without a text, unknown_name for an option or grouping.
--- Source: analysis.codebook.coverage; host/corpus.c.
---@param store table
---@param book table
---@param options? table
function coverage.of(store, book, options)
  local o = arguments.read(options, known, "codebook")
  o.by = o.by or "document"
  o.evidence = arguments.whole(o.evidence, "evidence", 0, 1000)
  o.window = arguments.whole(o.window, "window", 1, 1000, 8)
  local lexicon = lexicon_of.new(pure.lexicon(book), book.name)
  local found = { lexicon = lexicon }
  local picked, params, over = sets.pick(store, o.over, o.by ~= "passage" and o.by or "document")
  found.over = over
  found.picked, found.params, found.twice = sets.settle(store, picked, params, o.once, true)
  found.parts, found.outside = parts_of.of(store, lexicon, found.picked, found.params, o.by)
  sets.need_text(store, #found.parts, sets.words(over))
  local hits, units = hits_of(found.parts, #lexicon)
  found.matrix = pure.coverage(book, hits, units)
  return assemble(store, book, o, found)
end

local function known_category(book, name)
  for _, category in ipairs(book.categories) do
    if category.path == name or category.title == name then return category.path end
  end
  local names = {}
  for i, category in ipairs(book.categories) do names[i] = category.path end
  err.raise("unknown_name", ("the codebook has no category “%s”"):format(tostring(name)),
    { hint = suggest.phrase(tostring(name), names) or "categories: " .. table.concat(names, ", ") })
end

--- The passages behind a cell, a row or a column of the matrix.
--- Shape: {category = path or title, unit = name, limit = 1000} (each may be left out) -> list of
---   evidence lines with category and unit; `cut` when there are more.
--- Units: limit in lines.
--- Errors: raises unknown_name for a category or unit that the result does not have.
--- Source: none.
---@param wanted? table
function Result:passages(wanted)
  wanted = arguments.read(wanted, { category = true, unit = true, limit = "number|nil" },
    "passages")
  local origin = result_of.open(self)
  local path = wanted.category ~= nil and known_category(self.book, tostring(wanted.category))
  local unit = wanted.unit ~= nil and tostring(wanted.unit)
  if unit and not origin.place[unit] then
    err.raise("unknown_name", ("the result has no unit “%s”"):format(unit))
  end
  local list, cut = lines_of(origin, math.maxinteger, function(line)
    local below = path and (line.category == path or line.category:sub(1, #path + 1) == path .. "/")
    return (not path or below) and (not unit or line.unit == unit)
  end)
  local limit = wanted.limit or 1000
  local lines = table.move(list, 1, math.min(limit, #list), 1, {})
  lines.cut = cut or #list > limit
  return lines
end

return coverage
