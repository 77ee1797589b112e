-- `vankien selftest`: recomputes numbers that were published, on this machine.

local report = require "vankien.report"

local selftest = {
  usage = "[--format F]",
  description = [[Each statistic of this program is recomputed from the data of a publication or of
    another program's manual, and compared with the number printed there, to its last digit: value,
    expected, difference, source, line by line. Exit code 1 when one differs.]],
  options = {
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {"vankien selftest", "every published number beside ours"},
  },
}

local COLUMNS = {
  {name = "name", whole = true}, {name = "call", whole = true},
  {name = "value", align = "right", whole = true},
  {name = "expected", align = "right", whole = true},
  {name = "difference", align = "right", whole = true}, {name = "ok", type = "boolean"},
  {name = "source", whole = true}, {name = "printed", optional = true},
}

-- JSON has no infinity: what is not finite is written as a word.
local function shown(value, format, pattern)
  if value == nil then return nil end
  if value == math.huge or value == -math.huge or value ~= value then return tostring(value) end
  return format == "table" and (pattern or "%.12g"):format(value) or value
end

local function row_of(row, format)
  return {
    name = row.name, call = row.call, value = shown(row.value, format),
    expected = format == "table" and row.printed or shown(row.expected, format),
    printed = row.printed, difference = shown(row.difference, format, "%.2g"), ok = row.ok,
    source = row.source,
  }
end

local function columns_for(format)
  return format == "table" and table.move(COLUMNS, 1, #COLUMNS - 1, 1, {}) or COLUMNS
end

function selftest.run(options, _, context)
  local rows, failed = {}, 0
  for i, row in ipairs(require "vankien.analysis.published".run()) do
    rows[i] = row_of(row, options.format)
    if not row.ok then failed = failed + 1 end
  end
  local format = options.format
  context:print_rows(rows, columns_for(format), format, {footer = false})
  local last = ("%d passed, %d failed"):format(#rows - failed, failed)
  if format == "table" then print(last) else context.say("%s", last) end
  return failed == 0 and 0 or 1
end

return selftest
