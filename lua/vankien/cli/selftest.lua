-- `vankien selftest`: recomputes numbers that were published, on this machine.

local report = require "vankien.report"

local selftest = {
  usage = "[--format F]",
  description = [[Each statistic of this program is recomputed from the data of a publication or of
    another program's manual, and compared with the number printed there, to its last digit. Exit
    code 1 when one differs.]],
  options = {
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {"vankien selftest", "every published number beside ours"},
  },
}

local COLUMNS = {
  {name = "name"}, {name = "call"}, {name = "value", align = "right"},
  {name = "printed", align = "right"}, {name = "ok", type = "boolean"}, {name = "source"},
}

-- JSON has no infinity: what is not finite is written as a word.
local function shown(value, format)
  if value == math.huge or value == -math.huge or value ~= value then return tostring(value) end
  return format == "table" and ("%.12g"):format(value) or value
end

function selftest.run(options, _, context)
  local rows, failed = {}, 0
  for i, row in ipairs(require "vankien.analysis.published".run()) do
    rows[i] = {
      name = row.name, call = row.call, value = shown(row.value, options.format),
      printed = row.printed,
      ok = row.ok, source = row.source,
    }
    if not row.ok then failed = failed + 1 end
  end
  context:print_rows(rows, COLUMNS, options.format)
  context.say("%d published numbers recomputed, %d differ", #rows, failed)
  return failed == 0 and 0 or 1
end

return selftest
