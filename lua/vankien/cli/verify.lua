-- `vankien verify`: does every row still have the content that was stored?  What doctor also
-- looks for, broken references and facts without a source, is left to it.

local report = require "vankien.report"

local verify = {
  usage = "[--format F]",
  description = [[Computes the hash over every column of every row of evidence again, the SHA-256
    of every original, the token streams from their passages, and compares the schema with ours;
    names the rows that changed. For facts that came with the program it says what they were. It
    reads and never mends. Exit code 5 when something changed.]],
  options = {
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print what changed"},
  },
  examples = {
    {"vankien verify", "the store"},
    {"vankien verify --format json", "for a program"},
  },
}

local COLUMNS = {"table", {name = "id", type = "integer"}, "message"}

local function plain(findings)
  local rows = {}
  for i, finding in ipairs(findings) do
    rows[i] = {table = finding.table ~= "" and finding.table or nil, id = finding.id or nil,
      message = finding.message}
  end
  return rows
end

function verify.run(options, _, context)
  local store = context:open "read"
  local rows = plain(store:doctor {content = true})
  if #rows > 0 or options.format ~= "table" then
    context:print_rows(rows, COLUMNS, options.format)
  end
  if #rows > 0 then
    context.say("%s: %d changed", store:path(), #rows)
    return 5
  end
  context.say("%s: nothing changed, fingerprint %s", store:path(), store:fingerprint())
  return 0
end

return verify
