-- `vankien quote`: does a quotation stand in a document, or where does it come from?

local err = require "vankien.util.err"
local report = require "vankien.report"

local quote = {
  usage = "TEXT | --file FILE | --formulas [--document KEY | --all] [--format F]",
  operands = {min = 0, max = 1, what = "the quotation"},
  description = [[Says whether a quotation stands in an imported document: exact (byte for byte),
    folded (case, tone placement, white space, quotation marks, Đ, footnote numbers differ), near
    (with a word diff) or absent, with section and bytes of the original. Parts between ellipses
    must follow each other. Without --document every text is searched. Exit code 4 when it is
    absent.]],
  options = {
    {name = "file", value = "FILE", help = "read the quotation from a file; - is standard input"},
    {name = "document", value = "KEY", help = "the document it is said to stand in: key, number, "
      .. "file name, or a filter"},
    {name = "all", help = "look in every text (what happens without --document)"},
    {name = "formulas", help = "check all quotations of the store against its texts"},
    {name = "threshold", value = "N", help = "near means at least this similarity (default: 0.7)"},
    {name = "limit", value = "N", type = "integer", default = 20, help = "places at most"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {[[vankien quote "chủ động tham gia và phát huy vai trò"]], "where it comes from"},
    {[[vankien quote "Chủ động tham gia … vai trò của Việt Nam" --document 25-CT/TW]],
      "in one document, with an ellipsis"},
    {"vankien quote --formulas --format csv", "every quotation of the store"},
  },
}

local MAX_BYTES = 1 << 20

local function read_file(path)
  if path == "-" then return (io.stdin:read(MAX_BYTES) or "") end
  local bytes, problem = require "vankien.host.sys".read_file(path, MAX_BYTES)
  if not bytes then error(problem, 0) end
  return bytes
end

local function quotation(options, operands)
  local given = (operands[1] and 1 or 0) + (options.file and 1 or 0) + (options.formulas and 1 or 0)
  if given ~= 1 then
    err.raise("usage", given == 0 and "quote needs a quotation, --file or --formulas"
      or "a quotation, --file and --formulas do not go together", {hint = "vankien help quote"})
  end
  if options.formulas and (options.document or options.all) then
    err.raise("usage", "--formulas looks in the document that each formula names")
  end
  if options.document and options.all then
    err.raise("usage", "--document and --all do not go together")
  end
  return options.file and read_file(options.file) or operands[1]
end

local function threshold_of(options)
  if not options.threshold then return nil end
  local n = tonumber(options.threshold)
  if n then return n end
  err.raise("usage", ("--threshold wants a number between 0 and 1, not %q"):format(
    options.threshold))
end

function quote.run(options, operands, context)
  local words = quotation(options, operands)
  local settings = {threshold = threshold_of(options), limit = options.limit}
  local store = context:open()
  if options.formulas then
    context:print_result(require "vankien.corpus.quote_formulas".check(store, settings),
      options.format)
    return 0
  end
  local result = require "vankien.corpus.quote".verify(store, words, options.document, settings)
  context:print_result(result, options.format)
  return result.verdict == "absent" and 4 or 0
end

return quote
