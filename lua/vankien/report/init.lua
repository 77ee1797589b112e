-- From plain rows to text: the one list of output formats, and the printing of results.
-- A new format is a file here with `render(rows, columns, options)`, and a line in FORMATS.
-- Nothing in this folder touches the store or prints.

local cell = require "vankien.report.cell"
local concordance = require "vankien.report.concordance"
local err = require "vankien.util.err"
local suggest = require "vankien.util.suggest"

local report = {}

local FORMATS = {
  table = "vankien.report.table",
  json = "vankien.report.json",
  jsonl = "vankien.report.jsonl",
  csv = "vankien.report.csv",
  tsv = "vankien.report.tsv",
  markdown = "vankien.report.markdown",
  html = "vankien.report.html",
}

--- Names of the formats, for help and completion.
report.formats = {"table", "json", "jsonl", "csv", "tsv", "markdown", "html"}

-- Formats for people carry notes and evidence in the text; the others carry rows alone.
local FOR_PEOPLE = {table = true, markdown = true, html = true}

--- The module of a format.
--- Shape: name -> module with `render` | nil, err.
--- Units: none.
--- Errors: nil, usage when there is no such format.
--- Source: own.
---@param name string
---@return table? format
---@return table? err
function report.format(name)
  local path = FORMATS[name]
  if path then return require(path) end
  return nil, err.new("usage", ("unknown format %q"):format(tostring(name)), {
    hint = suggest.phrase(tostring(name), report.formats)
      or "one of " .. table.concat(report.formats, ", "),
  })
end

local function format_or_raise(name)
  local format, problem = report.format(name or "table")
  if not format then err.raise(problem.code, problem.message, {hint = problem.hint}) end
  return format
end

--- Rows in a format.
--- Shape: rows, columns (or nil), format name, options -> string.
--- Units: options.width in terminal columns.
--- Errors: raises usage for an unknown format.
--- Source: own.
---@param rows table[]
---@param columns? (string|table)[]
---@param format? string
---@param options? table what `screen.of` gives, and total, notes, title, footer
---@return string
function report.rows(rows, columns, format, options)
  local text = format_or_raise(format).render(rows, columns, options or {})
  if options and options.terminal and format and format ~= "table" then
    text = cell.harmless(text)
  end
  return text
end

local function note_lines(notes, options)
  local out = {}
  for _, note in ipairs(notes or {}) do
    for _, line in ipairs(cell.wrap(cell.visible("note: " .. note), options.width, "  ")) do
      out[#out + 1] = line
    end
  end
  return out
end

local PROVENANCE = {"program", "store", "fingerprint", "query", "patterns", "by", "lexicon", "sql"}

-- What the numbers were made from; said when asked, as it reads the whole store.
local function provenance_text(result, options)
  local provenance = options.provenance and result.provenance
  if type(provenance) == "function" then provenance = provenance(result) end
  if not provenance then return nil end
  local parts = {}
  for _, key in ipairs(PROVENANCE) do
    if provenance[key] ~= nil then
      parts[#parts + 1] = key .. " " .. cell.visible(cell.text(provenance[key]))
    end
  end
  return #parts > 0 and table.concat(parts, "; ") or nil
end

-- Notes as they stand below a table, and beside data on standard error.
local function talk_of(result, options)
  local lines = note_lines(result.notes, options)
  local provenance = provenance_text(result, options)
  if provenance then lines[#lines + 1] = "from: " .. provenance end
  return #lines > 0 and table.concat(lines, "\n") .. "\n" or ""
end

-- The kind of a result (the name of its metatable) may have a layout of its own.
local LAYOUTS = {
  shift = "vankien.report.ladder",
  attested = "vankien.report.attested",
  kwic = "vankien.report.concordance",
  search = "vankien.report.found",
  reuse = "vankien.report.reused",
  align = "vankien.report.aligned",
  codebook = "vankien.report.coverage",
  diff = "vankien.report.wordings",
}

local function layout_of(result)
  local kind = getmetatable(result)
  local path = kind and LAYOUTS[kind.__name]
  return path and require(path)
end

local function plain_layout(result, options)
  local body = report.rows(result.rows, result.columns, "table", options)
  if not result.evidence or #result.evidence == 0 then return body end
  return body .. "\nevidence\n\n" .. concordance.render(result.evidence, options)
end

local function as_table(result, options)
  local parts = {}
  if result.title then parts[1] = cell.visible(result.title) .. "\n\n" end
  local layout = layout_of(result)
  parts[#parts + 1] = layout and layout.render(result, options) or plain_layout(result, options)
  local talk = talk_of(result, options)
  if talk ~= "" then parts[#parts + 1] = "\n" .. talk end
  return table.concat(parts)
end

local function merged(options, extra)
  return setmetatable(extra, {__index = options})
end

local function evidence_notes(result, options)
  local notes = table.move(result.notes or {}, 1, #(result.notes or {}), 1, {})
  for _, line in ipairs(result.evidence or {}) do
    notes[#notes + 1] = concordance.sentence(line)
  end
  notes[#notes + 1] = provenance_text(result, options)
  return notes
end

--- A result of analysis in a format.  Formats for people hold the notes, the evidence and
--- where the numbers come from; formats for programs hold the rows, and the rest comes back
--- as a second text to be said beside the data.
--- Shape: {rows, columns, title, notes, evidence, provenance}, format, options -> data, talk.
--- Units: those of the columns.
--- Errors: raises usage for an unknown format.
--- Source: own.
---@param result table
---@param format? string
---@param options? table a screen; provenance = true: say program, store and its fingerprint too
---@return string data
---@return string talk
function report.result(result, format, options)
  format = format or "table"
  format_or_raise(format)
  options = options or {}
  local columns = result.columns or (layout_of(result) or {}).columns
  if format == "table" then
    return as_table(result, merged(options, {chart = options.terminal or options.chart})), ""
  end
  if FOR_PEOPLE[format] then
    local extra = {notes = evidence_notes(result, options), title = result.title}
    return report.rows(result.rows, columns, format, merged(options, extra)), ""
  end
  return report.rows(result.rows, columns, format, options),
    talk_of(result, {provenance = options.provenance})
end

return report
