-- `vankien export`: a table of the store, whole or filtered, in any format.

local err = require "vankien.util.err"
local list = require "vankien.util.list"
local report = require "vankien.report"

local export = {
  usage = "TABLE [--where FILTER] [--columns A,B] [--order COLUMN] [--limit N] [--format F] "
    .. "[--output FILE]",
  operands = {min = 1, max = 1, what = "a table: documents, passages, formulas, …"},
  description = [[Writes the rows of a collection. Without --output to standard output. Cells that a
    spreadsheet would run as a formula get an apostrophe in CSV.]],
  options = {
    {name = "where", value = "FILTER", help = "only rows that pass, as in :where\"FILTER\""},
    {name = "columns", value = "A,B", help = "these columns, in this order (default: all)"},
    {name = "order", value = "COLUMN", help = "sort by a column; -COLUMN turns it round"},
    {name = "limit", value = "N", type = "integer", help = "rows at most"},
    {name = "format", value = "F", choices = report.formats, default = "csv",
      help = "how to write"},
    {name = "output", short = "o", value = "FILE",
      help = "write to a file, which appears only when it is complete"},
  },
  examples = {
    {[[vankien export formulas --format markdown --columns year,congress,quote]],
      "all quotations, for a paper"},
    {[[vankien export documents --where "issued >= '2016'" --order -issued -o since2016.csv]],
      "documents since 2016, for a spreadsheet"},
  },
}

local function names_in(written)
  local names = {}
  for name in written:gmatch "[^,%s]+" do names[#names + 1] = name end
  return names
end

local function collection_of(store, name)
  local known = require "vankien.query".names(store)
  if list.index_of(known, name) then return store:collection(name) end
  err.raise("unknown_name", ("the store has no table %q"):format(name), {
    hint = require "vankien.util.suggest".phrase(name, known),
  })
end

-- The columns of the table, then the attributes that any of its rows can have.
local function all_columns(store, collection)
  local query = require "vankien.query"
  local columns = query.columns(collection)
  local raw = collection:columns()
  if not list.index_of(raw, "attributes") then return columns end
  return list.unique(list.concat(columns, require "vankien.query.schema".attributes(store)))
end

local function columns_of(store, collection, options, name)
  local known = all_columns(store, collection)
  if not options.columns then return known end
  local wanted = names_in(options.columns)
  for _, column in ipairs(wanted) do
    if not list.index_of(known, column) then
      require "vankien.util.strict".unknown("column", column, known, name)
    end
  end
  return wanted
end

local function write(text, path)
  local ok, problem = require "vankien.host.sys".write_file_atomic(path, text, 420) -- 0644
  if not ok then error(problem, 0) end
end

function export.run(options, operands, context)
  local store, name = context:open(), operands[1]
  local collection = collection_of(store, name)
  local query, columns = collection, columns_of(store, collection, options, name)
  if options.where then query = query:where(options.where) end
  if options.order then query = query:order(options.order) end
  if options.limit then query = query:limit(options.limit) end
  local rows = query:list()
  if options.output then
    write(report.rows(rows, columns, options.format), options.output)
    context.say("%d rows written to %s", #rows, options.output)
  else
    context:print_rows(rows, columns, options.format)
  end
  return 0
end

return export
