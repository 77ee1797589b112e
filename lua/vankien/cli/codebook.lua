-- `vankien codebook`: which categories of a codebook documents address, and in which passages.

local analysis = require "vankien.cli.analysis"
local err = require "vankien.util.err"

local codebook = {
  usage = "[NAME | FILE] [--by COLUMN] [--over DOCUMENT] [--diff OTHER | --export F] [--format F]",
  operands = {min = 0, max = 1, what = "a codebook"},
  description = [[Lays a codebook over documents: how often the patterns of each category stand in
    each document, passage or period, with the longest match over the whole book, and the passages
    behind each cell. Codebooks of the store: principles, ladder, tasks (of Directive 25),
    orientations, strategies and mistakes (of the cooperation guide); or a file of one's own, .csv
    or .lua. Without a name: the list of them. Patterns are strings: they show words, not ideas.]],
  options = analysis.list(
    {name = "by", value = "COLUMN", default = "document",
      help = "units: document, passage, congress, year, or an attribute of imported files"},
    {name = "category", value = "C", help = "show only the passages of this category"},
    {name = "diff", value = "OTHER", help = "compare with another codebook"},
    {name = "export", value = "F", choices = {"csv", "lua"}, help = "write the codebook out"},
    "where", "over", "once", "evidence", "window", "provenance", "format"),
  examples = {
    {[[vankien codebook]], "the codebooks of the store"},
    {[[vankien codebook strategies --over 25-CT/TW]],
      "which of the five core strategies a directive addresses, and in which passages"},
    {[[vankien codebook principles --by congress --format csv]], "a matrix by congress"},
    {[[vankien codebook strategies --diff mistakes]], "what differs between two codebooks"},
    {[[vankien codebook tasks --export csv]], "a codebook as a file to change"},
  },
}

local function list_of(store, context, options)
  local books = require "vankien.corpus.codebook"
  local rows = {}
  for i, name in ipairs(books.names()) do
    local book = books.of(store, name)
    rows[i] = {name = name, title = book.title, categories = #book.categories,
      patterns = #book.patterns, source = book.source, version = book.version}
  end
  context:print_rows(rows, {"name", "title", "categories", "patterns", "source", "version"},
    options.format)
  return 0
end

local function passages_of(result, options, context)
  local lines = result:passages {category = options.category}
  if options.format == "table" then
    local concordance = require "vankien.report.concordance"
    for _, line in ipairs(lines) do line.period = line.unit end
    io.stdout:write(concordance.render(lines, setmetatable({}, {__index = context:screen()})))
  else
    context:print_rows(lines, {"category", "unit", "document", "section", "passage", "phrase",
      "left", "hit", "right", "start", "stop"}, options.format)
  end
  return #lines > 0 and 0 or 4
end

function codebook.run(options, operands, context)
  local books = require "vankien.corpus.codebook"
  local store = context:open()
  local name = operands[1]
  if not name then
    if options.diff or options.export or options.category then
      err.raise("usage", "codebook needs a name or a file", {hint = "vankien codebook"})
    end
    return list_of(store, context, options)
  end
  if options.export then
    io.stdout:write(books.export(store, name, options.export))
    return 0
  end
  if options.diff then
    context:print_result(books.diff(store, name, options.diff), options.format)
    return 0
  end
  local result = books.coverage(store, name, {
    by = options.by, over = analysis.over(store, options), once = options.once,
    evidence = analysis.evidence(options), window = options.window,
  })
  if options.category then return passages_of(result, options, context) end
  analysis.print(context, result, options, function(row) return row.unit end,
    function(line) return line.unit end)
  return 0
end

return codebook
