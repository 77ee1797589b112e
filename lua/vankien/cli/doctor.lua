-- `vankien doctor`: looks at every row of the store and says what is broken or was altered.

local report = require "vankien.report"

local doctor = {
  usage = "[--quick] [--reindex] [--format F]",
  description = [[Checks the file, references between tables, facts without a source, the hash over
    every row of evidence, offsets of passages and their tokens, the search index. It reads and
    never mends, but for the search index, which --reindex makes anew first: that is derived from
    the texts. Exit code 5 when something is found.]],
  options = {
    {name = "quick", help = "leave out hashes and texts"},
    {name = "reindex", help = "first make the search index anew"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print what is found"},
  },
  examples = {
    {"vankien doctor", "every check"},
    {"vankien doctor --quick --format json", "the quick ones, for a program"},
  },
}

local COLUMNS = {"check", "table", {name = "id", type = "integer"}, "message"}

local function plain(findings)
  local rows = {}
  for i, finding in ipairs(findings) do
    rows[i] = {
      check = finding.check, table = finding.table ~= "" and finding.table or nil,
      id = finding.id or nil, message = finding.message,
    }
  end
  return rows
end

function doctor.run(options, _, context)
  local store = context:open(options.reindex and "write" or "read")
  if options.reindex then context.say("texts read into the search index: %d", store:reindex()) end
  local rows = plain(store:doctor {quick = options.quick})
  if #rows > 0 or options.format ~= "table" then
    context:print_rows(rows, COLUMNS, options.format)
  end
  if #rows > 0 then
    context.say("%s: %d findings", store:path(), #rows)
    return 5
  end
  local unchecked = options.quick and " (hashes and texts not checked)" or ""
  context.say("%s is sound%s", store:path(), unchecked)
  return 0
end

return doctor
