-- Codebooks: hierarchical dictionaries (category → sub-category → patterns), versioned, checked as
-- a whole. Pure part: the patterns for a matcher, the matrix from its hits, differences, CSV, Lua.
-- Counting itself is not done here: the matcher takes the longest match over the whole book.

local check = require "vankien.analysis.check"
local csv = require "vankien.util.csv"
local err = require "vankien.util.err"

local codebook = {}
codebook.__index = codebook
codebook.__name = "vankien.codebook"

local BOOK = {name = true, version = true, title = true, source = true, language = true,
  categories = true}
local CATEGORY = {id = true, title = true, source = true, note = true, patterns = true,
  categories = true}

local function text(value, name, optional)
  if value == nil and optional then return nil end
  if type(value) ~= "string" then check.fail("%s must be a string, got a %s", name, type(value)) end
  if not value:find("%S") then check.fail("%s must not be empty", name) end
  return value
end

local function identifier(value, name)
  text(value, name)
  if value:find("[/\n]") then check.fail("%s must not hold a slash: %q", name, value) end
  return value
end

local function key_of(pattern)
  return (pattern:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

local add_categories

local function add_patterns(book, category, list, place)
  for i, pattern in ipairs(check.list(list or {}, place .. ".patterns", text, 0)) do
    local key = key_of(pattern)
    local other = book.index[key]
    if other then
      check.fail('%s.patterns[%d] "%s" stands in %s already', place, i, key,
        book.patterns[other].path)
    end
    local entry = {pattern = key, path = category.path, category = category.index}
    book.patterns[#book.patterns + 1] = entry
    book.index[key] = #book.patterns
    category.patterns[#category.patterns + 1] = key
  end
end

local function add_category(book, given, parent, place)
  if type(given) ~= "table" then check.fail("%s must be a table", place) end
  check.options(given, CATEGORY)
  local id = identifier(given.id, place .. ".id")
  local path = parent and parent.path .. "/" .. id or id
  if book.by_path[path] then check.fail('%s.id "%s" stands twice', place, path) end
  local category = {id = id, path = path, title = text(given.title, place .. ".title", true) or id,
    source = given.source, note = given.note, parent = parent and parent.path,
    depth = parent and parent.depth + 1 or 1, index = #book.categories + 1, patterns = {}}
  book.categories[category.index], book.by_path[path] = category, category
  add_patterns(book, category, given.patterns, place)
  add_categories(book, given.categories or {}, category, place)
  if #category.patterns == 0 and #(given.categories or {}) == 0 then
    check.fail("%s (%s) has neither patterns nor categories", place, path)
  end
end

function add_categories(book, list, parent, place)
  list = check.list(list, place .. ".categories", nil, 0)
  for i, given in ipairs(list) do
    add_category(book, given, parent, ("%s.categories[%d]"):format(place, i))
  end
end

--- A codebook from a nested table.
--- Shape: {name =, version =, title =, source =, categories = {{id =, title =, patterns = {…},
---   categories = {…}}, …}} -> codebook: categories (flat, in order), patterns (flat, in order).
--- Units: none.
--- Errors: raises on unknown fields, empty or repeated ids, a pattern in two categories, a category
---   with nothing in it, a book without patterns.
--- Source: LIWC- and quanteda-style dictionaries.
---@param given table
function codebook.new(given)
  if type(given) ~= "table" then check.fail("a codebook must be a table") end
  check.options(given, BOOK)
  local book = setmetatable({
    name = text(given.name, "name"), version = text(given.version or "1", "version"),
    title = text(given.title, "title", true), source = text(given.source, "source", true),
    language = given.language, categories = {}, patterns = {}, by_path = {}, index = {},
  }, codebook)
  add_categories(book, given.categories, nil, "codebook")
  if #book.patterns == 0 then check.fail("the codebook has no patterns") end
  return book
end

-- The nested form, from the flat one; children in order.
local function nested(book, parent)
  local list = {}
  for _, category in ipairs(book.categories) do
    if category.parent == parent then
      local children = nested(book, category.path)
      list[#list + 1] = {id = category.id, title = category.title, source = category.source,
        note = category.note, categories = #children > 0 and children or nil,
        patterns = #category.patterns > 0 and {table.unpack(category.patterns)} or nil}
    end
  end
  return list
end

--- A codebook from rows, one a pattern: how embedded tables and CSV become one.
--- Shape: {name =, version =, title =, source =}, rows {category = "a/b", title =, pattern =}
---   -> codebook.
--- Units: none.
--- Errors: as new; raises when a row has no category.
--- Source: -
---@param head table
---@param rows table[]
function codebook.from_rows(head, rows)
  local top, by_path = {}, {}
  local function node(path, title)
    if not by_path[path] then
      local parent, id = path:match("^(.*)/([^/]*)$")
      local list = parent and node(parent).categories or top
      by_path[path] = {id = id or path, categories = {}, patterns = {}}
      list[#list + 1] = by_path[path]
    end
    if title and title ~= "" then by_path[path].title = title end
    return by_path[path]
  end
  for i, row in ipairs(check.list(rows, "rows", nil, 1)) do
    local path = text(row.category, ("rows[%d].category"):format(i))
    local category = node(path, row.title)
    if row.pattern and row.pattern ~= "" then
      category.patterns[#category.patterns + 1] = row.pattern
    end
  end
  return codebook.new{name = head.name, version = head.version, title = head.title,
    source = head.source, categories = top}
end

--- The patterns in order, as a matcher's lexicon wants them.
--- Shape: book -> list of strings; the index is that of book.patterns.
--- Units: none.
--- Errors: none.
--- Source: -
function codebook.lexicon(book)
  local list = {}
  for i, entry in ipairs(book.patterns) do list[i] = entry.pattern end
  return list
end

local function paths_up(book, path)
  local list = {}
  while path do
    list[#list + 1] = path
    path = book.by_path[path].parent
  end
  return list
end

local function pattern_at(book, hit, place)
  if type(hit) ~= "table" then check.fail("%s must be a table {unit =, pattern =, n =}", place) end
  local i = hit.pattern
  if type(i) == "string" then i = book.index[key_of(i)] end
  local entry = book.patterns[i]
  if not entry then
    check.fail("%s.pattern (%s) is not in the codebook", place, tostring(hit.pattern))
  end
  if hit.unit == nil then check.fail("%s.unit is missing", place) end
  return entry
end

local function new_row(out, unit)
  local row = {unit = unit, total = 0, present = 0, cells = {}, patterns = {}}
  out.rows[#out.rows + 1], out.by_unit[unit] = row, row
  return row
end

local function add_hit(book, out, row, entry, n)
  row.total = row.total + n
  row.patterns[entry.pattern] = (row.patterns[entry.pattern] or 0) + n
  for _, path in ipairs(paths_up(book, entry.path)) do
    row.cells[path] = (row.cells[path] or 0) + n
    out.columns[book.by_path[path].index].n = out.columns[book.by_path[path].index].n + n
  end
end

local function finish_coverage(book, out)
  for _, column in ipairs(out.columns) do
    for _, row in ipairs(out.rows) do
      if (row.cells[column.path] or 0) > 0 then
        column.units = column.units + 1
        if column.leaf then row.present = row.present + 1 end
      end
    end
    column.share = #out.rows > 0 and column.units / #out.rows or nil
    if column.leaf then out.leaves = out.leaves + 1 end
  end
  for _, row in ipairs(out.rows) do
    row.share = out.leaves > 0 and row.present / out.leaves or nil
    row.missing = {}
    for _, column in ipairs(out.columns) do
      if column.leaf and not row.cells[column.path] then
        row.missing[#row.missing + 1] = column.path
      end
    end
  end
  out.provenance = {codebook = book.name, version = book.version}
end

--- Coverage: which categories stand in which documents, passages or periods, and how often.
--- Shape: book, hits ({unit =, pattern = index or text, n = 1}), units (all units, in order; nil:
---   those of the hits) -> result: columns (path, title, n, units, share), rows (unit, cells by
---   path with sub-categories added up, total, present, missing, share).
--- Units: occurrences; share of units (columns) and of lowest categories (rows).
--- Errors: raises on a pattern that is not in the book, a missing unit, a bad count, a hit in a
---   unit that is not listed.
--- Source: quanteda's dfm_lookup, with longest match over the whole book instead of by key.
---@param book table
---@param hits table[]
---@param units? table
function codebook.coverage(book, hits, units)
  local out = {columns = {}, rows = {}, by_unit = {}, leaves = 0, notes = {}, correction = "none",
    variant = "coverage, free-standing hits, longest match over the whole codebook"}
  for i, category in ipairs(book.categories) do
    out.columns[i] = {path = category.path, title = category.title, depth = category.depth,
      leaf = #category.patterns > 0, n = 0, units = 0}
  end
  for _, unit in ipairs(units or {}) do
    if not out.by_unit[unit] then new_row(out, unit) end
  end
  for i, hit in ipairs(check.list(hits, "hits", nil, 0)) do
    local place = ("hits[%d]"):format(i)
    local entry = pattern_at(book, hit, place)
    local n = check.count(hit.n == nil and 1 or hit.n, place .. ".n")
    local row = out.by_unit[hit.unit]
    if not row and units then
      check.fail("%s.unit (%s) is not among the units", place, tostring(hit.unit))
    end
    add_hit(book, out, row or new_row(out, hit.unit), entry, n)
  end
  finish_coverage(book, out)
  out.n = #out.rows
  if out.n == 0 then out.reason = "no units: nothing to cover" end
  return out
end

local function category_changes(a, b)
  local out = {added = {}, removed = {}, renamed = {}}
  for _, category in ipairs(a.categories) do
    local path, other = category.path, b.by_path[category.path]
    if not other then
      out.removed[#out.removed + 1] = path
    elseif other.title ~= category.title then
      out.renamed[#out.renamed + 1] = {path = path, from = category.title, to = other.title}
    end
  end
  for _, category in ipairs(b.categories) do
    if not a.by_path[category.path] then out.added[#out.added + 1] = category.path end
  end
  return out
end

local function pattern_changes(a, b)
  local out = {added = {}, removed = {}, moved = {}}
  for _, entry in ipairs(a.patterns) do
    local other = b.patterns[b.index[entry.pattern]]
    if not other then
      out.removed[#out.removed + 1] = {pattern = entry.pattern, path = entry.path}
    elseif other.path ~= entry.path then
      out.moved[#out.moved + 1] = {pattern = entry.pattern, from = entry.path, to = other.path}
    end
  end
  for _, entry in ipairs(b.patterns) do
    if not a.index[entry.pattern] then
      out.added[#out.added + 1] = {pattern = entry.pattern, path = entry.path}
    end
  end
  return out
end

--- Differences between two codebooks, or two versions of one.
--- Shape: a, b -> result: categories and patterns each with added, removed; patterns also moved
---   (pattern, from, to); categories also renamed (path, from, to); same.
--- Units: none.
--- Errors: none.
--- Source: -
---@param a table
---@param b table
function codebook.diff(a, b)
  local c, p = category_changes(a, b), pattern_changes(a, b)
  return {categories = c, patterns = p, notes = {}, correction = "none",
    variant = "codebook diff by path and pattern", from = a.name .. " " .. a.version,
    to = b.name .. " " .. b.version,
    same = #c.added + #c.removed + #c.renamed + #p.added + #p.removed + #p.moved == 0}
end

--- A codebook as CSV: a head line, then category, title, pattern.
--- Shape: book -> string.
--- Units: none.
--- Errors: none.
--- Source: RFC 4180; the first line holds name and version.
---@param book table
function codebook.to_csv(book)
  local lines = {csv.line{"codebook", book.name, book.version},
    csv.line{"category", "title", "pattern"}}
  for _, category in ipairs(book.categories) do
    for i = 1, math.max(1, #category.patterns) do
      lines[#lines + 1] = csv.line{category.path, i == 1 and category.title or "",
        category.patterns[i] or ""}
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

--- A codebook from CSV.
--- Shape: string, {name = of the file, for messages} -> book | nil, err.
--- Units: none.
--- Errors: nil, bad_input on broken CSV or a missing head; raises as new on bad content.
--- Source: to_csv.
---@param s string
---@param options? table
function codebook.from_csv(s, options)
  local rows, problem = csv.parse(s, options)
  if not rows then return nil, problem end
  local head, columns = rows[1] or {}, rows[2] or {}
  if head[1] ~= "codebook" or columns[1] ~= "category" or columns[3] ~= "pattern" then
    return nil, err.new("bad_input", 'a codebook begins with "codebook,NAME,VERSION" and '
      .. '"category,title,pattern"', {place = options and options.name})
  end
  local list = {}
  for i = 3, #rows do
    list[i - 2] = {category = rows[i][1], title = rows[i][2], pattern = rows[i][3]}
  end
  return codebook.from_rows({name = head[2], version = head[3]}, list)
end

local function lua_value(value, indent, out)
  if type(value) ~= "table" then
    out[#out + 1] = ("%q"):format(value)
    return
  end
  out[#out + 1] = "{\n"
  local inner = indent .. "  "
  for _, key in ipairs{"name", "version", "title", "source", "id", "note", "patterns",
    "categories"} do
    if value[key] ~= nil then
      out[#out + 1] = inner .. key .. " = "
      lua_value(value[key], inner, out)
      out[#out + 1] = ",\n"
    end
  end
  for _, element in ipairs(value) do
    out[#out + 1] = inner
    lua_value(element, inner, out)
    out[#out + 1] = ",\n"
  end
  out[#out + 1] = indent .. "}"
end

--- A codebook as a Lua table constructor: load it, and give it to new.
--- Shape: book -> string "return {…}".
--- Units: none.
--- Errors: none.
--- Source: -
---@param book table
function codebook.to_lua(book)
  local out = {"return "}
  lua_value({name = book.name, version = book.version, title = book.title, source = book.source,
    categories = nested(book, nil)}, "", out)
  return table.concat(out) .. "\n"
end

return codebook
